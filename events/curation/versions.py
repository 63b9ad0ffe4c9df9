"""Two people on one row: what differs since the version that an editor saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from events.curation.errors import Conflict, FieldConflict
from events.curation.recording import UNWATCHED, plain_value

DERIVED = frozenset(
    {
        "public_latitude",
        "public_longitude",
        "public_radius_km",
        "public_geo_precision",
        "public_place_id",
        "morton",
        "checked",
    }
)


def require_version(row: models.Model, seen: int | None, changes: Mapping[str, Any]) -> None:
    """Raise Conflict when the row moved on and the changes would overwrite what is new.

    Without `changes` (confirm, publish, reject) any new value is a conflict: the decision was about
    other values. `seen` is the version the editor had; None skips the check.
    """
    if seen is None or seen == row.version:
        return
    moved = changed_since(row, seen)
    names = {row._meta.get_field(name).attname: value for name, value in changes.items()}
    if names:
        moved = [_with_mine(f, row, names) for f in moved if f.field in names]
        moved = [f for f in moved if f.theirs != f.mine]
    if moved:
        raise Conflict(moved)


def _with_mine(found: FieldConflict, row: models.Model, names: Mapping[str, Any]) -> FieldConflict:
    mine = names[found.field]
    mine = getattr(mine, "pk", mine)
    mine = mine.isoformat() if hasattr(mine, "isoformat") else mine
    return FieldConflict(
        found.field, found.seen, found.theirs, mine, found.by, found.at, found.reason
    )


def changed_since(row: models.Model, seen: int) -> list[FieldConflict]:
    """Each column whose value differs now from version `seen`, with who changed it and why."""
    then = row.history.filter(version__lte=seen).order_by("-version", "-history_id").first()
    if then is None:
        raise Conflict([], _("This was changed by someone else meanwhile; look at it again."))
    columns = [f.attname for f in row._meta.concrete_fields]
    moved = [
        column
        for column in columns
        if column not in UNWATCHED | DERIVED
        and hasattr(then, column)
        and plain_value(then, column) != plain_value(row, column)
    ]
    newest = row.history.select_related("history_user").first()
    return [
        FieldConflict(
            column,
            plain_value(then, column),
            plain_value(row, column),
            None,
            newest.history_user.get_username() if newest and newest.history_user else "",
            newest.history_date if newest else None,
            (newest.history_change_reason or "") if newest else "",
        )
        for column in moved
    ]
