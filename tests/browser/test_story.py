"""A story in the browser: arrows step, each step has a link, axe finds nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.browser.map_site import make_map_site
from tests.browser.test_map_accessibility import axe, violations  # noqa: F401
from tests.factories import make_step, make_story

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ADDRESS = "/stories/two-days/"
HOSTILE = "<img src=x onerror=window.hacked=1>"
CENTER = "window.idlibmap.state.get().center"


@pytest.fixture
def site():
    made = make_map_site()
    story = make_story("Two days", slug="two-days", title_ar="يومان")
    make_step(story, title="The road", text=f"First words. {HOSTILE}", event=made["contested"])
    make_step(story, title="The region", text="Second.", event=made["region"])
    make_step(
        story, title="The week", text="Third.",
        from_date=dt.date(2020, 1, 1), to_date=dt.date(2020, 1, 7),
    )  # fmt: skip
    return made


def open_story(open_page, query="", **options):
    page = open_page(f"{ADDRESS}{query}", **options)
    page.evaluate("window.idlibmap.ready.then(() => true)")
    return page


def wait_for_step(page, title, number):
    page.wait_for_function(
        "([title, n]) => document.querySelector('.story h1').textContent === title"
        " && new URLSearchParams(location.search).get('step') === n",
        arg=[title, str(number)],
    )


def test_arrows_and_buttons_step_and_time_and_map_follow(open_page, site):
    page = open_story(open_page)
    wait_for_step(page, "The road", 1)
    page.keyboard.press("ArrowRight")
    wait_for_step(page, "The region", 2)
    day = site["region"].start_date.isoformat()
    assert page.evaluate("window.idlibmap.state.get().from") == day
    assert page.locator(".map-canvas.is-dim").count() == 1
    page.click(".story .next")
    wait_for_step(page, "The week", 3)
    assert page.evaluate("window.idlibmap.state.get().to") == "2020-01-07"
    assert page.locator(".map-canvas.is-dim").count() == 0
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    wait_for_step(page, "The region", 2)
    assert page.evaluate("window.hacked") is None
    assert page.troubles == []


def test_the_link_of_a_step_opens_that_step_at_its_place(open_page, site):
    page = open_story(open_page)
    wait_for_step(page, "The road", 1)
    links = page.locator(".story .steps a")
    assert [links.nth(k).get_attribute("href") for k in range(3)] == [
        "?step=1",
        "?step=2",
        "?step=3",
    ]
    page = open_story(open_page, "?step=2")
    wait_for_step(page, "The region", 2)
    place = site["region"]
    page.wait_for_function(
        f"([lat, lon]) => {CENTER} && Math.abs({CENTER}[0] - lat) < .02"
        f" && Math.abs({CENTER}[1] - lon) < .02",
        arg=[place.public_latitude, place.public_longitude],
    )


def test_without_javascript_the_words_are_there(open_page, site):
    page = open_page(ADDRESS, java_script_enabled=False)
    assert page.locator("h1:visible").inner_text() == "Two days"
    assert page.locator("section h2:visible").all_inner_texts() == [
        "The road", "The region", "The week",
    ]  # fmt: skip
    assert page.locator("#step-1 a").first.get_attribute("href") == (
        f"/events/{site['contested'].uid}/"
    )


@pytest.mark.parametrize(
    ("language", "theme"), [("en", "light"), ("en", "dark"), ("ar", "light"), ("ar", "dark")]
)
def test_axe_finds_nothing_in_a_story(open_page, site, axe, language, theme):  # noqa: F811
    options = {"color_scheme": theme, "bypass_csp": True}
    found = {}
    for name, width in (("desktop", 1280), ("phone", 390)):
        page = open_story(open_page, f"?lang={language}&step=2", width=width, **options)
        found[name] = violations(page, axe)
    page = open_page(f"/stories/?lang={language}", **options)
    found["list"] = violations(page, axe)
    assert {name: what for name, what in found.items() if what} == {}
