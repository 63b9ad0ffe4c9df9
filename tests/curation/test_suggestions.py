"""Merge suggestions: what speaks for one event, and how well they do on real rows."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import itertools
import math
import random
from pathlib import Path

import pytest

from events import curation
from events.curation.suggestions import (
    Sketch,
    days_apart,
    distance_km,
    similarity,
    suggest,
    words_of_quotes,
)
from events.vocabulary import ReviewStatus
from tests.factories import make_actor, make_claim, make_event, make_participation, make_place

UCDP = Path(__file__).parents[3] / "shared/data/events/ucdp_ged191_syria_2016_2019.csv.gz"
DAY = dt.date(2019, 7, 22)


def sketch(**values):
    base = {"start": DAY, "end": DAY, "lat": 35.64, "lon": 36.67, "radius_km": 1.0}
    return Sketch(**(base | {"sub_type": "air_drone_strike"} | values))


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ({}, {"start": DAY + dt.timedelta(2), "end": DAY + dt.timedelta(2)}),
        ({}, {"lat": 35.75}),
        ({}, {"sub_type": "agreement"}),
        ({"sub_type": "shelling"}, {"sub_type": "abduction"}),
        ({"actors": frozenset({1})}, {"actors": frozenset({2})}),
        ({"low": 38, "high": 38}, {"low": 2, "high": 2}),
        ({"words": frozenset({"market", "jets"})}, {"words": frozenset({"truce", "roads"})}),
    ],
)
def test_each_comparison_pulls_the_right_way(nearer, farther):
    mine = sketch(
        actors=frozenset({1, 3}), low=38, high=40, words=frozenset({"market", "jets", "dead"})
    )
    assert similarity(mine, sketch(**nearer))[0] > similarity(mine, sketch(**farther))[0]


@pytest.mark.django_db
def test_a_suggestion_says_why():
    place, actor = make_place("Maarrat al-Numan", 35.64, 36.67), make_actor()
    figures = {"fatalities_low": 38, "fatalities_best": 38, "fatalities_high": 38}
    first, second = make_event(place=place, **figures), make_event(place=place, **figures)
    for event in (first, second):
        make_participation(event, actor)
        make_claim(event)
    [found] = suggest(first)
    assert found.event == second
    assert found.score > 0.9
    titles = {reason.key: reason.title for reason in found.reasons}
    assert titles["days"] == "Same days"
    assert titles["distance"] == "0.0 km apart"
    assert titles["actors"] == "1 shared actor"


@pytest.mark.django_db
@pytest.mark.parametrize("status", [ReviewStatus.REJECTED, ReviewStatus.RETRACTED])
def test_what_was_rejected_or_kept_apart_is_not_suggested(status):
    place = make_place()
    event, other = make_event(place=place), make_event(place=place)
    make_event(place=place, status=status)
    assert [each.event for each in suggest(event)] == [other]
    curation.keep_apart(event, other, None)
    assert suggest(event) == []
    assert suggest(other) == []


# ------------------------------------------------ measured on real events


def ucdp_rows(most: int = 3000) -> list[Sketch]:
    """Events in the north-west, each as a sketch; two rows are two events."""
    with gzip.open(UCDP, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if _in_the_north_west(row)]
    return [_sketch_of_row(row) for row in rows[:most]]


def _in_the_north_west(row) -> bool:
    return 35 < float(row["latitude"]) < 36.6 and 35.8 < float(row["longitude"]) < 37.4


def _sketch_of_row(row) -> Sketch:
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


def _type_of(row) -> str:
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


def baseline(one: Sketch, other: Sketch) -> bool:
    """A window of 5 km and 2 days with equal type."""
    return (
        one.sub_type == other.sub_type
        and distance_km(one, other) <= 5
        and days_apart(one, other) <= 2
    )


def pairs_of(rows: list[Sketch], dice: random.Random):
    """(one, other, same event?) for all pairs within 4 days and 30 km, half of the rows retold."""
    told = [(number, row) for number, row in enumerate(rows)]
    words = sorted(set().union(*(row.words for row in rows)))
    told += [(number, retold(row, dice, words)) for number, row in told if dice.random() < 0.5]
    told.sort(key=lambda each: each[1].start)
    for at, (number, one) in enumerate(told):
        for other_number, other in itertools.islice(told, at + 1, None):
            if (other.start - one.start).days > 4:
                break
            if distance_km(one, other) <= 30:
                yield one, other, number == other_number


def rates(found: int, right: int, there: int) -> tuple[float, float]:
    return right / max(1, found), right / max(1, there)


@pytest.mark.skipif(not UCDP.exists(), reason="the UCDP events are not beside the project")
@pytest.mark.parametrize("seed", [7, 19])
def test_suggestions_beat_a_window_of_five_km_and_two_days(seed, capsys):
    there = found = right = by_window = right_by_window = 0
    for one, other, same in pairs_of(ucdp_rows(), random.Random(seed)):
        likely, within = similarity(one, other)[0] >= 0.5, baseline(one, other)
        there += same
        found, right = found + likely, right + (likely and same)
        by_window, right_by_window = by_window + within, right_by_window + (within and same)
    precision, recall = rates(found, right, there)
    base_precision, base_recall = rates(by_window, right_by_window, there)
    with capsys.disabled():
        print(
            f"\nmerge suggestions, {there} true pairs: precision {precision:.3f}, recall"
            f" {recall:.3f}; window of 5 km and 2 days: {base_precision:.3f}, {base_recall:.3f}"
        )
    assert precision > base_precision
    assert recall > base_recall
