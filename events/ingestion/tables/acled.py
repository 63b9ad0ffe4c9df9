"""Rows of ACLED, 31 columns and older variants, read by name (ACLED codebook)."""

from __future__ import annotations

from events.ingestion.tables.rows import (
    EventRow,
    Party,
    count,
    day,
    ordered,
    point,
    sub_type_named,
    widened,
)
from events.vocabulary import ActorRole, GeoPrecision, TimePrecision

COLUMNS = frozenset({"event_date", "event_type", "sub_event_type", "actor1", "latitude"})
TIME = {"1": TimePrecision.DAY, "2": TimePrecision.WEEK, "3": TimePrecision.MONTH}
RADIUS = {GeoPrecision.EXACT: 0.0, GeoPrecision.ABOUT: 10.0, GeoPrecision.REGION: 40.0}
INTER = {
    "state forces": 1,
    "rebel group": 2,
    "rebel groups": 2,
    "political militia": 3,
    "political militias": 3,
    "identity militia": 4,
    "identity militias": 4,
    "rioters": 5,
    "protesters": 6,
    "civilians": 7,
    "external/other forces": 8,
}


def read_row(row: dict[str, str], line: int) -> EventRow:
    """The event of a row; raises ValueError or KeyError naming what is wrong."""
    precision = TIME.get((row.get("time_precision") or "1").strip())
    where = (row.get("geo_precision") or "1").strip()
    if precision is None:
        raise ValueError(f"time_precision is {row['time_precision']!r}; known are 1, 2, 3")
    if where not in ("1", "2", "3"):
        raise ValueError(f"geo_precision is {where!r}; known are 1, 2, 3")
    start, end = widened(day(row["event_date"]), precision)
    lat, lon = point(row["latitude"], row["longitude"])
    killed = count(row.get("fatalities"))
    low, best, high = ordered(killed, killed, killed)
    geo = GeoPrecision(int(where))
    return EventRow(
        external_id=(row.get("event_id_cnty") or row.get("data_id") or "").strip(),
        sub_event_type=sub_type_named(row["sub_event_type"]),
        start=start,
        end=end,
        lat=lat,
        lon=lon,
        time_precision=precision,
        geo_precision=geo,
        radius_km=RADIUS[geo],
        place=(row.get("location") or "").strip(),
        admin1=(row.get("admin1") or "").strip(),
        country="SY" if row.get("country") in ("Syria", "", None) else "",
        parties=parties(row),
        low=low,
        best=best,
        high=high,
        summary=(row.get("notes") or "").strip()[:500],
        own={key: value for key, value in row.items() if value},
        line=line,
    )


def parties(row: dict[str, str]) -> tuple[Party, ...]:
    """Both actors and their associates; only in violence against civilians is actor 2 a target."""
    violence = sub_type_named(row["sub_event_type"]).event_type == "civilians"
    found = []
    for number in ("1", "2"):
        name = (row.get(f"actor{number}") or "").strip()
        if name:
            role = ActorRole.TARGET if violence and number == "2" else ActorRole.ACTOR
            found.append(Party(name, inter(row.get(f"inter{number}")), role))
        for associate in (row.get(f"assoc_actor_{number}") or "").split(";"):
            if associate.strip():
                found.append(Party(associate.strip(), 0, ActorRole.ASSOCIATED))
    return tuple(found)


def inter(value: str | None) -> int:
    """The inter code, given as a number or in words."""
    cell = (value or "").strip().lower()
    return int(cell) if cell in tuple("12345678") else INTER.get(cell, 0)
