"""Programs that hand in reports: whatever they send is stored as text or refused."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from events.models import Event, Report
from events.models.tokens import issue_token
from tests.factories import make_source

pytestmark = pytest.mark.django_db
ADD = "/api/reports"
TEXT = "Shelling hit Idlib on Monday, rescuers said."


@pytest.fixture
def post():
    secret, _token = issue_token("a program", make_source())
    client = Client(raise_request_exception=False)
    header = {"authorization": f"Bearer {secret}"}

    def posted(body, **headers):
        raw = body if isinstance(body, bytes | str) else json.dumps(body)
        kind = "application/json"
        return client.post(ADD, raw, content_type=kind, headers={**header, **headers})

    return posted


HOSTILE = ["a\x00b", "\ud800", "\udc80x", "x" * 100_000, "<script>alert(1)</script>", "\u202e", 7,
           None, ["a"], {"a": 1}, True, -1e400, ""]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=lambda v: repr(v)[:12])
@pytest.mark.parametrize("key", ["text", "title", "url", "author", "published", "language", "x"])
def test_no_value_of_any_key_breaks_it(post, key, value):
    response = post({"text": TEXT, "title": "t", key: value})
    assert response.status_code in (200, 201, 400, 413, 422), response.content
    assert not Event.objects.published().exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"text": NaN}', b'{"a":1}' * 2],
)
def test_a_body_that_is_no_object_is_refused(post, body):
    assert post(body).status_code in (400, 422)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00+14:00", "0001-01-01", "9999-12-31T23:59:59-14:00", "9999-12-31",
     "0999-05-05T10:00:00Z", "-0001-01-01", "10000-01-01", "2020-13-01", "2020-02-20T25:00:00"],
)  # fmt: skip
def test_a_moment_out_of_range_is_refused(post, moment):
    assert post({"text": TEXT, "published": moment}).status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize("secret", ["", "idm_wrong", "\x00", "é", "x" * 10_000, "idm_' OR 1=1 --"])
def test_without_a_valid_token_nothing_is_added(post, secret):
    response = post({"text": TEXT}, authorization=f"Bearer {secret}")
    assert response.status_code in (400, 401)
    assert not Report.objects.exists()


def test_a_session_of_an_editor_is_no_token(client):
    from tests.factories import make_user

    client.force_login(make_user(role="administrator"))
    response = client.post(ADD, json.dumps({"text": TEXT}), content_type="application/json")
    assert response.status_code in (401, 403)
    assert not Report.objects.exists()
