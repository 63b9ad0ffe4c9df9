"""The one filter grammar of map, embed, API, export and feed.

Keys: from, to, type, sub_type, actor, source, place, bbox, precision, q; a repeated key (or a comma
list) means "or", different keys mean "and". Only public columns are compared, so that no filter can
be used to feel for what is not shown.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet

from events.models import Actor, Claim, Event, Participation, Place, Source
from events.vocabulary import EventType, GeoPrecision, SubEventType

KEYS = ("from", "to", "type", "sub_type", "actor", "source", "place", "bbox", "precision", "q")
PRECISIONS = {
    "exact": GeoPrecision.EXACT,
    "about": GeoPrecision.ABOUT,
    "region": GeoPrecision.REGION,
}
MOST_VALUES = 200
LONGEST_Q = 200


class Query(Protocol):
    """What is read: a Django QueryDict or anything with its `getlist`."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that the grammar does not know: the key, the value and what it may be."""

    key: str
    value: str
    hint: str

    def __str__(self) -> str:
        return f"{self.key}={self.value}: {self.hint}"


@dataclass(slots=True)
class Filters:
    """What is asked for; `problems` holds the values that were ignored."""

    start: dt.date | None = None
    end: dt.date | None = None
    sub_types: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    bbox: tuple[float, float, float, float] | None = None
    precisions: set[int] = field(default_factory=set)
    q: str = ""
    problems: list[Problem] = field(default_factory=list)

    def apply(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Those of `events` that pass; dates by overlap, so that an uncertain range counts."""
        for condition in conditions(self):
            events = events.filter(condition)
        return events


def parse_filters(query: Query) -> Filters:
    """Filters of a query string; unknown values are reported in `problems` and ignored."""
    found = Filters()
    found.start = _day(query, "from", found)
    found.end = _day(query, "to", found)
    if found.start and found.end and found.start > found.end:
        found.problems.append(Problem("from", str(found.start), "after the end of the period"))
    _types(query, found)
    found.actors = _known(query, "actor", found, public_actors)
    found.sources = _known(query, "source", found, public_sources)
    found.places = _known(query, "place", found, public_places)
    found.bbox = _bbox(query, found)
    found.precisions = _precisions(query, found)
    found.q = " ".join(query.getlist("q"))[:LONGEST_Q].replace("\x00", "").strip()
    return found


def public_sources(wanted: set[str]) -> set[str]:
    """Those of the slugs whose sources may be named."""
    named = Source.objects.filter(is_public=True, slug__in=wanted)
    return set(named.values_list("slug", flat=True))


def public_actors(wanted: set[str]) -> set[str]:
    """Those of the slugs that a published event names: of others not even being known is public."""
    shown = Event.objects.published().filter(participations__actor=OuterRef("pk"))
    named = Actor.objects.filter(Exists(shown), slug__in=wanted)
    return set(named.values_list("slug", flat=True))


def public_places(wanted: set[str]) -> set[str]:
    """Those of the slugs where, or in what lies in them, a published event is shown."""
    shown = Event.objects.published()
    return {
        slug for slug in wanted if shown.filter(public_place__in=with_descendants({slug})).exists()
    }


def values(query: Query, key: str) -> list[str]:
    """All values of a key: repeated, or separated by commas."""
    parts = [p.strip() for raw in query.getlist(key) for p in raw.split(",")]
    return [p for p in parts if p][:MOST_VALUES]


def _day(query: Query, key: str, found: Filters) -> dt.date | None:
    for value in query.getlist(key)[-1:]:
        try:
            return dt.date.fromisoformat(value.strip()) if value.strip() else None
        except ValueError:
            found.problems.append(Problem(key, value, "not a day such as 2020-02-20"))
    return None


def _types(query: Query, found: Filters) -> None:
    """Types and sub-types, each by code or by the codebook's name."""
    for value in values(query, "type"):
        kind = _member(EventType, value)
        if kind is None:
            found.problems.append(Problem("type", value, "not an event type of the codebook"))
        else:
            found.sub_types |= {t.value for t in SubEventType if t.event_type == kind}
    named = {value: _member(SubEventType, value) for value in values(query, "sub_type")}
    for value, kind in named.items():
        if kind is None:
            found.problems.append(Problem("sub_type", value, "not a sub-type of the codebook"))
    wanted = {kind.value for kind in named.values() if kind}
    # a sub-type narrows its type down; with both keys the narrower one is meant
    found.sub_types = (found.sub_types & wanted or wanted) if wanted else found.sub_types


def _member(
    kind: type[EventType] | type[SubEventType], value: str
) -> EventType | SubEventType | None:
    lowered = value.lower()
    return next((m for m in kind if lowered in (m.value, m.codebook_name.lower())), None)


def _known(
    query: Query, key: str, found: Filters, public: Callable[[set[str]], set[str]]
) -> set[str]:
    wanted = set(values(query, key))
    held = public(wanted) if wanted else set()
    for value in sorted(wanted - held):
        found.problems.append(Problem(key, value[:100], f"no published event has this {key}"))
    return held


def _bbox(query: Query, found: Filters) -> tuple[float, float, float, float] | None:
    """west,south,east,north in degrees (six numbers with heights are accepted, as OGC allows)."""
    for value in query.getlist("bbox")[-1:]:
        try:
            numbers = [float(part) for part in value.split(",")]
        except ValueError:
            numbers = []
        if len(numbers) == 6:
            numbers = [*numbers[:2], *numbers[3:5]]
        if len(numbers) == 4 and all(map(math.isfinite, numbers)) and _in_range(numbers):
            return (numbers[0], numbers[1], numbers[2], numbers[3])
        found.problems.append(Problem("bbox", value[:100], "not west,south,east,north in degrees"))
    return None


def _in_range(box: list[float]) -> bool:
    west, south, east, north = box
    return -90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180


def _precisions(query: Query, found: Filters) -> set[int]:
    wanted = set()
    for value in values(query, "precision"):
        code = PRECISIONS.get(value.lower())
        if code is None and value in ("1", "2", "3"):
            code = GeoPrecision(int(value))
        if code is None:
            found.problems.append(Problem("precision", value, "not exact, about or region"))
        else:
            wanted.add(int(code))
    return wanted


def conditions(filters: Filters) -> Iterable[Q]:
    """One condition for each key that is set."""
    if filters.start:
        yield Q(end_date__gte=filters.start)
    if filters.end:
        yield Q(start_date__lte=filters.end)
    if filters.sub_types:
        yield Q(sub_event_type__in=filters.sub_types)
    if filters.precisions:
        yield Q(public_geo_precision__in=filters.precisions)
    if filters.actors:
        yield Q(pk__in=Event.objects.filter(participations__actor__slug__in=filters.actors))
    if filters.sources:
        yield of_sources(filters.sources)
    if filters.places:
        yield Q(public_place__in=with_descendants(filters.places))
    if filters.bbox:
        yield within(filters.bbox)
    if filters.q:
        yield with_words(filters.q)


def of_sources(slugs: set[str]) -> Q:
    """Events that one of the sources claims or holds in its dataset."""
    claimed = Event.objects.filter(claims__report__source__slug__in=slugs)
    return Q(pk__in=claimed) | Q(dataset__slug__in=slugs)


def with_descendants(slugs: set[str]) -> set[int]:
    """Primary keys of the places and of all that lies in them."""
    found: set[int] = set()
    layer = set(Place.objects.filter(slug__in=slugs).values_list("pk", flat=True))
    while layer:
        found |= layer
        children = Place.objects.filter(parent__in=layer).values_list("pk", flat=True)
        layer = set(children) - found
    return found


def within(bbox: tuple[float, float, float, float]) -> Q:
    """Public points in the box; a box over the date line has west > east."""
    west, south, east, north = bbox
    band = Q(public_latitude__gte=south, public_latitude__lte=north)
    if west <= east:
        return band & Q(public_longitude__gte=west, public_longitude__lte=east)
    return band & (Q(public_longitude__gte=west) | Q(public_longitude__lte=east))


def with_words(text: str) -> Q:
    """Events with each of the words in their public quotes, titles, summary, place or actors."""
    found = Q()
    for word in text.split()[:8]:
        found &= Q(pk__in=having(word))
    return found


def having(word: str) -> QuerySet:
    """Keys of events with the word in one of their texts.

    A union and not conditions joined by "or": each part can then use an index of its own.
    """
    claims = Claim.objects.quotable()
    parts = (
        claims.filter(quote__icontains=word).values_list("event"),
        claims.filter(report__title__icontains=word).values_list("event"),
        Participation.objects.filter(actor__in=named(Actor, word)).values_list("event"),
        Event.objects.filter(public_place__in=named(Place, word)).values_list("pk"),
        Event.objects.filter(summary__icontains=word).values_list("pk"),
    )
    first, *others = (part.order_by() for part in parts)
    return first.union(*others)


def named(nouns: type[Place] | type[Actor], word: str) -> QuerySet:
    """Places or actors with the word in their English or Arabic name."""
    return nouns.objects.filter(Q(name__icontains=word) | Q(name_ar__icontains=word)).values("pk")
