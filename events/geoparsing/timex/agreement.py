"""What neighbouring phrases tell of each other: a shared year, a stretch, one day said twice."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping
from typing import Any

from events.geoparsing.timex.calendar import add_months
from events.geoparsing.timex.context import Reading
from events.geoparsing.timex.scanning import Phrase

CLOSEST = 14
MOST_DAYS_APART = 3
STRETCH_ENDS = frozenset({"day", "weekday", "month", "year", "numeric", "clock", "relday"})
COUNTED = frozenset({"shift", "anaphor"})


def given_year(phrase: Phrase) -> int | None:
    """The year that a phrase itself names."""
    if phrase.rule.action == "numeric":
        return phrase.values["numdate"][0]
    return phrase.values.get("year")


def between(first: Phrase, second: Phrase, text: str) -> str | None:
    """The words between two phrases in small letters; None where they stand far apart."""
    if second.start - first.end > CLOSEST:
        return None
    return text[first.end : second.start].strip().lower().replace("–", "-").replace("—", "-")


def borrow_years(phrases: list[Phrase], text: str, settings: Mapping[str, Any]) -> None:
    """Gives the first of "June and September 1941" the year of the second, or the year before.

    So too the first of "in the summer and autumn of 1941".
    """
    connectors = settings.get("connectors", [])
    for first, second in itertools.pairwise(phrases):
        if is_bare_season(first) and second.values.get("season") is not None:
            named = second.values.get("year")
            if named is not None and between(first, second, text) in connectors:
                first.values["year"] = named
            continue
        name = "year" if second.values.get("year") is not None else "yearstep"
        year, month = second.values.get(name), first.values.get("month")
        if year is None or month is None or given_year(first) is not None or name in first.values:
            continue
        if between(first, second, text) in connectors:
            later = second.values.get("month")
            first.values[name] = year - (1 if later is not None and month > later else 0)


def is_bare_season(phrase: Phrase) -> bool:
    """Whether a phrase names a season alone."""
    values = phrase.values
    return values.get("season") is not None and not {"year", "direction", "sameyear"} & set(values)


def mark_stretches(phrases: list[Phrase], text: str, settings: Mapping[str, Any]) -> None:
    """Flags the two ends of "from Monday to Thursday": `range-start` and `range-end`."""
    connectors = settings.get("connectors", [])
    openers = settings.get("range_openers", [])
    for first, second in itertools.pairwise(phrases):
        if {first.rule.action, second.rule.action} <= STRETCH_ENDS:
            words = text[max(first.start - CLOSEST, 0) : first.start].lower().split()
            opened = bool(words) and words[-1] in openers
            if opened and between(first, second, text) in connectors:
                first.flags.add("range-start")
                second.flags.add("range-end")


def order_stretch(read: list[tuple[Phrase, Reading]], phrase: Phrase, reading: Reading) -> None:
    """Puts the beginning of "from April to August" into the year before where it came out later."""
    if not read or "range-end" not in phrase.flags or reading.start is None:
        return
    first, begun = read[-1]
    if "range-start" not in first.flags or begun.start is None or begun.end is None:
        return
    if begun.start <= reading.start or begun.has_year or not begun.value[:4].isdigit():
        return
    if first.rule.action not in ("day", "month"):
        return
    earlier = dataclasses.replace(
        begun,
        value=f"{int(begun.value[:4]) - 1:04d}{begun.value[4:]}",
        start=add_months(begun.start, -12),
        end=add_months(begun.end, -12),
        reason=f"{begun.reason}; the year before, as it begins a stretch",
    )
    read[-1] = (first, earlier)


def agree(read: list[tuple[Phrase, Reading]], phrase: Phrase, reading: Reading, text: str) -> None:
    """Lets "two days earlier, on Friday" mean that Friday when it is at most three days off."""
    if not read or reading.start is None or phrase.rule.action not in ("weekday", "day"):
        return
    first, counted = read[-1]
    words = between(first, phrase, text)
    if first.rule.action not in COUNTED or counted.start is None or not words:
        return
    if counted.anchors is None or counted.anchors.unit != "D":
        return
    apart = abs((counted.start - reading.start).days)
    if words[0] in ",،(" and len(words) <= 5 and 0 < apart <= MOST_DAYS_APART:
        same = dataclasses.replace(
            counted,
            value=reading.value,
            start=reading.start,
            end=reading.end,
            reason=f"the day named beside it: {reading.reason}",
        )
        read[-1] = (first, same)
