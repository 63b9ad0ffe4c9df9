"""The forms that nouns of persons take beside a count, made from the word of the lexicon.

Arabic: a man ("رجل"), with the ending of the object ("رجلا"), a woman of the kind ("طفلة"), and the
dual, which counts two in the noun itself: "رجلان", "طفلتين", with whose they are "طفلاها", "طفليه".
Turkish: the cases and owners of one person ("çocuğu", "valisini", "polisimizin"), no plural.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

_WHOSE = ("ه", "ها", "هما", "هم")
"""His, her, their."""
_FEMININE = "ة"
_VOWELS = "aıeiouöü"
_HIGH = dict(zip(_VOWELS, "ııiiuuüü", strict=True))
"""The high vowel of an ending by the last vowel of its noun."""
_AFTER_CONSONANT = ("V", "Vn", "VnV", "VnVn", "VmVz", "VmVzV", "VmVzVn")
_AFTER_VOWEL = ("yV", "nVn", "sV", "sVnV", "sVnVn", "mVz", "mVzV", "mVzVn")


def single_forms(table: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """One person of each noun; nouns of `kin` also with whose they are ("زوجته"). Nouns of
    `turkish` with the endings of that language."""
    adjectives = frozenset(table.get("adjectives", ()))
    for noun in _all(table):
        yield noun
        if not noun.endswith(_FEMININE):
            yield noun + "ا"
            if noun not in adjectives:
                yield noun + _FEMININE
    for noun in table.get("kin", ()):
        stems = [_base(noun) + "ت"] if noun.endswith(_FEMININE) else [noun, noun + "ت"]
        yield from (stem + whose for stem in stems for whose in _WHOSE)
    for noun in table.get("turkish", ()):
        yield from _turkish_forms(noun)


def _turkish_forms(noun: str) -> Iterator[str]:
    yield noun
    last = next((letter for letter in reversed(noun) if letter in _HIGH), "")
    if not last:
        return
    ends_open = noun[-1] in _HIGH
    stem = noun[:-1] + "ğ" if noun.endswith("k") and len(noun) > 3 else noun  # çocuk, çocuğu
    for ending in _AFTER_VOWEL if ends_open else _AFTER_CONSONANT:
        yield stem + ending.replace("V", _HIGH[last])


def dual_forms(table: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Two persons of each noun. Where "-ين" also makes the plural (`plural_in_in`, `adjectives`)
    it counts nobody: "مدنيين" may be any number."""
    plurals = {*table.get("plural_in_in", ()), *table.get("adjectives", ())}
    for noun in _all(table):
        woman = _base(noun) + "ت"
        yield from (woman + "ان", woman + "ين")
        if not noun.endswith(_FEMININE):
            yield noun + "ان"
            if noun not in plurals:
                yield noun + "ين"
    for noun in table.get("kin", ()):
        stems = [_base(noun) + "ت"] if noun.endswith(_FEMININE) else [noun, noun + "ت"]
        yield from (stem + mark + whose for stem in stems for mark in "اي" for whose in _WHOSE)


def with_duals(figures: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, int]:
    """The number words of a lexicon and the duals of its nouns."""
    return dict.fromkeys(dual_forms(figures.get("nouns", {})), 2) | dict(numbers)


def _all(table: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The Arabic nouns of all lists."""
    lists = (nouns for name, nouns in table.items() if name != "turkish")
    return dict.fromkeys(noun for nouns in lists for noun in nouns)


def _base(noun: str) -> str:
    return noun.removesuffix(_FEMININE)
