"""The Atom feed: GeoRSS, the map's filters, the gate."""

from __future__ import annotations

from xml.etree import ElementTree

import feedparser
import pytest

from tests.factories import make_event, make_place, make_published_event, make_report, make_source

pytestmark = pytest.mark.django_db


def test_the_feed_has_an_entry_with_a_point_and_the_quote(client):
    report = make_report("Jets hit Ariha <b>hard</b>.", source=make_source("Monitor"))
    event = make_published_event(place=make_place("Ariha", 35.81, 36.61), report=report)
    found = feedparser.parse(client.get("/feed/").content)
    assert not found.bozo
    [entry] = found.entries
    assert event.uid in entry.link
    assert entry.where["coordinates"] == (36.61, 35.81)
    assert "Jets hit Ariha" in entry.summary
    assert "Monitor" in {tag["term"] for tag in entry.tags}


def test_the_feed_honours_the_filters(client):
    make_published_event(place=make_place("Ariha"))
    assert feedparser.parse(client.get("/feed/?type=battles").content).entries == []
    assert len(feedparser.parse(client.get("/feed/?type=explosions").content).entries) == 1


def test_drafts_are_not_in_the_feed(client):
    make_event(place=make_place("Secret village"))
    assert b"Secret" not in client.get("/feed/").content


def test_an_event_that_was_retracted_leaves_a_tombstone(client):
    event = make_published_event(place=make_place("Ariha"))
    event.status, event.retracted_at = "retracted", "2020-03-01T12:00:00Z"
    event.save()
    content = client.get("/feed/").content
    root = ElementTree.fromstring(content)
    [stone] = root.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert stone.get("ref") == f"tag:idlibmap,2017:event/{event.uid}"
    assert stone.get("when").startswith("2020-03-01T12:00:00")
    assert b"Ariha" not in content


def test_the_feed_tells_its_terms(client):
    assert "idlibmap" in feedparser.parse(client.get("/feed/").content).feed.rights
