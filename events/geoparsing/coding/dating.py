"""When an event happened: the date phrase that fits its trigger, or what the text set before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from events.geoparsing.document import Document, TimeExpression
from events.vocabulary import TimePrecision

from .kinds import LOOSE, Trigger
from .reading import Placed, Reading

OWN, CARRIED, SPEECH, REPORT = 4, 3, 2, 1
"""How well a date is known: said of the event, set before, of the statement, of the report."""
_CARRY_DAYS = 45
_CARRY_SENTENCES = 12
_SPEECH_REACH = 3
_LEAD_PARAGRAPHS = 2
_BOUND_REACH = 2
_SHORT = (TimePrecision.DAY.value, TimePrecision.WEEK.value)
_UNITS = {"D": 1, "N": 1, "W": 7}
_LONGEST_DURATION = 31
_PARTED = 12
_AFTER_REACH = 6
_SEMICOLONS = frozenset(";؛")
_LONGEST_ITEM = 1000
_HEAD_DATES = 3
_LATEST_EDITION = 2
_ITEM_MARKS = frozenset("-–—•▪◾●■*·📍🔴🔵⚫🔹🔸▶➖")


@dataclass(frozen=True, slots=True)
class When:
    """A dated event: inclusive days, the phrase and why. `quality` is OWN .. REPORT, 0 undated."""

    start: dt.date | None
    end: dt.date | None
    precision: str
    text: str
    reason: str
    quality: int


@dataclass(frozen=True, slots=True)
class Thread:
    """The date that the telling has reached, to carry on to sentences that give none.

    `lead` is that of the report's first paragraphs: a new paragraph without a date goes back to
    the newer of the two, unless it opens with "then" or the like. `item`: it was set in an item of
    a list, which dates no other item. `aside` is a day long past that a paragraph (`aside_of`)
    tells of.
    """

    when: When | None = None
    sentence: int = 0
    paragraph: int = 0
    lead: When | None = None
    item: bool = False
    aside: When | None = None
    aside_of: int = -1

    def told_in(self, paragraph: int) -> bool:
        """Whether a paragraph has set a date of its own."""
        return self.when is not None and self.paragraph == paragraph


def when_of(reading: Reading, trigger: Trigger, others: list[Trigger], thread: Thread) -> When:
    """The date of an event: its own, a duration, carried, of the statement, or the report's."""
    if (before := _before_it(reading, trigger)) is not None:
        return before
    usable = datable(reading)
    if len(others) > 1:
        usable = [
            placed
            for placed in usable
            if not _taken(reading, placed, trigger, others)
            and not (trigger.known and others_nearer(reading, placed, trigger, others))
        ]
    told = [placed for placed in usable if not _of_speech(reading, placed, trigger)]
    if told:
        return _own(_nearest(reading, told, trigger, others).item)
    if (reached := _reached(reading, trigger)) is not None:
        return reached
    carried = carry(reading, thread)
    lasting = _lasting(reading, carried)
    if lasting is not None:
        return lasting
    if usable:
        near = _nearest(reading, usable, trigger, others)
        return replace(_own(near.item), quality=SPEECH, reason="date of the statement")
    return carried or _of_report(reading.doc)


def _nearest(
    reading: Reading, told: list[Placed], trigger: Trigger, others: list[Trigger]
) -> Placed:
    if len(told) == 1:
        return told[0]
    return min(told, key=lambda placed: _cost(reading, placed, trigger, others))


def advance(reading: Reading, thread: Thread, when: When | None) -> Thread:
    """The thread after a sentence: its event's date, else a short date phrase it holds."""
    sentence = reading.sentence
    if when is None or when.quality in (CARRIED, REPORT):
        short = [p for p in datable(reading) if p.item.precision in _SHORT]
        new = [p for p in short if _recent(reading.doc, p.item)]
        past = [p for p in short if _is_past(reading.doc, p.item)]
        if not new and past and not thread.told_in(sentence.paragraph):
            return replace(thread, aside=_own(past[0].item), aside_of=sentence.paragraph)
        if not new:
            return thread
        when = _own(new[0].item)
    if when.precision not in _SHORT:
        return thread
    lead = thread.lead or (when if sentence.paragraph <= _LEAD_PARAGRAPHS else None)
    return Thread(when, sentence.index, sentence.paragraph, lead, is_item(reading))


