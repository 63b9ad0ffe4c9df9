"""Stories: the gate, the order of steps, what the tables refuse, and the natural keys."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from events.models import Story, StoryStep
from tests.factories import make_published_event, make_step, make_story

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_published():
    make_step(make_story(status="draft"))
    assert not Story.objects.published().exists()


def test_a_story_without_steps_is_not_published():
    make_story()
    assert not Story.objects.published().exists()


def test_a_published_story_with_steps_stands_once_however_many_there_are():
    story = make_story()
    for number in (1, 2, 3):
        make_step(story, order=number)
    assert list(Story.objects.published()) == [story]


def test_steps_come_in_their_order():
    story = make_story()
    for number in (3, 1, 2):
        make_step(story, order=number, title=f"step {number}")
    assert [step.title for step in story.steps.all()] == ["step 1", "step 2", "step 3"]


@pytest.mark.parametrize(
    "values",
    [
        {"order": 1},
        {"order": 0},
        {"from_date": dt.date(2020, 2, 2), "to_date": dt.date(2020, 2, 1)},
        {"latitude": 35.0},
        {"latitude": 95.0, "longitude": 36.0},
        {"zoom": 40.0},
    ],
    ids=str,
)
def test_the_tables_refuse_a_senseless_step(values):
    story = make_story()
    make_step(story, order=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_step(story, **{"order": 2, **values})


@pytest.mark.parametrize("values", [{"title": ""}, {"status": "secret"}], ids=str)
def test_the_tables_refuse_a_senseless_story(values):
    make_story()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(**values)


def test_an_event_that_a_story_tells_of_is_not_deleted():
    event = make_published_event()
    make_step(make_story(), event=event)
    with pytest.raises(ProtectedError):
        event.delete()


def test_each_change_is_in_the_history():
    step = make_step(make_story())
    step.text = "Other words."
    step.save()
    assert [row.text for row in step.history.all()] == ["Other words.", "What happened here."]


def test_loading_the_same_rows_twice_is_loading_them_once():
    make_step(make_story(), event=make_published_event())
    rows = serializers.serialize(
        "json",
        [*Story.objects.all(), *StoryStep.objects.all()],
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )
    for _ in range(2):
        for found in serializers.deserialize("json", rows):
            found.save()
    assert (Story.objects.count(), StoryStep.objects.count()) == (1, 1)
