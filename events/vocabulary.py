"""The closed word lists that every floor of the house shares.

Codes are slugs (stored, in URLs, in the snapshot); labels are the codebook's own names.
Event vocabulary: ACLED codebook (6 types, 25 sub-types). Times and places keep their doubt
natively; ACLED and UCDP codes are derived on export.
"""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


def gettext_noop(text: str) -> str:
    """Mark `text` for translation; Django's own asks the settings, which the parser lacks."""
    return text


class CodebookChoices(TextChoices):
    """Choices labelled by the codebook: `codebook_name` in English, `label` translated."""

    @property
    def codebook_name(self) -> str:
        """The name as the codebook prints it, in every language of the reader."""
        return self._label_

    @property
    def label(self) -> str:
        return _(self._label_)


class EventType(CodebookChoices):
    """The six event types, in hierarchical order: the higher wins when tactics coincide."""

    BATTLES = "battles", gettext_noop("Battles")
    PROTESTS = "protests", gettext_noop("Protests")
    RIOTS = "riots", gettext_noop("Riots")
    EXPLOSIONS = "explosions", gettext_noop("Explosions/Remote violence")
    CIVILIANS = "civilians", gettext_noop("Violence against civilians")
    STRATEGIC = "strategic", gettext_noop("Strategic developments")


class SubEventType(CodebookChoices):
    """The 25 sub-event types, in hierarchical order."""

    GOVERNMENT_REGAINS = (
        "government_regains_territory",
        gettext_noop("Government regains territory"),
    )
    NON_STATE_OVERTAKES = (
        "non_state_overtakes_territory",
        gettext_noop("Non-state actor overtakes territory"),
    )
    ARMED_CLASH = "armed_clash", gettext_noop("Armed clash")
    EXCESSIVE_FORCE = "excessive_force", gettext_noop("Excessive force against protesters")
    PROTEST_INTERVENTION = "protest_with_intervention", gettext_noop("Protest with intervention")
    PEACEFUL_PROTEST = "peaceful_protest", gettext_noop("Peaceful protest")
    VIOLENT_DEMONSTRATION = "violent_demonstration", gettext_noop("Violent demonstration")
    MOB_VIOLENCE = "mob_violence", gettext_noop("Mob violence")
    CHEMICAL_WEAPON = "chemical_weapon", gettext_noop("Chemical weapon")
    AIR_STRIKE = "air_drone_strike", gettext_noop("Air/drone strike")
    SUICIDE_BOMB = "suicide_bomb", gettext_noop("Suicide bomb")
    SHELLING = "shelling", gettext_noop("Shelling/artillery/missile attack")
    REMOTE_EXPLOSIVE = "remote_explosive", gettext_noop("Remote explosive/landmine/IED")
    GRENADE = "grenade", gettext_noop("Grenade")
    SEXUAL_VIOLENCE = "sexual_violence", gettext_noop("Sexual violence")
    ATTACK = "attack", gettext_noop("Attack")
    ABDUCTION = "abduction", gettext_noop("Abduction/forced disappearance")
    AGREEMENT = "agreement", gettext_noop("Agreement")
    ARRESTS = "arrests", gettext_noop("Arrests")
    CHANGE_TO_GROUP = "change_to_group", gettext_noop("Change to group/activity")
    DISRUPTED_WEAPONS = "disrupted_weapons_use", gettext_noop("Disrupted weapons use")
    BASE_ESTABLISHED = "base_established", gettext_noop("Headquarters or base established")
    LOOTING = "looting", gettext_noop("Looting/property destruction")
    NON_VIOLENT_TRANSFER = (
        "non_violent_transfer",
        gettext_noop("Non-violent transfer of territory"),
    )
    OTHER = "other", gettext_noop("Other")

    @property
    def event_type(self) -> EventType:
        """The event type this sub-type belongs to."""
        return EVENT_TYPE_OF[self]

    @property
    def disorder_type(self) -> str:
        """ACLED's disorder type, as exports spell it."""
        if self is SubEventType.EXCESSIVE_FORCE:
            return "Political violence; Demonstrations"
        if self is SubEventType.MOB_VIOLENCE:
            return "Political violence"
        return DISORDER_TYPE_OF[self.event_type]


