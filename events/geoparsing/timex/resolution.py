"""Which resolver reads which kind of rule, and from a match to the values it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from events.geoparsing.timex import absolute, clock, durations, era, hijri, relative
from events.geoparsing.timex.context import Context, Reading, Values
from events.geoparsing.timex.grammar import Rule
from events.geoparsing.timex.tokens import Tokens

Resolver = Callable[[Values, Context], Reading | None]

RESOLVERS: Mapping[str, Resolver] = {
    "bc": era.resolve_bc,
    "week_of_month": absolute.resolve_week_of_month,
    "numeric": absolute.resolve_numeric,
    "day": absolute.resolve_day,
    "month": absolute.resolve_month,
    "weekday": absolute.resolve_weekday,
    "year": absolute.resolve_year,
    "quarter": absolute.resolve_quarter,
    "holiday": absolute.resolve_holiday,
    "hijri": hijri.resolve_hijri,
    "day_of_month": absolute.resolve_day_of_month,
    "relday": relative.resolve_relday,
    "deictic": relative.resolve_deictic,
    "shift": relative.resolve_shift,
    "anaphor": relative.resolve_anaphor,
    "daypart": relative.resolve_daypart,
    "reference": relative.resolve_reference,
    "duration": durations.resolve_duration,
    "set": durations.resolve_set,
    "clock": clock.resolve_clock,
    "range": clock.resolve_range,
    "years": clock.resolve_years,
}
NUMBER_CLASSES = ("NUMBER", "INT", "DECIMAL", "FRACTION", "VAGUE", "ONE", "ORDINAL", "NTH", "DAYTH")


def values_of(
    rule: Rule, spans: tuple[tuple[int, int], ...], begin: int, tokens: Tokens
) -> dict[str, Any]:
    """Slot name -> value, from the entries of the tokens that the slots cover.

    `spans` are those of the rule's groups, counted from the place `begin` of the classes.
    """
    found = dict(rule.constants)
    for number, name, cls in rule.slots:
        first, last = spans[number]
        if first < 0 or name in found:
            continue
        if cls:
            found[name] = tokens.entries[begin + first - 1].values.get(cls)
        else:
            found[name] = number_of(name, tokens, begin + first - 1, begin + last - 1)
    return found


def number_of(name: str, tokens: Tokens, first: int, last: int) -> Any:
    """The number that a group of tokens spells; "X" for a vague one; None for none."""
    numbers: list[float] = []
    for entry in tokens.entries[first:last]:
        for cls in NUMBER_CLASSES:
            if cls in entry.values:
                if cls == "VAGUE":
                    return durations.VAGUE
                if cls != "ONE" or not numbers:  # not the "a" of "two and a half"
                    value = entry.values[cls]
                    numbers.append(0.5 if value == "half" else value)
                break
    if len(numbers) > 1 and 1 < numbers[1] < 100 and "ONE" in tokens.entries[first].values:
        numbers = numbers[1:]  # "a couple of", "a few"
    if not numbers:
        return None
    if name == "year_words":
        return durations.spelled_year(numbers)
    if len(numbers) == 3 and 0 < numbers[1] < numbers[2] <= 4:
        return numbers[0] + numbers[1] / numbers[2]
    return durations.combine(numbers)


def resolve(rule: Rule, values: Values, ctx: Context) -> Reading | None:
    """The reading of a matched phrase; None when it turns out to be no date."""
    resolver = RESOLVERS.get(rule.action)
    if resolver is None:
        return None
    if ctx.bc is not None and (reading := era.goes_on(rule.action, values, ctx)) is not None:
        return reading
    try:
        return resolver(values, ctx)
    except (ValueError, OverflowError):
        # Beyond the calendar (the year 9999 and the like): not a date that news speaks of.
        return None
