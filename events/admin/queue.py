"""The queue: what waits, how old it is, and the filters with their counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import curation
from events.models import Claim, Decision, Event, Mention, Place, Report
from events.templatetags.desk import CLEAR, LIKELY, level_of
from events.vocabulary import (
    EventType,
    Language,
    PlaceKind,
    ReportStatus,
    ReviewStatus,
    SubEventType,
)

WAITING, EDITED, HELP, CONFIRMED, ALL = "waiting", "edited", "help", "confirmed", "all"
COUNTED_SECONDS = 60
EDITING_MINUTES = 30


def waiting_events() -> QuerySet[Event]:
    """Candidates, merged ones left out."""
    return Event.objects.candidates()


def state_queries() -> dict[str, QuerySet[Report]]:
    """The reports behind each tile."""
    recently = timezone.now() - dt.timedelta(minutes=EDITING_MINUTES)
    rows = Report.objects.all()
    waiting = rows.filter(status=ReportStatus.READ)
    return {
        WAITING: waiting,
        EDITED: waiting.filter(Q(opened_at__gte=recently) | Q(held_by__isnull=False)),
        HELP: rows.exclude(help_wanted=""),
    }


@dataclass(frozen=True, slots=True)
class Tile:
    """One count with its ages: today, 1-3 days, 4-7 days, older."""

    key: str
    label: str
    count: int
    ages: tuple[int, int, int, int]

    @property
    def bars(self) -> list[tuple[float, float, int]]:
        """(x, width, step) of each age's bar, on a scale of 100."""
        total, at, found = sum(self.ages), 0.0, []
        for step, count in enumerate(self.ages):
            width = 100 * count / total if total else 0
            if width:
                found.append((round(at, 2), round(max(width - 0.6, 0.4), 2), step))
            at += width
        return found


LABELS = {
    WAITING: gettext_lazy("Waiting"),
    EDITED: gettext_lazy("Being edited"),
    HELP: gettext_lazy("Help needed"),
    CONFIRMED: gettext_lazy("Confirmed, to publish"),
}


def tiles(request: HttpRequest) -> list[Tile]:
    """The four tiles above the queue."""
    counted = cached(request, "tiles", _count_tiles)
    return [Tile(key, str(LABELS[key]), sum(ages), ages) for key, ages in counted.items()]


def _count_tiles() -> dict[str, tuple[int, int, int, int]]:
    counts = {key: _ages(rows, "received_at") for key, rows in state_queries().items()}
    confirmed = Event.objects.filter(status=ReviewStatus.CONFIRMED, merged_into__isnull=True)
    return counts | {CONFIRMED: _ages(confirmed, "updated_at")}


def _ages(rows: QuerySet[Any], column: str) -> tuple[int, int, int, int]:
    now = timezone.now()
    day, four, week = (now - dt.timedelta(days=n) for n in (1, 4, 8))
    counts = rows.order_by().aggregate(
        today=Count("pk", filter=Q(**{f"{column}__gt": day})),
        days=Count("pk", filter=Q(**{f"{column}__lte": day, f"{column}__gt": four})),
        week=Count("pk", filter=Q(**{f"{column}__lte": four, f"{column}__gt": week})),
        older=Count("pk", filter=Q(**{f"{column}__lte": week})),
    )
    return counts["today"], counts["days"], counts["week"], counts["older"]


def cached(request: HttpRequest, name: str, count: Any) -> Any:
    """A count that is taken anew when anything was decided or read, and once a minute anyway."""
    return cache.get_or_set(f"desk:{name}:{_stamp(request)}", count, COUNTED_SECONDS)


def counted_by_the_minute(name: str, count: Any) -> Any:
    """A dear count that may be a minute old: over 300,000 rows it takes a second."""
    return cache.get_or_set(f"desk:{name}", count, COUNTED_SECONDS)


