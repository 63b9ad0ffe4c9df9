"""PhraseIndex: the longest known phrases in a text, on word boundaries, over folded words.

A phrase and the text are cut into the same folded words, so case, diacritics, ayn marks, hyphens
and Arabic articles in Latin letters make no difference. What languages glue to a word (Arabic
wa-/bi-/li-/ka-, Russian case endings, Turkish and English endings after an apostrophe) is taken off
only when the rest is a word of the index, and the match spans just the phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import ahocorasick

from .inflection import cyrillic_forms
from .names import ARTICLES, MARKS, NAME_HEADS, WORD, fold_word

_ARABIC_CLITICS = ("و", "ف", "ب", "ل", "وب", "ول", "فب", "فل", "ك", "وك")
_JOINTS = frozenset("-‐‑–")
_PREPOSITIONS = frozenset({"at", "as", "an", "in", "is", "ed", "et", "en", "es", "er", "il", "us"})
_ACRONYMS = frozenset({"US", "IS"})
"""Capitals that look like the article before a sun letter: "US-led", "IS Sinai"."""


_NO_TRIM = (0, 0)
_LONGEST = 256
"""Longer phrases than this many letters are not indexed: no name is as long."""

_MOST_KEPT = 8192
"""So many words of texts are kept with what is glued on them."""


class Token(NamedTuple):
    """A word of a text. `start` includes a joined article ("al-" of "al-Bab"), `body` does not."""

    start: int
    end: int
    body: int
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: code points `start..end`, the payloads it was indexed with.

    `first..last` are indexes into the tokens searched, `last` exclusive.
    """

    start: int
    end: int
    payloads: tuple[Any, ...]
    first: int
    last: int
    key: str


_new = tuple.__new__


def tokenise(text: str) -> list[Token]:
    """The words of a text, an Arabic article before a word joined to it. Linear in the text."""
    tokens: list[Token] = []
    article: tuple[int, int, str] | None = None
    for found in WORD.finditer(text):
        start, end = found.span()
        word = found.group()
        key = word.lower() if word.isalnum() and word.isascii() else fold_word(word)
        head = start
        if article is not None:
            if _joins(text, article, start, key, tokens[-1].key if tokens else ""):
                head = article[0]
            else:
                tokens.append(_article_as_word(article))
            article = None
        if key in ARTICLES and head == start and word not in _ACRONYMS:
            article = (start, end, word)
        else:
            tokens.append(_new(Token, (head, end, start, word, key)))
    if article is not None:
        tokens.append(_article_as_word(article))
    return tokens


def _article_as_word(article: tuple[int, int, str]) -> Token:
    start, end, word = article
    return Token(start, end, start, word, fold_word(word))


def _joins(text: str, article: tuple[int, int, str], start: int, key: str, before: str) -> bool:
    """Whether "al", "ash"... belongs to the word at `start`: by a hyphen, or by a space if it can
    be no preposition, or a capital and the letter of the word say it is an article.

    `before` is the word before it: after "Khan", "Jisr" even "as" and "an" are articles.
    """
    _, end, word = article
    gap = text[end:start]
    if len(gap) != 1:
        return False
    if gap in _JOINTS:
        return True
    if gap != " " or not text[start].isupper() or not word.isascii():
        return False
    small = word.lower()
    agrees = small[1:] == "l" or key.startswith(small[1:])
    return agrees and (small not in _PREPOSITIONS or word[0].isupper() or before in NAME_HEADS)


