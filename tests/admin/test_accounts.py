"""Second factor, sessions, and a lock-out that cannot be used against an editor."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
FACTOR = "/admin/auth/user/factor/"


def token_of(device: TOTPDevice) -> str:
    return f"{TOTP(device.bin_key, device.step, device.t0, device.digits).token():06d}"


@pytest.mark.parametrize(
    ("role", "asked"),
    [("contributor", False), ("editor", False), ("publisher", True), ("administrator", True)],
)
def test_publishers_and_administrators_show_a_second_factor(client, settings, role, asked):
    settings.REQUIRE_TOTP = True
    client.force_login(make_user(role=role))
    answer = client.get(reverse("admin:events_report_changelist"))
    assert (answer.status_code == 302 and answer["Location"] == FACTOR) is asked


def test_a_device_is_set_up_and_then_asked_for_in_each_session(settings):
    settings.REQUIRE_TOTP = True
    user, first, second = make_user(role="publisher"), Client(), Client()
    first.force_login(user)
    assert b"data:image/svg+xml" in first.get(FACTOR).content
    device = TOTPDevice.objects.get(user=user)
    first.post(FACTOR, {"token": token_of(device)})
    assert first.get(reverse("admin:events_report_changelist")).status_code == 200
    second.force_login(user)
    page = second.get(FACTOR).content
    assert b"data:image" not in page  # the key is shown while setting up and never again
    assert second.get(reverse("admin:events_report_changelist"))["Location"] == FACTOR


def test_a_wrong_code_opens_nothing(client, settings):
    settings.REQUIRE_TOTP = True
    client.force_login(make_user(role="publisher"))
    client.get(FACTOR)
    client.post(FACTOR, {"token": "000000"})
    assert client.get("/admin/")["Location"] == FACTOR


def test_a_code_opens_one_session_and_no_second(settings):
    settings.REQUIRE_TOTP = True
    user, first, second = make_user(role="publisher"), Client(), Client()
    for client in (first, second):
        client.force_login(user)
        client.get(FACTOR)
    before = first.cookies["sessionid"].value
    code = {"token": token_of(TOTPDevice.objects.get(user=user))}
    assert first.post(FACTOR, code)["Location"] == "/admin/"
    assert first.cookies["sessionid"].value != before
    assert second.post(FACTOR, code).status_code == 200, "the code was used already"
    assert second.get("/admin/")["Location"] == FACTOR


def test_after_wrong_codes_the_right_one_has_to_wait(settings, client):
    settings.REQUIRE_TOTP = True
    user = make_user(role="publisher")
    client.force_login(user)
    client.get(FACTOR)
    for code in ("000001", "000002", "000003"):
        client.post(FACTOR, {"token": code})
    right = {"token": token_of(TOTPDevice.objects.get(user=user))}
    assert client.post(FACTOR, right).status_code == 200
    assert client.get("/admin/")["Location"] == FACTOR


def test_sessions_are_listed_and_can_be_ended():
    user, here, there = make_user(role="editor"), Client(), Client()
    here.force_login(user)
    there.force_login(user)
    account = reverse("admin:events_account")
    assert here.get(account).context["sessions"].__len__() == 2
    here.post(account, {"session": "others"})
    assert there.get(account).status_code == 302
    assert here.get(account).status_code == 200


def test_nobody_ends_the_sessions_of_others():
    mine, theirs = Client(), Client()
    mine.force_login(make_user(role="editor"))
    theirs.force_login(make_user(role="editor"))
    tag = theirs.session.session_key[-8:]
    mine.post(reverse("admin:events_account"), {"session": tag})
    assert theirs.get(reverse("admin:events_account")).status_code == 200


def test_an_enemy_who_knows_the_name_cannot_shut_an_editor_out(settings):
    user = make_user(role="editor")
    login = {"username": user.username, "password": "guessed"}
    enemy = Client(REMOTE_ADDR="203.0.113.9")
    for _attempt in range(settings.AXES_FAILURE_LIMIT + 1):
        answer = enemy.post("/admin/login/", login)
    assert answer.status_code in (403, 429)
    right = {"username": user.username, "password": PASSWORD}
    assert enemy.post("/admin/login/", right).status_code in (403, 429)
    assert Client(REMOTE_ADDR="198.51.100.7").post("/admin/login/", right).status_code == 302
