"""One event as a table tells of it, and the reading of single cells."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from events.vocabulary import GeoPrecision, SubEventType, TimePrecision


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of a row: its name, ACLED's inter code (0 when the table does not say), its role."""

    name: str
    kind: int = 0
    role: str = "actor"


@dataclass(slots=True)
class EventRow:
    """One event: WGS 84 degrees, km, inclusive days. `own` keeps the table's columns."""

    external_id: str
    sub_event_type: SubEventType
    start: dt.date
    end: dt.date
    lat: float
    lon: float
    time_precision: TimePrecision = TimePrecision.DAY
    geo_precision: GeoPrecision = GeoPrecision.EXACT
    radius_km: float = 0.0
    place: str = ""
    place_kind: str = ""
    admin1: str = ""
    country: str = "SY"
    parties: tuple[Party, ...] = ()
    low: int | None = None
    best: int | None = None
    high: int | None = None
    summary: str = ""
    contested: bool = False
    own: dict[str, Any] = field(default_factory=dict)
    line: int = 0


LONGEST_ID, WIDEST_KM = 100, 5000.0
YEARS = range(1900, 2101)


def sound(row: EventRow) -> EventRow:
    """The row, if the tables can hold it; raises ValueError naming what is wrong.

    One row that the database refuses would take the others of its batch with it.
    """
    if not row.external_id:
        raise ValueError("no id: a second import could not know the row again")
    if len(row.external_id) > LONGEST_ID:
        raise ValueError(f"the id has more than {LONGEST_ID} characters")
    if not 0 <= row.radius_km <= WIDEST_KM:
        raise ValueError(f"radius_km is {row.radius_km}; known are 0 to {WIDEST_KM:.0f}")
    if row.start.year not in YEARS or row.end.year not in YEARS:
        raise ValueError(f"{row.start} is not in the years {YEARS[0]} to {YEARS[-1]}")
    return row


MONTH_NAMES = tuple(name.lower() for name in calendar.month_name[1:])
MONTHS = {
    spelling: number for number, name in enumerate(MONTH_NAMES, 1) for spelling in (name, name[:3])
}
NOTATIONS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].{0,30})?"),
    re.compile(r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2}) (?P<n>[A-Za-z]{3,9}),? (?P<y>\d{4})"),
    re.compile(r"(?P<n>[A-Za-z]{3,9}) (?P<d>\d{1,2}),? (?P<y>\d{4})"),
)


@lru_cache(maxsize=8192)
def day(text: str) -> dt.date:
    """A day in the notations that tables use; 02/06/2023 is read day first, as the region writes.

    Raises ValueError naming the cell.
    """
    cell = text.strip()[:40]
    for notation in NOTATIONS:
        found = notation.fullmatch(cell)
        if found:
            parts = found.groupdict()
            month = MONTHS.get((parts.get("n") or "").lower()) or int(parts.get("m") or 0)
            try:
                return dt.date(int(parts["y"]), month, int(parts["d"]))
            except ValueError as error:
                raise ValueError(f"{cell!r} is no day of the calendar") from error
    raise ValueError(f"{cell!r} is not a day such as 2020-02-20")


def point(lat: str, lon: str) -> tuple[float, float]:
    """Degrees in range; raises ValueError, with a hint where the two look swapped."""
    try:
        y, x = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError as error:
        raise ValueError(f"the point {lat!r}, {lon!r} is not in degrees") from error
    if not (math.isfinite(y) and math.isfinite(x) and -90 <= y <= 90 and -180 <= x <= 180):
        hint = "; latitude and longitude may be swapped" if abs(y) > 90 >= abs(x) else ""
        raise ValueError(f"the point {lat}, {lon} is out of range{hint}")
    return y, x


def count(text: str | None) -> int | None:
    """A count of people, None for an empty cell; raises ValueError for anything else."""
    cell = (text or "").strip()
    if not cell:
        return None
    number = float(cell)
    if not number.is_integer() or not 0 <= number < 10_000_000:
        raise ValueError(f"{cell!r} is not a count")
    return int(number)


def ordered(low: int | None, best: int | None, high: int | None) -> tuple[Any, Any, Any]:
    """(low, best, high) with gaps filled from their neighbours and the order put right."""
    known = [n for n in (low, best, high) if n is not None]
    if not known:
        return None, None, None
    middle = best if best is not None else known[0]
    return min([middle, *known]), middle, max([middle, *known])


def widened(middle: dt.date, precision: TimePrecision) -> tuple[dt.date, dt.date]:
    """The interval that a single day of this precision stands for."""
    if precision == TimePrecision.WEEK:
        return middle - dt.timedelta(days=3), middle + dt.timedelta(days=3)
    if precision == TimePrecision.MONTH:
        first = middle.replace(day=1)
        following = (first + dt.timedelta(days=32)).replace(day=1)
        return first, following - dt.timedelta(days=1)
    if precision == TimePrecision.YEAR:
        return middle.replace(month=1, day=1), middle.replace(month=12, day=31)
    return middle, middle


@lru_cache(maxsize=256)
def sub_type_named(name: str) -> SubEventType:
    """A sub-type by its code or its codebook name; raises ValueError."""
    lowered = name.strip().lower()
    for member in SubEventType:
        if lowered in (member.value, member.codebook_name.lower()):
            return member
    raise ValueError(f"{name[:60]!r} is not a sub-type of the codebook")
