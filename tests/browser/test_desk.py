"""An editor with the keyboard alone: from the queue to a dot on the map, and what may go wrong."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import BrowserContext, Page, Request

from events import curation
from events.models import Decision, Event, Mention, PlaceName, Report
from events.vocabulary import MentionStatus, ReportStatus, ReviewStatus
from tests.factories import (
    PASSWORD,
    make_claim,
    make_event,
    make_mention,
    make_place,
    make_place_name,
    make_report,
    make_source,
    make_user,
)

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not os.path.exists(CHROMIUM), reason="no Chromium at /usr/bin/chromium"),
]


@pytest.fixture
def context(monkeypatch, settings, tmp_path, chromium) -> Iterator[BrowserContext]:
    """A fresh browser; every console error fails the test."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.SNAPSHOT_ROOT = tmp_path / "snapshots"
    settings.ALLOWED_HOSTS = ["*"]
    opened = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en")
    yield opened
    opened.close()


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.count += len(text)


def sign_in(context: BrowserContext, base: str, user: Any) -> tuple[Page, list[str]]:
    page, errors = context.new_page(), []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(f"{base}/admin/login/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/admin/")
    return page, errors


TEXT = (
    "Jets struck the market in Idlib on Thursday, killing 5 people.\n\n"
    "Shells fell on Saraqib the same day.\n\n"
    "A drone came down near Hamim on Friday; a militia spoke of sabotage.\n\n"
    "Nobody was hurt."
)
QUOTES = [line for line in TEXT.split("\n\n") if line]


def make_clear_report(**values: Any) -> tuple[Report, list[Event]]:
    """A report with three events that need no correction."""
    report = make_report(TEXT, title="Three events", **values)
    events = []
    for quote, name in zip(QUOTES, ("Idlib", "Saraqib", "Hamim"), strict=False):
        place = make_place(f"{name} {report.pk}", 35.9, 36.6)
        event = make_event(place=place, sub_event_type="air_drone_strike")
        make_claim(event, report=report, quote=quote)
        make_mention(report, name, place=place)
        events.append(event)
    return report, events


def wait_saved(page: Page) -> None:
    page.wait_for_selector(".card.sending", state="detached", timeout=8000)


def open_first_report(page: Page, base: str, keys: Keys) -> None:
    page.goto(f"{base}/admin/events/report/")
    keys.press("j", "Enter")
    page.wait_for_url("**/desk/")
    page.wait_for_selector("html.desk-ready")


def test_a_clear_report_takes_six_keys_at_most(context, live_server, capsys):
    publisher = make_user(role="publisher")
    report, _events = make_clear_report()
    page, errors = sign_in(context, live_server.url, publisher)
    page.goto(f"{live_server.url}/admin/events/report/{report.pk}/desk/")
    page.wait_for_selector("html.desk-ready")
    keys, started = Keys(page), time.monotonic()
    keys.press("Enter", "Enter", "Enter", "Enter")
    page.wait_for_url("**/admin/events/report/", timeout=15000)
    seconds = time.monotonic() - started
    report.refresh_from_db()
    assert report.status == ReportStatus.FINISHED
    assert Event.objects.published().count() == 3
    assert keys.count <= 6
    assert errors == []
    with capsys.disabled():
        print(f"\na clear report: {keys.count} keys, {seconds:.1f} s of the server and the browser")


def test_the_keyboard_alone_takes_a_report_to_the_map(context, live_server, capsys):
    publisher = make_user(role="publisher")
    report, (first, second, third) = make_clear_report()
    base, others = make_hamim(report)
    twin = make_event(place=first.place)
    make_claim(twin)
    curation.confirm(twin, publisher)
    page, errors = sign_in(context, live_server.url, publisher)
    answers: list[float] = []
    page.on("requestfinished", lambda request: note_time(request, answers))
    keys, started = Keys(page), time.monotonic()

    open_first_report(page, live_server.url, keys)
    merge_the_first(page, keys)
    correct_the_date(page, keys, second)
    choose_hamim(page, keys, third)
    finish(page, keys, report)

    first.refresh_from_db()
    third.refresh_from_db()
    assert first.merged_into == twin
    assert third.place == base
    assert Mention.objects.filter(status=MentionStatus.VERIFIED, place=base).count() == 3
    assert all(Mention.objects.get(pk=m.pk).verified_by == publisher for m in others)
    assert PlaceName.objects.get(place=base, text="Hamim").learned_by == publisher
    assert Event.objects.published().count() == 3
    assert errors == []
    with capsys.disabled():
        print(
            f"\none corrected, one moved and applied to others, one merged: {keys.count} keys,"
            f" {sum(answers):.1f} s of {time.monotonic() - started:.1f} s on the server"
        )


