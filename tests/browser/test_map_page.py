"""The map page in Chromium: what is seen, what answers, what the address says."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.browser.map_site import COUNT, make_map_site, published_between

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READY = "window.idlibmap.ready.then(() => true)"
VISIBLE = "window.idlibmap.rows.visible"


@pytest.fixture
def site():
    return make_map_site()


@pytest.fixture
def open_map(open_page, site):
    def opener(query="", **options):
        page = open_page(f"/{query}", **options)
        page.evaluate(READY)
        page.wait_for_timeout(250)
        return page

    return opener


def update(page, patch):
    return page.evaluate("patch => window.idlibmap.state.update(patch).then(() => true)", patch)


def test_the_page_is_usable_without_errors_and_asks_no_other_machine(open_map, live_server):
    page = open_map()
    assert page.evaluate(VISIBLE) == COUNT + 3
    assert page.evaluate("performance.getEntriesByName('idlibmap:usable').length") == 1
    assert page.troubles == []
    assert {url.split("/")[2] for url in page.addresses} == {live_server.url.split("/")[2]}


@pytest.mark.parametrize(
    ("start", "end"),
    [("2020-01-01", "2020-01-31"), ("2020-02-29", "2020-02-29"), ("2020-05-07", "2020-05-07")],
)
def test_the_page_api_shows_just_the_events_of_a_period(open_map, start, end):
    page = open_map()
    update(page, {"from": start, "to": end})
    days = [dt.date.fromisoformat(day) for day in (start, end)]
    assert page.evaluate(VISIBLE) == published_between(*days)
    assert page.locator(".sentence .num").inner_text() == str(published_between(*days))
    assert page.evaluate("performance.getEntriesByName('idlibmap:filter').length") > 0


def test_the_address_is_the_view(open_map):
    page = open_map()
    update(page, {"from": "2020-01-01", "to": "2020-01-31", "types": ["shelling"]})
    page.wait_for_timeout(400)
    assert "from=2020-01-01&to=2020-01-31&sub_type=shelling" in page.url
    count = page.evaluate(VISIBLE)
    page.reload()
    page.evaluate(READY)
    assert page.evaluate(VISIBLE) == count


def test_a_type_is_switched_off_and_its_row_still_counts(open_map):
    page = open_map()
    row = page.get_by_role("checkbox", name="Battles")
    before = row.locator(".n").inner_text()
    row.click()
    page.wait_for_timeout(100)
    assert row.get_attribute("aria-checked") == "false"
    assert row.locator(".n").inner_text() == before
    assert page.evaluate(VISIBLE) == COUNT + 3 - int(before)


def test_unknown_values_in_the_address_are_shown_and_ignored(open_map):
    page = open_map("?type=weather&actor=nobody&from=2020-13-45")
    notice = page.locator(".toast").inner_text()
    assert "type=weather" in notice or "actor=nobody" in notice
    assert page.evaluate(VISIBLE) == COUNT + 3


def test_a_card_shows_each_claim_with_its_words_marked(open_map, site):
    page = open_map(f"?event={site['contested'].uid}")
    page.wait_for_selector(".card .claim.doubts")
    assert page.locator(".card h1").inner_text() == "Fighting for the prison road"
    assert page.locator(".claim.doubts mark").inner_text() == "twenty-two dead"
    assert page.locator(".claims h2").inner_text().startswith("2 claims")
    page.keyboard.press("Escape")
    assert page.locator(".card").count() == 0


def test_the_list_can_be_walked_and_opened_by_keys_alone(open_map):
    page = open_map()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card h1")
    second = page.locator(".card-bar .pos").inner_text()
    page.keyboard.press("j")
    assert (second, page.locator(".card-bar .pos").inner_text()) == ("2 of 33", "3 of 33")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "it-open"


def test_arrow_keys_move_the_period_by_a_day_and_by_a_month(open_map):
    page = open_map("?from=2020-02-01&to=2020-02-10")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(100)
    assert page.evaluate("window.idlibmap.rows.from") == "2020-02-02"
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_timeout(100)
    assert page.evaluate("window.idlibmap.rows.from") == "2020-03-02"


def test_the_brush_is_a_slider_and_can_be_dragged(open_map):
    page = open_map("?from=2020-02-01&to=2020-02-10")
    brush = page.get_by_role("slider", name="Period shown")
    assert "2020" in brush.get_attribute("aria-valuetext")
    box = brush.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y, steps=4)
    page.mouse.up()
    page.wait_for_timeout(100)
    assert page.evaluate("window.idlibmap.rows.from") > "2020-02-05"


def test_search_finds_a_place_and_makes_it_a_filter(open_map):
    page = open_map()
    page.keyboard.press("Control+k")
    page.keyboard.type("saraq")
    page.wait_for_selector(".hit")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.evaluate("window.idlibmap.state.get().places") == ["saraqib"]
    assert page.locator(".chip").inner_text() == "Saraqib"


def test_two_periods_are_compared_and_both_are_in_the_address(open_map):
    page = open_map("?from=2020-02-01&to=2020-02-29")
    page.keyboard.press("c")
    page.wait_for_selector(".cmp table")
    page.wait_for_timeout(400)
    assert "compare=2020-01-03..2020-01-31" in page.url
    assert page.locator(".period .v").all_inner_texts() == ["10", "9"]


def test_a_region_has_a_tag_and_no_dot(open_map):
    page = open_map("?from=2020-05-04&to=2020-05-04")
    assert page.evaluate(VISIBLE) == 1
    assert "somewhere in Idlib Governorate" in page.locator(".it h3").first.inner_text()


def test_nothing_matches_says_what_to_loosen(open_map):
    page = open_map("?from=2020-01-02&to=2020-01-03")
    message = page.locator(".msg")
    assert "Nothing matches" in message.inner_text()
    message.get_by_role("button", name="33 events").click()
    page.wait_for_timeout(150)
    assert page.evaluate(VISIBLE) == COUNT + 3


def test_play_slides_the_window(open_map):
    page = open_map("?from=2020-01-01&to=2020-01-10")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(900)
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("window.idlibmap.rows.from") > "2020-01-03"


def test_arabic_is_mirrored_with_its_own_digits_months_and_names(open_map):
    page = open_map("?lang=ar&from=2020-02-01&to=2020-02-29")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert "شباط" in page.locator(".sentence").inner_text()
    rail, panel = (page.locator(part).bounding_box()["x"] for part in ("#rail", "#list"))
    assert rail > panel
    titles = " ".join(page.locator(".it h3").all_inner_texts())
    assert "أريحا" in titles or "سراقب" in titles


def test_the_theme_is_remembered(open_map):
    page = open_map()
    page.get_by_role("button", name="Dark theme").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_phone_has_three_tabs(open_map):
    page = open_map(width=390, height=844, has_touch=True)
    assert page.locator(".time").is_visible()
    page.get_by_role("tab", name="List").click()
    assert page.locator(".it").first.is_visible()
    assert not page.locator(".time").is_visible()
    page.get_by_role("tab", name="Filters").click()
    assert page.get_by_role("checkbox", name="Battles").is_visible()


def test_a_phone_compares_two_periods_and_every_choice_is_read_in_full(open_map):
    page = open_map("?from=2020-02-01&to=2020-02-29", width=390, height=844)
    cut = "selects => selects.filter((s) => s.offsetParent && s.scrollWidth > s.clientWidth).length"
    assert page.locator(".play select").evaluate_all(cut) == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".compare-small").click()
    page.wait_for_selector(".side-view.compare-view")
    assert "compare=" in page.url or page.wait_for_url("**compare=**") is None


def test_openstreetmap_is_asked_only_when_chosen_and_is_told_who_asks(open_map, live_server):
    page = open_map()
    asked = []

    def refuse(route):
        asked.append(route.request.all_headers().get("referer", ""))
        route.abort()

    page.route("https://tile.openstreetmap.org/**", refuse)
    page.get_by_role("button", name="Layers").click()
    assert asked == []
    page.get_by_role("radio", name="OpenStreetMap").check()
    page.wait_for_timeout(400)
    assert asked
    assert set(asked) == {f"{live_server.url}/"}
    assert "OpenStreetMap" in page.locator(".attr").inner_text()


def test_colouring_by_actor_renames_the_legend_and_greys_the_types(open_map):
    page = open_map("?colour=actor")
    legend = page.locator(".legend").inner_text()
    assert "Northern Column" in legend
    assert "Valley Guard" in legend
    fills = page.evaluate(
        "() => ['.rail .t-battles', '.rail .t-riots'].map(s => "
        "getComputedStyle(document.querySelector(s)).getPropertyValue('--t'))"
    )
    assert fills[0] == fills[1]


def test_what_is_shared_is_the_view_with_its_filters(open_map, live_server):
    page = open_map("?from=2020-01-01&to=2020-01-31&sub_type=shelling")
    page.get_by_role("button", name="Share").click()
    link = page.get_by_role("textbox", name="Link to this view").input_value()
    assert link.startswith(f"{live_server.url}/?from=2020-01-01&to=2020-01-31&sub_type=shelling")
    citation = page.get_by_role("textbox", name="Citation").input_value()
    assert "31 Jan 2020, data version" in citation
    export = page.get_by_role("link", name="CSV").get_attribute("href")
    assert export == "/export/events.csv?from=2020-01-01&to=2020-01-31&sub_type=shelling"
