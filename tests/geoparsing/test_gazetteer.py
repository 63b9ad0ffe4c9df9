"""The gazetteer: exact and alike spellings, parents, distances, the world."""

from __future__ import annotations

import pytest

from events.geoparsing.gazetteer import Gazetteer, distance_km
from events.geoparsing.linking import leave_one_out, link
from events.geoparsing.world import abbreviations, demonyms, with_world, world_entries
from tests.geoparsing.toy_places import make_entries, make_entry, make_gazetteer


def test_exact_spellings_come_first_and_by_importance() -> None:
    found = make_gazetteer().candidates("İdlib")
    assert [item.place_id for item in found] == ["idlib-governorate", "idlib"]
    assert found[0].score == 1.0


@pytest.mark.parametrize(
    ("spelling", "place"),
    [
        ("Kheimim", "hmeimim-air-base"),
        ("Jisr ash-Shoughour", "jisr-al-shughur"),
        ("Khan Cheikhoun", "khan-shaykhun"),
        ("Kafr Nebel", "kafr-nabl"),
        ("Сарагиб", "saraqib"),
        ("كفر نبل", "kafr-nabl"),
    ],
)
def test_an_unknown_spelling_links_to_the_place_it_sounds_like(spelling: str, place: str) -> None:
    assert place in [item.place_id for item in link(make_gazetteer(), spelling)]


@pytest.mark.parametrize("name", ["Zzyzx", "", "...", "Q"])
def test_a_name_like_nothing_links_to_nothing(name: str) -> None:
    assert make_gazetteer().candidates(name) == []


def test_parents_end_at_a_circle() -> None:
    circle = Gazetteer([make_entry("a", "A", parent="b"), make_entry("b", "B", parent="a")])
    assert [entry.place_id for entry in circle.parents("a")] == ["b", "a"]
    assert make_gazetteer().within("kafr-nabl", "syria")
    assert not make_gazetteer().within("kafr-nabl", "hama-governorate")


def test_sites_are_found_by_the_place_they_are_called_after() -> None:
    found = make_gazetteer().named_after("idlib", "prison")
    assert [entry.place_id for entry in found] == ["idlib-central-prison"]
    assert make_gazetteer().named_after("nowhere", "prison") == []


def test_distance_is_great_circle_and_infinite_without_coordinates() -> None:
    assert distance_km(35.93, 36.63, 36.2, 37.16) == pytest.approx(56.6, abs=1)
    assert distance_km(None, 36.63, 36.2, 37.16) == float("inf")


def test_the_world_joins_given_places_instead_of_doubling_them() -> None:
    merged = {entry.place_id: entry for entry in with_world(make_entries())}
    assert merged["syria"].lat == 35.0
    assert ("Syrian Arab Republic", "en") in merged["syria"].names
    assert {"turkey", "moscow", "ankara", "kremlin", "gaziantep"} <= merged.keys()


def test_world_slugs_are_unique_and_coordinates_on_earth() -> None:
    entries = world_entries()
    assert len({entry.place_id for entry in entries}) == len(entries)
    assert all(-90 <= entry.lat <= 90 and -180 <= entry.lon <= 180 for entry in entries)
    assert sum(entry.kind == "country" for entry in entries) > 195


def test_demonyms_and_abbreviations_lead_to_known_countries_and_states() -> None:
    isos = {entry.country for entry in world_entries() if entry.kind == "country"}
    assert {iso for _, iso in demonyms()} <= isos
    assert ("Russian", "RU") in demonyms()
    slugs = {entry.place_id for entry in world_entries()}
    assert set(abbreviations().values()) <= slugs


def test_leave_one_out_counts_shares_of_one() -> None:
    result = leave_one_out(Gazetteer(make_entries()))
    assert result.right + result.wrong + result.unlinked == pytest.approx(1)
    assert result.right > 0.7
    assert result.wrong < 0.1
