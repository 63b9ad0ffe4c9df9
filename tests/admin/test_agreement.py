"""The dashboard's measure of the reading: what editors kept of it, by step and week."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from events import curation
from events.admin.agreement import WEEKS, Step, agreement
from events.models import Event
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_participation,
    make_place,
    make_user,
)

pytestmark = pytest.mark.django_db


def steps() -> dict[str, tuple[int, int]]:
    return {step.label: (step.kept, step.checked) for step in agreement()}


def test_what_editors_changed_lowers_its_step_alone():
    editor, actor = make_user(role="editor"), make_actor()
    kept, moved = make_event(place=make_place()), make_event(place=make_place())
    for event in (kept, moved):
        make_claim(event)
        make_participation(event, actor)
    there = make_place("Saraqib")
    curation.correct(moved, {"place": there}, editor, "the other one")
    curation.set_participants(moved, [], editor, "nobody is named")
    for event in (kept, moved):
        curation.confirm(event, editor)
    found = steps()
    assert found["Place chosen"] == found["Actors"] == (1, 2)
    assert found["Date value"] == found["Event type"] == found["Figures"] == (2, 2)
    assert next(s.changed for s in agreement() if s.label == "Place chosen") == "Saraqib"


def test_a_step_has_its_weeks_oldest_first():
    editor, event = make_user(role="editor"), make_event(place=make_place())
    make_claim(event)
    curation.confirm(event, editor)
    Event.objects.update(updated_at=timezone.now() - dt.timedelta(days=15))
    date = next(step for step in agreement() if step.label == "Date value")
    assert date.weeks == ((0, 0),) * (WEEKS - 3) + ((1, 1), (0, 0), (0, 0))


def test_a_step_without_checks_draws_nothing():
    assert Step("x", 0, 0).path == ""
    assert Step("x", 2, 1, ((1, 2), (2, 2))).path == "M0.0 13.3L11.4 0.0"


def test_the_dashboard_speaks_the_language_of_each_reader(client):
    client.force_login(make_user(role="editor"))
    assert "Place chosen" in client.get("/admin/").content.decode()
    arabic = client.get("/admin/", HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    assert "Place chosen" not in arabic
