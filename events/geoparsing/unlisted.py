"""Names that the gazetteer spells otherwise, or does not know, told by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .document import Candidate
from .gazetteer import Gazetteer
from .linking import MARGIN
from .names import skeleton
from .reading import Reading

_LONGEST = 4
_SURE = 0.78
_LIKELY = 0.84
_BLIND = 0.93
_FOLDED = 0.97
_MOST = 20
_LEAST = 0.72
_CASES = ("ами", "ями", "ом", "ем", "ой", "ей", "ах", "ях", "ам", "ям", *"аеиоуыюя")
"""Endings of Russian cases, the longer first."""


class Unlisted(NamedTuple):
    """A name found by its surroundings; no candidates when nothing in the gazetteer is like it."""

    first: int
    last: int
    start: int
    end: int
    candidates: tuple[Candidate, ...]


def unlisted_names(
    reading: Reading, gazetteer: Gazetteer, covered: set[int], known: set[int], abroad: bool
) -> list[Unlisted]:
    """Names beside cue words outside the tokens `covered`; `known` are those of places.

    `abroad`: the report speaks of other countries alone, and a likeness to a village is chance.
    """
    known = set(known)
    found = []
    runs = _runs(reading, covered) if reading.has_case else _runs_after_cues(reading, covered)
    for first, last in runs:
        name = _read_run(reading, gazetteer, first, last, known, abroad)
        if name is not None:
            known.update(range(name.first, name.last))
            found.append(name)
    return found


def _runs(reading: Reading, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words that are nothing else (or words after a trigger in Arabic)."""
    token, size = 0, len(reading.tokens)
    while token < size:
        if not reading.capitals[token] or not _is_name_word(reading, token, covered):
            token += 1
            continue
        last = token + 1
        while (
            last < size
            and last - token < _LONGEST
            and reading.joined(last)
            and _is_name_word(reading, last, covered)
        ):
            last += 1
        yield token, last
        token = last


