"""XLSX and GeoParquet as their readers see them."""

from __future__ import annotations

import io
import json
import struct
import sys

import openpyxl
import pytest

from events.publishing.exports import OUR_COLUMNS
from events.vocabulary import ReviewStatus
from tests.factories import make_event, make_place, make_published_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_published_event(
        place=make_place("Ariha", 35.81, 36.61), summary="=HYPERLINK(1)", fatalities_best=4
    )


def content(client, url):
    return io.BytesIO(b"".join(client.get(url).streaming_content))


def test_a_spreadsheet_reader_finds_columns_numbers_and_texts(client, event):
    book = openpyxl.load_workbook(content(client, "/export/events.xlsx"))
    header, row = book["events"].iter_rows(values_only=True)
    assert header == OUR_COLUMNS
    found = dict(zip(header, row, strict=True))
    assert found["id"] == event.uid
    assert (found["latitude"], found["fatalities_best"]) == (35.81, 4)


def test_no_cell_of_a_spreadsheet_is_a_formula(client, event):
    book = openpyxl.load_workbook(content(client, "/export/events.xlsx"))
    cells = [cell for row in book["events"].iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)


def test_a_spreadsheet_tells_its_terms_and_how_to_cite_it(client, event):
    book = openpyxl.load_workbook(content(client, "/export/events.xlsx"))
    lines = [row[0] for row in book["terms"].iter_rows(values_only=True)]
    assert "idlibmap" in lines[0]
    assert "as of" in lines[1]
    assert "1 events" in lines


def test_a_spreadsheet_honours_filters_and_gate(client, event):
    make_event(place=make_place("Secret village"), status=ReviewStatus.CONFIRMED)
    book = openpyxl.load_workbook(content(client, "/export/events.xlsx?type=battles"))
    assert book["events"].max_row == 1
    book = openpyxl.load_workbook(content(client, "/export/events.xlsx"))
    assert book["events"].max_row == 2


def test_geoparquet_has_points_types_and_terms(client, event):
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow: requirements-extra.txt")
    table = parquet.read_table(content(client, "/export/events.parquet"))
    [row] = table.to_pylist()
    assert row["id"] == event.uid
    assert row["start_date"] == event.start_date
    assert struct.unpack("<BIdd", row["geometry"]) == (1, 1, 36.61, 35.81)
    told = table.schema.metadata
    geo = json.loads(told[b"geo"])
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    assert b"idlibmap" in told[b"license"]


def test_without_its_package_geoparquet_says_how_to_get_it(client, event, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    response = client.get("/export/events.parquet")
    assert response.status_code == 501
    assert b"requirements-extra.txt" in response.content


@pytest.mark.parametrize(
    "query", ["events.xlsx?profile=acled", "events.shp", "events.csv?profile=x"]
)
def test_what_is_no_export_is_not_there(client, query):
    assert client.get(f"/export/{query}").status_code == 404


def test_every_export_links_its_terms(client, event):
    for kind in ("csv", "geojson", "kml", "xlsx"):
        assert 'rel="license"' in client.get(f"/export/events.{kind}")["Link"]
    assert "citation" in json.load(content(client, "/export/events.geojson"))
