"""Totals among the counts of a sentence: what a toll rose to, the numbers that only break a total
down, and sums of the war or of a campaign, which are of no single event."""

from __future__ import annotations

from collections.abc import Sequence

from events.geoparsing.patterns import Hit

from .counting import counts
from .numbers import Number
from .reading import Reading
from .tolls import Part

_WAR = 2000
"""So many dead are a sum of the war, not of an event."""
_CAMPAIGN = 100
_WEEKS = 14
"""Days: "since" a date no longer ago tells of one fight."""
_OPENS = 4
_MOST_PARTS = 6
_MARKS = frozenset(":(,–—،")


def is_total(reading: Reading, parts: Sequence[Part]) -> bool:
    """Whether the count sums up the war or a campaign."""
    most = max((part.figures.high for part in parts), default=0)
    if most >= _CAMPAIGN:
        return most >= _WAR or _sums_up(reading)
    vague = any(part.figures.low < part.figures.high for part in parts)
    return vague and bool(reading.hits["sums"])


def _sums_up(reading: Reading) -> bool:
    """Whether the sentence looks back over more than the last days: a word for the war or a
    "since" that no date of the last days stands beside, or an opening one with an older date."""
    ages = [(_age_beside(reading, hit), "sums") for hit in reading.hits["sums"]]
    ages += [(_age_beside(reading, hit), "since") for hit in reading.hits["background"]]
    return any(age >= _WEEKS if age is not None else group == "sums" for age, group in ages)


def _age_beside(reading: Reading, hit: Hit) -> int | None:
    """How many days before the report the date beside a word begins; None for no date."""
    dct = reading.doc.dct
    for placed in reading.times:
        beside = 0 <= placed.first - hit.last <= 1 or 0 <= hit.first - placed.last <= 1
        start = placed.item.start_date
        if beside and dct is not None and start is not None:
            return (dct - start).days
    return None


def risen_to(reading: Reading, numbers: Sequence[Number], cues: Sequence[Hit]) -> Number | None:
    """What a toll rose to, however far from the word for it: the number after the rise and a
    "to", or right before the rise where the verb comes last. Not a number of wounded."""
    rises = reading.hits["rise"]
    if not rises or not numbers:
        return None
    to, wounds = reading.ends("range"), [cue for cue in cues if counts(cue) == "wound"]
    for number in numbers:
        after = number.first in to and any(hit.first < number.first for hit in rises)
        before = reading.grammar.cue_follows and number.last in reading.starts("rise")
        if (after or before) and not any(_is_beside(cue, number) for cue in wounds):
            return number
    return None


def _is_beside(cue: Hit, number: Number) -> bool:
    return -_OPENS <= cue.first - number.last <= 1 or 0 <= number.first - cue.last <= 1


def whole_counts(reading: Reading, numbers: Sequence[Number]) -> list[Number]:
    """The numbers without those that break one before them down: "12 people: seven men, three
    women and two children". Their sum says so."""
    kept: list[Number] = []
    skip = 0
    for place, number in enumerate(numbers):
        if place < skip:
            continue
        kept = kept[: len(kept) - _parts_before(reading, kept, number)]
        kept.append(number)
        after = numbers[place + 1 : place + 1 + _MOST_PARTS]
        skip = place + 1 + _parts_of(reading, number, after)
    return kept


def _parts_before(reading: Reading, before: Sequence[Number], whole: Number) -> int:
    """How many of the numbers before a whole are its parts, told of first: "five children and two
    women, seven in all" in Turkish, where words that close the parts stand before the whole."""
    total = 0
    for count, part in enumerate(reversed(before[-_MOST_PARTS:]), 1):
        total += part.best
        if total >= whole.best:
            closed = range(before[-1].last, whole.first)
            ended = any(hit.first in closed for hit in reading.hits["subset_ends"])
            return count if total == whole.best and count > 1 and ended else 0
    return 0


def _parts_of(reading: Reading, whole: Number, after: Sequence[Number]) -> int:
    """How many of the numbers after a whole add up to it, single people among them ("three
    civilians, a woman and her two children"); 0 for none."""
    total = 0
    for place, number in enumerate(after, 1):
        total += number.best
        if total > whole.best:
            return 0
        alone = _named_between(reading, whole.last, number.first)
        if total + alone == whole.best and place + alone > 1:
            return place if _is_apposed(reading, whole, after[:place]) else 0
    return 0


def _named_between(reading: Reading, first: int, last: int) -> int:
    """How many words lie between that name a person, without the counted noun itself."""
    return len({hit.first for hit in reading.hits["person"] if first < hit.first < last})


def _is_apposed(reading: Reading, whole: Number, parts: Sequence[Number]) -> bool:
    """Whether the parts follow a mark after the whole, with no place of their own between."""
    if parts[0].first - whole.last > _OPENS + 1:
        return False
    gaps = (reading.gap(n, n + 1) for n in range(whole.last - 1, parts[0].first))
    placed = any(whole.last <= p.first < parts[-1].last for p in reading.localities)
    return not placed and any(not _MARKS.isdisjoint(gap) for gap in gaps)