def _stamp(request: HttpRequest) -> str:
    """What moves with every change of the queue; asked once for each request."""
    if not hasattr(request, "desk_stamp"):
        models = (Decision, Event.history.model, Report.history.model)
        newest = [m.objects.order_by("-pk").values_list("pk", flat=True).first() for m in models]
        request.desk_stamp = "-".join(map(str, newest))
    return request.desk_stamp


# ------------------------------------------------------------------ filters


class CountedFilter(admin.SimpleListFilter):
    """A filter whose choices carry counts; `counts` gives them as {value: count}."""

    template = "admin/events/report/filter.html"

    def counts(self) -> dict[str, int]:
        return {}

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        counts = counted_by_the_minute(f"filter:{self.parameter_name}", self.counts)
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
        if state == ALL:
            return queryset
        if state == CONFIRMED:
            rows = Claim.objects.filter(
                event__status=ReviewStatus.CONFIRMED, event__merged_into__isnull=True
            )
            return queryset.filter(pk__in=rows.values("report_id"))
        if state == WAITING:
            return queryset.filter(status=ReportStatus.READ)
        found = state_queries().get(state)
        return queryset if found is None else queryset.filter(pk__in=found.values("pk"))


class EventFilter(CountedFilter):
    """Filters reports by the events that wait in them; `condition` is on the event."""

    def condition(self, value: str) -> Q:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        events = waiting_events().filter(self.condition(self.value()))
        return queryset.filter(pk__in=Claim.objects.filter(event__in=events).values("report_id"))


class ConfidenceFilter(EventFilter):
    title = gettext_lazy("Confidence")
    parameter_name = "confidence"
    LEVELS = {
        "hi": Q(confidence__gte=CLEAR),
        "mid": Q(confidence__lt=CLEAR, confidence__gte=LIKELY),
        "lo": Q(confidence__lt=LIKELY),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("hi", _("Clear")), ("mid", _("Likely")), ("lo", _("Doubtful"))]

    def condition(self, value: str) -> Q:
        return self.LEVELS.get(value, Q())

    def counts(self) -> dict[str, int]:
        wanted = {level: Count("pk", filter=rule) for level, rule in self.LEVELS.items()}
        return waiting_events().order_by().aggregate(**wanted)


class TypeFilter(EventFilter):
    title = gettext_lazy("Event type")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.value, kind.label) for kind in EventType]

    def condition(self, value: str) -> Q:
        return Q(sub_event_type__in=[s.value for s in SubEventType if s.event_type == value])

    def counts(self) -> dict[str, int]:
        rows = waiting_events().values_list("sub_event_type").order_by().annotate(Count("pk"))
        found: dict[str, int] = {}
        for code, count in rows:
            kind = SubEventType(code).event_type.value
            found[kind] = found.get(kind, 0) + count
        return found


class PlaceFilter(EventFilter):
    """By governorate, from the place or its parents."""

    title = gettext_lazy("Place")
    parameter_name = "governorate"
    NOWHERE = "none"
    PATHS = ("place", "place__parent", "place__parent__parent", "place__parent__parent__parent")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        rows = counted_by_the_minute("filter:governorates", self._names)
        shown = sorted(counted_by_the_minute(f"filter:{self.parameter_name}", self.counts).items())
        counts = dict(shown)
        named = [(slug, name) for slug, name in rows if counts.get(slug)]
        named.sort(key=lambda each: -counts[each[0]])
        return [*named[:6], (self.NOWHERE, _("not placed yet"))]

    @staticmethod
    def _names() -> list[tuple[str, str]]:
        rows = Place.objects.filter(kind=PlaceKind.GOVERNORATE, country="SY")
        return list(rows.values_list("slug", "name"))

    def condition(self, value: str) -> Q:
        if value == self.NOWHERE:
            return Q(place__isnull=True, latitude__isnull=True)
        found = Q()
        for path in self.PATHS:
            found |= Q(**{f"{path}__slug": value})
        return found

    def counts(self) -> dict[str, int]:
        columns = [name for path in self.PATHS for name in (f"{path}__slug", f"{path}__kind")]
        rows = waiting_events().values_list(*columns).order_by().annotate(Count("pk"))
        found: dict[str, int] = {}
        for row in rows:
            *pairs, count = row
            chain = zip(pairs[::2], pairs[1::2], strict=True)
            slug = next((s for s, kind in chain if kind == PlaceKind.GOVERNORATE), self.NOWHERE)
            found[slug] = found.get(slug, 0) + count
        return found


