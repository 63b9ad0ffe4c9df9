"""Logging in: lock-out, guessing names, sessions, where one is sent, forms from elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
ENEMY, HOME = "203.0.113.9", "198.51.100.7"


def log_in(name: str, password: str, address: str = HOME, **headers):
    body = {"username": name, "password": password, "next": "/admin/"}
    return Client().post(LOGIN, body, REMOTE_ADDR=address, headers=headers)


def lock_out(name: str, address: str, **headers):
    return [log_in(name, "wrong", address, **headers).status_code for _ in range(10)]


def test_guessing_is_stopped():
    make_user("editor", role="editor")
    codes = lock_out("editor", ENEMY)
    assert codes[0] == 200
    assert codes[-1] == 429
    assert log_in("editor", PASSWORD, ENEMY).status_code == 429


def test_an_enemy_elsewhere_cannot_shut_an_editor_out():
    make_user("editor", role="editor")
    lock_out("editor", ENEMY)
    assert log_in("editor", PASSWORD, HOME).status_code == 302


def test_a_made_up_forwarded_address_does_not_escape_the_lock(settings):
    make_user("editor", role="editor")
    lock_out("editor", ENEMY)
    spoofed = {"x-forwarded-for": HOME}
    assert log_in("editor", PASSWORD, ENEMY, **spoofed).status_code == 429


def test_behind_a_proxy_the_lock_is_on_the_client_and_not_on_the_proxy(settings):
    settings.TRUSTED_PROXIES = 1
    make_user("editor", role="editor")
    lock_out("editor", "10.0.0.1", **{"x-forwarded-for": ENEMY})
    assert log_in("editor", PASSWORD, "10.0.0.1", **{"x-forwarded-for": HOME}).status_code == 302
    made_up = {"x-forwarded-for": f"{HOME}, {ENEMY}"}
    assert log_in("editor", PASSWORD, "10.0.0.1", **made_up).status_code == 429


def test_a_wrong_name_and_a_wrong_password_read_the_same():
    make_user("editor", role="editor")
    known = log_in("editor", "wrong").content.replace(b"editor", b"?")
    unknown = log_in("nobody", "wrong").content.replace(b"nobody", b"?")
    strip = lambda page: [line for line in page.splitlines() if b"csrf" not in line]  # noqa: E731
    assert strip(known) == strip(unknown)


def test_a_lock_reads_the_same_for_a_name_that_is_not_there():
    make_user("editor", role="editor")
    lock_out("editor", ENEMY)
    lock_out("nobody", ENEMY)
    known, unknown = log_in("editor", "x", ENEMY), log_in("nobody", "x", ENEMY)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_a_name_of_megabytes_is_kept_short():
    from axes.models import AccessAttempt

    assert log_in("x" * 1_000_000, "wrong").status_code == 200
    assert len(AccessAttempt.objects.get().username) == 150


def test_the_session_is_another_one_after_logging_in():
    make_user("editor", role="editor")
    client = Client()
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.post(LOGIN, {"username": "editor", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie.value != before
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
     "http:///evil.example", "\x01//evil.example", "https:evil.example", "///evil.example"],
)  # fmt: skip
def test_nobody_is_sent_away_after_logging_in(target):
    make_user("editor", role="editor")
    body = {"username": "editor", "password": PASSWORD, "next": target}
    response = Client().post(LOGIN, body)
    assert "evil" not in response.get("Location", "")
    assert "javascript" not in response.get("Location", "")


@pytest.mark.parametrize(
    "address",
    ["/admin/logout/", "/admin/events/report/add/", "/admin/events/report/1/desk/finish/"],
)
def test_a_form_from_elsewhere_changes_nothing(address):
    user = make_user("editor", role="publisher")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(address, {"text": "x"}).status_code == 403
