"""How many were killed, in a sentence: the numbers that belong to words of killing.

Numbers of wounded, of displaced, of vehicles, and those for "killed and wounded" together are not
fatalities. Several counts of the killed in one sentence add up ("three men and two children"); what
follows "including" is part of what stands before. Nothing is inferred.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import NamedTuple

from events.geoparsing.document import Figures
from events.geoparsing.patterns import Hit

from .numbers import Number, numbers_in
from .persons import one_by_one, one_more
from .reading import Placed, Reading

_REACH = 9
"""Words between a number and the word of killing it belongs to."""
_WAR = 2000
"""So many dead are a sum of the war, not of an event."""
_CAMPAIGN = 100
_COMMA = 2
_SINGLE_REACH = 4
_SUBSET_REACH = 3
_PREPOSITION = 3
_VERBS = {
    "kill": "kill", "wound": "wound", "other": "other",
    "kill_first": "kill", "wound_first": "wound", "kill_last": "kill", "wound_last": "wound",
    "toll": "kill",
}  # fmt: skip
"""Labels of counting words and what they count; a `_first` one stands before its number, a
`_last` one after it."""
_WRONG_SIDE = 4
_APPOSITION = 5
_LISTED = 4
_YEARS = range(1900, 2100)


class Part(NamedTuple):
    """The killed that one word of killing counts; `least` where it was "at least" so many,
    `again` where another speaker counts the same dead."""

    kill: Hit
    figures: Figures
    least: bool = False
    again: bool = False


class Count(NamedTuple):
    """The killed of a sentence; `rise` marks a later, higher toll, `total` a sum of the war."""

    parts: tuple[Part, ...] = ()
    rise: bool = False
    total: bool = False


def killed_in(reading: Reading) -> Count:
    """The counts of the killed that a sentence states, if any."""
    cues = _cues(reading)
    kills = [cue for cue in cues if _counts(cue) == "kill"]
    if not kills:
        return Count()
    numbers = [number for number in numbers_in(reading) if _counts_people(reading, number)]
    joint = _joint(reading, kills, cues)
    own = [
        number
        for number in numbers
        if _belongs(reading, number, cues) and not _is_joint(reading, number, joint, cues)
    ]
    own = _with_joined(reading, own, numbers, cues)
    rise = bool(reading.of("rise"))
    parts = [part for kill in kills for part in _part(reading, kill, own, kills, rise)]
    parts = _told_again(reading, parts)
    if not parts and not joint:
        parts = _people_killed(reading, kills, cues, numbers)
    return Count(tuple(parts), rise and bool(own), _is_total(reading, parts))


def _is_total(reading: Reading, parts: list[Part]) -> bool:
    """Whether the count sums up the war or a campaign."""
    most = max((part.figures.high for part in parts), default=0)
    if most >= _CAMPAIGN:
        return most >= _WAR or bool(reading.of("sums") or reading.of("background"))
    return any(part.figures.low < part.figures.high for part in parts) and bool(reading.of("sums"))


def _part(
    reading: Reading, kill: Hit, own: list[Number], kills: list[Hit], rise: bool
) -> list[Part]:
    """What one word of killing counts: its nearest number and those joined by an "and"."""
    mine = [number for number in own if _near(number, kills) == kill]
    if not mine:
        return []
    several = [number for number in mine if number.best > 1] or mine  # "bir": one, and "a"
    nearest = min(several, key=lambda number: _cost(reading, number, kill))
    joined = [n for n in mine if n is nearest or _is_joined(reading, nearest, n, kill)]
    least = any(hit.last == nearest.first for hit in reading.of("at_least"))
    return [Part(kill, _sum(reading, joined, kill, rise), least)]


def _with_joined(
    reading: Reading, own: list[Number], numbers: list[Number], cues: list[Hit]
) -> list[Number]:
    """Also the first of "six soldiers and nine fighters of the party died"."""
    more = []
    for number in numbers:
        follows = (o for o in own if 0 < o.first - number.last <= _LISTED)
        listed = number not in own and any(reading.joins(o.first - 1) for o in follows)
        if listed and not any(number.first <= c.first <= number.last + _LISTED for c in cues):
            more.append(number)
    return sorted([*own, *more])


def _told_again(reading: Reading, parts: list[Part]) -> list[Part]:
    """The parts, marked where another speaker's count follows: "..., rescuers speak of 28 dead"."""
    told = parts[:1]
    for before, part in itertools.pairwise(parts):
        low, high = sorted((before.kill.first, part.kill.first))
        apart = reading.clauses[low] != reading.clauses[high]
        says = any(low < hit.first < high for hit in reading.of("say"))
        told.append(part._replace(again=apart and says))
    return told


