"""Resolvers of phrases counted from another day: today, last week, two years ago, the next day."""

from __future__ import annotations

import datetime as dt

from events.geoparsing.timex.absolute import parted, pick, with_daypart
from events.geoparsing.timex.calendar import (
    Period,
    add_days,
    day_period,
    shift,
    unit_period,
    week_period,
    weekend_period,
)
from events.geoparsing.timex.context import (
    FUTURE,
    PAST,
    Context,
    Reading,
    Values,
    point,
    unresolved,
)
from events.geoparsing.timex.durations import (
    CLOCK_UNITS,
    amount_of,
    grain,
    period_value,
    unit_letter,
)

REFERENCES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


def sign(number: int) -> int:
    """-1, 0 or 1."""
    return (number > 0) - (number < 0)


def resolve_relday(values: Values, ctx: Context) -> Reading | None:
    """today, yesterday, the day before yesterday, tonight, last night, this morning."""
    step = pick(values, "relday", "step") or 0
    base = ctx.spoken
    if base is None or (ctx.narrative and step == 0 and "daypart" not in values):
        return unresolved(REFERENCES[sign(step)], "no date to count from")
    day = add_days(base, step)
    reason = f"{step:+d} day from {base}" if step else f"the day of {ctx.label}"
    return with_daypart(point(day_period(day), reason), values)


def resolve_deictic(values: Values, ctx: Context) -> Reading | None:
    """last week, this month, next year, earlier this week, the end of last month."""
    step, unit = pick(values, "direction", "step") or 0, unit_letter(values)
    now = told_day(ctx, unit) if values.get("base") == "told" else ctx.now
    if unit in CLOCK_UNITS:
        return None
    if now is None:
        return unresolved(REFERENCES[sign(step)], "no date to count from")
    period = unit_period(shift(now, unit, step), unit)
    if unit == "WE" and step < 0:
        period = weekend_period(add_days(week_period(now).start, 7 * (step + 1) - 1))
    elif unit == "WE" and step == 0:
        tense = ctx.tense or (FUTURE if "direction" in values else 0)
        period = coming_or_past_weekend(now, tense)
    if values.get("last"):  # "the last day of the month"
        return point(day_period(period.end), f"last day of {period.value}")
    return partly_gone(
        parted(period, values, f"{unit} {step:+d} from {ctx.label}"), values, now, ctx
    )


def told_day(ctx: Context, unit: str) -> dt.date | None:
    """The day that "later in the day" and "by the end of the month" are of.

    The day last mentioned where the story has just told it, else the report's; a month or a year
    is the story's only where the words around are of the past.
    """
    if ctx.narrative and ctx.anchor is not None:
        return ctx.anchor.end
    near = ctx.anchor is not None and ctx.anchor_age <= (1 if unit == "D" else 2)
    if near and unit == "D":
        return ctx.day_anchor_in_anchor or ctx.now
    fits = ctx.anchor is not None and ctx.anchor.unit in ("D", "W", "M") and ctx.tense == PAST
    return ctx.anchor.end if near and fits and ctx.anchor is not None else ctx.now


def coming_or_past_weekend(now: dt.date, tense: int) -> Period:
    """ "the weekend": the one under way, else the one the tense points to (past unless future)."""
    this = weekend_period(now)
    if now.isoweekday() >= 6 or tense == FUTURE:
        return this
    return weekend_period(add_days(this.start, -7))


def partly_gone(reading: Reading, values: Values, now: dt.date, ctx: Context) -> Reading:
    """ "earlier this week" ends, and "later this week" begins, with the day it is said on.

    "this week" told in the past is as much of the week as is over.
    """
    start, end, period = reading.start, reading.end, reading.anchors
    if start is None or end is None or period is None or not start <= now <= end:
        return reading
    half = values.get("halfgone")
    if half is None and period.unit == "W" and ctx.tense != FUTURE and not values.get("part"):
        half = "EARLIER"
    if half is None:
        return reading
    until = now if values.get("halfgone") is None else max(start, add_days(now, -1))
    cut = Period(period.value, *((start, until) if half == "EARLIER" else (now, end)), period.unit)
    return point(cut, reading.reason + (", so far" if half == "EARLIER" else ", from then on"))


def resolve_shift(values: Values, ctx: Context) -> Reading | None:
    """two years ago, three days later, a week before that."""
    amount, unit = amount_of(values), unit_letter(values)
    direction = values.get("sign", -1)
    base = shift_base(values, ctx)
    if amount is None or base is None or unit in CLOCK_UNITS:
        return _vague_shift(values, ctx, unit, direction)
    count = int(amount) * direction
    moved = shift(base.start, unit, count)
    if amount != int(amount):
        moved = shift(moved, "M" if unit == "Y" else "D", direction * (6 if unit == "Y" else 3))
    reason = f"{count:+d} {unit} from {base.value}"
    period = unit_period(moved, unit if unit in ("W", "M", "Q", "Y") else "D")
    if unit in ("E", "C"):
        period = unit_period(moved, "Y")
    if values.get("exact") and base.unit == "D":  # "three years ago today"
        period = day_period(moved)
    if unit == "Y" and direction < 0 and base.unit in ("M", "Q", "S"):
        period = unit_period(moved, base.unit)
    return with_daypart(point(period, reason), values)


