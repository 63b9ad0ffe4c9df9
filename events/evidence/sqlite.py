"""Copying an SQLite database under traffic, by its own backup interface."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

from events.evidence.volatile import is_kept

Tables = dict[str, dict[str, Any]]


class Failed(Exception):
    """The copy could not be made or does not hold."""


def dump(connection: Any, path: Path, newest: str) -> tuple[Tables, str | None]:
    """Copy all of the database to `path` as of one moment: rows and digest of each table, and what
    the query `newest` gives of the copy."""
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    try:
        # all pages in one step: writers go on meanwhile (WAL) and the copy is of one moment
        connection.connection.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        _require_whole(copy)
        row = copy.execute(newest).fetchone()
        return digests(copy), row[0] if row else None
    except sqlite3.Error as error:
        raise Failed(f"SQLite: {error}") from error
    finally:
        copy.close()


def load(connection: Any, path: Path, tables: Tables) -> None:
    """Put the copy at `path` in the place of the database, in one transaction; proves both."""
    copy = sqlite3.connect(path)
    try:
        _require_whole(copy)
        if digests(copy) != tables:
            raise Failed("The copy's rows are not those that its manifest tells of.")
        connection.ensure_connection()
        copy.backup(connection.connection, pages=-1)
        if digests(connection.connection) != tables:
            raise Failed("Restored, but the rows differ from the copy; somebody wrote meanwhile.")
    except sqlite3.Error as error:
        raise Failed(f"SQLite: {error}") from error
    finally:
        copy.close()


def _require_whole(copy: sqlite3.Connection) -> None:
    [(said,)] = copy.execute("PRAGMA integrity_check(1)").fetchall()
    if said != "ok":
        raise Failed(f"The copy is damaged: {said}")


def digests(database: sqlite3.Connection) -> Tables:
    """Rows and SHA-256 of each table that is kept."""
    cursor = sqlite3.Cursor(database)
    names = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {name: _digest(database, name) for (name,) in names.fetchall() if is_kept(name)}


def _digest(database: sqlite3.Connection, table: str) -> dict[str, Any]:
    found, rows = hashlib.sha256(), 0
    cursor = sqlite3.Cursor(database)
    columns = [row[1] for row in cursor.execute(f'PRAGMA table_info("{table}")').fetchall()]
    # quoted as SQL, which tells types apart and passes by Django's converters of columns
    wanted = ", ".join(f'quote("{column}")' for column in columns)
    for row in cursor.execute(f'SELECT {wanted} FROM "{table}" ORDER BY rowid'):  # noqa: S608
        found.update("|".join(row).encode("utf-8", "surrogatepass"))
        rows += 1
    return {"rows": rows, "sha256": found.hexdigest()}
