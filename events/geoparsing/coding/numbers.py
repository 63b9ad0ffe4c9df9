"""Numbers in a sentence: digits of any script, words, vague quantities and ranges."""

from __future__ import annotations

from typing import NamedTuple

from events.geoparsing.names import MARKS
from events.geoparsing.patterns import forms_of

from .grammar import Grammar, Meaning
from .reading import Reading

_THOUSANDS = frozenset({",", ".", "\u00a0", "\u202f", "٬", "’"})
_DASHES = frozenset({"-", "–", "—", " - ", " – ", "-х"})
_CEILING = 10_000_000
_MOST_KEPT = 20_000
CLITICS = "وفبلك"
"""What Arabic writes before a number in one word with it: "و6" (and 6), "ب59" (with 59)."""


class Number(NamedTuple):
    """A quantity over tokens `first..last` (exclusive), as low, best and high."""

    first: int
    last: int
    low: int
    best: int
    high: int


def numbers_in(reading: Reading) -> list[Number]:
    """The quantities of a sentence in the order of the text, ranges joined."""
    found: list[Number] = []
    closed = _closed(reading)
    grammar, last = reading.grammar, 0
    known = grammar.meanings
    for place, token in enumerate(reading.tokens):
        key = token.key
        if place < last or (known[key] if key in known else _meaning(grammar, key)) is None:
            continue
        number = _number_at(reading, place) if place not in closed else None
        if number is not None:
            found.append(number)
            last = number.last
    return _ranges(reading, found)


def _closed(reading: Reading) -> set[int]:
    """Words that are no quantities: those of dates, and "number" in "the number of dead"."""
    spans = [(placed.first, placed.last) for placed in reading.times]
    spans += [(hit.first, hit.last) for hit in reading.hits["number_of"]]
    return {place for first, last in spans for place in range(first, last)}


def _number_at(reading: Reading, place: int) -> Number | None:
    key = reading.tokens[place].key
    if key[:1].isdecimal() and not key.isdecimal():
        return _suffixed(reading, place)
    if bare_digits(key):
        return _digits(reading, place)
    meaning = _meaning(reading.grammar, key)
    if meaning is None:
        return None
    if meaning.vague is not None:
        low, high = meaning.vague
        return Number(place, place + 1, low, low, high)
    return _words(reading, place)


def carries_and(reading: Reading, place: int) -> bool:
    """Whether an Arabic number has the "and" before it: "و6", "وثلاثة", but not "واحدة" (one)."""
    key, grammar = reading.tokens[place].key, reading.grammar
    return key.startswith("و") and key not in grammar.numbers and key not in grammar.scales


def bare_digits(key: str) -> str:
    """The digits of a folded word that is nothing else but for Arabic clitics, "" for none."""
    digits = key.lstrip(CLITICS) if key[:1] in CLITICS else key
    return digits if digits.isdecimal() and len(key) - len(digits) <= 2 else ""


def _suffixed(reading: Reading, place: int) -> Number | None:
    """Digits with an ending: "50'den" of Turkish; "5'si" (five of them) counts nobody anew."""
    digits, mark, ending = _split_at_mark(reading.tokens[place].text)
    if not mark or not digits.isdecimal() or len(digits) > 9:
        return None
    if not ending or ending.lower() in reading.grammar.part_endings:
        return None
    value = min(int(digits), _CEILING)
    return Number(place, place + 1, value, value, value)


def _split_at_mark(text: str) -> tuple[str, str, str]:
    for mark in MARKS:
        if mark in text:
            return text.partition(mark)
    return text, "", ""


def _value(reading: Reading, place: int) -> int | None:
    """The value of a number word; its letters must be the word's own or plain ones."""
    token, grammar = reading.tokens[place], reading.grammar
    meaning = _meaning(grammar, token.key)
    if meaning is None or meaning.value is None:
        return None
    if token.text.isascii() or not "a" <= token.key[:1] <= "z":
        return meaning.value
    return meaning.value if token.text.lower() in grammar.spellings else None


