"""History is only ever added to: the program refuses to change or delete a line of it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete, pre_save
from simple_history.signals import post_create_historical_record

from events.evidence.chain import histories, seal_after_commit


class HistoryIsAppendOnly(Exception):
    """Somebody tried to change or delete a line of history."""


def _refuse_change(instance: Any, **_signal: Any) -> None:
    if not instance._state.adding:
        raise HistoryIsAppendOnly("A line of history is never changed.")


def _refuse_deletion(**_signal: Any) -> None:
    raise HistoryIsAppendOnly("A line of history is never deleted.")


def watch() -> None:
    """Watch all history tables: seal what is added, refuse everything else."""
    for model in histories().values():
        name = f"append-only {model._meta.label}"
        pre_save.connect(_refuse_change, sender=model, dispatch_uid=name)
        pre_delete.connect(_refuse_deletion, sender=model, dispatch_uid=name)
    post_create_historical_record.connect(seal_after_commit, dispatch_uid="seal the history")
