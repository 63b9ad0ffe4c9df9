"""Programs add reports with a token; nobody publishes through the API."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from events.models import ApiToken, Event, Report
from events.models.tokens import hash_of, issue_token
from events.vocabulary import ReviewStatus
from tests.factories import make_source

pytestmark = pytest.mark.django_db
URL = "/api/reports"
TEXT = "Jets struck the market in Idlib on Thursday, killing 5 people, rescuers said."


@pytest.fixture
def secret():
    return issue_token("harvester", make_source("Monitor"))[0]


def post(client, secret, body, **headers):
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    headers = {"Authorization": f"Bearer {secret}", **headers}
    return client.post(URL, content, content_type="application/json", headers=headers)


def test_a_report_is_taken_in_for_the_tokens_source(client, secret):
    response = post(client, secret, {"text": TEXT, "published": "2020-02-21", "title": "Jets"})
    assert response.status_code == 201
    report = Report.objects.get()
    assert response.json() == {"id": report.digest[:16], "created": True, "duplicate_of": None}
    assert (report.source.slug, report.title) == ("monitor", "Jets")
    assert report.dct.isoformat() == "2020-02-21"
    assert ApiToken.objects.get().used_at is not None


def test_the_same_report_again_is_not_doubled(client, secret):
    first = post(client, secret, {"text": TEXT}).json()
    again = post(client, secret, {"text": TEXT})
    assert again.status_code == 200
    assert again.json() == {**first, "created": False}
    assert Report.objects.count() == 1


def test_nothing_that_comes_in_is_public(client, secret, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(client, secret, {"text": TEXT, "status": "published", "source": "another"})
    assert set(Event.objects.values_list("status", flat=True)) <= {ReviewStatus.CANDIDATE}
    assert client.get("/api/collections/events/items").json()["numberMatched"] == 0
    assert client.get("/api/collections/reports/items").json()["numberMatched"] == 0


def test_what_comes_in_is_read(client, secret, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(client, secret, {"text": TEXT, "published": "2020-02-21"})
    assert Report.objects.get().status == "read"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic eDp5", "Bearer \u0661"])
def test_without_a_token_nothing_is_taken(client, secret, header):
    response = post(client, "", {"text": TEXT}, Authorization=header)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert not Report.objects.exists()


def test_a_token_without_the_scope_may_not_add(client):
    reader, _token = issue_token("reader", make_source(), ())
    assert post(client, reader, {"text": TEXT}).status_code == 403


def test_a_revoked_token_is_worth_nothing(client, secret):
    call_command("api_token", "--revoke", "harvester")
    assert post(client, secret, {"text": TEXT}).status_code == 401


def test_only_a_hash_of_the_secret_is_kept(secret):
    token = ApiToken.objects.get()
    assert token.digest == hash_of(secret)
    assert secret not in str(ApiToken.objects.values().get())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("not json", 400),
        ("[1]", 400),
        ("[" * 100_000, 400),
        ({}, 422),
        ({"text": ""}, 422),
        ({"text": 7}, 422),
        ({"text": "\x00\x01\x02\x03\x04" * 50}, 422),
        ({"text": TEXT, "published": "yesterday"}, 422),
    ],
)
def test_what_is_no_report_is_refused_with_a_reason(client, secret, body, status):
    response = post(client, secret, body)
    assert response.status_code == status
    assert len(response.json()["detail"]) > 5
    assert not Report.objects.exists()


def test_a_report_that_is_too_large_is_refused(client, secret, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert post(client, secret, {"text": "x" * 2000}).status_code == 413


def test_a_session_of_the_admin_adds_nothing(admin_client):
    response = admin_client.post(URL, json.dumps({"text": TEXT}), content_type="application/json")
    assert response.status_code == 401


def test_tokens_are_made_and_listed_by_command(client, capsys):
    make_source("Monitor")
    call_command("api_token", "--add", "harvester", "--source", "monitor")
    secret = capsys.readouterr().out.strip()
    assert post(client, secret, {"text": TEXT}).status_code == 201
    call_command("api_token")
    listed = capsys.readouterr().out
    assert "harvester\tmonitor\treports:add\tin force" in listed
    assert secret not in listed
    with pytest.raises(CommandError):
        call_command("api_token", "--add", "x", "--source", "nobody")
