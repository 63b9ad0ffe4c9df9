"""Which numbers of a sentence count people, and which word of killing each belongs to."""

from __future__ import annotations

from events.geoparsing.patterns import Hit

from .grammar import SPLIT_REACH
from .numbers import CLITICS, Number, numbers_in
from .reading import Placed, Reading

REACH = 9
"""Words between a number and the word of killing it belongs to."""
_SUBSET_REACH = 3
_PREPOSITION = 3
_YEARS = range(1900, 2100)
_VERBS = {
    "kill": "kill", "wound": "wound", "other": "other",
    "kill_first": "kill", "wound_first": "wound", "kill_last": "kill", "wound_last": "wound",
    "toll": "kill", "split": "kill", "bodies": "kill",
    "other_first": "other", "other_last": "other",
}  # fmt: skip
"""Labels of counting words and what they count; a `_first` one stands before its number, a
`_last` one after it."""


_KILLS = frozenset(label for label, counted in _VERBS.items() if counted == "kill")


def counts(cue: Hit) -> str:
    """What a counting word counts: "kill", "wound" or "other"."""
    return _VERBS.get(cue.label, "")


def counts_dead(cue: Hit) -> bool:
    """Whether a counting word is one of killing."""
    return cue.label in _KILLS


def cues_in(reading: Reading) -> list[Hit]:
    """Words of killing, wounding and other counting, the longest where they overlap."""
    cues = sorted(reading.hits["figure"], key=lambda hit: (hit.first - hit.last, hit.first))
    taken: set[int] = set()
    kept = []
    for cue in cues:
        span = range(cue.first, cue.last)
        if cue.label == "split" and not _is_split(reading, cue):
            continue
        if taken.isdisjoint(span) and not reading.aside[cue.first]:
            taken.update(span)
            kept.append(cue)
    return sorted(kept)


def tells_of_death(reading: Reading) -> bool:
    """Whether both halves of a verb of dying stand in the sentence ("lost ... their lives"), or
    bodies are told of, which name no event of their own."""
    return any(
        hit.label == "bodies" or (hit.label == "split" and _is_split(reading, hit))
        for hit in reading.hits["figure"]
    )


def _is_split(reading: Reading, tail: Hit) -> bool:
    """Whether the first half of the verb stands before the second, with who died between."""
    head = f"{len(reading.grammar.frames) - 1}:0"
    return any(
        hit.label == head and 0 < tail.first - hit.last <= SPLIT_REACH
        for hit in reading.hits["frame"]
    )


def people_numbers(reading: Reading) -> list[Number]:
    """The numbers that can count people: no date, name, age or unit, no part of another count,
    and not those who did it ("shot by two men")."""
    numbers = numbers_in(reading)
    if not numbers:
        return []
    named: list[Placed | Hit] = [*reading.times, *reading.localities, *reading.hits["stop"]]
    named += [placed for placed in reading.actors if not placed.item.generic]
    taken = {n for placed in named for n in range(placed.first, placed.last)}
    return [
        n for n in numbers if taken.isdisjoint(range(n.first, n.last)) and _is_count(reading, n)
    ]


def _is_count(reading: Reading, number: Number) -> bool:
    if number.best in _YEARS and number.last - number.first == 1:
        return _person_follows(reading, number)
    if number.first in reading.ends("agent"):
        return False
    if _unit_follows(reading, number) or is_part(reading, number) or _is_age(reading, number):
        return False
    return number.first not in reading.starts("some_of") or counts_people(reading, number)


def _is_age(reading: Reading, number: Number) -> bool:
    """Whether the number is an age: "a girl of eleven", "a boy, 12, and his uncle"."""
    before = number.first - 1
    if before < 0:
        return False
    if "," in reading.gap(before, number.first) and number.last < len(reading.tokens):
        person = before + 1 in reading.ends("one") or before + 1 in reading.ends("person")
        return person and "," in reading.gap(number.last - 1, number.last)
    if reading.tokens[before].key not in ("of", "aged"):
        return False
    return before in reading.ends("one") or before in reading.ends("person")


def counts_people(reading: Reading, number: Number) -> bool:
    """Whether a word for people stands right after the number, or a larger number in words."""
    place = number.last
    return place in reading.starts("person") or _person_follows(reading, number)


def _person_follows(reading: Reading, number: Number) -> bool:
    return any(
        placed.first - number.last in (0, 1) and placed.item.generic for placed in reading.actors
    )


def _unit_follows(reading: Reading, number: Number) -> bool:
    """Whether the number is of kilometres, strikes or the like: "14 air strikes"."""
    units = reading.starts("unit")
    last = number.last
    if last in reading.starts("counted"):
        return False
    if last in units and _is_bare(reading, last):
        return not _is_dated(reading, last)
    if reading.grammar.verb_first:  # the noun stands right after its number, adjectives after it
        return False
    if last + 1 not in units or _is_dated(reading, last + 1):
        return False
    if "," in reading.gap(last - 1, last):
        return False  # "two in Ariha, Saraqib town ..."
    between = reading.tokens[last].key
    return len(between) > _PREPOSITION and not between.isdecimal()


def _is_bare(reading: Reading, place: int) -> bool:
    """Whether a unit stands without an Arabic clitic: "12 by a raid" counts no raids."""
    key = reading.tokens[place].key
    return key[:1] not in CLITICS or key.startswith(reading.grammar.unit_stems)


def _is_dated(reading: Reading, place: int) -> bool:
    return any(placed.first <= place < placed.last for placed in reading.times)


def is_part(reading: Reading, number: Number) -> bool:
    """Whether "including", "of them" or the like makes the number a part of another."""
    if any(0 <= hit.first - number.last <= REACH for hit in reading.hits["subset_after"]):
        return True
    return _is_of_them(reading, number) or in_subset(reading, number.first)


def in_subset(reading: Reading, place: int) -> bool:
    """Whether an "including" before the word at `place` still holds there: no word of counting
    and no end of the subset between ("aralarında bir çocuğun da bulunduğu on kişi")."""
    clauses = reading.clauses
    for hit in reading.hits["subset"]:
        gap = place - hit.last
        if not 0 <= gap <= REACH or _ends_between(reading, hit.last, place):
            continue
        if hit.first in reading.starts("one") and clauses[place] != clauses[hit.first]:
            continue  # "two officers, one of them a colonel, and four soldiers"
        verbs = reading.hits["figure"] if gap > _SUBSET_REACH else ()
        if not any(hit.last <= verb.first < place for verb in verbs):
            return True
    return False


def _ends_between(reading: Reading, first: int, last: int) -> bool:
    return any(first <= hit.first < last for hit in reading.hits["subset_ends"])


def _is_of_them(reading: Reading, number: Number) -> bool:
    """ "Three of them", but neither "killing several of them" nor "13, of them four"."""
    last = number.last
    if last not in reading.starts("part_of") or "," in reading.gap(last - 1, last):
        return False
    return not any(counts_dead(hit) and hit.last == number.first for hit in reading.hits["figure"])
