"""Russian adjectives of places before a generic word: "Идлибская провинция" names Idlib."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .document import Candidate
from .gazetteer import Entry, Gazetteer, candidate
from .reading import Reading
from .unlisted import Unlisted

ADJECTIVE = re.compile(r"с?[сц]к(?:ий|ая|ое|ие|ой|ого|ому|им|ом|ую|их|ими)$")
_AREAS = frozenset({"governorate", "district", "subdistrict"})
_NAMED = frozenset({"governorate", "district", "subdistrict", "region", "city", "town"})
_ENDINGS = ("", "о", "а", "я", "е", "к", "ы", "ск")
"""What an adjective leaves of a name's end: Алеппо, Хама, Латакия, Дамаск, Холмы."""
_LINKS = (("ий", "ия"), ("ин", "а"), ("ин", ""), ("й", ""), ("ов", "ов"))
"""Letters between the name and the ending: латакий-ский, ракк-ин-ский, даръа-й-ский."""
_SHORTEST = 3


def adjective_names(reading: Reading, gazetteer: Gazetteer, covered: set[int]) -> list[Unlisted]:
    """Adjectives of known places right before "province" or "district", single or in a list."""
    if reading.language != "ru":
        return []
    found: dict[int, Unlisted] = {}
    for cue in reading.cues.all("generics"):
        if cue.value not in _AREAS:
            continue
        for token in _adjectives_before(reading, cue.first):
            readings = _readings(gazetteer, reading.key(token)) if token not in covered else ()
            if readings:
                word = reading.tokens[token]
                found[token] = Unlisted(token, token + 1, word.start, word.end, readings)
    return list(found.values())


def _adjectives_before(reading: Reading, token: int) -> Iterator[int]:
    """The adjectives before a token, nearest first: "в Латакийской и Идлибской провинциях"."""
    token -= 1
    if not reading.joined(token + 1):
        return
    for _ in range(6):
        if not ADJECTIVE.search(reading.key(token)):
            return
        yield token
        joint = reading.before(token, "conjunctions")
        if joint is None and reading.gap(token) != ", ":
            return
        token = (joint.first if joint is not None else token) - 1


def _readings(gazetteer: Gazetteer, word: str) -> tuple[Candidate, ...]:
    entries: dict[str, Entry] = {}
    for name in _names(word):
        entries |= {item.place_id: item for item in gazetteer.exact(name) if item.kind in _NAMED}
        if entries:
            break
    return tuple(candidate(item, 1.0, f"“{word}” is of {item.name}") for item in entries.values())


def _names(word: str) -> Iterator[str]:
    """What names an adjective may be made of, the plainest first."""
    for cut in (re.sub(r"[сц]к\w{2,3}$", "", word), ADJECTIVE.sub("", word)):
        if len(cut) < _SHORTEST:
            continue
        yield from (cut + ending for ending in _ENDINGS)
        for link, ending in _LINKS:
            if cut.endswith(link) and len(cut) - len(link) >= _SHORTEST - 1:
                yield cut[: -len(link)] + ending
