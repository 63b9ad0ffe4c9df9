"""Two events compared by what can be counted: features, and the weights of their sum.

The weights are those of a logistic regression on pairs of real events of 2016 and 2017 and retold
copies of them, as `python -m tests.bench.fit_suggestions` finds and prints them; how well they do
on later years, which they never saw, is asserted in the tests of the suggestions.

What two events share says the more the fewer others nearby share it too: that both name the
government means little where all do. `Crowd` counts that among the events around one.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from events.vocabulary import SubEventType

KM_PER_DEGREE = 111.32
SAME_POINT_KM = 0.3
POINT_DIGITS = 2.5e-3
"""Degrees within which two points are counted as one place."""

UNSEEN = 8
"""Events that are taken to be around besides, sharing nothing: few neighbours prove no rarity."""

WEIGHTS: dict[str, float] = {
    "bias": -1.61,
    "same_days": 1.58,
    "near_days": 0.84,
    "two_days": 0.13,
    "more_days": -4.16,
    "km": -1.48,
    "region_km": -1.31,
    "is_region": 0.19,
    "same_point": -3.23,
    "rare_point": 1.19,
    "same_type": -0.38,
    "rare_type": 1.16,
    "like_type": -0.86,
    "other_type": -3.00,
    "actors_apart": -1.21,
    "rare_actors": 0.61,
    "shared_actors": -1.09,
    "same_figures": -0.68,
    "rare_figures": 0.91,
    "figures_fit": -0.50,
    "figures_clash": -4.00,
    "words_apart": -1.98,
    "rare_words": 0.09,
    "shared_words": 0.24,
}

# Tactics that one report calls this and another calls that.
NEIGHBOURS = (
    {SubEventType.AIR_STRIKE, SubEventType.SHELLING, SubEventType.CHEMICAL_WEAPON},
    {SubEventType.ARMED_CLASH, SubEventType.SHELLING, SubEventType.AIR_STRIKE},
    {SubEventType.ARMED_CLASH, SubEventType.GOVERNMENT_REGAINS, SubEventType.NON_STATE_OVERTAKES},
    {SubEventType.SUICIDE_BOMB, SubEventType.REMOTE_EXPLOSIVE, SubEventType.GRENADE},
    {SubEventType.ATTACK, SubEventType.ARMED_CLASH, SubEventType.ABDUCTION},
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What two events are compared by. Coordinates in degrees, radius in km, None for unknown."""

    start: dt.date | None
    end: dt.date | None
    lat: float | None
    lon: float | None
    radius_km: float
    sub_type: str
    actors: frozenset[Any] = frozenset()
    low: int | None = None
    high: int | None = None
    words: frozenset[str] = frozenset()
    is_region: bool = False

    @property
    def cell(self) -> tuple[int, int] | None:
        """The point on a fine grid, for counting how many stand at one place."""
        if self.lat is None or self.lon is None:
            return None
        return round(self.lat / POINT_DIGITS), round(self.lon / POINT_DIGITS)


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many of the events around one share a thing; what nothing is known of counts as rare."""

    size: int = 0
    points: Counter[Any] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    actors: Counter[Any] = field(default_factory=Counter)
    figures: Counter[Any] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, around: Iterable[Sketch]) -> Crowd:
        """Counted among the events around one."""
        rows = list(around)
        return cls(
            len(rows),
            Counter(row.cell for row in rows),
            Counter(row.sub_type for row in rows),
            Counter(actor for row in rows for actor in row.actors),
            Counter((row.low, row.high) for row in rows if row.low is not None),
            Counter(word for row in rows for word in row.words),
        )

    def rarity(self, count: int) -> float:
        """The greater the fewer share it; `count` holds the other of the two that are compared."""
        return math.log((self.size + UNSEEN) / max(1, count))


ALONE = Crowd()


def features(one: Sketch, other: Sketch, crowd: Crowd = ALONE) -> dict[str, float]:
    """The comparisons that can be made, each as a number; what is not known is left out."""
    return {
        **_days(one, other),
        **_points(one, other, crowd),
        **_types(one, other, crowd),
        **_actors(one, other, crowd),
        **_figures(one, other, crowd),
        **_words(one, other, crowd),
    }


def _days(one: Sketch, other: Sketch) -> dict[str, float]:
    if one.start is None or other.start is None:
        return {}
    gap = days_apart(one, other)
    if not gap and (one.start, one.end or one.start) == (other.start, other.end or other.start):
        return {"same_days": 1.0}
    return {"near_days" if gap < 2 else "two_days" if gap == 2 else "more_days": 1.0}


def days_apart(one: Sketch, other: Sketch) -> int:
    """Days between two intervals, 0 where they touch or overlap."""
    first, second = sorted((one, other), key=lambda s: s.start)
    return max(0, (second.start - (first.end or first.start)).days)


def _points(one: Sketch, other: Sketch, crowd: Crowd) -> dict[str, float]:
    km = distance_km(one, other)
    if km is None:
        return {}
    found = {"km": math.log1p(beyond_doubt(one, other, km))}
    if one.is_region or other.is_region:
        found = {"region_km": math.log1p(km), "is_region": 1.0}
    if km <= SAME_POINT_KM:
        found |= {"same_point": 1.0, "rare_point": crowd.rarity(crowd.points[one.cell])}
    return found


def beyond_doubt(one: Sketch, other: Sketch, km: float) -> float:
    """The part of a distance in km that the radius of neither side explains."""
    return max(0.0, km - max(1.0, min(25.0, max(one.radius_km, other.radius_km))))


def distance_km(one: Sketch, other: Sketch) -> float | None:
    """Distance of two points in km on a plane that is true enough at 30 km; None without points."""
    if one.lat is None or other.lat is None:
        return None
    north = (one.lat - other.lat) * KM_PER_DEGREE
    east = (one.lon - other.lon) * KM_PER_DEGREE * math.cos(math.radians(one.lat))
    return math.hypot(north, east)


def _types(one: Sketch, other: Sketch, crowd: Crowd) -> dict[str, float]:
    mine, theirs = SubEventType(one.sub_type), SubEventType(other.sub_type)
    if mine == theirs:
        return {"same_type": 1.0, "rare_type": crowd.rarity(crowd.types[one.sub_type])}
    return {"like_type": 1.0} if are_alike(mine, theirs) else {"other_type": 1.0}


def are_alike(mine: SubEventType, theirs: SubEventType) -> bool:
    """Whether two sub-types are of one type or often taken for one another."""
    return mine.event_type == theirs.event_type or any(
        {mine, theirs} <= group for group in NEIGHBOURS
    )


def _actors(one: Sketch, other: Sketch, crowd: Crowd) -> dict[str, float]:
    if not one.actors or not other.actors:
        return {}
    shared = one.actors & other.actors
    if not shared:
        return {"actors_apart": 1.0}
    rare = sum(crowd.rarity(crowd.actors[actor]) for actor in shared)
    return {"rare_actors": rare, "shared_actors": float(len(shared))}


def _figures(one: Sketch, other: Sketch, crowd: Crowd) -> dict[str, float]:
    if one.low is None or other.low is None:
        return {}
    if (one.low, one.high) == (other.low, other.high):
        count = crowd.figures[(one.low, one.high)]
        return {"same_figures": 1.0, "rare_figures": crowd.rarity(count)}
    gap, most = figures_gap(one, other), max(one.high, other.high)
    return {"figures_fit": 1.0} if gap <= max(2, most / 4) else {"figures_clash": gap / most}


def figures_gap(one: Sketch, other: Sketch) -> int:
    """By how much two ranges of figures miss each other."""
    return max(0, max(one.low, other.low) - min(one.high, other.high))


def _words(one: Sketch, other: Sketch, crowd: Crowd) -> dict[str, float]:
    if not one.words or not other.words:
        return {}
    shared = one.words & other.words
    if not shared:
        # Two scripts share no word whatever they say.
        same_script = min(one.words).isascii() == min(other.words).isascii()
        return {"words_apart": 1.0} if same_script else {}
    weight = {word: crowd.rarity(crowd.words[word]) for word in one.words | other.words}
    common = sum(weight[word] for word in shared)
    whole = min(sum(weight[word] for word in words) for words in (one.words, other.words))
    return {"rare_words": common, "shared_words": common / whole if whole else 0.0}


def chance_of(found: dict[str, float]) -> float:
    """How likely two events with these features are one, 0..1."""
    total = WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
