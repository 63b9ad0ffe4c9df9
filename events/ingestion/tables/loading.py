"""Rows become events of their dataset: new, changed or unchanged by external id, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from events.exceptions import RejectedReport, RowError
from events.ingestion.tables.inserting import insert
from events.ingestion.tables.linking import Linker
from events.ingestion.tables.rows import EventRow
from events.models import Event, Participation, Source
from events.models.events import new_uid
from events.vocabulary import ReviewStatus

BATCH = 2000
COPIED = (
    "sub_event_type",
    "start_date",
    "end_date",
    "time_precision",
    "place_id",
    "latitude",
    "longitude",
    "radius_km",
    "geo_precision",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "summary",
    "is_contested",
    "attributes",
)


@dataclass(slots=True)
class Outcome:
    """What a load did; `errors` are the rows that were not taken."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)


class DryRun(Exception):
    """Ends the transaction of a dry run."""


def load_table(
    items: Iterable[EventRow | RowError],
    dataset: Source,
    *,
    publish: bool = False,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Callable[[Outcome], None] = lambda outcome: None,
) -> Outcome:
    """Load rows as events of `dataset`; loading the same again changes nothing.

    A batch is a transaction, so an interrupted import goes on where it stopped. `all_or_nothing`
    makes the file one transaction and raises RejectedReport at the first wrong row.
    """
    outcome = Outcome()
    load = _Load(dataset, publish, all_or_nothing, outcome)
    try:
        if dry_run or all_or_nothing:
            with transaction.atomic():
                load.run(items, progress)
                if dry_run:
                    raise DryRun
        else:
            load.run(items, progress)
    except DryRun:
        pass
    return outcome


def batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists of BATCH items."""
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


class _Load:
    """One load: what is linked once is remembered for the next rows."""

    def __init__(self, dataset: Source, publish: bool, strict: bool, outcome: Outcome) -> None:
        self.dataset, self.strict, self.outcome = dataset, strict, outcome
        self.status = ReviewStatus.PUBLISHED if publish else ReviewStatus.CANDIDATE
        self.linker = Linker()

    def run(
        self, items: Iterable[EventRow | RowError], progress: Callable[[Outcome], None]
    ) -> None:
        for batch in batches(items):
            rows = [self.good(item) for item in batch]
            with transaction.atomic():
                self.load({row.external_id: row for row in rows if row})
            progress(self.outcome)

    def good(self, item: EventRow | RowError) -> EventRow | None:
        if isinstance(item, EventRow):
            return item
        if self.strict:
            raise RejectedReport(f"Nothing was imported: {item}")
        self.outcome.errors.append(item)
        return None

    def load(self, rows: dict[str, EventRow]) -> None:
        held = {
            event.external_id: event
            for event in Event.objects.filter(dataset=self.dataset, external_id__in=list(rows))
        }
        fresh = [self.new(row) for key, row in rows.items() if key not in held]
        insert([event for event, _row in fresh])
        self.add_parties(fresh)
        self.outcome.added += len(fresh)
        self.update(rows, held)

    def new(self, row: EventRow) -> tuple[Event, EventRow]:
        event = Event(uid=new_uid(), dataset=self.dataset, external_id=row.external_id)
        self.fill(event, row)
        event.status = self.status
        event.published_at = timezone.now() if self.status == ReviewStatus.PUBLISHED else None
        return event, row

    def fill(self, event: Event, row: EventRow) -> None:
        event.sub_event_type = row.sub_event_type
        event.start_date, event.end_date = row.start, row.end
        event.time_precision = row.time_precision
        event.place = self.linker.place(row)
        event.latitude, event.longitude = row.lat, row.lon
        event.radius_km, event.geo_precision = row.radius_km, row.geo_precision
        event.fatalities_low = row.low
        event.fatalities_best, event.fatalities_high = row.best, row.high
        event.summary, event.is_contested = row.summary, row.contested
        event.attributes = row.own
        event.set_derived()

    def add_parties(self, fresh: list[tuple[Event, EventRow]]) -> None:
        rows = {
            (event.pk, actor.pk, party.role): Participation(
                event=event, actor=actor, role=party.role
            )
            for event, row in fresh
            for party in row.parties
            if (actor := self.linker.actor(party))
        }
        insert(list(rows.values()))

    def update(self, rows: dict[str, EventRow], held: dict[str, Event]) -> None:
        """Events whose row changed; one that an editor worked on (version > 0) is left alone."""
        changed = []
        for key, event in held.items():
            before = [getattr(event, name) for name in COPIED]
            if event.version == 0:
                self.fill(event, rows[key])
            if before != [getattr(event, name) for name in COPIED]:
                changed.append(event)
        if changed:
            fields = [f.removesuffix("_id") for f in (*COPIED, *DERIVED)]
            reason = "changed in a later import"
            bulk_update_with_history(changed, Event, fields, default_change_reason=reason)
        self.outcome.changed += len(changed)
        self.outcome.unchanged += len(held) - len(changed)


DERIVED = (
    "public_latitude",
    "public_longitude",
    "public_radius_km",
    "public_geo_precision",
    "public_place",
    "morton",
)
