"""Finds the phrases of a sentence: the longest rule at each token, from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from events.geoparsing.timex.context import FUTURE, PAST, SINCE, THEN_FUTURE
from events.geoparsing.timex.grammar import Rule
from events.geoparsing.timex.knowledge import NOTHING, Found, Knowledge
from events.geoparsing.timex.resolution import values_of
from events.geoparsing.timex.tokens import UNKNOWN, Entry, Tokens

WINDOW = 14
UNTENSED = frozenset({"relday", "duration", "reference", "set", "numeric", "anaphor", "years"})
VERB_WINDOW = 12
SINCE_WINDOW = 4
LONGEST_KEPT, MOST_KEPT = 24, 8192
Spans = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Phrase:
    """A matched phrase: offsets in the text, its rule and values, the tense around it.

    `opens`: it stands at the head of a paragraph that is not the first; `heading`: on a line of its
    own that ends like no sentence.
    """

    start: int
    end: int
    rule: Rule
    values: dict[str, Any]
    tense: int
    sentence: int
    flags: set[str] = field(default_factory=set)
    opens: bool = False
    paragraph: int = 0
    heading: bool = False


def scan(tokens: Tokens, knowledge: Knowledge, sentence: int) -> list[Phrase]:
    """The phrases of one sentence, in order.

    No phrase holds a word that the lexicon does not know, and no rule looks further than one word
    beyond it: what was found in a run of known words between two others holds wherever it recurs.
    """
    found: list[Phrase] = []
    begin, kept = -1, knowledge.runs
    for run in tokens.classes.split(UNKNOWN):
        if run:
            matches = kept.get(run)
            if matches is None:
                matches = remember(run, knowledge)
            for rule, spans in matches:
                found.append(phrase_of(rule, spans, begin, tokens, knowledge, sentence))
        begin += len(run) + 1
    return found


def remember(run: str, knowledge: Knowledge) -> Found:
    """What the rules find in a run, kept for the next time unless the run is long."""
    matches = tuple(find_in(UNKNOWN + run + UNKNOWN, knowledge))
    if len(run) <= LONGEST_KEPT:
        if len(knowledge.runs) >= MOST_KEPT:
            knowledge.runs.clear()
        knowledge.runs[run] = matches
    return matches


def find_in(classes: str, knowledge: Knowledge) -> Iterator[tuple[Rule, Spans]]:
    """The longest rule at each place, from left to right, and where its groups lie."""
    rules, seek = knowledge.rules, knowledge.initials.search
    begin = seek(classes, 1)
    while begin is not None:
        at = begin.start()
        best = longest(rules[classes[at]], classes, at)
        if best is None:
            begin = seek(classes, at + 1)
            continue
        rule, match = best
        if rule.action != NOTHING:
            yield rule, match.regs
        begin = seek(classes, match.end())


def phrase_of(
    rule: Rule, spans: Spans, begin: int, tokens: Tokens, knowledge: Knowledge, sentence: int
) -> Phrase:
    """The phrase that a rule matched, with its values and the tense around it.

    `spans` count from the place before the run, `begin` in the sentence's classes.
    """
    first, stop = begin + spans[0][0] - 1, begin + spans[0][1] - 1
    values = values_of(rule, spans, begin, tokens)
    start, end = tokens.span(first, stop)
    tensed = rule.action not in UNTENSED and "year" not in values
    tense = tense_at(tokens, first, stop, knowledge) if tensed else 0
    found = Phrase(start, end, rule, values, tense, sentence)
    if first and "BY" in tokens.entries[first - 1].values:
        found.flags.add("by")
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

    In a language whose verbs come last only what follows counts. "as early as" directly before the
    phrase looks forward; "by" and "until" tell nothing but that a plan may be meant, and "would"
    tells nothing of "Wednesday's ruling".
    """
    marks = tokens.entries[first - 1].values if first else {}
    if "FORWARD" in marks:
        return FUTURE
    if "SINCE" in marks or (knowledge.verb_last and since_follows(tokens, stop)):
        return SINCE
    before = range(first - 1, max(first - WINDOW, -1), -1)
    if "LIMIT" in marks and any("WOULD" in tokens.entries[i].values for i in before):
        return THEN_FUTURE
    if "LIMIT" in marks and any("GIVEN" in tokens.entries[i].values for i in before):
        return FUTURE
    after = range(stop, min(stop + WINDOW, len(tokens.words)))
    for window in (after[:VERB_WINDOW],) if knowledge.verb_last else (before, after):
        for index in window:
            if tense := tense_of(tokens, index, knowledge):
                known = "LIMIT" in marks and tense == PAST
                owns = tense == THEN_FUTURE and tokens.words[stop : stop + 1] == ["'"]
                return 0 if known or owns else tense
    return 0


def since_follows(tokens: Tokens, stop: int) -> bool:
    """Whether a word for "since" stands behind the phrase, a case ending between them at most."""
    return any("SINCE" in entry.values for entry in tokens.entries[stop : stop + SINCE_WINDOW])


def tense_of(tokens: Tokens, index: int, knowledge: Knowledge) -> int:
    """What one word says of the tense; "would" is the future seen from a past time.

    A participle belongs to the auxiliary before it: "will be closed" is future.
    """
    tense = knowledge.tenses.get(tokens.words[index])
    if tense is None:
        tense = tense_of_word(tokens.words[index], tokens.entries[index], knowledge)
    if tense == PAST:
        auxiliaries = tokens.entries[max(index - 3, 0) : index]
        if any("FUTURE" in entry.values for entry in auxiliaries):
            return FUTURE
        return THEN_FUTURE if any("WOULD" in entry.values for entry in auxiliaries) else PAST
    return tense


def ends_in_the_past(word: str, knowledge: Knowledge) -> bool:
    """Whether a word looks like a past tense, and is none of those that only look so."""
    return word.endswith(knowledge.past_endings) and word not in knowledge.untensed


def tense_of_word(word: str, entry: Entry, knowledge: Knowledge) -> int:
    """What a word by itself says of the tense, kept for the next time."""
    values, tense = entry.values, 0
    if "FUTURE" in values or "PLAN" in values or word.endswith(knowledge.future_endings):
        tense = FUTURE
    elif "WOULD" in values:
        tense = THEN_FUTURE
    elif "PAST" in values or ends_in_the_past(word, knowledge):
        tense = PAST
    if len(knowledge.tenses) >= MOST_KEPT:
        knowledge.tenses.clear()
    knowledge.tenses[word] = tense
    return tense
