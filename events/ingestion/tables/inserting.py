"""Many new rows at once: COPY on PostgreSQL, a third of the cost of INSERT, else bulk_create."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone


def insert(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model and give them their keys; no signals, no history."""
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows)
        return
    for row, key in zip(rows, new_keys(model, len(rows)), strict=True):
        row.pk = key
    copy(model, rows)
    for row in rows:
        row._state.adding = False


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Keys from the table's own sequence."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(table), column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def copy(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write rows with COPY inside the present transaction."""
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    read = [(field.attname, _is_json(field), _is_stamp(field)) for field in fields]
    now = timezone.now()
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for row in rows:
            target.write_row([_value(row, *each, now) for each in read])


def _value(row: models.Model, name: str, is_json: bool, is_stamp: bool, now: Any) -> Any:
    if is_stamp:
        setattr(row, name, now)
        return now
    value = getattr(row, name)
    return json.dumps(value) if is_json else value


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField)


def _is_stamp(field: Any) -> bool:
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))
