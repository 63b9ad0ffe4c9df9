"""Rows of our own CSV (the export's columns) and features of our GeoJSON."""

from __future__ import annotations

from typing import Any

from events.ingestion.tables.rows import (
    EventRow,
    Party,
    count,
    day,
    ordered,
    point,
    sub_type_named,
)
from events.vocabulary import ActorRole, GeoPrecision, TimePrecision

COLUMNS = frozenset({"sub_event_type", "start_date", "latitude", "longitude"})


def read_row(row: dict[str, str], line: int) -> EventRow:
    """The event of a row; raises ValueError or KeyError naming what is wrong."""
    start = day(row["start_date"])
    end = day(row["end_date"]) if (row.get("end_date") or "").strip() else start
    if end < start:
        raise ValueError(f"end_date {end} is before start_date {start}")
    lat, lon = point(row["latitude"], row["longitude"])
    low, best, high = ordered(*(count(row.get(f"fatalities_{n}")) for n in ("low", "best", "high")))
    return EventRow(
        external_id=(row.get("external_id") or row.get("id") or "").strip(),
        sub_event_type=sub_type_named(row["sub_event_type"]),
        start=start,
        end=end,
        lat=lat,
        lon=lon,
        time_precision=TimePrecision((row.get("time_precision") or "day").strip()),
        geo_precision=geo_precision(row.get("geo_precision")),
        radius_km=float(row.get("radius_km") or 0),
        place=unquoted(row.get("place")),
        admin1=unquoted(row.get("admin1")),
        country=(row.get("country") or "").strip()[:2],
        parties=parties(row),
        low=low,
        best=best,
        high=high,
        summary=unquoted(row.get("summary"))[:500],
        contested=(row.get("contested") or "").strip().lower() in ("1", "true"),
        line=line,
    )


def geo_precision(value: str | None) -> GeoPrecision:
    """1, 2 or 3; raises ValueError for anything else."""
    cell = (value or "1").strip()
    if cell not in ("1", "2", "3"):
        raise ValueError(f"geo_precision is {cell!r}; known are 1, 2, 3")
    return GeoPrecision(int(cell))


def parties(row: dict[str, str]) -> tuple[Party, ...]:
    """The actors and targets, each list joined by semicolons."""
    found = []
    for column, role in (("actors", ActorRole.ACTOR), ("targets", ActorRole.TARGET)):
        names = (unquoted(part) for part in (row.get(column) or "").split(";"))
        found += [Party(name, 0, role) for name in names if name]
    return tuple(dict.fromkeys(found))


GUARDED = frozenset("=+-@|%＝＋－＠")
"""What our own tables put an apostrophe before."""


def unquoted(cell: str | None) -> str:
    """A cell without the apostrophe that keeps spreadsheets from reading a formula."""
    text = (cell or "").strip()
    guarded = text[:1] == "'" and text[1:].lstrip()[:1] in GUARDED
    return text[1:] if guarded else text


def feature_row(feature: Any) -> dict[str, str]:
    """A GeoJSON feature as a row of our columns; raises ValueError when it is none."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValueError("not a GeoJSON feature")
    geometry, properties = feature.get("geometry"), feature.get("properties") or {}
    pair = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(pair, list) or geometry.get("type") != "Point" or len(pair) < 2:
        raise ValueError("the feature has no point")
    if not isinstance(properties, dict):
        raise ValueError("the feature's properties are no object")
    longitude, latitude = pair[:2]
    row = {key: _cell(value) for key, value in properties.items()}
    return {
        **row,
        "external_id": row.get("external_id") or _cell(feature.get("id")),
        "latitude": str(latitude),
        "longitude": str(longitude),
    }


def _cell(value: Any) -> str:
    """A value of a GeoJSON property as text that a database can hold."""
    text = "" if value is None else str(value)
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
