"""Pictures of the desk's pages, in light, dark, Arabic and at 820 px, to be looked at.

Run against a server with the demo loaded:
`python tests/browser/desk_screenshots.py http://127.0.0.1:8000 NAME PASSWORD FOLDER`
Each picture's page is also asked for console errors; any is printed and makes the exit code 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDE, LAPTOP, NARROW = (1440, 900), (1280, 800), (820, 1180)
LOOKS = (
    ("light", WIDE, "light", "en"),
    ("1280", LAPTOP, "light", "en"),
    ("dark", WIDE, "dark", "en"),
    ("ar", WIDE, "light", "ar"),
    ("820", NARROW, "light", "en"),
)


def sign_in(page: Page, base: str, name: str, password: str) -> None:
    page.goto(f"{base}/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("input[type=submit]")
    page.wait_for_url(f"{base}/admin/")


def addresses(page: Page, base: str) -> dict[str, str]:
    """The pages of the desk on what is in the database."""
    page.goto(f"{base}/admin/events/report/")
    busiest = page.evaluate(BUSIEST)
    desk = f"{base}{busiest}"
    page.goto(desk)
    mention = page.evaluate("document.querySelector('a.m.place')?.getAttribute('href') ?? ''")
    event = page.evaluate("document.querySelector('.card')?.dataset.event ?? ''")
    return {
        "queue": f"{base}/admin/events/report/",
        "desk": desk,
        "edit": f"{desk}?edit={event}#card-{event}",
        "mention": f"{base}{mention}",
        "merge": f"{base}{merge_address(page, base)}",
        "event": f"{base}/admin/events/event/{event}/change/",
        "history": f"{base}/admin/events/event/{event}/history/",
        "place": f"{base}{place_address(page, base)}",
        "dashboard": f"{base}/admin/",
        "add": f"{base}/admin/events/report/add/",
    }


BUSIEST = """() => {
  const rows = [...document.querySelectorAll('[data-row]')];
  rows.sort((a, b) => b.querySelectorAll('.sub').length - a.querySelectorAll('.sub').length);
  return rows[0].querySelector('[data-href]').dataset.href;
}"""


def merge_address(page: Page, base: str) -> str:
    """The first merge that any of the waiting reports suggests."""
    page.goto(f"{base}/admin/events/report/")
    hrefs = page.evaluate(
        "[...document.querySelectorAll('[data-row] [data-href]')].map(r => r.dataset.href)"
    )
    for href in hrefs[:25]:
        page.goto(f"{base}{href}")
        found = page.query_selector(".merge-hint a")
        if found:
            return found.get_attribute("href") or ""
    return "/admin/"


def place_address(page: Page, base: str) -> str:
    answer = page.request.get(f"{base}/admin/events/place/search/?q=hmeimim").json()
    return f"/admin/events/place/{answer['places'][0]['id']}/change/"


def shoot(browser: Browser, base: str, user: tuple[str, str], folder: Path, wanted: str) -> int:
    """Take the pictures of one look; the number of console errors."""
    errors: list[str] = []
    for look, (width, height), theme, language in LOOKS:
        if wanted not in ("", look):
            continue
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            locale=language,
            extra_http_headers={"Accept-Language": language},
        )
        page = context.new_page()
        page.on(
            "console",
            lambda m, at=look: errors.append(f"{at} {m.text}") if m.type == "error" else None,
        )
        page.on("pageerror", lambda e, at=look: errors.append(f"{at} {e}"))
        sign_in(page, base, *user)
        for name, address in addresses(page, base).items():
            page.goto(address)
            page.wait_for_timeout(500)
            page.screenshot(path=str(folder / f"{name}-{look}.png"))
        popover(page, base, folder / f"popover-{look}.png")
        context.close()
    for line in dict.fromkeys(errors):
        print("console:", line)
    return len(errors)


def popover(page: Page, base: str, path: Path) -> None:
    """The question which place it is, over the text."""
    page.goto(f"{base}/admin/events/report/")
    page.goto(f"{base}{page.evaluate(BUSIEST)}")
    mark = page.query_selector("a.m.place:not(.v):not(.x)") or page.query_selector("a.m.place")
    if mark:
        mark.click()
        page.wait_for_timeout(600)
        page.screenshot(path=str(path))


def main() -> None:
    base, name, password, out = sys.argv[1:5]
    wanted = sys.argv[5] if len(sys.argv) > 5 else ""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        count = shoot(browser, base.rstrip("/"), (name, password), folder, wanted)
        browser.close()
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
