"""What holds at every address of the API: encodings, validators, CORS, HEAD, one shape of error."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from openapi_spec_validator import OpenAPIV30SpecValidator

from events.publishing.snapshot import publish
from tests.factories import make_place, make_published_event, make_report, make_source

pytestmark = pytest.mark.django_db
ITEMS = "/api/collections/events/items"
PAGES = ["/api/", "/api/conformance", "/api/collections", "/api/collections/events", ITEMS]


@pytest.fixture
def event():
    return make_published_event(place=make_place("Ariha", 35.81, 36.61), summary="<b>Jets</b>")


def test_the_description_is_valid_openapi_3_0(client):
    response = client.get("/api/openapi.json")
    assert response["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    body = response.json()
    assert body["openapi"] == "3.0.3"
    OpenAPIV30SpecValidator(body).validate()
    assert "/collections/events/items" in body["paths"]


def test_every_documented_path_answers(client, event):
    for path, operations in client.get("/api/openapi.json").json()["paths"].items():
        if "get" in operations and "{" not in path:
            assert client.get(f"/api{path}").status_code == 200, path


@pytest.mark.parametrize("path", [*PAGES, "/api/tombstones"])
def test_a_browser_gets_html_and_a_program_json(client, event, path):
    html = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert html["Content-Type"].startswith("text/html")
    assert "Accept" in html["Vary"]
    assert b"<script>" not in html.content
    assert client.get(path, {"f": "html"}).content.startswith(b"<!doctype html>")
    assert "json" in client.get(path, headers={"Accept": "*/*"})["Content-Type"]
    assert (
        "json" in client.get(path, {"f": "json"}, headers={"Accept": "text/html"})["Content-Type"]
    )


def test_html_escapes_what_reports_say(client, event):
    assert b"<b>Jets</b>" not in client.get(ITEMS, {"f": "html"}).content
    page = client.get(f"{ITEMS}/{event.uid}", {"f": "html"}).content
    assert b"&lt;b&gt;Jets" in page


def test_each_encoding_links_the_other(client, event):
    for wanted, other in (("json", "text/html"), ("html", "application/geo+json")):
        response = client.get(ITEMS, {"f": "json"} if wanted == "json" else {"f": "html"})
        assert other in response.content.decode()
    links = {link["rel"]: link for link in client.get(ITEMS).json()["links"]}
    assert links["self"]["type"] == "application/geo+json"
    assert links["alternate"]["type"] == "text/html"


@pytest.mark.parametrize("path", PAGES)
def test_what_a_client_holds_is_not_sent_again(client, event, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_a_change_makes_a_new_etag(client, event):
    first = client.get(ITEMS)["ETag"]
    event.summary = "another"
    event.save()
    assert client.get(ITEMS, headers={"If-None-Match": first}).status_code == 200


def test_last_modified_is_the_last_publication(client, event, snapshot_root):
    assert "Last-Modified" not in client.get(ITEMS)
    publish(snapshot_root)
    moment = client.get(ITEMS)["Last-Modified"]
    assert client.get(ITEMS, headers={"If-Modified-Since": moment}).status_code == 304


@pytest.mark.parametrize("path", [ITEMS, "/feed/", "/export/events.geojson", "/api/nothing"])
def test_pages_of_other_sites_may_read_public_data(client, event, path):
    assert client.get(path)["Access-Control-Allow-Origin"] == "*"
    preflight = client.options(path)
    assert preflight.status_code == 204
    assert "GET" in preflight["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in preflight


def test_pages_of_other_sites_may_not_read_the_admin(client):
    assert "Access-Control-Allow-Origin" not in client.get("/admin/login/")


def test_head_is_get_without_a_body(client, event):
    got, head = client.get(ITEMS), client.head(ITEMS)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == got["Content-Type"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/nothing", 404),
        ("get", "/api/collections/nothing", 404),
        ("get", "/api/collections/nothing/items", 404),
        ("get", f"{ITEMS}/nosuchevent", 404),
        ("get", "/api/tiles/1/7/0", 404),
        ("get", "/api/tiles/a/b/c", 400),
        ("get", f"{ITEMS}?colour=red", 400),
        ("get", "/api/?colour=red", 400),
        ("get", f"{ITEMS}?q=%00", 400),
        ("get", "/api/tombstones?since=yesterday", 400),
        ("get", "/api/tombstones?since=0001-01-01T00:00:00%2B10:00", 400),
        ("post", ITEMS, 405),
        ("delete", "/api/", 405),
        ("post", "/api/reports", 401),
    ],
)
def test_every_error_is_problem_json(client, method, path, status):
    response = getattr(client, method)(path)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert {"type", "title", "detail"} <= set(body)


def test_405_names_the_methods_that_work(client):
    assert "GET" in client.post(ITEMS)["Allow"]


def test_a_defect_is_a_problem_that_tells_nothing(client, event, monkeypatch):
    def broken(*_args):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("events.api.items.event_page", broken)
    response = client.get(ITEMS)
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert b"secret" not in response.content


def test_an_outage_is_503_and_says_when_to_come_again(client, event, monkeypatch):
    def away(*_args, **_named):
        raise OperationalError("the database is away")

    monkeypatch.setattr("events.api.items.event_page", away)
    response = client.get(ITEMS)
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert int(response["Retry-After"]) > 0


def test_a_host_that_is_not_ours_is_refused(client):
    response = client.get("/api/", headers={"Host": "evil.example.org"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_who_asks_too_often_is_told_when_to_come_again(client, settings, event):
    settings.RATE_LIMIT = 3
    own = {"REMOTE_ADDR": "203.0.113.9"}
    answers = [client.get("/api/", **own) for _n in range(5)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429, 429]
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert int(answers[-1]["Retry-After"]) >= 1
    assert client.get("/api/", REMOTE_ADDR="203.0.113.10").status_code == 200


def test_a_forwarded_address_counts_only_behind_a_proxy_of_ours(client, settings):
    settings.RATE_LIMIT = 2
    for number in range(2):
        made_up = f"198.51.100.{number}"
        client.get("/api/", headers={"X-Forwarded-For": made_up}, REMOTE_ADDR="203.0.113.11")
    last = client.get("/api/", headers={"X-Forwarded-For": "9.9.9.9"}, REMOTE_ADDR="203.0.113.11")
    assert last.status_code == 429


def test_the_api_without_its_slash_leads_to_the_landing_page(client):
    assert client.get("/api", follow=True).json()["title"] == "idlibmap"


# ------------------------------------------------------------------ places and reports


def test_places_are_those_that_published_events_name_and_what_holds_them(client):
    parent = make_place("Idlib Governorate", kind="governorate")
    make_published_event(place=make_place("Ariha", 35.81, 36.61, parent=parent))
    make_place("Unnamed village")
    body = client.get("/api/collections/places/items").json()
    assert [f["id"] for f in body["features"]] == ["ariha", "idlib-governorate"]
    assert body["numberMatched"] == 2
    assert client.get("/api/collections/places/items/ariha").json()["properties"]["name"] == "Ariha"
    assert client.get("/api/collections/places/items/unnamed-village").status_code == 404


def test_places_honour_the_box(client):
    make_published_event(place=make_place("Ariha", 35.81, 36.61))
    url = "/api/collections/places/items"
    assert client.get(url, {"bbox": "36,35,37,36"}).json()["numberMatched"] == 1
    assert client.get(url, {"bbox": "10,35,11,36"}).json()["numberMatched"] == 0


def test_a_place_whose_events_are_shown_coarsely_gives_no_point(client):
    around = make_place("Harim District", 36.2, 36.5, kind="district", radius_km=25)
    make_published_event(place=make_place("The camp", 36.21, 36.52, coarsen_km=10, parent=around))
    body = client.get("/api/collections/places/items").json()
    assert "the-camp" not in {f["id"] for f in body["features"]}
    assert client.get("/api/collections/places/items/the-camp").status_code == 404


def test_reports_are_told_without_their_text(client):
    report = make_report("Jets hit Ariha. The canary sings.", source=make_source("Monitor"))
    event = make_published_event(report=report)
    body = client.get("/api/collections/reports/items").json()
    [found] = body["features"]
    assert found["properties"]["source"] == "Monitor"
    assert found["properties"]["events"] == event.uid
    assert found["geometry"] is None
    one = client.get(f"/api/collections/reports/items/{found['id']}")
    assert one.json()["properties"]["title"] == report.title
    assert b"canary" not in one.content + client.get("/api/collections/reports/items").content


def test_reports_of_private_sources_are_not_there(client):
    report = make_report("Jets hit Ariha.", source=make_source("Quiet desk", is_public=False))
    make_published_event(report=report)
    assert client.get("/api/collections/reports/items").json()["numberMatched"] == 0
    url = f"/api/collections/reports/items/{report.digest[:16]}"
    assert client.get(url).status_code == 404


def test_reports_without_a_published_event_are_not_there(client):
    report = make_report()
    assert client.get("/api/collections/reports/items").json()["numberMatched"] == 0
    url = f"/api/collections/reports/items/{report.digest[:16]}"
    assert client.get(url).status_code == 404


# ------------------------------------------------------------------ tombstones


def test_a_retracted_event_leaves_its_id_and_nothing_else(client, event):
    event.status, event.retracted_at = "retracted", "2020-03-01T12:00:00Z"
    event.save()
    body = client.get("/api/tombstones").json()
    assert [stone["id"] for stone in body["tombstones"]] == [event.uid]
    assert "Ariha" not in client.get("/api/tombstones").content.decode()
    assert (
        client.get("/api/tombstones", {"since": "2020-03-02T00:00:00Z"}).json()["tombstones"] == []
    )
    rows = b"".join(client.get("/export/retracted.csv").streaming_content).decode()
    assert event.uid in rows


def test_any_offset_of_a_moment_is_understood(client, event):
    since = "0333-09-23T07:41:57-17:11"
    assert client.get("/api/tombstones", {"since": since}).status_code == 200


def test_a_merged_event_names_the_one_that_took_it_in(client, event):
    heir = make_published_event()
    event.merged_into = heir
    event.save()
    [stone] = client.get("/api/tombstones").json()["tombstones"]
    assert (stone["id"], stone["merged_into"]) == (event.uid, heir.uid)
