"""Near-same reports are found and linked; news is not taken for a repetition."""

from __future__ import annotations

import datetime as dt

import pytest

from events.ingestion.duplicates import bands, plain_address, resemblance, shingles, words_of
from events.ingestion.reports import take_in
from events.models import Report
from events.vocabulary import ReportStatus
from tests.factories import make_source

STORY = (
    "Jets struck the vegetable market in Ariha on Thursday morning, killing 5 people and wounding"
    " many more, rescuers said. The strike hit the main road near the clinic while people were"
    " buying food for the evening. Volunteers dug through the rubble of three shops until the"
    " afternoon. A second strike hit farmland outside the town without causing any losses. The"
    " town has been under fire since the beginning of the week, residents told reporters there."
)
OTHER = (
    "A convoy of forty vehicles crossed the border at dawn and drove south towards the observation"
    " post near Morek, witnesses said. The soldiers brought concrete walls and fuel with them, and"
    " nobody fired at the convoy. Talks about the opening of the highway went on in the capital,"
    " where officials spoke of progress without giving any details of what was agreed that day."
)
THURSDAY = dt.date(2020, 2, 20)


def take(text, day=THURSDAY, **values):
    return take_in(text, make_source(), published_at=day, **values).report


@pytest.mark.django_db
def test_a_copy_with_another_last_sentence_is_linked_and_not_read():
    first = take(STORY)
    copy = take(STORY + " More follows on our page.")
    assert copy.duplicate_of == first
    assert copy.status == ReportStatus.FINISHED
    assert f"report {first.pk}" in copy.status_note


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [("killing 5", "killing 7"), ("killing 5", "killing seven"), ("three shops", "13 shops")],
)
def test_a_copy_with_another_figure_is_linked_and_read(change):
    first = take(STORY)
    update = take(STORY.replace(*change))
    assert update.duplicate_of == first
    assert update.status == ReportStatus.NEW


@pytest.mark.django_db
def test_a_copy_of_a_copy_is_linked_to_the_first():
    first = take(STORY)
    take(STORY + " More follows.")
    assert take(STORY + " More follows on our page.").duplicate_of == first


@pytest.mark.django_db
def test_another_story_is_no_copy():
    take(STORY)
    assert take(OTHER).duplicate_of is None


@pytest.mark.django_db
def test_the_same_words_a_week_later_are_news():
    take(STORY)
    later = take(STORY + " More follows.", THURSDAY + dt.timedelta(days=7))
    assert later.duplicate_of is None


@pytest.mark.django_db
def test_the_same_text_again_is_the_same_report():
    first = take_in(STORY, make_source())
    again = take_in(STORY, make_source())
    assert (again.report, again.created) == (first.report, False)
    assert Report.objects.count() == 1


@pytest.mark.django_db
def test_a_page_whose_text_changed_is_linked_and_read():
    first = take(STORY, url="https://www.example.org/a/?utm_source=feed")
    changed = take(OTHER, url="http://example.org/a#top")
    assert changed.duplicate_of == first
    assert changed.status == ReportStatus.NEW


@pytest.mark.django_db
def test_an_address_that_is_none_of_the_web_is_dropped():
    assert take(STORY, url="javascript:alert(1)").url == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/a/", "http://example.org/a"),
        ("https://example.org/a?b=1&utm_medium=x", "https://example.org/a?b=1"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1"),
    ],
)
def test_addresses_of_the_same_page_are_one(one, other):
    assert plain_address(one) == plain_address(other)


def test_addresses_of_two_pages_are_two():
    assert plain_address("https://example.org/a?id=1") != plain_address(
        "https://example.org/a?id=2"
    )


@pytest.mark.parametrize("text", ["", "one two", "\ud800", "http://[", "ا" * 50_000])
def test_any_text_has_a_sketch(text):
    assert isinstance(bands(shingles(words_of(text))), list)
    assert isinstance(plain_address(text), str)


def test_texts_that_resemble_share_a_band_and_others_do_not():
    hashes = [shingles(words_of(t)) for t in (STORY, STORY.replace("Ariha", "Saraqib"), OTHER)]
    own, near, far = (set(enumerate(bands(h))) for h in hashes)
    assert own & near
    assert not own & far
    assert resemblance(hashes[0], hashes[1]) > 0.75 > resemblance(hashes[0], hashes[2])
