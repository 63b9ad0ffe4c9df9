"""How many were killed, in a sentence: the numbers that belong to words of killing.

Numbers of wounded, of displaced, of vehicles, and those for "killed and wounded" together are not
fatalities. Several counts of the killed in one sentence add up ("three men and two children"); what
follows "including" is part of what stands before. Nothing is inferred.
"""

from __future__ import annotations

from typing import NamedTuple

from ..document import Figures
from ..patterns import Hit
from .numbers import Number, numbers_in
from .reading import Reading

_REACH = 9
"""Words between a number and the word of killing it belongs to."""
_WAR = 2000
"""So many dead are a sum of the war, not of an event."""
_COMMA = 2
_SUBSET_REACH = 3
_UNIT_REACH = 2
_VERBS = frozenset({"kill", "wound", "other"})
_YEARS = range(1900, 2100)


class Count(NamedTuple):
    """The killed of a sentence; `rise` marks a later, higher toll, `total` a sum of the war."""

    figures: Figures | None
    rise: bool = False
    total: bool = False


def killed_in(reading: Reading) -> Count:
    """The count of the killed that a sentence states, if any."""
    cues = _cues(reading)
    kills = [cue for cue in cues if cue.label == "kill"]
    if not kills:
        return Count(None)
    numbers = [number for number in numbers_in(reading) if _counts_people(reading, number)]
    own = [number for number in numbers if _belongs(reading, number, cues)]
    joint = _joint(reading, kills, cues)
    own = [number for number in own if not _is_joint(reading, number, joint, cues)]
    rise = bool(reading.of("rise"))
    if own:
        return Count(_sum(reading, own, kills, rise), rise, own[0].best >= _WAR)
    return Count(_single(reading, kills, cues, numbers) if not joint else None)


def _cues(reading: Reading) -> list[Hit]:
    """Words of killing, wounding and other counting, the longest where they overlap."""
    cues = sorted(
        (hit for hit in reading.of("figure") if hit.label in _VERBS),
        key=lambda hit: (hit.first - hit.last, hit.first),
    )
    taken: set[int] = set()
    kept = []
    for cue in cues:
        if not taken.intersection(range(cue.first, cue.last)) and not reading.aside[cue.first]:
            taken.update(range(cue.first, cue.last))
            kept.append(cue)
    return sorted(kept)


def _counts_people(reading: Reading, number: Number) -> bool:
    """Whether a number can count the dead: no date, no name, no unit, no part of another count."""
    named = [*reading.times, *reading.localities]
    named += [placed for placed in reading.actors if not placed.item.generic]
    if any(placed.first < number.last and number.first < placed.last for placed in named):
        return False
    if number.best in _YEARS and number.last - number.first == 1:
        return _person_follows(reading, number)
    return not (_unit_follows(reading, number) or _is_part(reading, number))


def _person_follows(reading: Reading, number: Number) -> bool:
    return any(
        placed.first - number.last in (0, 1) and placed.item.generic for placed in reading.actors
    )


def _unit_follows(reading: Reading, number: Number) -> bool:
    return any(
        hit.label == "unit" and 0 <= hit.first - number.last < _UNIT_REACH
        and not _number_between(reading, number.last, hit.first)
        for hit in reading.of("figure")
    )  # fmt: skip


def _number_between(reading: Reading, low: int, high: int) -> bool:
    return any(reading.tokens[place].key.isdecimal() for place in range(low, high))


def _is_part(reading: Reading, number: Number) -> bool:
    """Whether "including", "among them" or the like opens the group the number stands in."""
    for hit in reading.of("subset"):
        gap = number.first - hit.last
        if 0 <= gap <= _SUBSET_REACH:
            return True
        verbs = (h for h in reading.of("figure") if h.label in _VERBS)
        if 0 <= gap <= _REACH and not any(hit.last <= h.first < number.first for h in verbs):
            return True
    return False


def _belongs(reading: Reading, number: Number, cues: list[Hit]) -> bool:
    near = [(_cost(reading, number, cue), cue.label != "kill", cue) for cue in cues]
    best = min(near, default=None)
    return best is not None and best[0] <= _REACH and best[2].label == "kill"


