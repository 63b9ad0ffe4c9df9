"""Russian case forms of a name, and the names that a word of a text may be a form of."""

from __future__ import annotations

from collections.abc import Container, Iterator

_HARD = ("а", "у", "ом", "ем", "е", "ы", "и", "ов", "ам", "ами", "ах")
_SOFT = ("я", "ю", "ем", "е", "и", "ей", "ям", "ями", "ях", "ью")
_ADJECTIVE = (
    "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми", "ий", "ый",
    "его", "ему", "им", "ем", "яя", "ей", "юю", "ее", "ие", "их", "ими",
)  # fmt: skip
_ENDINGS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("ый", "ий", "ая", "яя", "ое", "ее", "ые"), _ADJECTIVE),
    (("ия",), ("ии", "ию", "ией", "ий", "иям", "иями", "иях")),
    (("ие",), ("ия", "ию", "ием", "ии", *_ADJECTIVE)),
    (("а",), ("ы", "и", "е", "у", "ой", "ою", "", "ам", "ами", "ах", "ей")),
    (("я",), ("и", "е", "ю", "ей", "ею", "й", "ям", "ями", "ях")),
    (("о",), ("а", "у", "ом", "е")),
    (("ы", "и"), ("", "ов", "ам", "ами", "ах", "ей", "ям", "ями", "ях")),
    (("ой",), ("ого", "ому", "ым", "ом", "ая", "ую", "ое", "ые", "ых", "ыми")),
    (("ь", "й"), _SOFT),
)
_VOWELS = frozenset("аеиоуыэюя")
_LONGEST_ENDING = 4


def cyrillic_forms(word: str) -> list[str]:
    """The case forms of a folded Cyrillic word, without the word itself; [] for other scripts."""
    if len(word) < 3 or not "а" <= word[-1] <= "я":
        return []
    for endings, forms in _ENDINGS:
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                stem = word[: -len(ending)]
                return [stem + form for form in forms if stem + form != word]
    return [] if word[-1] in _VOWELS else [word + form for form in _HARD]


def _endings_by_form() -> dict[str, tuple[str, ...]]:
    """The endings that the ending of a case form may stand for, those of consonants first."""
    found: dict[str, dict[str, None]] = {form: {"": None} for form in _HARD}
    for endings, forms in _ENDINGS:
        for form in forms:
            found.setdefault(form, {}).update(dict.fromkeys(endings))
    return {form: tuple(endings) for form, endings in found.items()}


_BY_FORM = _endings_by_form()


def cyrillic_bases(form: str, known: Container[str]) -> Iterator[str]:
    """The words of `known` that a folded Cyrillic word is a case form of, the longest stem first.

    The inverse of `cyrillic_forms`: `form in cyrillic_forms(base)` for each of them.
    """
    if len(form) < 3 or not "а" <= form[-1] <= "я":
        return
    for length in range(min(_LONGEST_ENDING, len(form) - 2) + 1):
        stem = form[: len(form) - length]
        for ending in _BY_FORM.get(form[len(stem) :], ()):
            base = stem + ending
            if base in known and base != form and form in cyrillic_forms(base):
                yield base
