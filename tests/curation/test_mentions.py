"""Mentions: an editor's word for one, for all that are spelt alike, and for the gazetteer."""

from __future__ import annotations

import pytest

from events import curation
from events.models import Place, PlaceName
from events.vocabulary import MentionStatus, NameOrigin
from tests.factories import (
    make_claim,
    make_event,
    make_mention,
    make_place,
    make_place_name,
    make_published_event,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_mentions_spelt_alike_are_found_by_their_folded_form():
    mention = make_mention(make_report("At al-Atarib again."), "al-Atarib")
    alike = make_mention(make_report("In Al-Atārib today."), "Al-Atārib")
    make_mention(make_report("In Al-Dana today."), "Al-Dana")
    decided = make_mention(make_report("al-Atarib, once more"), "al-Atarib")
    curation.verify(decided, make_place(), make_user(role="editor"))
    assert curation.same_spelling(mention) == [alike]


def test_a_verified_mention_is_never_changed_by_others():
    editor, here, there = make_user(role="editor"), make_place(), make_place()
    done = make_mention(make_report("Near Hamim today."), "Hamim")
    curation.verify(done, here, editor)
    mention = make_mention(make_report("From Hamim again."), "Hamim")
    curation.reassign(mention, there, editor, also=[done])
    done.refresh_from_db()
    assert done.place == here


def test_a_published_event_does_not_move_with_a_mention():
    place, report = make_place("Idlib"), make_report()
    event = make_published_event(place=place, report=report)
    mention = make_mention(report, "Idlib", place=place)
    curation.verify(mention, make_place(), make_user(role="editor"))
    event.refresh_from_db()
    assert event.place == place


def test_a_mention_nobody_can_place_takes_the_point_of_its_candidate():
    place, report = make_place("Idlib"), make_report()
    event = make_event(place=place)
    make_claim(event, report=report)
    mention = make_mention(report, "Idlib", place=place)
    curation.mark_unidentifiable(mention, make_user(role="editor"))
    mention.refresh_from_db()
    event.refresh_from_db()
    assert mention.status == MentionStatus.NOT_IDENTIFIABLE
    assert (event.place, event.latitude) == (None, None)


def test_a_learned_name_says_who_and_from_which_report():
    editor, place, report = make_user(role="editor"), make_place("Hmeimim"), make_report()
    decision = curation.learn_name(place, "Hamim", report, editor)
    name = PlaceName.objects.get(pk=curation.learned_in(decision)[0])
    assert (name.origin, name.learned_by, name.learned_from) == (
        NameOrigin.LEARNED,
        editor,
        report,
    )


@pytest.mark.parametrize("text", ["Hmeimim", "HMEIMIM", "Hmēimīm"])
def test_a_known_spelling_is_not_learned_twice(text):
    place = make_place("Hmeimim air base")
    make_place_name(place, "Hmeimim")
    assert curation.is_new_spelling(place, text) is False
    assert curation.learned_in(curation.learn_name(place, text, None, None)) == []


def test_what_is_no_name_is_not_learned():
    with pytest.raises(curation.Refused):
        curation.learn_name(make_place(), "...", None, None)


def test_a_dropped_point_becomes_a_place_and_one_undo_takes_all_back():
    editor, district = make_user(role="editor"), make_place("Harim district", kind="district")
    make_place("Near", 36.01, 36.51, parent=district)
    report = make_report("Shells fell on Kafr Nowhere.")
    mention = make_mention(report, "Kafr Nowhere")
    event = make_event(place=None, latitude=None, longitude=None)
    make_claim(event, report=report)
    decision = curation.drop_point(mention, 36.0, 36.5, editor)
    place = Place.objects.get(slug="kafr-nowhere")
    assert (place.latitude, place.parent, place.edited) == (36.0, district, True)
    assert place.names.get().learned_by == editor
    mention.refresh_from_db()
    event.refresh_from_db()
    assert (mention.place, event.place, event.latitude) == (place, place, 36.0)
    curation.undo(decision, editor)
    event.refresh_from_db()
    assert (event.place, event.latitude) == (None, None)
    assert not Place.objects.filter(slug="kafr-nowhere").exists()


def test_a_second_place_of_one_name_gets_a_slug_of_its_own():
    editor = make_user(role="editor")
    make_place("Kafr Nowhere", slug="kafr-nowhere")
    mention = make_mention(make_report("Shells fell on Kafr Nowhere."), "Kafr Nowhere")
    curation.drop_point(mention, 36.0, 36.5, editor)
    assert Place.objects.filter(slug="kafr-nowhere-2").exists()