def _cost(reading: Reading, number: Number, cue: Hit) -> int:
    """Words between a number and a cue, a clause boundary counting for two."""
    gap = max(cue.first - number.last, number.first - cue.last, 0)
    clauses = reading.clauses
    return gap + _COMMA * abs(clauses[number.first] - clauses[cue.first])


def _joint(reading: Reading, kills: list[Hit], cues: list[Hit]) -> list[tuple[Hit, Hit]]:
    """The pairs "killed and wounded": a cue of wounding right beside one of killing."""
    pairs = []
    for kill in kills:
        for cue in cues:
            if cue.label != "wound":
                continue
            gap = max(cue.first - kill.last, kill.first - cue.last, 0)
            low, high = min(kill.last, cue.last), max(kill.first, cue.first)
            if gap <= 1 and not reading.doc.text[
                reading.tokens[low - 1].end : reading.tokens[high].start
            ].count(","):
                pairs.append((kill, cue))
    return pairs


def _is_joint(
    reading: Reading, number: Number, joint: list[tuple[Hit, Hit]], cues: list[Hit]
) -> bool:
    """Whether a number stands for both killed and wounded: outside the pair, and nearest to it."""
    for kill, wound in joint:
        low, high = min(kill.first, wound.first), max(kill.last, wound.last)
        if not low <= number.first < high:
            nearest = min(cues, key=lambda cue: _cost(reading, number, cue))
            if nearest in (kill, wound):
                return True
    return False


def _sum(reading: Reading, own: list[Number], kills: list[Hit], rise: bool) -> Figures:
    """The counts added up; of a toll that rose only the highest is the new one."""
    if rise:
        own = [max(own, key=lambda number: number.best)]
    first = min(number.first for number in own)
    last = max(number.last for number in own)
    extra = 0 if rise else len(_people(reading, own, kills))
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    return Figures(
        low=sum(number.low for number in own) + extra,
        best=sum(number.best for number in own) + extra,
        high=sum(number.high for number in own) + extra,
        text=reading.doc.text[start:end],
        start=start,
        end=end,
    )


def _people(reading: Reading, own: list[Number], kills: list[Hit]) -> list[Hit]:
    """Single people counted beside numbers: "a woman and two children"."""
    low = min(min(number.first for number in own), min(kill.first for kill in kills))
    high = max(max(number.last for number in own), max(kill.last for kill in kills))
    return [
        hit
        for hit in reading.of("figure")
        if hit.label == "one" and low <= hit.first < high + 4 and not _in_subset(reading, hit)
    ]


def _in_subset(reading: Reading, hit: Hit) -> bool:
    return any(0 <= hit.first - part.last <= _REACH for part in reading.of("subset"))


def _single(
    reading: Reading, kills: list[Hit], cues: list[Hit], numbers: list[Number]
) -> Figures | None:
    """One person named as killed: "a child was killed", "killing its leader"."""
    for hit in reading.of("figure"):
        if hit.label not in ("one", "person") or _in_subset(reading, hit):
            continue
        if any(0 <= hit.first - number.last <= 1 for number in numbers):
            continue
        number = Number(hit.first, hit.last, 1, 1, 1)
        if _belongs(reading, number, cues) and _cost(reading, number, _near(hit, kills)) <= 4:
            start, end = reading.tokens[hit.first].start, reading.tokens[hit.last - 1].end
            return Figures(1, 1, 1, reading.doc.text[start:end], start, end)
    return None


def _near(hit: Hit, kills: list[Hit]) -> Hit:
    return min(kills, key=lambda kill: abs(kill.first - hit.first))


def share(figures: Figures, parts: int, place: int) -> Figures:
    """One of `parts` shares of a total over several places; the remainder goes to the first."""

    def part(value: int) -> int:
        return value // parts + (value % parts if place == 0 else 0)

    return Figures(
        part(figures.low), part(figures.best), part(figures.high),
        figures.text, figures.start, figures.end,
    )  # fmt: skip