def _scale(reading: Reading, place: int) -> int | None:
    meaning = _meaning(reading.grammar, reading.tokens[place].key)
    return meaning.scale if meaning is not None else None


def _meaning(grammar: Grammar, key: str) -> Meaning | None:
    """What a word counts, by the first of its forms that each table has; None for no number."""
    known = grammar.meanings
    if key in known:
        return known[key]
    forms = forms_of(key)
    digits = 0 if key[:1].isdecimal() or bare_digits(key) else None
    value = next((grammar.numbers[form] for form in forms if form in grammar.numbers), None)
    scale = next((grammar.scales[form] for form in forms if form in grammar.scales), None)
    vague = next((grammar.vague[form] for form in forms if form in grammar.vague), None)
    if len(known) >= _MOST_KEPT:
        known.clear()
    nothing = value is None and scale is None and vague is None and digits is None
    known[key] = None if nothing else Meaning(value, scale, vague)
    return known[key]


def _digits(reading: Reading, place: int) -> Number:
    """Digits with thousands marks ("360,000"), and a scale word after them ("1.5 million" too)."""
    digits, last = bare_digits(reading.tokens[place].key)[:9], place + 1
    head = len(digits)
    while last < len(reading.tokens) and len(digits) < 9:
        follower = reading.tokens[last].key
        if not (follower.isdecimal() and len(follower) == 3 and head <= 3):
            break
        if reading.gap(last - 1, last) not in _THOUSANDS:
            break
        digits, last = digits + follower, last + 1
    return _scaled(reading, place, last, int(digits))


def _scaled(reading: Reading, first: int, last: int, value: int) -> Number:
    if last < len(reading.tokens):
        scale = _scale(reading, last)
        if scale is not None and scale > value:
            value, last = value * scale, last + 1
    value = min(value, _CEILING)
    return Number(first, last, value, value, value)


def _words(reading: Reading, place: int) -> Number | None:
    """Number words that follow each other: "twenty-three", "two hundred and five"."""
    total = current = 0
    last, start = place, place
    while last < len(reading.tokens) and last - place < 8:
        value, scale = _value(reading, last), _scale(reading, last)
        if value is not None and (current == 0 or _may_follow(current, value)):
            current += value
        elif scale is not None and last > start:
            total, current = total + current * scale, 0
        elif scale is not None:
            current = scale
        elif not (last > start and _joined(reading, last, total + current)):
            break
        last += 1
    value = min(total + current, _CEILING)
    return Number(place, last, value, value, value) if last > start and value else None


def _may_follow(current: int, value: int) -> bool:
    """Whether the words make one number: "twenty three", in Arabic "three and twenty"."""
    small, large = sorted((current % 100 or current, value))
    return (small < 10 <= large and large % 10 == 0) or (current >= 100 and value < 100)


def _joined(reading: Reading, place: int, current: int) -> bool:
    """A word such as "and" between two parts of one number."""
    if not reading.joins(place):
        return False
    following = place + 1
    if following >= len(reading.tokens):
        return False
    value = _value(reading, following)
    return value is not None and current >= 100 and value < 100


def _ranges(reading: Reading, found: list[Number]) -> list[Number]:
    """Join "10 to 26", "10-26" and "between 10 and 26" to one number, its lowest the best."""
    kept: list[Number] = []
    for number in found:
        before = kept[-1] if kept else None
        if before is not None and _is_range(reading, before, number):
            kept[-1] = Number(before.first, number.last, before.low, before.low, number.high)
        else:
            kept.append(number)
    return kept


def _is_range(reading: Reading, one: Number, other: Number) -> bool:
    if other.best <= one.best:
        return False
    if other.first == one.last:
        return reading.gap(one.last - 1, other.first) in _DASHES
    if other.first != one.last + 1:
        return False
    if one.last in reading.starts("range"):
        return True
    return one.first in reading.ends("between") and reading.joins(one.last)
