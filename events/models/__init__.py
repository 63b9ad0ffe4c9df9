"""The nouns of the project, one file each; a row's rules on its model, selections on QuerySets."""

from events.models.actors import Actor, ActorKindPeriod, ActorName
from events.models.chain import HistoryLink
from events.models.decisions import Decision
from events.models.events import Claim, Event, Participation
from events.models.intake import FeedState, ReadingAttempt, ReportKey
from events.models.merges import Merge
from events.models.places import Place, PlaceName
from events.models.reports import Mention, Report, Source
from events.models.stories import Story, StoryStep
from events.models.tokens import ApiToken
from events.models.webhooks import Announcement, Delivery, Webhook

__all__ = [
    "Actor",
    "ActorKindPeriod",
    "ActorName",
    "Announcement",
    "ApiToken",
    "Claim",
    "Decision",
    "Delivery",
    "Event",
    "FeedState",
    "HistoryLink",
    "Mention",
    "Merge",
    "Participation",
    "Place",
    "PlaceName",
    "ReadingAttempt",
    "Report",
    "ReportKey",
    "Source",
    "Story",
    "StoryStep",
    "Webhook",
]
