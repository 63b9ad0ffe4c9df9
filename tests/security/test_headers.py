"""Every kind of answer has the safe headers: pages, data, files, errors, redirects, refusals."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from events.publishing.snapshot import publish
from tests.factories import make_published_event, make_user
from tests.security.addresses import public_addresses

pytestmark = pytest.mark.django_db

KINDS = [
    "/",
    "/?lang=ar",
    "/about/",
    "/events/",
    "/events/{uid}/",
    "/events/unknown/",
    "/embed/",
    "/feed/",
    "/api/",
    "/api/openapi.json",
    "/api/collections/events/items",
    "/api/collections/events/items?bbox=x",
    "/api/collections/events/items/unknown",
    "/export/events.csv",
    "/export/events.geojson",
    "/export/events.kml",
    "/export/events.exe",
    "/snapshot/manifest.json",
    "/snapshot/{bin}",
    "/snapshot/../manage.py",
    "/healthz",
    "/admin/",
    "/admin/login/",
    "/nothing-here",
    "/about",
    "/?q=%00",
    "/static/css/base.css",
]


@pytest.fixture
def places_to_look(snapshot_root):
    event = make_published_event()
    manifest = publish(snapshot_root)
    values = {"uid": event.uid, "bin": manifest["bin"]["url"]}
    return lambda address: address.format(**values)


def assert_safe(response, *, framable=False):
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] in ("same-origin", "cross-origin")
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert re.search(r"default-src '(self|none)'", policy)
    assert ("frame-ancestors *" in policy) == framable
    assert ("X-Frame-Options" not in headers) == framable
    if not framable:
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in policy
    assert not {"X-Powered-By", "X-Django-Version"} & set(headers)


@pytest.mark.parametrize("address", KINDS)
def test_every_kind_of_answer_has_the_safe_headers(client, places_to_look, address):
    response = client.get(places_to_look(address))
    assert_safe(response, framable=address == "/embed/")


@pytest.mark.parametrize("address", [a for a in KINDS if not a.startswith("/admin")])
def test_nothing_public_sets_a_cookie(client, places_to_look, address):
    response = client.get(places_to_look(address))
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_no_public_address_of_the_list_sets_a_cookie_or_lacks_headers(client):
    event = make_published_event()
    for address in public_addresses({"uid": event.uid, "kind": "csv", "name": "manifest.json"}):
        response = client.get(address)
        assert response.status_code < 500, address
        assert not response.cookies, address
        assert_safe(response, framable=address == "/embed/")


def test_only_the_embed_page_may_be_framed(client, places_to_look):
    framable = [a for a in KINDS if "X-Frame-Options" not in client.get(places_to_look(a)).headers]
    assert framable == ["/embed/"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace", "options"])
@pytest.mark.parametrize("address", ["/", "/about/", "/embed/", "/events/", "/healthz"])
def test_pages_answer_reading_methods_only(client, address, method):
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert_safe(response)


def test_a_server_error_is_plain_and_tells_nothing(monkeypatch):
    def broken(*_args):
        raise ValueError("a secret of the inside")

    monkeypatch.setattr("events.views.page_config", broken)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert_safe(response)
    text = response.content.decode()
    assert "secret" not in text
    assert "Traceback" not in text
    assert "<style" not in text


def test_a_form_without_its_token_is_refused_in_plain_words():
    make_user("editor", role="editor")
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/admin/login/", {"username": "editor", "password": "x"})
    assert response.status_code == 403
    assert_safe(response)
    assert "<style" not in response.content.decode()


def test_a_strange_host_is_refused(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_safe(response)
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/api/", "/events/"])
def test_a_forwarded_host_names_nothing(client, address):
    response = client.get(address, headers={"x-forwarded-host": "evil.example"})
    assert "evil.example" not in response.content.decode()


def test_with_https_plain_requests_are_sent_there_and_cookies_are_secure(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    response = client.get("/about/")
    assert response.status_code == 301
    assert response["Location"] == "https://testserver/about/"
    assert_safe(response)
    login = Client().get("/admin/login/", secure=True)
    assert "max-age=31536000" in login["Strict-Transport-Security"]
    assert login.cookies["csrftoken"]["secure"]
    assert login.cookies["csrftoken"]["samesite"] == "Lax"


def test_each_answer_has_a_number_of_its_own_that_a_client_cannot_choose(client):
    first = client.get("/about/", headers={"x-request-id": "mine"})["X-Request-ID"]
    second = client.get("/about/")["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert first != second
