"""One decision: all its changes in one transaction, in the history, and ready to be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from events.models import Claim, Decision, Event, Participation, Place, Report
from events.vocabulary import ReviewStatus

UNWATCHED = frozenset({"version", "updated_at"})
"""Columns that every save moves; they say nothing of what was decided."""


@dataclass(slots=True)
class Recording:
    """Collects the changes of one decision. `reason` and `by` go to the history of each row."""

    verb: str
    by: Any
    reason: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)
    touches_public: bool = False
    decision: Decision | None = None
    label: str = ""
    about: int | None = None

    def change(self, row: models.Model, **values: Any) -> list[str]:
        """Set and save what differs; the names of the columns that changed."""
        before = {column: plain_value(row, column) for column in _columns(row, values)}
        self._watch(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = {column: plain_value(row, column) for column in before}
        changed = [column for column in before if before[column] != after[column]]
        if changed:
            self._save(row)
            self._note(row, "change", _only(before, changed), _only(after, changed))
        return changed

    def create(self, row: models.Model) -> models.Model:
        """Save a new row."""
        self._save(row)
        self._note(row, "create", {}, plain_row(row))
        return row

    def delete(self, row: models.Model) -> None:
        """Delete a row that only ties others together."""
        self._note(row, "delete", plain_row(row), {})
        self._sign(row)
        row.delete()

    def _save(self, row: models.Model) -> None:
        self._sign(row)
        if hasattr(row, "version"):
            row.version += 1
        row.save()

    def _sign(self, row: models.Model) -> None:
        row._change_reason = self.reason or self.verb
        row._history_user = self.by

    def _note(self, row: models.Model, did: str, before: dict, after: dict) -> None:
        entry = {"model": row._meta.model_name, "pk": row.pk, "did": did}
        self.changes.append({**entry, "before": before, "after": after})
        self._watch(row)

    def _watch(self, row: models.Model) -> None:
        self.touches_public = self.touches_public or is_public(row)


@contextmanager
def recording(
    verb: str,
    by: Any,
    reason: str = "",
    *,
    event: Event | None = None,
    report: Report | None = None,
    label: str = "",
) -> Iterator[Recording]:
    """A decision as one transaction; nothing is kept of it when an exception comes out."""
    with transaction.atomic():
        log = Recording(verb, by, reason[:500], label=label)
        yield log
        log.decision = Decision.objects.create(
            verb=verb,
            event=event,
            report=report,
            label=(log.label or (str(event) if event else ""))[:300],
            about=log.about,
            reason=log.reason,
            changes=log.changes,
            by=by,
            touches_public=log.touches_public,
        )


def joined(decisions: list[Decision]) -> Decision | None:
    """Several decisions made in one go as one, so that one undo takes all of them back."""
    if not decisions:
        return None
    first, *others = decisions
    for other in others:
        first.changes += other.changes
        first.touches_public = first.touches_public or other.touches_public
        other.delete()
    first.save(update_fields=["changes", "touches_public"])
    return first


def locked(row: Any) -> Any:
    """The row as it stands in the database now, locked until the transaction ends."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)


def is_public(row: models.Model) -> bool:
    """Whether anything public reads this row."""
    if isinstance(row, Event):
        return row.status == ReviewStatus.PUBLISHED and row.merged_into_id is None
    if isinstance(row, Claim | Participation):
        return is_public(row.event)
    if isinstance(row, Place):
        return bool(row.pk) and row.public_events.filter(status=ReviewStatus.PUBLISHED).exists()
    return False


def plain_value(row: models.Model, column: str) -> Any:
    """A column's value as JSON can hold it."""
    value = getattr(row, column)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def plain_row(row: models.Model) -> dict[str, Any]:
    """All columns of a row as JSON can hold them."""
    return {f.attname: plain_value(row, f.attname) for f in row._meta.concrete_fields}


def from_plain(model: type[models.Model], column: str, value: Any) -> Any:
    """The other way: a value of a column from its plain form."""
    found = next(f for f in model._meta.concrete_fields if f.attname == column)
    return found.to_python(value)


def _columns(row: models.Model, values: dict[str, Any]) -> list[str]:
    return [row._meta.get_field(name).attname for name in values]


def _only(values: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: values[name] for name in names}
