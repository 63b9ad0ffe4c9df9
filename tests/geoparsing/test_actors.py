"""Who is named: spellings, forces of a nation, states, generic words, and the table itself."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.geoparsing.actors import Actor, ActorIndex, tag_actors
from events.geoparsing.document import Document, Toponym
from events.geoparsing.lexicon import LANGUAGES, load_lexicon
from events.vocabulary import ActorKind
from tests.geoparsing.documents import TABLE, actor_index, make_document


def slugs(text: str, language: str = "en") -> list[str]:
    return [mention.actor_id for mention in make_document(text, language=language).actors]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Churras ad-DIN joined the room", ["hurras-al-din"]),
        ("en", "Hay’at Tahrir al-Sham and the National Front for Liberation",
         ["hayat-tahrir-al-sham", "national-liberation-front"]),
        ("en", "the Russian air forces struck", ["air-force-of-russia"]),
        ("en", "Russian and Syrian jets bombed", ["air-force-of-russia", "air-force-of-syria"]),
        ("en", "Turkish troops and US-led coalition jets",
         ["military-forces-of-turkey", "global-coalition", "warplanes"]),
        ("en", "regime forces shelled the rebels",
         ["government-forces-of-syria", "opposition-rebels"]),
        ("en", "HTS fighters", ["hayat-tahrir-al-sham"]),
        ("en", "the guarantor states", ["guarantor-states"]),
        ("ar", "قصفت القوات الروسية مواقع هيئة تحرير الشام",
         ["military-forces-of-russia", "hayat-tahrir-al-sham"]),
        ("ar", "استهدف الطيران الحربي الروسي المدنيين", ["air-force-of-russia", "civilians"]),
        ("ru", "боевики «Хайят Тахрир аш-Шам» обстреляли сирийскую армию",
         ["hayat-tahrir-al-sham", "military-forces-of-syria"]),
        ("ru", "удары турецкой артиллерии по войскам Сирии",
         ["military-forces-of-turkey", "military-forces-of-syria"]),
        ("tr", "Rus savaş uçakları ve rejim güçleri vurdu",
         ["air-force-of-russia", "government-forces-of-syria"]),
        ("tr", "HTŞ'nin kontrol noktası", ["hayat-tahrir-al-sham"]),
    ],
)  # fmt: skip
def test_actors_are_named_in_four_languages(language, text, expected):
    assert slugs(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a Russian village",
        "he went to Turkey",
        "in the rebel-held town",
        "this is it",
        "tell us why",
    ],
)
def test_a_demonym_a_place_and_an_area_held_are_nobody(text):
    assert slugs(text) == []


def test_a_state_is_named_by_its_capital_only_where_it_acts():
    text = "Damascus said so in Damascus"
    metonym = Toponym(0, 8, "Damascus", "metonym")
    doc = Document(text, language="en", toponyms=(metonym, Toponym(20, 28, "Damascus")))
    found = tag_actors(doc, actor_index(), load_lexicon("en")).actors
    assert [(mention.start, mention.actor_id) for mention in found] == [(0, "government-of-syria")]


@pytest.mark.parametrize(
    ("day", "kind"),
    [(dt.date(2020, 1, 1), ActorKind.REBEL), (dt.date(2024, 12, 20), ActorKind.STATE)],
)
def test_the_kind_is_that_of_the_reports_day(day, kind):
    assert actor_index().get("hayat-tahrir-al-sham").kind_on(day) == kind


def test_an_acronym_stands_in_capitals():
    index = ActorIndex([Actor("islamic-state", "Islamic State", 2, names=(("IS", "en"),))])
    doc = Document("IS fights. He is here.", language="en")
    found = tag_actors(doc, index, load_lexicon("en")).actors
    assert [mention.text for mention in found] == ["IS"]


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_table_holds_the_parties_of_the_war_in_four_languages():
    table = rows()
    known = {row["slug"] for row in table}
    assert len(known) == len(table) >= 120
    assert {row["parent"] for row in table} - known == {""}
    assert all(row["ar"] and int(row["kind"]) in set(ActorKind) for row in table)
    named = [row for row in table if row["generic"] == "0"]
    for code in ("ru:", "tr:"):
        assert sum(code in row["names"] for row in named) > len(named) * 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_slug_of_the_lexicon_is_in_the_table(language):
    table = load_lexicon(language)["actors"]
    index = actor_index()
    assert all(index.get(slug) for group in ("generic", "states") for slug in table[group])
    assert all(index.get(f"military-forces-of-{nation}") for nation in table["nations"])


WORDS = st.sampled_from(
    [
        "Russian",
        "Turkish",
        "US",
        "IS",
        "army",
        "jets",
        "and",
        "of",
        ",",
        ".",
        "(",
        "HTS",
        "قوات",
        "روسية",
        "и",
        "армии",
        "Rus",
        "güçleri'nin",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_is_tagged_and_each_offset_holds(text):
    for language in LANGUAGES:
        doc = tag_actors(Document(text, language=language), actor_index(), load_lexicon(language))
        assert all(text[m.start : m.end] == m.text for m in doc.actors)
        assert all(a.end <= b.start for a, b in zip(doc.actors, doc.actors[1:], strict=False))
