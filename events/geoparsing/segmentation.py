"""Sentences and paragraphs, in time linear in the text.

News comes glued ("country.Fights broke out"), with bullets, hard-wrapped lines and abbreviations.
Only terminators are looked at, each with a few characters around it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from events.geoparsing.document import Document, Sentence

TERMINATORS = re.compile(r"[.!?…؟۔]{1,12}")
CLOSERS = "\"'”’»)]›“"
OPENERS = "\"'“‘«(["
BULLETS = re.compile(r"[ \t]{0,8}(?:[•·●▪*–—-]|\(?\d{1,2}[.)])[ \t]")
MAX_SENTENCE = 4000
WRAP_WIDTH = 130
ENDS = tuple('.!?…؟۔:؛;"”»')


def segment(doc: Document, lexicon: Mapping[str, Any]) -> Document:
    """`doc` with `sentences` filled: in order, not overlapping, never blank."""
    table = lexicon.get("segmentation", {})
    abbreviations = frozenset(table.get("abbreviations", "").split())
    starters = frozenset(table.get("starters", "").split())
    figures = frozenset(table.get("before_figures", "").split())
    rules = Rules(abbreviations, starters, figures, bool(table.get("ordinal_dot", False)))
    found: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs(doc.text)):
        for first, last in sentences_of(doc.text, start, end, rules):
            found.append(Sentence(first, last, len(found), number))
    return dataclasses.replace(doc, sentences=tuple(found))


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """What a language knows of full stops.

    `abbreviations` are small letters without the last stop; `starters` are words that begin a
    sentence even after an abbreviation; `before_figures` abbreviate only before a figure (No. 5);
    `ordinal_dot`: a figure with a stop is an ordinal.
    """

    abbreviations: frozenset[str]
    starters: frozenset[str]
    before_figures: frozenset[str]
    ordinal_dot: bool


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph; the lines of a hard-wrapped paragraph stay together."""
    lines = list(line_spans(text))
    wrapped = is_wrapped(text, lines)
    start = end = -1
    for first, last in lines:
        if first == last:
            if start >= 0:
                yield start, end
            start = -1
            continue
        if start >= 0 and not continues(text, start, end, first, wrapped):
            yield start, end
            start = -1
        start, end = (first if start < 0 else start), last
    if start >= 0:
        yield start, end


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line without the blanks around it; a blank line has no length."""
    at = 0
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop]
        kept = line.strip()
        lead = len(line) - len(line.lstrip()) if kept else 0
        yield at + lead, at + lead + len(kept)
        at = stop + 1


def is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether lines are cut at a width rather than at paragraphs."""
    sizes = [end - start for start, end in lines if end > start]
    if len(sizes) < 4 or max(sizes) > WRAP_WIDTH:
        return False
    width = max(sizes)
    full = [(s, e) for s, e in lines if e - s > 0.6 * width]
    broken = sum(text[e - 1] not in ENDS for s, e in full)
    return broken >= 0.4 * len(sizes)


def continues(text: str, start: int, end: int, following: int, wrapped: bool) -> bool:
    """Whether the line at `following` goes on with the sentence that `end` breaks off."""
    if BULLETS.match(text, following) or (text[end - 1] in ENDS and not wrapped):
        return False
    return wrapped or (text[following].islower() and end - start > 20)


def sentences_of(text: str, start: int, end: int, rules: Rules) -> Iterator[tuple[int, int]]:
    """Start and end of the sentences between two offsets, none longer than MAX_SENTENCE."""
    first = start
    for found in TERMINATORS.finditer(text, start, end):
        if found.start() < first:
            continue
        stop = past_closers(text, found.end(), end)
        if ends_sentence(text, found, stop, end, rules):
            yield from capped(text, first, stop)
            first = stop
    yield from capped(text, first, end)


def past_closers(text: str, at: int, end: int) -> int:
    """The offset after closing quotes and brackets that belong to the sentence before."""
    stop = at
    while stop < end and stop - at < 4 and text[stop] in CLOSERS:
        after = text[stop + 1] if stop + 1 < end else " "
        opens = text[stop] in OPENERS and text[stop] not in "”’"
        if opens and not after.isspace() and (stop == at or text[stop] == "“"):
            break
        stop += 1
    return stop


def ends_sentence(text: str, found: re.Match[str], stop: int, end: int, rules: Rules) -> bool:
    """Whether a terminator, with what stands beside it, closes a sentence."""
    if stop >= end:
        return True
    at = found.start()
    follows = text[stop]
    dots = found[0].strip(".") == ""
    spaced = follows.isspace()
    after = first_of_next(text, stop, end)
    if not spaced:
        return glued(text, at, stop, after, dots)
    if not dots:
        return not after.islower()
    if len(found[0]) > 1:
        return not after.islower()
    return not after.islower() and not is_abbreviation(text, at, stop, end, rules)


def first_of_next(text: str, at: int, end: int) -> str:
    """The first letter or figure after an offset, quotes and blanks skipped; "" if none is near."""
    for char in text[at : min(at + 8, end)]:
        if char.isalnum():
            return char
    return ""


def glued(text: str, at: int, stop: int, after: str, dots: bool) -> bool:
    """Whether a sentence ends where no blank follows: "country.Fights", "fell.”After"."""
    before = text[max(at - 3, 0) : at]
    if not after or after.isdigit() or not before or text[stop] in ".,;:-/":
        return False
    if (stop > at + 1 and not dots) or stop - at > 1:
        return not after.islower()
    word = len(before) >= 2 and before[-2:].isalpha()
    if after.isupper():
        return word and (before[-1].islower() or not before[-1].isupper())
    caseless = after.lower() == after.upper()
    return caseless and after.isalpha() and len(before) == 3 and before.isalpha()


def is_abbreviation(text: str, at: int, stop: int, end: int, rules: Rules) -> bool:
    """Whether the stop at `at` belongs to the word before it and ends no sentence."""
    first = at
    while first > 0 and at - first < 24 and (text[first - 1].isalnum() or text[first - 1] == "."):
        first -= 1
    word = text[first:at]
    if not word:
        return False
    if word.isdigit():
        return rules.ordinal_dot and len(word) <= 2
    low = word.lower().replace("\u0307", "")
    if low in rules.before_figures:
        return first_of_next(text, stop, end).isdigit()
    if low not in rules.abbreviations and not is_initial(word):
        return False
    return next_word(text, stop, end) not in rules.starters


def is_initial(word: str) -> bool:
    """J (Smith), U.S, a.m: single letters with stops between them."""
    return all(len(part) == 1 and part.isalpha() for part in word.split("."))


def next_word(text: str, at: int, end: int) -> str:
    """The next word in small letters, at most 24 characters on."""
    words = text[at : min(at + 24, end)].split()
    return words[0].strip(OPENERS + CLOSERS).lower() if words else ""


def capped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without blanks around it, cut at blanks where it is longer than MAX_SENTENCE."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        if text[start:cut].strip():
            yield start, cut
        start = cut + (text[cut : cut + 1] == " ")
    if text[start:end].strip():
        yield start, end
