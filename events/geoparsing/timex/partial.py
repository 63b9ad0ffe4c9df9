"""Completing what a phrase leaves out: the year of "21 July", the month of "the 21st"."""

from __future__ import annotations

import datetime as dt

from events.geoparsing.timex.calendar import (
    Period,
    add_months,
    month_period,
    safe_date,
    season_period,
)
from events.geoparsing.timex.context import FUTURE, PAST, SINCE, THEN_FUTURE, Context

AGAINST_TENSE = 3
AGAINST_TENSE_BY_MONTH = 8
NEVER = 10_000
WEEKDAY_YEARS = (0, -1, 1, -2, -3, -4, -5, -6)


def candidates_by_year(years: range, month: int, day: int) -> list[dt.date]:
    """The dates that `month`/`day` has in these years."""
    found = (safe_date(year, month, day) for year in years)
    return [date for date in found if date is not None]


def nearest(
    dates: list[Period], base: dt.date, tense: int, against: int = AGAINST_TENSE
) -> Period | None:
    """The period that a phrase without a year means, seen from `base`: the nearest to it.

    What the tense speaks against counts as `against` times as far.
    """

    def order(period: Period) -> tuple[int, int]:
        return cost(period, base, tense, against), -period.start.toordinal()

    return min(dates, key=order, default=None)


def cost(period: Period, base: dt.date, tense: int, against: int) -> int:
    """How far a period is from `base`, the farther where the tense speaks against it."""
    wrong = (tense == PAST and period.start > base) or (tense == FUTURE and period.end < base)
    if tense == SINCE and period.start > base:
        return distance(period, base) * NEVER
    return distance(period, base) * (against if wrong else 1)


def distance(period: Period, day: dt.date) -> int:
    """Days between a period and a day, 0 inside it."""
    if period.start <= day <= period.end:
        return 0
    return min(abs((period.start - day).days), abs((period.end - day).days))


def narrative_year(month: int, ctx: Context) -> int | None:
    """The year of a month without one in a history: carried on from the last date mentioned."""
    anchor = ctx.anchor
    if anchor is None:
        return None
    if anchor.unit not in ("D", "W", "WE", "M", "Q", "S"):
        return anchor.start.year
    if ctx.stretch is not None and anchor is ctx.stretch[1]:
        return year_beside(month, ctx.stretch[0].start, ctx.stretch[1].end)
    year, at = anchor.start.year, anchor.start.month
    crosses = month < at and month + 12 - at <= 5
    return year + 1 if crosses else year


def year_beside(month: int, first: dt.date, last: dt.date) -> int:
    """The earliest year in which a month lies between two days, else the nearest to them."""

    def away(year: int) -> int:
        at = year * 12 + month
        return max(first.year * 12 + first.month - at, at - last.year * 12 - last.month, 0)

    return min(range(first.year - 1, last.year + 2), key=away)


def leans_on_anchor(ctx: Context) -> bool:
    """Whether partial dates go by the last date mentioned rather than by the report's day.

    So in a history, and for a while after a full date when the report's day is unknown.
    """
    if ctx.anchor is None:
        return False
    return ctx.narrative or (ctx.dct is None and ctx.anchor_has_year and ctx.anchor_age <= 1)


def complete_day(
    month: int, day: int, weekday: int | None, ctx: Context
) -> tuple[dt.date | None, str]:
    """The date of a day and month without a year, and why that year."""
    if leans_on_anchor(ctx):
        year = narrative_year(month, ctx) or 1
        date = safe_date(year, month, day) or safe_date(year + 1, month, day)
        if weekday is not None and date is not None and date.isoweekday() != weekday:
            date = on_weekday(date, weekday) or date
        return date, f"year carried on from {ctx.label_of_anchor}"
    if ctx.dct is None:
        return None, "no year known"
    if weekday is not None and (found := by_weekday(month, day, weekday, ctx.dct)):
        return found, f"the year near {ctx.dct.year} in which that day has this weekday"
    dates = candidates_by_year(range(ctx.dct.year - 1, ctx.dct.year + 2), month, day)
    if not dates:
        dates = candidates_by_year(range(ctx.dct.year - 4, ctx.dct.year + 5), month, day)
    periods = [Period(d.isoformat(), d, d, "D") for d in dates]
    if (since := past_plan(ctx)) is not None:
        following = [p for p in periods if p.start >= since.start]
        first = min(following, key=lambda p: p.start, default=None)
        return (first.start if first else None), f"the next one after {since.value}"
    best = nearest(periods, ctx.dct, ctx.tense)
    return (best.start if best else None), _why(ctx)


