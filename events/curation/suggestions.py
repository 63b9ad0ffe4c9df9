"""Which events may be one: pairs scored on day, distance, type, actors, figures and wording.

`similarity` is plain arithmetic on two `Sketch`es, so that it can be measured without a database;
`suggest` finds the pairs in the tables. Each reason says in words what was compared and whether it
speaks for one event or for two.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.curation.merging import kept_apart
from events.geoparsing.names import WORD, fold_word
from events.models import Event
from events.vocabulary import GeoPrecision, ReviewStatus, SubEventType

WINDOW_DAYS = 4
WINDOW_KM = 30.0
MOST_COMPARED = 60
STANDING = (ReviewStatus.CANDIDATE, ReviewStatus.CONFIRMED, ReviewStatus.PUBLISHED)
SUGGESTED_FROM = 0.5
KM_PER_DEGREE = 111.32

# Weights of a logistic sum, set on pairs of real rows and perturbed copies of them: one pair in
# forty within the window is one event, and half a chance there is already worth an editor's look.
BIAS = 1.5
DAY_APART, SAME_DAYS = -1.6, 1.6
KM_APART, KM_FROM_REGION = -2.0, -1.1
SAME_SUB_TYPE, SAME_TYPE, NEIGHBOUR_TYPE, OTHER_TYPE = 1.3, 0.0, -0.6, -3.2
ACTORS_SHARED, ACTORS_APART = 0.4, -1.2
FIGURES_EQUAL, FIGURES_FIT, FIGURES_CLASH = 2.0, -0.6, -3.5
WORDS_SHARED, WORDS_APART = 0.4, -2.0

# Tactics that one report calls this and another calls that.
NEIGHBOURS = (
    {SubEventType.AIR_STRIKE, SubEventType.SHELLING, SubEventType.CHEMICAL_WEAPON},
    {SubEventType.ARMED_CLASH, SubEventType.SHELLING, SubEventType.AIR_STRIKE},
    {SubEventType.ARMED_CLASH, SubEventType.GOVERNMENT_REGAINS, SubEventType.NON_STATE_OVERTAKES},
    {SubEventType.SUICIDE_BOMB, SubEventType.REMOTE_EXPLOSIVE, SubEventType.GRENADE},
    {SubEventType.ATTACK, SubEventType.ARMED_CLASH, SubEventType.ABDUCTION},
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What two events are compared by. Coordinates in degrees, radius in km, None for unknown."""

    start: dt.date | None
    end: dt.date | None
    lat: float | None
    lon: float | None
    radius_km: float
    sub_type: str
    actors: frozenset[Any] = frozenset()
    low: int | None = None
    high: int | None = None
    words: frozenset[str] = frozenset()
    is_region: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison: its key, its weight in the sum, and words; `fits` speaks for one event."""

    key: str
    weight: float
    title: str
    detail: str = ""

    @property
    def fits(self) -> bool:
        return self.weight >= 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An event that may be the same, with a score of 0..1 and why."""

    event: Event
    score: float
    reasons: list[Reason] = field(default_factory=list)


def similarity(one: Sketch, other: Sketch) -> tuple[float, list[Reason]]:
    """How likely two sketches are one event (0..1), and the comparisons that say so."""
    reasons = [
        *_compare_days(one, other),
        *_compare_points(one, other),
        *_compare_types(one, other),
        *_compare_actors(one, other),
        *_compare_figures(one, other),
        *_compare_words(one, other),
    ]
    total = max(-30.0, BIAS + sum(reason.weight for reason in reasons))
    return 1 / (1 + math.exp(-total)), reasons


def _compare_days(one: Sketch, other: Sketch) -> list[Reason]:
    if one.start is None or other.start is None:
        return []
    gap = days_apart(one, other)
    if gap:
        said = ngettext("%d day apart", "%d days apart", gap) % gap
        return [Reason("days", gap * DAY_APART, said)]
    if (one.start, one.end or one.start) == (other.start, other.end or other.start):
        return [Reason("days", SAME_DAYS, _("Same days"))]
    return [Reason("days", 0.0, _("Days overlap"))]


def days_apart(one: Sketch, other: Sketch) -> int:
    """Days between two intervals, 0 where they touch or overlap."""
    first, second = sorted((one, other), key=lambda s: s.start)
    return max(0, (second.start - (first.end or first.start)).days)


def _compare_points(one: Sketch, other: Sketch) -> list[Reason]:
    km = distance_km(one, other)
    if km is None:
        return []
    said = _("%.1f km apart") % km
    if one.is_region or other.is_region:
        weight = KM_FROM_REGION * math.log1p(km)
        return [Reason("distance", weight, said, _("one is known as a region only"))]
    beyond = max(0.0, km - max(1.0, min(25.0, max(one.radius_km, other.radius_km))))
    detail = _("inside each other’s doubt") if not beyond else ""
    return [Reason("distance", KM_APART * math.log1p(beyond), said, detail)]


def distance_km(one: Sketch, other: Sketch) -> float | None:
    """Distance of two points in km on a plane that is true enough at 30 km; None without points."""
    if one.lat is None or other.lat is None:
        return None
    north = (one.lat - other.lat) * KM_PER_DEGREE
    east = (one.lon - other.lon) * KM_PER_DEGREE * math.cos(math.radians(one.lat))
    return math.hypot(north, east)


