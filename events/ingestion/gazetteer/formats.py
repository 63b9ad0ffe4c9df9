"""Readers of gazetteer files. Each gives records and row errors, a row at a time."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from events.exceptions import RejectedReport, RowError
from events.ingestion.gazetteer.records import GazetteerRecord, Name
from events.vocabulary import PlaceKind

Item = GazetteerRecord | RowError
GEONAMES_COLUMNS = 19
MOST_UNPACKED = 2_000_000_000
MOST_RATIO = 100
"""No gazetteer packs better than this; what does was made to fill a disk or a memory."""
ENCRYPTED = 1
CITY, TOWN = 50_000, 5_000
LANGUAGES_3 = {"ara": "ar", "eng": "en", "rus": "ru", "tur": "tr", "fra": "fr", "deu": "de"}
FEATURE_KINDS = {
    "PCLI": PlaceKind.COUNTRY,
    "ADM1": PlaceKind.GOVERNORATE,
    "ADM2": PlaceKind.DISTRICT,
    "ADM3": PlaceKind.SUBDISTRICT,
    "PPLX": PlaceKind.NEIGHBOURHOOD,
    "RGN": PlaceKind.REGION,
    "AREA": PlaceKind.REGION,
    "MILB": PlaceKind.MILITARY_BASE,
    "NVB": PlaceKind.MILITARY_BASE,
    "INSM": PlaceKind.MILITARY_BASE,
    "BRKS": PlaceKind.MILITARY_BASE,
    "FT": PlaceKind.MILITARY_BASE,
    "AIRB": PlaceKind.AIR_BASE,
    "AIRF": PlaceKind.AIR_BASE,
    "AIRP": PlaceKind.AIR_BASE,
    "PRN": PlaceKind.PRISON,
    "PSTB": PlaceKind.CROSSING,
    "HSP": PlaceKind.HOSPITAL,
    "SCH": PlaceKind.SCHOOL,
    "CMPRF": PlaceKind.CAMP,
    "PPLQ": PlaceKind.VILLAGE,
    "MSQE": PlaceKind.LANDMARK,
    "MKT": PlaceKind.LANDMARK,
    "DAM": PlaceKind.INDUSTRIAL,
    "RD": PlaceKind.ROUTE,
    "MT": PlaceKind.MOUNTAIN,
    "MTS": PlaceKind.MOUNTAIN,
    "HLL": PlaceKind.MOUNTAIN,
    "WAD": PlaceKind.WATER,
    "STM": PlaceKind.WATER,
    "LK": PlaceKind.WATER,
}


UNREADABLE = (
    OSError,
    EOFError,
    NotImplementedError,  # packed in a way that is not known here
    UnicodeDecodeError,
    csv.Error,
    zipfile.BadZipFile,
    zlib.error,
)


def read_gazetteer(path: Path, format_name: str = "auto") -> Iterator[Item]:
    """The records of a gazetteer file (plain, .gz or .zip).

    Raises RejectedReport when the file cannot be read or its format is not known.
    """
    try:
        with open_text(path) as source:
            name = detect(path, source) if format_name == "auto" else format_name
            if name not in FORMATS:
                raise RejectedReport(f"{path.name}: not a gazetteer format that is known")
            yield from FORMATS[name](source)
    except UNREADABLE as error:
        raise RejectedReport(f"{path.name} cannot be read: {error}") from error


def open_text(path: Path) -> io.TextIOBase:
    """The file as text, unpacked on the way."""
    if path.suffix == ".gz":
        source = io.BufferedReader(Bounded(gzip.GzipFile(path), path.stat().st_size * MOST_RATIO))
        return io.TextIOWrapper(source, encoding="utf-8-sig", newline="")
    if path.suffix == ".zip":
        archive = zipfile.ZipFile(path)
        inner = max(archive.infolist(), key=lambda member: member.file_size, default=None)
        if inner is None or inner.flag_bits & ENCRYPTED:
            raise RejectedReport(f"{path.name} holds no file that can be read")
        if inner.file_size > min(MOST_UNPACKED, MOST_RATIO * max(path.stat().st_size, 10_000)):
            raise RejectedReport(f"{path.name} would unpack to {inner.file_size:,} bytes")
        return io.TextIOWrapper(archive.open(inner), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


class Bounded(io.RawIOBase):
    """A packed file that ends with an error after `most` unpacked bytes."""

    def __init__(self, source: gzip.GzipFile, most: int) -> None:
        self.source = source
        self.most = min(MOST_UNPACKED, max(most, 1_000_000))

    def readable(self) -> bool:
        """It is read only."""
        return True

    def seekable(self) -> bool:
        """It can be wound back."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """The place in the unpacked bytes."""
        return self.source.seek(offset, whence)

    def readinto(self, buffer: Any) -> int:
        """The next bytes; raises RejectedReport past the limit."""
        part = self.source.read(len(buffer))
        if self.source.tell() > self.most:
            raise RejectedReport(f"the file unpacks to more than {self.most:,} bytes")
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        """Closes the packed file too."""
        self.source.close()
        super().close()


def detect(path: Path, source: io.TextIOBase) -> str:
    """The format, by the name and the first line; the source is wound back."""
    head = source.readline(20_000)
    source.seek(0)
    if path.name.removesuffix(".gz").endswith(".json") or head.lstrip().startswith(("[", "{")):
        return "opensyria"
    if head.count("\t") == GEONAMES_COLUMNS - 1:
        return "geonames"
    columns = set(head.strip().split(","))
    if {"wof_id", "placetype"} <= columns:
        return "wof"
    return "csv" if {"name", "kind", "lat", "lon"} <= columns else ""


def geonames(source: io.TextIOBase) -> Iterator[Item]:
    """A GeoNames country dump: 19 columns, tab-separated, no header, no quoting."""
    for line, text in enumerate(source, 1):
        columns = text.rstrip("\r\n").split("\t")
        if len(columns) != GEONAMES_COLUMNS:
            yield RowError(line, f"{len(columns)} columns instead of {GEONAMES_COLUMNS}")
            continue
        yield from _guarded(line, lambda columns=columns, line=line: _geonames(columns, line))


def _geonames(columns: list[str], line: int) -> GazetteerRecord | None:
    population = int(columns[14] or 0)
    kind = geonames_kind(columns[6], columns[7], population)
    if kind is None:
        return None
    names = [columns[1], columns[2], *columns[3].split(",")]
    return GazetteerRecord(
        "geonames",
        columns[0],
        columns[2] or columns[1],
        kind,
        *point(columns[4], columns[5]),
        country=columns[8],
        population=population,
        names=tuple((n, language_of(n)) for n in dict.fromkeys(names) if n),
        areas=tuple(f"gn:{columns[8]}.{code}" for code in columns[10:12] if code),
        line=line,
    )


def geonames_kind(feature_class: str, code: str, population: int) -> PlaceKind | None:
    """Our kind of a GeoNames feature; None for what reports do not name."""
    if code in FEATURE_KINDS:
        return FEATURE_KINDS[code]
    return settlement_kind(population) if feature_class == "P" else None


def settlement_kind(population: int) -> PlaceKind:
    """City, town or village, by population."""
    if population >= CITY:
        return PlaceKind.CITY
    return PlaceKind.TOWN if population >= TOWN else PlaceKind.VILLAGE


def who_is_on_first(source: io.TextIOBase) -> Iterator[Item]:
    """An extract of Who's On First: columns wof_id, gn_id, placetype, name, lat, lon, ..."""
    reader = csv.DictReader(source)  # type: ignore[arg-type]
    for row in reader:
        yield from _guarded(reader.line_num, lambda r=row, n=reader.line_num: _wof(r, n))


