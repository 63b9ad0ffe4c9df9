"""Fits the weights of the merge suggestions on real events and retold copies of them.

    python -m tests.bench.fit_suggestions FILE

FILE is a table of UCDP GED events (csv.gz). Two rows are two events; a true pair is a row and its
copy as another report tells it. The weights are fitted on the north-west of 2016 and 2017 and
printed for `events/curation/comparison.py`; precision and recall are printed for these years and
for 2018 and 2019, which the fit never saw, and for the window of 5 km, 2 days and equal type.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import itertools
import math
import os
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
    django.setup()

from events.curation.comparison import (
    WEIGHTS,
    Crowd,
    Sketch,
    days_apart,
    distance_km,
    features,
)
from events.curation.suggestions import words_of_quotes

NAMES = (
    *("bias", "same_days", "near_days", "two_days", "more_days"),
    *("km", "region_km", "is_region", "same_point", "rare_point"),
    *("same_type", "rare_type", "like_type", "other_type"),
    *("actors_apart", "rare_actors", "shared_actors"),
    *("same_figures", "rare_figures", "figures_fit", "figures_clash"),
    *("words_apart", "rare_words", "shared_words"),
)
TUNED, HELD_OUT = (2016, 2017), (2018, 2019)
WINDOW_DAYS, WINDOW_KM = 4, 30
OTHER_TYPE = -3.0
"""Set by hand: the rows know four tactics of war only, and nothing of truces or protests."""
NEGATIVES = 0.25
"""Share of the pairs that are two events which the fit reads; they weigh the more."""


# ------------------------------------------------------------------ the pairs


def sketches(path: Path, years: Sequence[int]) -> list[Sketch]:
    """The events of the north-west in these years."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if _is_wanted(row, years)]
    return [_sketch_of_row(row) for row in rows]


def _is_wanted(row: dict[str, str], years: Sequence[int]) -> bool:
    north_west = 35 < float(row["latitude"]) < 36.6 and 35.8 < float(row["longitude"]) < 37.4
    return north_west and years[0] <= int(row["date_start"][:4]) <= years[-1]


def _sketch_of_row(row: dict[str, str]) -> Sketch:
    start = dt.date.fromisoformat(row["date_start"][:10])
    precise = row["where_prec"] in ("1", "2")
    return Sketch(
        start=start,
        end=dt.date.fromisoformat(row["date_end"][:10]),
        lat=float(row["latitude"]),
        lon=float(row["longitude"]),
        radius_km=1.0 if precise else 15.0,
        sub_type=_type_of(row),
        actors=frozenset({row["side_a"], row["side_b"]}),
        low=int(row["low"]),
        high=int(row["high"]),
        words=words_of_quotes([row["source_headline"], row["where_coordinates"], row["adm_2"]]),
        is_region=row["where_prec"] in ("3", "4", "5"),
    )


def _type_of(row: dict[str, str]) -> str:
    text = f"{row['source_headline']} {row['source_original']}".lower()
    for word, code in (("strike", "air_drone_strike"), ("shell", "shelling"), ("bomb", "shelling")):
        if word in text:
            return code
    return "attack" if row["type_of_violence"] == "3" else "armed_clash"


def retold(row: Sketch, dice: random.Random, others_words: list[str]) -> Sketch:
    """The same event as another report tells it: a day, a place, a figure, a side, words off."""
    shift = dt.timedelta(days=dice.choice([0, 0, 0, 0, 1, 1, -1, 2]))
    km, turn = dice.choice([0, 0, 0, 1, 2, 4, 8]), dice.random() * 6.283
    low, high = _other_figures(row, dice)
    others = {"air_drone_strike": "shelling", "shelling": "armed_clash", "attack": "armed_clash"}
    swaps = dice.random() < 0.25
    return Sketch(
        start=row.start + shift,
        end=row.end + shift,
        lat=row.lat + km / 111 * math.sin(turn),
        lon=row.lon + km / 90 * math.cos(turn),
        radius_km=dice.choice([1.0, 1.0, 3.0]),
        sub_type=others.get(row.sub_type, row.sub_type) if swaps else row.sub_type,
        actors=_other_actors(row, dice),
        low=low,
        high=high,
        words=_other_words(row.words, dice, others_words),
        is_region=row.is_region,
    )


