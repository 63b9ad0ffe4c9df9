"""The pages of stories: a page without JavaScript, the gate for every event, hostile words."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.urls import reverse

from events import curation
from tests.factories import make_place, make_published_event, make_step, make_story, make_user

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def told(client, story, query=""):
    """The story as the page's modules get it."""
    page = client.get(story.get_absolute_url() + query).content.decode()
    config = re.search(r'<script id="page-config"[^>]*>(.*?)</script>', page, re.DOTALL)[1]
    return json.loads(config)["story"]


def make_told_event(**values):
    return make_published_event(place=make_place("Saraqib", 35.86, 36.80), **values)


def test_without_javascript_a_story_is_a_page(client):
    event = make_told_event()
    story = make_story("Two days", intro="How it went.")
    make_step(story, title="The first", text="Shells fell.\nThen silence.", event=event)
    make_step(story, title="The second", text="They left.")
    page = client.get(f"/stories/{story.slug}/").content.decode()
    plain = page[page.index("<noscript>") : page.index("</noscript>")]
    for words in ("Two days", "How it went.", "The first", "Then silence.", "The second"):
        assert words in plain
    assert plain.index("The first") < plain.index("The second")
    assert 'id="step-2"' in plain
    assert f'href="/events/{event.uid}/"' in plain
    assert event.claims.get().report.source.name in plain


@pytest.mark.parametrize("status", ["draft", None])
def test_a_story_that_is_not_published_is_not_there(client, status):
    if status:
        make_step(make_story(slug="unpublished-plan", status=status))
    assert client.get("/stories/unpublished-plan/").status_code == 404
    assert "unpublished-plan" not in client.get("/stories/").content.decode()


def test_the_list_names_the_published_stories(client):
    story = make_story("Two days")
    make_step(story)
    page = client.get("/stories/").content.decode()
    assert f'href="{story.get_absolute_url()}"' in page
    assert "Two days" in page
    assert 'href="/stories/"' in client.get("/").content.decode()


def test_a_step_shows_its_events_days_and_point_unless_it_has_its_own(client):
    story, event = make_story(), make_told_event()
    make_step(story, event=event)
    own = {"latitude": 35.0, "longitude": 36.0, "zoom": 9.0}
    make_step(story, event=event, from_date=dt.date(2020, 2, 1), **own)
    first, second = told(client, story)["steps"]
    day = event.start_date.isoformat()
    assert first["state"] == {"from": day, "to": day, "center": [35.86, 36.80], "zoom": 12.0}
    assert first["event"] == event.uid
    assert second["state"] == {"from": "2020-02-01", "center": [35.0, 36.0], "zoom": 9.0}


@pytest.mark.parametrize("status", ["candidate", "confirmed", "retracted", "rejected"])
def test_a_step_whose_event_is_not_published_keeps_only_its_words(client, status):
    story = make_story()
    event = make_told_event(status=status, summary="nobodyknows")
    view = {"latitude": 35.86, "longitude": 36.80, "zoom": 12.0}
    make_step(story, event=event, area=event.place, text="What we say.", **view)
    page = client.get(story.get_absolute_url()).content.decode()
    [step] = told(client, story)["steps"]
    assert step["text"] == "What we say."
    assert (step["event"], step["source"], step["place"], step["state"]) == (None, "", None, {})
    assert event.uid not in page
    assert "nobodyknows" not in page


def test_a_retracted_event_leaves_the_story_at_once(client):
    story, event = make_story(), make_told_event()
    make_step(story, event=event)
    assert told(client, story)["steps"][0]["event"] == event.uid
    curation.retract(event, None, "wrong")
    assert told(client, story)["steps"][0]["event"] is None


def test_a_merged_event_is_told_as_the_one_it_was_merged_into(client):
    story, kept, merged = make_story(), make_told_event(), make_published_event()
    make_step(story, event=merged)
    curation.merge(kept, merged, None)
    assert told(client, story)["steps"][0]["event"] == kept.uid


