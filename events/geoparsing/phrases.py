"""PhraseIndex: the longest known phrases in a text, on word boundaries, over folded words.

A phrase and the text are cut into the same folded words, so case, diacritics, ayn marks, hyphens
and Arabic articles in Latin letters make no difference. What languages glue to a word (Arabic
wa-/bi-/li-/ka-, Russian case endings, Turkish and English endings after an apostrophe) is taken off
only when the rest is a word of the index, and the match spans just the phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from .inflection import cyrillic_bases
from .names import ARTICLES, MARKS, NAME_HEADS, WORD, fold_word

_ARABIC_CLITICS = ("و", "ف", "ب", "ل", "وب", "ول", "فب", "فل", "ك", "وك")
_JOINTS = frozenset("-‐‑–")
_PREPOSITIONS = frozenset({"at", "as", "an", "in", "is", "ed", "et", "en", "es", "er", "il", "us"})
_ACRONYMS = frozenset({"US", "IS"})
"""Capitals that look like the article before a sun letter: "US-led", "IS Sinai"."""

_NO_WORD = ("", 0, 0)
_LONGEST = 256
"""Longer phrases than this many letters are not indexed: no name is as long."""

_LEAST_BASE = 5
_MOST_KEPT = 8192
"""So many words of texts are kept with what is glued on them."""


class Token(NamedTuple):
    """A word of a text. `start` includes a joined article ("al-" of "al-Bab"), `body` does not."""

    start: int
    end: int
    body: int
    text: str
    key: str


class Match(NamedTuple):
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
        word = found[0]
        key = word.lower() if word.isalnum() and word.isascii() else fold_word(word)
        if article is None and key not in ARTICLES:
            tokens.append(_new(Token, (start, end, start, word, key)))
            continue
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


class _Several(tuple[Any, ...]):
    """The payloads of a phrase that has more than one: most have one, which is held bare."""

    __slots__ = ()


class PhraseIndex:
    """Phrases with payloads. `PhraseIndex([("al-Dana", place)]).find("in Dana")` -> one Match.

    A table from each phrase to its payloads, and one from each word to the length of the longest
    phrase it begins: half the memory of an automaton over letters, and as fast, since most words
    of a text begin no phrase.
    """

    def __init__(self, phrases: Iterable[tuple[str, Any]]) -> None:
        self._phrases: dict[str, Any] = {}
        self._reach: dict[str, int] = {}
        self._bare: tuple[dict[str, tuple[str, int, int]], ...] = ({}, {})
        longer = []
        for phrase, payload in phrases:
            keys = [token.key for token in tokenise(phrase) if token.key]
            if len(keys) == 1:
                self._add([phrase if phrase == keys[0] else keys[0]], payload)
            elif keys:
                longer.append((phrase, payload))
        self._learn_parts(phrase for phrase, _ in longer)
        for phrase, payload in longer:
            self._add([self._base(token) for token in tokenise(phrase) if token.key], payload)

    def _learn_parts(self, phrases: Iterable[str]) -> None:
        """The words that stand in longer phrases only, taken back to the word they are a form of:
        the index knows "Syria" and "Syria's north" by the one word "syria"."""
        parts = {token.text: token for phrase in phrases for token in tokenise(phrase) if token.key}
        for word in {self._base(token) for token in parts.values()}:
            self._reach.setdefault(word, 0)

    def _base(self, token: Token) -> str:
        if token.key in self._reach or (token.text.isalpha() and token.text.isascii()):
            return token.key
        form = self._form(token.key)
        if form:
            return form
        cut = max(token.text.rfind(mark) for mark in MARKS)
        base = fold_word(token.text[:cut]) if cut > 0 else ""
        return base if base in self._reach else token.key

    def _form(self, key: str) -> str:
        """The word of the index that a Cyrillic word is a case form of, one that is a phrase or
        begins one before one inside phrases; "" for none."""
        reach = self._reach
        bases = cyrillic_bases(key, reach)
        return min(bases, key=lambda base: (not reach[base], base), default="")

    def _add(self, words: list[str], payload: Any) -> None:
        key = " ".join(words)
        if len(key) > _LONGEST:
            return
        for word in words[1:]:
            self._reach.setdefault(word, 0)
        self._reach[words[0]] = max(self._reach.get(words[0], 0), len(words))
        held = self._phrases.setdefault(key, payload)
        payloads = held if type(held) is _Several else (held,)
        if payload not in payloads:
            self._phrases[key] = _Several((*payloads, payload))

    def __len__(self) -> int:
        return len(self._phrases)

    def get(self, phrase: str) -> tuple[Any, ...]:
        """The payloads of exactly this phrase, folded; () if it is not known."""
        key = " ".join(self._base(token) for token in tokenise(phrase) if token.key)
        return self._payloads(key) if key in self._phrases else ()

    def _payloads(self, key: str) -> tuple[Any, ...]:
        held = self._phrases[key]
        return held if type(held) is _Several else (held,)

    def find(self, text: str, tokens: Sequence[Token] | None = None) -> list[Match]:
        """The leftmost longest phrases, none overlapping another."""
        kept: list[Match] = []
        reach = -1
        for match in self.find_all(text, tokens):
            if match.first >= reach:
                kept.append(match)
                reach = match.last
        return kept

    def find_all(
        self,
        text: str,
        tokens: Sequence[Token] | None = None,
        starts: Sequence[int] | None = None,
        endings: tuple[str, ...] = (),
    ) -> list[Match]:
        """All phrases, nested and overlapping ones too, by start, then the longest first; with
        `starts` those that start at one of these tokens. `endings` may be glued to any word."""
        words = tokenise(text) if tokens is None else tokens
        matches = []
        for first, last, payloads, key in self._occurrences(words, starts, endings):
            start, end = words[first].start, words[last - 1].end
            if not key.startswith(words[first].key):
                start += self._known(words[first], endings)[1]
            if not key.endswith(words[last - 1].key):
                end -= self._known(words[last - 1], endings)[2]
            matches.append(_new(Match, (start, end, payloads, first, last, key)))
        return matches

    def find_payloads(self, tokens: Sequence[Token]) -> list[tuple[int, int, tuple[Any, ...]]]:
        """(first token, last token exclusive, payloads) of all phrases, ordered as `find_all`."""
        return [found[:3] for found in self._occurrences(tokens)]

    def _occurrences(
        self,
        tokens: Sequence[Token],
        starts: Sequence[int] | None = None,
        endings: tuple[str, ...] = (),
    ) -> list[tuple[int, int, tuple[Any, ...], str]]:
        """(first token, last token exclusive, payloads, key) of every phrase."""
        found: list[tuple[int, int, tuple[Any, ...], str]] = []
        reach_of, phrases = self._reach, self._phrases
        for first in range(len(tokens)) if starts is None else starts:
            _start, _end, _body, text, key = tokens[first]
            reach = reach_of.get(key)
            if not reach:
                if not endings and text.isascii() and "'" not in text:
                    continue
                key = self._known(tokens[first], endings)[0]
                reach = reach_of[key] if key else 0
            if reach > 1:
                self._longer(tokens, first, key, reach, endings, found)
            if reach:
                held = phrases.get(key)
                if held is not None:
                    payloads = held if type(held) is _Several else (held,)
                    found.append((first, first + 1, payloads, key))
        return found

    def _longer(
        self,
        tokens: Sequence[Token],
        first: int,
        key: str,
        reach: int,
        endings: tuple[str, ...],
        found: list[tuple[int, int, tuple[Any, ...], str]],
    ) -> None:
        """Adds the phrases of more than one word that start at a token, the longest first."""
        place = len(found)
        last = first + 1
        for _start, _end, _body, text, word in tokens[last : first + reach]:
            if word not in self._reach:
                if not endings and text.isascii() and "'" not in text:
                    return
                word = self._known(tokens[last], endings)[0]
                if not word:
                    return
            key = f"{key} {word}"
            last += 1
            if key in self._phrases:
                found.insert(place, (first, last, self._payloads(key), key))

    def _known(self, token: Token, endings: tuple[str, ...] = ()) -> tuple[str, int, int]:
        """The word of the index that a token with something glued on is, "" for none, and how
        much to take off the token's two ends."""
        text = token.text
        if not endings and text.isascii() and "'" not in text:
            return _NO_WORD
        kept = self._bare[bool(endings)]
        found = kept.get(text)
        if found is None:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            found = self._unglued(token)
            if endings and not found[0]:
                found = self._without_ending(token.key, endings)
            kept[text] = found
        return found

    def _without_ending(self, key: str, endings: tuple[str, ...]) -> tuple[str, int, int]:
        """A word of five letters and more under an ending: "Darkuşta" is Darkuş and -ta."""
        for ending in endings:
            base = key.removesuffix(ending)
            if len(base) >= _LEAST_BASE and base != key and base in self._reach:
                return base, 0, len(ending)
        return _NO_WORD

    def _unglued(self, token: Token) -> tuple[str, int, int]:
        form = self._form(token.key)
        if form:
            return form, 0, 0
        cut = max(token.text.rfind(mark) for mark in MARKS)
        if cut > 0:
            base = fold_word(token.text[:cut])
            base = base if base in self._reach else self._form(base)
            if base:
                return base, 0, len(token.text) - cut
        if "\u0621" <= token.key[:1] <= "\u064a":
            return self._without_clitic(token)
        return _NO_WORD

    def _without_clitic(self, token: Token) -> tuple[str, int, int]:
        key = token.key
        for clitic in _ARABIC_CLITICS:
            rest = key[len(clitic) :]
            least = 6 if "ك" in clitic else 2 if self._reach.get(rest, 0) > 1 else 3
            if len(rest) < least or not key.startswith(clitic):
                continue
            if self._reach.get(rest):
                return rest, _raw_length(token.text, len(clitic)), 0
            # li- swallows the alif of the article: lil-atarib is li- before al-atarib.
            if clitic[-1] == "ل" and rest[0] == "ل" and self._reach.get("ا" + rest):
                return "ا" + rest, _raw_length(token.text, len(clitic)), 0
        return _NO_WORD


def _raw_length(text: str, letters: int) -> int:
    """How many code points of raw `text` its first `letters` letters take, vowel signs included."""
    position = 0
    while position < len(text) and letters >= 0:
        if fold_word(text[position]) or not position:
            letters -= 1
        if letters >= 0:
            position += 1
    return position