def _people_killed(
    reading: Reading, kills: list[Hit], cues: list[Hit], numbers: list[Number]
) -> list[Part]:
    """People without a number: by their articles or names, else by nouns of the lexicon."""
    found = one_by_one(reading, kills)
    if found is None:
        return _single(reading, kills, cues, numbers)
    start, end = reading.tokens[found.first].start, reading.tokens[found.last - 1].end
    text, count = reading.doc.text[start:end], found.number
    return [Part(found.kill, Figures(count, count, count, text, start, end))]


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


def counts_dead(cue: Hit) -> bool:
    """Whether a counting word is one of killing."""
    return _VERBS.get(cue.label) == "kill"


def _counts(cue: Hit) -> str:
    return _VERBS[cue.label]


def _counts_people(reading: Reading, number: Number) -> bool:
    """Whether a number can count the dead: no date, no name, no unit, no part of another count."""
    named: list[Placed | Hit] = [*reading.times, *reading.localities]
    named += [placed for placed in reading.actors if not placed.item.generic]
    named += reading.of("stop")
    if any(placed.first < number.last and number.first < placed.last for placed in named):
        return False
    if number.best in _YEARS and number.last - number.first == 1:
        return _person_follows(reading, number)
    return not (
        _unit_follows(reading, number) or _is_part(reading, number) or _is_age(reading, number)
    )


def _is_age(reading: Reading, number: Number) -> bool:
    """Whether the number is an age: "a girl of eleven"."""
    before = number.first - 1
    return any(hit.label == "one" and hit.last == before for hit in reading.of("figure")) and (
        reading.tokens[before].key in ("of", "aged")
    )


def _person_follows(reading: Reading, number: Number) -> bool:
    return any(
        placed.first - number.last in (0, 1) and placed.item.generic for placed in reading.actors
    )


def _unit_follows(reading: Reading, number: Number) -> bool:
    """Whether the number is of kilometres, strikes or the like: "14 air strikes"."""
    return any(
        hit.label == "unit" and _is_beside(reading, number.last, hit.first)
        for hit in reading.of("figure")
        if not any(placed.first <= hit.first < placed.last for placed in reading.times)
    )


def _is_beside(reading: Reading, low: int, high: int) -> bool:
    """Whether nothing, or one word longer than a preposition, stands between two words."""
    if high - low != 1:
        return high == low
    between = reading.tokens[low].key
    return len(between) > _PREPOSITION and not between.isdecimal()


def _is_part(reading: Reading, number: Number) -> bool:
    """Whether "including", "among them" or the like opens the group the number stands in."""
    for hit in reading.of("subset_after"):
        if 0 <= hit.first - number.last <= _REACH:
            return True
    for hit in reading.of("subset"):
        gap = number.first - hit.last
        if hit.first == number.last and _killed_before(reading, number):
            continue
        if 0 <= gap <= _SUBSET_REACH or hit.first == number.last:
            return True
        verbs = (h for h in reading.of("figure") if h.label in _VERBS)
        if 0 <= gap <= _REACH and not any(hit.last <= h.first < number.first for h in verbs):
            return True
    return False


def _killed_before(reading: Reading, number: Number) -> bool:
    """Whether a word of killing stands right before: "killing several of them"."""
    cues = (hit for hit in reading.of("figure") if _VERBS.get(hit.label) == "kill")
    return any(hit.last == number.first for hit in cues)


def _belongs(reading: Reading, number: Number, cues: list[Hit]) -> bool:
    near = [(_cost(reading, number, cue), _counts(cue) != "kill", cue) for cue in cues]
    best = min(near, default=None)
    return best is not None and best[0] <= _REACH and _counts(best[2]) == "kill"


def _cost(reading: Reading, number: Number, cue: Hit) -> int:
    """Words between a number and a cue, a clause boundary counting for two."""
    gap = max(cue.first - number.last, number.first - cue.last, 0)
    clauses = reading.clauses
    side = "_last" if cue.first < number.first else "_first"
    wrong = cue.label.endswith(side)
    cost = gap + _COMMA * abs(clauses[number.first] - clauses[cue.first]) + _WRONG_SIDE * wrong
    if cue.last < number.first and reading.joins(number.first - 1):
        cost += 1  # in "3 were killed and 12 were wounded" the 12 looks onward
    between = any(number.last <= hit.first < cue.first for hit in reading.of("subset"))
    return max(cost - _APPOSITION, 0) if between else cost


def _is_joined(reading: Reading, one: Number, other: Number, kill: Hit) -> bool:
    """Whether two numbers stand on one side of the word, with a joining word between them."""
    low, high = min(one.last, other.last), max(one.first, other.first)
    if (one.first < kill.first) != (other.first < kill.first) or high - low > _REACH:
        return False
    return any(low <= hit.first < high for hit in reading.of("joiners"))


