"""axe finds nothing on any public page, in both languages and both themes."""

from __future__ import annotations

import pytest

from tests.browser.map_site import make_map_site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STATES = {
    "map": "",
    "card": "document.querySelector('.it-open').click()",
    "compare": "document.querySelector('.compare-open').click()",
    "share": "document.querySelector('.share-open').click()",
    "keys": "document.querySelector('.keys-open').click()",
    "search": "document.querySelector('.search-open').click()",
    "layers": "document.querySelector('.zoom .stack').click()",
}


@pytest.fixture
def axe():
    package = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python")
    from pathlib import Path

    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    page.wait_for_timeout(400)
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(open_page, axe, language, theme):
    made = make_map_site()
    options = {"color_scheme": theme, "bypass_csp": True}
    found = {}
    for name, script in STATES.items():
        page = open_page(f"/?lang={language}&from=2020-02-01&to=2020-02-29", **options)
        page.evaluate("window.idlibmap.ready.then(() => true)")
        if script:
            page.evaluate(script)
        found[name] = violations(page, axe)
        page.close()
    uid = made["contested"].uid
    for path in ("/embed/", "/about/", "/events/", f"/events/{uid}/", "/nothing-here/"):
        page = open_page(f"{path}?lang={language}", **options)
        found[path] = violations(page, axe)
        page.close()
    page = open_page(f"/?lang={language}", width=390, height=844, **options)
    page.evaluate("window.idlibmap.ready.then(() => true)")
    found["phone"] = violations(page, axe)
    assert {name: what for name, what in found.items() if what} == {}
