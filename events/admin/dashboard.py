"""The dashboard: what waits, how old it is, what was published, where machine and editors agree."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from events.admin import queue_counts as queueing
from events.admin.agreement import Step, agreement
from events.models import Actor, Decision, Event, Place, Report, Source
from events.templatetags.desk import span_text
from events.vocabulary import ReportStatus

DAYS = 30
AGREEMENT_DAYS = 7
BARS = (600, 150)
"""Width and height of the chart, in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the chart: counts, and the boxes of both in the chart's units."""

    day: dt.date
    published: int
    rejected: int
    x: float
    width: float
    top: float
    height: float
    top2: float
    height2: float


@dataclass(slots=True)
class Board:
    """All that the dashboard prints."""

    waiting: queueing.Tile
    helping: queueing.Tile
    median_age: str
    oldest: str
    published: int
    rejected: int
    merged: int
    bars: list[Bar] = field(default_factory=list)
    most: int = 0
    steps: list[Step] = field(default_factory=list)
    questions: list[Report] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    recent: list[Decision] = field(default_factory=list)


def board_of(request: HttpRequest) -> Board:
    """The dashboard's numbers; counted anew when something was decided, else kept for a minute."""
    tiles = {tile.key: tile for tile in queueing.tiles(request)}
    ages = queueing.cached(request, f"ages:{get_language()}", median_and_oldest)
    week = queueing.cached(request, "week", _week)
    days = queueing.cached(request, "days", decided_by_day)
    bars, most = bars_of(days)
    return Board(
        waiting=tiles[queueing.WAITING],
        helping=tiles[queueing.HELP],
        median_age=ages[0],
        oldest=ages[1],
        published=week["publish"],
        rejected=week["reject"],
        merged=week["merge"],
        bars=bars,
        most=most,
        steps=queueing.counted_by_the_minute(f"agreement:{get_language()}", agreement),
        questions=list(Report.objects.exclude(help_wanted="").order_by("received_at")[:5]),
        totals=queueing.counted_by_the_minute("totals", totals),
        recent=list(Decision.objects.standing().filter(by=request.user)[:6]),
    )


def median_and_oldest() -> tuple[str, str]:
    """The median and the greatest age of what waits, in words."""
    waiting = Report.objects.filter(status=ReportStatus.READ).order_by("received_at")
    count = waiting.count()
    if not count:
        return "–", "–"
    moments = waiting.values_list("received_at", flat=True)
    now = timezone.now()
    return span_text(now - moments[count // 2]), span_text(now - moments[0])


def _week() -> Counter[str]:
    since = timezone.now() - dt.timedelta(days=AGREEMENT_DAYS)
    rows = Decision.objects.standing().filter(at__gte=since, verb__in=("reject", "merge"))
    counts = Counter(dict(rows.values_list("verb").order_by().annotate(Count("pk"))))
    counts["publish"] = Event.objects.published().filter(published_at__gte=since).count()
    return counts


def decided_by_day() -> dict[str, dict[dt.date, int]]:
    """Events published and rejected on each of the last days."""
    since = timezone.now() - dt.timedelta(days=DAYS)
    published = Event.objects.published().filter(published_at__gte=since)
    by_day = published.values_list(TruncDate("published_at")).order_by().annotate(Count("pk"))
    rejected = Decision.objects.standing().filter(verb="reject", at__gte=since)
    out = rejected.values_list(TruncDate("at")).order_by().annotate(Count("pk"))
    return {"published": dict(by_day), "rejected": dict(out)}


def bars_of(days: dict[str, dict[dt.date, int]]) -> tuple[list[Bar], int]:
    """The chart's bars and its highest sum."""
    today = timezone.localdate()
    span = [today - dt.timedelta(days=n) for n in range(DAYS - 1, -1, -1)]
    pairs = [(days["published"].get(d, 0), days["rejected"].get(d, 0)) for d in span]
    most = max(5, *(a + b for a, b in pairs))
    width, height = BARS
    slot = width / DAYS
    found = []
    for number, (day, (a, b)) in enumerate(zip(span, pairs, strict=True)):
        tall, tall2 = height * a / most, height * b / most
        box = (round(number * slot + 2, 1), round(slot - 4, 1))
        tops = (round(height - tall, 1), round(height - tall - tall2, 1))
        found.append(Bar(day, a, b, *box, tops[0], round(tall, 1), tops[1], round(tall2, 1)))
    return found, most


def totals() -> dict[str, int]:
    """How many rows of each noun there are."""
    nouns = {
        "events": Event.objects.filter(merged_into__isnull=True),
        "reports": Report.objects.all(),
        "places": Place.objects.all(),
        "actors": Actor.objects.all(),
        "sources": Source.objects.all(),
    }
    return {name: rows.count() for name, rows in nouns.items()}
