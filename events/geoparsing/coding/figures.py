"""How many were killed, in a sentence: the numbers that belong to words of killing.

Numbers of wounded, of displaced, of vehicles, and those for "killed and wounded" together are not
fatalities. Several counts of the killed in one sentence add up ("three men and two children"); what
follows "including" is part of what stands before. Nothing is inferred.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from events.geoparsing.document import Figures
from events.geoparsing.patterns import Hit

from .belonging import belongs, cost, enclosed, is_joint, joint_pairs
from .counting import REACH, counts_dead, cues_in, in_subset, people_numbers
from .modality import may_rise
from .numbers import Number, carries_and
from .persons import PAIRED, listed_alone, named_beside, with_whom
from .reading import Placed, Reading
from .singles import nearest_kill, one_elsewhere, people_killed, speaks
from .tolls import Count, Part
from .totals import is_total, risen_to, whole_counts

_LISTED = 4
_ALSO = frozenset({"de", "da"})
_AT = 7
"""Words between a number and the place it is told of."""


def killed_in(reading: Reading) -> Count:
    """The counts of the killed that a sentence states, if any."""
    if not any(counts_dead(hit) for hit in reading.hits["figure"]):
        return Count(none_killed(reading))
    cues = cues_in(reading)
    kills = [cue for cue in cues if counts_dead(cue) and not _is_open_toll(reading, cue)]
    if not kills:
        return Count(none_killed(reading))
    numbers = whole_counts(reading, people_numbers(reading))
    pairs = joint_pairs(reading, kills, cues) if len(cues) > 1 else []
    own = [
        number
        for number in numbers
        if belongs(reading, number, cues) and not (pairs and is_joint(reading, number, pairs, cues))
    ]
    own = _with_listed(reading, _with_joined(reading, own, numbers, cues), numbers, cues)
    own = _told_once(own, kills)
    rise = bool(reading.hits["rise"])
    toll = risen_to(reading, numbers, cues) if rise else None
    own = [toll] if toll else own
    parts = [part for kill in kills for part in _part(reading, kill, own, kills, cues, rise)]
    parts = _told_again(reading, parts)
    if parts and not rise and len(kills) > len(parts):
        parts += one_elsewhere(reading, parts, kills, cues, numbers)
    if not parts and not pairs:
        parts = people_killed(reading, kills, cues, numbers) or list(none_killed(reading))
    return Count(tuple(parts), rise and bool(own), is_total(reading, parts))


def _told_once(own: list[Number], kills: Sequence[Hit]) -> list[Number]:
    """Without the dual of a verb or noun of dying beside the number it agrees with: "two persons
    met their (dual) death"."""
    if len(own) < 2:
        return own
    verbs = {kill.first for kill in kills if kill.last - kill.first == 1}
    apart = [number for number in own if number.first not in verbs]
    return [
        number
        for number in own
        if number in apart or not any(abs(number.first - one.first) <= _AT for one in apart)
    ]


def none_killed(reading: Reading) -> tuple[Part, ...]:
    """Nobody, where the sentence says so: "no casualties"."""
    for hit in reading.hits["none_dead"]:
        start, end = reading.tokens[hit.first].start, reading.tokens[hit.last - 1].end
        return (Part(hit, Figures(0, 0, 0, reading.doc.text[start:end], start, end)),)
    return ()


def _part(
    reading: Reading,
    kill: Hit,
    own: Sequence[Number],
    kills: Sequence[Hit],
    cues: Sequence[Hit],
    rise: bool,
) -> list[Part]:
    """What one word of killing counts: its nearest number and those joined by an "and"."""
    mine = [number for number in own if nearest_kill(number, kills) == kill]
    if not mine:
        return []
    several = [number for number in mine if number.best > 1] or mine  # "bir": one, and "a"
    nearest = min(several, key=lambda number: cost(reading, number, kill))
    joined = [n for n in mine if n is nearest or _is_joined(reading, nearest, n, kill)]
    places = [] if rise else _own_places(reading, sorted(mine))
    if places:
        return [
            Part(kill, _sum(reading, [number], kill, cues, True), place=place)
            for number, place in places
        ]
    least = nearest.first in reading.ends("at_least")
    return [Part(kill, _sum(reading, joined, kill, cues, rise), least)]


def _own_places(reading: Reading, mine: Sequence[Number]) -> list[tuple[Number, Placed]]:
    """Each number with a place of its own beside it: "five in Saraqib and three in Ariha"."""
    if not 1 < len(mine) <= len(reading.localities):
        return []
    found = []
    before = reading.grammar.place_precedes
    for number in mine:
        near = [
            placed
            for placed in reading.localities
            if 0 <= (number.first - placed.last if before else placed.first - number.last) <= _AT
        ]
        if not near:
            return []
        found.append((number, near[-1] if before else near[0]))
    return found if len({placed.first for _, placed in found}) == len(found) else []


