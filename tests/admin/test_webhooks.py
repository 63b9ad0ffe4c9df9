"""Webhooks in the admin: addresses checked, told what was chosen, paused, tried, answers shown."""

from __future__ import annotations

import pytest
from django.urls import reverse

from events import tasks
from events.curation.roles import ROLES
from events.exceptions import FetchRefused
from events.models import Delivery, Webhook
from events.models.webhooks import KINDS, PUBLISHED, RETRACTED
from events.publishing.announcements import add_webhook, announce
from tests.factories import make_published_event, make_user

pytestmark = pytest.mark.django_db
ADD = "/admin/events/webhook/add/"
LIST = "/admin/events/webhook/"
URL = "https://example.org/told"


@pytest.fixture
def administrator(client):
    client.force_login(make_user(role="administrator"))
    return client


def make_form(**values):
    return {"name": "A partner", "url": URL, "kinds": list(KINDS), "is_active": "on", **values}


def change_of(hook):
    return reverse("admin:events_webhook_change", args=[hook.pk])


def test_a_new_webhook_shows_its_secret_once_and_starts_from_now(administrator):
    make_published_event()
    page = administrator.post(ADD, make_form()).content.decode()
    hook = Webhook.objects.get()
    assert hook.secret in page
    assert hook.secret not in administrator.get(change_of(hook)).content.decode()
    assert announce() == []
    make_published_event()
    assert [row.body["type"] for row in announce()] == [PUBLISHED]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "ftp://example.org/", "https://localhost/", "http://[::1]/"]
)
def test_an_address_that_is_not_allowed_is_refused(administrator, url):
    administrator.post(ADD, make_form(url=url))
    assert not Webhook.objects.exists()


def test_a_webhook_is_told_only_what_was_chosen(administrator):
    administrator.post(ADD, make_form(kinds=[RETRACTED]))
    event = make_published_event()
    assert announce() == []
    event.status = "retracted"
    event.save()
    assert [row.body["type"] for row in announce()] == [RETRACTED]


def test_a_paused_webhook_is_told_nothing_of_the_time_between(administrator):
    hook = add_webhook("A partner", URL)
    administrator.post(change_of(hook), make_form(is_active=""))
    make_published_event()
    assert announce() == []
    administrator.post(change_of(hook), make_form())
    assert Webhook.objects.get().is_active
    assert announce() == []


def test_a_test_is_sent_after_the_form_is_stored_and_its_answer_shown(
    administrator, monkeypatch, django_capture_on_commit_callbacks
):
    hook, sent = add_webhook("A partner", URL), []

    def refuse(url, body, headers):
        sent.append((url, body))
        raise FetchRefused("The server answered 500.")

    monkeypatch.setattr(tasks, "post", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        response = administrator.post(change_of(hook), make_form(_try="1"))
    assert response["Location"] == change_of(hook)
    [(url, body)] = sent
    assert (url, b'"type":"test"' in body) == (URL, True)
    assert "The server answered 500." in administrator.get(change_of(hook)).content.decode()


def test_a_paused_webhook_is_not_tried(administrator):
    hook = add_webhook("A partner", URL)
    administrator.post(change_of(hook), make_form(is_active="", _try="1"))
    assert not Delivery.objects.exists()


def test_what_a_receiver_answered_is_text(administrator):
    hook = add_webhook("A partner", URL)
    row = Delivery.objects.create(webhook=hook, body={"type": "<b>x</b>", "events": []})
    row.record("<script>alert(1)</script>")
    page = administrator.get(change_of(hook)).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert(1)" not in page + administrator.get(LIST).content.decode()
    assert "<b>x</b>" not in page


def test_a_secret_can_be_made_anew(administrator):
    hook = add_webhook("A partner", URL)
    page = administrator.post(change_of(hook), make_form(renew="on")).content.decode()
    assert Webhook.objects.get().secret != hook.secret
    assert Webhook.objects.get().secret in page


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_only_administrators_see_webhooks(client, role):
    client.force_login(make_user(role=role))
    hook = add_webhook("A partner", URL)
    for page in (LIST, ADD, change_of(hook)):
        assert client.get(page).status_code == 403
    assert client.post(ADD, make_form()).status_code == 403
