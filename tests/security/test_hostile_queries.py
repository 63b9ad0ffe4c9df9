"""Whatever stands in an address, in every parameter, is answered with a page or a refusal."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.test import Client

from events.models import Report
from tests.factories import make_published_event, make_report, make_source, make_user
from tests.security.addresses import admin_addresses, changelists, public_addresses

pytestmark = pytest.mark.django_db

HOSTILE = {
    "a NUL": "%00",
    "a NUL inside": "a%00b",
    "a lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE%80",
    "an overlong slash": "%C0%AF",
    "a huge number": "9" * 400,
    "a number that no column holds": "99999999999999999999",
    "a negative number": "-1",
    "not a number": "nan",
    "infinity": "1e999",
    "four of them": "nan,nan,nan,nan",
    "infinite box": "-inf,-inf,inf,inf",
    "a long word": "a" * 5000,
    "many values": quote(",".join(map(str, range(3000)))),
    "a quote": quote("' OR 1=1 --"),
    "markup": quote("<script>alert(1)</script>"),
    "a pattern": quote("(a+)+$" * 10),
    "wildcards": quote("%_%_%" * 30),
    "a backslash": quote("\\" * 31),
    "other digits": quote("٣١"),
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
    "half a day": "2020-02-3",
    "a template": quote("{{7*7}}{%25 x %25}"),
    "a format": quote("{0.__class__}%s%n"),
    "a newline": "a%0d%0aSet-Cookie:%20x=1",
}
KEYS = (
    "from", "to", "type", "sub_type", "actor", "source", "place", "bbox", "precision", "q",
    "page", "lang", "profile", "limit", "cursor", "datetime", "f", "event", "center",
)  # fmt: skip
PAGES = ("/", "/embed/", "/feed/", "/export/events.csv", "/export/events.kml")
SOME = ("a NUL", "a huge number", "a number that no column holds", "a negative number", "markup",
        "infinity", "wildcards", "a lone surrogate")  # fmt: skip


@pytest.fixture
def hardy():
    """A client that sees what a stranger would: the 500, not the exception."""
    return Client(raise_request_exception=False)


def all_keys(value):
    return "&".join(f"{key}={value}" for key in KEYS)


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_value_of_any_parameter_breaks_a_page(hardy, value):
    make_published_event()
    tried = [f"{page}?{all_keys(value)}" for page in PAGES]
    tried += [f"{page}?{k}={value}" for k in KEYS for page in ("/events/", API)]
    for address in tried:
        response = hardy.get(address)
        b"".join(response) if response.streaming else response.content
        assert response.status_code in (200, 302, 400, 404, 429), address
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_value_in_a_path_breaks_a_page(hardy, value):
    value = value.replace("%0d%0a", "-")
    for address in {*public_addresses({}), "/x-1"}:
        response = hardy.get(filled(address, value))
        assert response.status_code in REFUSALS, address


def filled(address, value):
    """`address` with `value` in the place of each identifier, in one go: a value has digits too."""
    return re.sub("x-1|1", lambda _: value, address)


REFUSALS = (200, 301, 302, 400, 401, 403, 404, 405, 422, 429)
API = "/api/collections/events/items"


@pytest.mark.parametrize("name", SOME)
def test_no_value_breaks_a_page_of_the_admin(hardy, name):
    report = make_report()
    make_published_event(report=report)
    hardy.force_login(make_user("root", is_superuser=True))
    keys = ("q", "p", "o", "state", "edit", "who", "restore", "id__exact", "e", "all")
    query = "&".join(f"{key}={HOSTILE[name]}" for key in keys)
    for address in {*changelists(), *admin_addresses({"object_id": str(report.pk)})}:
        if "logout" not in address:
            response = hardy.get(f"{address}?{query}")
            assert response.status_code < 500, address


@pytest.mark.parametrize("value", ["%00", "99999999999999999999"])
def test_no_value_in_a_path_of_the_admin_breaks_it(hardy, value):
    hardy.force_login(make_user("root", is_superuser=True))
    for address in admin_addresses({"object_id": value}):
        tried = address.replace("x-1", value).replace("/1/", f"/{value}/")
        for method in (hardy.get, hardy.post):
            if "logout" not in tried:
                assert method(tried).status_code < 500, tried


@pytest.mark.parametrize(
    "body",
    [
        {"username": "a\x00b", "password": "x"},
        {"username": "a", "password": "\x00"},
        {"username": "\ud800".encode("utf-8", "surrogatepass"), "password": "x"},
        {"username": "a" * 100_000, "password": "x" * 100_000},
        {"username": "a", "password": "x", "next": "//evil.example"},
        {f"field{i}": "x" for i in range(1500)},
    ],
    ids=["NUL in a name", "NUL in a password", "surrogate", "long", "next", "many fields"],
)
def test_no_body_breaks_the_login(hardy, body):
    assert hardy.post("/admin/login/", body).status_code in (200, 400, 403, 429)


def test_a_body_that_is_too_large_is_refused(hardy, settings):
    body = b"a=" + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 10)
    kind = "application/x-www-form-urlencoded"
    response = hardy.post("/admin/login/", body, content_type=kind)
    assert response.status_code in (400, 413)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "20200-01-01", "\x00"])
def test_a_day_at_the_edge_of_time_is_refused_at_its_field(hardy, day):
    hardy.force_login(make_user("ed", role="administrator"))
    body = {"source": make_source().pk, "text": "Shelling hit Idlib.", "day": day, "language": "en"}
    response = hardy.post("/admin/events/report/add/", body)
    assert (response.status_code, Report.objects.count()) in ((200, 0), (302, 1))
    assert response.status_code == (302 if day == "\x00" else 200)
    report = make_report()
    change = f"/admin/events/report/{report.pk}/change/"
    body = {"source": report.source_id, "published_at_0": day, "published_at_1": "00:00:00"}
    assert hardy.post(change, body).status_code in (200, 302)
    report.refresh_from_db()


def test_a_pasted_nul_is_dropped_and_the_text_is_kept(hardy):
    hardy.force_login(make_user("ed", role="administrator"))
    source = make_source()
    body = {"source": source.pk, "text": "Shelling\x00 hit Idlib on Monday.", "language": "en"}
    response = hardy.post("/admin/events/report/add/", body)
    assert response.status_code == 302
    assert Report.objects.get().text == "Shelling hit Idlib on Monday."
