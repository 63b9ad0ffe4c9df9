"""Step 2: the place names of a text, with their candidates.

Known names come from the gazetteer's PhraseIndex; what the names around them say decides whether
they are places here. `unlisted` adds names the gazetteer spells otherwise or does not know.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .document import Candidate, Document, Toponym
from .exclusion import is_no_place
from .gazetteer import Entry, Gazetteer, candidate
from .lexicon import Lexicon
from .phrases import Match, PhraseIndex
from .reading import Reading, read
from .unlisted import unlisted_names
from .world import demonyms

_STRONG_KINDS = frozenset(
    {
        "country", "governorate", "district", "city", "town", "region", "zone", "air_base",
        "crossing", "route", "prison", "observation_post", "government", "military_base",
    }
)  # fmt: skip
_STRONG_IMPORTANCE = 0.45
_STRONG_ABROAD = 0.6
_SITES = frozenset({"prison", "hospital", "school", "mountain", "country"})
"""Kinds whose generic word belongs to the name: Idlib Central Prison, Jabal al-Zawiya."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name accepted as a place: its tokens, its span and what it may be."""

    first: int
    last: int
    start: int
    end: int
    candidates: tuple[Candidate, ...]
    role: str = "literal"
    country: str | None = None


def recognise(doc: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> Document:
    """`doc` with `toponyms` filled: spans with candidates, nothing chosen yet."""
    reading = read(doc, lexicon)
    found = known_names(reading, gazetteer)
    found.extend(
        Found(name.first, name.last, name.start, name.end, name.candidates)
        for name in unlisted_names(reading, gazetteer, [(item.first, item.last) for item in found])
    )
    found.sort(key=lambda item: (item.start, item.end))
    return replace(doc, toponyms=tuple(_toponym(doc.text, item) for item in found))


def _toponym(text: str, found: Found) -> Toponym:
    return Toponym(
        found.start,
        found.end,
        text[found.start : found.end],
        role=found.role,
        candidates=found.candidates,
        country=found.country,
    )


@functools.cache
def demonym_index() -> PhraseIndex:
    """Adjectives and peoples of countries -> ISO code."""
    return PhraseIndex(demonyms())


def known_names(reading: Reading, gazetteer: Gazetteer) -> list[Found]:
    """Names of the gazetteer and demonyms that are places here, the longest at each start."""
    taken: list[Found] = []
    reach = 0
    for match, source in _all_matches(reading, gazetteer):
        if match.first < reach:
            continue
        if source == "blocked":
            reach = match.last
            continue
        found = _judge(reading, gazetteer, match, source)
        if found is not None:
            taken.append(found)
            reach = match.last
    return _listed_too(reading, gazetteer, taken)


def _all_matches(reading: Reading, gazetteer: Gazetteer) -> list[tuple[Match, str]]:
    """Matches of all indexes by start, the longest first; of one length the blocked ones first."""
    matches = [(match, "place") for match in gazetteer.index.find_all(reading.text, reading.tokens)]
    peoples = demonym_index().find_all(reading.text, reading.tokens)
    matches.extend((match, "demonym") for match in peoples)
    for cues in reading.cues.starting.values():
        for cue in cues:
            if cue.category == "organisations":
                start, end = reading.tokens[cue.first].start, reading.tokens[cue.last - 1].end
                matches.append((Match(start, end, (), cue.first, cue.last, ""), "blocked"))
    matches.sort(key=lambda item: (item[0].first, -item[0].last, item[1]))
    return matches


def _judge(reading: Reading, gazetteer: Gazetteer, match: Match, source: str) -> Found | None:
    if source == "demonym":
        return _demonym(reading, match)
    match = _without_generic(reading, gazetteer, match)
    entries = [gazetteer.entries[number] for number in match.payloads]
    entries = [entry for entry in entries if _spelled_so(reading, match, entry)]
    if not entries:
        return None
    strong = any(is_strong(entry) for entry in entries)
    if is_no_place(reading, match, strong) or not _has_evidence(reading, match, entries, strong):
        return None
    made = [candidate(entry, 1.0, "spelling known") for entry in entries]
    return Found(match.first, match.last, match.start, match.end, tuple(made))


def _demonym(reading: Reading, match: Match) -> Found | None:
    if reading.has_case and reading.language != "ru" and not reading.capital(match.first):
        return None
    iso = match.payloads[0]
    return Found(match.first, match.last, match.start, match.end, (), "demonym", iso)


def is_strong(entry: Entry) -> bool:
    """Whether a place is known well enough for its bare name to be taken as the place."""
    if entry.kind == "city" and entry.country != "SY":
        return entry.weight >= _STRONG_ABROAD
    return entry.kind in _STRONG_KINDS or entry.weight >= _STRONG_IMPORTANCE


def _spelled_so(reading: Reading, match: Match, entry: Entry) -> bool:
    """Names of up to three letters (US, UAE) must stand in the text exactly as they are listed."""
    if match.end - match.start > 3 or not reading.has_case:
        return True
    return reading.text[match.start : match.end] in entry.spellings()


def _has_evidence(reading: Reading, match: Match, entries: Sequence[Entry], strong: bool) -> bool:
    need = _need(reading, match, strong)
    return need <= 0 or evidence(reading, match.first, match.last) >= need


def _need(reading: Reading, match: Match, strong: bool) -> int:
    """How much must stand beside a name before it is taken as a place."""
    words = [reading.tokens[token].key for token in range(match.first, match.last)]
    single = match.last - match.first == 1
    if match.key in reading.words["words"] or match.key in reading.words["given"]:
        article = reading.tokens[match.first].start != reading.tokens[match.first].body
        return 1 if article else 2
    if single and match.key in reading.words["never"]:
        return 3
    if strong or not single:
        return 0
    if reading.has_case:
        return 1 if match.first in reading.openers or len(words[0]) < 4 else 0
    return 1


def evidence(reading: Reading, first: int, last: int) -> int:
    """0..3: how much the words beside tokens first..last speak of a place."""
    score = 0
    if reading.before(first, "prepositions"):
        score += 1
    if reading.before(first, "near", "countryside"):
        score += 2
    if reading.before(first, "directions"):
        score += 1
    if generic_beside(reading, first, last):
        score += 2
    return min(score, 3)


def generic_beside(reading: Reading, first: int, last: int) -> str:
    """The kind said right beside a name: "town of X", "X village"; "" if none."""
    after = reading.after(last, "generics")
    if after is not None:
        return after.value
    before = reading.before(first, "generics")
    if before is not None:
        return before.value
    link = reading.before(first, "links")
    linked = reading.before(link.first, "generics") if link is not None else None
    return linked.value if linked is not None else ""


def _without_generic(reading: Reading, gazetteer: Gazetteer, match: Match) -> Match:
    """A match without a small-letter generic word at its end or start, where the rest is a name."""
    for first, last in _trims(reading, match):
        start = reading.tokens[first].start
        end = reading.tokens[last - 1].end
        payloads = gazetteer.index.get(reading.text[start:end])
        if payloads and last > first:
            both = tuple(dict.fromkeys((*match.payloads, *payloads)))
            return Match(start, end, both, first, last, match.key)
    return match


def _trims(reading: Reading, match: Match) -> list[tuple[int, int]]:
    cues = [
        (match.first, cue.first)
        for cue in reading.cues.ending.get(match.last, ())
        if _is_trimmed(reading, cue.category, cue.value, cue.first)
    ]
    cues.extend(
        (cue.last, match.last)
        for cue in reading.cues.starting.get(match.first, ())
        if _is_trimmed(reading, cue.category, cue.value, cue.first)
    )
    return [(first, last) for first, last in cues if match.first <= first < last <= match.last]


def _is_trimmed(reading: Reading, category: str, value: str, token: int) -> bool:
    return category == "generics" and value not in _SITES and not reading.capital(token)


def _listed_too(reading: Reading, gazetteer: Gazetteer, taken: list[Found]) -> list[Found]:
    return taken