def _other_figures(row: Sketch, dice: random.Random) -> tuple[int | None, int | None]:
    """Kept half of the time; else left out, a little off, or far off as first counts are."""
    how = dice.choice(["same", "same", "same", "none", "near", "far"])
    if how == "none":
        return None, None
    low = {"same": row.low, "near": row.low + dice.randrange(3), "far": row.low // 2}[how]
    return low, max(low, row.high if how != "far" else row.high // 2)


def _other_actors(row: Sketch, dice: random.Random) -> frozenset[str]:
    """Some of the parties, and at times one that only this report names."""
    named = dice.sample(sorted(row.actors), dice.randrange(len(row.actors) + 1))
    return frozenset([*named, *(["unknown gunmen"] if dice.random() < 0.15 else [])])


def _other_words(words: frozenset[str], dice: random.Random, others: list[str]) -> frozenset[str]:
    """A third of the words, and as many of other reports as were left out."""
    kept = {word for word in sorted(words) if dice.random() < 0.35}
    return frozenset(kept | set(dice.sample(others, min(len(others), len(words) - len(kept)))))


@dataclass(frozen=True, slots=True)
class Told:
    """A telling of an event: which event, how it is told, and the tellings around it."""

    event: int
    sketch: Sketch
    around: list[Told]


def tellings(rows: list[Sketch], seed: int) -> list[Told]:
    """All rows, and half of them told again, each with what is told within 4 days and 30 km."""
    dice = random.Random(seed)
    words = sorted(set().union(*(row.words for row in rows)))
    told = [Told(number, row, []) for number, row in enumerate(rows)]
    told += [
        Told(each.event, retold(each.sketch, dice, words), [])
        for each in told
        if dice.random() < 0.5
    ]
    told.sort(key=lambda each: each.sketch.start)
    for at, one in enumerate(told):
        for other in itertools.islice(told, at + 1, None):
            if (other.sketch.start - one.sketch.start).days > WINDOW_DAYS:
                break
            if distance_km(one.sketch, other.sketch) <= WINDOW_KM:
                one.around.append(other)
                other.around.append(one)
    return told


# ---------------------------------------------------------------- the measure


def by_window(one: Sketch, other: Sketch) -> bool:
    """The baseline: a window of 5 km and 2 days with equal type."""
    near = distance_km(one, other) <= 5 and days_apart(one, other) <= 2
    return near and one.sub_type == other.sub_type


Pairs = set[tuple[int, int]]


@dataclass(slots=True)
class Measured:
    """The pairs that are one event, those found above a chance, the best of each, the window's."""

    true: Pairs
    found: Pairs
    best: Pairs
    window: Pairs

    def rates(self, pairs: Pairs) -> tuple[float, float]:
        """Precision and recall."""
        right = len(pairs & self.true)
        return right / max(1, len(pairs)), right / max(1, len(self.true))


Score = Callable[[Sketch, Sketch, Crowd], float]


def measure(told: list[Told], score: Score, least: float) -> Measured:
    """What a score suggests, from `least` on, beside what is true and what the window finds."""
    done = Measured(set(), set(), set(), set())
    for one in told:
        crowd = Crowd.of(other.sketch for other in one.around)
        scored = [(score(one.sketch, other.sketch, crowd), id(other)) for other in one.around]
        for other, (chance, _key) in zip(one.around, scored, strict=True):
            pair = (min(id(one), id(other)), max(id(one), id(other)))
            if one.event == other.event:
                done.true.add(pair)
            if chance >= least:
                done.found.add(pair)
            if by_window(one.sketch, other.sketch):
                done.window.add(pair)
        chance, key = max(scored, default=(0.0, 0))
        if chance >= least:
            done.best.add((min(id(one), key), max(id(one), key)))
    return done


# -------------------------------------------------------------------- the fit

Sample = tuple[dict[int, float], float, float]


def samples(told: list[Told], seed: int = 1) -> list[Sample]:
    """(features by number, is it one event, weight) of all pairs that are one, and some others."""
    dice, found = random.Random(seed), []
    for one in told:
        crowd = Crowd.of(other.sketch for other in one.around)
        for other in one.around:
            same = one.event == other.event
            if same or dice.random() < NEGATIVES:
                values = {"bias": 1.0, **features(one.sketch, other.sketch, crowd)}
                row = {NAMES.index(name): value for name, value in values.items()}
                found.append((row, float(same), 1.0 if same else 1 / NEGATIVES))
    return found


def fit(rows: list[Sample], ridge: float = 1.0, rounds: int = 8) -> list[float]:
    """Weights of a logistic regression by Newton's method."""
    weights = [0.0] * len(NAMES)
    for _round in range(rounds):
        step = _solved(*_slopes(rows, weights, ridge))
        weights = [a + b for a, b in zip(weights, step, strict=True)]
    return weights


def _slopes(
    rows: list[Sample], weights: list[float], ridge: float
) -> tuple[list[list[float]], list[float]]:
    count = len(weights)
    slope = [-ridge * weight for weight in weights]
    curve = [[ridge * (i == j) for j in range(count)] for i in range(count)]
    for values, truth, weight in rows:
        total = sum(weights[i] * value for i, value in values.items())
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        error, spread = weight * (truth - chance), weight * chance * (1 - chance)
        for i, value in values.items():
            slope[i] += error * value
            for j, other in values.items():
                curve[i][j] += spread * value * other
    return curve, slope


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss, with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for row in rows[i + 1 :]:
            share = row[i] / rows[i][i]
            row[i:] = [a - share * b for a, b in zip(row[i:], rows[i][i:], strict=True)]
    found = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        known = sum(rows[i][j] * found[j] for j in range(i + 1, len(rows)))
        found[i] = (rows[i][-1] - known) / rows[i][i]
    return found


def main(path: Path) -> None:
    tuned = tellings(sketches(path, TUNED), 7)
    weights = fit(samples(tuned))
    WEIGHTS.update(zip(NAMES, weights, strict=True))
    WEIGHTS["other_type"] = OTHER_TYPE
    for name in NAMES:
        print(f'    "{name}": {WEIGHTS[name]:.2f},')
    from events.curation.suggestions import SUGGESTED_FROM, chance

    for years, told in ((TUNED, tuned), (HELD_OUT, tellings(sketches(path, HELD_OUT), 19))):
        for least in (0.1, SUGGESTED_FROM, 0.3, 0.5):
            done = measure(told, chance, least)
            shown = " ".join(
                f"{name} {done.rates(pairs)[0]:.3f} {done.rates(pairs)[1]:.3f};"
                for name, pairs in (
                    ("all", done.found), ("best of each", done.best), ("window", done.window)
                )
            )  # fmt: skip
            print(f"{years[0]}-{years[1]} from {least}: {shown}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
