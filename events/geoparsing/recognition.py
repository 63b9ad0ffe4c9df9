"""Step 2: the place names of a text, with their candidates.

Known names come from the gazetteer's PhraseIndex; what the names around them say decides whether
they are places here. `unlisted` adds names the gazetteer spells otherwise or does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from .adjectives import adjective_names
from .cues import DEMONYMS, Cue
from .document import Candidate, Document, Toponym
from .evidence import evidence, gathered, is_strong, namesakes, needed
from .exclusion import is_no_place, is_part
from .gazetteer import Entry, Gazetteer, candidate
from .lexicon import Lexicon
from .phrases import Match
from .reading import Reading, read
from .unlisted import Unlisted, unlisted_names
from .world import abbreviations

_OTHER_SOURCES = {"organisations": "blocked", DEMONYMS: "demonym"}
_LONGEST_ABBREVIATION = 7
_ACRONYM = 3
_JOINED = 4
_TELLING = 2
_MONEY = ("$", "€", "£")
_NAMED_SITES = frozenset({"prison", "hospital"})
_DESCRIBED = frozenset({"region", "zone"})
_SITES = frozenset({"prison", "hospital", "school", "mountain", "country"})
"""Kinds whose generic word belongs to the name: Idlib Central Prison, Jabal al-Zawiya."""


class Found(NamedTuple):
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
    found, closed = known_names(reading, gazetteer)
    covered = closed.union(*(range(item.first, item.last) for item in found))
    named = adjective_names(reading, gazetteer, covered)
    found.extend(map(_unlisted, named))
    covered.update(item.first for item in named)
    literal = [item for item in found if item.role == "literal"]
    known = {token for item in literal for token in range(item.first, item.last)}
    abroad = is_abroad(gazetteer, found)
    if abroad:
        found = [item for item in found if not _is_chance(reading, gazetteer, item)]
    found.extend(map(_unlisted, unlisted_names(reading, gazetteer, covered, known, abroad)))
    found.sort(key=lambda item: (item.start, item.end))
    return replace(doc, toponyms=tuple(_toponym(doc.text, item) for item in found))


def is_abroad(gazetteer: Gazetteer, found: Sequence[Found]) -> bool:
    """Whether the names of a report are those of other countries alone."""
    countries = set()
    for item in found:
        if item.country == gazetteer.home:
            return False
        entries = [gazetteer.by_id[candidate.place_id] for candidate in item.candidates]
        strong = {entry.country for entry in entries if is_strong(entry)}
        if gazetteer.home in strong:
            return False
        countries |= strong
    return bool(countries)


def _is_chance(reading: Reading, gazetteer: Gazetteer, item: Found) -> bool:
    """Whether a name but happens to be that of a village at home: nothing says it is a place."""
    countries = {gazetteer.by_id[candidate.place_id].country for candidate in item.candidates}
    return countries == {gazetteer.home} and evidence(reading, item.first, item.last) < _TELLING


def _unlisted(name: Unlisted) -> Found:
    return Found(name.first, name.last, name.start, name.end, name.candidates)


def _toponym(text: str, found: Found) -> Toponym:
    return Toponym(
        found.start,
        found.end,
        text[found.start : found.end],
        role=found.role,
        candidates=found.candidates,
        country=found.country,
    )


def known_names(reading: Reading, gazetteer: Gazetteer) -> tuple[list[Found], set[int]]:
    """Names of the gazetteer and demonyms that are places here, the longest at each start; and the
    tokens of names that are surely something else."""
    taken: list[Found] = []
    doubtful: list[Found] = []
    closed: set[int] = set()
    reach = 0
    for match, source in _all_matches(reading, gazetteer):
        if match.first < reach:
            continue
        after = bool(taken) and taken[-1].last == match.first and taken[-1].role == "literal"
        verdict, found = _judge(reading, gazetteer, match, source, after)
        if verdict == "closed":
            closed.update(range(match.first, match.last))
            reach = match.last if source == "blocked" else reach
        elif found is not None and verdict == "place":
            taken.append(found)
            reach = found.last
        elif found is not None and verdict == "doubtful":
            doubtful.append(found)
    taken.extend(_listed(reading, taken, doubtful))
    taken.extend(_abbreviated(reading, gazetteer, taken))
    return taken, closed - {token for item in taken for token in range(item.first, item.last)}


def _listed(reading: Reading, taken: Sequence[Found], doubtful: Sequence[Found]) -> list[Found]:
    """Doubtful names that stand in a list with names taken for places."""
    ends = {item.last for item in taken if item.role == "literal"}
    starts = {item.first for item in taken if item.role == "literal"}
    covered = {token for item in taken for token in range(item.first, item.last)}
    kept = []
    for item in doubtful:
        if not covered.isdisjoint(range(item.first, item.last)):
            continue
        if _goes_on(reading, item.first, ends) or _goes_before(reading, item.last, starts):
            kept.append(item)
            ends.add(item.last)
            covered.update(range(item.first, item.last))
    return kept


def _abbreviated(reading: Reading, gazetteer: Gazetteer, taken: Sequence[Found]) -> list[Found]:
    """US states by their abbreviations after a comma: "Fresno, Calif."."""
    covered = {token for item in taken for token in range(item.first, item.last)}
    found = {}
    for number in range(1, len(reading.tokens)):
        if reading.capitals[number] and number not in covered and reading.gap(number) == ", ":
            state = _state(reading, gazetteer, number)
            if state is not None:
                found[number] = state
    return list(found.values())


def _state(reading: Reading, gazetteer: Gazetteer, number: int) -> Found | None:
    """The state whose longest abbreviation stands at a token."""
    start = reading.tokens[number].start
    longest = min(len(reading.text), start + _LONGEST_ABBREVIATION)
    for end in range(longest, start + 1, -1):
        slug = abbreviations().get(reading.text[start:end])
        if slug in gazetteer.by_id and not reading.text[end : end + 1].isalnum():
            _, last = reading.tokens_of(start, end)
            made = candidate(gazetteer.by_id[slug], 1.0, "abbreviation of a state")
            return Found(number, last, start, end, (made,))
    return None


def _goes_on(reading: Reading, first: int, ends: set[int]) -> bool:
    if not reading.in_list(first):
        return False
    joint = reading.before(first, "conjunctions")
    return first in ends or (joint is not None and joint.first in ends)


def _goes_before(reading: Reading, last: int, starts: set[int]) -> bool:
    joint = reading.after(last, "conjunctions")
    following = joint.last if joint is not None else last
    return following in starts and reading.in_list(following)


def _all_matches(reading: Reading, gazetteer: Gazetteer) -> list[tuple[Match, str]]:
    """Matches of all indexes by start, the longest first; of one length the blocked ones first."""
    endings = _endings(reading)
    known = gazetteer.index.find_all(reading.text, reading.tokens, _may_start(reading), endings)
    matches = [(_joined_name(reading, gazetteer, match), "place") for match in known]
    for category, source in _OTHER_SOURCES.items():
        for cue in reading.cues.all(category):
            start, end = reading.tokens[cue.first].start, reading.tokens[cue.last - 1].end
            matches.append((Match(start, end, (cue.value,), cue.first, cue.last, ""), source))
    matches.sort(key=_by_start_then_length)
    return matches


def _endings(reading: Reading) -> tuple[str, ...]:
    """Case endings that are glued to names without an apostrophe, the longer first."""
    return tuple(sorted((e for e in reading.words["case_endings"] if len(e) > 1), key=_by_length))


def _by_length(ending: str) -> tuple[int, str]:
    return -len(ending), ending


def _joined_name(reading: Reading, gazetteer: Gazetteer, match: Match) -> Match:
    """An Arabic name without its first letter where that joins on a better known one: "and Qah"
    is written as the village of Waqah is."""
    if reading.has_case or match.last - match.first > 1 or not match.key.startswith("و"):
        return match
    if reading.tokens[match.first].key != match.key or len(match.key) < _JOINED:
        return match
    numbers = gazetteer.index.get(match.key[1:])
    if (
        not numbers
        or namesakes(gazetteer, numbers).weight <= namesakes(gazetteer, match.payloads).weight
    ):
        return match
    return match._replace(start=match.start + 1, payloads=numbers, key=match.key[1:])


def _by_start_then_length(item: tuple[Match, str]) -> tuple[int, int, str]:
    match, source = item
    return match.first, -match.last, source


def _may_start(reading: Reading) -> Sequence[int]:
    """The tokens that a name may start at: where the script has capitals, no word in small letters
    but a generic one ("the plain of")."""
    if not reading.has_case:
        return range(len(reading.tokens))
    starting = reading.cues.starting
    return [
        number
        for number, token in enumerate(reading.tokens)
        if not token.text[0].islower() or (number in starting and "generics" in starting[number])
    ]


def _judge(
    reading: Reading, gazetteer: Gazetteer, match: Match, source: str, after_place: bool
) -> tuple[str, Found | None]:
    """("place" | "doubtful" | "closed" | "", what was found)."""
    if source == "blocked":
        return "closed", None
    if source == "demonym":
        found = _demonym(reading, match)
        return ("place" if found else ""), found
    if is_part(reading, match) or _is_description(reading, gazetteer, match):
        return "", None
    if match.start > reading.tokens[match.first].start and _is_given(reading, match):
        return "closed", None
    if reading.text[match.end : match.end + 1] in _MONEY:
        return "closed", None
    if match.last - match.first == 1 and reading.cues.at(match.first, "generics"):
        return "", None
    match = _without_generic(reading, gazetteer, match)
    places = namesakes(gazetteer, match.payloads)
    if match.end - match.start <= _ACRONYM:
        spelled = [item for item in places.entries if _spelled_so(reading, gazetteer, match, item)]
        if not spelled:
            return "", None
        places = gathered(spelled)
    if places.schools and not reading.before(match.first, "prepositions", "near"):
        return "closed", None
    if is_no_place(reading, match, places.strong, after_place, places.country):
        return "closed", None
    end = _with_full_stop(reading, gazetteer, match, places.entries)
    found = Found(match.first, match.last, match.start, end, places.candidates)
    if not reading.is_bare(match.first, match.last):
        found = _as_site(reading, gazetteer, found) or found
    need = needed(reading, match, places.strong, places.weight)
    if need <= 0 or evidence(reading, match.first, match.last) >= need:
        return "place", found
    return "doubtful" if need < 3 else "", found


def _is_given(reading: Reading, match: Match) -> bool:
    """Whether the whole word, of which a name is but the end, is a person's: Atma in Fatima."""
    return not reading.has_case and reading.is_in(match.first, "given")


