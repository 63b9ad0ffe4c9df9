"""Several counts of the dead of one event: added up, told again, shared over places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from events.geoparsing.document import Figures
from events.geoparsing.patterns import Hit

from .reading import Placed


class Part(NamedTuple):
    """The killed that one word of killing counts; `least` where it was "at least" so many,
    `again` where another speaker counts the same dead."""

    kill: Hit
    figures: Figures
    least: bool = False
    again: bool = False
    place: Placed | None = None
    """Where the sentence says so many died, if it says so for each number."""


class Count(NamedTuple):
    """The killed of a sentence; `rise` marks a later, higher toll, `total` a sum of the war."""

    parts: tuple[Part, ...] = ()
    rise: bool = False
    total: bool = False


def together(parts: Sequence[Part]) -> Figures | None:
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


def _added(figures: Sequence[Figures]) -> Figures:
    if len(figures) == 1:
        return figures[0]
    ordered = sorted(figures, key=lambda one: one.start)
    first = ordered[0]
    return Figures(
        sum(one.low for one in figures), sum(one.best for one in figures),
        sum(one.high for one in figures), "; ".join(one.text for one in ordered),
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