def make_hamim(report: Report) -> tuple[Any, list[Mention]]:
    """A base that the reports spell "Hamim", which stands open in two other reports as well."""
    base = make_place("Hmeimim air base", 35.401, 35.948, kind="air_base")
    make_place_name(base, "Hmeimim air base")
    others = [make_mention(make_report(f"Near Hamim, {n}."), "Hamim") for n in range(2)]
    Mention.objects.filter(report=report, text="Hamim").update(score=0.3)
    return base, others


def merge_the_first(page: Page, keys: Keys) -> None:
    keys.press("m")
    page.wait_for_url("**/merge/**")
    keys.press("Enter")
    page.wait_for_url("**/desk/**")
    page.wait_for_selector("html.desk-ready")


def correct_the_date(page: Page, keys: Keys, event: Event) -> None:
    keys.press("d")
    page.wait_for_selector("[data-group=date] input:focus")
    for name in ("start_date", "end_date"):  # a date field's own keys differ by locale
        page.fill(f"[data-group=date] input[name={name}]", "2020-02-19")
        keys.count += 8
    keys.press("Control+Enter")
    page.wait_for_selector(f"#card-{event.pk} [data-fact=date].v")
    keys.press("Enter")
    wait_saved(page)


def choose_hamim(page: Page, keys: Keys, event: Event) -> None:
    for _mark in range(8):  # on to the mark of the third card
        keys.press("n")
        if page.evaluate("document.activeElement.textContent") == "Hamim":
            break
    keys.press("Enter")
    page.wait_for_selector("#popover[open] [data-choose]")
    keys.press("/")
    keys.type("Hmeimim air base")
    keys.press("Enter")
    page.wait_for_selector("#popover .cand bdi:text-is('Hmeimim air base')")
    page.wait_for_selector("#popover .kwic")
    keys.press("Enter")
    page.wait_for_selector(f"#card-{event.pk} dd:has-text('Hmeimim air base')")
    page.wait_for_selector(f"#card-{event.pk}:focus")
    keys.press("Enter")
    wait_saved(page)


def finish(page: Page, keys: Keys, report: Report) -> None:
    page.wait_for_selector("[data-verb=finish]:not([disabled])")
    keys.press("Enter")
    page.wait_for_url(lambda url: f"/report/{report.pk}/" not in url, timeout=15000)


def note_time(request: Request, answers: list[float]) -> None:
    if request.resource_type in ("document", "fetch"):
        timing = request.timing
        answers.append(max(0.0, timing["responseStart"] - timing["requestStart"]) / 1000)


def test_undo_brings_back_the_card(context, live_server):
    editor = make_user(role="editor")
    report, (first, *_others) = make_clear_report()
    page, errors = sign_in(context, live_server.url, editor)
    page.goto(f"{live_server.url}/admin/events/report/{report.pk}/desk/")
    page.wait_for_selector("html.desk-ready")
    page.keyboard.press("x")
    page.keyboard.press("1")
    page.wait_for_selector(f"#card-{first.pk}.out")
    page.wait_for_selector("[data-undo]")
    page.keyboard.press("u")
    page.wait_for_selector(f"#card-{first.pk}:not(.out)")
    first.refresh_from_db()
    assert (first.status, first.reject_reason) == (ReviewStatus.CANDIDATE, "")
    assert errors == []


def test_a_field_to_look_at_takes_one_more_enter(context, live_server):
    editor = make_user(role="editor")
    report, (first, *_others) = make_clear_report()
    Event.objects.filter(pk=first.pk).update(
        fatalities_low=18, fatalities_best=30, fatalities_high=30
    )
    page, _errors = sign_in(context, live_server.url, editor)
    page.goto(f"{live_server.url}/admin/events/report/{report.pk}/desk/")
    page.wait_for_selector("html.desk-ready")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#card-{first.pk} [data-fact=figures].on")
    assert Event.objects.get(pk=first.pk).status == ReviewStatus.CANDIDATE
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#card-{first.pk}.done")


