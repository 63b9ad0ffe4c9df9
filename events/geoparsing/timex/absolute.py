"""Resolvers of phrases that name a place in the calendar, wholly or in part."""

from __future__ import annotations

import datetime as dt

from events.geoparsing.timex import partial
from events.geoparsing.timex.calendar import (
    Period,
    add_days,
    century_period,
    day_period,
    decade_period,
    half_period,
    month_period,
    part_of,
    quarter_period,
    safe_date,
    season_period,
    unit_period,
    weekday_near,
    year_period,
)
from events.geoparsing.timex.context import (
    FUTURE,
    PAST,
    THEN_FUTURE,
    Context,
    Reading,
    Values,
    point,
    unresolved,
)
from events.geoparsing.timex.holidays import LUNAR, TABULAR, holiday_periods

MISMATCH = "weekday-mismatch"
LAST_OF_WINTER = 5
"""Up to this month "that winter" is the one before."""


def pick(values: Values, *names: str) -> int | None:
    """The first of these slots that the phrase filled."""
    return next((values[name] for name in names if values.get(name) is not None), None)


def year_of(values: Values, ctx: Context) -> int | None:
    """The year a phrase gives: in figures, in words, or as "last year"."""
    year = pick(values, "year", "year_words")
    if year is not None:
        return year
    if (short := values.get("yy")) is not None:
        return short + (1900 if short >= 40 else 2000)
    if values.get("yearstep") is not None and ctx.now is not None:
        return ctx.now.year + values["yearstep"]
    if values.get("sameyear") is not None and ctx.reference is not None:
        return ctx.reference.start.year + values["sameyear"]
    return None


def resolve_numeric(values: Values, ctx: Context) -> Reading | None:
    """2018-07-21, 21.07.2018, 21/7/18."""
    date = safe_date(*values["numdate"])
    return dated(date, values, "full date", True) if date else None


def dated(date: dt.date, values: Values, reason: str, has_year: bool) -> Reading:
    """A day, with its part of the day and a flag when the weekday given is not its own."""
    weekday = values.get("weekday")
    flags = (MISMATCH,) if weekday is not None and weekday != date.isoweekday() else ()
    if flags:
        reason += "; the weekday given is not that day's"
    return with_daypart(point(day_period(date), reason, flags=flags, has_year=has_year), values)


def with_daypart(reading: Reading, values: Values) -> Reading:
    """The reading of a day narrowed to "morning" (a TIME) where the phrase says so."""
    daypart = values.get("daypart")
    if daypart is None or reading.anchors is None or reading.anchors.unit != "D":
        return reading
    return point(
        reading.anchors,
        reading.reason,
        timex_type="TIME",
        value=f"{reading.value}T{daypart}",
        flags=reading.flags,
        has_year=reading.has_year,
    )


def resolve_day(values: Values, ctx: Context) -> Reading | None:
    """A day and a month, with or without year and weekday."""
    day = pick(values, "day", "dayth", "nth", "ordinal")
    month = pick(values, "month", "monthweak")
    if day is None or month is None:
        return None
    year = year_of(values, ctx)
    if year is not None:
        date = safe_date(year, month, day)
        return dated(date, values, "full date", True) if date else None
    if safe_date(2000, month, day) is None:
        return None
    step = values.get("direction")
    if step is not None and ctx.now is not None:
        date, reason = partial.stepped_day(month, day, step, ctx.now), f"seen from {ctx.now}"
    else:
        date, reason = partial.complete_day(month, day, values.get("weekday"), ctx)
    if date is None:
        return unresolved(f"XXXX-{month:02d}-{day:02d}", reason)
    return dated(date, values, f"day and month, {reason}", False)


def seen_from(values: Values, ctx: Context) -> dt.date | None:
    """The day "next" and "last" count from: the report's, or for "following" the last mentioned."""
    if values.get("base") == "anchor" and ctx.reference is not None:
        return ctx.reference.start
    return ctx.now


