"""The pattern language: what it matches, and that faults are told."""

from __future__ import annotations

import pytest

from events.geoparsing.document import Document
from events.geoparsing.lexicon import LANGUAGES, load_lexicon
from events.geoparsing.timex import tag
from events.geoparsing.timex.knowledge import NOTHING, compile_knowledge
from events.geoparsing.timex.resolution import RESOLVERS


def make_lexicon(*rules: dict[str, object]) -> dict[str, object]:
    """A toy lexicon of two months and a few rules."""
    words = {"MONTH": {"5": "may", "6": "june the_sixth_month"}}
    return {"timex": {"language": "en", "words": words, "rules": list(rules)}}


def test_a_pattern_of_classes_words_and_marks_is_read() -> None:
    lexicon = make_lexicon({"as": "day", "pattern": 'DAY of? MONTH ("," YEAR)?'})
    times = tag(Document("on 5 of May, 2018 and 6 June"), lexicon).times
    assert [time.text for time in times] == ["5 of May, 2018", "6 June"]


def test_a_phrase_counts_as_one_word() -> None:
    lexicon = make_lexicon({"as": "month", "pattern": "MONTH YEAR"})
    times = tag(Document("in the sixth month 2018"), lexicon).times
    assert [time.timex_value for time in times] == ["2018-06"]


def test_what_stands_around_a_phrase_can_be_demanded() -> None:
    lexicon = make_lexicon(
        {"as": "month", "pattern": "MONTH", "preceded": "in", "not_followed": "INT"}
    )
    assert len(tag(Document("in May. may. in May 5"), lexicon).times) == 1


def test_the_longest_rule_wins_and_nothing_hides_a_date() -> None:
    lexicon = make_lexicon(
        {"as": "month", "pattern": "MONTH"},
        {"as": "nothing", "pattern": "MONTH day parade"},
    )
    assert tag(Document("the May day parade"), lexicon).times == ()


@pytest.mark.parametrize("pattern", ["MONTH ~", "MONTH?", "(MONTH"])
def test_a_faulty_pattern_is_refused(pattern: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        compile_knowledge("en", make_lexicon({"as": "month", "pattern": pattern})["timex"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_a_lexicon_names_a_resolver_and_can_match(language: str) -> None:
    table = load_lexicon(language)["timex"]
    knowledge = compile_knowledge(language, table)
    assert {row["as"] for row in table["rules"]} <= {*RESOLVERS, NOTHING}
    reachable = {rule.order for group in knowledge.rules.values() for rule in group}
    assert reachable == set(range(len(table["rules"])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_in_a_pattern_has_words(language: str) -> None:
    table = load_lexicon(language)["timex"]
    knowledge = compile_knowledge(language, table)
    used = {
        cls
        for group in knowledge.rules.values()
        for rule in group
        for _, _, cls in rule.slots
        if cls
    }
    numeric = {
        "DAY",
        "INT",
        "YEAR",
        "YY",
        "HOUR",
        "HHMM",
        "NTH",
        "DAYTH",
        "DECADE",
        "DECIMAL",
        "CLOCK",
        "NUMDATE",
    }
    assert used <= set(table["words"]) | numeric


def test_a_phrase_is_found_again_where_the_same_words_stand() -> None:
    lexicon = make_lexicon({"as": "month", "pattern": "MONTH", "preceded": "in"})
    text = "They met in may and in june they left and in may they came."
    doc = tag(Document(text, None, "en"), lexicon)
    assert [doc.text[t.start : t.end] for t in doc.times] == ["may", "june", "may"]
    assert [t.start for t in doc.times] == [12, 23, 45]


def test_a_rule_needs_its_rarest_part() -> None:
    lexicon = make_lexicon({"as": "month", "pattern": "in? the? MONTH (of the MONTH)?"})
    knowledge = compile_knowledge("en", lexicon["timex"], frozenset({"in", "the", "of"}))
    assert knowledge.needed == {"may", "june", "sixth"}
