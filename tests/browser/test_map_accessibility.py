"""axe finds nothing on any public page, in both languages and both themes."""

from __future__ import annotations

import pytest

from tests.browser.map_site import make_map_site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DIALOG = "dialog[open]"
STATES = {  # state: what enters it, and what is there then
    "map": ("null", "canvas"),
    "share": ("document.querySelector('.share-open').click()", DIALOG),
    "keys": ("document.querySelector('.keys-open').click()", DIALOG),
    "search": ("document.querySelector('.search-open').click()", DIALOG),
    "layers": ("document.querySelector('.zoom .stack').click()", ".layers:not([hidden])"),
    "compare": ("document.querySelector('.compare-open').click()", ".side-view.compare-view"),
}
CARD = ("document.querySelector('.it-open').click()", ".side-view.card-view")


@pytest.fixture
def axe():
    package = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python")
    from pathlib import Path

    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    page.evaluate(axe)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )["violations"]
    return [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(open_page, axe, language, theme):
    made = make_map_site()
    options = {"color_scheme": theme, "reduced_motion": "reduce", "bypass_csp": True}
    found = states_of_the_map(open_page, axe, language, options)
    uid = made["contested"].uid
    for path in ("/embed/", "/about/", "/events/", f"/events/{uid}/", "/nothing-here/"):
        page = open_page(f"{path}?lang={language}", **options)
        found[path] = violations(page, axe)
        page.close()
    assert {name: what for name, what in found.items() if what} == {}


def states_of_the_map(open_page, axe, language, options):
    """What axe finds in each state of the map: Escape leaves one before the next is entered."""
    found = {}
    page = open_map(open_page, language, options)
    for name, (script, opened) in STATES.items():
        enter(page, script, opened)
        found[name] = violations(page, axe)
        page.keyboard.press("Escape")
    page.close()
    page = open_map(open_page, language, options)
    enter(page, *CARD)
    found["card"] = violations(page, axe)
    page.set_viewport_size({"width": 390, "height": 844})
    found["phone's card"] = violations(page, axe)
    page.close()
    page = open_map(open_page, language, {**options, "width": 390, "height": 844})
    found["phone"] = violations(page, axe)
    return found


def open_map(open_page, language, options):
    page = open_page(f"/?lang={language}&from=2020-02-01&to=2020-02-29", **options)
    page.evaluate("window.idlibmap.ready.then(() => true)")
    return page


def enter(page, script, opened):
    page.evaluate(script)
    page.wait_for_selector(opened)