def resolve_month(values: Values, ctx: Context) -> Reading | None:
    """A month, with or without its year, perhaps "early", "mid" or "late"."""
    month = pick(values, "month", "monthweak")
    if month is None:
        return None
    year, step, now = year_of(values, ctx), values.get("direction"), seen_from(values, ctx)
    if year is not None:
        period, reason = month_period(year, month), "month of a named year"
    elif step is not None and now is not None:
        period, reason = stepped_month(month, step, now), f"seen from {now}"
        this = month_period(now.year, month)
        part = pick(values, "part", "partnoun")
        if step < 0 and part is not None and part_of(this, str(part)).end < now:
            period = this
    else:
        found, reason = partial.complete_month(month, ctx)
        if found is None:
            return unresolved(f"XXXX-{month:02d}", reason)
        period, reason = found, f"month, {reason}"
    return parted(period, values, reason, has_year=year is not None)


def stepped_month(month: int, step: int, now: dt.date) -> Period:
    """ "last March", "this March", "next March" seen from `now`."""
    year = now.year
    if step < 0 and month >= now.month:
        year -= 1
    if step > 0 and month <= now.month:
        year += 1
    return month_period(year, month)


def parted(period: Period, values: Values, reason: str, has_year: bool = False) -> Reading:
    """The reading of a period or of its early, middle or late part."""
    part = pick(values, "part", "partnoun", "partword")
    narrowed = part_of(period, str(part)) if part is not None else period
    if narrowed is not period:
        reason += f", its {PART_WORDS.get(str(part), 'part')}"
    reading = point(narrowed, reason, has_year=has_year)
    return reading if period.unit != "D" else with_daypart(reading, values)


PART_WORDS = {
    "START": "beginning",
    "MID": "middle",
    "END": "end",
    "FIRST_HALF": "first half",
    "SECOND_HALF": "second half",
}


def resolve_weekday(values: Values, ctx: Context) -> Reading | None:
    """A weekday: its week by the tense around it, by "last" or "next", or by the date before it."""
    weekday = pick(values, "weekday", "weekdayweak")
    step = values.get("direction")
    now = ctx.week
    if values.get("base") == "anchor" and ctx.day_anchor is not None and ctx.anchor_age <= 4:
        now = ctx.day_anchor
    if weekday is None:
        return None
    if now is None:
        return unresolved(f"XXXX-WXX-{weekday}", "weekday, no date to count from")
    if (relday := values.get("relday")) is not None and ctx.spoken is not None:
        day = dt.date.fromordinal(ctx.spoken.toordinal() + relday)
        return named_today(weekday, day, values, ctx)
    if (weeks := values.get("weekstep")) is not None:
        day = weekday_near(dt.date.fromordinal(now.toordinal() + 7 * weeks), weekday, 0)
        reason = f"weekday of the week {weeks:+d} from {ctx.label}"
    elif step is not None:
        day, reason = stepped_weekday(weekday, step, now), f"weekday seen from {ctx.label}"
    else:
        direction = weekday_direction(ctx)
        day = weekday_near(now, weekday, direction)
        word = "before" if direction < 0 else "after"
        reason = f"weekday {word} {ctx.label}" if day != now else f"weekday of {ctx.label}"
    return with_daypart(point(day_period(day), reason), values)


def named_today(weekday: int, day: dt.date, values: Values, ctx: Context) -> Reading:
    """ "today, Sunday": the Sunday nearest to the day meant, flagged when it is another day."""
    week = [dt.date.fromordinal(day.toordinal() + step) for step in (0, -1, 1, -2, 2, -3, 3)]
    found = next(date for date in week if date.isoweekday() == weekday)
    flags = () if found == day else (MISMATCH,)
    return with_daypart(point(day_period(found), f"weekday near {ctx.label}", flags=flags), values)