def shift_base(values: Values, ctx: Context) -> Period | None:
    """The report's day for "ago", the date last mentioned for "earlier" and "later".

    `base = "story"` is the date last mentioned in a history, the report's day in news.
    """
    if values.get("exact") and values.get("base") == "anchor" and ctx.day_anchor is not None:
        return day_period(ctx.day_anchor)
    if values.get("base") == "story" and ctx.narrative and ctx.day_anchor is not None:
        return day_period(ctx.day_anchor)
    ahead = ctx.tense == FUTURE and ctx.dct is not None and not ctx.narrative
    if values.get("base") == "anchor" and ctx.anchor_age <= 4 and not ahead:
        if (day := day_of_report(values.get("sign", 0), values, ctx)) is not None:
            return day_period(day)
        if ctx.day_anchor is not None and unit_letter(values) in ("D", "W"):
            return day_period(ctx.day_anchor)
        if ctx.anchor is not None:
            return ctx.anchor
    quarters = ctx.anchor is not None and ctx.anchor.unit == "Q" and ctx.anchor_age <= 3
    if quarters and unit_letter(values) == "Y" and amount_of(values) == 1:
        return ctx.anchor  # "a year ago" compared with a quarter is that quarter a year before
    return day_period(ctx.spoken) if ctx.spoken else None


def day_of_report(step: int, values: Values, ctx: Context) -> dt.date | None:
    """The report's own day where a new paragraph steps back from it: "A day earlier, ...".

    A history goes on from the day last mentioned, and so does what comes later.
    """
    stays = ctx.narrative or not ctx.opens or step >= 0
    return None if stays or unit_letter(values) != "D" else ctx.first_day


def _vague_shift(values: Values, ctx: Context, unit: str, direction: int) -> Reading:
    """ "several years ago", "hours later": no day can be counted out.

    What comes so much later is named by its length, as TIMEX3 does.
    """
    day = ctx.day_anchor if values.get("base") == "anchor" and ctx.anchor_age <= 2 else ctx.now
    value = REFERENCES[direction]
    if direction > 0 and values.get("base") == "anchor":
        length, days = period_value(amount_of(values), unit), unit in CLOCK_UNITS
        first = day if days else None
        reason = "length of time, after what was told"
        return Reading("DURATION", length, first, first, grain(unit), reason, kind="duration")
    if unit in CLOCK_UNITS and day is not None:
        return Reading("DATE", value, day, day, "day", f"hours from {day}", kind="time")
    return unresolved(value, "vague distance in time")


def resolve_anaphor(values: Values, ctx: Context) -> Reading | None:
    """that day, the same month, the next day, the following year, the previous week."""
    step, unit = pick(values, "direction", "step", "sameyear") or 0, unit_letter(values)
    base = ctx.reference
    if unit == "D" and ctx.day_anchor is not None:
        base = day_period(day_of_report(step, values, ctx) or ctx.day_anchor)
    if base is None or unit in CLOCK_UNITS:
        return unresolved(REFERENCES[sign(step)], "no date mentioned before")
    period = unit_period(shift(base.start, unit, step), unit)
    return parted(period, values, f"{unit} {step:+d} from {base.value}")


def resolve_daypart(values: Values, ctx: Context) -> Reading | None:
    """this morning, that night, in the evening: a part of the day last spoken of."""
    if values.get("base") == "anchor" and ctx.day_anchor is not None and not lies_ahead(ctx):
        day, reason = ctx.day_anchor, f"the day last mentioned, {ctx.day_anchor.isoformat()}"
    elif ctx.now is not None:
        day, reason = ctx.now, f"the day of {ctx.label}"
    else:
        value = f"XXXX-XX-XXT{values.get('daypart')}"
        return unresolved(value, "no day known", "TIME", "time")
    day = add_days(day, values.get("step") or 0)
    return with_daypart(point(day_period(day), reason), values)


def lies_ahead(ctx: Context) -> bool:
    """Whether the day last mentioned is still to come and the words around do not look forward."""
    ahead = ctx.day_anchor is not None and ctx.dct is not None and ctx.day_anchor > ctx.dct
    return ahead and ctx.tense != FUTURE and ctx.anchor_age > 0 and not ctx.narrative


def resolve_reference(values: Values, ctx: Context) -> Reading | None:
    """now, currently, recently, in the future: PRESENT_REF, PAST_REF, FUTURE_REF."""
    value = str(values.get("ref") or values.get("value"))
    start = ctx.dct if value == "PRESENT_REF" and not ctx.narrative else None
    return Reading("DATE", value, start, start, "day", "vague reference", kind="reference")
