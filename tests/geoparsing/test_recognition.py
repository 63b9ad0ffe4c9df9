"""What is a place name and what is none, in four languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geoparsing.toy_places import places_of, read_places


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Warplanes bombed the town of Kafr Nabl in southern Idlib.", ["Kafr Nabl", "Idlib"]),
        ("The Russian Federation spoke to the Republic of Turkey.",
         ["Russian Federation", "Republic of Turkey"]),
        ("Fights broke out around the Central prison of Idlib.", ["Central prison of Idlib"]),
        ("Idlib’s fate and Syria's war", ["Idlib", "Syria"]),
        ("UK-based monitors and U.S. troops", ["UK", "U.S."]),
        ("They fled Jabal al-Zawiya for Ariha.", ["Jabal al-Zawiya", "Ariha"]),
        ("Clashes in the village of Hass", ["Hass"]),
        ("A blast in al-Bab, a city in Aleppo province", ["al-Bab", "Aleppo"]),
        ("Drones hit the Kheimim air base.", ["Kheimim"]),
        ("FRESNO, Calif. - He was held in Erbil, Iraq.", ["FRESNO", "Calif.", "Erbil", "Iraq"]),
    ],
)  # fmt: skip
def test_english_names_are_found_with_their_exact_spans(text: str, names: list[str]) -> None:
    assert list(places_of(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "Abu Hussam al-Idlibi spoke.",
        "Mohammad Ariha was killed.",
        "Ahrar al-Sham withdrew.",
        "the Aleppo Media Center said",
        "Aleppo University was closed.",
        "Syria Direct reported",
        "The Aleppo Military Council denied it.",
        "Has the truce held?",
        "It has a bab and a hass.",
        "Jordan Smith left.",
        "Division 46 moved.",
        "They give us food.",
        "the Turkish border",
        "Islamic State of Iraq and Syria",
    ],
)
def test_names_inside_persons_and_organisations_are_no_places(text: str) -> None:
    assert places_of(text) == {}


@pytest.mark.parametrize(
    ("text", "country"),
    [("Russian jets", "RU"), ("Turkish-backed rebels", "TR"), ("Syrians fled", "SY")],
)
def test_an_adjective_of_a_country_is_a_demonym_and_no_place(text: str, country: str) -> None:
    (toponym,) = read_places(text).toponyms
    assert (toponym.role, toponym.country, toponym.place) == ("demonym", country, None)


def test_an_unknown_village_keeps_its_name_without_coordinates() -> None:
    doc = read_places("Shells fell on the village of Tal Mardikh near Saraqib.")
    unknown, known = doc.toponyms
    assert (unknown.text, unknown.place) == ("Tal Mardikh", None)
    assert "not in the gazetteer" in unknown.reason
    assert known.place is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت الطائرات مدينة كفرنبل وبلدة سراقب في ريف إدلب الجنوبي",
         {"كفرنبل": "kafr-nabl", "سراقب": "saraqib", "إدلب": "idlib-governorate"}),
        ("انسحبوا من أريحا وتفتناز", {"أريحا": "ariha", "تفتناز": "taftanaz"}),
        ("أعلنت هيئة تحرير الشام وأحرار الشام", {}),
        ("هجوم على قاعدة حميميم الجوية", {"حميميم": "hmeimim-air-base"}),
    ],
)  # fmt: skip
def test_arabic_names_come_without_clitics(text: str, expected: dict[str, str]) -> None:
    assert places_of(text, "ar") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Удар по Кафр-Наблю на юге провинции Идлиб",
         {"Кафр-Наблю": "kafr-nabl", "Идлиб": "idlib-governorate"}),
        ("Из Сирии в Турцию", {"Сирии": "syria", "Турцию": "turkey"}),
        ("Авиабаза Хмеймим обстреляна", {"Хмеймим": "hmeimim-air-base"}),
        ("Группировка «Ахрар аш-Шам»", {}),
        ("Бои в Идлибской провинции", {"Идлибской": "idlib-governorate"}),
    ],
)  # fmt: skip
def test_russian_names_are_found_in_every_case(text: str, expected: dict[str, str]) -> None:
    assert places_of(text, "ru") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İdlib'in güneyindeki Serakib beldesi vuruldu",
         {"İdlib": "idlib-governorate", "Serakib": "saraqib"}),
        ("Türkiye ile Rusya anlaştı", {"Türkiye": "turkey", "Rusya": "russia"}),
        ("Tahrir eş-Şam açıkladı", {}),
    ],
)  # fmt: skip
def test_turkish_suffixes_stay_outside_the_span(text: str, expected: dict[str, str]) -> None:
    assert places_of(text, "tr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Идлибская провинция обстреляна.", {"Идлибская": "idlib-governorate"}),
        ("Удар нанесен в идлибской провинции.", {"идлибской": "idlib-governorate"}),
        ("Бои в Алеппской и Хамской провинциях.",
         {"Алеппской": "aleppo-governorate", "Хамской": "hama-governorate"}),
        ("Идлибская делегация уехала.", {}),
        ("Военная провинция спокойна.", {}),
    ],
)  # fmt: skip
def test_russian_adjectives_before_a_province_name_it(text: str, expected: dict[str, str]) -> None:
    assert places_of(text, "ru") == expected


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("سيطرت على تلة الزيتونك", "ar", "الزيتونك"),
        ("في محيط تل مرزوف", "ar", "تل مرزوف"),
        ("قصف قرية الكبوشة", "ar", "الكبوشة"),
        ("город Зарбанук обстрелян", "ru", "Зарбанук"),
        ("у деревни Кабтара", "ru", "Кабтара"),
        ("Zeytunak beldesinde çatışma", "tr", "Zeytunak"),
    ],
)
def test_a_generic_word_makes_an_unknown_name_a_place(text: str, language: str, name: str) -> None:
    assert [item.text for item in read_places(text, language).toponyms] == [name]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Shells fell on Hass, Blorenda and Kafr Nabl on Tuesday.", "en", "Blorenda"),
        ("Two people were killed in Blorenda, rescuers of Idlib said.", "en", "Blorenda"),
        ("После обстрела Идлиба жители остались в Блоренде.", "ru", "Блоренде"),
        ("İdlib'e saldırının ardından Blorenda'da yangın çıktı.", "tr", "Blorenda"),
        ("جرت في إدلب اشتباكات على محور بلورندا.", "ar", "بلورندا"),
    ],
)
def test_an_unknown_name_in_a_list_or_after_a_word_of_place_stands(
    text: str, language: str, name: str
) -> None:
    found = read_places(text, language=language).toponyms
    assert [t.place for t in found if t.text == name] == [None]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Fighting reached Idlib in Feb 2020, said Blorenda.", "en"),
        ("THE WEEK IN BLORENDA: shells fell on Idlib.", "en"),
        ("İdlib'de konuşan Blorenda, Hass'ın boş olduğunu söyledi.", "tr"),
    ],
)
def test_what_stands_so_for_another_reason_is_no_place(text: str, language: str) -> None:
    found = read_places(text, language=language).toponyms
    assert not {"Feb", "BLORENDA", "Blorenda"} & {t.text for t in found}


def test_an_abbreviated_state_at_the_end_stays_inside_the_text() -> None:
    toponyms = read_places("Fresno, TX", "en").toponyms
    assert all(item.end <= len("Fresno, TX") for item in toponyms)


PIECES = st.lists(
    st.sampled_from(
        ["Idlib", "al-", "'s", "’", "town of ", "U.S.", "\n", ", ", " and ", "إدلب", "و", "في ",
         "Идлиба", "между ", "between ", "km north of ", "12 ", "İdlib'in ", "-", "ريف ", "TX"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PIECES | st.text(max_size=60), st.sampled_from(["en", "ar", "ru", "tr"]))
def test_no_text_raises_and_every_span_names_its_text(text: str, language: str) -> None:
    doc = read_places(text, language)
    assert all(text[item.start : item.end] == item.text != "" for item in doc.toponyms)
    assert all(0 <= item.start < item.end <= len(text) for item in doc.localities)
