"""Many new rows at once: COPY on PostgreSQL, a third of the cost of INSERT, else executemany."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone

Row = tuple[Any, ...]
Adapter = Callable[[Any], Any]


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Row],
    fixed: dict[str, Any] | None = None,
) -> None:
    """Store new rows, whose cells are the columns `names` (attribute names) in this order.

    The other columns hold `fixed` in every row, or the field's default. There are no model
    instances, signals or history: at a million rows they are what an import would spend its time
    on. A key that is not among `names` comes from the table's sequence.
    """
    if not rows:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}
    varying = [fields.pop(name) for name in names]
    rest = [field for field in fields.values() if not field.primary_key]
    fill, changes = _same_in_all(rest, fixed or {}), adapters(varying)
    columns = [field.column for field in (*varying, *rest)]
    write = copy if connection.vendor == "postgresql" else execute_many
    write(model, columns, (adapted(row, changes) + fill for row in rows))


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Keys that no row has: from the table's sequence, or after the last one ever given.

    On SQLite the caller's transaction must hold the write lock, as IMMEDIATE ones do.
    """
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + count))


def copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows with COPY inside the present transaction."""
    quote = connection.ops.quote_name
    listed = ", ".join(map(quote, columns))
    statement = f"COPY {quote(model._meta.db_table)} ({listed}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for row in rows:
            target.write_row(row)


def execute_many(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows with one prepared INSERT."""
    quote = connection.ops.quote_name
    listed, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({listed}) VALUES ({marks})"  # noqa: S608 names of the model
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def adapters(fields: Sequence[models.Field]) -> list[tuple[int, Adapter]]:
    """What must be done to the cells of a row before the database's driver takes them, by place."""
    found = ((at, adapter(field)) for at, field in enumerate(fields))
    return [(at, adapt) for at, adapt in found if adapt]


def adapter(field: models.Field) -> Adapter | None:
    """What makes a value of this field one that the driver takes; None where it does already."""
    if isinstance(field, models.JSONField):
        return json.dumps
    if connection.vendor == "postgresql":
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def adapted(row: Row, changes: Sequence[tuple[int, Adapter]]) -> Row:
    """The row with its cells adapted."""
    if not changes:
        return row
    cells = list(row)
    for at, adapt in changes:
        cells[at] = adapt(cells[at])
    return tuple(cells)


def _same_in_all(fields: Sequence[models.Field], fixed: dict[str, Any]) -> Row:
    now = timezone.now()
    values = [now if getattr(f, "auto_now", False) else f.get_default() for f in fields]
    known = [fixed.get(f.attname, value) for f, value in zip(fields, values, strict=True)]
    return adapted(tuple(known), adapters(fields))
