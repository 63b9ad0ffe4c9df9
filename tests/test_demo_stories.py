"""The demo's stories: compiled with their events, refused without, added once."""

from __future__ import annotations

import pytest

from events.ingestion.fixtures import TableError
from events.ingestion.fixtures.stories import story_rows
from events.management.stories import add_stories
from events.models import Story, StoryStep
from tests.factories import make_place, make_published_event

STORY = '''slug = "two-days"
title = "Two days"
title_ar = "يومان"
[[steps]]
title = "The first"
text = """
Shells fell.
Then silence.
"""
event = { sub_type = "shelling", start = 2020-02-20, place = "saraqib" }
from = 2020-02-19
center = [35.8, 36.7]
zoom = 10.5
[[steps]]
title = "The second"
text = "They left."
area = "saraqib"
'''
KEY = ("shelling", "2020-02-20", "2020-02-20", "saraqib")
UID = "abcdefghjk"


def make_folder(tmp_path, text=STORY):
    (tmp_path / "demo_stories").mkdir()
    (tmp_path / "demo_stories" / "one.toml").write_text(text, encoding="utf-8")
    return tmp_path


def rows_of(tmp_path, text=STORY):
    return story_rows(make_folder(tmp_path, text), {KEY: UID}, {"saraqib"})


def test_a_story_is_compiled_to_rows_with_natural_keys(tmp_path):
    story, first, second = (row["fields"] for row in rows_of(tmp_path))
    assert (story["slug"], story["status"]) == ("two-days", "published")
    assert (first["story"], first["order"], first["event"]) == (["two-days"], 1, [UID])
    assert first["text"] == "Shells fell.\nThen silence."
    assert (first["from_date"], first["to_date"]) == ("2020-02-19", None)
    assert (first["latitude"], first["longitude"], first["zoom"]) == (35.8, 36.7, 10.5)
    assert (second["event"], second["area"]) == (None, ["saraqib"])


@pytest.mark.parametrize(
    ("words", "other"),
    [("2020-02-20", "2020-02-21"), ('area = "saraqib"', 'area = "nowhere"'), ("[[steps]]", "")],
)
def test_a_story_that_names_what_is_not_there_is_refused(tmp_path, words, other):
    with pytest.raises(TableError, match=r"one\.toml"):
        rows_of(tmp_path, STORY.replace(words, other))


@pytest.mark.django_db
def test_adding_stories_twice_is_adding_them_once_and_leaves_what_editors_made(tmp_path):
    event = make_published_event(place=make_place("Saraqib"), uid=UID)
    rows = rows_of(tmp_path)
    assert add_stories(rows) == 1
    Story.objects.update(title="An editor's title")
    assert add_stories(rows) == 0
    assert Story.objects.published().get().title == "An editor's title"
    assert [step.event for step in StoryStep.objects.order_by("order")] == [event, None]


@pytest.mark.django_db
def test_a_step_whose_event_is_gone_keeps_its_words(tmp_path):
    make_place("Saraqib")
    add_stories(rows_of(tmp_path))
    first = StoryStep.objects.get(order=1)
    assert first.event is None
    assert first.text.startswith("Shells fell.")
