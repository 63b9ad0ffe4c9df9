"""A dated, hashed release of all that is public: a Frictionless data package that can be cited.

`releases/<day>-<hash>/` holds events.csv, retracted.csv, datapackage.json and, against the release
before, changes.csv. The hash is that of the events, so that the same data is the same release.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from events.models import Event
from events.publishing.citing import LICENCE, citation
from events.publishing.exports import OUR_COLUMNS, csv_lines
from events.publishing.features import public_events
from events.publishing.tombstones import COLUMNS as TOMBSTONE_COLUMNS
from events.publishing.tombstones import tombstone_lines

FOLDER = "releases"
PACKAGE, EVENTS, RETRACTED, CHANGES = (
    "datapackage.json", "events.csv", "retracted.csv", "changes.csv",
)  # fmt: skip
INTEGERS = frozenset({"geo_precision", "fatalities_low", "fatalities_best", "fatalities_high"})
NUMBERS = frozenset({"latitude", "longitude", "radius_km"})
CHANGE_COLUMNS = ("id", "change", "columns")


@dataclass(frozen=True, slots=True)
class Release:
    """A written release: its folder, its version, how many events, and what changed."""

    path: Path
    version: str
    rows: int
    changes: dict[str, int]


def publish_release(root: Path, base_url: str, day: dt.date) -> Release:
    """Write the release of `day` below `root`/releases; written again, the same data is one."""
    releases = root / FOLDER
    releases.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".release-", dir=releases))
    try:
        events = Event.objects.published().order_by("start_date", "uid")
        rows = write_lines(work / EVENTS, csv_lines(public_events(events), base_url)) - 1
        write_lines(work / RETRACTED, tombstone_lines())
        version = f"{day.isoformat()}-{digest(work / EVENTS)[:12]}"
        changes = write_changes(work / CHANGES, latest(root, version), work / EVENTS)
        package = describe(work, version, citation(day, base_url, version), changes)
        (work / PACKAGE).write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n")
        return Release(put_in_place(work, releases / version), version, rows, changes)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def put_in_place(work: Path, target: Path) -> Path:
    """Give the finished folder its name; a release that is there already stays as it is."""
    if not target.exists():
        work.chmod(0o755)
        os.replace(work, target)
    return target


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines as they come; how many there were."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as target:
        for line in lines:
            target.write(line)
            count += 1
    return count


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def latest(root: Path, besides: str) -> Path | None:
    """The newest release before this one."""
    found = sorted(p for p in (root / FOLDER).glob("*") if (p / PACKAGE).is_file())
    return next((p for p in reversed(found) if p.name != besides), None)


def describe(folder: Path, version: str, cite: str, changes: dict[str, int]) -> dict[str, Any]:
    """The data package's description (Frictionless Data Package 1)."""
    files = [(EVENTS, OUR_COLUMNS), (RETRACTED, TOMBSTONE_COLUMNS)]
    files += [(CHANGES, CHANGE_COLUMNS)] if (folder / CHANGES).exists() else []
    return {
        "profile": "tabular-data-package",
        "name": "idlibmap-events",
        "title": "Events of the war in Idlib and north-west Syria",
        "version": version,
        "licenses": [{"name": "other-attribution", "title": LICENCE}],
        "citation": cite,
        "changes": changes,
        "resources": [resource(folder / name, columns) for name, columns in files],
    }


def resource(path: Path, columns: Iterable[str]) -> dict[str, Any]:
    """One table of the package, with its hash."""
    return {
        "profile": "tabular-data-resource",
        "name": path.stem,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest(path)}",
        "schema": {
            "fields": [{"name": name, "type": kind_of(name)} for name in columns],
            "primaryKey": "id",
        },
    }


def kind_of(column: str) -> str:
    """The Frictionless type of a column."""
    if column in INTEGERS:
        return "integer"
    if column in NUMBERS:
        return "number"
    return "date" if column.endswith("_date") else "string"


def write_changes(path: Path, before: Path | None, events: Path) -> dict[str, int]:
    """What changed since the release `before`, a row an event: added, gone or changed (and where).

    Only hashes of rows are held in memory.
    """
    if before is None:
        return {}
    counts = {"added": 0, "changed": 0, "gone": 0}
    old = {row["id"]: marks(row) for row in read_rows(before / EVENTS)}
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\r\n")
        writer.writerow(CHANGE_COLUMNS)
        for uid, change, columns in compare(old, read_rows(events)):
            counts[change] += 1
            writer.writerow([uid, change, columns])
    return counts


def compare(
    old: dict[str, bytes], rows: Iterable[dict[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """The differences of `rows` to the marks of an earlier release."""
    for row in rows:
        held, now = old.pop(row["id"], None), marks(row)
        if held is None:
            yield row["id"], "added", ""
        elif held != now:
            yield row["id"], "changed", "; ".join(differing(held, now))
    for uid in sorted(old):
        yield uid, "gone", ""


def differing(held: bytes, now: bytes) -> list[str]:
    """The columns whose marks differ."""
    return [
        name
        for n, name in enumerate(OUR_COLUMNS)
        if held[4 * n : 4 * n + 4] != now[4 * n : 4 * n + 4]
    ]


def marks(row: dict[str, str]) -> bytes:
    """Four bytes a column: enough to see that a cell changed."""
    cells = ((row.get(name) or "").encode() for name in OUR_COLUMNS)
    return b"".join(hashlib.blake2b(cell, digest_size=4).digest() for cell in cells)


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a release's table."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        yield from csv.DictReader(source)