def _is_description(reading: Reading, gazetteer: Gazetteer, match: Match) -> bool:
    """Whether an entry's name here but describes where: "the Turkish border", "northern Hama
    countryside". The name inside it is the toponym; its geometry is said by the locality."""
    if match.last - match.first < 2:
        return False
    kinds = {gazetteer.entries[number].kind for number in match.payloads}
    if kinds <= {"route"}:
        return match.last - match.first > 2 and not any(sign.isdigit() for sign in match.key)
    if not kinds <= _DESCRIBED:
        return False
    if reading.has_case and not reading.capital(match.last - 1):
        return True
    for token in range(match.first, match.last):
        small = not reading.has_case or not reading.capital(token)
        side = reading.cues.at(token, "directions") or reading.cues.at(token, "adjectives_after")
        rural = reading.cues.at(token, "countryside") or reading.cues.at(token, "countryside_after")
        if (side or rural) and small:
            return True
        if reading.cues.at(token, DEMONYMS) and not reading.capital(match.last - 1):
            return True
    return False


def _as_site(reading: Reading, gazetteer: Gazetteer, found: Found) -> Found | None:
    """The prison or hospital called after a place, generic words and all."""
    after = reading.after(found.last, "generics")
    link = reading.before(found.first, "links")
    before = reading.before(link.first if link is not None else found.first, "generics")
    cue = next(
        (cue for cue in (after, before) if cue is not None and cue.value in _NAMED_SITES), None
    )
    if cue is None or (cue.value == "hospital" and not reading.capital(cue.first)):
        return None
    sites = {
        site.place_id: site
        for item in found.candidates[:6]
        for site in gazetteer.named_after(item.place_id, cue.value)
    }
    if not sites:
        return None
    first, last = min(found.first, cue.first), max(found.last, cue.last)
    last = _with_adjective(reading, last)
    made = tuple(candidate(site, 0.95, f"the {cue.value} there") for site in sites.values())
    return Found(first, last, reading.tokens[first].start, reading.tokens[last - 1].end, made)


