"""Snapshot files on disk: written whole or not at all, named by their content, removed in time.

A file and its brotli and gzip twins are immutable; `manifest.json` is the one pointer that changes,
after all it names is there. So a crash between any two steps leaves the old snapshot or the new.
Files that the pointer has left are served for a grace, since readers may hold the old pointer, and
removed at the next publication: a retracted event must not live on.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli

MANIFEST = "manifest.json"
RETIRED = "retired.json"
LOCK = ".lock"
CHANGED = ".changed"
"""Touched when public data changed: what was kept of the state before is given to nobody."""
GRACE = 60.0
"""Seconds that a file is served after the manifest has left it: longer than that may be cached."""

MANIFEST_CACHE = "public, max-age=15, must-revalidate"
FILE_CACHE = "public, max-age=86400, immutable"
CONTENT_TYPES = {".bin": "application/octet-stream", ".json": "application/json"}
TWINS = {"br": ".br", "gzip": ".gz"}
SMALL = 1 << 20
"""Bytes up to which brotli's slowest level is worth its time: a second for a megabyte."""

_NAME = re.compile(r"(?:[a-z]{1,8}-)?[0-9a-f]{16}\.(?:bin|json)")


def public_state(root: Path | str) -> tuple[int, ...]:
    """What differs after each change of the public data: the manifest and the desk's mark."""
    found: list[int] = []
    for name in (MANIFEST, CHANGED):
        try:
            status = os.stat(Path(root) / name)
        except OSError:
            found += (0, 0)
        else:
            found += (status.st_mtime_ns, status.st_ino)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as stored: its name, sizes plain and packed, and SHA-256 of the plain bytes in hex."""

    name: str
    bytes: int
    br: int
    gz: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FoundFile:
    """What to answer a request with; `encoding` is "br", "gzip" or "" for plain."""

    path: Path
    encoding: str
    content_type: str
    cache_control: str


def digest(data: bytes) -> str:
    """The hash that names a file: 16 hex digits of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:16]


def put(root: Path, data: bytes, suffix: str, prefix: str = "") -> StoredFile:
    """Store bytes under the name of their content, with twins; what is there is left alone."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = root / f"{prefix}{sha256[:16]}{suffix}"
    twins = {encoding: path.with_name(path.name + end) for encoding, end in TWINS.items()}
    if not is_whole(root, path.name):
        quality = 11 if len(data) <= SMALL and suffix == ".bin" else 9
        write(twins["br"], brotli.compress(data, quality=quality, lgwin=24))
        write(twins["gzip"], gzip.compress(data, 9 if len(data) <= SMALL else 6, mtime=0))
        write(path, data)
    sizes = [twins[encoding].stat().st_size for encoding in ("br", "gzip")]
    return StoredFile(path.name, len(data), sizes[0], sizes[1], sha256)


def is_whole(root: Path, name: str) -> bool:
    """Whether a file is there with its twins."""
    return all((root / f"{name}{end}").exists() for end in ("", *TWINS.values()))


def write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, even when the power goes."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Only one publisher at a time works in the folder."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def point_to(root: Path, manifest: dict[str, Any], files: Iterable[str]) -> None:
    """Make `manifest` the current one, naming `files`; retire all others, remove those past grace.

    A file that comes back is taken off the retired list first, or it would be named and not served.
    """
    kept, now = set(files), time.time()
    retired = {name: t for name, t in read_json(root / RETIRED).items() if name not in kept}
    write(root / RETIRED, json.dumps(retired).encode())
    write(root / MANIFEST, json.dumps(manifest, separators=(",", ":")).encode())
    present = {name for name in os.listdir(root) if _NAME.fullmatch(name)}
    # at most the grace from now on, also when the clock was set back since
    latest = now + GRACE
    leaving = {name: min(retired.get(name, latest), latest) for name in sorted(present - kept)}
    write(root / RETIRED, json.dumps(leaving).encode())
    for name, until in leaving.items():
        if until <= now:
            remove(root, name)
    remove_leftovers(root)


def mark_changed(root: Path | str) -> None:
    """Note that public data changed, before the next snapshot is made. Never fails.

    Touching needs no space, so that a full disk keeps nothing alive that was retracted.
    """
    with suppress(OSError):
        mark = Path(root) / CHANGED
        mark.touch()
        now = time.time_ns()  # finer than the clock of the file system
        os.utime(mark, ns=(now, now))


def remove(root: Path, name: str) -> None:
    """Remove a file and its twins."""
    for end in ("", *TWINS.values()):
        (root / f"{name}{end}").unlink(missing_ok=True)


def remove_leftovers(root: Path) -> None:
    """Remove half-written files of publishers that died."""
    for path in root.glob(".*.*"):
        if path.name != LOCK and _is_old(path):
            path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > GRACE
    except FileNotFoundError:
        return False


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file; empty when it is missing or broken."""
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def open_manifest(root: Path | str) -> dict[str, Any]:
    """The current manifest. Raises FileNotFoundError when nothing was published yet."""
    manifest = read_json(Path(root) / MANIFEST)
    if not manifest:
        raise FileNotFoundError("no snapshot was published yet")
    return manifest


def open_file(root: Path | str, name: str, accept_encoding: str = "") -> FoundFile:
    """What to answer a request for `name` with. Raises FileNotFoundError for anything else."""
    root = Path(root)
    if name == MANIFEST:
        if not (root / MANIFEST).is_file():
            raise FileNotFoundError(name)
        return FoundFile(root / MANIFEST, "", "application/json", MANIFEST_CACHE)
    if not _NAME.fullmatch(name) or not (root / name).is_file():
        raise FileNotFoundError(name)
    if _is_past(read_json(root / RETIRED).get(name)):
        raise FileNotFoundError(name)
    path, encoding = _twin(root / name, accept_encoding)
    return FoundFile(path, encoding, CONTENT_TYPES[Path(name).suffix], FILE_CACHE)


def _is_past(until: float | None) -> bool:
    """Whether a retired file's grace is over; a clock that was set back ends it too."""
    return until is not None and not 0 < until - time.time() <= GRACE


def _twin(path: Path, accept_encoding: str) -> tuple[Path, str]:
    accepted = accepted_encodings(accept_encoding)
    for encoding, end in TWINS.items():
        twin = path.with_name(path.name + end)
        if encoding in accepted and twin.is_file():
            return twin, encoding
    return path, ""


def accepted_encodings(header: str) -> set[str]:
    """The codings an Accept-Encoding header allows by name; `;q=0` refuses one."""
    accepted = set()
    for part in header.split(",")[:20]:
        coding, _, weight = part.partition(";")
        refused = weight.replace(" ", "").lower() in ("q=0", "q=0.0", "q=0.00", "q=0.000")
        if not refused:
            accepted.add(coding.strip().lower())
    return accepted
