"""Geocoders with geopy's face: the gazetteer first, Nominatim only by choice."""

from __future__ import annotations

import pytest
from geopy.exc import GeocoderQueryError
from geopy.location import Location
from geopy.point import Point

from events.geoparsing.gazetteer import Entry, Gazetteer
from events.ingestion.geocoders import (
    CachedNominatim,
    FallbackGeocoder,
    GazetteerGeocoder,
    make_geocoder,
)


def make_entry(place_id, name, lat, lon, **other):
    values = {"kind": "town", "radius_km": 1.0, "parent": "", "country": "SY", "importance": 0}
    values |= {"names": ((name, "en"),), "valid_from": None, "valid_to": None, **other}
    return Entry(place_id=place_id, name=name, lat=lat, lon=lon, **values)


@pytest.fixture
def gazetteer():
    return Gazetteer(
        [
            make_entry("hmeimim-air-base", "Hmeimim", 35.401, 35.948, kind="air_base"),
            make_entry("ariha", "Ariha", 35.81, 36.61),
        ]
    )


@pytest.mark.parametrize("query", ["Hmeimim", "hmeimim", "Khmeimim"])
def test_a_spelling_is_geocoded_without_network(gazetteer, query):
    found = GazetteerGeocoder(gazetteer).geocode(query)
    assert isinstance(found, Location)
    assert (round(found.latitude, 3), round(found.longitude, 3)) == (35.401, 35.948)
    assert found.raw["kind"] == "air_base"


def test_an_unknown_name_is_none_and_an_empty_one_an_error(gazetteer):
    geocoder = GazetteerGeocoder(gazetteer)
    assert geocoder.geocode("Xyzzyville") is None
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode("  ")


@pytest.mark.parametrize("query", ["35.40, 35.95", Point(35.4, 35.95), (35.4, 35.95)])
def test_reverse_gives_the_nearest_place_with_its_distance(gazetteer, query):
    found = GazetteerGeocoder(gazetteer).reverse(query)
    assert found.address == "Hmeimim"
    assert found.raw["distance_km"] < 1


def test_more_than_one_answer_comes_as_a_list(gazetteer):
    geocoder = GazetteerGeocoder(gazetteer)
    assert [x.address for x in geocoder.reverse((35.8, 36.6), exactly_one=False)] == [
        "Ariha",
        "Hmeimim",
    ]


def test_nominatim_is_off_unless_it_is_set(gazetteer, settings):
    settings.NOMINATIM_URL = ""
    assert make_geocoder(gazetteer).second is None
    settings.NOMINATIM_URL = "https://nominatim.example.org"
    assert make_geocoder(gazetteer).second.nominatim.domain == "nominatim.example.org"


def test_the_second_geocoder_is_asked_only_where_the_first_has_no_answer(gazetteer):
    class Second:
        asked = []

        def geocode(self, query, **options):
            self.asked.append(query)
            return Location("far away", Point(1, 2), {})

    second = Second()
    geocoder = FallbackGeocoder(GazetteerGeocoder(gazetteer), second)
    assert geocoder.geocode("Ariha").address == "Ariha"
    assert geocoder.geocode("Xyzzyville").address == "far away"
    assert second.asked == ["Xyzzyville"]


def test_nominatim_is_asked_once_for_one_question(monkeypatch):
    nominatim, calls = CachedNominatim("nominatim.example.org"), []
    monkeypatch.setattr(
        nominatim,
        "_geocode",
        lambda query, **o: calls.append(query) or [Location("A", Point(1, 2), {"x": 1})],
    )
    first, second = nominatim.geocode("Once asked"), nominatim.geocode("once asked ")
    assert (first.address, second.address) == ("A", "A")
    assert len(calls) == 1