class PhraseIndex:
    """Phrases with payloads. `PhraseIndex([("al-Dana", place)]).find("in Dana")` -> one Match."""

    def __init__(self, phrases: Iterable[tuple[str, Any]]) -> None:
        self._payloads: list[tuple[Any, ...]] = []
        self._firsts: set[str] = set()
        self._words: set[str] = set()
        self._forms: dict[str, str] = {}
        self._bare: dict[str, tuple[str, int, int]] = {}
        # A phrase's number and length in one integer: no object for each of a great many phrases.
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        listed = list(phrases)
        self._learn_words(phrase for phrase, _ in listed)
        for phrase, payload in listed:
            words = [self._base(token) for token in tokenise(phrase) if token.key]
            if words:
                self._add(words, payload)
        if self._payloads:
            self._automaton.make_automaton()

    def _learn_words(self, phrases: Iterable[str]) -> None:
        """The vocabulary: first the words that are phrases by themselves, then their case forms.

        A word that stands in longer phrases only is taken back to the word it is a form of: the
        index knows "Syria" and "Syria's north" by the one word "syria".
        """
        parts: dict[str, Token] = {}
        for phrase in phrases:
            tokens = [token for token in tokenise(phrase) if token.key]
            if len(tokens) == 1:
                self._words.add(tokens[0].key)
            else:
                parts.update((token.text, token) for token in tokens)
        self._inflect(self._words)
        fresh = {self._base(token) for token in parts.values()} - self._words
        self._inflect(fresh)
        self._words |= fresh

    def _inflect(self, words: Iterable[str]) -> None:
        for word in sorted(words):
            for form in cyrillic_forms(word):
                self._forms.setdefault(form, word)

    def _base(self, token: Token) -> str:
        if token.key in self._words or (token.text.isalpha() and token.text.isascii()):
            return token.key
        form = self._forms.get(token.key)
        if form in self._words:
            return form
        cut = max(token.text.rfind(mark) for mark in MARKS)
        base = fold_word(token.text[:cut]) if cut > 0 else ""
        return base if base in self._words else token.key

    def _add(self, words: list[str], payload: Any) -> None:
        key = f" {' '.join(words)} "
        if len(key) > _LONGEST:
            return
        found = self._automaton.get(key, None)
        if found is None:
            self._automaton.add_word(key, len(self._payloads) * _LONGEST + len(key) - 1)
            self._payloads.append((payload,))
            self._firsts.add(words[0])
        elif payload not in self._payloads[found // _LONGEST]:
            self._payloads[found // _LONGEST] += (payload,)

    def __len__(self) -> int:
        return len(self._payloads)

    def get(self, phrase: str) -> tuple[Any, ...]:
        """The payloads of exactly this phrase, folded; () if it is not known."""
        key = f" {' '.join(self._base(token) for token in tokenise(phrase) if token.key)} "
        found = self._automaton.get(key, None)
        return () if found is None else self._payloads[found // _LONGEST]

    def find(self, text: str, tokens: Sequence[Token] | None = None) -> list[Match]:
        """The leftmost longest phrases, none overlapping another."""
        kept: list[Match] = []
        reach = -1
        for match in self.find_all(text, tokens):
            if match.first >= reach:
                kept.append(match)
                reach = match.last
        return kept

    def find_all(self, text: str, tokens: Sequence[Token] | None = None) -> list[Match]:
        """All phrases, nested and overlapping ones too, by start, then the longest first."""
        words = tokenise(text) if tokens is None else tokens
        keys, trims = self._plain(words)
        matches = []
        for first, last, number in self._occurrences(keys):
            start = words[first].start
            end = words[last - 1].end
            if trims:
                start += trims.get(first, _NO_TRIM)[0]
                end -= trims.get(last - 1, _NO_TRIM)[1]
            key = " ".join(keys[first:last])
            matches.append(Match(start, end, self._payloads[number], first, last, key))
        return matches

    def find_payloads(self, tokens: Sequence[Token]) -> list[tuple[int, int, tuple[Any, ...]]]:
        """(first token, last token exclusive, payloads) of all phrases, ordered as `find_all`."""
        keys, _ = self._plain(tokens)
        return [
            (first, last, self._payloads[number]) for first, last, number in self._occurrences(keys)
        ]

    def _occurrences(self, keys: Sequence[str]) -> list[tuple[int, int, int]]:
        """(first token, last token exclusive, phrase number) of every phrase in folded words."""
        if not keys or not self._payloads:
            return []
        starts = accumulate((len(key) + 1 for key in keys), initial=0)
        bounds = {position: number for number, position in enumerate(starts)}
        found = [
            (bounds[last - value % _LONGEST], bounds[last], value // _LONGEST)
            for last, value in self._automaton.iter(f" {' '.join(keys)} ")
        ]
        found.sort(key=_by_start_then_length)
        return found

    def _plain(self, tokens: Sequence[Token]) -> tuple[list[str], dict[int, tuple[int, int]]]:
        """For each token the word of the index it is, "" for none; and for the tokens that carry
        something glued on, how much to take off their two ends."""
        known = self._words
        keys = [token.key if token.key in known else "" for token in tokens]
        trims: dict[int, tuple[int, int]] = {}
        for number, key in enumerate(keys):
            if key:
                continue
            token = tokens[number]
            if token.text.isascii() and "'" not in token.text:
                continue
            found = self._bare.get(token.text)
            if found is None:
                if len(self._bare) >= _MOST_KEPT:
                    self._bare.clear()
                found = self._bare[token.text] = self._unglued(token)
            keys[number], before, after = found
            if before or after:
                trims[number] = (before, after)
        return keys, trims

    def _unglued(self, token: Token) -> tuple[str, int, int]:
        form = self._forms.get(token.key)
        if form is not None:
            return form, 0, 0
        cut = max(token.text.rfind(mark) for mark in MARKS)
        if cut > 0:
            base = fold_word(token.text[:cut])
            base = base if base in self._words else self._forms.get(base, "")
            if base:
                return base, 0, len(token.text) - cut
        if "\u0621" <= token.key[:1] <= "\u064a":
            return self._without_clitic(token)
        return "", 0, 0

    def _without_clitic(self, token: Token) -> tuple[str, int, int]:
        key = token.key
        for clitic in _ARABIC_CLITICS:
            rest = key[len(clitic) :]
            if len(rest) < (6 if "ك" in clitic else 3) or not key.startswith(clitic):
                continue
            if rest in self._firsts:
                return rest, _raw_length(token.text, len(clitic)), 0
            # li- swallows the alif of the article: lil-atarib is li- before al-atarib.
            if clitic[-1] == "ل" and rest[0] == "ل" and "ا" + rest in self._firsts:
                return "ا" + rest, _raw_length(token.text, len(clitic)), 0
        return "", 0, 0


def _by_start_then_length(item: tuple[int, int, int]) -> tuple[int, int]:
    return item[0], -item[1]


def _raw_length(text: str, letters: int) -> int:
    """How many code points of raw `text` its first `letters` letters take, vowel signs included."""
    position = 0
    while position < len(text) and letters >= 0:
        if fold_word(text[position]) or not position:
            letters -= 1
        if letters >= 0:
            position += 1
    return position
