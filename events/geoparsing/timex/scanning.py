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

WINDOW_BEFORE = 14
WINDOW_AFTER = 14
NEAR = 4


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
    classes, rules = tokens.classes, knowledge.rules
    found: list[Phrase] = []
    at, last = 1, len(classes) - 1
    while at < last:
        group = rules.get(classes[at])
        if group is None or not group.probe(classes, at):
            at += 1
            continue
        best = longest(group.rules, classes, at)
        if best is None:
            at += 1
            continue
        rule, match = best
        if rule.action != NOTHING:
            first, stop = match.span()
            values = values_of(rule, match, tokens)
            tense = (
                values["tense"]
                if "tense" in values
                else tense_at(tokens, first - 1, stop - 1, knowledge)
            )
            start, end = tokens.span(first - 1, stop - 1)
            found.append(Phrase(start, end, rule, values, tense, sentence))
        at = match.end()
    return found


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

    In a language whose verbs come last it is the other way round. "until" and "as early as"
    directly before the phrase look forward, unless a past auxiliary stands near.
    """
    if first and "FORWARD" in tokens.entries[first - 1].values:
        return forward_tense(tokens, first, stop)
    before = range(first - 1, max(first - WINDOW_BEFORE, -1), -1)
    after = range(stop, min(stop + WINDOW_AFTER, len(tokens.words)))
    for window in (after, before) if knowledge.verb_last else (before, after):
        for index in window:
            if tense := tense_of(tokens, index, knowledge):
                return tense
    return 0


def forward_tense(tokens: Tokens, first: int, stop: int) -> int:
    """The tense of "by Friday": future, or the future of a past plan, or plain past."""
    before = tokens.entries[max(first - WINDOW_BEFORE, 0) : first]
    if any("WOULD" in entry.values for entry in before):
        return THEN_FUTURE
    near = tokens.entries[max(first - NEAR, 0) : first] + tokens.entries[stop : stop + NEAR]
    return PAST if any("AUX" in entry.values for entry in near) else FUTURE


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
