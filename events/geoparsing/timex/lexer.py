"""Cuts a sentence into Tokens with the knowledge of one language."""

from __future__ import annotations

import re
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
NUMBER_PART = re.compile(r"\d{1,15}")


def tokenise(folded: str, start: int, end: int, knowledge: Knowledge) -> Tokens:
    """The tokens of `folded[start:end]` (the folded text of a report)."""
    tokens = Tokens()
    starts, ends, words, entries = tokens.starts, tokens.ends, tokens.words, tokens.entries
    known, heads, unknown = knowledge.entries, knowledge.phrases, knowledge.unknown
    has_head = False
    for found in knowledge.pattern.finditer(folded, start, end):
        kind = found.lastgroup
        word = found[0]
        at, stop = found.span()
        if kind == "word":
            entry = known.get(word)
            if entry is None and not word.isascii():
                word = bare(word)
                entry = known.get(word)
            if stop < end and folded[stop] == "." and (dotted := known.get(word + ".")):
                entry, stop = dotted, stop + 1
            has_head = has_head or word in heads
            if entry is None:
                entry = unknown
            elif entry.cut:
                at += entry.cut
        elif kind in ("other", "dotted"):
            if kind == "other" and starts and ends[-1] > at:
                continue
            entry = known.get(word, unknown)
        else:
            entry = number_entry(kind or "", word, knowledge)
        starts.append(at)
        ends.append(stop)
        words.append(word)
        entries.append(entry)
    if has_head:
        tokens = join_phrases(tokens, knowledge)
    tokens.classes = EDGE + "".join([entry.char for entry in tokens.entries]) + EDGE
    return tokens


def join_phrases(tokens: Tokens, knowledge: Knowledge) -> Tokens:
    """The tokens with phrases of the lexicon ("day before yesterday") made one token each."""
    joined, at, words = Tokens(), 0, tokens.words
    while at < len(words):
        length, entry = 1, tokens.entries[at]
        for tail, phrase in knowledge.phrases.get(words[at], ()):
            if tuple(words[at + 1 : at + 1 + len(tail)]) == tail:
                length, entry = len(tail) + 1, phrase
                break
        joined.starts.append(tokens.starts[at] + (entry.cut if length > 1 else 0))
        joined.ends.append(tokens.ends[at + length - 1])
        joined.words.append(" ".join(words[at : at + length]))
        joined.entries.append(entry)
        at += length
    return joined


def number_entry(kind: str, text: str, knowledge: Knowledge) -> Entry:
    """The entry of a token that begins with a figure; `kind` is the tokeniser's group name."""
    if kind == "integer":
        classes = integer_classes(text)
        return Entry(knowledge.integers.get(classes, knowledge.unknown.char), integer_value(text))
    if kind in ("yearly", "big"):
        value = digits_of(text)
        classes = integer_classes("2018") if kind == "yearly" else frozenset({"INT"})
        return Entry(knowledge.integers[classes], dict.fromkeys(classes, value))
    if kind == "mixed":
        return knowledge.unknown
    name = kind.upper()
    value = special_value(kind, text, knowledge)
    return knowledge.unknown if value is None else Entry(knowledge.numerics[name], {name: value})


def special_value(kind: str, text: str, knowledge: Knowledge) -> Any:
    """What a numeric token stands for; None where it stands for nothing (31.31.2018)."""
    if kind == "nth":
        value = digits_of(text)
        return value if 1 <= value <= 100 else None
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