def _with_adjective(reading: Reading, last: int) -> int:
    """Arabic says "prison of Idlib, the central one"."""
    adjective = reading.after(last, "site_adjectives")
    return adjective.last if adjective is not None else last


def _demonym(reading: Reading, match: Match) -> Found | None:
    if reading.has_case and reading.language != "ru" and not reading.capital(match.first):
        return None
    iso = match.payloads[0]
    return Found(match.first, match.last, match.start, match.end, (), "demonym", iso)


def _spelled_so(reading: Reading, gazetteer: Gazetteer, match: Match, entry: Entry) -> bool:
    """Names of up to three letters (US, UAE) must stand in the text exactly as they are listed."""
    if not reading.has_case:
        return True
    spelling = reading.text[match.start : match.end]
    names = gazetteer.names.marked.get(entry.place_id, ())
    alike = [pair for pair in names if pair[0].rstrip(".").lower() == spelling.lower()]
    languages = (reading.language, "en") if entry.country == gazetteer.home else (reading.language,)
    return not alike or any(
        text in (spelling, f"{spelling}.") and language in languages for text, language in alike
    )


def _with_full_stop(
    reading: Reading, gazetteer: Gazetteer, match: Match, entries: Sequence[Entry]
) -> int:
    """The end of a name; that of "U.S." takes in its last full stop."""
    dotted = reading.text[match.start : match.end + 1]
    if not dotted.endswith(".") or "." not in dotted[:-1]:
        return match.end
    marked = gazetteer.names.marked
    named = any(text == dotted for item in entries for text, _ in marked.get(item.place_id, ()))
    return match.end + named


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
    cues = []
    tail = reading.cues.before(match.last, "generics")
    if tail is not None and _is_trimmed(reading, tail):
        cues.append((match.first, tail.first))
    head = reading.cues.at(match.first, "generics")
    if head is not None and _is_trimmed(reading, head):
        adjective = reading.cues.before(match.last, "site_adjectives")
        cues.append((head.last, match.last if adjective is None else adjective.first))
    return [(first, last) for first, last in cues if match.first <= first < last <= match.last]


def _is_trimmed(reading: Reading, cue: Cue) -> bool:
    acronym = reading.tokens[cue.first].text.isupper()
    return cue.value not in _SITES and (acronym or not reading.capital(cue.first))