_BLOCKS = {
    EventType.BATTLES: ("government_regains_territory", "armed_clash"),
    EventType.PROTESTS: ("excessive_force", "peaceful_protest"),
    EventType.RIOTS: ("violent_demonstration", "mob_violence"),
    EventType.EXPLOSIONS: ("chemical_weapon", "grenade"),
    EventType.CIVILIANS: ("sexual_violence", "abduction"),
    EventType.STRATEGIC: ("agreement", "other"),
}


def _event_types() -> dict[SubEventType, EventType]:
    order = list(SubEventType)
    found = {}
    for event_type, (first, last) in _BLOCKS.items():
        block = order[order.index(SubEventType(first)) : order.index(SubEventType(last)) + 1]
        found.update(dict.fromkeys(block, event_type))
    return found


EVENT_TYPE_OF: dict[SubEventType, EventType] = _event_types()

DISORDER_TYPE_OF = dict.fromkeys(EventType, "Political violence") | {
    EventType.PROTESTS: "Demonstrations",
    EventType.RIOTS: "Demonstrations",
    EventType.STRATEGIC: "Strategic developments",
}


class TimePrecision(TextChoices):
    """How exactly the day of an event is known; the interval itself is start..end."""

    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class GeoPrecision(IntegerChoices):
    """ACLED's scale: a point, about here, somewhere in a region."""

    EXACT = 1, _("Exact point")
    ABOUT = 2, _("About here, a radius")
    REGION = 3, _("Somewhere in a region")


class PlaceKind(TextChoices):
    """What a place is. Sites below village level, routes and zones are places too."""

    COUNTRY = "country", _("Country")
    GOVERNORATE = "governorate", _("Governorate")
    DISTRICT = "district", _("District")
    SUBDISTRICT = "subdistrict", _("Subdistrict")
    CITY = "city", _("City")
    TOWN = "town", _("Town")
    VILLAGE = "village", _("Village")
    NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
    REGION = "region", _("Region")
    ZONE = "zone", _("Zone")
    MOUNTAIN = "mountain", _("Mountain or hill")
    WATER = "water", _("Lake, river or sea")
    ROUTE = "route", _("Road")
    PRISON = "prison", _("Prison")
    AIR_BASE = "air_base", _("Air base")
    MILITARY_BASE = "military_base", _("Military base")
    CHECKPOINT = "checkpoint", _("Checkpoint")
    CROSSING = "crossing", _("Border crossing")
    OBSERVATION_POST = "observation_post", _("Observation post")
    CAMP = "camp", _("Camp")
    HOSPITAL = "hospital", _("Hospital")
    SCHOOL = "school", _("School or university")
    INDUSTRIAL = "industrial", _("Industrial site")
    GOVERNMENT = "government", _("Seat of government")
    LANDMARK = "landmark", _("Landmark")


AREA_KINDS = frozenset(
    {
        PlaceKind.COUNTRY,
        PlaceKind.GOVERNORATE,
        PlaceKind.DISTRICT,
        PlaceKind.SUBDISTRICT,
        PlaceKind.REGION,
        PlaceKind.ZONE,
        PlaceKind.MOUNTAIN,
        PlaceKind.WATER,
        PlaceKind.ROUTE,
    }
)
"""Kinds whose coordinates are a centre of something wide, never an exact point."""

SENSITIVE_KINDS = frozenset(
    {PlaceKind.PRISON, PlaceKind.CAMP, PlaceKind.HOSPITAL, PlaceKind.SCHOOL}
)
"""Kinds that always ask the harm question before publication."""


class NameOrigin(TextChoices):
    """Where a spelling of a place comes from."""

    GAZETTEER = "gazetteer", _("Gazetteer")
    EDITOR = "editor", _("Editor")
    LEARNED = "learned", _("Learned from a report")


class ActorKind(IntegerChoices):
    """ACLED's inter codes."""

    STATE = 1, _("State forces")
    REBEL = 2, _("Rebel group")
    POLITICAL_MILITIA = 3, _("Political militia")
    IDENTITY_MILITIA = 4, _("Identity militia")
    RIOTERS = 5, _("Rioters")
    PROTESTERS = 6, _("Protesters")
    CIVILIANS = 7, _("Civilians")
    EXTERNAL = 8, _("External/Other forces")


