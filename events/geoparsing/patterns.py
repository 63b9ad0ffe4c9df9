"""Word patterns that a linguist writes in the lexicon, found in a text in one pass.

A pattern is one or more words. `*` at an end of a word stands for any ending (`shell*`) or any
beginning (`*acak`), at both ends for "contains". A word in capitals (`US`, `ИГ`) matches capitals
only. Letters are folded as names are, so case, diacritics and Arabic letter forms make no
difference. Arabic words are also tried without wa-, fa-, bi-, li-, ka- and the article. An index
made `exact` keeps the letters of Turkish apart, where "oldu" is no "öldü".
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from .names import MARKS, fold_word
from .phrases import Token, tokenise

_CACHE_LIMIT = 50_000
_CACHED_LENGTH = 100_000
_SAMPLE = 5_000
_STEM = 2
"""Least number of letters before a `*`, so that no pattern matches everything."""


class Hit(NamedTuple):
    """A pattern found: tokens `first..last` (exclusive), and the label it was given."""

    first: int
    last: int
    label: Any


class _Word(NamedTuple):
    key: str
    open_start: bool
    open_end: bool
    capitals: bool

    def fits(self, forms: Sequence[str]) -> bool:
        key = self.key
        if self.open_start:
            return any(key in f if self.open_end else f.endswith(key) for f in forms)
        return any(f.startswith(key) if self.open_end else f == key for f in forms)


class _Rule(NamedTuple):
    """A pattern by the numbers of its words; `capitals` where a word wants capitals."""

    words: tuple[int, ...]
    label: Any
    capitals: bool


class _Known(NamedTuple):
    """What is known of a word of a text: the pattern words it fits, the labels of patterns of this
    one word, those that want capitals, and the rules of more words by their second word."""

    words: frozenset[int]
    labels: tuple[Any, ...]
    capitals: tuple[Any, ...]
    longer: dict[int, list[_Rule]]


_NOTHING = _Known(frozenset(), (), (), {})
_new = tuple.__new__
_TURKISH_CAPITALS = str.maketrans({"İ": "i", "I": "ı"})
_NO_MARKS = str.maketrans(dict.fromkeys(MARKS, "") | {"â": "a", "î": "i", "û": "u"})
_TURKISH_LETTERS = frozenset("ğışçöü")


def is_turkish(text: str) -> bool:
    """Whether a text is written with the letters of Turkish, not in plain Latin ones."""
    return not _TURKISH_LETTERS.isdisjoint(text[:_SAMPLE])


def turkish_letters(word: str) -> str:
    """A word in small letters, those of Turkish kept: "ÖLDÜ" and "öldü" are one, "oldu" is not."""
    return word.translate(_TURKISH_CAPITALS).lower().translate(_NO_MARKS)


def words_of_text(text: str) -> Sequence[Token]:
    """The words of a report; those of the last one are kept, for the next step asks for them."""
    return _kept_words(text) if len(text) <= _CACHED_LENGTH else tokenise(text)


@functools.lru_cache(maxsize=2)
def _kept_words(text: str) -> tuple[Token, ...]:
    return tuple(tokenise(text))


@functools.lru_cache(maxsize=16384)
def forms_of(key: str) -> tuple[str, ...]:
    """The folded word itself and, in Arabic, what is left without its clitics and article."""
    if not "\u0621" <= key[:1] <= "\u064a":
        return (key,)
    forms = [key]
    for clitic in ("و", "ف"):
        if key.startswith(clitic) and len(key) > 3:
            forms.append(key[1:])
    for form in tuple(forms):
        if form[:2] == "لل" and len(form) > 4:
            forms.append(form[2:])
        elif form[:1] in ("ب", "ل", "ك") and len(form) > 3:
            forms.append(form[1:])
    forms += [form[2:] for form in tuple(forms) if form.startswith("ال") and len(form) > 4]
    return tuple(dict.fromkeys(forms))


class PatternIndex:
    """Labelled patterns. `PatternIndex([("shell*", "x")]).find(tokenise("was shelled"))`."""

    def __init__(self, patterns: Iterable[tuple[str, Any]], exact: bool = False) -> None:
        self._letters = turkish_letters if exact else None
        self._numbers: dict[_Word, int] = {}
        self._words: list[_Word] = []
        self._by_stem: dict[str, list[int]] = {}
        self._open: list[int] = []
        self._rules: dict[int, list[_Rule]] = {}
        self._cache: dict[str, _Known] = {}
        for pattern, label in patterns:
            words = [self._parse(word) for word in _split(pattern)]
            if words and all(word.key for word in words):
                numbers = tuple(self._number(word) for word in words)
                rule = _Rule(numbers, label, any(word.capitals for word in words))
                self._rules.setdefault(numbers[0], []).append(rule)

    def _parse(self, word: str) -> _Word:
        bare = word.strip("*")
        key = self._letters(bare) if self._letters else fold_word(bare)
        capitals = len(bare) > 1 and bare.isupper()
        return _Word(key, word.startswith("*"), word.endswith("*"), capitals)

    def _number(self, word: _Word) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._words)
            self._words.append(word)
            if word.open_start:
                self._open.append(number)
            else:
                self._by_stem.setdefault(word.key[:_STEM], []).append(number)
        return number

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every pattern at every place, in the order of the text."""
        known = self._read(tokens)
        hits: list[Hit] = []
        end = len(known) - 1
        for first, word in enumerate(known):
            if word is _NOTHING:
                continue
            _, labels, capitals, longer = word
            for label in labels:
                hits.append(_new(Hit, (first, first + 1, label)))
            if capitals and tokens[first].text.isupper():
                hits += [Hit(first, first + 1, label) for label in capitals]
            if longer and first < end:
                self._find_longer(tokens, known, first, hits)
        return hits

    def _read(self, tokens: Sequence[Token]) -> list[_Known]:
        """What is known of each word."""
        cache, missing = self._cache, self._look_up
        words = [token.text for token in tokens] if self._letters else [t.key for t in tokens]
        return [cache[word] if word in cache else missing(word) for word in words]

    def _find_longer(
        self, tokens: Sequence[Token], known: list[_Known], first: int, hits: list[Hit]
    ) -> None:
        longer = known[first].longer
        for second in known[first + 1].words:
            for rule in longer.get(second, ()):
                if len(rule.words) > 2 and not self._follows(rule, known, first):
                    continue
                if not rule.capitals or self._in_capitals(rule, tokens, first):
                    hits.append(Hit(first, first + len(rule.words), rule.label))

    def _look_up(self, word: str) -> _Known:
        """What is known of a word, kept for the next time it is met."""
        key = self._letters(word) if self._letters else word
        forms = (key,) if self._letters else forms_of(key)
        numbers = {
            number
            for stem in dict.fromkeys(form[:_STEM] for form in forms)
            for number in self._by_stem.get(stem, ())
            if self._words[number].fits(forms)
        }
        numbers.update(number for number in self._open if self._words[number].fits(forms))
        known = self._known(numbers) if numbers else _NOTHING
        if len(self._cache) < _CACHE_LIMIT:
            self._cache[word] = known
        return known

    def _known(self, numbers: set[int]) -> _Known:
        labels: dict[bool, list[Any]] = {False: [], True: []}
        longer: dict[int, list[_Rule]] = {}
        for rule in (rule for number in sorted(numbers) for rule in self._rules.get(number, ())):
            if len(rule.words) == 1:
                labels[rule.capitals].append(rule.label)
            else:
                longer.setdefault(rule.words[1], []).append(rule)
        bare, capitals = tuple(labels[False]), tuple(labels[True])
        return _Known(frozenset(numbers), bare, capitals, longer or _NOTHING.longer)

    @staticmethod
    def _follows(rule: _Rule, known: list[_Known], first: int) -> bool:
        if first + len(rule.words) > len(known):
            return False
        return all(number in known[place].words for place, number in enumerate(rule.words, first))

    def _in_capitals(self, rule: _Rule, tokens: Sequence[Token], first: int) -> bool:
        return all(
            tokens[first + place].text.isupper()
            for place, number in enumerate(rule.words)
            if self._words[number].capitals
        )


def _split(pattern: str) -> list[str]:
    """The words of a pattern with their stars, cut where the text itself would be cut."""
    words: list[str] = []
    for piece in pattern.split():
        inner = [token.text for token in tokenise(piece.strip("*"))]
        if inner:
            inner[0] = "*" + inner[0] if piece.startswith("*") else inner[0]
            inner[-1] = inner[-1] + "*" if piece.endswith("*") else inner[-1]
            words += inner
    return words
