"""Word patterns that a linguist writes in the lexicon, found in a text in one pass.

A pattern is one or more words. `*` at an end of a word stands for any ending (`shell*`) or any
beginning (`*acak`), at both ends for "contains". A word in capitals (`US`, `ИГ`) matches capitals
only. Letters are folded as names are, so case, diacritics and Arabic letter forms make no
difference. Arabic words are also tried without wa-, fa-, bi-, li-, ka- and the article. An index
made `exact` keeps the letters of Turkish apart, where "oldu" is no "öldü".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .names import MARKS, fold_word
from .phrases import Token, tokenise

_CACHE_LIMIT = 50_000
_SAMPLE = 5_000
_STEM = 2
"""Least number of letters before a `*`, so that no pattern matches everything."""


class Hit(NamedTuple):
    """A pattern found: tokens `first..last` (exclusive), and the label it was given."""

    first: int
    last: int
    label: str


class _Word(NamedTuple):
    key: str
    open_start: bool
    open_end: bool
    capitals: bool

    def fits(self, forms: Sequence[str], text: str) -> bool:
        if self.capitals and not text.isupper():
            return False
        key = self.key
        if self.open_start:
            return any(key in f if self.open_end else f.endswith(key) for f in forms)
        return any(f.startswith(key) if self.open_end else f == key for f in forms)


_TURKISH_CAPITALS = str.maketrans({"İ": "i", "I": "ı"})
_NO_MARKS = str.maketrans(dict.fromkeys(MARKS, "") | {"â": "a", "î": "i", "û": "u"})
_TURKISH_LETTERS = frozenset("ğışçöü")


def is_turkish(text: str) -> bool:
    """Whether a text is written with the letters of Turkish, not in plain Latin ones."""
    return not _TURKISH_LETTERS.isdisjoint(text[:_SAMPLE])


def turkish_letters(word: str) -> str:
    """A word in small letters, those of Turkish kept: "ÖLDÜ" and "öldü" are one, "oldu" is not."""
    return word.translate(_TURKISH_CAPITALS).lower().translate(_NO_MARKS)


_Rule = tuple[tuple[_Word, ...], str]


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
        elif form[:1] in ("ب", "ل", "ك") and len(form) > 4:
            forms.append(form[1:])
    forms += [form[2:] for form in tuple(forms) if form.startswith("ال") and len(form) > 4]
    return tuple(dict.fromkeys(forms))


class PatternIndex:
    """Labelled patterns. `PatternIndex([("shell*", "x")]).find(tokenise("was shelled"))`."""

    def __init__(self, patterns: Iterable[tuple[str, str]], exact: bool = False) -> None:
        self._fold = turkish_letters if exact else fold_word
        self._exact_letters = exact
        self._exact: dict[str, list[_Rule]] = {}
        self._prefix: dict[str, list[_Rule]] = {}
        self._open: list[_Rule] = []
        self._cache: dict[str, tuple[_Rule, ...]] = {}
        for pattern, label in patterns:
            words = tuple(self._parse(word) for word in _split(pattern))
            if words and all(word.key for word in words):
                self._add((words, label))

    def _add(self, rule: _Rule) -> None:
        first = rule[0][0]
        if first.open_start:
            self._open.append(rule)
        elif first.open_end:
            self._prefix.setdefault(first.key[:_STEM], []).append(rule)
        else:
            self._exact.setdefault(first.key, []).append(rule)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every pattern at every place, in the order of the text, the longest first."""
        hits: list[Hit] = []
        for number, token in enumerate(tokens):
            key = turkish_letters(token.text) if self._exact_letters else token.key
            rules = self._cache.get(key)
            if rules is None:
                rules = self._starting(key)
            for words, label in rules:
                if self._follows(words, tokens, number):
                    hits.append(Hit(number, number + len(words), label))
        return hits

    def _starting(self, key: str) -> tuple[_Rule, ...]:
        """The rules whose first word this may be, the longest first; kept for the next time."""
        forms = forms_of(key)
        rules = [rule for form in forms for rule in self._exact.get(form, ())]
        for stem in dict.fromkeys(form[:_STEM] for form in forms):
            rules += [r for r in self._prefix.get(stem, ()) if r[0][0].fits(forms, key.upper())]
        rules += [r for r in self._open if r[0][0].fits(forms, key.upper())]
        found = tuple(sorted(dict.fromkeys(rules), key=lambda rule: -len(rule[0])))
        if len(self._cache) < _CACHE_LIMIT:
            self._cache[key] = found
        return found

    def _follows(self, words: tuple[_Word, ...], tokens: Sequence[Token], number: int) -> bool:
        if words[0].capitals and not tokens[number].text.isupper():
            return False
        if len(words) == 1:
            return True
        if number + len(words) > len(tokens):
            return False
        return all(
            word.fits(self._forms(token), token.text)
            for word, token in zip(words[1:], tokens[number + 1 : number + len(words)], strict=True)
        )

    def _forms(self, token: Token) -> tuple[str, ...]:
        if self._exact_letters:
            return (turkish_letters(token.text),)
        return forms_of(token.key)

    def _parse(self, word: str) -> _Word:
        bare = word.strip("*")
        capitals = len(bare) > 1 and bare.isupper()
        return _Word(self._fold(bare), word.startswith("*"), word.endswith("*"), capitals)


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
