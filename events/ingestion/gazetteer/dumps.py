"""Dumps of gazetteers behind a public address, held in a temporary file while they are read."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from requests_hardened import HTTPSession

from events.ingestion.fetching import download

MOST_BYTES = 500 * 1024 * 1024
MOST_SECONDS = 900.0
PLAIN_NAME = re.compile(r"[^A-Za-z0-9._-]")
LONGEST_NAME = 80
PACKED = {b"PK\x03\x04": ".zip", b"\x1f\x8b": ".gz"}


@contextmanager
def fetched_dump(url: str, session: HTTPSession | None = None) -> Iterator[Path]:
    """The file behind `url`, gone again afterwards, whether it could be read or not.

    Raises FetchRefused for an address that is not allowed or does not give it whole.
    """
    with tempfile.TemporaryDirectory(prefix="gazetteer-") as folder:
        raw = Path(folder) / "download"
        with raw.open("wb") as into:
            last = download(url, into, MOST_BYTES, MOST_SECONDS, session)
        yield raw.rename(raw.with_name(name_of(last, raw)))


def name_of(url: str, held: Path) -> str:
    """The name of the address's file; what it is packed as is told by its first bytes."""
    name = PLAIN_NAME.sub("_", unquote(urlsplit(url).path).rsplit("/", 1)[-1])[-LONGEST_NAME:]
    name = name.strip(".") or "gazetteer"
    with held.open("rb") as source:
        head = source.read(4)
    packed = next((end for mark, end in PACKED.items() if head.startswith(mark)), "")
    for end in PACKED.values():
        name = name.removesuffix(end)
    return (name or "gazetteer") + packed
