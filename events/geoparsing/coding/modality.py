"""In which mode an event is spoken of, and whether it is asserted, denied or doubted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from events.geoparsing.document import TimeExpression
from events.geoparsing.patterns import Hit

from .kinds import Trigger
from .reading import Placed, Reading

_REACH = 9
"""Words between a cue and what it governs, a clause boundary counting for three."""
_AFTER = 3
_BLAME_REACH = 2
_PROTESTS = frozenset({"peaceful_protest", "protest_with_intervention", "excessive_force"})
_NEGATION_REACH = 4
_DENIAL_REACH = 14
_TOLL_REACH = 4
_WEEKS = 14
_LONG_AGO = dt.timedelta(days=730)
_PRESENT = 300
"""An event of a whole past year that ended so many days ago is background."""


class Mode(NamedTuple):
    """Modality and Stance values; `reason` says in plain words what decided, "" for neither."""

    modality: str
    stance: str
    reason: str


def mode_of(reading: Reading, trigger: Trigger, others: list[Trigger]) -> Mode | None:
    """The mode of an event; None for what is no single event (a habit, something that was not)."""
    if _is_habit(reading, trigger) or _negated(reading, trigger) or _is_blame(reading, trigger):
        return None
    if trigger.weak and may_rise(reading, trigger.first, trigger.last):
        return None  # "the death toll is expected to rise"
    modality, why = "happened", ""
    cue = _cue(reading, trigger, reading.hits["modality"], _REACH, others)
    if cue is not None:
        modality, why = cue.label, f'{cue.label}: "{reading.text(cue.first, cue.last)}"'
    stance, doubt = _stance(reading, trigger)
    return Mode(modality, stance, "; ".join(part for part in (why, doubt) if part))


def is_background(reading: Reading, trigger: Trigger) -> bool:
    """Whether a trigger sums up the war ("since 2011") instead of telling news.

    A date that only tells of something named by the way ("..., a town that had been in rebel hands
    since 2013") leaves what stands before it news.
    """
    return any(_governs(reading, since, trigger) for since in reading.once("old", _old_ones))


def _old_ones(reading: Reading) -> list[Hit]:
    """The words "since" before a date long past."""
    if not reading.times:
        return []
    return [
        hit
        for hit in reading.hits["background"]
        if any(
            hit.first <= placed.first <= hit.last + 1 and _is_old(reading, placed.item)
            for placed in reading.times
        )
    ]


def _governs(reading: Reading, since: Hit, trigger: Trigger) -> bool:
    if since.first < trigger.last:
        return True
    opened = (hit.first for hit in reading.hits["clause"])
    return not any(trigger.last <= first < since.first for first in opened)


def is_summary(reading: Reading, trigger: Trigger) -> bool:
    """Whether a trigger sums up the weeks "since late April" in a sentence that names no other
    time; "the first since April" is news, and so is what stands before "a town besieged since
    March"."""
    if not reading.times or not reading.hits["since"] or reading.hits["firsts"]:
        return False
    return any(_governs(reading, since, trigger) for since in reading.once("long", _long_ones))


def _long_ones(reading: Reading) -> list[Hit]:
    """The words "since" before a date weeks ago, if the sentence names no other time."""
    long = [placed for placed in reading.times if _is_long_span(reading, placed)]
    if any(p.item.kind == "point" and p not in long for p in reading.times):
        return []
    return [hit for hit in reading.hits["since"] for p in long if _is_beside(reading, hit, p)]


def _is_long_span(reading: Reading, placed: Placed) -> bool:
    """Whether a stretch of weeks began with the date."""
    time, dct = placed.item, reading.doc.dct
    if time.kind != "point" or time.start_date is None or dct is None:
        return False
    return (dct - time.start_date).days >= _WEEKS and _is_since(reading, placed)


def _is_since(reading: Reading, placed: Placed) -> bool:
    """Whether "since" stands before the date, in Turkish after it."""
    return any(_is_beside(reading, hit, placed) for hit in reading.hits["since"])


def _is_beside(reading: Reading, since: Hit, placed: Placed) -> bool:
    if reading.grammar.cue_follows:
        return 0 <= since.first - placed.last <= 1
    return since.first <= placed.first <= since.last + 1


def is_long_ago(start: dt.date, end: dt.date, dct: dt.date | None, precision: str) -> bool:
    """Whether an event of `start..end` is history to a report of `dct`."""
    if dct is None:
        return False
    age = dct - end
    return age > _LONG_AGO or (precision == "year" and age.days > _PRESENT)


def _is_old(reading: Reading, time: TimeExpression) -> bool:
    dct = reading.doc.dct
    return time.start_date is not None and (
        time.precision == "year" or (dct is not None and (dct - time.start_date) > _LONG_AGO / 2)
    )


def _cue(
    reading: Reading, trigger: Trigger, cues: Sequence[Hit], reach: int, others: list[Trigger]
) -> Hit | None:
    """The cue that governs the trigger: near it on the language's side, no other event between."""
    for cue in cues:
        if trigger.first <= cue.first < trigger.last:  # the ending of the word itself
            return cue
        if any(hit.first <= cue.first < hit.last for hit in reading.hits["trigger"]):
            continue  # the ending of another such word
        if may_rise(reading, cue.first, cue.last) or _closes_count(reading, cue):
            continue
        before = cue.last <= trigger.first
        if not before and trigger.kind in _PROTESTS and not reading.grammar.cue_follows:
            continue  # what protesters demand
        far = reach if before != reading.grammar.cue_follows else _AFTER
        gap = reading.distance(trigger.first, trigger.last, cue.first, cue.last)
        if gap <= far and not _parted(trigger, cue, others):
            return cue
    return None


def may_rise(reading: Reading, first: int, last: int) -> bool:
    """Whether the words are of a toll that may rise still, which leaves the event as it is."""
    return any(
        first - _TOLL_REACH <= hit.last and hit.first <= last + _TOLL_REACH
        for hit in reading.hits["rising"]
    )


def _closes_count(reading: Reading, cue: Hit) -> bool:
    """Whether the words end a count of people: Turkish "ikisi çocuk olmak üzere 7 kişi öldü"."""
    return any(hit.first <= cue.first < hit.last for hit in reading.hits["subset_ends"])


def _is_habit(reading: Reading, trigger: Trigger) -> bool:
    """Whether the clause speaks of what happens again and again."""
    return any(
        reading.distance(trigger.first, trigger.last, hit.first, hit.last) <= _REACH
        and reading.clauses[hit.first] == reading.clauses[trigger.first]
        for hit in reading.hits["habitual"]
    )


def _is_blame(reading: Reading, trigger: Trigger) -> bool:
    """Whether the trigger is what somebody is responsible for: "claimed responsibility for the
    attack" tells of nothing new."""
    for hit in reading.hits["blame"]:
        after = trigger.first - hit.last
        if reading.grammar.cue_follows:
            after = hit.first - trigger.last
        if 0 <= after <= _BLAME_REACH:
            return True
    return False


def _parted(trigger: Trigger, cue: Hit, others: list[Trigger]) -> bool:
    low, high = min(trigger.last, cue.last), max(trigger.first, cue.first)
    return any(low <= other.first < high for other in others if other is not trigger)


def _negated(reading: Reading, trigger: Trigger) -> bool:
    """Whether a "not" or "no" stands right beside the trigger, in the same clause."""
    deaths = reading.starts("figure") if reading.hits["negation_after"] else ()
    for hit in reading.hits["negation_after"]:
        if hit.first in deaths and hit.first >= trigger.last:
            continue  # "could not be saved" tells of a death
        same = reading.clauses[hit.first] == reading.clauses[trigger.first]
        if same and 0 <= hit.first - trigger.last <= _REACH:
            return True
    for hit in reading.hits["negation"]:
        before = hit.last <= trigger.first
        gap = trigger.first - hit.last if before else hit.first - trigger.last
        near = gap <= (_NEGATION_REACH if before != reading.grammar.cue_follows else 0)
        place = min(hit.first, trigger.first), max(hit.first, trigger.first)
        if gap >= 0 and near and reading.clauses[place[0]] == reading.clauses[place[1]]:
            return True
    return False


def _stance(reading: Reading, trigger: Trigger) -> tuple[str, str]:
    for cue in reading.hits["stance"]:
        gap = reading.distance(trigger.first, trigger.last, cue.first, cue.last)
        if gap <= _DENIAL_REACH:
            return cue.label, f'{cue.label}: "{reading.text(cue.first, cue.last)}"'
    return "asserts", ""
