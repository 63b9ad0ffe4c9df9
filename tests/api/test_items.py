"""The API as a client sees it: pages, filters, errors, and nothing that is not published."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from events.models import Event
from events.publishing import remembering
from events.vocabulary import ReviewStatus
from tests.factories import make_event, make_place, make_published_event

pytestmark = pytest.mark.django_db
ITEMS = "/api/collections/events/items"


@pytest.fixture
def seven():
    place = make_place("Ariha", 35.81, 36.61)
    days = [dt.date(2020, 2, n) for n in range(1, 8)]
    return [make_published_event(place=place, start_date=day) for day in days]


def test_a_page_tells_how_many_match_and_how_many_it_holds(client, seven):
    body = client.get(ITEMS, {"limit": 3}).json()
    assert (body["numberMatched"], body["numberReturned"]) == (7, 3)
    assert body["features"][0]["geometry"]["coordinates"] == [36.61, 35.81]


def test_next_links_lead_through_all_items_once(client, seven):
    url, seen = f"{ITEMS}?limit=3", []
    while url:
        body = client.get(url).json()
        seen += [feature["id"] for feature in body["features"]]
        url = next((x["href"] for x in body["links"] if x["rel"] == "next"), None)
    assert sorted(seen) == sorted(event.uid for event in seven)


@pytest.mark.parametrize(
    ("period", "matched"),
    [
        ("2020-02-03T00:00:00Z", 1),
        ("2020-02-03", 1),
        ("2020-02-03/2020-02-04", 2),
        ("../2020-02-02T23:59:59Z", 2),
        ("2020-02-06/..", 2),
        ("2020-02-06/", 2),
    ],
)
def test_datetime_is_an_instant_or_an_interval(client, seven, period, matched):
    assert client.get(ITEMS, {"datetime": period}).json()["numberMatched"] == matched


def test_bbox_selects(client, seven):
    make_published_event(place=make_place("Homs", 34.73, 36.71))
    assert client.get(ITEMS, {"bbox": "36.5,35.7,36.7,35.9"}).json()["numberMatched"] == 7


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3",
        "datetime=yesterday",
        "datetime=a/b/c",
        "limit=0",
        "limit=-1",
        "limit=ten",
        "limit=٣",
        "type=peace",
        "colour=red",
        "f=xml",
        "from=2020-99-01",
    ],
)
def test_a_wrong_parameter_is_a_problem_that_names_it(client, seven, query):
    response = client.get(f"{ITEMS}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 400
    assert len(response.json()["detail"]) > 5


def test_one_event_has_an_address_of_its_own(client, seven):
    body = client.get(f"{ITEMS}/{seven[0].uid}").json()
    assert body["id"] == seven[0].uid
    assert body["properties"]["start_date"] == "2020-02-01"


@pytest.mark.parametrize("status", [s for s in ReviewStatus if s != ReviewStatus.PUBLISHED])
def test_what_is_not_published_is_not_there(client, status):
    event = make_event(place=make_place(), status=status)
    assert client.get(ITEMS).json()["numberMatched"] == 0
    assert client.get(f"{ITEMS}/{event.uid}").status_code == 404
    unknown = client.get(f"{ITEMS}/nosuchevent").content
    assert client.get(f"{ITEMS}/{event.uid}").content == unknown


def test_an_event_that_was_merged_away_is_not_there(client, seven):
    seven[0].merged_into = seven[1]
    seven[0].save()
    assert client.get(ITEMS).json()["numberMatched"] == 6


def test_the_landing_page_links_what_a_client_needs(client):
    body = client.get("/api/").json()
    assert {"self", "service-desc", "conformance", "data"} <= {x["rel"] for x in body["links"]}
    assert client.get("/api/conformance").json()["conformsTo"]
    assert client.get("/api/openapi.json").json()["openapi"].startswith("3.")


def test_the_collection_tells_its_extent(client, seven):
    body = client.get("/api/collections/events").json()
    assert body["extent"]["spatial"]["bbox"] == [[36.61, 35.81, 36.61, 35.81]]
    assert body["extent"]["temporal"]["interval"][0][0].startswith("2020-02-01")
    assert client.get("/api/collections/nothing").status_code == 404


def test_an_empty_collection_has_the_world_as_its_extent(client):
    body = client.get("/api/collections/events").json()
    assert body["extent"]["spatial"]["bbox"] == [[-180.0, -90.0, 180.0, 90.0]]


def test_only_reading_is_offered(client):
    for verb in ("post", "put", "patch", "delete"):
        assert getattr(client, verb)(ITEMS).status_code == 405


def test_a_page_costs_five_statements_however_many_events(client, seven, django_assert_num_queries):
    for limit in (2, 7):
        with django_assert_num_queries(5):  # events, claims, parties, places, the count
            client.get(ITEMS, {"limit": limit})


def test_a_new_snapshot_makes_counts_fresh(client, seven, monkeypatch):
    monkeypatch.setattr(remembering, "SLOW_SECONDS", 0)
    monkeypatch.setattr(remembering, "state", lambda: (1,))
    assert client.get(ITEMS).json()["numberMatched"] == 7
    make_published_event()
    assert client.get(ITEMS).json()["numberMatched"] == 7
    monkeypatch.setattr(remembering, "state", lambda: (2,))
    assert client.get(ITEMS).json()["numberMatched"] == 8


def test_what_is_slow_to_count_is_counted_once_for_a_snapshot(client, seven, monkeypatch):
    monkeypatch.setattr(remembering, "SLOW_SECONDS", 0)
    assert client.get(ITEMS).json()["numberMatched"] == 7
    make_published_event()
    assert client.get(ITEMS).json()["numberMatched"] == 7
    assert client.get(ITEMS, {"from": "2020-02-20"}).json()["numberMatched"] == 1
    cache.clear()
    assert client.get(ITEMS).json()["numberMatched"] == 8


def test_a_cursor_that_is_none_of_ours_is_refused(client, seven):
    assert client.get(ITEMS, {"cursor": "nosuch"}).status_code == 400


def test_a_page_goes_on_after_its_last_event_was_retracted(client, seven):
    first = client.get(ITEMS, {"limit": 3}).json()
    url = next(x["href"] for x in first["links"] if x["rel"] == "next")
    last = Event.objects.get(uid=first["features"][-1]["id"])
    last.status = ReviewStatus.RETRACTED
    last.save()
    following = client.get(url).json()["features"]
    assert [f["id"] for f in following] == [event.uid for event in seven[3:6]]
