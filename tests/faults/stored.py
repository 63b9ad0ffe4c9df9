"""Rows of a database as an older version of the program left them, for tests of upgrades.

    python -m tests.faults.stored store FILE.sqlite3    # made by `manage.py demo` of that version
    python -m tests.faults.stored load                  # into DATABASE_URL, migrated that far

A file per version lies beside this one, named by its last migration: {table: {columns, rows}}.
"""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VERSION = "0008"
FILE = HERE / f"rows_of_{VERSION}.json.gz"
USERS = "auth_user"


def store(database: Path) -> None:
    """Write the rows of our tables and of the users, without their passwords."""
    found, connection = {}, sqlite3.connect(database)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in sorted(names):
        if table.startswith("events_") or table == USERS:
            found[table] = rows_of(connection, table)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    FILE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def rows_of(connection: sqlite3.Connection, table: str) -> dict[str, Any]:
    """Columns and rows of a table; truth values as such, which PostgreSQL tells from numbers."""
    described = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    columns, kinds = [row[1] for row in described], [row[2] for row in described]
    listed = ", ".join(f'"{name}"' for name in columns)
    rows = [
        [bool(v) if k == "bool" and v is not None else v for v, k in zip(row, kinds, strict=True)]
        for row in connection.execute(f'SELECT {listed} FROM "{table}"')  # noqa: S608
    ]
    if table == USERS:
        for row in rows:
            row[columns.index("password")] = "!"
    return {"columns": columns, "rows": rows}


def stored() -> dict[str, Any]:
    """The stored tables."""
    found: dict[str, Any] = json.loads(gzip.decompress(FILE.read_bytes()))
    return found


def load() -> None:
    """Put the stored rows into the database of DATABASE_URL, in one transaction."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
    import django

    django.setup()
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table, told in stored().items():
            listed = ", ".join(f'"{name}"' for name in told["columns"])
            marks = ", ".join(["%s"] * len(told["columns"]))
            statement = f'INSERT INTO "{table}" ({listed}) VALUES ({marks})'  # noqa: S608
            cursor.executemany(statement, told["rows"])
            if connection.vendor == "postgresql" and "id" in told["columns"]:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608
                    f' (SELECT coalesce(max(id), 0) + 1 FROM "{table}"), false)'
                )


if __name__ == "__main__":
    store(Path(sys.argv[2])) if sys.argv[1] == "store" else load()
