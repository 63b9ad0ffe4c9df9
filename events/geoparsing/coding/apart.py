"""Counts of one sentence that are told of different places: "six died in X, while three others
died in Y", "struck X, killing two, and Y, where one died"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .localities import TOWNS, kind_of, placeable
from .reading import Placed, Reading
from .tolls import Part

_WHERE_REACH = 2


def placed_apart(reading: Reading, parts: Sequence[Part], told: frozenset[int]) -> tuple[Part, ...]:
    """The parts, each with the place that its own words name where nothing is told of that place
    yet. `told` are the first words of the places that the sentence's tellings stand at."""
    open_ones = [part for part in parts if part.place is None and not part.again]
    if len({part.kill for part in open_ones}) < 2:
        return tuple(parts)
    found = {}
    for part, span in _spans(reading, open_ones):
        place = _place_in(reading, span)
        if place is not None and place.first not in told:
            found[part.kill] = place
    return tuple(
        part._replace(place=found[part.kill]) if part in open_ones and part.kill in found else part
        for part in parts
    )


def _spans(reading: Reading, parts: Sequence[Part]) -> list[tuple[Part, range]]:
    """The words that belong to each count: from its clause to that of the next one; where verbs
    come last, from the verb before to its own."""
    ordered = sorted(parts, key=lambda part: part.kill.first)
    words = len(reading.tokens)
    if reading.grammar.cue_follows:
        ends = [0, *(part.kill.last for part in ordered)]
    else:
        ends = [0, *(_clause_start(reading, part) for part in ordered[1:]), words]
    return [(part, range(*ends_of)) for part, ends_of in zip(ordered, pairwise(ends), strict=True)]


def _clause_start(reading: Reading, part: Part) -> int:
    clauses = reading.clauses
    place = part.kill.first
    while place > 0 and clauses[place - 1] == clauses[part.kill.first]:
        place -= 1
    return place


def _place_in(reading: Reading, span: range) -> Placed | None:
    """The one exact place among some words; of "X, where two died" the place right before."""
    exact = [p for p in placeable(reading) if p.item.geo_precision < 3 and kind_of(p) in TOWNS]
    if span.start in reading.starts("where"):
        before = (p for p in exact if 0 <= span.start - p.last <= _WHERE_REACH)
        return max(before, key=lambda placed: placed.last, default=None)
    inside = [placed for placed in exact if placed.first in span]
    names = {placed.item.place.place_id for placed in inside}
    return inside[0] if len(names) == 1 else None
