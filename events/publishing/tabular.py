"""Published events as files that are no lines of text: XLSX and GeoParquet."""

from __future__ import annotations

import datetime as dt
import json
import struct
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from events.exceptions import IdlibmapError
from events.publishing.citing import LICENCE
from events.publishing.exports import OUR_COLUMNS, our_row, safe
from events.publishing.features import PublicEvent

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
BATCH = 5_000


class NotInstalled(IdlibmapError):
    """A file that needs a package which is not there; the message says how to get it."""


def write_xlsx(records: Iterable[PublicEvent], base_url: str, cite: str) -> IO[bytes]:
    """A workbook of two sheets, events and terms, as an open temporary file.

    Rows go to disk as they come. Every text is stored as a string, never as a formula, and is none
    either once somebody saves the sheet as CSV. More rows than a sheet holds are cut off, and the
    terms say so.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("events")
    sheet.freeze_panes = "A2"
    sheet.append(list(OUR_COLUMNS))
    count = 0
    for record in islice(records, MOST_ROWS):
        sheet.append([_cell(sheet, value) for value in our_row(record, base_url)])
        count += 1
    terms = book.create_sheet("terms")
    for line in (LICENCE, cite, f"{count} events", *_cut(count)):
        terms.append([line])
    target = tempfile.TemporaryFile()  # noqa: SIM115  (given to the caller open)
    book.save(target)
    target.seek(0)
    return target


def _cut(count: int) -> list[str]:
    return ["A sheet holds no more rows; the CSV has all."] if count == MOST_ROWS else []


def _cell(sheet: Any, value: Any) -> Any:
    """Numbers as they are; texts as string cells, which no spreadsheet evaluates."""
    if not isinstance(value, str):
        return value
    text = safe(ILLEGAL_CHARACTERS_RE.sub("", value))
    cell = WriteOnlyCell(sheet, text[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


def write_geoparquet(records: Iterable[PublicEvent], base_url: str, cite: str) -> IO[bytes]:
    """GeoParquet 1.1 with points in WKB, as an open temporary file.

    Raises NotInstalled without pyarrow.
    """
    arrow, parquet = _arrow()
    schema = _schema(arrow, cite)
    target = tempfile.TemporaryFile()  # noqa: SIM115  (given to the caller open)
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in _batches(records):
            rows = [_columns(record, base_url) for record in batch]
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
    target.seek(0)
    return target


def _arrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise NotInstalled(
            "GeoParquet needs the package pyarrow: pip install --require-hashes"
            " -r requirements-extra.txt"
        ) from error


def _batches(records: Iterable[PublicEvent]) -> Iterator[list[PublicEvent]]:
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH)):
        yield batch


INTEGERS = frozenset({"geo_precision", "fatalities_low", "fatalities_best", "fatalities_high"})
NUMBERS = frozenset({"latitude", "longitude", "radius_km"})
DAYS = frozenset({"start_date", "end_date"})


def _schema(arrow: Any, cite: str) -> Any:
    kinds = {
        **dict.fromkeys(INTEGERS, arrow.int64()),
        **dict.fromkeys(NUMBERS, arrow.float64()),
        **dict.fromkeys(DAYS, arrow.date32()),
        "contested": arrow.bool_(),
    }
    fields = [(name, kinds.get(name, arrow.string())) for name in OUR_COLUMNS]
    # no "crs" means OGC:CRS84, longitude first
    point = {"encoding": "WKB", "geometry_types": ["Point"]}
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": point}}
    told = {"geo": json.dumps(geo), "license": LICENCE, "citation": cite}
    return arrow.schema([*fields, ("geometry", arrow.binary())], metadata=told)


def _columns(record: PublicEvent, base_url: str) -> dict[str, Any]:
    row = dict(zip(OUR_COLUMNS, our_row(record, base_url), strict=True))
    for name in DAYS:
        row[name] = dt.date.fromisoformat(row[name])
    row["contested"] = bool(row["contested"])
    row["geometry"] = struct.pack("<BIdd", 1, 1, record["longitude"], record["latitude"])
    return row