def weekday_direction(ctx: Context) -> int:
    """Back in news unless the tense says otherwise, onward in a history.

    "would" looks onward from the report too, unless another day of the past was just told.
    """
    if ctx.narrative and ctx.week != ctx.dct:
        return FUTURE
    told = ctx.anchor is not None and ctx.anchor_age == 0 and ctx.anchor.unit == "D"
    return FUTURE if ctx.tense == FUTURE or (ctx.tense == THEN_FUTURE and not told) else PAST


def stepped_weekday(weekday: int, step: int, now: dt.date) -> dt.date:
    """ "last Friday" is before `now`, "next Friday" after it, "this Friday" in its week."""
    if step == 0:
        return weekday_near(now, weekday, 0)
    beside = dt.date.fromordinal(now.toordinal() + (1 if step > 0 else -1))
    return weekday_near(beside, weekday, step)


def resolve_year(values: Values, ctx: Context) -> Reading | None:
    """A year, a half, a quarter or a season, decade or century."""
    year, step = year_of(values, ctx), values.get("direction")
    base = year if year is not None else (ctx.now.year if ctx.now else None)
    if (decade := values.get("decade")) is not None:
        return parted(decade_period(decade), values, "decade", has_year=True)
    if (century := values.get("century")) is not None:
        return parted(century_period(century), values, "century", has_year=True)
    if (quarter := values.get("quarter")) is not None:
        return _of_year(quarter, "Q", values, ctx, base, year is not None)
    if (half := values.get("half")) is not None:
        return _of_year(half, "H", values, ctx, base, year is not None)
    if (season := values.get("season")) is not None:
        return resolve_season(season, step, year, values, ctx)
    if year is None:
        return None
    return parted(year_period(year), values, "year", has_year=True)


def resolve_quarter(values: Values, ctx: Context) -> Reading | None:
    """ "the quarter": the one just spoken of, else the last that was over when the report came.

    "the 1988 period" is that quarter of another year, or the year where no quarter was spoken of.
    """
    year = values.get("year")
    if ctx.anchor is not None and ctx.anchor.unit == "Q" and ctx.anchor_age <= 3:
        last = ctx.anchor if year is None else unit_period(ctx.anchor.start.replace(year=year), "Q")
        return point(last, "the quarter last mentioned", has_year=year is not None)
    if year is not None:
        return point(year_period(year), "year", has_year=True)
    if ctx.now is None:
        return unresolved("XXXX-QX", "no quarter known")
    before = partial.add_months(ctx.now.replace(day=1), -3)
    return point(unit_period(before, "Q"), f"the quarter over before {ctx.label}")


def _of_year(
    number: int, unit: str, values: Values, ctx: Context, base: int | None, has_year: bool
) -> Reading | None:
    most = 4 if unit == "Q" else 2
    if not 1 <= number <= most:
        return None
    if base is None:
        return unresolved(f"XXXX-{unit}{number}", "no year known")
    make = quarter_period if unit == "Q" else half_period
    period = make(base, number)
    if not has_year and ctx.now and ctx.tense != FUTURE and period.start > ctx.now:
        period = make(base - 1, number)
    return parted(period, values, "part of a year", has_year=has_year)


def resolve_season(
    season: str, step: int | None, year: int | None, values: Values, ctx: Context
) -> Reading:
    """A season of a year, named, stepped to or completed; "that winter" is the one close by."""
    now = seen_from(values, ctx)
    if values.get("sameyear") == 0 and "yearstep" not in values and ctx.reference is not None:
        at = ctx.reference.start
        period = season_period(at.year, season)
        if season == "WI" and at.month <= LAST_OF_WINTER:
            period = season_period(at.year - 1, season)
        return parted(period, values, f"season close to {ctx.label_of_anchor}")
    if year is not None:
        return parted(season_period(year, season), values, "season of a named year", has_year=True)
    if step is not None and now is not None:
        this_year = [season_period(now.year + s, season) for s in (-2, -1, 0, 1, 2)]
        past = [p for p in this_year if p.end < now]
        coming = [p for p in this_year if p.start > now]
        around = partial.nearest(this_year, now, 0)
        beside = past[-1:] if step < 0 else coming[:1] if step > 0 else []
        period = (beside[0] if beside else around) or this_year[2]
        return parted(period, values, f"season seen from {now}")
    found, reason = partial.complete_season(season, ctx)
    if found is None:
        return unresolved(f"XXXX-{season}", reason)
    return parted(found, values, f"season, {reason}")


