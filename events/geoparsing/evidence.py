"""Evidence: how much must stand beside a name, and how much does, before it is taken as a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .document import Candidate
from .gazetteer import Entry, Gazetteer, candidate
from .phrases import Match
from .reading import Reading

_STRONG_KINDS = frozenset(
    {
        "country", "governorate", "district", "city", "town", "region", "zone", "air_base",
        "crossing", "route", "prison", "observation_post", "government", "military_base",
    }
)  # fmt: skip
_STRONG_IMPORTANCE = 0.45
_STRONG_ABROAD = 0.6
_FAMOUS = 0.75


_MOST_KEPT = 8192


class Namesakes(NamedTuple):
    """The places of one name, and what recognition asks of them all."""

    entries: Sequence[Entry]
    candidates: tuple[Candidate, ...]
    weight: float
    strong: bool
    country: bool
    """Whether one of them is a country."""
    schools: bool
    """Whether all of them are schools."""


def namesakes(gazetteer: Gazetteer, numbers: tuple[int, ...]) -> Namesakes:
    """The places of these numbers, kept for the next mention."""
    found = gazetteer.kept.get(numbers)
    if found is None:
        if len(gazetteer.kept) >= _MOST_KEPT:
            gazetteer.kept.clear()
        found = gathered([gazetteer.entries[number] for number in numbers])
        gazetteer.kept[numbers] = found
    return found


def gathered(entries: Sequence[Entry]) -> Namesakes:
    """What recognition asks of some places, at least one."""
    return Namesakes(
        entries,
        tuple(candidate(entry, 1.0, "spelling known") for entry in entries),
        max(entry.weight for entry in entries),
        any(is_strong(entry) for entry in entries),
        any(entry.kind == "country" for entry in entries),
        all(entry.kind == "school" for entry in entries),
    )


def is_strong(entry: Entry) -> bool:
    """Whether a place is known well enough for its bare name to be taken as the place."""
    if entry.kind == "city" and entry.country != "SY":
        return entry.weight >= _STRONG_ABROAD
    return entry.kind in _STRONG_KINDS or entry.weight >= _STRONG_IMPORTANCE


def needed(reading: Reading, match: Match, strong: bool, weight: float) -> int:
    """How much must stand beside a name before it is taken as a place."""
    first = reading.tokens[match.first]
    single = match.last - match.first == 1
    unsaid = match.first in reading.openers or not reading.has_case
    if single and match.key in reading.words["never"]:
        return 3
    if match.key in reading.words["given"] or match.key in reading.words["surnames"]:
        article = first.start != first.body
        known = reading.has_case and weight >= _STRONG_ABROAD and match.first not in reading.openers
        return 0 if strong and weight >= _FAMOUS else 1 if strong and (article or known) else 2
    if match.key in reading.words["words"]:
        if first.start != first.body and strong and reading.has_case:
            return 0
        if first.start != first.body or (strong and (weight >= _FAMOUS or not unsaid)):
            return 1
        return 1 if (strong and weight >= _STRONG_IMPORTANCE) or not unsaid else 2
    if strong:
        return 0
    if not single:
        return 1 if _is_like_a_person(reading, match) else 0
    if reading.has_case:
        return 1 if unsaid or len(first.key) < 4 else 0
    return 1


def _is_like_a_person(reading: Reading, match: Match) -> bool:
    """ "Sheikh Ali", "Abu Talha": a little-known village called as persons are."""
    if match.last - match.first != 2 or not reading.is_in(match.first + 1, "given"):
        return False
    return reading.is_in(match.first, "kunya") or bool(reading.cues.at(match.first, "titles"))


def evidence(reading: Reading, first: int, last: int) -> int:
    """0..3: how much the words beside tokens first..last speak of a place."""
    score = 0
    if reading.before(first, "prepositions"):
        score += 1
    if reading.before(first, "near", "countryside"):
        score += 2
    if reading.before(first, "directions"):
        score += 1
    if _in_locative(reading, last - 1):
        score += 2
    if reading.after(last, "direction_after", "near_after", "countryside_after"):
        score += 2
    if generic_beside(reading, first, last) or reading.after(last, "based"):
        score += 2
    if first in reading.heads:
        score += 2 if reading.has_case else 1
    if _is_in_an_area(reading, last):
        score += 1
    return min(score, 3)


def _is_in_an_area(reading: Reading, last: int) -> bool:
    """ "X in the province of": what follows says where the name lies."""
    link = reading.after(last, "links")
    return link is not None and any(
        reading.cues.at(link.last + step, "generics") for step in (0, 1)
    )


def _in_locative(reading: Reading, token: int) -> bool:
    """Whether a Turkish case ending puts something in or at it: its apostrophe makes it a name."""
    _, mark, ending = reading.tokens[token].text.replace("’", "'").rpartition("'")
    return bool(mark) and ending in reading.words["case_endings"]


def generic_beside(reading: Reading, first: int, last: int) -> str:
    """The kind said right beside a name: "town of X", "X village"; "" if none."""
    after = reading.after(last, "generics") if reading.has_case else None
    if after is not None:
        return after.value
    before = reading.before(first, "generics")
    if before is not None:
        return before.value
    link = reading.before(first, "links")
    linked = reading.before(link.first, "generics") if link is not None else None
    return linked.value if linked is not None else ""
