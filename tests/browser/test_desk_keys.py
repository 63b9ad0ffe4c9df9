"""Keys beside the walk through a report: the queue's, and a point dropped for an unknown name."""

from __future__ import annotations

from events.models import Mention
from tests.browser.test_desk import (  # noqa: F401  (the browser and its marks)
    context,
    make_clear_report,
    pytestmark,
    sign_in,
)
from tests.factories import make_report, make_user


def test_the_queue_saves_for_later_and_asks_for_help_by_keys(context, live_server):  # noqa: F811
    older, newer = make_report(published_at="2019-01-01T12:00Z"), make_report()
    rana = make_user(role="editor")
    page, errors = sign_in(context, live_server.url, rana)
    page.goto(f"{live_server.url}/admin/events/report/")
    page.keyboard.press("j")
    page.keyboard.press("z")
    page.wait_for_selector(".queuetoast")
    older.refresh_from_db()
    assert older.held_by == rana
    page.keyboard.press("u")
    page.wait_for_selector(".queuetoast", state="detached")
    older.refresh_from_db()
    assert older.held_by is None
    page.goto(f"{live_server.url}/admin/events/report/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("h")
    page.wait_for_selector("#askhelp[open]")
    page.keyboard.type("Which al-Habit?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".queuetoast")
    newer.refresh_from_db()
    assert newer.help_wanted == "Which al-Habit?"
    assert errors == []


def test_a_point_is_dropped_for_a_name_that_nobody_knows(context, live_server):  # noqa: F811
    report, (_first, _second, _third) = make_clear_report()
    Mention.objects.filter(report=report, text="Hamim").update(place=None, candidates=[])
    page, errors = sign_in(context, live_server.url, make_user(role="editor"))
    page.goto(f"{live_server.url}/admin/events/report/{report.pk}/desk/")
    page.wait_for_selector("html.desk-ready")
    page.click("a.m.place:text-is('Hamim')")
    page.wait_for_selector("#popover[open] [data-drop]")
    page.keyboard.press("Escape")
    page.click("a.m.place:text-is('Hamim')")
    page.wait_for_selector("#popover[open] [data-drop]")
    page.click("#popover [data-drop] summary")
    page.wait_for_selector("#popover .leaflet-container")
    page.click("#popover .leaflet-container", position={"x": 120, "y": 90})
    assert page.input_value("#popover [name=point]") != ""
    page.fill("#popover [name=point]", "35°24′04″N 35°56′53″E")
    page.keyboard.press("Enter")
    page.wait_for_selector("#popover", state="hidden")
    page.wait_for_selector("a.m.place.v:text-is('Hamim')")
    made = Mention.objects.get(report=report, text="Hamim").place
    assert (round(made.latitude, 3), round(made.longitude, 3)) == (35.401, 35.948)
    assert errors == []
