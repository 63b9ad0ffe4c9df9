"""From phrases to time expressions: choosing the mode and walking the report in its order."""

from __future__ import annotations

import datetime as dt

from events.geoparsing.document import TimeExpression
from events.geoparsing.timex.agreement import agree, given_year, order_stretch
from events.geoparsing.timex.calendar import Period, add_days, year_period
from events.geoparsing.timex.context import Context, Reading
from events.geoparsing.timex.resolution import resolve
from events.geoparsing.timex.scanning import Phrase

ANCHOR_UNITS = frozenset({"D", "W", "WE", "M", "Q", "S", "H", "Y"})
CALENDAR_ACTIONS = frozenset({"day", "month", "numeric", "year", "range", "years"})
STEPPED = frozenset({"day", "month", "weekday", "year", "holiday"})
FAR_YEARS = 2
STRAY_AMONG = 4
LONGEST_STRETCH = 1500
BEFORE_THE_STORY = 366
LATEST_EDITION = 2


def is_deictic(phrase: Phrase) -> bool:
    """Whether a phrase is counted from the day somebody writes, as news does."""
    action, values = phrase.rule.action, phrase.values
    if "base" in values:
        return False
    if action in ("relday", "deictic", "shift") or values.get("ref") == "PRESENT_REF":
        return True
    return "direction" in values and action in STEPPED


def is_history(phrases: list[Phrase], dct: dt.date | None) -> bool:
    """Whether a text is told by its own dates rather than from the day of the report.

    Without a report's day it is when its own dates outweigh words like "today" and "last week" and
    mostly follow a year that the text names. With one, when moreover most years are far from it,
    or all are and nothing is counted from the report, or it opens with one that is far and goes on
    with dates that name none.
    """
    years = [year for phrase in phrases if (year := given_year(phrase)) is not None]
    deictic = sum(map(is_deictic, phrases))
    if dct is None:
        first = next((i for i, p in enumerate(phrases) if given_year(p) is not None), len(phrases))
        dated = [i for i, p in enumerate(phrases) if p.rule.action in CALENDAR_ACTIONS]
        after = sum(i >= first for i in dated)
        return bool(years) and len(dated) > 2 * deictic and 2 * after > len(dated)
    far = sum(is_far(year, dct) for year in years)
    stray = deictic + sum(phrase.rule.action == "weekday" for phrase in phrases)
    if far >= 2 and far > len(years) - far:
        yearless = dates_without_year(phrases, dct)
        if yearless >= 2 and STRAY_AMONG * stray <= yearless + far:
            return True
    return far >= 3 and far > 2 * stray and far > len(years) - far


def is_far(year: int, dct: dt.date) -> bool:
    """Whether a year is none that a report of that day would leave out."""
    return abs(year - dct.year) >= FAR_YEARS


def dates_without_year(phrases: list[Phrase], dct: dt.date) -> int:
    """How many dates of a text name no year; 0 unless its first one names one that is far."""
    told = [p for p in phrases if p.rule.action in CALENDAR_ACTIONS or is_deictic(p)]
    first = given_year(told[0]) if told else None
    if first is None or not is_far(first, dct):
        return 0
    return sum(p.rule.action in CALENDAR_ACTIONS and given_year(p) is None for p in told)


def first_anchor(phrases: list[Phrase]) -> Period | None:
    """The first year that a history names, for the dates that stand before it."""
    years = (year for phrase in phrases if (year := given_year(phrase)) is not None)
    first = next((year for year in years if 1 <= year <= 9998), None)
    return year_period(first) if first else None