def _compare_types(one: Sketch, other: Sketch) -> list[Reason]:
    mine, theirs = SubEventType(one.sub_type), SubEventType(other.sub_type)
    if mine == theirs:
        return [Reason("type", SAME_SUB_TYPE, _("Same type"), _("same sub-type"))]
    both = f"{mine.label} / {theirs.label}"
    if mine.event_type == theirs.event_type:
        return [Reason("type", SAME_TYPE, _("Same type"), both)]
    if any({mine, theirs} <= group for group in NEIGHBOURS):
        return [Reason("type", NEIGHBOUR_TYPE, _("Types often taken for one another"), both)]
    return [Reason("type", OTHER_TYPE, _("Different types"), both)]


def _compare_actors(one: Sketch, other: Sketch) -> list[Reason]:
    if not one.actors or not other.actors:
        return []
    shared = len(one.actors & other.actors)
    if not shared:
        return [Reason("actors", ACTORS_APART, _("No shared actor"))]
    share = shared / min(len(one.actors), len(other.actors))
    said = ngettext("%d shared actor", "%d shared actors", shared) % shared
    return [Reason("actors", ACTORS_SHARED * share, said)]


def _compare_figures(one: Sketch, other: Sketch) -> list[Reason]:
    if one.low is None or other.low is None:
        return []
    said = f"{_range(one)} / {_range(other)}"
    if (one.low, one.high) == (other.low, other.high):
        # Two dead here and two dead there is common; 27 twice is not.
        weight = FIGURES_EQUAL * min(1.0, math.log1p(one.high) / math.log(12))
        return [Reason("figures", weight, _("Same figures"), said)]
    gap = max(one.low, other.low) - min(one.high, other.high)
    near = gap <= max(2, 0.25 * max(one.high, other.high))
    if near:
        return [Reason("figures", FIGURES_FIT, _("Figures differ, but fit"), said)]
    much = min(1.0, gap / (max(one.high, other.high) or 1))
    return [Reason("figures", FIGURES_CLASH * much, _("Figures differ"), said)]


def _range(one: Sketch) -> str:
    return str(one.low) if one.low == one.high else f"{one.low}-{one.high}"


def _compare_words(one: Sketch, other: Sketch) -> list[Reason]:
    if not one.words or not other.words:
        return []
    shared = len(one.words & other.words)
    if not shared:
        # Two scripts share no word whatever they say.
        same_script = min(one.words).isascii() == min(other.words).isascii()
        return [Reason("words", WORDS_APART, _("No word in common"))] if same_script else []
    share = shared / min(len(one.words), len(other.words))
    said = ngettext("%d word in common", "%d words in common", shared) % shared
    return [Reason("words", WORDS_SHARED * share, _("Similar wording"), said)]


def words_of_quotes(quotes: Iterable[str]) -> frozenset[str]:
    """The words of quotes that can tell them apart: folded, five letters and more."""
    return frozenset(
        word
        for quote in quotes
        for found in WORD.findall(quote[:2000])
        if len(word := fold_word(found)) >= 5
    )


def sketch_of(event: Event) -> Sketch:
    """An event as it is compared; uses prefetched participations and claims when they are there."""
    return Sketch(
        start=event.start_date,
        end=event.end_date,
        lat=event.latitude,
        lon=event.longitude,
        radius_km=event.radius_km,
        sub_type=event.sub_event_type,
        actors=frozenset(part.actor_id for part in event.participations.all()),
        low=event.fatalities_low,
        high=event.fatalities_high,
        words=words_of_quotes(claim.quote for claim in event.claims.all()),
        is_region=event.geo_precision == GeoPrecision.REGION,
    )


def suggest(event: Event, most: int = 3, *, least: float = SUGGESTED_FROM) -> list[Suggestion]:
    """The events that may be the same as this one, best first."""
    return suggest_for([event], most, least=least)[event.pk]


def suggest_for(
    events: Sequence[Event], most: int = 1, *, least: float = SUGGESTED_FROM
) -> dict[int, list[Suggestion]]:
    """`suggest` for several events: what was kept apart is asked once for all of them."""
    apart = kept_apart(events)
    return {event.pk: _suggest(event, apart[event.pk], most, least) for event in events}


def _suggest(event: Event, apart: set[int], most: int, least: float) -> list[Suggestion]:
    if event.start_date is None or event.latitude is None or event.merged_into_id is not None:
        return []
    mine = sketch_of(event)
    scored = [
        Suggestion(other, *similarity(mine, sketch_of(other)))
        for other in _neighbours(event)
        if other.pk not in apart
    ]
    likely = [each for each in scored if each.score >= least]
    return sorted(likely, key=lambda each: -each.score)[:most]


def _neighbours(event: Event) -> Sequence[Event]:
    """Events near in time and space that stand on their own, nearest days first."""
    days = dt.timedelta(days=WINDOW_DAYS)
    end = event.end_date or event.start_date
    north = WINDOW_KM / KM_PER_DEGREE
    east = north / max(0.2, math.cos(math.radians(event.latitude)))
    rows = Event.objects.filter(
        status__in=STANDING,
        merged_into__isnull=True,
        start_date__range=(event.start_date - days, end + days),
        latitude__range=(event.latitude - north, event.latitude + north),
        longitude__range=(event.longitude - east, event.longitude + east),
    ).exclude(pk=event.pk)
    rows = rows.select_related("place").prefetch_related("participations", "claims")
    return rows.order_by("start_date", "pk")[:MOST_COMPARED]
