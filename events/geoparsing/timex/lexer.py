"""Cuts a sentence into Tokens with the knowledge of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import repeat
from operator import attrgetter
from typing import Any

from events.geoparsing.timex.calendar import safe_date
from events.geoparsing.timex.knowledge import Knowledge
from events.geoparsing.timex.tokens import (
    EDGE,
    Entry,
    Tokens,
    bare,
    digits_of,
    integer_classes,
    integer_value,
    plain_number,
)

PIVOT = 40
CHAR = attrgetter("char")
MOST_FIGURES, LONGEST_FIGURE = 4096, 24
FIGURE = re.compile(r"\d")
MARKED = re.compile("[\u064b-\u065f\u0670\u0640]")
NUMBER_PART = re.compile(r"\d{1,15}")


def tokenise(text: str, folded: str, start: int, end: int, knowledge: Knowledge) -> Tokens | None:
    """The tokens of `folded[start:end]`; `folded` is the folded `text` of a report.

    None where there is neither a figure nor a word that a phrase cannot do without.
    """
    words = knowledge.pattern.findall(folded, start, end)
    figures = FIGURE.search(folded, start, end) is not None
    marked = knowledge.marked and MARKED.search(folded, start, end) is not None
    if not figures and not marked and knowledge.needed.isdisjoint(words):
        return None
    known, unknown = knowledge.entries.get, knowledge.unknown
    tokens = Tokens(folded, start, words, list(map(known, words, repeat(unknown))))
    if figures or marked:
        read_unlisted(tokens, knowledge, marked)
    if not knowledge.capitals.isdisjoint(words):
        for at in small_words(text, tokens, knowledge):
            tokens.entries[at] = unknown
    phrased = not (knowledge.heads.isdisjoint(words) or knowledge.seconds.isdisjoint(words))
    if phrased and (joined := phrases_in(words, knowledge)):
        tokens = join_phrases(tokens, joined)
    tokens.classes = EDGE + "".join(map(CHAR, tokens.entries)) + EDGE
    return tokens


def read_unlisted(tokens: Tokens, knowledge: Knowledge, marked: bool) -> None:
    """Gives an entry to figures, and to words that carry vowel signs where the text has them."""
    entries, unknown, figures = tokens.entries, knowledge.unknown, knowledge.figures
    for at, word in enumerate(tokens.words):
        if word[0].isdecimal():
            known = figures.get(word)
            entries[at] = known if known is not None else remember(word, knowledge)
        elif marked and entries[at] is unknown and not word.isascii():
            entries[at] = knowledge.entries.get(bare(word), unknown)


def remember(word: str, knowledge: Knowledge) -> Entry:
    """The entry of a token that begins with a figure, kept for the next time unless it is long."""
    form = knowledge.form_of(word)
    kind = form.lastgroup if form is not None else None
    entry = number_entry(kind or "mixed", word, knowledge)
    if len(word) <= LONGEST_FIGURE:
        if len(knowledge.figures) >= MOST_FIGURES:
            knowledge.figures.clear()
        knowledge.figures[word] = entry
    return entry


def small_words(text: str, tokens: Tokens, knowledge: Knowledge) -> list[int]:
    """The tokens that would be dates with a capital only, and have none."""
    words = tokens.words
    return [
        at
        for at, word in enumerate(words)
        if word in knowledge.capitals
        and text[tokens.located(at + 1)[at][0]].islower()
        and words[at + 1 : at + 2] not in knowledge.capitals_unless
        and (at == 0 or words[at - 1] not in knowledge.capitals_after)
    ]


def phrases_in(words: list[str], knowledge: Knowledge) -> dict[int, tuple[int, Entry]]:
    """First token -> number of tokens and entry of the lexicon's phrases in a sentence."""
    found: dict[int, tuple[int, Entry]] = {}
    heads, seconds, free = knowledge.phrases, knowledge.seconds, 0
    for at in [at for at, word in enumerate(words[1:]) if word in seconds and words[at] in heads]:
        for tail, entry in heads[words[at]] if at >= free else ():
            stop = at + 1 + len(tail)
            if words[at + 1] == tail[0] and words[at + 1 : stop] == tail:
                found[at], free = (len(tail) + 1, entry), stop
                break
    return found


def join_phrases(tokens: Tokens, joined: Mapping[int, tuple[int, Entry]]) -> Tokens:
    """The tokens with phrases of the lexicon ("day before yesterday") made one token each."""
    result, at, spans = (
        Tokens(tokens.folded, tokens.start, [], []),
        0,
        tokens.located(len(tokens.words)),
    )
    while at < len(tokens.words):
        length, entry = joined.get(at, (1, tokens.entries[at]))
        result.spans.append((spans[at][0], spans[at + length - 1][1]))
        result.words.append(" ".join(tokens.words[at : at + length]))
        result.entries.append(entry)
        at += length
    return result


def number_entry(kind: str, text: str, knowledge: Knowledge) -> Entry:
    """The entry of a token that begins with a figure; `kind` is the tokeniser's group name."""
    if kind == "integer":
        classes = integer_classes(text)
        return Entry(knowledge.integers.get(classes, knowledge.unknown.char), integer_value(text))
    if kind in ("yearly", "big"):
        value = digits_of(text)
        classes = integer_classes("2018") if kind == "yearly" else frozenset({"INT"})
        return Entry(knowledge.integers[classes], dict.fromkeys(classes, value))
    if kind in ("mixed", "endless", "other"):
        return knowledge.unknown
    name = kind.upper()
    value = special_value(kind, text, knowledge)
    return knowledge.unknown if value is None else Entry(knowledge.numerics[name], {name: value})


def special_value(kind: str, text: str, knowledge: Knowledge) -> Any:
    """What a numeric token stands for; None where it stands for nothing (31.31.2018)."""
    if kind in ("nth", "dayth"):
        value = digits_of(text)
        return value if 1 <= value <= (31 if kind == "dayth" else 100) else None
    if kind == "decade":
        return decade_value(digits_of(text))
    if kind == "clock":
        hour, minute = (int(part) for part in text.split(":")[:2])
        return (hour, minute) if hour <= 24 and minute < 60 else None
    if kind == "numdate":
        return numeric_date(text, knowledge.settings.get("month_first", False))
    return plain_number(text)


def decade_value(years: int) -> int | None:
    """Two or four figures of a decade as its first three (1980, 80: 198); None if it is none."""
    if years % 10 or 100 <= years < 1000:
        return None
    if years < 100:
        years += 1900 if years >= PIVOT else 2000
    return years // 10


def numeric_date(text: str, month_first: bool) -> tuple[int, int, int] | None:
    """Year, month, day of 2018-07-21, 21.07.2018 or 21/7/18; None when the calendar has none.

    Day first, as the region writes, unless only the other order gives a date.
    """
    figures = NUMBER_PART.findall(text)
    first, second, third = (int(part) for part in figures[:3])
    if len(figures[0]) == 4:
        orders = [(first, second, third)]
    elif len(figures[0]) <= 2 and len(figures[2]) in (2, 4):
        year = third + (2000 if third < PIVOT else 1900) if len(figures[2]) == 2 else third
        orders = [(year, second, first), (year, first, second)]
        orders = orders[::-1] if month_first else orders
    else:
        return None
    return next((order for order in orders if safe_date(*order)), None)
