"""Names told by where they stand: heads of lists, groups, capitals, countries, case endings."""

from __future__ import annotations

import pytest

from events.geoparsing.gazetteer import Gazetteer
from events.geoparsing.world import with_world
from tests.geoparsing.toy_places import (
    make_entries,
    make_entry,
    places_of,
    read_places,
)


def names_of(text: str, language: str, *more: tuple[str, str]) -> list[str]:
    """The names found with some villages added to the toy gazetteer."""
    villages = [make_entry(slug, slug.title(), "village", 35.7, 36.6, names=n) for slug, n in more]
    gazetteer = Gazetteer(with_world([*make_entries(), *villages]))
    found = read_places(text, language, gazetteer).toponyms
    return [item.text for item in found if item.role != "demonym"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("- Hass, Saraqib: air strikes.\n- Taftaanaz: mortars.", ["Hass", "Saraqib", "Taftaanaz"]),
        ("- Saraqib: mortars.\n- Funding: little.\n- Hass is quiet.", ["Saraqib"]),
    ],
)  # fmt: skip
def test_names_that_head_an_item_of_a_list_are_places(text: str, names: list[str]) -> None:
    assert list(places_of(text)) == names


def test_money_is_no_country() -> None:
    assert list(places_of("They need US$ 336 million; the US gave some.")) == ["US"]


def test_a_word_of_groups_before_a_name_makes_it_a_group() -> None:
    assert list(places_of("A group called Ansar Hass shelled Saraqib.")) == ["Saraqib"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fighters of Task Force SAFE left Saraqib.", ["Saraqib"]),
        ("Shelling hit Safe and Saraqib.", ["Safe", "Saraqib"]),
        ("Rescuers Hammam al-Asi and others came to Hammam.", ["Hammam"]),
    ],
)
def test_capitals_and_surnames_make_little_known_names_no_places(
    text: str, names: list[str]
) -> None:
    assert names_of(text, "en", ("safe", ""), ("hammam", "")) == names


def test_in_news_of_other_countries_alone_a_village_at_home_needs_a_sign() -> None:
    villages = ("ahli", ""), ("misri", "")
    assert names_of("Cairo saw Ahli win against Misri in Egypt.", "en", *villages) == [
        "Cairo",
        "Egypt",
    ]
    assert "Ahli" in names_of("Cairo spoke of the village of Ahli in Egypt.", "en", *villages)
    assert "Ahli" in names_of("Rockets hit Ahli and Saraqib.", "en", *villages)


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("Бои идут под Кафр-Неблем.", "ru", "kafr-nabl"),
        ("Salı günü El Bab'da çatışma çıktı.", "tr", "al-bab"),
        ("Президент США прибыл.", "ru", "united-states"),
        ("Президент США Дональд Трамп прибыл.", "ru", "united-states"),
    ],
)
def test_endings_and_neighbours_do_not_hide_a_name(text: str, language: str, place: str) -> None:
    assert place in places_of(text, language).values()


def test_a_town_that_lends_its_name_to_a_subdistrict_does_not_push_others_out() -> None:
    subdistrict = make_entry("saraqib-subdistrict", "Saraqib", "subdistrict", 35.86, 36.8)
    gazetteer = Gazetteer(with_world([*make_entries(), subdistrict]))
    found = read_places("Shelling of Kafar Nobel and Saraqib.", "en", gazetteer).toponyms
    assert found[0].place is not None
    assert found[0].place.place_id == "kafr-nabl"


def test_an_unknown_name_joined_on_in_arabic_is_linked_only_when_very_like() -> None:
    found = places_of("قصف محيط أريحا وسراقيب وقصفت", "ar")
    assert found == {"أريحا": "ariha", "سراقيب": "saraqib"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("من أربعين قرية قرب سراقب", ["سراقب"]),
        ("محور الفوج ٤٦ قرب سراقب", ["الفوج ٤٦", "سراقب"]),
    ],
)
def test_arabic_numbers_count_villages_or_name_a_base(text: str, names: list[str]) -> None:
    assert names_of(text, "ar", ("a", "ar:أربعين"), ("b", "ar:الفوج 46")) == names


def test_a_short_name_under_an_article_is_no_acronym() -> None:
    assert names_of("Бои идут в Габе.", "ru", ("c", "ru:Эль-Габ")) == ["Габе"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Saraqibde ve Kefr Nebilde çatışma var.", ["Saraqib", "Kefr Nebil"]),
        ("Hamada ile Saraqib görüştü.", ["Saraqib"]),
    ],
)
def test_turkish_endings_may_lack_their_apostrophe(text: str, names: list[str]) -> None:
    assert names_of(text, "tr") == names


def test_and_before_a_better_known_name_is_no_part_of_it() -> None:
    qah = ("qah", "ar:قاح"), ("waqah", "ar:وقاح")
    assert names_of("قصف سراقب وقاح", "ar", *qah) == ["سراقب", "وقاح"]
    town = make_entry("qah", "Qah", "town", 36.2, 36.6, names="ar:قاح")
    village = make_entry("waqah", "Waqah", "village", 36.4, 37.4, names="ar:وقاح")
    gazetteer = Gazetteer(with_world([*make_entries(), town, village]))
    found = read_places("قصف سراقب وقاح", "ar", gazetteer).toponyms
    assert [item.text for item in found] == ["سراقب", "قاح"]


def test_provinces_in_a_list_with_counts_are_all_provinces() -> None:
    found = places_of("Обстрелы в провинции Идлиб - 5, Алеппо - 3, Хама - 2.", "ru")
    assert list(found.values()) == ["idlib-governorate", "aleppo-governorate", "hama-governorate"]


def test_a_village_far_from_the_area_named_beside_it_gives_way_to_one_spelled_like_it() -> None:
    far = make_entry("kafr-nabel-far", "Kafr Nabil", "village", 32.7, 36.1)
    gazetteer = Gazetteer(with_world([*make_entries(), far]))
    found = read_places("in Kafr Nabil, Idlib province", "en", gazetteer).toponyms
    assert found[0].place is not None
    assert found[0].place.place_id == "kafr-nabl"


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("Rebels captured Idlib in 2015.", "en", "idlib"),
        ("The market in Idlib was hit.", "en", "idlib"),
        ("Drones attacked Idlib.", "en", "idlib-governorate"),
        ("Боевики захватили Идлиб весной.", "ru", "idlib"),
        ("На рынке в Идлибе погибли люди.", "ru", "idlib"),
        ("İdlib merkezinde patlama oldu.", "tr", "idlib"),
        ("خرجت مظاهرة في إدلب", "ar", "idlib"),
    ],
)
def test_what_only_towns_have_or_undergo_makes_a_name_a_town(
    text: str, language: str, place: str
) -> None:
    assert list(places_of(text, language).values()) == [place]
