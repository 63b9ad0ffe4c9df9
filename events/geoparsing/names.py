"""Keys that the spellings of one name meet on: folding, and the consonant skeleton.

`fold` makes one spelling out of case, diacritics, hamza and ayn marks, articles, hyphens and Arabic
letter forms. `skeleton` also brings together the ways of writing Arabic in Latin and Cyrillic
letters (dh/d/z, q/k/g, kh/h, j/dj, ou/u, -ah/-eh/-a) and Arabic script itself. `loose` keeps the
vowels and is what two spellings are compared by. No Django here: models import this file.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from rapidfuzz.fuzz import ratio

MARKS = "'’‘ʼʿʾʻʽ`´ˈ′"
"""Every typography of hamza, ayn and apostrophe."""

WORD = re.compile(
    rf"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]+"
    rf"(?:[{MARKS}][\w\u0300-\u036f\u064b-\u065f\u0670]+)*"
)

_SUN = ("t", "th", "d", "dh", "r", "z", "s", "sh", "n", "l")
LATIN_ARTICLES = frozenset(
    {f"{vowel}{letter}" for vowel in "aeiu" for letter in _SUN}
    | {f"e{letter}{letter}" for letter in "tdrzsnl"}
    | {f"{vowel}ch" for vowel in "ae"}
    | {"ul", "il", "wal", "wel"}
)
CYRILLIC_ARTICLES = frozenset(
    f"{vowel}{letter}" for vowel in "аэеу" for letter in ("ль", *"лшснтдзржх")
)
NAME_HEADS = frozenset(
    {
        "khan", "kafr", "tall", "tell", "tal", "jisr", "maarrat", "maarat", "maaret", "deir",
        "dayr", "bayt", "beit", "ayn", "ain", "jabal", "jebel", "ras", "bab", "wadi", "khirbat",
        "khirbet",
        "umm", "abu", "qalat", "qalaat", "burj", "bir", "shaykh", "sheikh", "nahr", "sahl",
    }
)  # fmt: skip
"""First words of Arabic place names in Latin letters, before which an article may stand apart."""
ARTICLES = LATIN_ARTICLES | CYRILLIC_ARTICLES

_PLAIN = str.maketrans(
    {
        **dict.fromkeys(MARKS + "ـ", ""),
        "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "æ": "ae", "œ": "oe",
        "ß": "ss", "ə": "e", "ё": "е", "й": "й",
        "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "گ": "ك", "ہ": "ه", "ە": "ه", "ھ": "ه",
        "ٱ": "ا", "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ي", "ء": "",
        "پ": "ب", "چ": "ج", "ڤ": "ف",
        **{digit: str(number) for number, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    }
)  # fmt: skip
_KEEP_SHORT_I = str.maketrans({"й": "\ue000"})
_GIVE_SHORT_I = str.maketrans({"\ue000": "й"})

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "e",
    "ґ": "g", "ў": "w",
}  # fmt: skip
_ARABIC = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
    "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u",
    "ي": "i",
}  # fmt: skip
_TO_LATIN = str.maketrans({**_CYRILLIC, **_ARABIC})
_HISSING = str.maketrans({"ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ğ": "g", "ž": "j", "ǧ": "j"})

_SPELLINGS = (
    ("x", "ks"), ("tch", "$"), ("sch", "$"), ("dzh", "j"), ("dj", "j"), ("dge", "j"), ("kh", "h"),
    ("gh", "g"), ("dh", "d"), ("th", "t"), ("ts", "s"), ("ch", "$"), ("sh", "$"), ("zh", "j"),
    ("ph", "f"), ("qu", "k"), ("mb", "nb"), ("mp", "nb"),
)  # fmt: skip
_CLASSES = str.maketrans({"z": "d", "q": "k", "g": "k", "c": "j", "p": "b", "v": "w"})
_ARABIC_CLASSES = str.maketrans(
    {
        "ا": "", "و": "", "ي": "", "ع": "", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h",
        "خ": "h", "د": "d", "ذ": "d", "ر": "r", "ز": "d", "س": "s", "ش": "$", "ص": "s", "ض": "d",
        "ط": "t", "ظ": "d", "غ": "k", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n",
        "ه": "h",
    }
)  # fmt: skip
_ARABIC_GLIDES = frozenset("اويع")
_VOWELS = frozenset("aeiouyw")
_SCHOLARLY = frozenset("āīūţḑḩẕåáíúḥṣḍṭẓ‘ʿ")
_FEMININE = ("ah", "eh")
_FEMININE_JOINED = ("at", "et", "ah", "eh")
_JOINED_ARTICLE = re.compile(r"^[ae]([dnrstz])\1(?=\w\w)")
_NASAL = re.compile("mb")
_VOWEL_RUNS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?:aw|au|ow|oo|ou|uw)"), "o"),
    (re.compile(r"(?:ay|ai|ei|ey|ee|iy|yi|ie)"), "i"),
    (re.compile(r"(?<=.)[aei]h?$"), "a"),
)
_LOOSE_SPELLINGS = (
    ("kh", "h"), ("q", "k"), ("ch", "sh"), ("dzh", "j"), ("dj", "j"), ("c", "j"), ("gh", "g"),
    ("dh", "d"), ("th", "t"),
)  # fmt: skip
_LOOSE = str.maketrans({"u": "o", "e": "i", "y": "i"})


@functools.lru_cache(maxsize=16384)
def fold_word(word: str) -> str:
    """One word in small plain letters: no case, diacritics, ayn marks or Arabic letter forms."""
    small = word.lower()
    if small.isascii():
        return small.replace("'", "").replace("`", "")
    bare = small.translate(_PLAIN).translate(_KEEP_SHORT_I)
    parts = unicodedata.normalize("NFKD", bare)
    kept = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return kept.translate(_GIVE_SHORT_I).translate(_PLAIN)


def words_of(name: str) -> list[str]:
    """The folded words of a name, Latin and Cyrillic articles left out."""
    words = [fold_word(found) for found in WORD.findall(name)]
    kept = [word for word in words if word and word not in ARTICLES]
    return kept or [word for word in words if word]


def fold(name: str) -> str:
    """The search key of a spelling: `fold("al-Atārib") == fold("Atarib") == "atarib"`.

    Words are run together, so that hyphens and spaces make no difference. Arabic and Cyrillic stay
    in their script, the Arabic article goes.
    """
    return "".join(_without_article(word) for word in words_of(name))


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def latin(name: str) -> str:
    """A spelling of any script in plain Latin letters, words apart, articles left out."""
    words = _bare_words(name)
    return " ".join(_voiced_ending(word) for word in words).translate(_TO_LATIN)


def _bare_words(name: str) -> list[str]:
    """The words of a name without articles, also those run together ("Khan Assubul")."""
    words = [_without_article(word) for word in words_of(_hissing(name))]
    return words[:1] + [_JOINED_ARTICLE.sub(r"\1", word) for word in words[1:]]


def _hissing(name: str) -> str:
    """Turkish letters by their sound; beside macrons a cedilla marks an Arabic emphatic instead."""
    small = name.lower()
    if small.isascii() or not _SCHOLARLY.isdisjoint(small):
        return small
    return small.translate(_HISSING)


def _voiced_ending(word: str) -> str:
    """The feminine ending of an Arabic word with the vowel that its script leaves out."""
    return word[:-1] + "اه" if len(word) > 2 and word[-1] == "ه" and word[-2] != "ا" else word


@functools.lru_cache(maxsize=4096)
def loose(name: str) -> str:
    """A Latin form with its vowels brought together, to compare two spellings by."""
    text = latin(name).replace(" ", "")
    for spelling, plain in _LOOSE_SPELLINGS:
        text = text.replace(spelling, plain)
    for pattern, plain in _VOWEL_RUNS:
        text = pattern.sub(plain, text)
    return text.translate(_LOOSE)


@functools.lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """The consonants of a name, spelling classes merged and doubles collapsed; "" for nothing.

    `skeleton("Khmeimim") == skeleton("Хмеймим") == skeleton("حميميم")`. A leading vowel stays as
    "a", a trailing h after a vowel goes.
    """
    return skeleton_of(name)


def skeleton_of(name: str) -> str:
    """The skeleton, not kept for the next time: for going once through a whole gazetteer."""
    words = _bare_words(name)
    return _collapse(
        "".join(_consonants(word, last) for word, last in zip(words, _last(words), strict=True))
    )


def _last(words: list[str]) -> list[bool]:
    return [False] * (len(words) - 1) + [True] if words else []


def _consonants(word: str, last: bool) -> str:
    if "\u0620" <= word[:1] <= "\u06ff":
        return _arabic_consonants(word)
    word = word.translate(_TO_LATIN)
    if len(word) > 3 and word.endswith(_FEMININE if last else _FEMININE_JOINED):
        word = word[:-1]
    for spelling, plain in _SPELLINGS:
        word = word.replace(spelling, plain)
    head = "a" if word[:1] in _VOWELS else ""
    return head + "".join(sign for sign in word.translate(_CLASSES) if sign not in _VOWELS)


def _arabic_consonants(word: str) -> str:
    if len(word) > 2 and word[-1] == "ه":
        word = word[:-1]
    head = "a" if word[:1] in _ARABIC_GLIDES else ""
    return _NASAL.sub("nb", head + word.translate(_ARABIC_CLASSES))


def _collapse(text: str) -> str:
    return "".join(sign for place, sign in enumerate(text) if not place or text[place - 1] != sign)


def search_keys(name: str) -> tuple[str, ...]:
    """All keys to look a spelling up by, the exact one first, without repeats or blanks."""
    keys = (fold(name), fold(latin(name)), skeleton(name))
    return tuple(dict.fromkeys(key for key in keys if key))


@functools.lru_cache(maxsize=4096)
def _forms(name: str) -> tuple[str, str, str]:
    """What two spellings are compared by: loose, Latin as written, and its consonants alone."""
    plain = latin(name).replace(" ", "")
    return loose(name), plain, "".join(sign for sign in plain if sign not in _VOWELS)


def likeness(name: str, other: str) -> float:
    """0..1: how alike two spellings are, of one script or two. Arabic script counts consonants."""
    (loose_one, one, bare_one), (loose_other, another, bare_other) = _forms(name), _forms(other)
    consonants = ratio(bare_one, bare_other)
    whole = ratio(one, another)
    if (script_of(name) == "arabic") != (script_of(other) == "arabic"):
        return (0.6 * consonants + 0.4 * whole) / 100
    return (0.5 * ratio(loose_one, loose_other) + 0.2 * whole + 0.3 * consonants) / 100


def script_of(text: str) -> str:
    """The script a name begins in: arabic, cyrillic or latin."""
    for sign in text[:4]:
        if "\u0600" <= sign <= "\u06ff":
            return "arabic"
        if "\u0400" <= sign <= "\u052f":
            return "cyrillic"
    return "latin"
