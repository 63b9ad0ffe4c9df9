"""From a stretch of text to tokens: words the grammar knows, numbers by their form, the rest.

The regular expression is bounded at every quantifier, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
LETTER = r"[^\W\d_]"
USUAL_LETTERS = {"ar": "\u0621-\u064a", "ru": "а-я", "tr": "a-zçğıöşü"}
UNKNOWN = "x"
EDGE = "\ue000"
FOLDED_MARKS = tuple(zip("’‘ʼ`´–—‑−\u200f\u200e", "'''''----  ", strict=True))
ARABIC_FORMS = tuple(zip("أإآٱىةﻻک", "اااايهلك", strict=True))
DROPPED_MARKS = dict.fromkeys([*range(0x064B, 0x0660), 0x0670, 0x0640])


@dataclass(frozen=True, slots=True)
class Entry:
    """What the grammar knows of a word: its class character and its value in every class.

    `cut` is the length of a clitic in front that does not belong to the expression.
    """

    char: str
    values: Mapping[str, Any]
    cut: int = 0


@dataclass(slots=True)
class Tokens:
    """The tokens of one sentence as parallel lists; offsets are those of the whole text.

    `spans` reaches as far as somebody has asked where a token stands; `classes` holds an edge mark,
    one character a token, and an edge mark again.
    """

    folded: str
    start: int
    words: list[str]
    entries: list[Entry]
    spans: list[tuple[int, int]] = field(default_factory=list)
    classes: str = ""

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Start and end in the text of the tokens from `first` to before `stop`."""
        spans = self.located(stop)
        return spans[first][0] + self.entries[first].cut, spans[stop - 1][1]

    def located(self, count: int) -> list[tuple[int, int]]:
        """Start and end of the first `count` tokens; between two the text has blanks only."""
        spans, find = self.spans, self.folded.index
        at = spans[-1][1] if spans else self.start
        for word in self.words[len(spans) : count]:
            begin = find(word, at)
            at = begin + len(word)
            spans.append((begin, at))
        return spans


def fold(text: str, language: str = "en") -> str:
    """Small letters, plain quotes and dashes, one form a letter; the length never changes."""
    if language == "tr":
        text = text.replace("İ", "i").replace("I", "ı")
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    if language == "ru":
        low = low.replace("ё", "е")
    for mark, plain in (*ARABIC_FORMS, *FOLDED_MARKS) if language == "ar" else FOLDED_MARKS:
        if mark in low:
            low = low.replace(mark, plain)
    return low


def bare(word: str) -> str:
    """A folded word without vowel signs and tatweel."""
    return word if word.isascii() else word.translate(DROPPED_MARKS)


def _any_of(words: list[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in longest) + ")" if words else "(?!)"


def token_forms(suffixes: Mapping[str, list[str]], language: str = "en") -> dict[str, str]:
    """The forms of tokens, the first that fits wins: name -> regular expression without groups.

    `suffixes` are what may follow a figure at once. Its keys: ordinal (21st), day (22-го), decade
    (1980s), year (2018г), apart (5pm: two tokens).
    """
    # Arabic clitics stand before a figure without a blank: "بين 3 و5".
    digits = r"(?<![\d_a-zA-Z])\d" if language == "ar" else r"(?<!\w)\d"
    more = rf"(?:{LETTER}|[{MARKS}])" if language == "ar" else LETTER
    apart = _any_of(suffixes.get("apart", []))
    dates = "|".join(rf"{mark}\d{{1,2}}{mark}" for mark in (r"\.", "/", "-"))
    usual = USUAL_LETTERS.get(language, "a-z")
    return {
        # the same words as the next form finds, found faster
        "usual": rf"[{usual}]{{2,64}}+(?!{more})",
        "word": rf"{LETTER}{more}{{1,63}}",
        "dotted": rf"(?:(?<!\w){LETTER}\.){{1,4}}{LETTER}(?!\w)\.?",
        "letter": LETTER,
        "numdate": rf"{digits}{{1,4}}(?:{dates})\d{{2,4}}(?!\d)",
        "clock": rf"{digits}{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)",
        "dayth": rf"{digits}{{1,2}}{_any_of(suffixes.get('day', []))}(?!\w)",
        "nth": rf"{digits}{{1,2}}{_any_of(suffixes.get('ordinal', []))}(?!\w)",
        "decade": rf"{digits}{{2,4}}{_any_of(suffixes.get('decade', []))}(?!\w)",
        "yearly": rf"{digits}{{4}}{_any_of(suffixes.get('year', []))}(?!\w)",
        "mixed": rf"{digits}{{1,15}}(?!{apart}(?!\w)){LETTER}\w{{0,30}}",
        "big": rf"{digits}{{1,3}}(?:[,\u00a0\u202f٬]\d{{3}}){{1,5}}(?!\d)",
        "decimal": rf"{digits}{{1,15}}(?:\.\d{{1,6}}|[,٫]\d{{1,2}})(?!\d)",
        "integer": rf"{digits}{{1,15}}(?!\d)",
        "endless": rf"{digits}{{16,4000}}(?!\d)",
        "tagged": r"#[^\W_]{1,40}_\w{0,60}",
        "other": r"\S",
    }


def token_pattern(forms: Mapping[str, str], named: bool = False) -> re.Pattern[str]:
    """The tokeniser of these forms; `named`: it tells which form a token has."""
    parts = (f"(?P<{name}>{form})" if named else form for name, form in forms.items())
    return re.compile("|".join(parts))


def integer_classes(digits: str) -> frozenset[str]:
    """The classes a plain figure may belong to by its length and size."""
    value, length = int(digits), len(digits)
    found = {"INT"}
    if length <= 2 and 1 <= value <= 31:
        found.add("DAY")
    if length <= 2 and value <= 24:
        found.add("HOUR")
    if length == 2:
        found.add("YY")
    if length == 4 and 1000 <= value <= 2199:
        found.add("YEAR")
    if length == 4 and value // 100 <= 24 and value % 100 < 60:
        found.add("HHMM")
    return frozenset(found)


def integer_value(digits: str) -> dict[str, int]:
    """The value of a plain figure in each of its classes."""
    return dict.fromkeys(integer_classes(digits), int(digits))


NUMERIC_CLASSES = ("NUMDATE", "CLOCK", "DAYTH", "NTH", "DECADE", "DECIMAL")


def plain_number(text: str) -> float:
    """A figure with a decimal point or comma; anything else is 0."""
    try:
        return float(text.replace(",", ".").replace("٫", "."))
    except ValueError:
        return 0.0


def digits_of(text: str) -> int:
    """The figures of a token read as one whole number (0 when there are none)."""
    figures = "".join(str(int(c)) for c in text if c.isdecimal())
    return int(figures) if figures else 0
