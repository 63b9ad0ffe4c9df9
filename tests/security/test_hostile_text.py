"""What strangers and editors write never becomes script, markup, a link elsewhere or a formula."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pytest

from events.ingestion.extraction import extract
from events.ingestion.knowledge import load_geoparser
from events.publishing.cleaning import one_line, web_address
from events.publishing.snapshot import publish
from tests.factories import (
    make_actor,
    make_claim,
    make_mention,
    make_participation,
    make_place,
    make_place_name,
    make_published_event,
    make_report,
    make_source,
    make_user,
)
from tests.security.addresses import admin_addresses, changelists

pytestmark = pytest.mark.django_db

BAIT = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>"
    "</script></textarea></title><style>*{}</style>{{7*7}}]]>&lt;b&gt;"
)
TEXT = f"Jets struck Saraqib on Monday {BAIT} killing five people.\n\n{BAIT}\n"
ALLOWED_SCHEMES = ("http:", "https:", "mailto:")


class Reader(HTMLParser):
    """Reads a page as a browser's parser would and notes what could run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []
        self.script: dict[str, str | None] | None = None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        handlers = [name for name in values if name.startswith("on") or name == "style"]
        if handlers or tag in ("style", "base", "iframe", "object", "embed", "foreignobject"):
            self.bad.append(f"<{tag} {handlers}>")
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            address = (values.get(name) or "").strip().lower()
            head = address.split("/")[0].split("?")[0].split("#")[0]
            is_picture = tag == "img" and address.startswith("data:image/")  # runs no script
            if ":" in head and not address.startswith(ALLOWED_SCHEMES) and not is_picture:
                self.bad.append(f"<{tag} {name}={address[:60]}>")
        if tag in ("script", "img", "svg") and ("alert" in str(values) or values.get("src") == "x"):
            self.bad.append(f"<{tag} {values}>")
        self.script = values if tag == "script" else None

    def handle_data(self, data):
        kind = (self.script or {}).get("type")
        if self.script is not None and "alert(1)" in data and kind != "application/json":
            self.bad.append(f"script: {data[:60]}")

    def handle_endtag(self, tag):
        self.script = None if tag == "script" else self.script


def bad_parts(page: bytes) -> list[str]:
    reader = Reader()
    reader.feed(page.decode())
    return reader.bad


@pytest.fixture
def hostile_rows():
    """A row of every noun whose every free text is bait, read by the parser, and one published."""
    source = make_source(BAIT[:150], slug="bait", url="javascript:alert(1)")
    source.note = BAIT
    source.save()
    place = make_place(BAIT[:150], slug="bait", name_ar=BAIT[:150], note=BAIT)
    make_place_name(place, BAIT[:150])
    actor = make_actor(BAIT[:150], slug="bait", name_ar=BAIT[:150])
    report = make_report(
        text=TEXT,
        source=source,
        title=BAIT,
        url="javascript:alert(1)",
        author=BAIT[:190],
        private_note=BAIT,
        help_wanted=BAIT,
        status_note=BAIT,
    )
    extract(report, load_geoparser())
    make_mention(report, "Saraqib" if not report.mentions.exists() else "Monday", place=place)
    event = make_published_event(
        report=report, place=place, summary=BAIT, private_note=BAIT, help_wanted=BAIT
    )
    make_claim(
        event, quote=f"{BAIT}", report=report, reported_by=BAIT[:190], date_text=BAIT[:190],
        place_text=BAIT, fatalities_text=BAIT[:190], place_reason=BAIT, date_reason=BAIT,
    )  # fmt: skip
    make_participation(event, actor)
    event._change_reason = BAIT[:90]
    event.save()
    return event


@pytest.mark.parametrize("language", ["en", "ar"])
def test_public_pages_show_hostile_text_as_text(client, hostile_rows, language):
    pages = ("/", "/events/", f"/events/{hostile_rows.uid}/", "/about/", "/embed/")
    for page in pages:
        response = client.get(page, {"lang": language, "q": BAIT})
        assert bad_parts(response.content) == [], page
        assert b"alert(1)" in response.content or page == "/embed/"


@pytest.mark.parametrize("role", ["", "administrator"])
def test_every_page_of_the_admin_shows_hostile_text_as_text(client, hostile_rows, role):
    client.force_login(make_user(BAIT[:30], role=role, is_superuser=not role))
    report = hostile_rows.claims.first().report
    numbers = {"pk": report.pk, "event": hostile_rows.pk, "mention": report.mentions.first().pk}
    shown = 0
    for key in (report.pk, hostile_rows.pk, hostile_rows.place_id, report.source_id):
        values = {name: str(number) for name, number in numbers.items()} | {"object_id": str(key)}
        for address in {*changelists(), *admin_addresses(values)}:
            response = client.get(address, {"q": BAIT} if address in changelists() else {})
            if response.get("Content-Type", "").startswith("text/html"):
                assert bad_parts(response.content) == [], address
                shown += b"alert(1)" in response.content
    assert shown > 10


def test_the_reader_of_pages_sees_what_it_looks_for():
    for page in (b"<p onclick=x>", b"<a href='javascript:x'>", b"<script>alert(1)</script>",
                 b"<img src=x>", b"<p style='a'>", b"<iframe src=/>"):  # fmt: skip
        assert bad_parts(page)


