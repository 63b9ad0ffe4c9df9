"""Copies of the whole database that prove themselves: one tar file with the data and its digests.

A copy is taken under traffic from one moment (SQLite's backup interface, or pg_dump on an exported
snapshot), and says in its manifest how many rows each table had and their digest. Restoring
compares both before and after. Sessions do not come back: whoever was logged in logs in again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from events.evidence import postgres, sqlite
from events.evidence.chain import START

MANIFEST, DATA = "manifest.json", "data"
FORMAT = 1
HEAD = "SELECT link FROM events_historylink ORDER BY number DESC LIMIT 1"
"""Asked of the copy's own moment: the chain grows while the copy is made."""
MOST_MANIFEST = 4 * 1024 * 1024


class CopyError(Exception):
    """A copy could not be made or does not hold; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was made or restored: tables, rows, SHA-256 of the data, head of the chain."""

    tables: int
    rows: int
    sha256: str
    head: str


def engine() -> Any:
    """The module that copies the present database."""
    return postgres if connection.vendor == "postgresql" else sqlite


def backup(path: Path) -> Copied:
    """Write a copy of the database to `path`; it is there whole or not at all.

    Raises CopyError.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        data = Path(folder) / DATA
        try:
            tables, newest = engine().dump(connection, data, HEAD)
        except engine().Failed as error:
            raise CopyError(str(error)) from error
        manifest = manifest_of(data, tables, newest or START)
        (Path(folder) / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        whole = Path(folder) / "whole.tar"
        with tarfile.open(whole, "w") as tar:
            for name in (MANIFEST, DATA):
                tar.add(Path(folder) / name, name)
        whole.chmod(0o600)
        _sync(whole)
        os.replace(whole, path)
    return copied(manifest)


def manifest_of(data: Path, tables: dict[str, Any], newest: str) -> dict[str, Any]:
    """What a copy says of itself; `tables` is {name: {"rows", "sha256"}}, `newest` its head."""
    return {
        "format": FORMAT,
        "engine": connection.vendor,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "sha256": file_digest(data),
        "head": newest,
        "migrations": sorted(map(list, MigrationLoader(connection).applied_migrations)),
        "tables": tables,
    }


def copied(manifest: dict[str, Any]) -> Copied:
    """The manifest in four figures."""
    tables = manifest["tables"]
    rows = sum(table["rows"] for table in tables.values())
    return Copied(len(tables), rows, manifest["sha256"], manifest["head"])


def restore(path: Path) -> Copied:
    """Put the database back to what the copy at `path` holds, and prove it.

    Raises CopyError, and then nothing was changed unless the message says so.
    """
    with unpacked(path) as (manifest, data):
        try:
            engine().load(connection, data, manifest["tables"])
        except engine().Failed as error:
            raise CopyError(str(error)) from error
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_session")
    return copied(manifest)


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """A copy's manifest and data file, checked; removed again at the end."""
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        data = Path(folder) / DATA
        try:
            with tarfile.open(path, "r:") as tar:
                manifest = json.loads(_member(tar, MANIFEST).read(MOST_MANIFEST))
                _write(_member(tar, DATA), data)
        except (OSError, tarfile.TarError, ValueError, KeyError) as error:
            raise CopyError(f"{path.name} is not a whole backup ({error}).") from error
        _require_fitting(manifest, data)
        yield manifest, data


def _member(tar: tarfile.TarFile, name: str) -> Any:
    # Read as a stream and never extracted by its own name: a path in the tar leads nowhere.
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _write(source: Any, path: Path) -> None:
    with path.open("wb") as file:
        while part := source.read(1 << 20):
            file.write(part)


def _require_fitting(manifest: dict[str, Any], data: Path) -> None:
    if manifest.get("format") != FORMAT:
        raise CopyError("The backup is of another format.")
    if manifest["engine"] != connection.vendor:
        raise CopyError(f"The backup is of {manifest['engine']}, this is {connection.vendor}.")
    if file_digest(data) != manifest["sha256"]:
        raise CopyError("The backup is damaged: its data has another digest than it says.")
    known = {tuple(key) for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    newer = [
        key for key in map(tuple, manifest["migrations"]) if _is_ours(key) and key not in known
    ]
    if newer:
        raise CopyError(f"The backup is of a newer version of the program ({newer[-1][1]}).")


def _is_ours(key: tuple[str, ...]) -> bool:
    return key[0] == "events"


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
