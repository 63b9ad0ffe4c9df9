"""What waits, counted: the tiles above the queue, and how long a count may be kept.

Every count here is answered by an index that holds just the rows that wait, see the indexes of
`Report` and `Event` whose names begin with "desk".
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.models import Decision, Event, Report
from events.vocabulary import ReportStatus, ReviewStatus

WAITING, EDITED, HELP, CONFIRMED, ALL = "waiting", "edited", "help", "confirmed", "all"
COUNTED_SECONDS, SECONDS_BETWEEN, KEPT_SECONDS = 60, 1, 6 * 3600
EDITING_MINUTES = 30


def waiting_events() -> QuerySet[Event]:
    """Candidates, merged ones left out."""
    return Event.objects.candidates()


def states() -> dict[str, Q]:
    """Which reports are behind each tile."""
    recently = timezone.now() - dt.timedelta(minutes=EDITING_MINUTES)
    waits = Q(status=ReportStatus.READ)
    return {
        WAITING: waits,
        EDITED: waits & (Q(opened_at__gte=recently) | Q(held_by__isnull=False)),
        HELP: ~Q(help_wanted=""),
    }


def waiting_reports() -> QuerySet[Report]:
    """The reports that wait for an editor, in no order."""
    return Report.objects.filter(states()[WAITING]).order_by()


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


def waiting_count(request: HttpRequest) -> int:
    """How many reports wait."""
    return cached(request, "waiting", waiting_reports().count)


def _count_tiles() -> dict[str, tuple[int, int, int, int]]:
    rows = Report.objects.order_by()
    counts = {key: _ages(rows.filter(rule), "received_at") for key, rule in states().items()}
    confirmed = Event.objects.filter(status=ReviewStatus.CONFIRMED, merged_into__isnull=True)
    return counts | {CONFIRMED: _ages(confirmed, "updated_at")}


def _ages(rows: QuerySet[Any], column: str) -> tuple[int, int, int, int]:
    now = timezone.now()
    day, four, week = (now - dt.timedelta(days=n) for n in (1, 4, 8))
    counts = rows.order_by().aggregate(
        today=Count(column, filter=Q(**{f"{column}__gt": day})),
        days=Count(column, filter=Q(**{f"{column}__lte": day, f"{column}__gt": four})),
        week=Count(column, filter=Q(**{f"{column}__lte": four, f"{column}__gt": week})),
        older=Count(column, filter=Q(**{f"{column}__lte": week})),
    )
    return counts["today"], counts["days"], counts["week"], counts["older"]


def cached(request: HttpRequest, name: str, count: Callable[[], Any]) -> Any:
    """A count that is taken anew when anything was decided or read, and once a minute anyway."""
    return cache.get_or_set(f"desk:{name}:{_stamp(request)}", count, COUNTED_SECONDS)


def counted_by_the_minute(name: str, count: Callable[[], Any], seconds: int = 0) -> Any:
    """A dear count that may be a minute old: over 300,000 rows it takes a moment.

    Of several that are too old one is taken anew and the others a second or more later, so that no
    single page waits for all of them.
    """
    held = cache.get(f"desk:{name}")
    if held is not None:
        value, taken = held
        is_fresh = time.monotonic() - taken < (seconds or COUNTED_SECONDS)
        if is_fresh or not cache.add("desk:counting", True, SECONDS_BETWEEN):
            return value
    value = count()
    cache.set(f"desk:{name}", (value, time.monotonic()), KEPT_SECONDS)
    return value


def _stamp(request: HttpRequest) -> str:
    """What moves with every change of the queue; asked once for each request."""
    if not hasattr(request, "desk_stamp"):
        models = (Decision, Event.history.model, Report.history.model)
        newest = [m.objects.order_by("-pk").values_list("pk", flat=True).first() for m in models]
        request.desk_stamp = "-".join(map(str, newest))
    return request.desk_stamp
