"""Spellings held compactly, and the case forms they are met in."""

from __future__ import annotations

from array import array

import pytest

from events.geoparsing.gazetteer import Gazetteer
from events.geoparsing.inflection import cyrillic_bases, cyrillic_forms
from events.geoparsing.names import fold
from events.geoparsing.spellings import KeyTable, Spellings
from tests.geoparsing.toy_places import make_entry

WORDS = frozenset(
    {"сирия", "набль", "шугур", "хама", "латакия", "идлиб", "холмы", "москва", "латакийский"}
)


def test_entries_leave_their_names_with_the_gazetteer() -> None:
    entry = make_entry(names="ar:إدلب|ru:Идлиб|en:ID.")
    gazetteer = Gazetteer([entry, make_entry("ariha", "Ariha", names="en:Idlib")])
    assert [item.names for item in gazetteer.entries] == [(), ()]
    assert gazetteer.names.of(0) == ["Idlib", "إدلب", "Идлиб", "ID."]
    assert gazetteer.names.of(1) == ["Ariha", "Idlib"]
    assert gazetteer.names.marked["idlib"] == (("ID.", "en"),)


def test_names_that_fold_alike_are_found_by_their_key_in_order() -> None:
    spellings = Spellings()
    for place in ("a", "b"):
        spellings.take(make_entry(place, "al-Dana", names="en:Dana|en:..."))
    spellings.close()
    assert [spellings.owners[place] for place in spellings.folded.get(fold("Dana"))] == [0, 0, 1, 1]
    assert list(spellings.folded.get("nothing")) == []


def test_a_key_table_gives_the_places_of_a_hash() -> None:
    table = KeyTable(array("q", [hash("b"), hash("a"), hash("b")]))
    assert [list(table.get(key)) for key in ("a", "b", "c")] == [[1], [0, 2], []]


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_case_form_leads_back_to_its_word(word: str) -> None:
    assert all(word in cyrillic_bases(form, WORDS) for form in cyrillic_forms(word))


@pytest.mark.parametrize("word", ["", "ид", "idlib", "إدلب", "шугурами́", "Ъ"])
def test_what_is_no_form_of_a_known_word_leads_nowhere(word: str) -> None:
    assert list(cyrillic_bases(word, frozenset({"хама"}))) == []
