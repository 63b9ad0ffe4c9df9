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
from events.ingestion.tables.inserting import insert, new_keys
from events.ingestion.tables.linking import Linker
from events.ingestion.tables.rows import EventRow
from events.ingestion.tables.values import COPIED, DERIVED, Values
from events.models import Event, Participation, Source
from events.models.events import new_uid
from events.vocabulary import ReviewStatus

BATCH = 5000


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
    keep_public: bool = False,
    by: Any = None,
    progress: Callable[[Outcome], None] = lambda outcome: None,
) -> Outcome:
    """Load rows as events of `dataset`; loading the same again changes nothing.

    A batch is a transaction, so an interrupted import goes on where it stopped. `all_or_nothing`
    makes the file one transaction and raises RejectedReport at the first wrong row. `keep_public`
    leaves what is or was public alone; `by` is the user whose change it is.
    """
    outcome = Outcome()
    load = _Load(dataset, publish, all_or_nothing, outcome)
    load.keep_public, load.by = keep_public, by
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
        self.keep_public, self.by = False, None
        self.status = ReviewStatus.PUBLISHED if publish else ReviewStatus.CANDIDATE
        self.linker = Linker()
        self.values = Values(self.linker)

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
        held = self.held(rows)
        for key, row in rows.items():
            if key not in held or held[key][1] is not None:
                self.linker.place(row)
        self.linker.store_new()
        fresh = [row for key, row in rows.items() if key not in held]
        self.add(fresh)
        self.outcome.added += len(fresh)
        changed = [pk for key, (pk, known) in held.items() if self.differs(rows[key], known)]
        if changed:
            self.change(changed, rows)
        self.outcome.changed += len(changed)
        self.outcome.unchanged += len(held) - len(changed)

    def held(self, rows: dict[str, EventRow]) -> dict[str, tuple[int, tuple[Any, ...] | None]]:
        """The rows that are events already: their keys and COPIED values.

        An event that an editor worked on (version > 0) is left alone, so it has no values.
        """
        found = Event.objects.filter(dataset=self.dataset, external_id__in=list(rows))
        columns = found.values_list("external_id", "pk", "version", "status", *COPIED)
        return {
            external_id: (pk, None if version or self.is_kept(status) else tuple(known))
            for external_id, pk, version, status, *known in columns
        }

    def is_kept(self, status: str) -> bool:
        return self.keep_public and status in (ReviewStatus.PUBLISHED, ReviewStatus.RETRACTED)

    def differs(self, row: EventRow, known: tuple[Any, ...] | None) -> bool:
        return known is not None and known != self.values.copied(row)

    def add(self, rows: list[EventRow]) -> None:
        """Store rows as new events, with those who took part."""
        keys = new_keys(Event, len(rows))
        values = self.values
        cells = [
            (key, new_uid(), row.external_id, *values.copied(row), *values.derived(row))
            for key, row in zip(keys, rows, strict=True)
        ]
        published = timezone.now() if self.status == ReviewStatus.PUBLISHED else None
        fixed = {"dataset_id": self.dataset.pk, "status": self.status, "published_at": published}
        insert(Event, ("id", "uid", "external_id", *COPIED, *DERIVED), cells, fixed)
        parties = {
            (key, actor.pk, party.role): None
            for key, row in zip(keys, rows, strict=True)
            for party in row.parties
            if (actor := self.linker.actor(party))
        }
        insert(Participation, ("event_id", "actor_id", "role"), list(parties))

    def change(self, keys: list[int], rows: dict[str, EventRow]) -> None:
        """Put into the events what their rows say now, with history."""
        events = list(Event.objects.filter(pk__in=keys).select_related("place"))
        for event in events:
            values = self.values.copied(rows[event.external_id])
            for name, value in zip(COPIED, values, strict=True):
                setattr(event, name, value)
            event.set_derived()
        fields = [name.removesuffix("_id") for name in (*COPIED, *DERIVED)]
        reason = "changed in a later import"
        bulk_update_with_history(
            events, Event, fields, default_change_reason=reason, default_user=self.by
        )