def read(phrases: list[Phrase], text: str, dct: dt.date | None) -> list[TimeExpression]:
    """The time expressions of a report, each read against what stands before it."""
    ctx = Context(dct=dct, narrative=is_history(phrases, dct))
    if ctx.narrative and (anchor := first_anchor(phrases)):
        ctx.anchor, ctx.anchor_age = anchor, 0
    sentence = 0
    found: list[tuple[Phrase, Reading]] = []
    for phrase in phrases:
        ctx.anchor_age += phrase.sentence - sentence
        ctx.bc_age += phrase.sentence - sentence
        sentence, ctx.tense, ctx.opens = phrase.sentence, phrase.tense, phrase.opens
        return_to_story(phrase, ctx)
        reading = resolve(phrase.rule, phrase.values, ctx)
        if reading is not None:
            agree(found, phrase, reading, text)
            order_stretch(found, phrase, reading)
            found.append((phrase, reading))
            if "dateline" in phrase.flags:
                write_on(reading, ctx)
            if not looks_back(phrase, reading, ctx):
                lean_on(reading, ctx)
                ctx.paragraph = phrase.paragraph
    return [expression(phrase, reading, text) for phrase, reading in found]


def looks_back(phrase: Phrase, reading: Reading, ctx: Context) -> bool:
    """Whether a phrase steps out of the story: after "two days earlier" it goes on where it was.

    So does a quarter that is only compared ("a year ago"), the day a quarter ended on, and a
    heading of a history that names no year ("The last summer").
    """
    values = phrase.values
    if phrase.heading and ctx.narrative and not reading.has_year:
        return True
    if "bounds" in values and ctx.anchor is not None and ctx.anchor_age == 0:
        return ctx.anchor.unit in values["bounds"].split()
    if (
        phrase.rule.action == "shift"
        and reading.anchors is not None
        and reading.anchors.unit == "Q"
    ):
        return True
    if phrase.rule.action == "anaphor":
        return values.get("step", 0) < 0
    return values.get("base") == "anchor" and values.get("sign") == -1


def write_on(reading: Reading, ctx: Context) -> None:
    """Counts from the day that a report's own dateline names, published a day or two later."""
    day = reading.start if reading.start == reading.end else None
    if ctx.dct is not None and day is not None and 0 < (ctx.dct - day).days <= LATEST_EDITION:
        ctx.dct = day


def return_to_story(phrase: Phrase, ctx: Context) -> None:
    """Goes back to where a history was when a paragraph has told of years before it began."""
    main, anchor = ctx.main, ctx.anchor
    if main is None or anchor is None or phrase.paragraph == ctx.paragraph:
        return
    if anchor.end < add_days(main.start, -BEFORE_THE_STORY):
        ctx.anchor = ctx.story or main
        ctx.day_anchor = ctx.anchor.end if ctx.anchor.unit == "D" else None


def expression(phrase: Phrase, reading: Reading, text: str) -> TimeExpression:
    """The contract's record of a phrase and its reading; at the calendar's end they may cross."""
    start, end = reading.start, reading.end
    if start is not None and end is not None and end < start:
        end = start
    return TimeExpression(
        start=phrase.start,
        end=phrase.end,
        text=text[phrase.start : phrase.end],
        timex_type=reading.timex_type,
        timex_value=reading.value,
        start_date=start,
        end_date=end,
        precision=reading.precision,
        reason=reading.reason,
        kind=reading.kind,
        flags=reading.flags + tuple(sorted(phrase.flags)),
    )


def lean_on(reading: Reading, ctx: Context) -> None:
    """Makes a reading the date last mentioned, where later phrases may lean on it."""
    period = reading.anchors
    if period is None or period.unit not in ANCHOR_UNITS:
        return
    if ctx.main is not None and period.start >= ctx.main.start:
        ctx.story = period
    if reading.has_year:
        ctx.bc = None
    before = ctx.anchor
    if reading.has_year and before is not None and ctx.anchor_has_year and ctx.anchor_age == 0:
        near = 0 < (period.start - before.start).days <= LONGEST_STRETCH
        ctx.stretch = (before, period) if near else None
        if near and ctx.main is None and ctx.narrative:
            ctx.main = before
    ctx.anchor, ctx.anchor_age = period, 0
    ctx.anchor_has_year = reading.has_year or (
        ctx.anchor_has_year and reading.reason.find("carried on") >= 0
    )
    if period.unit == "D":
        ctx.first_day = ctx.first_day or period.end
        ctx.day_anchor = period.end
