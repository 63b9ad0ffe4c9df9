"""Town or province of one name: what the sentence around it speaks of decides."""

from __future__ import annotations

import pytest

from events.geoparsing.gazetteer import Gazetteer
from events.geoparsing.world import with_world
from tests.geoparsing.toy_places import make_entries, make_entry, places_of, read_places


@pytest.mark.parametrize(
    ("text", "language", "name", "place"),
    [
        ("A shell hit a bakery in Idlib beside the bus station.", "en", "Idlib", "idlib"),
        ("Every street in Idlib is full of people.", "en", "Idlib", "idlib"),
        ("A truce in Idlib, talks on the border", "en", "Idlib", "idlib-governorate"),
        ("Shells fell in Idlib itself.", "en", "Idlib", "idlib"),
        ("وفي إدلب أغلقت المحال أبوابها", "ar", "إدلب", "idlib"),
        ("اتفاق على وقف التصعيد في إدلب ومناطق أخرى", "ar", "إدلب", "idlib-governorate"),
        ("В Идлибе у ресторана взорвался мотоцикл.", "ru", "Идлибе", "idlib"),
        ("Перемирие в зоне деэскалации Идлиб нарушено.", "ru", "Идлиб", "idlib-governorate"),
        ("Обстрелян Идлиб (город).", "ru", "Идлиб", "idlib"),
        ("İdlib'de bir poliklinikte çalışıyor.", "tr", "İdlib", "idlib"),
        ("İdlib'de ateşkes ve gözlem noktaları görüşüldü.", "tr", "İdlib", "idlib-governorate"),
    ],
)  # fmt: skip
def test_a_sentence_of_streets_means_the_town_and_one_of_truces_the_province(
    text: str, language: str, name: str, place: str
) -> None:
    assert places_of(text, language)[name] == place


def test_a_word_beyond_the_sentence_says_nothing() -> None:
    far = places_of("A deal on Idlib. The bakery, the market and the mosque were shut.")
    assert far["Idlib"] == "idlib-governorate"


@pytest.mark.parametrize("text", ["İDLİB (Özel) - Uçaklar vurdu.", "İDLİB - Suriye'de saldırı"])
def test_a_dateline_is_a_town(text: str) -> None:
    assert places_of(text, "tr")["İDLİB"] == "idlib"


def read_with(text: str, language: str, *villages: tuple[str, float, float, str]) -> list[str]:
    """The place ids, "" for none, of the names found with villages added to the toy gazetteer."""
    added = [
        make_entry(slug, slug.title(), "village", lat, lon, names=names)
        for slug, lat, lon, names in villages
    ]
    gazetteer = Gazetteer(with_world([*make_entries(), *added]))
    found = read_places(text, language, gazetteer).toponyms
    return [item.place.place_id if item.place else "" for item in found if item.role == "literal"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("They held out at Sheikh Idris.", ["village"]),
        ("Sheikh Ali told reporters he would stay.", []),
        ("The village of Sheikh Ali fell.", ["village"]),
    ],
)
def test_a_village_called_like_a_sheikh_needs_a_sign(text: str, ids: list[str]) -> None:
    villages = [("village", 35.77, 36.87, "en:Sheikh Idris|en:Sheikh Ali")]
    assert read_with(text, "en", *villages) == ids


@pytest.mark.parametrize("text", ["the military college in Saraqib", "a house in Saraqib burnt"])
def test_common_words_in_small_letters_make_no_organisation(text: str) -> None:
    assert places_of(text) == {"Saraqib": "saraqib"}


def test_a_name_somewhat_like_a_far_village_is_not_linked_to_it() -> None:
    text = "Troops took Saraqib, Ariha and the village of Sanaq."
    near, far = ("sinaqu", 35.9, 36.7, ""), ("sinaqu", 33.0, 36.2, "")
    assert read_with(text, "en", near) == ["saraqib", "ariha", "sinaqu"]
    assert read_with(text, "en", far) == ["saraqib", "ariha", ""]


def test_a_given_name_is_not_cut_into_a_clitic_and_a_village() -> None:
    assert read_with("السيدة فاطمة من سراقب", "ar", ("atma", 36.3, 36.7, "ar:اطمة")) == ["saraqib"]


def test_names_parted_by_a_dash_are_a_list_in_arabic() -> None:
    villages = ("qaminas", 35.9, 36.6, "ar:قميناس"), ("nayrab", 35.87, 36.7, "ar:النيرب")
    assert read_with("على طريق قميناس - النيرب", "ar", *villages) == ["qaminas", "nayrab"]


def test_a_capital_word_but_like_a_far_village_is_no_name() -> None:
    text = "They left Saraqib and Ariha, and chanted against al-Sinaaq."
    assert read_with(text, "en", ("sinaqu", 33.0, 36.2, "")) == ["saraqib", "ariha"]


@pytest.mark.parametrize(
    ("text", "language", "ids"),
    [
        ("والقيادي أبو علي قميناس أصيب في سراقب", "ar", ["saraqib"]),
        ("على محور أبو دالي وقميناس", "ar", ["abu-dali", "qaminas"]),
        ("The dead were from the Qaminas family, of Saraqib.", "en", ["saraqib"]),
    ],
)
def test_a_village_at_the_end_of_a_persons_name_is_none(
    text: str, language: str, ids: list[str]
) -> None:
    villages = ("qaminas", 35.9, 36.6, "ar:قميناس"), ("abu-dali", 35.45, 36.9, "ar:أبو دالي")
    assert read_with(text, language, *villages) == ids
