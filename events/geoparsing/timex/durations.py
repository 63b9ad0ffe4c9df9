"""Resolvers of lengths of time and of what recurs, and the counting words inside them."""

from __future__ import annotations

import datetime as dt

from events.geoparsing.timex.calendar import DAYS_IN, MONTHS_IN, shift
from events.geoparsing.timex.context import Context, Reading, Values

CLOCK_UNITS = frozenset({"h", "m", "s"})
ISO_UNIT = {"D": "D", "W": "W", "M": "M", "Q": "Q", "Y": "Y", "h": "H", "m": "M", "s": "S"}
MULTIPLE = {"E": ("Y", 10), "C": ("Y", 100), "K": ("Y", 1000), "F": ("W", 2), "S": ("M", 3)}
HALF_OF = {"Y": (6, "M"), "h": (30, "m"), "m": (30, "s"), "D": (12, "h"), "M": (2, "W")}
VAGUE = "X"


def unit_letter(values: Values) -> str:
    """The unit of a phrase: D W WE M Q H S Y E C, and h m s for clock units."""
    return str(values.get("unit") or values.get("units") or values.get("unit_of") or "D")


def combine(numbers: list[float]) -> float:
    """Number words in their order as one number: [2, 1000, 400] is 2400, [20, 4] is 24."""
    total, current = 0.0, 0.0
    for number in numbers:
        if number >= 1000:
            total, current = total + max(current, 1) * number, 0.0
        elif number == 100:
            current = max(current, 1) * 100
        else:
            current += number
    return total + current


def spelled_year(numbers: list[float]) -> int | None:
    """nineteen ninety-six, two thousand four as a year; None when it is none."""
    if len(numbers) >= 2 and 11 <= numbers[0] <= 20 and numbers[1] < 100:
        year = int(numbers[0]) * 100 + int(sum(numbers[1:]))
    else:
        year = int(combine(numbers))
    return year if 1000 <= year <= 2199 else None


def amount_of(values: Values) -> float | None:
    """How many units; None for "several" and for a bare plural."""
    amount = values.get("n", values.get("count"))
    if amount is None:
        return None if values.get("units") else 1.0
    if amount == VAGUE:
        return None
    return float(amount) + float(values.get("plus", 0))


def period_value(amount: float | None, unit: str) -> str:
    """An ISO 8601 duration: (4, "D") is P4D, (None, "M") is PXM, (2.5, "h") is PT2H30M."""
    if unit == "WE":
        unit, amount = "D", None if amount is None else amount * 2
    if unit in MULTIPLE and amount is not None:
        unit, factor = MULTIPLE[unit][0], MULTIPLE[unit][1]
        amount *= factor
    head = "PT" if unit in CLOCK_UNITS else "P"
    letter = ISO_UNIT.get(unit, "Y" if unit in MULTIPLE else "D")
    if amount is None:
        return f"{head}X{letter}"
    if amount == int(amount):
        return f"{head}{int(amount)}{letter}"
    if unit in HALF_OF and amount - int(amount) == 0.5:
        more, small = HALF_OF[unit]
        whole = f"{int(amount)}{letter}" if amount >= 1 else ""
        return mixed_value(head, whole, more, small)
    return f"{head}{amount:g}{letter}"


def mixed_value(head: str, whole: str, more: int, small: str) -> str:
    """A duration of whole units and a half: P2Y6M, PT30M, P1DT12H."""
    if small in CLOCK_UNITS and head == "P":
        return f"P{whole}T{more}{ISO_UNIT[small]}"
    return f"{head}{whole}{more}{ISO_UNIT[small]}"


def resolve_duration(values: Values, ctx: Context) -> Reading | None:
    """four days, several months, the past 24 hours, the next two weeks, recent years.

    "two days after" something (`follows`) reach from it up to the day just mentioned.
    """
    unit, amount = unit_letter(values), amount_of(values)
    value = period_value(amount, unit)
    start, end, reason = None, None, "length of time"
    flags: tuple[str, ...] = ()
    if (step := values.get("direction", values.get("step"))) and ctx.now is not None:
        start, end = around(ctx.now, unit, amount, step)
        reason = f"time {'up to' if step < 0 else 'from'} {ctx.now}"
    elif values.get("follows") and amount is not None and ctx.anchor_age == 0 and ctx.day_anchor:
        start, end = shift(ctx.day_anchor, unit, -int(amount)), ctx.day_anchor
        flags, reason = ("after",), f"time up to {end}"
    elif unit == "D" and amount is not None:
        start, end = from_day_mentioned(int(amount), ctx)
        reason += f", from the day last mentioned, {start}" if start else ""
    return Reading("DURATION", value, start, end, grain(unit), reason, kind="duration", flags=flags)


LONGEST_RUN = 31


def from_day_mentioned(days: int, ctx: Context) -> tuple[dt.date | None, dt.date | None]:
    """The days of "four days of clashes" told after "broke out on Tuesday": from Tuesday on.

    Where so many are not yet over they are those up to the day mentioned.
    """
    first = ctx.day_anchor
    if first is None or ctx.anchor_age > 3 or not 1 <= days <= LONGEST_RUN:
        return None, None
    last = shift(first, "D", days - 1)
    if ctx.dct is None or last <= ctx.dct:
        return first, last
    return shift(first, "D", 1 - days), first


VAGUE_COUNT = {"D": 7, "W": 4, "M": 6, "Y": 4, "h": 24}


def around(
    now: dt.date, unit: str, amount: float | None, step: int
) -> tuple[dt.date | None, dt.date | None]:
    """The days that a length of time up to or from `now` covers; vague ones get a usual length."""
    count = amount if amount is not None else VAGUE_COUNT.get(unit, 3)
    if unit in CLOCK_UNITS:
        hours = count if unit == "h" else 1
        other = shift(now, "D", step * max(1, int(hours // 24)))
    elif unit in MONTHS_IN or unit in DAYS_IN:
        other = shift(now, unit, step * max(1, int(count)))
    else:
        return None, None
    return (other, now) if step < 0 else (now, other)


def grain(unit: str) -> str:
    """The TimePrecision value of a length counted in `unit`."""
    return {"W": "week", "D": "week", "WE": "week", "M": "month", "Q": "month"}.get(
        unit, "day" if unit in CLOCK_UNITS else "year"
    )


def resolve_set(values: Values, ctx: Context) -> Reading | None:
    """every day, daily, each Thursday, Fridays, every two weeks."""
    weekday, month = values.get("weekday", values.get("weekdays")), values.get("month")
    if weekday is not None:
        value = f"XXXX-WXX-{weekday}"
    elif month is not None:
        value = f"XXXX-{month:02d}"
    elif (season := values.get("season")) is not None:
        value = f"XXXX-{season}"
    elif values.get("unit") is None and values.get("units") is None and "daypart" in values:
        value = "XXXX-XX-XX"
    else:
        value = period_value(amount_of(values) or 1, unit_letter(values))
    if (daypart := values.get("daypart")) is not None and value.startswith("XXXX"):
        value += f"T{daypart}"
    return Reading("SET", value, None, None, "day", "recurring", kind="set")
