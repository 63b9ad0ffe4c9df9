"""Who may open and who may send what: every address of the site x five kinds of people x two verbs.

The list of addresses comes from the URL configuration itself; one without a rule fails the build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from events.curation.roles import ROLES
from events.models import Decision, Event
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_mention,
    make_place,
    make_published_event,
    make_report,
    make_step,
    make_story,
    make_user,
)

PUBLIC, STAFF, NOBODY = "public", "staff", "nobody"
LADDER = [PUBLIC, "contributor", "editor", "publisher", "administrator", "superuser", NOBODY]

# name pattern: (who may GET, who may POST). The first that fits counts.
RULES: list[tuple[str, tuple[str, str]]] = [
    ("admin:login", (PUBLIC, PUBLIC)),
    ("admin:index", (STAFF, STAFF)),
    ("admin:logout", (NOBODY, PUBLIC)),
    ("admin:password_change*", (STAFF, STAFF)),
    ("admin:jsi18n", (STAFF, STAFF)),
    ("admin:autocomplete", (STAFF, STAFF)),
    ("admin:view_on_site", (STAFF, STAFF)),
    ("admin:app_list", (STAFF, STAFF)),
    ("admin:?", (STAFF, STAFF)),
    ("admin:events_account", (STAFF, STAFF)),
    ("admin:events_factor", (STAFF, STAFF)),
    # the desk
    ("admin:events_report_start", (STAFF, STAFF)),
    ("admin:events_report_desk", ("contributor", NOBODY)),
    ("admin:events_report_hints", ("contributor", NOBODY)),
    ("admin:events_report_mention", ("contributor", "editor")),
    ("admin:events_report_merge", ("contributor", "editor")),
    ("admin:events_report_event", (NOBODY, "editor")),
    ("admin:events_report_verb", (NOBODY, "editor")),
    ("admin:events_event_decide", (STAFF, STAFF)),  # refusals are told on the event's page
    ("admin:events_story_preview", ("contributor", "contributor")),
    ("admin:events_place_search", ("contributor", "contributor")),
    # tables in and out
    ("admin:events_*_process_import", (NOBODY, "editor")),
    ("admin:events_*_import", ("editor", "editor")),
    ("admin:events_*_export", ("contributor", "contributor")),
    ("admin:events_table_mapping", ("editor", "editor")),
    # programs
    ("admin:events_apitoken_delete", (NOBODY, NOBODY)),
    ("admin:events_apitoken_*", ("administrator", "administrator")),
    ("admin:events_webhook_delete", (NOBODY, NOBODY)),
    ("admin:events_webhook_*", ("administrator", "administrator")),
    # what is only looked at
    ("admin:events_decision_add", (NOBODY, NOBODY)),
    ("admin:events_merge_add", (NOBODY, NOBODY)),
    ("admin:events_mention_add", (NOBODY, NOBODY)),
    ("admin:events_decision_delete", (NOBODY, NOBODY)),
    ("admin:events_merge_delete", (NOBODY, NOBODY)),
    ("admin:events_mention_delete", (NOBODY, NOBODY)),
    ("admin:events_decision_change", ("contributor", NOBODY)),
    ("admin:events_merge_change", ("contributor", NOBODY)),
    ("admin:events_mention_change", ("contributor", "contributor")),  # leads to its report's desk
    # the nouns
    ("admin:events_report_add", ("contributor", "contributor")),
    ("admin:events_source_add", ("publisher", "publisher")),
    ("admin:events_source_change", ("contributor", "publisher")),
    ("admin:events_source_restore", (STAFF, "publisher")),
    ("admin:events_event_delete", ("superuser", "superuser")),
    ("admin:events_*_delete", ("administrator", "administrator")),
    ("admin:events_*_restore", (STAFF, "editor")),
    ("admin:events_*_add", ("editor", "editor")),
    ("admin:events_*_change", ("contributor", "editor")),
    ("admin:events_*_history", ("contributor", "contributor")),
    ("admin:events_*_changelist", ("contributor", "contributor")),
    # accounts
    ("admin:auth_user_delete", ("superuser", "superuser")),
    ("admin:auth_user_*", ("administrator", "administrator")),
    ("admin:auth_group_changelist", ("administrator", "administrator")),
    ("admin:auth_group_history", ("administrator", "administrator")),
    ("admin:auth_group_change", ("administrator", "superuser")),
    ("admin:auth_group_*", ("superuser", "superuser")),
    ("admin:otp_totp_totpdevice_config", (NOBODY, NOBODY)),  # its owner has a page of their own
    ("admin:otp_totp_totpdevice_qrcode", (NOBODY, NOBODY)),
    ("admin:otp_totp_*", ("administrator", "administrator")),
    ("admin:otp_static_*", ("superuser", "superuser")),
    ("admin:axes_accessattempt_add", (NOBODY, NOBODY)),
    ("admin:axes_accessattempt_change", ("administrator", NOBODY)),
    ("admin:axes_accessattempt_*", ("administrator", "administrator")),
    ("admin:axes_*", ("superuser", "superuser")),
    # the public: read only
    ("api:add", (NOBODY, NOBODY)),  # with a key only, see the API's own tests
    ("map", (PUBLIC, NOBODY)),
    ("embed", (PUBLIC, NOBODY)),
    ("about", (PUBLIC, NOBODY)),
    ("stories", (PUBLIC, NOBODY)),
    ("story", (PUBLIC, NOBODY)),
    ("events", (PUBLIC, NOBODY)),
    ("event", (PUBLIC, NOBODY)),
    ("snapshot", (PUBLIC, NOBODY)),
    ("code", (PUBLIC, NOBODY)),
    ("export", (PUBLIC, NOBODY)),
    ("retracted", (PUBLIC, NOBODY)),
    ("feed", (PUBLIC, PUBLIC)),
    ("healthz", (PUBLIC, NOBODY)),
    ("api:*", (PUBLIC, NOBODY)),
    ("?", (PUBLIC, NOBODY)),
]


def names() -> Iterator[str]:
    """The full names of all addresses; "?" stands for one without a name."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{prefix}{pattern.name or '?'}"
            else:
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from walk(pattern.url_patterns, inner)

    yield from dict.fromkeys(walk(get_resolver().url_patterns, ""))


