"""Which place a name stands for, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from events.geoparsing.gazetteer import Gazetteer
from tests.geoparsing.toy_places import make_entry, places_of, read_places


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Idlib city was calm.", "Idlib", "idlib"),
        ("The city of Idlib was calm.", "Idlib", "idlib"),
        ("They advanced in Idlib province.", "Idlib", "idlib-governorate"),
        ("Clashes in northern Aleppo", "Aleppo", "aleppo-governorate"),
        ("A mine went off 5 km south of Idlib.", "Idlib", "idlib"),
        ("Tall Abyad in Hama province was shelled.", "Tall Abyad", "tall-abyad-hama"),
        ("Tall Abyad, in the countryside of Aleppo, fell.", "Tall Abyad", "tall-abyad-aleppo"),
        ("The Central prison of Idlib was hit.", "Central prison of Idlib", "idlib-central-prison"),
        ("Khmeimim air base was attacked.", "Khmeimim", "hmeimim-air-base"),
        ("Talks in Tripoli, Libya", "Tripoli", "tripoli"),
        ("Shelling of Ariha, Idlib and Saraqib", "Idlib", "idlib"),
    ],
)
def test_the_words_beside_a_name_choose_the_place(text: str, name: str, place: str) -> None:
    assert places_of(text)[name] == place


def test_a_direction_means_the_province_though_its_town_is_named_beside_it() -> None:
    doc = read_places(
        "A mine north of Idlib city, a raid in southern Idlib, another east of Aleppo"
    )
    chosen = [item.place.place_id for item in doc.toponyms if item.place]
    assert chosen == ["idlib", "idlib-governorate", "aleppo"]


@pytest.mark.parametrize(
    ("words", "place"), [("settlement", "dana"), ("town", "dana"), ("village", "dana-south")]
)
def test_a_settlement_of_no_said_size_is_the_better_known_namesake(words: str, place: str) -> None:
    town = replace(make_entry("dana", "Dana", "town", 36.21, 36.77, 2), importance=40)
    village = replace(make_entry("dana-south", "Dana", "village", 35.7, 36.69, 1), importance=10)
    known = Gazetteer([town, village])
    doc = read_places(f"Militants shelled the {words} of Dana.", gazetteer=known)
    assert [item.place.place_id for item in doc.toponyms if item.place] == [place]


def test_a_likeness_before_a_family_name_is_a_person() -> None:
    rows = [make_entry(), make_entry("subayhiyah", "Subayhiya", "village", 35.6, 36.6, 1)]
    known = Gazetteer(rows)
    said = [
        read_places(f"Shells hit the home of {name} near Idlib.", gazetteer=known).toponyms
        for name in ("Subhiya", "Subhiya al-Masri")
    ]
    assert [len(toponyms) for toponyms in said] == [2, 1]


def test_one_sense_is_kept_through_the_report() -> None:
    doc = read_places("Tall Abyad in Hama province was shelled. Tall Abyad lies in ruins.")
    chosen = {item.place.place_id for item in doc.toponyms if item.text == "Tall Abyad"}
    assert chosen == {"tall-abyad-hama"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Moscow said it would not withdraw.", "metonym"),
        ("A deal between Moscow and Ankara", "metonym"),
        ("According to Ankara’s position", "metonym"),
        ("a Kremlin spokesman said", "metonym"),
        ("Talks were held in Moscow.", "literal"),
        ("They met in Moscow's suburbs.", "literal"),
    ],
)
def test_a_capital_that_acts_stands_for_its_government(text: str, role: str) -> None:
    toponym = read_places(text).toponyms[0]
    assert toponym.role == role
    assert ("metonym" in toponym.reason) == (role == "metonym")


def test_a_country_carries_its_code_and_a_town_does_not() -> None:
    country, town = read_places("Turkey shelled Saraqib.").toponyms
    assert (country.country, town.country) == ("TR", None)


def test_candidates_keep_their_scores_and_reasons() -> None:
    toponym = read_places("Tall Abyad in Hama province").toponyms[0]
    assert toponym.candidates[0].place_id == "tall-abyad-hama"
    assert toponym.candidates[0].score > toponym.candidates[1].score
    assert "Hama" in toponym.reason


def test_an_endless_text_gives_every_mention_its_place() -> None:
    doc = read_places("Idlib, " * 4500, "en")
    assert len(doc.toponyms) == 4500
    assert {item.place.place_id for item in doc.toponyms if item.place} == {"idlib-governorate"}