WOF_KINDS = {
    "country": PlaceKind.COUNTRY,
    "region": PlaceKind.GOVERNORATE,
    "county": PlaceKind.DISTRICT,
    "localadmin": PlaceKind.SUBDISTRICT,
    "neighbourhood": PlaceKind.NEIGHBOURHOOD,
}


def _wof(row: dict[str, str], line: int) -> GazetteerRecord:
    population = int(float(row.get("population") or 0))
    kind = WOF_KINDS.get(row["placetype"]) or settlement_kind(population)
    own = [(row["name"], language_of(row["name"]))]
    return GazetteerRecord(
        "wof",
        row["wof_id"],
        row["name"],
        kind,
        *point(row["lat"], row["lon"]),
        country=row.get("country") or "SY",
        population=population,
        names=tuple(dict.fromkeys([*own, *coded_names(row.get("names") or "")])),
        areas=tuple(f"wof:{row[key]}" for key in ("region_id", "county_id") if row.get(key)),
        other_ids=(("geonames", row["gn_id"]),) if row.get("gn_id") else (),
        line=line,
    )


def coded_names(column: str) -> Iterator[Name]:
    """(spelling, language) of `lang:spelling|...`; a wrong code is put right by the script."""
    for part in column.split("|"):
        code, _, text = part.partition(":")
        text = text.strip()
        if text:
            claimed = LANGUAGES_3.get(code, code[:2])
            script = language_of(text)
            yield text, claimed if script in ("", claimed) else script