class SourceFilter(CountedFilter):
    title = gettext_lazy("Source")
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return counted_by_the_minute("filter:sources", self._rows)

    @staticmethod
    def _rows() -> list[tuple[str, str]]:
        rows = state_queries()[WAITING].values_list("source__slug", "source__name").order_by()
        rows = rows.annotate(n=Count("pk")).order_by("-n")[:8]
        return [(slug, name) for slug, name, _count in rows]

    def counts(self) -> dict[str, int]:
        rows = state_queries()[WAITING].values_list("source__slug").order_by()
        return dict(rows.annotate(Count("pk")))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(source__slug=self.value()) if self.value() else queryset


class LanguageFilter(CountedFilter):
    title = gettext_lazy("Language")
    parameter_name = "language"
    OWN_NAMES = {"en": "English", "ar": "العربية", "ru": "Русский", "tr": "Türkçe"}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, self.OWN_NAMES.get(code, code)) for code in Language.values]

    def counts(self) -> dict[str, int]:
        rows = state_queries()[WAITING].values_list("language").order_by()
        return dict(rows.annotate(Count("pk")))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(language=self.value()) if self.value() else queryset


# --------------------------------------------------------------------- rows


@dataclass(slots=True)
class Row:
    """One report in the queue with what waits in it."""

    report: Report
    events: list[Event] = field(default_factory=list)
    statements: int = 0
    places: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def types(self) -> list[tuple[str, int]]:
        counts: dict[str, int] = {}
        for event in self.events:
            counts[event.event_type.value] = counts.get(event.event_type.value, 0) + 1
        return list(counts.items())

    @property
    def level(self) -> str:
        """The lowest confidence of its events: the report is as clear as its darkest card."""
        if not self.events:
            return "hi"
        order = ("lo", "mid", "hi")
        return min((level_of(event.confidence) for event in self.events), key=order.index)

    @property
    def words(self) -> int:
        return self.report.text.count(" ") + 1


def rows_of(reports: Sequence[Report]) -> list[Row]:
    """The rows of one page of the queue, with three queries whatever its length."""
    found = {report.pk: Row(report) for report in reports}
    claims = Claim.objects.filter(report__in=list(found)).order_by("sentence_start")
    held: dict[int, dict[int, list[Claim]]] = {}
    # Filtered here: a condition on the events would lead the planner to start from all of them.
    for claim in filter(_is_shown, claims.select_related("event__place")):
        held.setdefault(claim.report_id, {}).setdefault(claim.event_id, []).append(claim)
    for pk, events in held.items():
        _fill(found[pk], events)
    for row in found.values():
        _note(row)
    return list(found.values())


def _is_shown(claim: Claim) -> bool:
    event = claim.event
    return event.merged_into_id is None and event.status != ReviewStatus.REJECTED


def _fill(row: Row, events: dict[int, list[Claim]]) -> None:
    for claims in events.values():
        event = claims[0].event
        if curation.is_statement(claims):
            row.statements += 1
            continue
        row.events.append(event)
        name = event.place.name if event.place_id else ""
        if name and name not in row.places:
            row.places.append(name)


def _note(row: Row) -> None:
    if row.report.help_wanted:
        row.note = row.report.help_wanted


def doubtful_spellings(reports: Sequence[Report]) -> dict[int, str]:
    """For each report one open, weakly read spelling, for the note in its row."""
    rows = Mention.objects.open().filter(report__in=reports, place__isnull=False, score__lt=0.6)
    return dict(rows.order_by("-start").values_list("report_id", F("text")))
