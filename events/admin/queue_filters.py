"""The filters of the queue, each choice with its count.

A filter by what waits in a report asks for each report whether such a claim exists: the queue is
walked in its order and the walk ends when the page is full.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from events.admin.queue_counts import (
    ALL,
    CONFIRMED,
    LABELS,
    WAITING,
    counted_by_the_minute,
    states,
    waiting_events,
    waiting_reports,
)
from events.models import Claim, Place, Source
from events.templatetags.desk import CLEAR, LIKELY
from events.vocabulary import (
    EventType,
    Language,
    PlaceKind,
    ReviewStatus,
    SubEventType,
)

GAZETTEER_SECONDS = 600
DEEPEST_CHAIN = 12


def with_event(condition: Q) -> Exists:
    """Reports with a claim of an event that fulfils the condition and was not merged away."""
    rows = Claim.objects.filter(report=OuterRef("pk"), event__merged_into__isnull=True)
    return Exists(rows.filter(condition))


class CountedFilter(admin.SimpleListFilter):
    """A filter whose choices carry counts; `counts` gives them as {value: count}."""

    template = "admin/events/report/filter.html"

    def counts(self) -> dict[str, int]:
        return {}

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        counts = self.counts()
        for value, title in self.lookup_choices:
            chosen = self.value() == str(value)
            yield {
                "selected": chosen,
                "query_string": changelist.get_query_string(remove=[self.parameter_name])
                if chosen
                else changelist.get_query_string({self.parameter_name: value}),
                "display": title,
                "value": value,
                "count": counts.get(str(value), 0),
            }


class StateFilter(CountedFilter):
    """Which tile; without one, what waits."""

    title = gettext_lazy("Status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*((k, v) for k, v in LABELS.items()), (ALL, gettext_lazy("All reports"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        state = self.value() or WAITING
        if state == CONFIRMED:
            return queryset.filter(with_event(Q(event__status=ReviewStatus.CONFIRMED)))
        return queryset.filter(states().get(state, Q()))


class EventFilter(CountedFilter):
    """Filters reports by the events that wait in them; `condition` is on the claim's event."""

    def condition(self, value: str) -> Q:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        waits = Q(event__status=ReviewStatus.CANDIDATE)
        return queryset.filter(with_event(waits & self.condition(self.value())))


def waiting_by_kind() -> list[tuple[str, str, int]]:
    """(sub-type, level of confidence, count) of what waits."""
    levels = [
        When(confidence__gte=CLEAR, then=Value(2)),
        When(confidence__gte=LIKELY, then=Value(1)),
        When(confidence__isnull=False, then=Value(0)),
    ]
    level = Case(*levels, default=Value(3), output_field=IntegerField())
    rows = waiting_events().order_by().annotate(level=level)
    rows = rows.values_list("sub_event_type", "level").annotate(n=Count("*"))
    names = ("lo", "mid", "hi", "")
    return [(sub_type, names[level], count) for sub_type, level, count in rows]


def summed(pairs: Iterator[tuple[str, int]]) -> dict[str, int]:
    """Counts added up by their key."""
    found: dict[str, int] = {}
    for key, count in pairs:
        found[key] = found.get(key, 0) + count
    return found


class ConfidenceFilter(EventFilter):
    title = gettext_lazy("Confidence")
    parameter_name = "confidence"
    LEVELS = {
        "hi": Q(event__confidence__gte=CLEAR),
        "mid": Q(event__confidence__lt=CLEAR, event__confidence__gte=LIKELY),
        "lo": Q(event__confidence__lt=LIKELY),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("hi", _("Clear")), ("mid", _("Likely")), ("lo", _("Doubtful"))]

    def condition(self, value: str) -> Q:
        return self.LEVELS.get(value, Q())

    def counts(self) -> dict[str, int]:
        rows = counted_by_the_minute("filter:kinds", waiting_by_kind)
        return summed((level, count) for _sub_type, level, count in rows)


