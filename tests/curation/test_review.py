"""Confirming, rejecting, correcting: what each does, refuses and remembers."""

from __future__ import annotations

import datetime as dt

import pytest

from events import curation
from events.models import Event
from events.vocabulary import MentionStatus, ReviewStatus, Stance
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_mention,
    make_participation,
    make_place,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_confirming_verifies_the_mention_that_gave_the_place():
    editor, place, report = make_user(role="editor"), make_place("Idlib"), make_report()
    event = make_event(place=place)
    make_claim(event, report=report)
    inside, outside = make_mention(report, "Idlib", place=place), make_mention(report, "Saraqib")
    decision = curation.confirm(event, editor)
    event.refresh_from_db()
    inside.refresh_from_db()
    outside.refresh_from_db()
    assert event.status == ReviewStatus.CONFIRMED
    assert event.checked["place"]["by"] == editor.username
    assert (inside.status, inside.verified_by) == (MentionStatus.VERIFIED, editor)
    assert outside.status == MentionStatus.UNVERIFIED
    assert decision.touches_public is False


def test_an_event_without_a_point_is_not_confirmed():
    event = make_event(latitude=None, longitude=None)
    with pytest.raises(curation.Invalid) as refusal:
        curation.confirm(event, make_user(role="editor"))
    assert "place" in refusal.value.errors


@pytest.mark.parametrize("reason", ["", "   "])
def test_rejecting_needs_a_reason(reason):
    with pytest.raises(curation.Invalid):
        curation.reject(make_event(), make_user(role="editor"), reason)


def test_the_reason_stands_in_the_history():
    event, editor = make_event(), make_user(role="editor")
    curation.reject(event, editor, "a past event, told again")
    newest = event.history.first()
    assert newest.history_change_reason == "a past event, told again"
    assert newest.history_user == editor


def test_a_new_place_brings_its_point_and_counts_as_checked():
    event, editor = make_event(place=make_place()), make_user(role="editor")
    saraqib = make_place("Saraqib", 35.864, 36.806)
    curation.correct(event, {"place": saraqib}, editor)
    event.refresh_from_db()
    assert (event.latitude, event.longitude) == (35.864, 36.806)
    assert "place" in event.checked
    assert "date" not in event.checked


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"start_date": dt.date(2020, 3, 2), "end_date": dt.date(2020, 3, 1)}, "end_date"),
        ({"latitude": 95.0}, "latitude"),
        ({"fatalities_low": 5, "fatalities_best": 3, "fatalities_high": 9}, "fatalities_best"),
        ({"fatalities_best": 3}, "fatalities_best"),
        ({"sub_event_type": "nonsense"}, "sub_event_type"),
        ({"status": "published"}, "status"),
    ],
)
def test_senseless_values_are_named_and_nothing_is_stored(changes, field):
    event = make_event()
    with pytest.raises(curation.Invalid) as refusal:
        curation.correct(event, changes, make_user(role="editor"))
    assert field in refusal.value.errors
    assert Event.objects.get(pk=event.pk).version == 0


def test_a_later_save_of_the_same_field_is_shown_both_values():
    event, rana, omar = make_event(), make_user(role="editor"), make_user(role="editor")
    seen = event.version
    curation.correct(event, {"end_date": dt.date(2020, 2, 25)}, omar, "four days", version=seen)
    with pytest.raises(curation.Conflict) as conflict:
        curation.correct(event, {"end_date": dt.date(2020, 2, 26)}, rana, version=seen)
    [field] = conflict.value.fields
    assert (field.field, field.seen, field.theirs, field.mine) == (
        "end_date",
        "2020-02-20",
        "2020-02-25",
        "2020-02-26",
    )
    assert (field.by, field.reason) == (omar.username, "four days")


def test_changes_of_different_fields_do_not_hinder_each_other():
    event, editor = make_event(), make_user(role="editor")
    curation.correct(event, {"summary": "theirs"}, editor, version=0)
    curation.correct(event, {"is_graphic": True}, editor, version=0)
    event.refresh_from_db()
    assert (event.summary, event.is_graphic) == ("theirs", True)


def test_a_confirmation_of_values_that_changed_meanwhile_is_a_conflict():
    event, editor = make_event(), make_user(role="editor")
    curation.correct(event, {"end_date": dt.date(2020, 2, 26)}, editor)
    with pytest.raises(curation.Conflict):
        curation.confirm(event, editor, version=0)


def test_participants_that_stay_are_not_touched():
    event, editor = make_event(), make_user(role="editor")
    stays, goes = make_participation(event), make_participation(event)
    comes = make_actor()
    curation.set_participants(event, [(stays.actor_id, "actor"), (comes.pk, "target")], editor)
    rows = set(event.participations.values_list("actor_id", "role"))
    assert rows == {(stays.actor_id, "actor"), (comes.pk, "target")}
    assert event.participations.filter(pk=stays.pk).exists()
    assert goes.history.filter(history_type="-").exists()


def test_a_claims_stance_can_be_corrected():
    claim = make_claim(make_event())
    curation.correct_claim(claim, {"stance": Stance.DOUBTS}, make_user(role="editor"))
    claim.refresh_from_db()
    assert claim.stance == Stance.DOUBTS


def test_one_event_is_split_into_two():
    event, editor = make_event(), make_user(role="editor")
    first, second = make_claim(event), make_claim(event)
    part = make_participation(event)
    decision = curation.split(event, [second], editor)
    twin = Event.objects.get(pk=decision.about)
    assert list(event.claims.all()) == [first]
    assert list(twin.claims.all()) == [second]
    assert twin.participations.get().actor == part.actor
    with pytest.raises(curation.Refused):
        curation.split(event, [first], editor)
