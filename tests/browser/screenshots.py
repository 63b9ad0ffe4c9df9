"""Pictures of every state of the public pages, from a site that runs.

    python manage.py demo            (in another terminal)
    python tests/browser/screenshots.py [--url URL] [--out FOLDER] [name ...]

Each picture is named after its state; lay them beside the mock and look for what is worse.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP, PHONE, SHEET = (1280, 800), (390, 844), (1280, 1000)
PERIOD = "from=2020-01-01&to=2020-06-30"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: where, how large, what happens before it."""

    path: str
    size: tuple[int, int] = DESKTOP
    theme: str = "light"
    before: Callable[[Page], None] | None = None
    act: Callable[[Page], None] | None = None
    context: dict[str, Any] = field(default_factory=dict)
    waits: bool = True


def click(selector: str, nth: int = 0) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).nth(nth).click()


def hover_bubble(page: Page) -> None:
    """The pointer on the largest bubble in sight: near the middle there always is one."""
    box = page.locator(".map-canvas").bounding_box() or {"x": 0, "y": 0, "width": 1, "height": 1}
    for step in range(400):
        x = box["x"] + box["width"] * (0.3 + 0.4 * (step % 20) / 20)
        y = box["y"] + box["height"] * (0.3 + 0.4 * (step // 20) / 20)
        page.mouse.move(x, y)
        page.wait_for_timeout(20)
        if page.locator(".tip").is_visible() and page.locator(".tip li").count() > 1:
            return


def search(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("sara")


def hold(route: Route) -> None:
    """Never answered: the page stays as it is while it loads."""


def broken(route: Route) -> None:
    route.fulfill(status=503, body="")


def no_rows(route: Route) -> None:
    """The page as of a site without events: its manifest says so."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'"rows": \d{1,9}', '"rows": 0', answer.text()))


def lose_connection(page: Page) -> None:
    page.context.set_offline(True)
    page.wait_for_selector(".toast")


SHOTS = {
    "map-desktop": Shot(f"/?{PERIOD}&list=view"),
    "dark-desktop": Shot(f"/?{PERIOD}&list=view", theme="dark"),
    "arabic-desktop": Shot(f"/?{PERIOD}&list=view&lang=ar"),
    "hover-desktop": Shot(f"/?{PERIOD}", act=hover_bubble),
    "card-desktop": Shot(f"/?{PERIOD}&zoom=9.75", act=click(".it-open", 1)),
    "card-arabic": Shot(f"/?{PERIOD}&lang=ar", act=click(".it-open", 1)),
    "compare-desktop": Shot(f"/?{PERIOD}", act=click(".compare-open")),
    "colour-actor": Shot(f"/?{PERIOD}&colour=actor"),
    "colour-sources": Shot(f"/?{PERIOD}&colour=sources"),
    "search": Shot("/", act=search),
    "share": Shot(f"/?{PERIOD}", act=click(".share-open")),
    "keys": Shot("/", act=click(".keys-open")),
    "layers": Shot("/", act=click(".zoom .stack")),
    "phone": Shot(f"/?{PERIOD}", PHONE, context={"has_touch": True}),
    "phone-list": Shot(f"/?{PERIOD}", PHONE, act=click("#tab-list")),
    "phone-filters": Shot(f"/?{PERIOD}", PHONE, act=click("#tab-filters")),
    "phone-arabic": Shot(f"/?{PERIOD}&lang=ar", PHONE, "dark"),
    "tablet": Shot(f"/?{PERIOD}", (900, 700), act=click(".rail-open")),
    "loading": Shot("/", before=lambda p: p.route("**/*.bin", hold), waits=False),
    "failed": Shot("/", before=lambda p: p.route("**/*.bin", broken), waits=False),
    "empty": Shot(
        "/", before=lambda p: p.route(lambda url: url.endswith("/"), no_rows), waits=False
    ),
    "nothing": Shot("/?from=2019-01-01&to=2019-01-01&type=riots"),
    "offline": Shot(f"/?{PERIOD}", act=lose_connection),
    "no-javascript": Shot("/", context={"java_script_enabled": False}, waits=False),
    "embed": Shot(f"/embed/?{PERIOD}", (720, 520)),
    "events": Shot("/events/", waits=False),
    "event-page": Shot("/events/", SHEET, act=click(".plain-list a"), waits=False),
    "method-page": Shot("/about/", waits=False),
    "method-arabic": Shot("/about/?lang=ar", theme="dark", waits=False),
    "not-here": Shot("/events/nothing/", waits=False),
}


def take(browser: Any, base: str, name: str, shot: Shot, out: Path) -> None:
    """One picture into `out/<name>.png`."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=shot.theme, **shot.context
    )
    page = context.new_page()
    if shot.before:
        shot.before(page)
    page.goto(base + shot.path, wait_until="load" if shot.waits else "domcontentloaded")
    if shot.waits:
        page.evaluate("window.idlibmap.ready.then(() => true)")
    page.wait_for_timeout(900)
    if shot.act:
        shot.act(page)
        page.wait_for_timeout(900)
    page.screenshot(path=str(out / f"{name}.png"))
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("tests/screenshots"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name in options.names or SHOTS:
            take(browser, options.url.rstrip("/"), name, SHOTS[name], options.out)
            print(options.out / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