def test_feed_and_kml_are_well_formed_and_hold_no_markup(client, hostile_rows):
    for address in ("/feed/", "/export/events.kml"):
        body = client.get(address).getvalue()
        root = ElementTree.fromstring(body)
        tags = {element.tag.rpartition("}")[2].lower() for element in root.iter()}
        assert not tags & {"script", "img", "svg", "style"}
        for element in root.iter():
            if element.get("type") == "html" or element.tag.endswith("}description"):
                assert bad_parts((element.text or "").encode()) == []


def test_json_for_pages_cannot_leave_its_script(client, hostile_rows):
    page = client.get(f"/events/{hostile_rows.uid}/").content
    block = page.split(b'id="event-data"')[1].split(b"</script>")[0].partition(b">")[2]
    assert json.loads(block)["summary"] == one_line(BAIT)


def test_no_public_link_leads_into_script(client, hostile_rows, snapshot_root):
    publish(snapshot_root)
    public = [client.get(f"/events/{hostile_rows.uid}/").content, client.get("/about/").content]
    public += [client.get("/api/collections/events/items").content]
    public += [client.get("/api/collections/reports/items").content]
    public += [path.read_bytes() for path in snapshot_root.glob("*.json")]
    assert all(b"javascript:" not in body for body in public)


FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\ufeff=1",
    "\u202e=1",
    "\x0b=1",
    "\u200b=1",
    "\u00a0=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "|x",
    "%x",
]


@pytest.mark.parametrize("start", FORMULAS)
@pytest.mark.parametrize("profile", ["", "acled", "ucdp"])
def test_no_cell_of_a_table_is_a_formula(client, start, profile):
    place = make_place(f"{start}cmd", slug="formula", name_ar=f"{start}x")
    source = make_source(f"{start}source", slug="formula")
    report = make_report(text=f"{start}quote. Idlib.", source=source, title=f"{start}title")
    event = make_published_event(report=report, place=place, summary=f"{start}summary")
    make_participation(event, make_actor(f"{start}actor", slug="formula"))
    body = client.get("/export/events.csv", {"profile": profile}).getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body, newline="")))
    assert len(rows) == 2
    assert [cell for cell in rows[1] if is_formula(cell)] == []


def is_formula(cell: str) -> bool:
    """Whether some spreadsheet would work the cell out, having skipped what it does not show."""
    shown = cell.strip(" \t\r\n\x0b\x0c\ufeff\u200b\u202e\u00a0")
    is_number = shown.replace(".", "").removeprefix("-").isdigit()
    return shown.startswith(tuple("=+-@|%＝＋－＠")) and not is_number


@pytest.mark.parametrize("start", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(client, start):
    event = make_published_event(
        place=make_place(f"{start}cmd", slug="formula"), summary=f"{start}summary"
    )
    make_participation(event, make_actor(f"{start}actor", slug="formula"))
    assert [
        c for c in cells_of(client.get("/export/events.xlsx").getvalue()) if is_formula(c)
    ] == []


def cells_of(book: bytes) -> list[str]:
    """The texts of all cells of a workbook, without what is no text."""
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    return [cell.value for cell in cells if isinstance(cell.value, str)]


@pytest.mark.parametrize("start", FORMULAS)
@pytest.mark.parametrize("number", [0, 1], ids=["CSV", "XLSX"])
@pytest.mark.parametrize("noun", ["event", "place", "actor"])
def test_no_cell_of_a_table_of_the_admin_is_a_formula(client, start, number, noun):
    client.force_login(make_user("root", is_superuser=True))
    place = make_place(f"{start}cmd", 35.5, -36.5, slug="formula", name_ar=start, note=start)
    make_place_name(place, f"{start}name")
    make_published_event(place=place, summary=f"{start}summary")
    make_actor(f"{start}actor", slug="formula", name_ar=start, note=start)
    address = f"/admin/events/{noun}/export/"
    answer = client.post(address, {"format": number, "resource": "0"})
    assert answer.status_code == 200
    assert not answer["Content-Type"].startswith("text/html")
    if number:
        cells = cells_of(answer.getvalue())
    else:
        text = answer.content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if is_formula(cell)] == []
    assert any("1" in cell or "x" in cell for cell in cells)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:x", " javascript:x", "java\nscript:x", "data:text/html,x",
     "vbscript:x", "file:///etc/passwd", "//evil.example", "https://a@evil.example/", "https://",
     "http://[", "https://a.example/\u202e", "", "https://a.example/" + "x" * 3000],
)  # fmt: skip
def test_an_address_that_is_no_web_address_is_no_link(address):
    assert web_address(address) == ""


@pytest.mark.parametrize("address", ["https://a.example/x?y=1#z", "http://مثال.example/خبر"])
def test_a_web_address_stays_a_link(address):
    assert web_address(address) == address


def test_names_turn_no_text_around():
    assert one_line("Idlib\u202egnp.exe\u2066\n\x00") == "Idlibgnp.exe"
    assert one_line("إدلب") == "إدلب"