def _joint(reading: Reading, kills: list[Hit], cues: list[Hit]) -> list[tuple[Hit, Hit]]:
    """The pairs "killed and wounded": a cue of wounding right beside one of killing."""
    pairs = []
    for kill in kills:
        for cue in cues:
            if _counts(cue) != "wound":
                continue
            gap = max(cue.first - kill.last, kill.first - cue.last, 0)
            low, high = min(kill.last, cue.last), max(kill.first, cue.first)
            if (gap == 0 or (gap == 1 and reading.joins(low))) and not reading.doc.text[
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


def _sum(reading: Reading, own: list[Number], kill: Hit, rise: bool) -> Figures:
    """The counts added up; of a toll that rose only the highest is the new one."""
    if rise:
        own = [max(own, key=lambda number: number.best)]
    first = min(number.first for number in own)
    last = max(number.last for number in own)
    extra = 0 if rise else len(_people(reading, own, kill)) + one_more(reading, first, last)
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    return Figures(
        low=sum(number.low for number in own) + extra,
        best=sum(number.best for number in own) + extra,
        high=sum(number.high for number in own) + extra,
        text=reading.doc.text[start:end],
        start=start,
        end=end,
    )


def _people(reading: Reading, own: list[Number], kill: Hit) -> list[Hit]:
    """Single people counted beside numbers: "a woman and two children"."""
    low = min(own[0].first, kill.first)
    high = max(own[-1].last + 4, kill.last)
    cues = _cues(reading)
    return [
        hit
        for hit in reading.of("figure")
        if hit.label == "one"
        and low <= hit.first < high
        and not _in_subset(reading, hit)
        and not any(hit.first < number.last and number.first < hit.last for number in own)
        and _belongs(reading, Number(hit.first, hit.last, 1, 1, 1), cues)
    ]


def _in_subset(reading: Reading, hit: Hit) -> bool:
    return any(0 <= hit.first - part.last <= _REACH for part in reading.of("subset"))


def _single(
    reading: Reading, kills: list[Hit], cues: list[Hit], numbers: list[Number]
) -> list[Part]:
    """People named one by one as killed: "a child was killed", "a man and his wife"."""
    people = [hit for hit in reading.of("figure") if hit.label in ("one", "person")]
    people = [hit for hit in people if not _in_subset(reading, hit)]
    for place, hit in enumerate(people):
        if any(0 <= hit.first - number.last <= 1 for number in numbers):
            continue
        number, kill = Number(hit.first, hit.last, 1, 1, 1), _near(hit, kills)
        if _belongs(reading, number, cues) and _cost(reading, number, kill) <= _SINGLE_REACH:
            last, count = _and_more(reading, people[place:])
            start, end = reading.tokens[hit.first].start, reading.tokens[last - 1].end
            text = reading.doc.text[start:end]
            return [Part(kill, Figures(count, count, count, text, start, end))]
    return []


def _and_more(reading: Reading, people: list[Hit]) -> tuple[int, int]:
    """Where a row of single people joined by "and" ends, and how many they are."""
    last, count = people[0].last, 1
    joiners = {hit.first for hit in reading.of("joiners")}
    for hit in people[1:]:
        gap = range(last, hit.first)
        arabic = hit.first == last and reading.tokens[hit.first].text.startswith("و")
        if not (arabic or (0 < len(gap) <= 2 and gap[0] in joiners)):
            break
        last, count = hit.last, count + 1
    return last, count


def _near(hit: Hit | Number, kills: list[Hit]) -> Hit:
    return min(kills, key=lambda kill: max(kill.first - hit.last, hit.first - kill.last))


def together(parts: list[Part]) -> Figures | None:
    """Several counts of one event added up; a toll beside them is a second count of the same
    dead, of which the lowest holds. None for none."""
    tolls = [part.figures for part in parts if part.again or part.kill.label == "toll"]
    counts = [part.figures for part in parts if not (part.again or part.kill.label == "toll")]
    if not counts:
        return min(tolls, key=lambda one: one.best, default=None)
    added = _added(counts)
    if not tolls:
        return added
    best = min(added, *tolls, key=lambda one: one.best)
    high = max(one.high for one in (added, *tolls))
    return replace(best, high=high)


def _added(figures: list[Figures]) -> Figures:
    if len(figures) == 1:
        return figures[0]
    first = min(figures, key=lambda one: one.start)
    return Figures(
        sum(one.low for one in figures), sum(one.best for one in figures),
        sum(one.high for one in figures), "; ".join(one.text for one in figures),
        first.start, first.end,
    )  # fmt: skip


def share(figures: Figures, parts: int, place: int) -> Figures:
    """One of `parts` shares of a total over several places; the remainder goes to the first."""

    def part(value: int) -> int:
        return value // parts + (value % parts if place == 0 else 0)

    return Figures(
        part(figures.low), part(figures.best), part(figures.high),
        figures.text, figures.start, figures.end,
    )  # fmt: skip
