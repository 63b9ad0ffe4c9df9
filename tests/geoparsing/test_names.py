"""Folding, skeletons and likeness of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.geoparsing.names import fold, latin, likeness, loose, search_keys, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Atārib", "Atarib"),
        ("Al Atarib", "el-Atarib"),
        ("ad-Dana", "Al-Dana"),
        ("ash-Shaykh", "Shaykh"),
        ("Maʿarrat an-Nuʿmān", "Ma'arrat al-Nu’man"),
        ("Kafr Nabl", "kafr-nabl"),
        ("İdlib", "Idlib"),
        ("إدلب", "ادلب"),
        ("إِدْلِب", "ادلــب"),
        ("الأتارب", "اتارب"),
        ("Эль-Баб", "Баб"),
        ("Орёл", "Орел"),
    ],
)
def test_two_spellings_fold_to_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Idlib", "Saraqib"), ("Hass", "Hama"), ("حاس", "حماة")]
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    "spelling", ["Kheimim", "Hamim", "Khmeimim", "Hmeymim", "Hmeimim", "Хмеймим", "حميميم"]
)
def test_all_spellings_of_the_air_base_meet_on_the_skeleton(spelling: str) -> None:
    assert skeleton(spelling) == skeleton("Humaymim")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jisr al-Shughour", "جسر الشغور"),
        ("Jisr ash-Shugur", "Джиср-эш-Шугур"),
        ("Cisr eş-Şuğur", "Jisr al-Shughur"),
        ("Maarrat al-Numan", "معرة النعمان"),
        ("Maaret en-Numan", "Маарет-эн-Нуман"),
        ("Qamishli", "Kamışlı"),
        ("Idlib", "Edleb"),
        ("Sarmada", "Sarmadah"),
        ("Khan Shaykhun", "Khan Cheikhoun"),
        ("Khirbat al-Jawz", "خربة الجوز"),
        ("Ghabaghib", "Gabagib"),
        ("Dhahr", "Zahr"),
    ],
)
def test_ways_of_writing_arabic_meet_on_the_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("name", "nearer", "farther"),
    [
        ("Kafranbel", "Kafr Nabl", "Kafr Nubbul"),
        ("Saraqeb", "Saraqib", "Sarqab"),
        ("Хан-Шейхун", "Khan Sheikhun", "Khan Shuhun"),
        ("سراقب", "Saraqib", "Sarkib"),
    ],
)
def test_likeness_prefers_the_nearer_spelling(name: str, nearer: str, farther: str) -> None:
    assert likeness(name, nearer) > likeness(name, farther)


def test_search_keys_begin_with_the_exact_key_and_do_not_repeat() -> None:
    keys = search_keys("Хмеймим")
    assert keys[0] == fold("Хмеймим")
    assert len(set(keys)) == len(keys)
    assert skeleton("Hmeimim") in keys
    assert search_keys(" - ") == ()


@given(st.text(max_size=40))
def test_no_name_raises_and_folding_is_stable(name: str) -> None:
    assert latin(name) is not None
    assert skeleton(name) == skeleton(name.replace("\u0640", ""))
    assert 0 <= likeness(name, "Idlib") <= 1
    assert loose(name) == loose(name)
