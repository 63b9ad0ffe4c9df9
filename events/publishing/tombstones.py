"""What was public and is no more: the ids that a keeper of copies has to drop."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from typing import TypedDict

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from events.models import Event
from events.publishing.exports import Line
from events.vocabulary import ReviewStatus

MOST = 10_000
COLUMNS = ("id", "retracted", "merged_into")


class Tombstone(TypedDict):
    """One event that left: when, and the id that took its place ("" for none)."""

    id: str
    retracted: str
    merged_into: str


def gone() -> QuerySet[Event]:
    """Events that were public once and are not now, the last to leave first."""
    retracted = Q(status=ReviewStatus.RETRACTED, retracted_at__isnull=False)
    merged = Q(merged_into__isnull=False, published_at__isnull=False)
    found = Event.objects.filter(retracted | merged)
    return found.annotate(left_at=Coalesce("retracted_at", "updated_at")).order_by("-left_at", "pk")


def tombstones(since: dt.datetime | None = None, most: int = MOST) -> list[Tombstone]:
    """The tombstones since a moment. They name ids alone: nothing of what was told comes back."""
    found = gone().filter(left_at__gte=since) if since else gone()
    public = Q(status=ReviewStatus.PUBLISHED, merged_into__isnull=True)
    rows = found.values_list("uid", "left_at", "merged_into_id")[:most]
    heirs = {pk for _uid, _at, pk in rows if pk}
    named = dict(Event.objects.filter(public, pk__in=heirs).values_list("pk", "uid"))
    return [
        {"id": uid, "retracted": moment.isoformat(), "merged_into": named.get(heir, "")}
        for uid, moment, heir in rows
    ]


def tombstone_lines() -> Iterator[str]:
    """The tombstones as CSV."""
    writer = csv.writer(Line(), lineterminator="\r\n")
    yield writer.writerow(COLUMNS)
    for stone in tombstones():
        yield writer.writerow([stone["id"], stone["retracted"], stone["merged_into"]])
