"""One undo takes a whole decision back, or nothing of it."""

from __future__ import annotations

import pytest

from events import curation
from events.models import Event, Mention, PlaceName
from events.vocabulary import MentionStatus, ReviewStatus
from tests.factories import (
    make_claim,
    make_event,
    make_mention,
    make_participation,
    make_place,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_undoing_a_confirmation_opens_event_and_mention_again():
    editor, place, report = make_user(role="editor"), make_place("Idlib"), make_report()
    event, mention = make_event(place=place), make_mention(report, "Idlib", place=place)
    make_claim(event, report=report)
    curation.undo(curation.confirm(event, editor), editor)
    event.refresh_from_db()
    mention.refresh_from_db()
    assert (event.status, event.checked) == (ReviewStatus.CANDIDATE, {})
    assert mention.status == MentionStatus.UNVERIFIED


def test_undo_again_and_again_walks_back():
    editor, event = make_user(role="editor"), make_event()
    curation.correct(event, {"summary": "one"}, editor)
    curation.correct(event, {"summary": "two"}, editor)
    for expected in ("one", ""):
        curation.undo(curation.last_decision(editor), editor)
        event.refresh_from_db()
        assert event.summary == expected
    assert curation.last_decision(editor) is None


def test_what_somebody_changed_since_is_not_overwritten_by_undo():
    rana, omar, event = make_user(role="editor"), make_user(role="editor"), make_event()
    decision = curation.correct(event, {"summary": "hers"}, rana)
    curation.correct(event, {"summary": "his"}, omar)
    with pytest.raises(curation.Conflict):
        curation.undo(decision, rana)
    assert Event.objects.get(pk=event.pk).summary == "his"


def test_nobody_undoes_the_steps_of_others():
    decision = curation.correct(make_event(), {"summary": "x"}, make_user(role="editor"))
    with pytest.raises(curation.NotAllowed):
        curation.undo(decision, make_user(role="editor"))


def test_a_step_is_undone_once():
    editor = make_user(role="editor")
    decision = curation.undo(curation.correct(make_event(), {"summary": "x"}, editor), editor)
    with pytest.raises(curation.Refused):
        curation.undo(decision, editor)


def test_one_undo_takes_back_a_place_from_all_mentions_with_its_learned_name():
    editor, base = make_user(role="editor"), make_place("Hmeimim air base", 35.4, 35.95)
    reports = [make_report(f"Drones near Hamim, number {n}.") for n in range(3)]
    here, *others = [make_mention(report, "Hamim") for report in reports]
    event = make_event(place=None, latitude=None, longitude=None)
    make_claim(event, report=reports[0])
    decision = curation.reassign(here, base, editor, also=others, learn=True)
    assert Mention.objects.filter(status=MentionStatus.VERIFIED, place=base).count() == 3
    event.refresh_from_db()
    assert event.place == base
    assert PlaceName.objects.get(text="Hamim").learned_by == editor
    curation.undo(decision, editor)
    event.refresh_from_db()
    assert Mention.objects.open().filter(place=None).count() == 3
    assert (event.place, event.latitude) == (None, None)
    assert not PlaceName.objects.filter(text="Hamim").exists()


def test_participants_come_back():
    editor, event = make_user(role="editor"), make_event()
    part = make_participation(event)
    curation.undo(curation.set_participants(event, [], editor), editor)
    assert event.participations.get().pk == part.pk
