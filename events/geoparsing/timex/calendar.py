"""Calendar arithmetic: the inclusive first and last day of everything a TIMEX3 value can name."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from dataclasses import dataclass

FIRST_YEAR = 1
LAST_YEAR = 9998
MOST_REMEMBERED = 2048
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
PRECISION = {"D": "day", "W": "week", "WE": "week", "M": "month", "Q": "month", "S": "month"}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with the TIMEX3 value that names it.

    `unit` is its grain: D day, W week, WE weekend, M month, Q quarter, S season, H half, Y year,
    E decade, C century.
    """

    value: str
    start: dt.date
    end: dt.date
    unit: str

    @property
    def precision(self) -> str:
        """The TimePrecision value of this grain."""
        return PRECISION.get(self.unit, "year")


def safe_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day)


def add_days(day: dt.date, count: int) -> dt.date:
    """`day` moved by `count` days, held inside the calendar."""
    low, high = dt.date(FIRST_YEAR, 1, 1).toordinal(), dt.date(LAST_YEAR, 12, 31).toordinal()
    return dt.date.fromordinal(min(max(day.toordinal() + count, low), high))


def add_months(day: dt.date, count: int) -> dt.date:
    """`day` moved by whole months; the day of the month is cut to the month's length."""
    index = day.year * 12 + day.month - 1 + count
    year, month = min(max(index // 12, FIRST_YEAR), LAST_YEAR), index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@functools.lru_cache(maxsize=MOST_REMEMBERED)
def day_period(day: dt.date) -> Period:
    """One day."""
    return Period(day.isoformat(), day, day, "D")


@functools.lru_cache(maxsize=MOST_REMEMBERED)
def week_period(day: dt.date) -> Period:
    """The ISO week (Monday to Sunday) that `day` lies in."""
    year, week, weekday = day.isocalendar()
    monday = add_days(day, 1 - weekday)
    return Period(f"{year:04d}-W{week:02d}", monday, add_days(monday, 6), "W")


def weekend_period(day: dt.date) -> Period:
    """Saturday and Sunday of the ISO week that `day` lies in."""
    week = week_period(day)
    return Period(f"{week.value}-WE", add_days(week.start, 5), week.end, "WE")


@functools.lru_cache(maxsize=MOST_REMEMBERED)
def month_period(year: int, month: int) -> Period:
    """One month of a year within the calendar."""
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    last = calendar.monthrange(year, month)[1]
    first, end = dt.date(year, month, 1), dt.date(year, month, last)
    return Period(f"{year:04d}-{month:02d}", first, end, "M")


def span_of_months(value: str, year: int, month: int, count: int, unit: str) -> Period:
    """`count` months from the first of `month`, under the name `value`."""
    start = month_period(year, month).start
    return Period(value, start, add_days(add_months(start, count), -1), unit)


def quarter_period(year: int, quarter: int) -> Period:
    """A quarter, 1 to 4."""
    return span_of_months(f"{year:04d}-Q{quarter}", year, quarter * 3 - 2, 3, "Q")


def half_period(year: int, half: int) -> Period:
    """A half-year, 1 or 2."""
    return span_of_months(f"{year:04d}-H{half}", year, half * 6 - 5, 6, "H")


def season_period(year: int, season: str) -> Period:
    """A northern season, SP SU FA WI; a winter bears the year that it begins in."""
    return span_of_months(f"{year:04d}-{season}", year, SEASON_MONTH[season], 3, "S")


def year_period(year: int) -> Period:
    """One year."""
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    return Period(f"{year:04d}", dt.date(year, 1, 1), dt.date(year, 12, 31), "Y")


def decade_period(decade: int) -> Period:
    """The ten years whose first three figures are `decade` (201: 2010 to 2019)."""
    start, end = year_period(decade * 10).start, year_period(decade * 10 + 9).end
    return Period(f"{decade:03d}", start, end, "E")


def century_period(ordinal: int) -> Period:
    """The `ordinal`-th century (20: 1900 to 1999), named by its first two figures."""
    start = year_period((ordinal - 1) * 100).start
    return Period(f"{ordinal - 1:02d}", start, year_period(ordinal * 100 - 1).end, "C")


def unit_period(day: dt.date, unit: str) -> Period:
    """The period of grain `unit` that `day` lies in; an unknown grain is the day itself."""
    year = day.year
    if unit == "W":
        return week_period(day)
    if unit == "WE":
        return weekend_period(day)
    if unit == "M":
        return month_period(year, day.month)
    if unit == "Q":
        return quarter_period(year, (day.month + 2) // 3)
    if unit == "H":
        return half_period(year, 1 if day.month <= 6 else 2)
    if unit == "S":
        return season_of(day)
    if unit == "Y":
        return year_period(year)
    if unit == "E":
        return decade_period(year // 10)
    if unit == "C":
        return century_period(year // 100 + 1)
    return day_period(day)


def season_of(day: dt.date) -> Period:
    """The season `day` lies in."""
    name = {0: "WI", 1: "SP", 2: "SU", 3: "FA"}[day.month % 12 // 3]
    return season_period(day.year - (day.month < 3), name)


MOST_UNITS = 10_000_000
MONTHS_IN = {"M": 1, "Q": 3, "S": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}
DAYS_IN = {"D": 1, "W": 7, "WE": 7, "F": 14}


def shift(day: dt.date, unit: str, count: int) -> dt.date:
    """`day` moved by `count` units (days, weeks, months, quarters, years, decades, centuries)."""
    count = min(max(count, -MOST_UNITS), MOST_UNITS)
    if unit in MONTHS_IN:
        return add_months(day, MONTHS_IN[unit] * count)
    return add_days(day, DAYS_IN.get(unit, 0) * count)


THIRDS = {"START": 0, "MID": 1, "END": 2}


HALVES = frozenset({"FIRST_HALF", "SECOND_HALF"})


def half_of(period: Period, part: str) -> Period:
    """The first or second half of a period under the period's own value."""
    middle = add_days(period.start, ((period.end - period.start).days + 1) // 2)
    unit = "W" if period.unit in ("W", "WE", "M") else "M"
    if part == "FIRST_HALF":
        return Period(period.value, period.start, add_days(middle, -1), unit)
    return Period(period.value, middle, period.end, unit)


def part_of(period: Period, part: str) -> Period:
    """The early, middle or late part of a period under the period's own value.

    A month's parts are days 1-10, 10-20 and 21 to the end; longer periods go by thirds.
    """
    if part in HALVES and period.unit == "Y":
        return half_period(period.start.year, 1 if part == "FIRST_HALF" else 2)
    if part in HALVES and period.unit != "D":
        return half_of(period, part)
    if part not in THIRDS or period.unit == "D":
        return period
    if period.unit == "Y":
        year, month = period.start.year, 4 * THIRDS[part] + 1
        return span_of_months(period.value, year, month, 4, "M")
    length = (period.end - period.start).days + 1
    cut = 10 if period.unit == "M" else max(length // 3, 1)
    first = {"START": 0, "MID": cut - (period.unit == "M"), "END": 2 * cut}[part]
    last = {"START": cut - 1, "MID": 2 * cut - 1, "END": length - 1}[part]
    start, end = add_days(period.start, first), add_days(period.start, last)
    unit = "W" if period.unit in ("W", "WE", "M") else "M"
    return Period(period.value, start, max(start, end), unit)


def weekday_near(day: dt.date, weekday: int, direction: int) -> dt.date:
    """The `weekday` (Monday 1) at or before `day` (-1), at or after it (1), or in its week (0)."""
    offset = weekday - day.isoweekday()
    if direction < 0:
        return add_days(day, -(-offset % 7))
    if direction > 0:
        return add_days(day, offset % 7)
    return add_days(day, offset)
