"""Tokens of programs in the admin: the secret is shown once, a token can run out and be revoked."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from events.curation.roles import ROLES
from events.models import ApiToken
from events.models.tokens import ADD_REPORTS, hash_of, issue_token
from tests.factories import make_source, make_user

pytestmark = pytest.mark.django_db
ADD = "/admin/events/apitoken/add/"
LIST = "/admin/events/apitoken/"


@pytest.fixture
def administrator(client):
    client.force_login(make_user(role="administrator"))
    return client


def make_form(**values):
    return {"name": "Scraper", "source": make_source().pk, "scopes": [ADD_REPORTS], **values}


def change_of(token):
    return reverse("admin:events_apitoken_change", args=[token.pk])


def test_a_new_token_is_shown_once_and_lets_its_program_in(administrator):
    response = administrator.post(ADD, make_form())
    secret = re.search(r'id="secret" dir="ltr">([^<]+)<', response.content.decode()).group(1)
    token = ApiToken.objects.get()
    assert "no-store" in response["Cache-Control"]
    assert token.digest == hash_of(secret)
    assert ApiToken.objects.holding(secret) == token
    for page in (LIST, change_of(token)):
        assert secret not in administrator.get(page).content.decode()


def test_a_token_runs_out_at_the_end_of_its_last_day(administrator):
    today = timezone.localdate()
    administrator.post(ADD, make_form(last_day=today.isoformat()))
    token = ApiToken.objects.get()
    midnight = dt.datetime.combine(today + dt.timedelta(days=1), dt.time())
    assert token.expires_at == timezone.make_aware(midnight)
    page = administrator.get(change_of(token)).content.decode()
    assert f'value="{today.isoformat()}"' in page


def test_a_token_that_ran_out_opens_nothing(administrator):
    source, now = make_source(), timezone.now()
    over, _old = issue_token("Old", source, expires_at=now - dt.timedelta(seconds=1))
    good, held = issue_token("New", source, expires_at=now + dt.timedelta(hours=1))
    assert ApiToken.objects.holding(over) is None
    assert ApiToken.objects.holding(good) == held
    assert "run out" in administrator.get(LIST).content.decode()


def test_a_day_that_is_over_is_refused(administrator):
    response = administrator.post(ADD, make_form(last_day="2020-02-20"))
    assert "This day is over." in response.content.decode()
    assert not ApiToken.objects.exists()


def test_a_token_without_a_scope_or_with_an_unknown_one_is_refused(administrator):
    for scopes in ([], ["events:publish"]):
        administrator.post(ADD, make_form(scopes=scopes))
    assert not ApiToken.objects.exists()


def test_a_revoked_token_stays_revoked(administrator):
    secret, token = issue_token("Scraper", make_source())
    form = make_form(source=token.source_id, revoke="on")
    administrator.post(change_of(token), form)
    assert ApiToken.objects.holding(secret) is None
    administrator.post(change_of(token), make_form(source=token.source_id))
    assert ApiToken.objects.holding(secret) is None


def test_chosen_tokens_are_revoked_together(administrator):
    secrets = [issue_token(f"Program {n}", make_source())[0] for n in range(2)]
    keys = list(ApiToken.objects.values_list("pk", flat=True))
    administrator.post(LIST, {"action": "revoke_chosen", "_selected_action": keys})
    assert [ApiToken.objects.holding(secret) for secret in secrets] == [None, None]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_only_administrators_see_tokens(client, role):
    client.force_login(make_user(role=role))
    _secret, token = issue_token("Scraper", make_source())
    for page in (LIST, ADD, change_of(token)):
        assert client.get(page).status_code == 403
    assert client.post(ADD, make_form()).status_code == 403
    assert ApiToken.objects.count() == 1
    assert "apitoken" not in client.get("/admin/").content.decode()
