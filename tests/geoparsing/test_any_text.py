"""The whole parser over heaps of its own words: nothing raises, spans hold, the output is JSON."""

from __future__ import annotations

import datetime as dt
import functools
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from events.geoparsing.coding.grammar import grammar_of
from events.geoparsing.coding.reading import readings
from events.geoparsing.document import Document
from events.geoparsing.lexicon import LANGUAGES, load_lexicon
from events.geoparsing.output import document_to_dict
from events.geoparsing.pipeline import Geoparser
from tests.geoparsing.documents import actor_index, make_document
from tests.geoparsing.toy_places import ROWS, make_gazetteer

EDGES = [None, dt.date.min, dt.date(2020, 2, 29), dt.date.max]
FIGURES = (
    "0", "3", "17", "2019", "9999", "٣", "و5", "5'i", "²", "5-7", "1.1.1", "31.12.9999", "22-го",
    "3rd", "9" * 30,
)  # fmt: skip
SIGNS = (
    ", ", ". ", "\n\n", ": ", " - ", " \u2013 ", " (", ") ", "\u2019", '"', "\u060c ", " و", "؟ ",
    "\ud800",
)  # fmt: skip
ODD = (
    "", "\0", "\ud800", "\U0010ffff", "(", "\u2014", "'", "و", "ـ", "İ", "²", "\ufeff", "\u202e",
    ". ",
)  # fmt: skip


@functools.cache
def geoparser() -> Geoparser:
    return Geoparser(make_gazetteer(), actor_index())


def strings(table: Any) -> Iterator[str]:
    """All the words of a lexicon."""
    if isinstance(table, str):
        yield table.strip("*")
    elif isinstance(table, (list, dict)):
        for item in [*table, *(table.values() if isinstance(table, dict) else ())]:
            yield from strings(item)


def names() -> list[str]:
    return [name for row in ROWS for name in (row[1], *row[7].replace("|", ":").split(":"))]


def make_heap(chance: random.Random, words: list[str]) -> str:
    """Sixty words, half of them out of a few that come again and again."""
    few = chance.sample(words, 12)
    lists = [few, few, words, names(), FIGURES]
    pieces: list[str] = []
    for _ in range(60):
        pieces += [chance.choice(chance.choice(lists)), chance.choice([" ", " ", " ", *SIGNS])]
    return "".join(pieces)


def check(doc: Document) -> None:
    """Spans point at their text, events stand in a sentence, days are in order, JSON is JSON."""
    sentences = {(sentence.start, sentence.end) for sentence in doc.sentences}
    for found in (*doc.toponyms, *doc.times, *doc.actors):
        assert found.start < found.end
        assert doc.text[found.start : found.end] == found.text
    for event in doc.events:
        assert (event.start, event.end) in sentences
        assert event.start <= event.trigger.start < event.trigger.end <= event.end
        assert event.start_date is None or event.start_date <= event.end_date
        dead = event.fatalities
        if dead is not None:
            assert 0 <= dead.low <= dead.best <= dead.high
            assert dead.text.startswith(doc.text[dead.start : dead.end])
    assert json.loads(json.dumps(document_to_dict("one", doc), allow_nan=False))["id"] == "one"


@pytest.mark.parametrize("published", EDGES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_heaps_of_the_words_of_a_language_are_read(language: str, published: dt.date | None):
    words = sorted({word for word in strings(load_lexicon(language)) if len(word) < 60})
    chance = random.Random(len(words))
    for _ in range(15):
        check(geoparser().parse(make_heap(chance, words), published, language))


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_texts_of_one_letter_are_read(text: str):
    for language in (None, *LANGUAGES):
        check(geoparser().parse(text, dt.date.max, language))


def test_nothing_stands_after_the_last_word_of_a_sentence():
    (reading,) = readings(make_document("Three were killed"), grammar_of(load_lexicon("en")))
    assert reading.gap(1, 2) == " "
    assert reading.gap(2, 3) == ""
