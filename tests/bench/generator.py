"""Made-up events for benchmarks, by the hundred thousand, from a fixed seed, and their entropy.

Every column is drawn from a distribution that is written down here, so the least number of bytes
any coder could need is known: `entropy_bytes`. The shapes follow conflict data: few places have
most events, fighting comes in waves, one side and one kind of violence dominate.
"""

from __future__ import annotations

import math
import random
from itertools import accumulate, product
from typing import NamedTuple

from events.publishing.pack import EventRow

FIRST_DAY = 16_800
DAYS = 3_650
PLACES = 6_000
ACTORS = 60
SOURCES = 40
OWN_POINT = 0.03
OWN_STEPS = 1_000
"""An own point lies on a grid of OWN_STEPS x OWN_STEPS steps of 0.0001 degrees around its place."""


class Draw(NamedTuple):
    """A distribution: the values that can come, and how likely each is."""

    values: list
    weights: list[float]

    def sample(self, rng: random.Random, count: int) -> list:
        return rng.choices(self.values, cum_weights=list(accumulate(self.weights)), k=count)

    def bits(self) -> float:
        total = sum(self.weights)
        return -sum(w / total * math.log2(w / total) for w in self.weights if w)


class World(NamedTuple):
    """The distributions of one seed."""

    day: Draw
    place: Draw
    what: Draw
    when: Draw
    figure: Draw
    says: Draw


def make_world(seed: int = 1) -> World:
    """The distributions that rows of this seed are drawn from."""
    rng = random.Random(seed)
    return World(_days(rng), _places(rng), _whats(rng), _whens(), _figures(), _says(rng))


def make_rows(count: int, seed: int = 1) -> list[EventRow]:
    """`count` events, in no order."""
    world = make_world(seed)
    rng = random.Random(seed + 1)
    days = world.day.sample(rng, count)
    points = [
        _own(rng, p) if rng.random() < OWN_POINT else p for p in world.place.sample(rng, count)
    ]
    whats, whens = world.what.sample(rng, count), world.when.sample(rng, count)
    figures, says = world.figure.sample(rng, count), world.says.sample(rng, count)
    return [
        EventRow(
            f"{i:010x}", place, day, day + duration, sub_type, time_precision, precision, lat, lon,
            radius, *killed, n_sources, contested, actors, sources,
        )
        for i, (day, (place, lat, lon, radius, precision), (sub_type, actors),
                (duration, time_precision), killed, (n_sources, contested, sources))
        in enumerate(zip(days, points, whats, whens, figures, says, strict=True))
    ]  # fmt: skip


def entropy_bytes(count: int, seed: int = 1) -> float:
    """The least bytes that `count` rows need on average, tables included, order of rows not.

    The order of the rows carries nothing, so log2(count!) is taken off; the places' points are
    taken as uniform over their box, again without their order.
    """
    world = make_world(seed)
    own = OWN_POINT * 2 * math.log2(OWN_STEPS) - sum(
        p * math.log2(p) for p in (OWN_POINT, 1 - OWN_POINT)
    )
    row = sum(draw.bits() for draw in world) + own
    tables = PLACES * 2 * math.log2(20_000) - _log2_factorial(PLACES)
    return (count * row - _log2_factorial(count) + tables) / 8


def _log2_factorial(count: int) -> float:
    return math.lgamma(count + 1) / math.log(2)


def _days(rng: random.Random) -> Draw:
    """Waves: the intensity of a day wanders around that of the day before."""
    level, weights = 1.0, []
    for _ in range(DAYS):
        level = min(4.0, max(0.2, level * math.exp(rng.gauss(0, 0.12))))
        weights.append(level)
    return Draw(list(range(FIRST_DAY, FIRST_DAY + DAYS)), weights)


def _places(rng: random.Random) -> Draw:
    """Places in north-west Syria, Zipf by rank; one in ten is a region, three are "about here"."""
    values = []
    for rank in range(PLACES):
        precision, radius = rng.choices([(1, 0.0), (2, 5.0), (3, 20.0)], [6, 3, 1])[0]
        lat = 34.8 + rng.randrange(20_000) / 10_000
        lon = 35.8 + rng.randrange(20_000) / 10_000
        values.append((f"place-{rank:04d}", round(lat, 4), round(lon, 4), radius, precision))
    return Draw(values, [1 / (rank + 8) for rank in range(PLACES)])


def _own(rng: random.Random, place: tuple) -> tuple:
    slug, lat, lon, _, _ = place
    lat += (rng.randrange(OWN_STEPS) - OWN_STEPS // 2) / 10_000
    lon += (rng.randrange(OWN_STEPS) - OWN_STEPS // 2) / 10_000
    return slug, round(lat, 4), round(lon, 4), 0.0, 1


def _whats(rng: random.Random) -> Draw:
    """Pairs of actors that fight each other, each in its own handful of ways."""
    values, weights = [], []
    seen = set()
    for rank in range(80):
        pair = tuple(
            sorted(f"actor-{a:02d}" for a in rng.sample(range(ACTORS), rng.choice([1, 2, 2])))
        )
        for k, sub_type in enumerate(
            rng.sample([2, 5, 9, 9, 9, 11, 11, 12, 15, 16, 18, 20, 24], 4)
        ):
            if (sub_type, pair) not in seen:
                seen.add((sub_type, pair))
                values.append((sub_type, pair))
                weights.append(1 / (rank + 1) / (k + 1))
    return Draw(values, weights)


def _whens() -> Draw:
    values = [(0, 0), *((d, 1) for d in range(1, 7)), (6, 1), (27, 2), (29, 2), (30, 2), (364, 3)]
    return Draw(list(dict.fromkeys(values)), [930, 20, 12, 8, 5, 4, 10, 3, 3, 4, 1])


def _figures() -> Draw:
    values: list[tuple] = [(None, None, None)]
    weights = [900.0]
    for best, spread in product(range(60), (0, 1, 3)):
        values.append((max(0, best - spread), best, best + spread))
        weights.append(400 / (best + 1) ** 1.6 / (1 + 4 * spread))
    merged: dict[tuple, float] = {}
    for value, weight in zip(values, weights, strict=True):
        merged[value] = merged.get(value, 0.0) + weight
    return Draw(list(merged), list(merged.values()))


def _says(rng: random.Random) -> Draw:
    merged: dict[tuple, float] = {}
    for rank in range(150):
        size = rng.choices([1, 2, 3], [7, 2, 1])[0]
        sources = tuple(sorted(f"source-{s:02d}" for s in rng.sample(range(SOURCES), size)))
        key = (size + rng.choice([0, 0, 0, 1]), rng.random() < 0.06, sources)
        merged[key] = merged.get(key, 0.0) + 1 / (rank + 1)
    return Draw(list(merged), list(merged.values()))
