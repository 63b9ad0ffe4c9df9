"""Localities: centre, radius and precision of what a sentence says relative to places."""

from __future__ import annotations

import pytest

from events.geoparsing.document import Locality
from events.geoparsing.gazetteer import distance_km
from events.geoparsing.spatial import moved
from tests.geoparsing.toy_places import make_gazetteer, read_places


def locality_of(text: str, language: str = "en") -> Locality:
    return read_places(text, language).localities[0]


@pytest.mark.parametrize(
    ("text", "language", "precision"),
    [
        ("Shells hit Saraqib.", "en", 1),
        ("Clashes in Idlib province", "en", 3),
        ("Clashes near Saraqib", "en", 2),
        ("A drone fell 10 km north of Saraqib.", "en", 2),
        ("Shelling south of Ariha", "en", 2),
        ("A camp 15 kilometers (9 miles) east of Ariha", "en", 2),
        ("A road block between Ariha and Saraqib", "en", 2),
        ("The Ariha-Saraqib road was cut.", "en", 2),
        ("Fights in the southern countryside of Idlib", "en", 3),
        ("Fights in southern Idlib", "en", 3),
        ("قصف محيط سراقب", "ar", 2),
        ("اشتباكات في ريف حماة الشمالي", "ar", 3),
        ("Обстрел близ Саракиба", "ru", 2),
        ("В 10 км к северу от Саракиба", "ru", 2),
        ("Бои между Арихой и Саракибом", "ru", 2),
        ("Serakib yakınlarında çatışma", "tr", 2),
        ("Eriha ile Serakib arasında", "tr", 2),
        ("The road linking Ariha to Saraqib was cut.", "en", 2),
        ("Обстрел окраин Саракиба", "ru", 2),
        ("Бои севернее Саракиба", "ru", 2),
        ("Обстрел юга провинции Идлиб", "ru", 3),
        ("قصف شمال غرب سراقب", "ar", 2),
        ("على طريق أريحا سراقب", "ar", 2),
        ("Serakib'in 10 kilometre batısında", "tr", 2),
    ],
)
def test_words_of_place_give_a_precision(text: str, language: str, precision: int) -> None:
    assert locality_of(text, language).geo_precision == precision


def test_so_many_kilometres_north_moves_the_centre_and_widens_it() -> None:
    place = make_gazetteer().by_id["saraqib"]
    found = locality_of("A drone fell 10 km north of Saraqib.")
    assert found.lat is not None
    assert found.lat > place.lat
    assert distance_km(place.lat, place.lon, found.lat, found.lon) == pytest.approx(10, abs=0.5)
    assert 2 <= found.radius_km <= 10


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("10 km west of Saraqib", "en"),
        ("10 كم غرب سراقب", "ar"),
        ("в 10 км к западу от Саракиба", "ru"),
        ("Serakib'in 10 kilometre batısında", "tr"),
    ],
)
def test_a_distance_and_a_side_mean_the_same_in_all_languages(text: str, language: str) -> None:
    found, place = locality_of(text, language), make_gazetteer().by_id["saraqib"]
    assert (found.lat, found.lon) == pytest.approx(moved(place.lat, place.lon, 270, 10), abs=1e-4)


def test_the_figure_in_brackets_counts_as_miles() -> None:
    place = make_gazetteer().by_id["ariha"]
    found = locality_of("A camp 15 kilometers (9 miles) east of Ariha")
    apart = distance_km(place.lat, place.lon, found.lat, found.lon)
    assert apart == pytest.approx(14.5, abs=0.5)


def test_between_two_towns_is_the_middle_with_half_the_way_as_radius() -> None:
    found = locality_of("A road block between Ariha and Saraqib")
    assert len(found.toponyms) == 2
    assert found.radius_km == pytest.approx(9, abs=1.5)
    assert "between Ariha and Saraqib" in found.reason


def test_the_south_of_an_area_lies_south_of_its_centre() -> None:
    area = make_gazetteer().by_id["idlib-governorate"]
    found = locality_of("Fights in southern Idlib")
    assert found.lat is not None
    assert found.lat < area.lat
    assert 10 < found.radius_km < 45


def test_the_locality_spans_the_whole_phrase() -> None:
    text = "A drone fell 10 km north of Saraqib."
    found = locality_of(text)
    assert text[found.start : found.end] == "10 km north of Saraqib"


def test_demonyms_metonyms_and_unknown_names_are_nowhere() -> None:
    doc = read_places("Russian jets. Moscow said so. They fled the village of Tal Mardikh.")
    assert doc.localities == ()


def test_moving_keeps_to_the_compass() -> None:
    lat, lon = moved(35.0, 36.0, 90, 10)
    assert lat == pytest.approx(35.0)
    assert lon > 36.0
    assert distance_km(35.0, 36.0, lat, lon) == pytest.approx(10, rel=0.02)
