"""Words that tell of an event only with a weapon, a place or people beside them."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.geoparsing.documents import coded

NAMES = {name: name for name in ("Saraqib", "Ariha", "Binnish")}

BORNE_OUT = [
    ("en", "Rockets rained down on the market.", "shelling"),
    ("en", "A shell tore through the roof of a house.", "shelling"),
    ("en", "Jets came back and dropped their load on the school.", "air_drone_strike"),
    ("en", "The army took full control of Saraqib.", "government_regains_territory"),
    ("en", "Rebels raised the flag over Saraqib.", "non_state_overtakes_territory"),
    ("en", "The army was said to have entered Saraqib.", "government_regains_territory"),
    ("en", "Masked men dragged the teacher out of his office.", "abduction"),
    ("en", "HTS picked up four people whom it takes for spies.", "arrests"),
    ("en", "The shepherd stepped on a mine.", "remote_explosive"),
    ("en", "A quarrel between two families got out of hand.", "mob_violence"),
    ("en", "Some two hundred shopkeepers walked to the court, chanting.", "peaceful_protest"),
    ("en", "Unknown gunmen attacked a checkpoint.", "armed_clash"),
    ("ru", "Мины легли на окраину села, пострадал рынок", "shelling"),
    ("ru", "Отряды боевиков вошли в Saraqib", "non_state_overtakes_territory"),
    ("ru", "Патруль ХТШ забрал имама", "arrests"),
    ("ru", "У рынка взлетела на воздух машина", "remote_explosive"),
    ("ar", "أصابت قذيفة سيارة في البلدة", "shelling"),
    ("ar", "اقتاد عناصر هيئة تحرير الشام إمام المسجد", "arrests"),
    ("tr", "Köye roket düştü", "shelling"),
    ("tr", "Rejim güçleri Saraqib'i aldı", "government_regains_territory"),
    ("tr", "Rejim güçleri gözlem noktasına ateş açtı", "shelling"),
]


def names_in(text: str) -> dict[str, str]:
    """The places that a text names."""
    return {name: place for name, place in NAMES.items() if name in text}


@pytest.mark.parametrize(("language", "text", "sub_type"), BORNE_OUT)
def test_what_stands_around_bears_an_open_kind_out(language, text, sub_type):
    kinds = [event.sub_event_type for event in coded(text, names_in(text), language=language)]
    assert kinds == [sub_type]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Snow fell on Saraqib."),
        ("en", "Prices dropped in Saraqib."),
        ("en", "The talks took six hours in Saraqib."),
        ("en", "Visitors entered Saraqib."),
        ("en", "The army took photographs."),
        ("ru", "Цены упали в Saraqib"),
        ("ru", "Семья вошла в дом"),
        ("tr", "Saraqib'de kar düştü"),
    ],
)
def test_without_it_they_tell_of_nothing(language, text):
    assert coded(text, names_in(text), language=language) == []


def test_what_is_found_or_shot_down_is_no_explosion():
    text = "Engineers dismantled dozens of mines and explosive devices in Saraqib."
    assert [e.sub_event_type for e in coded(text, names_in(text))] == ["disrupted_weapons_use"]


def test_a_relative_clause_stands_at_the_place_before_it():
    text = "Rebels shelled Ariha and cleared mines in Saraqib, which was liberated by the army."
    taken = [e for e in coded(text, names_in(text)) if "territory" in e.sub_event_type]
    assert [event.locality.place.name for event in taken] == ["Saraqib"]


def test_a_date_long_past_leaves_news_before_its_clause():
    text = "The army seized Saraqib, which had been in rebel hands since 2013."
    times = {"2013": (dt.date(2013, 1, 1), dt.date(2013, 12, 31))}
    assert [e.sub_event_type for e in coded(text, names_in(text), times)] == [
        "government_regains_territory"
    ]


def test_a_place_named_by_the_way_moves_no_scene():
    text = "Jets bombed Ariha.\nThey had come over Saraqib.\nShelling killed two people."
    assert [e.locality.place.name for e in coded(text, names_in(text))] == ["Ariha"] * 2


def test_a_place_that_opens_a_sentence_sets_the_scene():
    text = "Jets bombed Ariha.\nIn Saraqib it was quiet at first.\nShelling killed two people."
    assert coded(text, names_in(text))[-1].locality.place.name == "Saraqib"


def test_people_from_a_place_are_there():
    text = "Families from Saraqib held a demonstration."
    assert coded(text, names_in(text))[0].locality.place.name == "Saraqib"


def test_one_blow_in_one_clause_is_one_event():
    text = "A motorcycle packed with explosives went off in Saraqib."
    assert [e.sub_event_type for e in coded(text, names_in(text))] == ["remote_explosive"]
