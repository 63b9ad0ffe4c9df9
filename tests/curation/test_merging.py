"""Merging keeps every claim, and taking apart gives back both sides exactly."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from events import curation
from events.models import Claim, Event, Merge, Participation
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_participation,
    make_published_event,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db
COLUMNS = (
    "pk",
    "start_date",
    "end_date",
    "time_precision",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "merged_into_id",
    "status",
    "summary",
)


def figures(low, best, high):
    return {"fatalities_low": low, "fatalities_best": best, "fatalities_high": high}


def state() -> dict[str, set]:
    """Everything a merge may move, without history and versions."""
    return {
        "events": set(Event.objects.values_list(*COLUMNS)),
        "claims": set(Claim.objects.values_list("pk", "event_id", "original_event_id")),
        "parts": set(Participation.objects.values_list("event_id", "actor_id", "role")),
    }


def test_claims_move_and_figures_and_days_widen():
    editor = make_user(role="editor")
    kept = make_event(**figures(18, 18, 18), end_date=dt.date(2020, 2, 22))
    duplicate = make_event(**figures(30, 30, 30), end_date=dt.date(2020, 2, 23))
    make_claim(kept)
    moved, actor = make_claim(duplicate), make_participation(duplicate).actor
    curation.merge(kept, duplicate, editor, ["same day"])
    kept.refresh_from_db()
    moved.refresh_from_db()
    assert (moved.event, moved.original_event) == (kept, duplicate)
    assert (kept.fatalities_low, kept.fatalities_best, kept.fatalities_high) == (18, 18, 30)
    assert kept.end_date == dt.date(2020, 2, 23)
    assert kept.actors.get() == actor
    assert kept.claims.count() == 2


def test_a_merge_of_merged_events_is_refused_in_clear_words():
    one, two, three = make_event(), make_event(), make_event()
    curation.merge(one, two, None)
    with pytest.raises(curation.Refused, match=f"already merged into event {one.pk}"):
        curation.merge(three, two, None)
    with pytest.raises(curation.Refused, match="into itself"):
        curation.merge(one, one, None)


def test_a_merged_event_is_public_no_more():
    kept, duplicate = make_published_event(), make_published_event()
    decision = curation.merge(kept, duplicate, make_user(role="publisher"))
    assert decision.touches_public
    assert list(Event.objects.published()) == [kept]


def test_taking_apart_keeps_what_an_editor_changed_since():
    editor = make_user(role="editor")
    kept, duplicate = make_event(**figures(5, 5, 5)), make_event(**figures(3, 3, 3))
    curation.merge(kept, duplicate, editor)
    curation.correct(kept, {"summary": "later"} | figures(4, 4, 6), editor)
    curation.correct(kept, {"end_date": dt.date(2020, 2, 21)}, editor)
    curation.unmerge(Merge.objects.get(), editor)
    kept.refresh_from_db()
    assert (kept.fatalities_low, kept.fatalities_high) == (4, 6)
    assert (kept.summary, kept.end_date) == ("later", dt.date(2020, 2, 21))


def test_a_chain_is_taken_apart_from_the_newest():
    first, second, third = make_event(), make_event(), make_event()
    curation.merge(second, third, None)
    curation.merge(first, second, None)
    inner = Merge.objects.get(kept=second)
    with pytest.raises(curation.Refused, match="take that apart first"):
        curation.unmerge(inner, None)


def test_undo_of_a_merge_takes_it_apart_and_undo_of_that_merges_again():
    editor = make_user(role="editor")
    kept, duplicate = make_event(), make_event()
    claim = make_claim(duplicate)
    before = state()
    curation.undo(curation.merge(kept, duplicate, editor), editor)
    assert state() == before
    curation.merge(kept, duplicate, editor)
    apart = curation.unmerge(Merge.objects.filter(undone_at=None).get(), editor)
    curation.undo(apart, editor)
    claim.refresh_from_db()
    assert claim.event == kept


@pytest.mark.parametrize("seed", range(12))
def test_any_sequence_of_merges_returns_to_the_same_state(seed):
    dice = random.Random(seed)
    report, actors = make_report(), [make_actor() for _ in range(3)]
    for _number in range(6):
        some_event(dice, report, actors)
    before = state()
    for _step in range(14):
        one_step(dice)
    while standing := list(Merge.objects.filter(undone_at=None, kept__merged_into=None)):
        curation.unmerge(dice.choice(standing), None)
    assert state() == before


def some_event(dice, report, actors):
    best = dice.choice([None, 2, 5, 9])
    low, high = (None, None) if best is None else (best - dice.randrange(2), best + 1)
    day = dt.date(2020, 2, 20) + dt.timedelta(days=dice.randrange(3))
    event = make_event(start_date=day, end_date=day, **figures(low, best, high))
    for _claim in range(dice.randrange(1, 3)):
        make_claim(event)
    if dice.random() < 0.5:  # several events that quote one sentence of one report
        make_claim(event, report=report)
    for actor in dice.sample(actors, dice.randrange(3)):
        make_participation(event, actor)
    return event


def one_step(dice):
    standing = list(Merge.objects.filter(undone_at=None, kept__merged_into=None))
    if standing and dice.random() < 0.4:
        curation.unmerge(dice.choice(standing), None)
        return
    loose = list(Event.objects.filter(merged_into=None))
    if len(loose) > 1:
        curation.merge(*dice.sample(loose, 2), None)
