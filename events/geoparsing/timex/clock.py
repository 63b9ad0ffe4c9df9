"""Resolvers of clock times and of stretches between two dates."""

from __future__ import annotations

import dataclasses
import datetime as dt

from events.geoparsing.timex.absolute import pick, resolve_day, resolve_weekday, year_of
from events.geoparsing.timex.calendar import Period, add_days, day_period, safe_date, year_period
from events.geoparsing.timex.context import Context, Reading, Values, point, unresolved
from events.geoparsing.timex.relative import resolve_relday

NOON_AND_MIDNIGHT = {"noon": (12, 0), "midnight": (24, 0)}
AFTERNOON = frozenset({"PM", "AF", "EV"})


def hour_and_minute(values: Values) -> tuple[int, int] | None:
    """The time of day on the 24-hour clock; None when it is no time."""
    if (named := values.get("clockword")) is not None:
        return NOON_AND_MIDNIGHT.get(str(named))
    if (clock := values.get("clock")) is not None:
        hour, minute = clock
    elif (hhmm := values.get("hhmm")) is not None:
        hour, minute = divmod(hhmm, 100)
    elif (decimal := values.get("decimal")) is not None:
        hour, minute = int(decimal), round(decimal % 1 * 100)
    else:
        hour, minute = pick(values, "hour", "number"), values.get("minute") or 0
    half = str(values.get("ampm") or values.get("daypart") or "")
    if hour is None or not 0 <= hour <= 24 or not 0 <= minute < 60:
        return None
    late = half in AFTERNOON or (half == "NI" and hour >= 6)
    if late and hour < 12:
        hour += 12
    if half in ("AM", "NI") and hour == 12:
        hour = 0 if half == "AM" else 24
    return hour, minute


def resolve_clock(values: Values, ctx: Context) -> Reading | None:
    """10:35 a.m., noon Thursday, 9 a.m. EST on Nov. 9."""
    time = hour_and_minute(values)
    if time is None:
        return None
    text = f"T{time[0]:02d}:{time[1]:02d}"
    day, reason = day_of_clock(values, ctx)
    if day is None:
        return unresolved(f"XXXX-XX-XX{text}", "time of an unknown day", "TIME", "time")
    return point(day_period(day), f"time of day, {reason}", timex_type="TIME", value=f"{day}{text}")


def day_of_clock(values: Values, ctx: Context) -> tuple[dt.date | None, str]:
    """The day of a clock time and why: its own, else the one last mentioned, else the report's."""
    plain = {name: value for name, value in values.items() if name != "daypart"}
    if values.get("step") is not None and ctx.day_anchor is not None:
        return add_days(ctx.day_anchor, values["step"]), "counted from the day last mentioned"
    if pick(values, "month", "monthweak") is not None:
        reading = resolve_day(plain, ctx)
    elif pick(values, "weekday", "weekdayweak") is not None:
        reading = resolve_weekday(plain, ctx)
    elif values.get("relday") is not None:
        reading = resolve_relday(plain, ctx)
    else:
        fresh = ctx.day_anchor if ctx.anchor_age <= 1 else None
        return fresh or ctx.now, "of the day last mentioned" if fresh else f"of {ctx.label}"
    return (reading.start, reading.reason) if reading else (None, "")


def resolve_range(values: Values, ctx: Context) -> Reading | None:
    """3-5 May, between 3 and 5 May, from 28 February to 3 March; the night of 13-14 May."""
    last = resolve_day(values, ctx)
    if last is None or last.end is None:
        return last
    end, start = last.end, None
    first_day = pick(values, "first_day")
    month = pick(values, "first_month", "month", "monthweak")
    if first_day is not None and month is not None:
        year = end.year - (1 if month > end.month else 0)
        start = safe_date(year, month, first_day)
    if start is None or start > end:
        return last
    if values.get("daypart") == "NI" and (end - start).days == 1:
        night = Period(end.isoformat(), start, end, "D")
        reason = f"the night to {end}, {last.reason}"
        return dataclasses.replace(
            point(night, reason, timex_type="TIME", value=f"{start}TNI", has_year=last.has_year),
            anchors=day_period(end),
        )
    whole = Period(f"{start.isoformat()}/{end.isoformat()}", start, end, "D")
    return point(whole, f"from {start} to {end}, {last.reason}", has_year=last.has_year)


def resolve_years(values: Values, ctx: Context) -> Reading | None:
    """1939-45, 2015/16: from one year to another."""
    first, short = year_of(values, ctx), values.get("last_yy")
    if first is None:
        return None
    last = values.get("last_year") or first // 100 * 100 + (short or 0)
    if not first < last <= first + 100:
        return None
    start, end = year_period(first).start, year_period(last).end
    return point(Period(f"{first}/{last}", start, end, "Y"), "from year to year", has_year=True)
