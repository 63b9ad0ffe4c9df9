"""The nouns of the project, one file each; a row's rules on its model, selections on QuerySets."""

from events.models.actors import Actor, ActorKindPeriod, ActorName
from events.models.decisions import Decision
from events.models.events import Claim, Event, Participation
from events.models.merges import Merge
from events.models.places import Place, PlaceName
from events.models.reports import Mention, Report, Source

__all__ = [
    "Actor",
    "ActorKindPeriod",
    "ActorName",
    "Claim",
    "Decision",
    "Event",
    "Mention",
    "Merge",
    "Participation",
    "Place",
    "PlaceName",
    "Report",
    "Source",
]