def test_keys_work_by_position_on_another_layout(context, live_server):
    report, (first, second, _third) = make_clear_report()
    page, _errors = sign_in(context, live_server.url, make_user(role="editor"))
    page.goto(f"{live_server.url}/admin/events/report/{report.pk}/desk/")
    page.wait_for_selector("html.desk-ready")
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'ت', code: 'KeyJ', bubbles: true}))"
    )
    assert page.evaluate("document.activeElement.id") == f"card-{second.pk}"
    assert first.pk != second.pk


def test_a_lost_line_keeps_decisions_in_order(context, live_server):
    report, events = make_clear_report()
    page, _errors = sign_in(context, live_server.url, make_user(role="editor"))
    page.goto(f"{live_server.url}/admin/events/report/{report.pk}/desk/")
    page.wait_for_selector("html.desk-ready")
    context.set_offline(True)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-strip=offline]")
    assert Decision.objects.count() == 0
    context.set_offline(False)
    page.wait_for_selector(f"#card-{events[1].pk}.done", timeout=15000)
    rows = Decision.objects.filter(verb="confirm").order_by("pk").values_list("event_id", flat=True)
    assert list(rows) == [events[0].pk, events[1].pk]
    page.wait_for_selector("[data-strip=offline]", state="detached")


def test_two_editors_on_one_date_see_both_values(context, live_server):
    rana, omar = make_user(role="editor"), make_user("omar", role="editor")
    report, (first, *_others) = make_clear_report()
    page, _errors = sign_in(context, live_server.url, rana)
    page.goto(f"{live_server.url}/admin/events/report/{report.pk}/desk/")
    page.wait_for_selector("html.desk-ready")
    page.keyboard.press("d")
    page.wait_for_selector("[data-group=date] input:focus")
    curation.correct(first, {"end_date": "2020-02-22"}, omar, "two days")
    page.fill("[name=end_date]", "2020-02-23")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-conflict]")
    assert "omar" in page.inner_text("[data-conflict]")
    page.keyboard.press("2")
    page.wait_for_selector("[data-conflict]", state="detached")
    first.refresh_from_db()
    assert str(first.end_date) == "2020-02-23"


def test_the_desk_works_without_javascript(context, live_server):
    editor = make_user(role="editor")
    report, (first, *_others) = make_clear_report()
    page, _errors = sign_in(context, live_server.url, editor)
    plain = context.browser.new_context(
        java_script_enabled=False, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto(f"{live_server.url}/admin/events/report/{report.pk}/desk/")
    page.click(f"#card-{first.pk} [data-verb=confirm]")
    first.refresh_from_db()
    assert first.status == ReviewStatus.CONFIRMED
    page.click("a.m.place:not(.v)")
    page.click("button[value=choose]")
    assert Mention.objects.filter(status=MentionStatus.VERIFIED).count() == 2
    page.click("[data-undo] button")
    assert Mention.objects.filter(status=MentionStatus.VERIFIED).count() == 1


def test_a_pasted_report_becomes_a_dot_on_the_map(context, live_server):
    """The whole way, with the real parser, without a shell."""
    make_source("Local network")
    idlib = make_place("Idlib", 35.93, 36.63, kind="city")
    make_place_name(idlib, "Idlib")
    page, errors = sign_in(context, live_server.url, make_user(role="publisher"))
    page.goto(f"{live_server.url}/admin/events/report/add/")
    page.evaluate(
        "(pk) => document.querySelector('[name=source]').append(new Option('x', pk, true, true))",
        str(Report._meta.get_field("source").related_model.objects.get().pk),
    )
    page.fill("[name=title]", "Strike on Idlib")
    page.fill("[name=text]", "An air strike on Idlib killed five people on Thursday, medics said.")
    page.fill("[name=day]", "2020-02-22")
    page.click("[name=_save]")
    page.wait_for_url("**/desk/")
    page.wait_for_selector("html.desk-ready")
    report = Report.objects.get()
    assert report.claims.exists(), "the parser found no event"
    for _try in range(8):
        page.keyboard.press("Enter")
        page.wait_for_timeout(250)
        if "/desk/" not in page.url:
            break
    assert Event.objects.published().count() >= 1
    answer = page.request.get(f"{live_server.url}/snapshot/manifest.json")
    assert answer.json()["rows"] >= 1
    assert errors == []