def rule_of(name: str) -> tuple[str, str] | None:
    return next((rule for pattern, rule in RULES if fnmatch(name, pattern)), None)


def test_every_address_has_a_rule():
    assert [name for name in names() if rule_of(name) is None] == []


@pytest.fixture
def rows(db) -> dict[str, Any]:
    """One row of each noun, for the addresses that name one."""
    report, place = make_report(), make_place("Idlib")
    event, other = make_event(place=place), make_event(place=place)
    make_claim(event, report=report)
    make_step(make_story(slug="told"))
    draft = make_story(status="draft")
    make_step(draft, event=event)
    return {
        "story": draft,
        "report": report,
        "event": event,
        "other": other,
        "place": place,
        "mention": make_mention(report, "Idlib", place=place),
        "source": report.source,
        "actor": make_actor(),
        "published": make_published_event(place=place),
        "decision": Decision.objects.create(verb="help"),
        "device": TOTPDevice.objects.create(user=make_user(), name="a telephone"),
    }


QUERIES = {
    "admin:autocomplete": "?app_label=events&model_name=report&field_name=source&term=a",
}


def address(name: str, rows: dict[str, Any], user: Any) -> str | None:
    """An address of this name on the rows that there are; None where nothing can be named."""
    if name.endswith("?"):
        return None
    noun = name.removeprefix("admin:events_").split("_")[0]
    row = rows.get(noun)
    key = rows["device"].pk if "totpdevice" in name else getattr(row, "pk", user.pk)
    candidates: list[dict[str, Any]] = [
        {},
        {"object_id": key},
        {"pk": key},
        {"id": user.pk},
        {"object_id": key, "record": _record(row)},
        {"pk": rows["report"].pk, "event": rows["event"].pk, "other": rows["other"].pk},
        {"pk": rows["report"].pk, "event": rows["event"].pk, "verb": "confirm"},
        {"pk": rows["report"].pk, "mention": rows["mention"].pk},
        {"pk": rows["report"].pk, "verb": "hold"},
        {"content_type_id": 1, "object_id": 1},
        {"app_label": "events"},
        {"uid": rows["published"].uid},
        {"name": "manifest.json"},
        {"kind": "csv"},
        {"slug": "told"},
    ]
    for values in candidates:
        try:
            return reverse(name, kwargs=values) + QUERIES.get(name, "")
        except NoReverseMatch:
            continue
    return None


