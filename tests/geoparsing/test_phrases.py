"""The phrase index: what it finds, and that its offsets point at the phrase."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.geoparsing.phrases import PhraseIndex, tokenise

PHRASES = [
    ("Idlib", 1), ("İdlib", 1), ("Идлиб", 1), ("إدلب", 1), ("al-Dana", 2), ("الأتارب", 3),
    ("Hmeimim", 4), ("Хмеймим", 4), ("Maarrat al-Numan", 5), ("Maarrat", 6), ("سراقب", 7),
    ("Исламское государство", 8), ("Syria", 9), ("Syria's north", 10), ("Сирия", 9),
]  # fmt: skip


def make_index() -> PhraseIndex:
    return PhraseIndex(PHRASES)


def found(text: str) -> list[tuple[str, int]]:
    return [(text[m.start : m.end], m.payloads[0]) for m in make_index().find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in IDLIB.", [("IDLIB", 1)]),
        ("Idlib's fate", [("Idlib", 1)]),
        ("İdlib’in güneyi", [("İdlib", 1)]),
        ("в Идлибе и из Идлиба", [("Идлибе", 1), ("Идлиба", 1)]),
        ("под Хмеймимом", [("Хмеймимом", 4)]),
        ("в Сирию", [("Сирию", 9)]),
        ("Исламского государства", [("Исламского государства", 8)]),
        ("وبإدلب", [("إدلب", 1)]),
        ("وَإِدلِب", [("إِدلِب", 1)]),
        ("والأتارب", [("الأتارب", 3)]),
        ("in Dana and al-Dana", [("Dana", 2), ("al-Dana", 2)]),
        ("Al Dana", [("Al Dana", 2)]),
        ("Maarrat an-Nu‘man", [("Maarrat an-Nu‘man", 5)]),
        ("Maarrat is old", [("Maarrat", 6)]),
        ("Syria's north, Syria's south", [("Syria's north", 10), ("Syria", 9)]),
    ],
)
def test_a_phrase_is_found_and_the_span_names_just_it(
    text: str, expected: list[tuple[str, int]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", ["Idlibian", "MaarratX", "كإدلبي", "", "   ", "Иидлиб"])
def test_parts_of_other_words_are_no_phrases(text: str) -> None:
    assert found(text) == []


def test_a_preposition_before_a_name_is_not_its_article() -> None:
    assert found("at Dana") == [("Dana", 2)]
    assert found("as Syria said") == [("Syria", 9)]


def test_get_answers_for_the_whole_phrase_only() -> None:
    index = make_index()
    assert index.get("the Idlib") == ()
    assert index.get("al-dana") == (2,)
    assert len(index) == 14


def test_find_all_gives_nested_phrases_the_longest_first() -> None:
    text = "Maarrat al-Numan"
    assert [m.payloads for m in make_index().find_all(text)] == [(5,), (6,)]


def test_an_empty_index_finds_nothing() -> None:
    assert PhraseIndex([]).find("Idlib") == []


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from([p for p, _ in PHRASES] + ["و", "'s", "-", " ", "al-"])).map("".join)
)
def test_offsets_point_into_the_text(text: str) -> None:
    for match in make_index().find(text):
        assert 0 <= match.start < match.end <= len(text)
    for token in tokenise(text):
        assert text[token.body : token.end] == token.text


@pytest.mark.parametrize("unit", ["Idlib ", "al-", "'", "و", "Maarrat ", "\u0640"])
def test_time_grows_with_the_length_of_hostile_text(unit: str) -> None:
    index = make_index()

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        gc.disable()
        start = time.process_time()
        index.find(text)
        spent = time.process_time() - start
        gc.enable()
        return spent

    assert seconds(400_000) < 8 * max(seconds(100_000), 0.05)
