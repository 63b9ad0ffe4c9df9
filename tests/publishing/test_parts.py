"""Parts of public records fetched by lists of ids: the same as by joins, in fewer statements."""

from __future__ import annotations

import pytest

from events.models import Event, Place
from events.publishing.features import public_event, public_events, with_public_parts
from events.publishing.parts import Places
from tests.factories import (
    make_claim,
    make_participation,
    make_place,
    make_published_event,
    make_report,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def varied():
    governorate = make_place("Idlib Governorate", kind="governorate", radius_km=40)
    district = make_place("Ariha District", kind="district", parent=governorate, radius_km=12)
    town = make_place("Ariha", parent=district, coarsen_km=10)
    hidden = make_source("A fixer", is_public=False)
    dataset = make_source("UCDP", kind="dataset")
    own = {"place_text": "the cellar", "quote": "Shells fell."}
    plain = make_published_event(place=make_place("Saraqib", parent=governorate))
    coarse = make_published_event(place=town, dataset=dataset, external_id="7", attributes={"a": 1})
    make_claim(coarse, report=make_report("Shells fell. Twice."), **own)
    make_claim(coarse, report=make_report("Shells fell. Once.", source=hidden), **own)
    make_participation(coarse)
    make_published_event(dataset=dataset, external_id="8", attributes={"b": 2})
    return plain, coarse


def test_records_by_ids_equal_records_by_joins(varied):
    events = Event.objects.published().order_by("pk")
    joined = [public_event(event) for event in with_public_parts(events)]
    assert list(public_events(events)) == joined
    assert [record["admin1"] for record in joined[:2]] == ["Idlib Governorate"] * 2


def test_a_coarsened_event_stays_coarse(varied):
    [record] = public_events(Event.objects.filter(pk=varied[1].pk))
    assert record["place"] == "Ariha District"
    assert (record["attributes"], {c["place_text"] for c in record["claims"]}) == ({}, {""})
    assert "A fixer" not in str(record)


def test_statements_do_not_grow_with_the_events(varied, django_assert_num_queries):
    for _number in range(30):
        make_published_event()
    with django_assert_num_queries(5):  # events, claims, parties, datasets, places
        assert len(list(public_events(Event.objects.published()))) == 33


def test_places_are_fetched_once_with_what_they_lie_in(varied, django_assert_num_queries):
    places, town = Places(), Place.objects.get(name="Ariha")
    with django_assert_num_queries(1):
        places.learn([town.pk])
        places.learn([town.pk, town.parent_id])
        chain = [place.name for place in places.get(town.pk).ancestors()]
    assert chain == ["Ariha District", "Idlib Governorate"]


def test_places_that_lie_in_each_other_end_the_walk(varied):
    first = make_place("First")
    second = make_place("Second", parent=first)
    Place.objects.filter(pk=first.pk).update(parent=second)
    event = make_published_event(place=second)
    [record] = public_events(Event.objects.filter(pk=event.pk))
    assert record["admin1"] == ""
