"""Leads that sum up what the sentences below tell place by place."""

from __future__ import annotations

import pytest

from tests.geoparsing.documents import coded

TOWNS = {"Idlib": "Idlib", "Saraqib": "Saraqib", "Ariha": "Ariha"}


def dead_by_place(text: str, language: str = "en", **more: str) -> dict[str, int | None]:
    """The coded places in the order of the text with their dead, None for no count."""
    named = {words: place for words, place in {**TOWNS, **more}.items() if words in text}
    events = coded(text, named, language=language)
    found = {e.locality.place.name: e.fatalities and e.fatalities.best for e in events}
    assert len(found) == len(events)
    return found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Ten civilians were killed in air strikes on towns of Idlib.\n"
            "Jets bombed Saraqib, killing four people.\nJets also bombed Ariha, wounding two.",
        ),
        (
            "ar",
            "قتل عشرة مدنيين بقصف جوي على بلدات في Idlib\n"
            "وقصفت طائرات حربية بلدة Saraqib ما أسفر عن مقتل أربعة مدنيين\n"
            "كما قصفت طائرات حربية بلدة Ariha وأصيب مدنيان",
        ),
    ],
)
def test_a_lead_keeps_its_region_and_its_total_beside_several_places(language, text):
    assert dead_by_place(text, language) == {"Idlib": 10, "Saraqib": 4, "Ariha": None}


def test_a_lead_whose_places_add_up_to_it_is_no_further_event():
    text = (
        "Five people were killed in air strikes on Idlib.\n"
        "Jets bombed Saraqib, killing four.\nA strike on Ariha killed one person."
    )
    assert dead_by_place(text) == {"Saraqib": 4, "Ariha": 1}


def test_a_lead_with_one_place_below_is_the_event_at_that_place():
    text = (
        "Five people were killed in air strikes on Idlib.\n"
        "Jets bombed several houses in Saraqib.\nRebels and the army clashed in Ariha."
    )
    assert dead_by_place(text)["Saraqib"] == 5


def test_the_place_with_the_same_dead_is_the_leads_own():
    text = (
        "Five people were killed in shelling of villages in Idlib.\n"
        "The army shelled Ariha and Binnish.\nShelling killed five people in Saraqib."
    )
    found = dead_by_place(text, Binnish="Binnish")
    assert found == {"Saraqib": 5, "Ariha": None, "Binnish": None}


def test_what_points_back_to_the_lead_is_the_leads_event():
    text = (
        "Five people were killed in an air strike in Idlib.\n"
        "The strike hit a market in Saraqib.\nJets also bombed Ariha."
    )
    assert dead_by_place(text) == {"Saraqib": 5, "Ariha": None}


def test_the_weapon_of_a_lead_is_that_of_the_places_below():
    text = (
        "Five people were killed in attacks on villages in Idlib.\n"
        "The army shelled Ariha.\nThe army shelled Saraqib."
    )
    assert {e.sub_event_type for e in coded(text, TOWNS)} == {"shelling"}


def test_a_bomb_that_went_off_elsewhere_is_no_part_of_strikes():
    text = "Five people were killed in air strikes on Idlib.\nA landmine went off in Saraqib."
    assert dead_by_place(text) == {"Idlib": 5, "Saraqib": None}


def test_a_sum_told_at_the_end_is_that_of_the_region():
    text = (
        "Nine people were killed in air strikes on Idlib.\nJets bombed Saraqib.\n"
        "Jets bombed Ariha.\nAir strikes on towns all over Idleb killed nine people."
    )
    assert dead_by_place(text, Idleb="Idlib") == {"Idlib": 9, "Saraqib": None, "Ariha": None}
