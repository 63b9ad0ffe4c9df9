"""Years before our era, which the calendar that dates are kept in does not reach: values alone.

A history that named such a year goes on with it: "two years later", "that December".
"""

from __future__ import annotations

from events.geoparsing.timex.absolute import pick
from events.geoparsing.timex.context import Context, Reading, Values, unresolved
from events.geoparsing.timex.durations import amount_of, unit_letter

STEPS = frozenset({"shift", "anaphor", "month", "day", "year"})
FARTHEST = 3
"""So many sentences may lie between a year before our era and what goes on from it."""


def resolve_bc(values: Values, ctx: Context) -> Reading | None:
    """331 BC, the spring of 218 BC, 2 August 216 BC."""
    year = int(values["bc"])
    ctx.bc, ctx.bc_age = year, 0
    return named(year, values, "year before our era")


def named(year: int, values: Values, reason: str) -> Reading | None:
    """The reading of a year before our era, of its season, month or day; None for year 0."""
    if year < 1:
        return None
    value = f"BC{year:04d}"
    month, day = pick(values, "month", "monthweak"), pick(values, "day", "nth", "ordinal")
    if (season := values.get("season")) is not None:
        value += f"-{season}"
    elif month is not None:
        value += f"-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    return unresolved(value, reason, kind="point")


def goes_on(action: str, values: Values, ctx: Context) -> Reading | None:
    """A phrase without a year of its own after one before our era; None where it is none such."""
    if ctx.bc is None or ctx.bc_age > FARTHEST or action not in STEPS:
        return None
    step = years_on(action, values)
    if step is None or pick(values, "year", "yy", "decade", "century") is not None:
        return None
    year, reason = ctx.bc - step, f"counted on from {ctx.bc} BC"
    ctx.bc, ctx.bc_age = year, 0
    return named(year, values, reason)


def years_on(action: str, values: Values) -> int | None:
    """How many years a phrase goes on; None for one that is no matter of years."""
    in_years = unit_letter(values) == "Y"
    if action == "shift":
        amount = amount_of(values) if in_years and values.get("base") == "anchor" else None
        return int(amount) * values["sign"] if amount is not None else None
    if action == "anaphor":
        return pick(values, "direction", "step") or 0 if in_years else None
    if (
        pick(values, "month", "monthweak", "sameyear", "yearstep") is None
        and "season" not in values
    ):
        return None
    return pick(values, "sameyear", "yearstep", "direction") or 0
