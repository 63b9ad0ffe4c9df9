"""Dates told in the Islamic calendar: "15 Ramadan 1440", "the first of Muharram"."""

from __future__ import annotations

import datetime as dt

from events.geoparsing.timex.calendar import Period, add_days, day_period
from events.geoparsing.timex.context import Context, Reading, Values, point, unresolved
from events.geoparsing.timex.holidays import (
    LAST_HIJRI_YEAR,
    TABULAR,
    hijri_month_starts,
    hijri_to_date,
)
from events.geoparsing.timex.partial import nearest


def resolve_hijri(values: Values, ctx: Context) -> Reading | None:
    """A month of the Islamic calendar or a day in it; without a year the nearest to the report."""
    month, year = values["hijrimonth"], values.get("year")
    day = next((values[k] for k in ("day", "nth", "ordinal") if values.get(k) is not None), None)
    if day is not None and not 1 <= day <= 30:
        return None
    if year is not None and year < LAST_HIJRI_YEAR:
        start = hijri_to_date(year, month, 1)
        starts = [start] if start else []
    elif year is not None:
        starts = hijri_month_starts(year, month)
    elif ctx.now is not None:
        around = range(ctx.now.year - 1, ctx.now.year + 2)
        starts = [start for y in around for start in hijri_month_starts(y, month)]
    else:
        return unresolved("XXXX-XX-XX", "Islamic date, no year known")
    found = [part_of_month(start, day) for start in starts]
    period = found[0] if year is not None and found else None
    if year is None and ctx.now is not None:
        period = nearest(found, ctx.now, ctx.tense)
    if period is None:
        return None
    reason = "date of the Islamic calendar"
    return point(period, reason, flags=(TABULAR,), has_year=year is not None)


def part_of_month(start: dt.date, day: int | None) -> Period:
    """A day of the month that begins on `start`, or the whole month (30 days at most)."""
    if day is not None:
        return day_period(add_days(start, day - 1))
    return Period(start.isoformat(), start, add_days(start, 28), "M")