def _record(row: Any) -> int:
    newest = row.history.first() if hasattr(row, "history") else None
    return newest.history_id if newest else 1


def is_denied(answer: Any) -> bool:
    """Sent to sign in, or forbidden."""
    if answer.status_code in (301, 302):
        return "/login/" in answer["Location"]
    return answer.status_code in (401, 403)


def is_refused(answer: Any) -> bool:
    """Denied, or not there for anybody in this way; the admin sends home for a row it has not."""
    gone = answer.status_code == 302 and answer["Location"] == reverse("admin:index")
    return gone or is_denied(answer) or answer.status_code in (400, 404, 405, 415, 422)


def may(who: str, needed: str) -> bool:
    if needed == STAFF:
        return who != PUBLIC
    return LADDER.index(who) >= LADDER.index(needed)


@pytest.mark.parametrize("who", [PUBLIC, *ROLES])
def test_the_table_of_permissions(who, rows, settings, tmp_path):
    settings.SNAPSHOT_ROOT = tmp_path
    client = Client(raise_request_exception=False)
    user = make_user(role="" if who == PUBLIC else who)
    wrong, seen = [], 0
    for name in names():
        path = address(name, rows, make_user() if name.startswith("admin:auth_user") else user)
        if path is None:
            continue
        for verb, needed in zip(("get", "post"), rule_of(name), strict=True):
            client.logout()
            if who != PUBLIC:
                client.force_login(user)
            answer = getattr(client, verb)(path)
            seen += 1
            wrongly = is_denied(answer) if may(who, needed) else not is_refused(answer)
            if answer.status_code >= 500 or wrongly:
                wrong.append((name, verb, needed, answer.status_code))
    assert wrong == [], "\n".join(map(str, wrong))
    assert seen > 150


MISSING = 10**9


def test_who_may_see_no_rows_does_not_learn_which_there_are(rows, settings, tmp_path):
    settings.SNAPSHOT_ROOT = tmp_path
    client = Client(raise_request_exception=False)
    user, told = make_user(), []
    client.force_login(user)
    for name in names():
        there = address(name, rows, user)
        missing = re.sub(r"/\d+(?=/)", f"/{MISSING}", there or "")
        if there is None or missing == there or not name.startswith("admin:"):
            continue
        for verb in ("get", "post"):
            codes = [getattr(client, verb)(path).status_code for path in (there, missing)]
            told += [(name, verb, codes)] if codes[0] != codes[1] else []
    assert told == [], "\n".join(map(str, told))


def test_an_editor_cannot_change_what_is_public(client, rows):
    editor, published = make_user(role="editor"), rows["published"]
    client.force_login(editor)
    change = reverse("admin:events_event_change", args=[published.pk])
    assert client.post(change, {"summary": "mine"}).status_code == 403
    client.post(
        reverse("admin:events_event_decide", args=[published.pk]),
        {"verb": "retract", "change_reason": "mine"},
    )
    assert Event.objects.published().filter(pk=published.pk).exists()


def test_an_administrator_cannot_make_a_superuser(client, db):
    admin, victim = make_user(role="administrator"), make_user()
    client.force_login(admin)
    address = reverse("admin:auth_user_change", args=[victim.pk])
    assert b"is_superuser" not in client.get(address).content
    data = {"username": victim.username, "is_superuser": "on", "is_staff": "on", "is_active": "on"}
    client.post(address, data)
    victim.refresh_from_db()
    assert victim.is_superuser is False


def test_a_user_without_a_role_sees_no_reports(client, rows):
    client.force_login(make_user())
    desk = reverse("admin:events_report_desk", args=[rows["report"].pk])
    assert client.get(desk).status_code == 403
