"""Kept answers: fast for a crowd, never stale for who changed something, silent on who asked."""

from __future__ import annotations

import gzip
import re
import threading
import time

import pytest
from csp.middleware import CSPMiddleware
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from events import caching
from events.caching import KeptAnswersMiddleware
from events.publishing import store
from events.publishing.snapshot import publish
from events.tasks import republish_after_commit
from events.vocabulary import ReviewStatus
from tests.factories import make_place, make_published_event, make_user

pytestmark = pytest.mark.django_db
ITEMS = "/api/collections/events/items"


@pytest.fixture(autouse=True)
def kept(settings):
    settings.KEPT_SECONDS = 15


@pytest.fixture
def event(snapshot_root):
    made = make_published_event(place=make_place("Saraqib"))
    publish(snapshot_root)
    return made


def queries(client: Client, address: str, **headers: str) -> int:
    """How many statements an answer took."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address, **headers).status_code == 200
    return len(seen)


KEPT = ["/", "/embed/", "/about/", "/events/", "/events/?type=battles&page=1", "/stories/",
        "/feed/", "/api/", "/api/collections", ITEMS, f"{ITEMS}?limit=5&to=2018-01-01"]  # fmt: skip
FRESH = ["/events/?q=Saraqib", "/events/?place=saraqib", "/events/?actor=x", f"{ITEMS}?q=market",
         f"{ITEMS}?bbox=36,35,37,36", "/feed/?source=wire", "/events/{uid}/", ITEMS + "/{uid}",
         "/feed/?place=saraqib"]  # fmt: skip


@pytest.mark.parametrize("address", KEPT)
def test_the_second_reader_costs_no_statement_and_reads_the_same(client, event, address):
    first = client.get(address)
    assert queries(client, address) == 0
    second = client.get(address)
    without = [re.sub(rb'nonce="[^"]*"', b"", each.content) for each in (first, second)]
    assert without[0] == without[1]
    differing = {"X-Request-ID", "Content-Security-Policy"}
    told = [{k: v for k, v in e.items() if k not in differing} for e in (first, second)]
    assert told[0] == told[1]


@pytest.mark.parametrize("address", FRESH)
def test_what_somebody_looked_for_is_not_felt_by_the_next(client, event, address):
    address = address.format(uid=event.uid)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    with CaptureQueriesContext(connection) as again:
        client.get(address)
    assert len(again) == len(seen) > 0


def test_each_reader_has_a_nonce_of_their_own():
    made: list[int] = []

    def page(request):
        made.append(1)
        return HttpResponse(f'<script nonce="{request.csp_nonce}">1</script>')

    door = CSPMiddleware(KeptAnswersMiddleware(page))
    nonces = set()
    for _reader in range(4):
        response = door(RequestFactory().get("/about/"))
        [nonce] = re.findall(r'nonce="([^"]+)"', response.content.decode())
        assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
        assert int(response["Content-Length"]) == len(response.content)
        assert "ETag" not in response, "an answer that is no news would bring another nonce"
        nonces.add(nonce)
    assert len(nonces) == 4
    assert len(made) == 1


def test_the_one_page_for_frames_stays_the_one(client, event):
    for address in ("/", "/embed/", "/", "/embed/"):
        response = client.get(address)
        framed = "frame-ancestors *" in response["Content-Security-Policy"]
        assert framed == ("X-Frame-Options" not in response) == (address == "/embed/")


@pytest.mark.parametrize("address", ["/", "/events/", ITEMS])
def test_what_is_retracted_is_gone_at_once(
    client, event, address, django_capture_on_commit_callbacks, monkeypatch
):
    assert event.uid in client.get(address).content.decode()
    # also while the snapshot waits for a worker: the desk's mark alone has to do
    monkeypatch.setattr("events.tasks.publish", lambda _root: None)
    with django_capture_on_commit_callbacks(execute=True):
        event.status = ReviewStatus.RETRACTED
        event.save()
        republish_after_commit()
    assert event.uid not in client.get(address).content.decode()


def test_a_new_snapshot_ends_what_was_kept(client, event, snapshot_root):
    client.get("/events/")
    other = make_published_event(start_date="2021-01-01", end_date="2021-01-01")
    publish(snapshot_root)
    assert other.uid in client.get("/events/").content.decode()


def test_marks_at_the_same_moment_differ(snapshot_root):
    snapshot_root.mkdir()
    states = set()
    for _turn in range(20):
        store.mark_changed(snapshot_root)
        states.add(store.public_state(snapshot_root))
    assert len(states) == 20


def test_an_answer_holds_for_its_seconds(client, event, settings, monkeypatch):
    client.get("/events/")
    late = time.monotonic() + settings.KEPT_SECONDS + 1
    monkeypatch.setattr(caching.time, "monotonic", lambda: late)
    assert queries(client, "/events/") > 0


def test_who_is_logged_in_or_shows_a_token_is_answered_afresh(client, event):
    client.get("/events/")
    assert queries(client, "/events/", HTTP_AUTHORIZATION="Bearer x") > 0
    client.force_login(make_user("editor", role="editor"))
    assert queries(client, "/events/") > 0


def test_languages_encodings_and_hosts_are_kept_apart(client, event, settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    told = [
        {"HTTP_HOST": "a.example"},
        {"HTTP_HOST": "b.example"},
        {"HTTP_HOST": "a.example", "HTTP_ACCEPT": "text/html"},
        {"HTTP_HOST": "a.example", "secure": True},
    ]
    for _turn in range(2):
        links = [client.get(ITEMS, **each).content.decode() for each in told]
        assert len(set(links)) == 4
        assert "b.example" not in links[0] + links[2]
        assert "https://a.example" in links[3]
    pages = [client.get("/", HTTP_HOST="a.example", HTTP_ACCEPT_LANGUAGE=c) for c in ("en", "ar")]
    assert [p["Content-Language"] for p in pages] == ["en", "ar"]


@pytest.mark.parametrize("host", ["evil.example", "a.example:x", "a.example/../"])
def test_a_host_that_is_not_ours_poisons_nothing(client, event, settings, host):
    settings.ALLOWED_HOSTS = ["a.example"]
    client.get("/api/", HTTP_HOST="a.example")
    assert client.get("/api/", HTTP_HOST=host).status_code == 400
    forwarded = {"HTTP_X_FORWARDED_HOST": host, "HTTP_X_FORWARDED_PROTO": "https"}
    answer = client.get("/api/", HTTP_HOST="a.example", **forwarded).content.decode()
    assert host not in answer
    assert "https://a.example" not in answer


@pytest.mark.parametrize("address", ["/about/", ITEMS, "/feed/"])
def test_a_kept_answer_is_packed_once_and_told_when_it_is_no_news(client, event, address):
    plain = client.get(address)
    packed = client.get(address, HTTP_ACCEPT_ENCODING="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    again = client.get(address, HTTP_IF_NONE_MATCH=packed["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert client.get(address, HTTP_IF_NONE_MATCH='W/"other"').status_code == 200


def test_a_first_reader_who_holds_an_old_answer_leaves_a_whole_one(client, event):
    etag = client.get(ITEMS)["ETag"]
    address = f"{ITEMS}?limit=7"
    client.get(address, HTTP_IF_NONE_MATCH=etag)
    assert client.get(address).status_code == 200
    assert client.get(address).content


def made_of(responses: list[HttpResponse]) -> KeptAnswersMiddleware:
    return KeptAnswersMiddleware(lambda _request: responses.pop(0))


@pytest.mark.parametrize(
    "told",
    [
        {"status": 404},
        {"status": 503},
        {"headers": {"Cache-Control": "no-store"}},
        {"headers": {"Vary": "Accept, Cookie"}},
    ],
)
def test_errors_and_private_answers_are_not_kept(told):
    door = made_of([HttpResponse("one", **told), HttpResponse("two", **told)])
    answers = [door(RequestFactory().get("/about/")).content for _turn in range(2)]
    assert answers == [b"one", b"two"]


def test_an_answer_that_sets_a_cookie_is_not_kept():
    first = HttpResponse("one")
    first.set_cookie("sessionid", "secret")
    door = made_of([first, HttpResponse("two")])
    answers = [door(RequestFactory().get("/about/")) for _turn in range(2)]
    assert answers[1].content == b"two"
    assert not answers[1].cookies


def test_a_crowd_at_one_page_makes_it_once():
    made: list[int] = []

    def slowly(_request):
        made.append(1)
        time.sleep(0.3)
        return HttpResponse("page")

    door = KeptAnswersMiddleware(slowly)
    crowd = [
        threading.Thread(target=door, args=(RequestFactory().get("/about/"),)) for _n in range(12)
    ]
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    assert len(made) == 1


def test_addresses_without_end_take_no_memory_without_end(monkeypatch):
    monkeypatch.setattr(caching, "MOST_BYTES", 100_000)
    door = KeptAnswersMiddleware(lambda _request: HttpResponse(b"x" * 2000))
    for number in range(300):
        door(RequestFactory().get(f"/about/?page={number}{'0' * 3000}"))
    assert door.shelf.size <= 100_000
    assert door.shelf.size == sum(each.size for each in door.shelf.answers.values())
    assert all(len(key) <= caching.LONGEST_KEY for key in door.shelf.answers)
