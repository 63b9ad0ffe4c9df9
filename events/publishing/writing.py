"""Which kinds of files there are, and the one call that writes published events as one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any

from events.publishing.exports import PROFILES, csv_lines, geojson_lines, kml_lines
from events.publishing.features import PublicEvent
from events.publishing.tabular import write_geoparquet, write_xlsx

Records = Iterable[PublicEvent]
Lines = Callable[[Records, str, str], Iterable[str]]
TEXTS: dict[str, tuple[str, Lines]] = {
    "geojson": ("application/geo+json", geojson_lines),
    "kml": ("application/vnd.google-earth.kml+xml", kml_lines),
}
BINARIES: dict[str, tuple[str, Callable[[Records, str, str], IO[bytes]]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "parquet": ("application/vnd.apache.parquet", write_geoparquet),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file on its way: its media type, and either its lines or the open file."""

    content_type: str
    lines: Iterable[str] | None = None
    file: Any = None


def is_known(kind: str, profile: str = "") -> bool:
    """Whether there are files of this kind; only CSV has profiles."""
    return (kind == "csv" and profile in PROFILES) or (
        kind in (*TEXTS, *BINARIES) and profile == ""
    )


def write(kind: str, profile: str, records: Records, base_url: str, cite: str) -> Written:
    """`records` as a file of a known kind. Raises NotInstalled where a package is missing."""
    if kind == "csv":
        return Written("text/csv; charset=utf-8", csv_lines(records, base_url, profile))
    if kind in TEXTS:
        content_type, text = TEXTS[kind]
        return Written(content_type, text(records, base_url, cite))
    content_type, binary = BINARIES[kind]
    return Written(content_type, file=binary(records, base_url, cite))
