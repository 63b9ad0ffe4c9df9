"""Copying a PostgreSQL database under traffic: pg_dump on an exported snapshot, pg_restore back."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from events.evidence.volatile import is_kept

Tables = dict[str, dict[str, Any]]


class Failed(Exception):
    """The copy could not be made or does not hold."""


def dump(connection: Any, path: Path, newest: str) -> tuple[Tables, str | None]:
    """Dump the database to `path` as of one moment: rows and digest of each table, and what the
    query `newest` gave, then."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            run(
                connection, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}"
            )
            found = digests(own, cursor)
            cursor.execute(newest)
            row = cursor.fetchone()
            cursor.execute("ROLLBACK")
        return found, row[0] if row else None
    finally:
        own.close()


def load(connection: Any, path: Path, tables: Tables) -> None:
    """Put the dump at `path` in the place of the database, in one transaction; proves it."""
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    connection.close()
    name = connection.settings_dict["NAME"]
    run(connection, "pg_restore", *options, f"--dbname={name}", str(path))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if digests(connection, cursor) != tables:
            raise Failed("Restored, but the rows differ from the copy; somebody wrote meanwhile.")


def run(connection: Any, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database. The password goes by the environment."""
    found = shutil.which(program)
    if found is None:
        hint = "install PostgreSQL's client programs (postgresql-client), of the server's version"
        raise Failed(f"{program} is not here: {hint}.")
    told = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(told[key]) for name, key in names.items() if told.get(key)}
    environment = {**os.environ, **given, "PGDATABASE": told["NAME"]}
    done = subprocess.run(  # noqa: S603  (a fixed program, no shell)
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{program}: {done.stderr.strip()[:500]}")


def digests(connection: Any, cursor: Any) -> Tables:
    """Rows and SHA-256 of each table that is kept."""
    names = sorted(filter(is_kept, connection.introspection.table_names(cursor)))
    return {name: _digest(connection, cursor, name) for name in names}


def _digest(connection: Any, cursor: Any, table: str) -> dict[str, Any]:
    key = connection.introspection.get_primary_key_column(cursor, table) or "ctid"
    found, rows = hashlib.sha256(), 0
    quoted = connection.ops.quote_name(table)
    ordered = f"SELECT * FROM {quoted} ORDER BY {connection.ops.quote_name(key)}"  # noqa: S608
    with cursor.cursor.copy(f"COPY ({ordered}) TO STDOUT") as lines:
        for line in lines:
            found.update(line)
            rows += bytes(line).count(b"\n")
    return {"rows": rows, "sha256": found.hexdigest()}