def stepped_day(month: int, day: int, step: int, now: dt.date) -> dt.date | None:
    """ "21 July last" is at or before `now`, "21 July next" at or after it."""
    dates = candidates_by_year(range(now.year - 4, now.year + 5), month, day)
    if step < 0:
        return max((d for d in dates if d <= now), default=None)
    if step > 0:
        return min((d for d in dates if d >= now), default=None)
    return safe_date(now.year, month, day)


def past_plan(ctx: Context) -> Period | None:
    """The past date that a plan ("would withdraw by 20 October") was made at, just mentioned."""
    if ctx.tense != THEN_FUTURE or ctx.anchor is None or ctx.dct is None or ctx.anchor_age > 1:
        return None
    return ctx.anchor if 31 < (ctx.dct - ctx.anchor.end).days < 366 else None


def by_weekday(month: int, day: int, weekday: int, base: dt.date) -> dt.date | None:
    """The date near `base` that falls on `weekday`; None if the last 6 years have none."""
    dates = [safe_date(base.year + step, month, day) for step in WEEKDAY_YEARS]
    fitting = [d for d in dates if d is not None and d.isoweekday() == weekday]
    return min(fitting, key=lambda d: abs((d - base).days), default=None)


def on_weekday(date: dt.date, weekday: int) -> dt.date | None:
    """The same day of a year close by that falls on `weekday`, a later year first."""
    years = (safe_date(date.year + step, date.month, date.day) for step in (1, -1, 2, -2))
    return next((d for d in years if d is not None and d.isoweekday() == weekday), None)


def complete_month(month: int, ctx: Context) -> tuple[Period | None, str]:
    """The month of a year that the text does not name, and why."""
    if leans_on_anchor(ctx):
        year = narrative_year(month, ctx) or 1
        return month_period(year, month), f"year carried on from {ctx.label_of_anchor}"
    if ctx.dct is None:
        return None, "no year known"
    years = range(ctx.dct.year - 1, ctx.dct.year + 2)
    return nearest([month_period(y, month) for y in years], ctx.dct, ctx.tense), _why(ctx)


def complete_season(season: str, ctx: Context) -> tuple[Period | None, str]:
    """The season of a year that the text does not name, and why."""
    if leans_on_anchor(ctx) and ctx.anchor is not None:
        return season_onward(season, ctx.anchor), f"from {ctx.label_of_anchor}"
    if ctx.dct is None:
        return None, "no year known"
    years = range(ctx.dct.year - 1, ctx.dct.year + 2)
    return nearest([season_period(y, season) for y in years], ctx.dct, ctx.tense), _why(ctx)


def season_onward(season: str, anchor: Period) -> Period:
    """The season that a history means after `anchor`: of the year it named, else the next one.

    The way back counts thrice.
    """
    year, at = anchor.start.year, anchor.start
    if anchor.unit in ("Y", "E", "C", "H"):
        return season_period(year, season)

    def away(period: Period) -> int:
        return distance(period, at) * (3 if period.end < at else 1)

    return min((season_period(year + step, season) for step in (-1, 0, 1)), key=away)


def complete_day_of_month(day: int, ctx: Context) -> tuple[dt.date | None, str]:
    """The date of "the 21st": in the month last mentioned, else the nearest to the report."""
    if leans_on_anchor(ctx) and ctx.anchor is not None:
        first = ctx.anchor.start
        date = safe_date(first.year, first.month, day)
        return date, f"month carried on from {ctx.label_of_anchor}"
    if ctx.dct is None:
        return None, "no month known"
    months = [add_months(ctx.dct.replace(day=1), step) for step in (-1, 0, 1)]
    dates = [d for m in months if (d := safe_date(m.year, m.month, day))]
    days = [Period(d.isoformat(), d, d, "D") for d in dates]
    best = nearest(days, ctx.dct, ctx.tense, AGAINST_TENSE_BY_MONTH)
    return (best.start if best else None), _why(ctx)


def _why(ctx: Context) -> str:
    word = {PAST: "by the past tense ", FUTURE: "by the future tense "}.get(ctx.tense, "")
    return f"{word}nearest to {ctx.label}"