def open_syria(source: io.TextIOBase) -> Iterator[Item]:
    """OpenSyria's JSON lists of governorates, districts and subdistricts."""
    try:
        rows = json.load(source)
    except ValueError as error:
        raise RejectedReport(f"not JSON: {error}") from error
    rows = rows.get("data", []) if isinstance(rows, dict) else rows
    for number, row in enumerate(rows, 1):
        yield from _guarded(number, lambda r=row, n=number: _open_syria(r, n))


def _open_syria(row: dict[str, Any], line: int) -> GazetteerRecord:
    level = 2 if row.get("districtId") else 1 if row.get("governorateId") else 0
    kind = (PlaceKind.GOVERNORATE, PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT)[level]
    aliases = [(a["value"], a.get("language", "")) for a in row.get("aliases") or []]
    own = [(text, language) for language, text in row["name"].items()]
    ids = row.get("externalIds") or {}
    return GazetteerRecord(
        "opensyria",
        row["id"],
        row["name"]["en"],
        kind,
        *point(row["centroid"]["latitude"], row["centroid"]["longitude"]),
        country="SY",
        population=int((row.get("population") or {}).get("value") or 0),
        names=tuple(dict.fromkeys([*own, *aliases])),
        areas=tuple(f"os:{row[k]}" for k in ("governorateId", "districtId") if row.get(k)),
        other_ids=tuple((k, str(ids[k])) for k in ("geonames", "wikidata") if ids.get(k)),
        line=line,
    )


def our_csv(source: io.TextIOBase) -> Iterator[Item]:
    """Our own CSV: at least name, kind, lat, lon; more columns as in fixtures/tables."""
    reader = csv.DictReader(source)  # type: ignore[arg-type]
    for row in reader:
        yield from _guarded(reader.line_num, lambda r=row, n=reader.line_num: _ours(r, n))


def _ours(row: dict[str, str], line: int) -> GazetteerRecord:
    names = [(row["name"], "en"), *([(row["ar"], "ar")] if row.get("ar") else [])]
    if not row["name"]:
        raise ValueError("no name")
    return GazetteerRecord(
        "csv",
        row.get("slug") or f"{row['name']} {row['lat']} {row['lon']}",
        row["name"],
        PlaceKind(row["kind"]),
        *point(row["lat"], row["lon"]),
        country=row.get("country") or "",
        names=tuple(dict.fromkeys([*names, *coded_names(row.get("names") or "")])),
        line=line,
    )


def point(lat: Any, lon: Any) -> tuple[float, float]:
    """Degrees in range; raises ValueError with a hint when they look swapped."""
    y, x = float(lat), float(lon)
    if not (math.isfinite(y) and math.isfinite(x) and -90 <= y <= 90 and -180 <= x <= 180):
        hint = "; latitude and longitude may be swapped" if abs(x) <= 90 < abs(y) else ""
        raise ValueError(f"the point {lat}, {lon} is out of range{hint}")
    return y, x


def language_of(text: str) -> str:
    """The language that the script tells: Arabic, Russian, else none."""
    for char in text:
        if "\u0600" <= char <= "\u06ff":
            return "ar"
        if "\u0400" <= char <= "\u04ff":
            return "ru"
    return ""


def _guarded(line: int, build: Callable[[], GazetteerRecord | None]) -> Iterator[Item]:
    try:
        record = build()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"no column {error}" if isinstance(error, KeyError) else str(error)
        yield RowError(line, reason)
        return
    if record is not None:
        yield record


FORMATS: dict[str, Callable[[io.TextIOBase], Iterator[Item]]] = {
    "geonames": geonames,
    "wof": who_is_on_first,
    "opensyria": open_syria,
    "csv": our_csv,
}