def _with_joined(
    reading: Reading, own: list[Number], numbers: Sequence[Number], cues: Sequence[Hit]
) -> list[Number]:
    """Also the first of "six soldiers and nine fighters of the party died"."""
    more = []
    for number in numbers if own else ():
        follows = (o for o in own if 0 < o.first - number.last <= _LISTED)
        listed = number not in own and any(reading.joins(o.first - 1) for o in follows)
        if listed and not any(number.first <= c.first <= number.last + _LISTED for c in cues):
            more.append(number)
    return sorted([*own, *more]) if more else own


def _with_listed(
    reading: Reading, own: list[Number], numbers: Sequence[Number], cues: Sequence[Hit]
) -> list[Number]:
    """Also the first ones of "two in Ariha, one in Hass and one in Sarmin died" where places stand
    before their numbers and the verb comes last."""
    if not own or not reading.grammar.place_precedes:
        return own
    kept = list(own)
    for number in reversed([n for n in numbers if n.last <= own[0].first]):
        placed = any(0 <= number.first - p.last <= _LISTED for p in reading.localities)
        told = any(number.last <= cue.first < kept[0].first for cue in cues)
        listed = "," in reading.gap(number.last - 1, number.last) or reading.joins(number.last)
        if not (placed and listed) or told or kept[0].first - number.last > _AT:
            break
        kept.insert(0, number)
    return kept


def _is_open_toll(reading: Reading, cue: Hit) -> bool:
    """Whether the word is of a toll that may rise still: it counts nobody."""
    return cue.label == "toll" and may_rise(reading, cue.first, cue.last)


def _told_again(reading: Reading, parts: list[Part]) -> list[Part]:
    """The parts, marked where another speaker's count follows: "..., rescuers speak of 28 dead"."""
    told = parts[:1]
    for before, part in itertools.pairwise(parts):
        low, high = sorted((before.kill.first, part.kill.first))
        apart = reading.clauses[low] != reading.clauses[high]
        says = any(low < hit.first < high for hit in reading.hits["say"])
        told.append(part._replace(again=apart and says))
    return told


def _is_joined(reading: Reading, one: Number, other: Number, kill: Hit) -> bool:
    """Whether two numbers stand on one side of the word, with a joining word between them."""
    low, high = min(one.last, other.last), max(one.first, other.first)
    if (one.first < kill.first) != (other.first < kill.first) or high - low > REACH:
        return False
    if carries_and(reading, max(one.first, other.first)):
        return True
    if reading.grammar.cue_follows and _listed(reading, *sorted((one, other))):
        return True
    return any(low <= hit.first < high for hit in reading.hits["joiners"])


def _listed(reading: Reading, one: Number, other: Number) -> bool:
    """Whether two counts stand in a row before the verb: "güçlerinden 15, muhaliflerden 9 kişi",
    "3 kişi yerinde, 2 kişi de hastanede"."""
    endings, tokens = reading.grammar.origin_endings, reading.tokens
    if endings and all(n.first and tokens[n.first - 1].key.endswith(endings) for n in (one, other)):
        return True
    also = other.last + 1
    return also < len(tokens) and tokens[also].key in _ALSO


def _sum(
    reading: Reading, own: list[Number], kill: Hit, cues: Sequence[Hit], rise: bool
) -> Figures:
    """The counts added up; of a toll that rose only the highest is the new one."""
    if rise:
        own = [max(own, key=lambda number: number.best)]
    first = min(number.first for number in own)
    last = max(number.last for number in own)
    extra = 0
    if not rise:
        extra = len(_people(reading, own, kill, cues) | named_beside(reading, own))
        extra += with_whom(reading, first)
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    return Figures(
        low=sum(number.low for number in own) + extra,
        best=sum(number.best for number in own) + extra,
        high=sum(number.high for number in own) + extra,
        text=reading.doc.text[start:end],
        start=start,
        end=end,
    )


def _people(reading: Reading, own: list[Number], kill: Hit, cues: Sequence[Hit]) -> set[int]:
    """The last words of single people counted beside numbers: "a woman and two children"."""
    within = enclosed(reading, own[0])
    low = min(own[0].first, kill.first)
    high = max(own[-1].last + 4, kill.last)
    return {
        hit.last - 1
        for hit in (*reading.hits["one"], *listed_alone(reading, own[-1].last))
        if (low <= hit.first < high or _leads(reading, hit, own[0]))
        and hit.first != own[-1].last
        and hit.first not in reading.starts("subset")
        and hit.first not in within
        and not in_subset(reading, hit.first)
        and not speaks(reading, hit)
        and not any(hit.first < number.last and number.first < hit.last for number in own)
        and belongs(reading, Number(hit.first, hit.last, 1, 1, 1), cues)
    }


def _leads(reading: Reading, hit: Hit, number: Number) -> bool:
    """Whether somebody is named before the counted: "a mother and her four children"."""
    return reading.joins(hit.last) and 0 < number.first - hit.last <= PAIRED
