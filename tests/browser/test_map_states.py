"""The states of the map page that nobody hopes for, and the pages beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from events.publishing.snapshot import publish
from events.vocabulary import ReviewStatus
from tests.browser.map_site import make_map_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_empty_site_says_how_to_load_the_demo(open_page):
    publish(settings.SNAPSHOT_ROOT)
    page = open_page("/")
    page.wait_for_selector(".msg h2")
    assert "manage.py demo" in page.locator(".msg").inner_text()


def test_a_site_without_a_snapshot_is_an_empty_site(open_page):
    page = open_page("/")
    page.wait_for_selector(".msg code")
    assert page.locator(".msg h2").inner_text() == "No events yet"


def test_a_damaged_snapshot_is_told_and_tried_again(open_page):
    make_map_site()
    file = next(p for p in Path(settings.SNAPSHOT_ROOT).glob("*.bin"))
    whole = file.read_bytes()
    for path in Path(settings.SNAPSHOT_ROOT).glob("*.bin*"):
        path.write_bytes(whole[:-20] + b"x" * 20) if path == file else path.unlink()
    page = open_page("/")
    page.wait_for_selector(".msg[role=alert]")
    assert page.get_by_role("link", name="Plain list").is_visible()
    file.write_bytes(whole)
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function("() => window.idlibmap.rows.count === 33")


def test_every_file_is_asked_for_once_and_the_snapshot_ahead_of_the_script(open_page):
    make_map_site()
    page = open_page("/")
    page.wait_for_function("() => window.idlibmap?.rows.count === 33")
    read = [a for a in page.addresses if "/snapshot/" in a or a.endswith((".js", "region.json"))]
    assert len(read) == len(set(read))
    ahead = page.locator("link[rel=preload]").evaluate_all("links => links.map((l) => l.href)")
    assert {a.rpartition(".")[2] for a in ahead} == {"json", "bin"}
    assert set(ahead) <= set(read)


def test_a_map_that_is_open_drops_what_is_retracted_and_says_so(open_page):
    gone = make_map_site()["contested"]
    page = open_page(f"/?event={gone.uid}")
    page.wait_for_selector(".claim")
    gone.status, gone.retracted_at = ReviewStatus.RETRACTED, timezone.now()
    gone.save()
    publish(settings.SNAPSHOT_ROOT)
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => window.idlibmap.rows.visible === 32")
    assert page.locator(".toast[data-key=withdrawn]").is_visible()
    assert page.locator(".claim").count() == 0


def test_a_page_from_the_history_asks_for_the_manifest_of_now(open_page):
    made = make_map_site()
    page = open_page("/")
    page.wait_for_function("() => window.idlibmap?.rows.count === 33")
    page.goto(page.url.partition("?")[0] + "about/")
    made["contested"].status = ReviewStatus.RETRACTED
    made["contested"].save()
    publish(settings.SNAPSHOT_ROOT)
    page.addresses.clear()
    page.go_back()
    page.wait_for_function("() => window.idlibmap?.rows.count === 32")
    assert any("manifest.json" in address for address in page.addresses)


def test_without_javascript_the_events_are_links(open_page):
    made = make_map_site()
    page = open_page("/", java_script_enabled=False)
    links = page.locator(".plain-list a")
    assert links.count() == 20
    page.goto(page.url + f"events/{made['contested'].uid}/")
    assert page.locator(".claim").count() == 2
    assert page.locator(".claim.doubts mark").inner_text() == "twenty-two dead"


def test_the_embed_sets_no_cookie_and_links_to_the_map(open_page):
    make_map_site()
    page = open_page("/embed/?from=2020-01-01&to=2020-02-01", width=720, height=480)
    page.evaluate("window.idlibmap.ready.then(() => true)")
    assert page.context.cookies() == []
    assert not page.locator(".top").is_visible()
    assert page.locator(".embed-open").get_attribute("href").startswith("/?from=2020-01-01")


def test_losing_the_connection_is_a_status_and_the_map_works_on(open_page):
    make_map_site()
    page = open_page("/")
    page.evaluate("window.idlibmap.ready.then(() => true)")
    page.context.set_offline(True)
    page.wait_for_selector(".toast")
    assert "Offline" in page.locator(".toast").inner_text()
    page.evaluate("window.idlibmap.state.update({from: '2020-01-01', to: '2020-01-31'})")
    assert page.evaluate("window.idlibmap.rows.visible") == 11


@pytest.mark.parametrize("path", ["/about/", "/events/", "/nothing-here/"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_reading_pages_have_one_heading_in_the_readers_language(open_page, path, language):
    page = open_page(f"{path}?lang={language}")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == language
    assert (page.locator("h1").inner_text() > "ء") == (language == "ar")


def test_the_contents_of_the_method_page_mark_what_is_read(open_page):
    page = open_page("/about/")
    current = ".toc nav a[aria-current]"
    page.wait_for_selector(current)
    assert page.locator(current).get_attribute("href") == "#chain"
    page.locator("#figures").evaluate("heading => heading.scrollIntoView()")
    page.wait_for_selector('.toc nav a[href="#figures"][aria-current]')
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_selector('.toc nav a[href="#sources"][aria-current]')
    assert page.locator(current).count() == 1
