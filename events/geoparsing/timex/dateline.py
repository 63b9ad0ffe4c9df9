"""The report's own day, inferred from its text when nobody gives it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from events.geoparsing.timex.absolute import pick
from events.geoparsing.timex.agreement import given_year
from events.geoparsing.timex.calendar import safe_date
from events.geoparsing.timex.reading import is_history
from events.geoparsing.timex.scanning import Phrase

HEAD = 240
MARKS_AFTER = frozenset("-–—:|(/")
SHORT_REST = 25


def infer_dct(
    phrases: list[Phrase], text: str, settings: Mapping[str, Any]
) -> tuple[dt.date | None, str]:
    """The day a report was written and why, or (None, "").

    A full date in the dateline or after "published"; else the latest day and month whose weekday
    is given ("Saturday 21 July"), in the latest plausible year in which they agree.
    """
    for phrase in phrases:
        if (date := full_date(phrase)) and stands_as_dateline(phrase, text, settings):
            return date, f"from the dateline {text[phrase.start : phrase.end]!r}"
    if is_history(phrases, None):
        return None, ""
    return from_weekdays(phrases, text, settings)


def mark_dateline(phrases: list[Phrase], text: str, settings: Mapping[str, Any]) -> None:
    """Flags the date in the report's dateline: it dates the report, not what happened."""
    for phrase in phrases:
        if phrase.start > HEAD:
            return
        if phrase.rule.action in ("day", "numeric") and stands_as_dateline(phrase, text, settings):
            phrase.flags.add("dateline")
            return


def full_date(phrase: Phrase) -> dt.date | None:
    """The date of a phrase that gives day, month and year."""
    if phrase.rule.action == "numeric":
        return safe_date(*phrase.values["numdate"])
    year = phrase.values.get("year")
    day = pick(phrase.values, "day", "nth", "ordinal")
    month = pick(phrase.values, "month", "monthweak")
    if phrase.rule.action != "day" or year is None or day is None or month is None:
        return None
    return safe_date(year, month, day)


def stands_as_dateline(phrase: Phrase, text: str, settings: Mapping[str, Any]) -> bool:
    """Whether a date stands alone on its line, opens the report before a dash, or is announced."""
    line = text.rfind("\n", max(phrase.start - 200, 0), phrase.start) + 1
    if phrase.start - line >= 200:
        return False
    before = text[line if line else max(phrase.start - 60, 0) : phrase.start].strip().lower()
    rest = text[phrase.end : phrase.end + 40]
    after = rest.split("\n")[0].strip()
    announced = any(word in before for word in settings.get("dateline", {}).get("announced", []))
    if announced and len(before) < 60:
        return True
    alone = len(before) <= 40 and not before.endswith(tuple(_prepositions(settings)))
    after = after.removeprefix(")").lstrip() if "(" in before else after
    ends = not after or after[0] in MARKS_AFTER or ("\n" in rest and len(after) <= SHORT_REST)
    return phrase.start <= HEAD and alone and ends


def _prepositions(settings: Mapping[str, Any]) -> list[str]:
    return [f" {word}" for word in settings.get("dateline", {}).get("prepositions", [])] or ["\0"]


def from_weekdays(
    phrases: list[Phrase], text: str, settings: Mapping[str, Any]
) -> tuple[dt.date | None, str]:
    """The latest date that a weekday with a day and a month gives, and why that year."""
    limits = settings.get("dateline", {}).get("plausible_years", [2011, 2026])
    named = [y for p in phrases if (y := given_year(p)) and limits[0] <= y <= limits[1]]
    first = max(named, default=limits[0])
    found = []
    for phrase in phrases:
        if phrase.rule.action == "day" and phrase.values.get("year") is None:
            found += _agreeing(phrase, range(first, limits[1] + 1))
    if not found:
        return None, ""
    date, phrase = max(found, key=lambda pair: pair[0])
    quote = text[phrase.start : phrase.end]
    return date, f"{quote!r} falls on that weekday in {date.year}, the latest plausible year"


def _agreeing(phrase: Phrase, years: range) -> list[tuple[dt.date, Phrase]]:
    """The latest date of a phrase that falls on its weekday, as a list of none or one."""
    values = phrase.values
    day, month = pick(values, "day", "nth", "ordinal"), pick(values, "month", "monthweak")
    if day is None or month is None or values.get("weekday") is None:
        return []
    dates = [safe_date(year, month, day) for year in years]
    fitting = [d for d in dates if d is not None and d.isoweekday() == values["weekday"]]
    return [(max(fitting), phrase)] if fitting else []