def test_a_coarsened_event_is_shown_at_its_public_point_whatever_the_step_says(client):
    story, event = make_story(), make_told_event(coarsen_km=10.0)
    exact = {"latitude": event.latitude, "longitude": event.longitude}
    make_step(story, event=event, area=event.place, **exact)
    [step] = told(client, story)["steps"]
    assert step["state"]["center"] == [event.public_latitude, event.public_longitude]
    assert step["state"]["center"] != [event.latitude, event.longitude]
    assert step["place"] is None


def test_hostile_words_stay_words(client):
    story = make_story(HOSTILE, intro=HOSTILE, title_ar=HOSTILE)
    make_step(story, title=HOSTILE, text=HOSTILE)
    for address in ("/stories/", story.get_absolute_url(), f"{story.get_absolute_url()}?lang=ar"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert told(client, story)["steps"][0]["text"] == HOSTILE


def test_arabic_readers_get_the_arabic_words_where_there_are_some(client):
    story = make_story("Two days", title_ar="يومان")
    make_step(story, title="First", title_ar="الأولى", text="Only in English.")
    arabic = told(client, story, "?lang=ar")
    assert arabic["title"] == "يومان"
    assert arabic["steps"][0]["title"] == "الأولى"
    assert arabic["steps"][0]["text"] == "Only in English."


@pytest.mark.parametrize(
    ("query", "canonical"),
    [("", ""), ("?step=2", "?step=2"), ("?step=1", ""), ("?step=99", ""), ('?step="><b>', "")],
)
def test_every_step_has_a_canonical_address(client, query, canonical):
    story = make_story()
    make_step(story)
    make_step(story)
    page = client.get(story.get_absolute_url() + query).content.decode()
    assert f'<link rel="canonical" href="{story.get_absolute_url()}{canonical}">' in page


def test_a_story_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    story = make_story()
    for _ in range(8):
        make_step(story, event=make_published_event())
    with django_assert_max_num_queries(8):
        client.get(story.get_absolute_url())


def form_of(story, *steps):
    """What the desk's form sends for a story and its steps."""
    data = {"title": story.title, "slug": story.slug, "status": "published"}
    initial = story.steps.count()
    data |= {"steps-TOTAL_FORMS": str(len(steps)), "steps-INITIAL_FORMS": str(initial)}
    for number, step in enumerate(steps):
        data |= {f"steps-{number}-{name}": str(value) for name, value in step.items()}
    return data


def as_sent(step, position, **values):
    return {"id": step.pk, "title": step.title, "text": step.text, "position": position, **values}


def test_the_desk_reorders_adds_and_removes_steps_in_one_go(client):
    story = make_story(status="draft")
    a, b, c = (make_step(story, title=title) for title in "abc")
    new = {"title": "d", "text": "New.", "position": 1}
    data = form_of(story, as_sent(a, 3), as_sent(b, 2), as_sent(c, 3, DELETE="on"), new)
    client.force_login(make_user(role="editor"))
    address = reverse("admin:events_story_change", args=[story.pk])
    assert client.post(address, data).status_code == 302
    assert [(s.order, s.title) for s in story.steps.all()] == [(1, "d"), (2, "b"), (3, "a")]


@pytest.mark.parametrize(("role", "status"), [("editor", "draft"), ("publisher", "published")])
def test_only_a_publisher_publishes_a_story(client, role, status):
    story = make_story(status="draft")
    client.force_login(make_user(role=role))
    client.post(reverse("admin:events_story_change", args=[story.pk]), form_of(story))
    story.refresh_from_db()
    assert story.status == status


def test_an_editor_does_not_change_a_published_story(client):
    story = make_story("As published")
    client.force_login(make_user(role="editor"))
    address = reverse("admin:events_story_change", args=[story.pk])
    assert client.post(address, form_of(story) | {"title": "Mine"}).status_code == 403


def test_a_draft_is_previewed_at_the_desk_alone_and_behind_the_same_gate(client):
    story, event = make_story("Not yet", status="draft"), make_told_event(status="candidate")
    make_step(story, event=event)
    address = reverse("admin:events_story_preview", args=[story.pk])
    assert client.get(address).status_code == 302
    client.force_login(make_user(role="contributor"))
    page = client.get(address).content.decode()
    assert "Not yet" in page
    assert event.uid not in page
