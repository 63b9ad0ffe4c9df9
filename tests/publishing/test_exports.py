"""Exports: our columns, ACLED's and UCDP's, GeoJSON and KML; only what is published."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from events.models import Event
from events.publishing.exports import csv_lines, geojson_lines, kml_lines, safe
from events.publishing.features import public_events
from events.publishing.profiles import ACLED_COLUMNS, UCDP_COLUMNS
from events.vocabulary import ReviewStatus
from tests.factories import make_actor, make_claim, make_event, make_place, make_report, make_source

pytestmark = pytest.mark.django_db
BASE = "https://example.org"


@pytest.fixture
def strike():
    governorate = make_place("Idlib Governorate", kind="governorate", slug="idlib-governorate")
    event = make_event(
        place=make_place("Ariha", 35.81, 36.61, parent=governorate),
        status=ReviewStatus.PUBLISHED,
        fatalities_low=2,
        fatalities_best=4,
        fatalities_high=12,
        summary="=HYPERLINK(1)",
    )
    make_claim(
        event, report=make_report("Jets hit <b>Ariha</b> & left.", source=make_source("Monitor"))
    )
    event.participations.create(actor=make_actor("Russian Air Force", kind=8))
    event.participations.create(actor=make_actor("Civilians", kind=7), role="target")
    return event


def records():
    return public_events(Event.objects.published())


def table(profile=""):
    text = "".join(csv_lines(records(), BASE, profile)).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_our_csv_tells_who_where_when_and_how_many(strike):
    [row] = table()
    assert row["id"] == strike.uid
    assert row["sub_event_type"] == "Air/drone strike"
    assert (row["actors"], row["targets"]) == ("Russian Air Force", "Civilians")
    assert (row["fatalities_low"], row["fatalities_high"]) == ("2", "12")
    assert row["admin1"] == "Idlib Governorate"
    assert row["sources"] == "Monitor"


def test_a_cell_that_looks_like_a_formula_is_made_text(strike):
    assert table()[0]["summary"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", " =1", "|x", "%x"])
def test_every_way_to_start_a_formula_is_covered(cell):
    assert safe(cell).startswith("'")


@pytest.mark.parametrize("cell", [-3, 36.61, None, "plain", "a=b"])
def test_numbers_and_plain_text_stay_as_they_are(cell):
    assert safe(cell) == cell


def test_acled_has_its_31_columns_in_order(strike):
    assert len(ACLED_COLUMNS) == 31
    [row] = table("acled")
    assert tuple(row) == ACLED_COLUMNS
    assert row["actor1"] == "Russian Air Force"
    assert row["actor2"] == "Civilians"
    assert row["interaction"] == "78"
    assert row["civilian_targeting"] == "Civilians targeted"
    assert row["fatalities"] == "4"


def test_an_event_known_only_to_the_year_is_no_acled_row(strike):
    Event.objects.update(time_precision="year")
    assert table("acled") == []
    assert len(table()) == 1


def test_ucdp_has_its_49_columns_in_order(strike):
    assert len(UCDP_COLUMNS) == 49
    [row] = table("ucdp")
    assert tuple(row) == UCDP_COLUMNS
    assert (row["low"], row["best"], row["high"]) == ("2", "4", "12")
    assert row["type_of_violence"] == "3"


def test_geojson_is_valid_and_holds_points_as_lon_lat(strike):
    body = json.loads("".join(geojson_lines(records(), BASE)))
    [feature] = body["features"]
    assert feature["geometry"]["coordinates"] == [36.61, 35.81]
    assert feature["properties"]["url"] == f"{BASE}/events/{strike.uid}/"


def test_an_empty_geojson_is_still_valid():
    assert json.loads("".join(geojson_lines(records(), BASE)))["features"] == []


def test_kml_escapes_markup_twice_so_that_no_viewer_runs_it(strike):
    tree = ElementTree.fromstring("".join(kml_lines(records(), BASE)))
    text = tree.find(".//{http://www.opengis.net/kml/2.2}description[1]/..")
    description = tree.find(".//{http://www.opengis.net/kml/2.2}Placemark")[1].text
    assert text is not None
    assert "<b>" not in description
    assert "&lt;b&gt;" in description


def test_drafts_are_in_no_export(strike):
    Event.objects.update(status=ReviewStatus.CONFIRMED)
    assert table() == []
    assert "Placemark" not in "".join(kml_lines(records(), BASE))


def test_a_private_source_is_neither_named_nor_quoted(strike):
    quiet = make_report("The canary sings.", source=make_source("Quiet desk", is_public=False))
    make_claim(strike, report=quiet, quote="The canary sings")
    everything = "".join(csv_lines(records(), BASE)) + "".join(geojson_lines(records(), BASE))
    assert "canary" not in everything
    assert "Quiet" not in everything