def resolve_holiday(values: Values, ctx: Context) -> Reading | None:
    """A holiday of a named year, or the one that tense, "last" or "next" point to."""
    name, year, step = str(values.get("holiday")), year_of(values, ctx), values.get("direction")
    now = ctx.now
    flags = (TABULAR,) if name in LUNAR else ()
    if year is not None:
        found = list(holiday_periods(name, year))
    elif now is None:
        return unresolved("XXXX-XX-XX", "holiday, no year known")
    else:
        tense = {-1: PAST, 1: FUTURE}.get(step or 0, ctx.tense)
        years = range(now.year - 1, now.year + 2)
        close = partial.nearest([p for y in years for p in holiday_periods(name, y)], now, tense)
        found = [close] if close else []
    if not found:
        return None
    day = _holiday_day(found[0], values)
    return with_daypart(point(day, "holiday", flags=flags, has_year=year is not None), values)


def _holiday_day(period: Period, values: Values) -> Period:
    """The whole holiday, its n-th or last day, a part of it or a day beside it, as named."""
    if (offset := values.get("offset")) is not None:
        return day_period(add_days(period.start if offset < 0 else period.end, offset))
    if values.get("last"):
        return day_period(period.end)
    if values.get("daypart") is not None:
        return day_period(period.start)
    if (nth := pick(values, "nth", "ordinal")) is not None:
        day = dt.date.fromordinal(period.start.toordinal() + nth - 1)
        return day_period(min(day, period.end))
    part = pick(values, "part", "partnoun")
    return part_of(period, str(part)) if part is not None else period


def resolve_day_of_month(values: Values, ctx: Context) -> Reading | None:
    """ "the 21st", "the 5th of this month", "the 5th of the same month" (`same`)."""
    day = pick(values, "day", "dayth", "nth", "ordinal")
    if day is None or not 1 <= day <= 31:
        return None
    if values.get("same") and ctx.anchor is not None and ctx.anchor.unit in ("D", "W", "M"):
        told = safe_date(ctx.anchor.start.year, ctx.anchor.start.month, day)
        return dated(told, values, "day of the month last mentioned", False) if told else None
    if (step := values.get("direction")) is not None and ctx.now is not None:
        month = unit_period(partial.add_months(ctx.now.replace(day=1), step), "M")
        date, reason = safe_date(month.start.year, month.start.month, day), "day of a month"
    else:
        date, reason = partial.complete_day_of_month(day, ctx)
    return dated(date, values, reason, False) if date else None


def resolve_week_of_month(values: Values, ctx: Context) -> Reading | None:
    """ "the first week of May": days 1-7, 8-14 and so on; "the last week" the seven last days."""
    reading = resolve_month({k: v for k, v in values.items() if k != "direction"}, ctx)
    if reading is None and ctx.now is not None:
        step = values.get("direction") or 0
        moved = partial.add_months(ctx.now.replace(day=1), step)
        reading = point(unit_period(moved, "M"), f"month seen from {ctx.label}")
    if reading is None or reading.start is None or reading.end is None:
        return reading
    number = values.get("ordinal")
    if number is None or number > 4:
        first = dt.date.fromordinal(reading.end.toordinal() - 6)
    else:
        first = dt.date.fromordinal(reading.start.toordinal() + 7 * (number - 1))
    last = dt.date.fromordinal(first.toordinal() + 6)
    value = unit_period(dt.date.fromordinal(first.toordinal() + 3), "W").value
    week = Period(value, first, last, "W")
    return point(week, f"week of a month, {reading.reason}", has_year=reading.has_year)
