"""What goes wrong while an editor types: signed out, an error of the server, a slip, too soon."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page

from events.models import Event, Report
from events.vocabulary import ReportStatus, ReviewStatus
from tests.browser.test_desk import (
    context,  # noqa: F401  (a fixture)
    make_clear_report,
    pytestmark,  # noqa: F401  (run with the browser, on stored rows)
    sign_in,
)
from tests.factories import make_user


def open_form(page: Page, base: str, report: Report) -> None:
    """The form of the report's first card, with a reason typed into it."""
    page.goto(f"{base}/admin/events/report/{report.pk}/desk/")
    page.wait_for_selector("html.desk-ready")
    page.keyboard.press("e")
    page.wait_for_selector(".cardform")
    page.fill(".cardform [name=reason]", "the later count")
    page.fill(".cardform [name=fatalities_best]", "7")


def test_who_was_signed_out_signs_in_elsewhere_and_saves_what_was_typed(context, live_server):  # noqa: F811
    user = make_user(role="editor")
    report, (first, *_others) = make_clear_report()
    page, _errors = sign_in(context, live_server.url, user)
    open_form(page, live_server.url, report)
    context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-strip=signed-out] a")
    assert page.input_value(".cardform [name=reason]") == "the later count"
    other, _errors = sign_in(context, live_server.url, user)
    other.close()
    page.focus(".cardform [name=reason]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".cardform", state="detached")
    page.wait_for_selector("[data-strip=signed-out]", state="detached")
    first.refresh_from_db()
    assert first.fatalities_best == 7


def test_an_error_of_the_server_is_said_and_the_draft_is_kept(context, live_server):  # noqa: F811
    report, _events = make_clear_report()
    page, _errors = sign_in(context, live_server.url, make_user(role="editor"))
    open_form(page, live_server.url, report)
    page.route("**/edit/", lambda route: route.fulfill(status=500, body="oops"))
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-strip=failed]")
    assert "error 500" in page.inner_text("[data-strip=failed]")
    page.reload()
    page.wait_for_selector("html.desk-ready")
    page.keyboard.press("e")
    page.wait_for_selector(".cardform")
    assert page.input_value(".cardform [name=reason]") == "the later count"
    page.unroute("**/edit/")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".cardform", state="detached")
    assert page.query_selector("[data-strip=failed]") is None


def test_a_slip_takes_the_focus_to_its_field(context, live_server):  # noqa: F811
    report, _events = make_clear_report()
    page, _errors = sign_in(context, live_server.url, make_user(role="editor"))
    open_form(page, live_server.url, report)
    page.fill(".cardform [name=where]", "nowhere at all")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".cardform [name=where]:focus")
    assert "nowhere at all" in page.inner_text(".errorlist")


def test_a_publication_is_undone_from_the_finished_desk(context, live_server):  # noqa: F811
    report, events = make_clear_report()
    page, _errors = sign_in(context, live_server.url, make_user(role="publisher"))
    desk = f"{live_server.url}/admin/events/report/{report.pk}/desk/"
    page.goto(desk)
    page.wait_for_selector("html.desk-ready")
    for event in events:
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#card-{event.pk}.done")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/events/report/")
    assert set(Event.objects.values_list("status", flat=True)) == {ReviewStatus.PUBLISHED}
    page.goto(desk)
    page.wait_for_selector(".toast:has-text('3 events are public')")
    page.keyboard.press("u")
    page.wait_for_selector(".deskbar .steps .done")
    page.wait_for_selector(".toast:has-text('confirmed')")
    assert set(Event.objects.values_list("status", flat=True)) == {ReviewStatus.CONFIRMED}
    assert Report.objects.get().status == ReportStatus.READ
