"""Opening a table: packing, charset, delimiter and format found out; rows streamed."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from events.exceptions import RejectedReport, RowError
from events.ingestion.tables import acled, ours, ucdp
from events.ingestion.tables.rows import EventRow, sound

Item = EventRow | RowError
LONGEST_CELL = 2_000_000
MOST_JSON = 400_000_000
FORMATS: dict[str, tuple[frozenset[str], Callable[[dict[str, str], int], EventRow]]] = {
    "ucdp": (ucdp.COLUMNS, ucdp.read_row),
    "acled": (acled.COLUMNS, acled.read_row),
    "csv": (ours.COLUMNS, ours.read_row),
}
csv.field_size_limit(max(LONGEST_CELL, csv.field_size_limit()))


def read_table(path: Path, format_name: str = "auto") -> Iterator[Item]:
    """The rows of a table of events (CSV with any usual delimiter, or GeoJSON; .gz accepted).

    Rows that are wrong come as RowError. Raises RejectedReport when the file is no table.
    """
    try:
        with open_text(path) as source:
            if ".geojson" in path.suffixes or ".json" in path.suffixes:
                yield from read_features(source)
            else:
                yield from read_rows(source, format_name)
    except (OSError, EOFError) as error:
        raise RejectedReport(f"{path.name} cannot be read: {error}") from error
    except csv.Error as error:
        raise RejectedReport(f"{path.name} is not a table: {error}") from error


def open_text(path: Path) -> io.TextIOBase:
    """The file as text; bytes that are no UTF-8 are read as Windows-1252."""
    raw: Any = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115
    head = raw.read(65536)
    raw.seek(0)
    return io.TextIOWrapper(raw, encoding=charset(head), errors="replace", newline="")


def charset(head: bytes) -> str:
    """UTF-16 by its mark, UTF-8 where it decodes, else Windows-1252."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # a letter cut at the end of the head is no sign
            return "cp1252"
    return "utf-8-sig"


def read_rows(source: io.TextIOBase, format_name: str) -> Iterator[Item]:
    """Rows of a CSV table; the header decides the format unless one is named."""
    header, reader = opened(source)
    build = builder(header, format_name)
    for cells in reader:
        if cells:
            yield _guarded(cells, header, build, reader.line_num + 1)


def opened(source: io.TextIOBase) -> tuple[list[str], Any]:
    """The header of a CSV table and the reader of its other rows; the delimiter is found out."""
    head = source.readline(LONGEST_CELL)
    if not head.strip():
        raise RejectedReport("The file is empty.")
    delimiter = max(",;\t|", key=head.count)
    header = [name.strip() for name in next(csv.reader([head], delimiter=delimiter))]
    return header, csv.reader(bounded_lines(source), delimiter=delimiter)


def bounded_lines(source: io.TextIOBase) -> Iterator[str]:
    """Lines as they come; one without an end, such as a gz that never stops, is refused."""
    while line := source.readline(LONGEST_CELL):
        if len(line) == LONGEST_CELL and not line.endswith("\n"):
            raise csv.Error(f"a line has more than {LONGEST_CELL:,} characters")
        yield line.replace("\x00", "")  # no database keeps it as a letter


def builder(header: list[str], format_name: str) -> Callable[[dict[str, str], int], EventRow]:
    """The reader of rows with this header; raises RejectedReport naming the missing columns."""
    names = [format_name] if format_name in FORMATS else list(FORMATS)
    for name in names:
        if FORMATS[name][0] <= set(header):
            return FORMATS[name][1]
    missing = min((FORMATS[name][0] - set(header) for name in names), key=len)
    raise RejectedReport(f"The table lacks the columns {', '.join(sorted(missing))}.")


def _guarded(
    cells: list[str],
    header: list[str],
    build: Callable[[dict[str, str], int], EventRow],
    line: int,
) -> Item:
    if len(cells) != len(header):
        return RowError(line, f"{len(cells)} cells instead of {len(header)}")
    return guarded(lambda: build(dict(zip(header, cells, strict=True)), line), line)


def guarded(build: Callable[[], EventRow], line: int) -> Item:
    """The row, or what is wrong with it."""
    try:
        row = sound(build())
    except KeyError as error:
        return RowError(line, f"no column {error}")
    except (ValueError, OverflowError, TypeError) as error:
        return RowError(line, str(error))
    return row


def read_features(source: io.TextIOBase) -> Iterator[Item]:
    """Features of a GeoJSON collection; `line` counts features."""
    try:
        text = source.read(MOST_JSON + 1)
        if len(text) > MOST_JSON:
            raise RejectedReport(f"The file has more than {MOST_JSON // 10**6} million characters.")
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RejectedReport(f"The file is not JSON: {error}") from error
    features = body.get("features") if isinstance(body, dict) else None
    if not isinstance(features, list):
        raise RejectedReport("The file is not a GeoJSON FeatureCollection.")
    for number, feature in enumerate(features, 1):
        yield guarded(lambda f=feature, n=number: ours.read_row(ours.feature_row(f), n), number)