class ActorRole(TextChoices):
    """What an actor is to an event. Order means nothing except that a target is a target."""

    ACTOR = "actor", _("Actor")
    TARGET = "target", _("Target")
    ASSOCIATED = "associated", _("Associated")


class SourceKind(TextChoices):
    """What kind of publisher a source is."""

    NEWS = "news", _("News outlet")
    AGENCY = "agency", _("News agency")
    MONITOR = "monitor", _("Monitoring group")
    OFFICIAL = "official", _("Official statement")
    SOCIAL = "social", _("Social media")
    DATASET = "dataset", _("Dataset")


class Reliability(TextChoices):
    """The Admiralty scale for sources."""

    A = "A", _("A, completely reliable")
    B = "B", _("B, usually reliable")
    C = "C", _("C, fairly reliable")
    D = "D", _("D, not usually reliable")
    E = "E", _("E, unreliable")
    F = "F", _("F, cannot be judged")


class Language(TextChoices):
    """Languages that reports are read in."""

    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    RUSSIAN = "ru", _("Russian")
    TURKISH = "tr", _("Turkish")


class ReportStatus(TextChoices):
    """Where a report stands on its way through the desk."""

    NEW = "new", _("Not read yet")
    READ = "read", _("Waiting for an editor")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Could not be read")


class MentionRole(TextChoices):
    """What a place name does in its sentence."""

    LITERAL = "literal", _("The place itself")
    METONYM = "metonym", _("A government named by its capital")
    DEMONYM = "demonym", _("An adjective of a country")


class MentionStatus(TextChoices):
    """What an editor said of a mention."""

    UNVERIFIED = "unverified", _("Unverified")
    VERIFIED = "verified", _("Verified")
    NOT_IDENTIFIABLE = "not_identifiable", _("Not identifiable")


class ReviewStatus(TextChoices):
    """An event's way from the machine's candidate to the public map."""

    CANDIDATE = "candidate", _("Candidate")
    CONFIRMED = "confirmed", _("Confirmed")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Rejected")
    RETRACTED = "retracted", _("Retracted")


class Stance(TextChoices):
    """What a claim does with the event."""

    ASSERTS = "asserts", _("Asserts")
    DENIES = "denies", _("Denies")
    DOUBTS = "doubts", _("Doubts")


class Modality(TextChoices):
    """In which mode the event is spoken of; only what happened becomes a dot by itself."""

    HAPPENED = "happened", _("Happened")
    PLANNED = "planned", _("Planned")
    THREATENED = "threatened", _("Threatened")
    HYPOTHETICAL = "hypothetical", _("Hypothetical")
    HISTORICAL = "historical", _("Historical")


class ClaimGrade(TextChoices):
    """Airwars' grading of a claim."""

    CONFIRMED = "confirmed", _("Confirmed by the accused")
    FAIR = "fair", _("Fair")
    WEAK = "weak", _("Weak, one source")
    CONTESTED = "contested", _("Contested attribution")
    DISCOUNTED = "discounted", _("Discounted")


class QuoteRule(TextChoices):
    """Whether the reports' words are shown of an event whose point is coarsened."""

    WITHHELD = "", _("Withheld while the place is coarsened")
    SHOWN = "shown", _("Shown: they do not name the place more exactly")


class VerbalAct(TextChoices):
    """PLOVER's event types for what is said rather than done; never a dot on the map."""

    AGREE = "AGREE", _("Agree")
    CONSULT = "CONSULT", _("Consult")
    SUPPORT = "SUPPORT", _("Support")
    CONCEDE = "CONCEDE", _("Concede")
    COOPERATE = "COOPERATE", _("Cooperate")
    AID = "AID", _("Aid")
    RETREAT = "RETREAT", _("Retreat")
    REQUEST = "REQUEST", _("Request")
    ACCUSE = "ACCUSE", _("Accuse")
    REJECT = "REJECT", _("Reject")
    THREATEN = "THREATEN", _("Threaten")
    PROTEST = "PROTEST", _("Protest")
    SANCTION = "SANCTION", _("Sanction")
    MOBILIZE = "MOBILIZE", _("Mobilize")
    COERCE = "COERCE", _("Coerce")
    ASSAULT = "ASSAULT", _("Assault")


class StoryStatus(TextChoices):
    """Whether a story can be read by the public."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