def carry(reading: Reading, thread: Thread) -> When | None:
    """The thread's date for a sentence that gives none, if it is not too far off."""
    when, sentence = thread.when, reading.sentence
    past = thread.aside if thread.aside_of == sentence.paragraph else None
    if past is not None and not thread.told_in(sentence.paragraph):
        return replace(past, quality=CARRIED, reason=f'date carried from "{past.text}"')
    if when is None or when.start is None:
        return None
    same = thread.paragraph == sentence.paragraph
    goes_on = not reading.starts("goes_on").isdisjoint((0, 1))
    if not same and not goes_on and thread.lead is not None and thread.lead.start is not None:
        when = thread.lead if thread.lead.start > when.start else when
    if not same and thread.item and is_item(reading):
        return None
    if sentence.index - thread.sentence > (_CARRY_SENTENCES if same else _CARRY_SENTENCES // 2):
        return None
    dct, start = reading.doc.dct, when.start
    if not same and dct and start and (dct - start).days > _CARRY_DAYS:
        return None
    return replace(when, quality=CARRIED, reason=f'date carried from "{when.text}"')


def is_item(reading: Reading) -> bool:
    """Whether the sentence stands in an item of a list, which a mark or a dash opens."""
    text, start = reading.doc.text, reading.sentence.start
    line = text.rfind("\n", max(start - _LONGEST_ITEM, 0), start) + 1
    return (line > 0 or start < _LONGEST_ITEM) and text[line : line + 1] in _ITEM_MARKS


def _recent(doc: Document, time: TimeExpression) -> bool:
    if time.start_date is None or doc.dct is None:
        return time.start_date is not None
    return 0 <= (doc.dct - time.start_date).days <= _CARRY_DAYS


def _is_past(doc: Document, time: TimeExpression) -> bool:
    return doc.dct is not None and time.start_date is not None and time.start_date < doc.dct


def datable(reading: Reading) -> list[Placed]:
    """The date phrases of a sentence that name a time something can have happened at."""
    return reading.once("datable", _datable) if reading.times else []


def _datable(reading: Reading) -> list[Placed]:
    return [placed for placed in reading.times if _can_date(reading, placed)]


def _can_date(reading: Reading, placed: Placed) -> bool:
    """Whether a phrase names a time something can have happened at, and is no bound or deadline."""
    time = placed.item
    if time.kind != "point" or time.start_date is None or time.end_date is None:
        return False
    if "dateline" in time.flags:
        return False
    return not (reading.aside[placed.first] or _is_bound(reading, placed))


def _reached(reading: Reading, trigger: Trigger) -> When | None:
    """The date of what was done "by Thursday evening": the day after "by" in the event's clause."""
    dct = reading.doc.dct
    for placed in reading.times if dct is not None else ():
        time = placed.item
        if "by" not in time.flags or time.start_date is None or time.precision != "day":
            continue
        if (
            time.start_date <= dct
            and reading.clauses[placed.first] == reading.clauses[trigger.first]
        ):
            return _own(time)
    return None


def _before_it(reading: Reading, trigger: Trigger) -> When | None:
    """The day of what comes after "on Friday, two days after": so long before the Friday."""
    for placed in reading.times:
        time = placed.item
        near = 0 <= trigger.first - placed.last <= _AFTER_REACH
        if near and "after" in time.flags and time.start_date is not None:
            reason = f'"{time.text}" later came what the sentence dates'
            return When(time.start_date, time.start_date, "day", time.text, reason, OWN)
    return None


def _is_bound(reading: Reading, placed: Placed) -> bool:
    """Whether "since", "until" or the like makes the date a bound; in Turkish they come after."""
    for hit in reading.hits["bounds"]:
        if 0 <= placed.first - hit.last < _BOUND_REACH:
            return True
        if reading.grammar.cue_follows and 0 <= hit.first - placed.last <= _BOUND_REACH:
            return True
        if placed.first <= hit.first < placed.last and "/" not in placed.item.timex_value:
            return True
    return False


def _of_speech(reading: Reading, placed: Placed, trigger: Trigger) -> bool:
    """Whether the date is of the saying: a word of saying is near it, and nearer than the event."""
    reach = reading.distance(placed.first, placed.last, trigger.first, trigger.last)
    for hit in reading.hits["say"]:
        gap = max(placed.first - hit.last, hit.first - placed.last, 0)
        if gap <= _SPEECH_REACH and gap < reach:
            return True
    return False


def others_nearer(
    reading: Reading, placed: Placed, trigger: Trigger, others: list[Trigger]
) -> bool:
    """Whether another trigger of the clause stands nearer to a place or a date than words that
    point back: in "the fighting was set off by the arrest of X in Sarmada" Sarmada is not its."""
    if trigger.kind not in LOOSE:
        return False
    own = reading.distance(placed.first, placed.last, trigger.first, trigger.last)
    clause = reading.clauses[placed.first]
    return any(
        reading.distance(placed.first, placed.last, other.first, other.last) < own
        and reading.clauses[other.first] == clause
        for other in others
        if other is not trigger
    )


def _taken(reading: Reading, placed: Placed, trigger: Trigger, others: list[Trigger]) -> bool:
    """Whether the date closes the clause of another event, and this one is in another clause."""
    clause = reading.clauses[placed.first]
    if reading.clauses[trigger.first] == clause or placed.first < trigger.first:
        return False
    return any(
        trigger.last <= other.first < placed.first and reading.clauses[other.first] == clause
        for other in others
    )


def _cost(reading: Reading, placed: Placed, trigger: Trigger, others: list[Trigger]) -> int:
    own = reading.distance(placed.first, placed.last, trigger.first, trigger.last)
    nearer = any(
        reading.distance(placed.first, placed.last, other.first, other.last) < own
        for other in others
        if other is not trigger
    )
    width = (placed.item.end_date - placed.item.start_date).days
    parted = _PARTED if _is_parted(reading, placed, trigger) else 0
    return own + parted + (6 if nearer and len(reading.times) > 1 else 0) + (4 if width > 31 else 0)


def _is_parted(reading: Reading, placed: Placed, trigger: Trigger) -> bool:
    """Whether a semicolon stands between a date and an event."""
    first, last = min(placed.last, trigger.last), max(placed.first, trigger.first)
    if first > last:
        return False
    between = reading.doc.text[reading.tokens[first - 1].end : reading.tokens[last].start]
    return not _SEMICOLONS.isdisjoint(between)


def _own(time: TimeExpression) -> When:
    reason = f'date from "{time.text}"' + (f": {time.reason}" if time.reason else "")
    return When(time.start_date, time.end_date, time.precision, time.text, reason, OWN)


def _lasting(reading: Reading, carried: When | None) -> When | None:
    """ "Four days of clashes" with a start told before, or dated by the earlier step."""
    for placed in reading.times:
        time = placed.item
        if time.kind != "duration":
            continue
        if time.start_date is not None and time.end_date is not None:
            return _own(time)
        days = _days(time.timex_value)
        if carried is not None and carried.start is not None and days:
            end = carried.start + min(dt.timedelta(days=days - 1), dt.date.max - carried.start)
            limit = reading.doc.dct
            end = min(end, limit) if limit and limit >= carried.start else end
            reason = f'"{time.text}" from the day carried from "{carried.text}"'
            return When(carried.start, end, "day", time.text, reason, CARRIED)
    return None


def _days(value: str) -> int:
    """The days of a TIMEX3 duration such as P4D, 0 for none or more than a month."""
    number, unit = value[1:-1], value[-1:]
    if value[:1] != "P" or not number.isdecimal() or unit not in _UNITS or len(number) > 3:
        return 0
    days = int(number) * _UNITS[unit]
    return days if days <= _LONGEST_DURATION else 0


def _of_report(doc: Document) -> When:
    if doc.dct is None:
        return When(None, None, "day", "", "no date in the report", 0)
    for time in doc.times[:_HEAD_DATES]:
        day = time.start_date if "dateline" in time.flags else None
        if day is not None and 0 < (doc.dct - day).days <= _LATEST_EDITION:
            reason = f'no date given: the day that the report is of, "{time.text}"'
            return When(day, day, "day", time.text, reason, REPORT)
    return When(doc.dct, doc.dct, "day", "", "no date given: the report's own day", REPORT)
