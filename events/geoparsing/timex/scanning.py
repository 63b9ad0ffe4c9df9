"""Finds the phrases of a sentence: the longest rule at each token, from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from events.geoparsing.timex.context import FUTURE, PAST, THEN_FUTURE
from events.geoparsing.timex.grammar import Rule
from events.geoparsing.timex.knowledge import Knowledge
from events.geoparsing.timex.resolution import NOTHING, values_of
from events.geoparsing.timex.tokens import Tokens

WINDOW = 14
UNTENSED = frozenset({"relday", "duration", "reference", "set", "numeric", "anaphor", "years"})
VERB_WINDOW = 7


@dataclass(slots=True)
class Phrase:
    """A matched phrase: offsets in the text, its rule and values, the tense around it."""

    start: int
    end: int
    rule: Rule
    values: dict[str, Any]
    tense: int
    sentence: int
    flags: set[str] = field(default_factory=set)


def scan(tokens: Tokens, knowledge: Knowledge, sentence: int) -> list[Phrase]:
    """The phrases of one sentence, in order."""
    classes, rules, seek = tokens.classes, knowledge.rules, knowledge.initials.search
    found: list[Phrase] = []
    begin = seek(classes, 1)
    while begin is not None:
        at = begin.start()
        group = rules[classes[at]]
        best = longest(group.rules, classes, at) if group.probe(classes, at) else None
        if best is None:
            begin = seek(classes, at + 1)
            continue
        rule, match = best
        if rule.action != NOTHING:
            found.append(phrase_of(rule, match, tokens, knowledge, sentence))
        begin = seek(classes, match.end())
    return found


def phrase_of(
    rule: Rule, match: re.Match[str], tokens: Tokens, knowledge: Knowledge, sentence: int
) -> Phrase:
    """The phrase that a rule matched, with its values and the tense around it."""
    first, stop = match.start() - 1, match.end() - 1
    values = values_of(rule, match, tokens)
    start, end = tokens.span(first, stop)
    tensed = rule.action not in UNTENSED and "year" not in values
    tense = tense_at(tokens, first, stop, knowledge) if tensed else 0
    return Phrase(start, end, rule, values, tense, sentence)


def longest(
    candidates: tuple[Rule, ...], classes: str, at: int
) -> tuple[Rule, re.Match[str]] | None:
    """The rule with the longest match at a token; the earlier rule wins a tie."""
    best, reach = None, at
    for rule in candidates:
        match = rule.match(classes, at)
        if match is not None and match.end() > reach:
            best, reach = (rule, match), match.end()
    return best


def tense_at(tokens: Tokens, first: int, stop: int, knowledge: Knowledge) -> int:
    """Past, future or nothing, from the nearest tense word before the phrase, else after it.

    In a language whose verbs come last only what follows counts. "as early as" directly before the
    phrase looks forward; "by" and "until" tell nothing but that a plan may be meant.
    """
    marks = tokens.entries[first - 1].values if first else {}
    if "FORWARD" in marks:
        return FUTURE
    before = range(first - 1, max(first - WINDOW, -1), -1)
    if "LIMIT" in marks and any("WOULD" in tokens.entries[i].values for i in before):
        return THEN_FUTURE
    after = range(stop, min(stop + WINDOW, len(tokens.words)))
    for window in (after[:VERB_WINDOW],) if knowledge.verb_last else (before, after):
        for index in window:
            if tense := tense_of(tokens, index, knowledge):
                return 0 if "LIMIT" in marks and tense == PAST else tense
    return 0


def tense_of(tokens: Tokens, index: int, knowledge: Knowledge) -> int:
    """What one word says of the tense; "would" is the future seen from a past time.

    A participle belongs to the auxiliary before it: "will be closed" is future.
    """
    values, word = tokens.entries[index].values, tokens.words[index]
    if "FUTURE" in values or word.endswith(knowledge.future_endings):
        return FUTURE
    if "WOULD" in values:
        return THEN_FUTURE
    if "PAST" in values or word.endswith(knowledge.past_endings):
        auxiliaries = tokens.entries[max(index - 3, 0) : index]
        if any("FUTURE" in entry.values for entry in auxiliaries):
            return FUTURE
        return THEN_FUTURE if any("WOULD" in entry.values for entry in auxiliaries) else PAST
    return 0
