"""Which events may be one: the events around one, compared, each with the reasons in words.

The comparison itself is `comparison.py`, plain arithmetic on sketches; here the neighbours are
found in the tables and what was compared is said so that an editor can disagree.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Case, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.curation.comparison import (
    ALONE,
    KM_PER_DEGREE,
    WEIGHTS,
    Crowd,
    Sketch,
    are_alike,
    beyond_doubt,
    chance_of,
    days_apart,
    distance_km,
    features,
)
from events.curation.merging import kept_apart
from events.geoparsing.names import WORD, fold_word
from events.models import Event
from events.vocabulary import GeoPrecision, ReviewStatus, SubEventType

WINDOW_DAYS = 4
WINDOW_KM = 30.0
MOST_COMPARED = 60
STANDING = (ReviewStatus.CANDIDATE, ReviewStatus.CONFIRMED, ReviewStatus.PUBLISHED)
SUGGESTED_FROM = 0.2
"""The chance from which a pair is worth an editor's look."""


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


def chance(one: Sketch, other: Sketch, crowd: Crowd = ALONE) -> float:
    """How likely two sketches are one event, 0..1."""
    return chance_of(features(one, other, crowd))


def similarity(one: Sketch, other: Sketch, crowd: Crowd = ALONE) -> tuple[float, list[Reason]]:
    """How likely two sketches are one event (0..1), and the comparisons that say so."""
    found = features(one, other, crowd)
    weighed = {name: WEIGHTS[name] * value for name, value in found.items()}
    reasons = [
        Reason(key, sum(weighed[name] for name in names if name in weighed), *told(one, other))
        for key, names, told in TOLD
        if any(name in found for name in names)
    ]
    return chance_of(found), [_explained(reason, found) for reason in reasons]


def _explained(reason: Reason, found: dict[str, float]) -> Reason:
    """A point that both share speaks against them where much else happens there: it is said."""
    if reason.key != "distance" or "same_point" not in found or reason.fits:
        return reason
    return replace(reason, detail=_("much happens at this place"))


def _tell_days(one: Sketch, other: Sketch) -> tuple[str, ...]:
    gap = days_apart(one, other)
    if gap:
        return (ngettext("%(n)d day apart", "%(n)d days apart", gap) % {"n": gap},)
    same = (one.start, one.end or one.start) == (other.start, other.end or other.start)
    return (_("Same days") if same else _("Days overlap"),)


def _tell_points(one: Sketch, other: Sketch) -> tuple[str, ...]:
    km = distance_km(one, other) or 0.0
    said = _("%.1f km apart") % km
    if one.is_region or other.is_region:
        return said, _("one is known as a region only")
    inside = not beyond_doubt(one, other, km)
    return (said, _("inside each other’s doubt")) if inside else (said,)


def _tell_types(one: Sketch, other: Sketch) -> tuple[str, ...]:
    mine, theirs = SubEventType(one.sub_type), SubEventType(other.sub_type)
    if mine == theirs:
        return _("Same type"), _("same sub-type")
    both = f"{mine.label} / {theirs.label}"
    if mine.event_type == theirs.event_type:
        return _("Same type"), both
    alike = are_alike(mine, theirs)
    return (_("Types often taken for one another") if alike else _("Different types")), both


def _tell_actors(one: Sketch, other: Sketch) -> tuple[str, ...]:
    shared = len(one.actors & other.actors)
    if not shared:
        return (_("No shared actor"),)
    said = ngettext("%(n)d shared actor", "%(n)d shared actors", shared)
    return (said % {"n": shared},)


def _tell_figures(one: Sketch, other: Sketch) -> tuple[str, ...]:
    said = f"{_range(one)} / {_range(other)}"
    if (one.low, one.high) == (other.low, other.high):
        return _("Same figures"), said
    fit = "figures_fit" in features(one, other)
    return (_("Figures differ, but fit") if fit else _("Figures differ")), said


def _range(one: Sketch) -> str:
    return str(one.low) if one.low == one.high else f"{one.low}-{one.high}"


def _tell_words(one: Sketch, other: Sketch) -> tuple[str, ...]:
    shared = len(one.words & other.words)
    if not shared:
        return (_("No word in common"),)
    said = ngettext("%(n)d word in common", "%(n)d words in common", shared) % {"n": shared}
    return _("Similar wording"), said


TOLD = (
    ("days", ("same_days", "near_days", "two_days", "more_days"), _tell_days),
    ("distance", ("km", "region_km", "is_region", "same_point", "rare_point"), _tell_points),
    ("type", ("same_type", "rare_type", "like_type", "other_type"), _tell_types),
    ("actors", ("actors_apart", "rare_actors", "shared_actors"), _tell_actors),
    ("figures", ("same_figures", "rare_figures", "figures_fit", "figures_clash"), _tell_figures),
    ("words", ("words_apart", "rare_words", "shared_words"), _tell_words),
)
"""The reasons: the key of each, the features that are its weight, and how it is said."""


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
    mine, around = sketch_of(event), [(other, sketch_of(other)) for other in _neighbours(event)]
    crowd = Crowd.of(sketch for _other, sketch in around)
    likely = [
        (score, other, sketch)
        for other, sketch in around
        if other.pk not in apart and (score := chance(mine, sketch, crowd)) >= least
    ]
    likely.sort(key=lambda each: (-each[0], each[1].pk))
    return [
        Suggestion(other, score, similarity(mine, sketch, crowd)[1])
        for score, other, sketch in likely[:most]
    ]


def compare(event: Event, other: Event) -> tuple[float, list[Reason]]:
    """`similarity` of two stored events, weighed by what the events around the first one share."""
    around = [] if event.start_date is None or event.latitude is None else _neighbours(event)
    crowd = Crowd.of(map(sketch_of, around)) if around else ALONE
    return similarity(sketch_of(event), sketch_of(other), crowd)


def _neighbours(event: Event) -> Sequence[Event]:
    """Events near in time and space that stand on their own, those of the same day first."""
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
    same_day = Case(When(start_date=event.start_date, then=Value(0)), default=Value(1))
    return rows.order_by(same_day, "start_date", "pk")[:MOST_COMPARED]
