"""A table with columns of its own names, read by what an editor says that they mean."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from events.exceptions import RejectedReport, RowError
from events.ingestion.tables import ours
from events.ingestion.tables.readers import Item, guarded, open_text, opened

MOST_COLUMNS, SAMPLES, LONGEST_SAMPLE = 200, 4, 80
NAMES: dict[str, tuple[str, ...]] = {
    "external_id": ("external_id", "id", "event_id", "event_id_cnty", "المعرف", "معرف", "الرقم"),
    "start_date": ("start_date", "date", "event_date", "date_start", "day", "from", "التاريخ"),
    "end_date": ("end_date", "date_end", "until", "to", "تاريخ النهاية"),
    "time_precision": ("time_precision", "دقة التاريخ"),
    "sub_event_type": ("sub_event_type", "type", "event_type", "kind", "نوع الحدث", "النوع"),
    "place": (
        *("place", "location", "town", "city", "village"),
        *("المكان", "الموقع", "البلدة", "القرية"),
    ),
    "admin1": ("admin1", "adm_1", "governorate", "province", "المحافظة"),
    "latitude": ("latitude", "lat", "y", "خط العرض"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "خط الطول"),
    "radius_km": ("radius_km", "radius", "نصف القطر"),
    "geo_precision": ("geo_precision", "precision", "where_prec", "دقة المكان"),
    "actors": ("actors", "actor", "actor1", "side_a", "perpetrator", "الفاعل", "الجهة"),
    "targets": ("targets", "target", "actor2", "victim", "الهدف", "المستهدف"),
    "fatalities_low": ("fatalities_low", "low", "deaths_low"),
    "fatalities_best": (
        *("fatalities_best", "fatalities", "deaths", "killed", "best"),
        *("عدد القتلى", "القتلى"),
    ),
    "fatalities_high": ("fatalities_high", "high", "deaths_high"),
    "summary": ("summary", "notes", "description", "details", "text", "الوصف", "ملخص", "ملاحظات"),
}
"""What a column may mean, by the names that tables give it; the first name that fits wins."""
NEEDED = ("start_date", "latitude", "longitude")


def peek(path: Path) -> list[tuple[str, list[str]]]:
    """The columns of a table, each with a few samples that are not empty.

    Raises RejectedReport when the file is no table.
    """
    try:
        with open_text(path) as source:
            header, reader = opened(source)
            rows = list(islice(reader, 200))
    except (OSError, EOFError, csv.Error) as error:
        raise RejectedReport(f"The file is not a table: {error}") from error
    if len(header) < 2 or len(header) > MOST_COLUMNS:
        raise RejectedReport(f"A table has 2 to {MOST_COLUMNS} columns; this has {len(header)}.")
    return [(name, _samples(rows, at)) for at, name in enumerate(header)]


def _samples(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    found = (row[at].strip() for row in rows if at < len(row))
    return [cell[:LONGEST_SAMPLE] for cell in islice(dict.fromkeys(filter(None, found)), SAMPLES)]


def guess(header: Sequence[str]) -> dict[str, int]:
    """Which column each field is in, by the columns' names; a column is taken once."""
    keys, found = [_key(name) for name in header], {}
    for field, names in NAMES.items():
        wanted = (keys.index(_key(name)) for name in names if _key(name) in keys)
        at = next((at for at in wanted if at not in found.values()), None)
        if at is not None:
            found[field] = at
    return found


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def read_mapped(path: Path, columns: Mapping[str, int], fixed: Mapping[str, str]) -> Iterator[Item]:
    """The rows of a table: `columns` says where each field stands, `fixed` what holds for all rows.

    Without a column of ids a row is known again by its cells. Raises RejectedReport when the file
    is no table.
    """
    try:
        with open_text(path) as source:
            header, reader = opened(source)
            for cells in reader:
                if cells:
                    yield _row(cells, len(header), columns, fixed, reader.line_num + 1)
    except (OSError, EOFError, csv.Error) as error:
        raise RejectedReport(f"The file is not a table: {error}") from error


def _row(
    cells: Sequence[str],
    width: int,
    columns: Mapping[str, int],
    fixed: Mapping[str, str],
    line: int,
) -> Item:
    if len(cells) != width:
        return RowError(line, f"{len(cells)} cells instead of {width}")
    row = {**fixed, **{field: cells[at] for field, at in columns.items() if cells[at].strip()}}
    if "external_id" not in columns:
        row["external_id"] = "row-" + hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:20]
    return guarded(lambda: ours.read_row(row, line), line)
