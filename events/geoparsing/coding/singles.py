"""People killed whom a sentence names one by one, without a number: "a child was killed"."""

from __future__ import annotations

from collections.abc import Sequence

from events.geoparsing.document import Figures
from events.geoparsing.patterns import Hit

from .belonging import belongs, cost
from .counting import in_subset
from .numbers import Number
from .persons import one_by_one, prefixed
from .reading import Reading
from .tolls import Part

_REACH = 4
_ROW = 4


def people_killed(
    reading: Reading, kills: Sequence[Hit], cues: Sequence[Hit], numbers: Sequence[Number]
) -> list[Part]:
    """People without a number: by their articles or names, else by nouns of the lexicon."""
    found = one_by_one(reading, kills)
    if found is None:
        return _single(reading, kills, cues, numbers)
    start, end = reading.tokens[found.first].start, reading.tokens[found.last - 1].end
    text, count = reading.doc.text[start:end], found.number
    return [Part(found.kill, Figures(count, count, count, text, start, end))]


def speaks(reading: Reading, hit: Hit) -> bool:
    """Whether somebody is the source: "according to a rebel commander"."""
    cited, said = reading.ends("said_by"), reading.starts("say")
    return hit.first in cited or any(hit.last + gap in said for gap in range(2))


def _single(
    reading: Reading, kills: Sequence[Hit], cues: Sequence[Hit], numbers: Sequence[Number]
) -> list[Part]:
    """People named one by one as killed: "a child was killed", "a man and his wife"; one row of
    them for each word of killing in a clause of its own."""
    people = sorted([*reading.hits["one"], *reading.hits["person"]])
    people = [hit for hit in people if not (in_subset(reading, hit.first) or speaks(reading, hit))]
    parts: list[Part] = []
    counted, clauses = 0, set[int]()
    for place, hit in enumerate(people):
        if hit.first < counted or any(0 <= hit.first - number.last <= 1 for number in numbers):
            continue
        number, kill = Number(hit.first, hit.last, 1, 1, 1), nearest_kill(hit, kills)
        clause = reading.clauses[kill.first]
        if clause in clauses or not belongs(reading, number, cues):
            continue
        if cost(reading, number, kill) <= _REACH:
            counted, count = _and_more(reading, people[place:])
            clauses.add(clause)
            start, end = reading.tokens[hit.first].start, reading.tokens[counted - 1].end
            text = reading.doc.text[start:end]
            parts.append(Part(kill, Figures(count, count, count, text, start, end)))
    return parts


def one_elsewhere(
    reading: Reading,
    parts: Sequence[Part],
    kills: Sequence[Hit],
    cues: Sequence[Hit],
    numbers: Sequence[Number],
) -> list[Part]:
    """Somebody killed in another clause than the counted: "three died; one of the attackers was
    killed as well"."""
    counted = {reading.clauses[part.kill.first] for part in parts}
    others = [kill for kill in kills if reading.clauses[kill.first] not in counted]
    if not others:
        return []
    single = _single(reading, kills, cues, numbers)
    ones = reading.starts("one")
    return [
        p
        for p in single
        if p.kill in others and (_first_word(reading, p) in ones or _is_object(reading, p))
    ]


def _is_object(reading: Reading, part: Part) -> bool:
    """Whether who died stands right after the verb: "shot a judge"."""
    return _first_word(reading, part) == part.kill.last


def _first_word(reading: Reading, part: Part) -> int:
    start = part.figures.start
    return next(n for n, token in enumerate(reading.tokens) if token.start == start)


def _and_more(reading: Reading, people: Sequence[Hit]) -> tuple[int, int]:
    """Where a row of single people joined by "and" ends, and how many they are."""
    last, count = people[0].last, 1
    for hit in people[1:]:
        if hit.first < last:
            continue
        gap = range(last, hit.first)
        arabic = hit.first == last and prefixed(reading, hit.first)
        row = len(gap) <= _ROW and any(reading.joins(place) for place in gap)
        if not (arabic or row or _is_along(reading, people[0], hit)):
            break
        last, count = hit.last, count + 1
    return last, count


def _is_along(reading: Reading, one: Hit, other: Hit) -> bool:
    """Whether the other died "together with" the one: "the commander ... with his driver"."""
    clauses = reading.clauses
    return other.first in reading.ends("along") and clauses[one.first] == clauses[other.first]


def nearest_kill(hit: Hit | Number, kills: Sequence[Hit]) -> Hit:
    """The word of killing next to somebody or to a number."""
    if len(kills) == 1:
        return kills[0]
    return min(kills, key=lambda kill: max(kill.first - hit.last, hit.first - kill.last))
