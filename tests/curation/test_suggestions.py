"""Merge suggestions: what speaks for one event, and how well they do on real rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from events import curation
from events.curation.comparison import Crowd, Sketch
from events.curation.suggestions import SUGGESTED_FROM, chance, similarity, suggest
from events.vocabulary import ReviewStatus
from tests.bench.fit_suggestions import HELD_OUT, measure, sketches, tellings
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


@pytest.mark.skipif(not UCDP.exists(), reason="the UCDP events are not beside the project")
@pytest.mark.parametrize("seed", [7, 19])
def test_suggestions_beat_the_window_on_years_they_were_not_tuned_on(seed, capsys):
    told = tellings(sketches(UCDP, HELD_OUT), seed)
    done = measure(told, chance, SUGGESTED_FROM)
    rates = {name: done.rates(getattr(done, name)) for name in ("found", "best", "window")}
    with capsys.disabled():
        print(f"\nmerge suggestions of {HELD_OUT}, {len(done.true)} true pairs:", end=" ")
        print("; ".join(f"{name} P {p:.3f} R {r:.3f}" for name, (p, r) in rates.items()))
    for name in ("found", "best"):
        assert rates[name][0] > rates["window"][0] + 0.1
        assert rates[name][1] > rates["window"][1]


def test_what_everybody_nearby_shares_says_little():
    mine = sketch(actors=frozenset({1}), words=frozenset({"market"}), low=2, high=2)
    crowd = Crowd.of([mine] * 12 + [sketch(sub_type="agreement")] * 2)
    assert chance(mine, mine, crowd) < chance(mine, mine, Crowd.of([mine] + [sketch()] * 13))