def _runs_after_cues(reading: Reading, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Words right after "village", "town", "near", and those joined to them by wa-, in Arabic."""
    token, size = 0, len(reading.tokens)
    listed = False
    while token < size:
        listed = _opens_list(reading, token) or (listed and _is_joined_on(reading, token, covered))
        told = _is_told(reading, token) or listed
        if token in covered or not told or _is_plain_word(reading, token):
            listed = told and token in covered
            token += 1
            continue
        last = token + 1
        if last < size and reading.joined(last) and _goes_on(reading, token, last, covered):
            last += 1
        yield token, last
        token, listed = last, True


def _is_told(reading: Reading, token: int) -> bool:
    """Whether "village", "town" or "near" stands before; not "the village", which names nothing."""
    cue = reading.before(token, "generics")
    if cue is not None and cue.value in _SETTLED and not reading.key(cue.first).startswith("ال"):
        return True
    if cue is not None and cue.value == "mountain" and reading.key(token).startswith("ال"):
        return not reading.key(cue.first).startswith("ال")
    return reading.before(token, "near") is not None


def _opens_list(reading: Reading, token: int) -> bool:
    """Whether "the villages of", "the two towns of" stands before."""
    return reading.joined(token) and reading.is_in(token - 1, "plurals")


def _is_joined_on(reading: Reading, token: int, covered: set[int]) -> bool:
    if not reading.joined(token):
        return False
    word = reading.key(token)
    return (word.startswith("و") and len(word) > 3) or token - 1 not in covered


def _is_plain_word(reading: Reading, token: int) -> bool:
    word = reading.key(token)
    if (len(word) < 3 and not reading.is_in(token, "compounds")) or word.isdigit():
        return True
    return token in reading.cues.no_names


def _goes_on(reading: Reading, token: int, last: int, covered: set[int]) -> bool:
    if last in covered or _is_plain_word(reading, last):
        return False
    if reading.key(token) in reading.words["compounds"]:
        return True
    return (
        reading.key(last).startswith("ال")
        and not reading.key(token).startswith("ال")
        and (reading.key(last) not in reading.words["words"])
    )


def _is_name_word(reading: Reading, token: int, covered: set[int]) -> bool:
    if not reading.capitals[token] or token in covered:
        return False
    if token in reading.cues.no_names and not reading.is_in(token, "compounds"):
        return False
    return len(reading.tokens[token].key) > 1


_ADJECTIVE = re.compile(r"[сц]к(?:ий|ая|ое|ие|ой|ого|ому|им|ом|ую|их|ими)$")
"""Russian adjectives of places ("Идлибская провинция"): no place names of their own."""
_ADJECTIVE_ENDINGS = ("ая", "ый", "ий", "ое", "ой", "ого", "ом", "ую", "ые", "ых")
_LOCATIVES = frozenset({"de", "da", "te", "ta", "deki", "daki", "teki", "taki"})
"""Turkish endings after an apostrophe that say where."""
_COMMAS = frozenset({", ", "، ", "-", "–", " – "})
_SETTLED = frozenset({"city", "town", "village"})
_TELLING = frozenset(
    {
        "city", "town", "village", "governorate", "district", "subdistrict", "countryside",
        "neighbourhood", "air_base", "military_base", "prison", "camp", "crossing", "checkpoint",
        "observation_post", "mountain",
    }
)  # fmt: skip
_TELLING_BEFORE = frozenset(
    {
        "town", "village", "neighbourhood", "air_base", "mountain", "camp", "governorate",
        "district", "crossing", "checkpoint",
    }
)  # fmt: skip


def _read_run(
    reading: Reading, gazetteer: Gazetteer, first: int, last: int, known: set[int], abroad: bool
) -> Unlisted | None:
    sure = _is_named_place(reading, first, last)
    if reading.language == "ru" and _is_adjective(reading, last):
        return None
    if (not sure and _is_person(reading, first, last)) or _is_acronym(reading, first, last):
        return None
    sure = sure or (last - first > 1 and _has_head(reading, first))
    goes_on = not reading.has_case and first - 1 in known and not _opens_list(reading, first)
    if not reading.has_case:
        sure = sure or not (goes_on or _is_told(reading, first))
    elif not sure:
        sure = _is_in_area(reading, first, last, known)
    near = reading.before(first, "near") is not None
    likely = near or goes_on or reading.before(first, "prepositions", "directions") is not None
    likely = likely or _is_listed(reading, first, last, known) or first in reading.heads
    floor = _SURE if sure else _LIKELY if likely and not goes_on else _BLIND
    least = 1 if sure else 2 if likely else 5
    candidates = _alike(reading, gazetteer, first, last, floor, least)
    if not reading.has_case and last - first == 1 and reading.joined(last):
        longer = () if last in known else _alike(reading, gazetteer, first, last + 1, _BLIND, 5)
        candidates, last = (longer, last + 1) if longer else (candidates, last)
    if abroad and not sure:
        candidates = tuple(
            item for item in candidates if gazetteer.by_id[item.place_id].country != gazetteer.home
        )
    if not candidates and first in reading.openers and first in reading.heads:
        return None
    told = sure or (near and first not in reading.openers)
    told = told or (not abroad and _stands_by_itself(reading, first, last, known))
    if not candidates and not told:
        return None
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    start += _clitic(reading, first)
    return Unlisted(first, last, start, end - _ending(reading, last - 1), candidates)


def _stands_by_itself(reading: Reading, first: int, last: int, known: set[int]) -> bool:
    """Whether an unknown name is one of a list of places, or stands where hardly anything but a
    place does: after a preposition of place, before a Turkish ending of place."""
    if not reading.has_case or first in reading.openers or _is_figure(reading, last):
        return False
    if reading.text[reading.tokens[first].start : reading.tokens[last - 1].end].isupper():
        return False  # a heading, an acronym
    if _is_listed(reading, first, last, known):
        # in Turkish a comma also parts a subject from a place of its own: "X, Y'nin"
        return reading.language != "tr" or last not in known or not _ending(reading, last)
    if reading.language == "tr":
        end = reading.tokens[last - 1].text
        return end[len(end) - _ending(reading, last - 1) :].strip("'’") in _LOCATIVES
    before = reading.before(first, "prepositions")
    return before is not None and reading.key(before.last - 1) in reading.words["only_places"]


def _is_figure(reading: Reading, token: int) -> bool:
    """Whether a number follows: "Feb 12", "Division 46"."""
    return token < len(reading.tokens) and reading.key(token)[:1].isdecimal()


def _is_adjective(reading: Reading, last: int) -> bool:
    """Whether a Russian name ends in an adjective: one of places, or any before a generic word."""
    word = reading.key(last - 1)
    if _ADJECTIVE.search(word):
        return True
    return word.endswith(_ADJECTIVE_ENDINGS) and reading.after(last, "generics") is not None


def _is_acronym(reading: Reading, first: int, last: int) -> bool:
    text = reading.tokens[first].text
    return last - first == 1 and len(text) < 6 and text.isupper() and first not in reading.openers


def _clitic(reading: Reading, token: int) -> int:
    """The length of the wa- that joins an Arabic name on to a list."""
    if reading.has_case or _is_told(reading, token):
        return 0
    return int(reading.key(token).startswith("و"))


def _ending(reading: Reading, token: int) -> int:
    """The length of a possessive or case ending after an apostrophe."""
    text = reading.tokens[token].text
    for mark in ("'", "’"):
        cut = text.rfind(mark)
        if cut > 1 and (len(text) - cut <= 2 or reading.language == "tr"):
            return len(text) - cut
    return 0


def _alike(
    reading: Reading, gazetteer: Gazetteer, first: int, last: int, floor: float, least: int
) -> tuple[Candidate, ...]:
    """The places with a spelling like the name, which has at least so many consonants; of few
    consonants only the very like."""
    end = reading.tokens[last - 1].end - _ending(reading, last - 1)
    name = reading.text[reading.tokens[first].start + _clitic(reading, first) : end]
    consonants = len(skeleton(name))
    if consonants < least:
        return ()
    if floor == _LIKELY and consonants < 3:
        floor = _BLIND
    found = _namesakes(gazetteer, name, floor * _FOLDED)
    if not found and reading.language == "ru":
        found = _in_a_case(gazetteer, name, floor * _FOLDED)
    return tuple(found)


def _namesakes(gazetteer: Gazetteer, name: str, floor: float) -> list[Candidate]:
    """The places like a name, with those nearly as like it as the best: their report chooses."""
    found = gazetteer.candidates(name, _MOST, floor)
    if not found or found[0].score >= 1:
        return found
    near = found[0].score - MARGIN
    return [item for item in gazetteer.candidates(name, _MOST, _LEAST) if item.score >= near]


def _in_a_case(gazetteer: Gazetteer, name: str, floor: float) -> list[Candidate]:
    """The places whose name a Russian word is a case form of: "Кафр-Набелем" of Кафр-Набель."""
    ending = next((e for e in _CASES if name.endswith(e) and len(name) - len(e) > 3), "")
    return _namesakes(gazetteer, name.removesuffix(ending), floor) if ending else []


def _is_named_place(reading: Reading, first: int, last: int) -> bool:
    """ "the town of X", "X village", "countryside of X"."""
    if reading.before(first, "countryside"):
        return True
    if reading.after(last, "countryside_after", "direction_after", "near_after"):
        return True
    after = reading.after(last, "generics")
    if after is not None and after.value in _TELLING and not reading.capital(after.first):
        return reading.language != "ru" or first not in reading.openers
    before = reading.before(first, "generics")
    telling = before is not None and (
        before.value in _TELLING_BEFORE or (before.value == "city" and reading.language == "ru")
    )
    if before is not None and telling and not reading.capital(before.first):
        return True
    link = reading.before(first, "links")
    of = reading.before(link.first, "generics") if link is not None else None
    return of is not None and of.value in _TELLING and not reading.capital(of.first)


def _has_head(reading: Reading, first: int) -> bool:
    """Whether a name begins as only places do: Tall, Kafr; not Sheikh or Umm, as persons may."""
    if reading.is_in(first, "kunya") or reading.cues.at(first, "titles"):
        return False
    return reading.is_in(first, "compounds")


def _is_in_area(reading: Reading, first: int, last: int, known: set[int]) -> bool:
    """ "in X, Iraq": a name between a preposition and an area it lies in."""
    if last not in known or reading.gap(last) != ", ":
        return False
    dateline = first in reading.openers and reading.tokens[first].text.isupper()
    return dateline or reading.before(first, "prepositions") is not None


def _is_listed(reading: Reading, first: int, last: int, known: set[int]) -> bool:
    """Next to a known place, parted by a comma or a conjunction."""
    joint = reading.before(first, "conjunctions")
    before = joint.first if joint is not None else first
    if before - 1 in known and (joint is not None or reading.gap(first) in _COMMAS):
        return True
    joint = reading.after(last, "conjunctions")
    after = joint.last if joint is not None else last
    return after in known and (joint is not None or reading.gap(last) in _COMMAS)


def _is_person(reading: Reading, first: int, last: int) -> bool:
    if reading.before(first, "titles") is not None:
        return True
    if reading.joined(first) and (
        reading.is_in(first - 1, "kunya") or reading.is_in(first - 1, "given")
    ):
        return True
    if any(reading.is_in(token, "given") for token in range(first, last)):
        return True
    return (
        reading.is_in(first, "kunya") and last - first > 1 and not reading.before(first, "generics")
    )
