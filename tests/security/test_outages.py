"""An outage of the database is a short 503, never a 500 and never an internal message."""

from __future__ import annotations

import datetime as dt
import json
import logging

import pytest
from django.db import DataError, InterfaceError, OperationalError
from django.test import Client
from django.utils import timezone

from events.logs import JsonLines, TextLines
from events.outages import is_outage
from events.publishing.snapshot import publish
from tests.factories import make_published_event, make_report

OUTAGES = [
    OperationalError("database is locked"),
    OperationalError("database or disk is full"),
    OperationalError("server closed the connection unexpectedly"),
    OperationalError("attempt to write a readonly database"),
    InterfaceError("connection already closed"),
]


def breaking(error):
    def broken(*_args, **_values):
        raise error

    return broken


@pytest.mark.parametrize("error", OUTAGES, ids=str)
@pytest.mark.django_db
def test_an_outage_in_a_page_is_503_with_a_time_to_try_again(monkeypatch, error):
    monkeypatch.setattr("events.views.newest", breaking(error))
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) <= 5
    assert str(error) not in response.content.decode()
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_an_outage_in_a_middleware_is_503_too(monkeypatch):
    monkeypatch.setattr(
        "django.contrib.sessions.middleware.SessionMiddleware.process_request",
        breaking(OUTAGES[0]),
    )
    assert Client(raise_request_exception=False).get("/admin/").status_code == 503


@pytest.mark.django_db
def test_an_outage_while_logging_in_is_503(monkeypatch):
    monkeypatch.setattr("django.contrib.auth.forms.authenticate", breaking(OUTAGES[0]))
    body = {"username": "a", "password": "b"}
    response = Client(raise_request_exception=False).post("/admin/login/", body)
    assert response.status_code == 503


@pytest.mark.django_db
def test_the_api_answers_an_outage_with_503(monkeypatch):
    monkeypatch.setattr("events.models.events.EventQuerySet.published", breaking(OUTAGES[2]))
    response = Client(raise_request_exception=False).get("/api/collections/events/items")
    assert response.status_code == 503
    assert "unexpectedly" not in response.content.decode()


@pytest.mark.django_db
def test_a_value_that_no_column_holds_is_400(monkeypatch):
    monkeypatch.setattr("events.views.newest", breaking(DataError("too long: the report's text")))
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 400
    assert "report" not in response.content.decode()


@pytest.mark.parametrize("error", [OperationalError("no such table: x"), ValueError("x"), None])
def test_our_own_mistakes_are_no_outage(error):
    assert not is_outage(error)


@pytest.mark.django_db
def test_health_tells_of_a_write_the_disk_the_queue_and_the_snapshot(client, snapshot_root):
    make_published_event()
    assert client.get("/healthz").json()["snapshot_age_s"] is None
    publish(snapshot_root)
    make_report(status="new", received_at=timezone.now() - dt.timedelta(hours=1))
    found = client.get("/healthz").json()
    assert found["status"] == "ok"
    assert found["disk_free_mb"] > 0
    assert 3590 < found["queue_age_s"] < 3700
    assert 0 <= found["snapshot_age_s"] < 60


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "reason"), [("try_a_write", "database"), ("free_disk_mb", "disk")]
)
def test_health_is_503_when_the_work_cannot_go_on(client, monkeypatch, what, reason):
    from events.publishing import health

    error = OperationalError("secret") if reason == "database" else health.Ailing("disk")
    monkeypatch.setattr(health, what, breaking(error))
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["reason"] == reason


def record_of(error: Exception | None = None, message: str = "told", name: str = "x"):
    info = None
    if error:
        try:
            raise error
        except type(error):
            import sys

            info = sys.exc_info()
    return logging.LogRecord(name, logging.ERROR, __file__, 1, message, (), info)


@pytest.mark.parametrize("formatter", [JsonLines(), TextLines()])
def test_the_log_leaves_out_what_a_database_quotes(formatter):
    line = formatter.format(record_of(DataError("Failing row contains (the report's text)")))
    assert "DataError" in line
    assert "report's text" not in line
    assert "\n" not in line


@pytest.mark.parametrize("formatter", [JsonLines(), TextLines()])
def test_the_log_leaves_out_the_query_of_an_address_and_control_characters(formatter):
    line = formatter.format(record_of(None, "Not Found: /x?q=name\n\x1b[31m", "django.request"))
    assert "name" not in line
    assert "\x1b" not in line
    assert "/x" in line


def test_a_line_of_the_log_is_json_with_the_number_of_the_request():
    told = json.loads(JsonLines().format(record_of()))
    assert {"time", "level", "logger", "request", "message"} <= set(told)
