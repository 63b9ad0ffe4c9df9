"""Capitals that act, told by their place in the sentence or in a list."""

from __future__ import annotations

import pytest

from tests.geoparsing.toy_places import read_places

SENTENCES = [
    ("tr", "Ankara olaydan örgütü sorumlu tuttu.", ["metonym"]),
    ("tr", "Ankara'da bir sergi açıldı.", ["literal"]),
    ("tr", "Londra, Paris ve Berlin ortak bildiri yayımladı.", ["metonym"] * 3),
    ("ru", "Анкара возложила ответственность на боевиков.", ["metonym"]),
    ("ru", "Переговоры прошли в Москве.", ["literal"]),
    ("ar", "ونفت موسكو استهداف المدنيين.", ["metonym"]),
    ("ar", "وهددت واشنطن وباريس بالرد.", ["metonym", "metonym"]),
    ("en", "Moscow blames armed groups for the flights.", ["metonym"]),
    ("en", "Talks were held in Moscow.", ["literal"]),
]


@pytest.mark.parametrize(("language", "text", "roles"), SENTENCES)
def test_a_capital_that_acts_is_its_government(language: str, text: str, roles: list[str]) -> None:
    assert [toponym.role for toponym in read_places(text, language).toponyms] == roles