class TypeFilter(EventFilter):
    title = gettext_lazy("Event type")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.value, kind.label) for kind in EventType]

    def condition(self, value: str) -> Q:
        codes = [s.value for s in SubEventType if s.event_type == value]
        return Q(event__sub_event_type__in=codes)

    def counts(self) -> dict[str, int]:
        rows = counted_by_the_minute("filter:kinds", waiting_by_kind)
        return summed((SubEventType(code).event_type.value, count) for code, _level, count in rows)


class PlaceFilter(EventFilter):
    """By governorate, from the place or its parents."""

    title = gettext_lazy("Place")
    parameter_name = "governorate"
    NOWHERE = "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        counts, names = self.counts(), governorates()[1]
        named = sorted(set(counts) & set(names), key=lambda slug: -counts[slug])
        shown = [(slug, _in_the_readers_language(*names[slug])) for slug in named[:6]]
        return [*shown, (self.NOWHERE, _("not placed yet"))]

    def condition(self, value: str) -> Q:
        if value == self.NOWHERE:
            return Q(event__place__isnull=True, event__latitude__isnull=True)
        return Q(event__place__in=[pk for pk, slug in governorates()[0].items() if slug == value])

    def counts(self) -> dict[str, int]:
        rows = counted_by_the_minute("filter:places", waiting_by_place)
        inside = governorates()[0]
        return summed((inside.get(place, self.NOWHERE), count) for place, count in rows)


def _in_the_readers_language(latin: str, arabic: str) -> str:
    return arabic or latin if get_language() == "ar" else latin


def waiting_by_place() -> list[tuple[int | None, int]]:
    """(place, count) of what waits."""
    return list(waiting_events().order_by().values_list("place_id").annotate(n=Count("*")))


def governorates() -> tuple[dict[int, str], dict[str, tuple[str, str]]]:
    """Which governorate's slug each place lies in, and their names, Latin and Arabic."""
    return counted_by_the_minute("filter:governorates", _governorates, GAZETTEER_SECONDS)


def _governorates() -> tuple[dict[int, str], dict[str, tuple[str, str]]]:
    parents = dict(Place.objects.order_by().values_list("pk", "parent_id"))
    rows = Place.objects.filter(kind=PlaceKind.GOVERNORATE, country="SY")
    names = {place.pk: (place.slug, (place.name, place.name_ar)) for place in rows}
    found = {pk: _first_in(pk, parents, names) for pk in parents}
    inside = {pk: names[top][0] for pk, top in found.items() if top is not None}
    return inside, dict(names.values())


def _first_in(pk: int | None, parents: dict[int, int | None], wanted: Any) -> int | None:
    for _step in range(DEEPEST_CHAIN):
        if pk is None or pk in wanted:
            return pk
        pk = parents.get(pk)
    return None


class SourceFilter(CountedFilter):
    title = gettext_lazy("Source")
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        counts = self.counts()
        names = {origin.slug: origin.name for origin in origins()}
        return [(slug, names[slug]) for slug in sorted(counts, key=lambda s: -counts[s])[:8]]

    def counts(self) -> dict[str, int]:
        return summed((origin.slug, origin.count) for origin in origins())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(source__slug=self.value()) if self.value() else queryset


class Origin(NamedTuple):
    """How many reports of one source in one language wait."""

    slug: str
    name: str
    language: str
    count: int


def origins() -> list[Origin]:
    """What waits by source and language: both filters from one scan of the queue."""
    return counted_by_the_minute("filter:origins", _origins)


def _origins() -> list[Origin]:
    named = Source.objects.order_by().values_list("pk", "slug", "name")
    sources = {pk: (slug, name) for pk, slug, name in named}
    rows = waiting_reports().values_list("source_id", "language").annotate(n=Count("*"))
    return [Origin(*sources[source], language, count) for source, language, count in rows]


class LanguageFilter(CountedFilter):
    title = gettext_lazy("Language")
    parameter_name = "language"
    OWN_NAMES = {"en": "English", "ar": "العربية", "ru": "Русский", "tr": "Türkçe"}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, self.OWN_NAMES.get(code, code)) for code in Language.values]

    def counts(self) -> dict[str, int]:
        return summed((origin.language, origin.count) for origin in origins())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(language=self.value()) if self.value() else queryset
