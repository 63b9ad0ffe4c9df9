"""Russian case forms of a name, so that an index can know them beforehand."""

from __future__ import annotations

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
