"""Hints: what the words beside a toponym say about which place it is."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence
from typing import NamedTuple

from .cues import Cue
from .document import Candidate, Document, Toponym
from .names import fold, fold_word
from .reading import Reading
from .urban import is_dateline, urbanity

_AREA_REACH = 14
_COUNT = 12
_FIGURES = " 0123456789"
_JOINTS = ",;:()-–—،"
"""What stands between provinces with a count each: "Idlib - 5, Aleppo (3), Hama"."""
_DASHES = frozenset({"-", "–", " - ", " – "})
_AREA_LOOK = 6
_AREA_KINDS = frozenset({"governorate", "district", "subdistrict", "region", "country"})
_TOWN_KINDS = frozenset({"town", "village"})


class Hints(NamedTuple):
    """Hints for one toponym.

    `kind` is a PlaceKind or "countryside", `kind_words` the words that say so; `direction` a value
    of the lexicon's directions; `areas` are (toponym, closeness 0..1); `acts` marks a government,
    `is_town` what only towns have or undergo; `urban` -1..1 is how much its sentence speaks of a
    town rather than of a province.
    """

    name: str
    first: int
    last: int
    sentence: int
    kind: str = ""
    kind_words: str = ""
    direction: str = ""
    areas: tuple[tuple[int, float], ...] = ()
    listed_with_towns: bool = False
    acts: bool = False
    is_point: bool = False
    is_town: bool = False
    plural: bool = False
    urban: float = 0.0


@functools.lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """What mentions of one name have in common."""
    return fold(text)


def hints_of(doc: Document, reading: Reading) -> list[Hints]:
    """One Hints for each toponym, in order."""
    sentences = [sentence.start for sentence in doc.sentences]
    found = []
    areas = [_may_be_area(toponym) for toponym in doc.toponyms]
    for number, toponym in enumerate(doc.toponyms):
        first, last = reading.tokens_of(toponym.start, toponym.end)
        sentence = max(0, bisect.bisect_right(sentences, toponym.start) - 1)
        found.append(_hints(doc, reading, areas, number, first, last, sentence))
    return _shared_kinds(doc, reading, found)


def _shared_kinds(doc: Document, reading: Reading, hints: list[Hints]) -> list[Hints]:
    """ "The provinces of A, B and C", "A and B provinces": a plural speaks for the whole list."""
    shared = list(hints)
    for number in range(1, len(shared)):
        shared[number] = _sharing(doc, reading, shared[number], shared[number - 1], number, -1)
    for number in range(len(shared) - 2, -1, -1):
        shared[number] = _sharing(doc, reading, shared[number], shared[number + 1], number, 1)
    return shared


def _sharing(
    doc: Document, reading: Reading, own: Hints, other: Hints, number: int, step: int
) -> Hints:
    if own.kind or not (other.plural or other.kind == "governorate"):
        return own
    one, next_one = doc.toponyms[number], doc.toponyms[number + step]
    gap = reading.text[min(one.end, next_one.end) : max(one.start, next_one.start)]
    if len(gap) < _COUNT and gap != gap.strip(_FIGURES) and not gap.strip(_FIGURES + _JOINTS):
        return own._replace(kind=other.kind, kind_words=other.kind_words, plural=other.plural)
    if not other.plural:
        return own
    if len(gap) > 8 or not _parts(reading, gap):
        return own
    return own._replace(kind=other.kind, kind_words=other.kind_words, plural=True)


def _hints(
    doc: Document,
    reading: Reading,
    are_areas: list[bool],
    number: int,
    first: int,
    last: int,
    sentence: int,
) -> Hints:
    if doc.toponyms[number].role == "demonym":
        return Hints("", first, last, sentence)
    bare = reading.is_bare(first, last)
    kind, said, head = _kind_within(reading, first, last)
    if not kind and not bare:
        kind, said, head = _kind(reading, first, last)
    readings = doc.toponyms[number].candidates
    several = len(readings) > 1 or (bool(readings) and readings[0].score < 1)
    doubted = several or (bool(readings) and readings[0].kind == "village")
    return Hints(
        name_key(doc.toponyms[number].text),
        first,
        last,
        sentence,
        kind,
        said,
        "" if bare else _direction(reading, first, last, head),
        _areas(doc, reading, are_areas, number) if doubted else (),
        several and _listed_with_towns(doc, reading, number),
        _acts(reading, first, last),
        (not bare and _is_point(reading, first, last)) or _is_listed_between(reading, first),
        (not bare and _is_town_here(reading, first, last)) or is_dateline(reading, first, last),
        bool(said) and any(fold_word(word) in reading.words["plurals"] for word in said.split()),
        urbanity(reading, first, last) if _is_town_and_province(readings) else 0.0,
    )


def _is_town_and_province(readings: Sequence[Candidate]) -> bool:
    kinds = {item.kind for item in readings}
    return "governorate" in kinds and not kinds.isdisjoint(("city", "town"))


def _kind_within(reading: Reading, first: int, last: int) -> tuple[str, str, int]:
    """The generic word that is part of a name, its words, and the first token of the name."""
    if last - first > 1:
        for cue in (reading.cues.before(last, "generics"), reading.cues.at(first, "generics")):
            inside = cue is not None and first <= cue.first and cue.last <= last
            if cue is not None and inside and cue.last - cue.first < last - first:
                return cue.value, _words(reading, cue.first, cue.last), first
    return "", "", first


def _kind(reading: Reading, first: int, last: int) -> tuple[str, str, int]:
    """The generic word nearest to a name, its words, and the first token of it all."""
    after = reading.cues.at(last, "generics") if reading.has_case else None
    if after is not None and (reading.gap(last) == " " or _in_brackets(reading, after)):
        return after.value, _words(reading, after.first, after.last), first
    rural = reading.before(first, "countryside")
    if rural is not None:
        return "countryside", _words(reading, rural.first, rural.last), rural.first
    before = reading.before(first, "generics")
    if before is None:
        link = reading.before(first, "links")
        before = reading.before(link.first, "generics") if link is not None else None
    if before is not None:
        return before.value, _words(reading, before.first, first), before.first
    return "", "", first


def _in_brackets(reading: Reading, cue: Cue) -> bool:
    """ "Idlib (city)": the kind of a place said in brackets after its name."""
    return reading.gap(cue.first) == " (" and reading.gap(cue.last)[:1] == ")"


def _is_point(reading: Reading, first: int, last: int) -> bool:
    """Whether something is measured from the name ("south of X", "the X-Y road"): a town then."""
    if not reading.directions_are_parts and reading.before(first, "directions"):
        return True
    if reading.before(first, "between", "near", "direction_before"):
        return True
    if reading.after(last, "near_after"):
        return True
    link = reading.before(first, "direction_links")
    if link is not None and reading.before(link.first, "directions", "kilometres", "miles"):
        return True
    road = reading.after(last, "generics") or reading.before(first, "generics")
    return road is not None and road.value == "route"


def _is_town_here(reading: Reading, first: int, last: int) -> bool:
    """Whether what stands beside a name is had or done by towns: "the market in X"."""
    before = reading.before(first, "of_towns")
    return before is not None or reading.after(last, "of_towns_after") is not None


def _is_listed_between(reading: Reading, first: int) -> bool:
    """Whether a name goes on after "between" or a road: "between A and B", "the A - B road"."""
    joint = reading.before(first, "conjunctions")
    before = joint.first if joint is not None else first
    listed = reading.in_list(first) or reading.gap(first) in _DASHES or not reading.has_case
    if joint is None and not listed:
        return False
    return any(
        reading.before(before - back, "between") or _road_before(reading, before - back)
        for back in (1, 2, 3)
    )


def _road_before(reading: Reading, token: int) -> bool:
    road = reading.before(token, "generics")
    return road is not None and road.value == "route"


def _words(reading: Reading, first: int, last: int) -> str:
    return reading.text[reading.tokens[first].start : reading.tokens[last - 1].end]


def _direction(reading: Reading, first: int, last: int, head: int) -> str:
    for token in dict.fromkeys((first, head)):
        if reading.before(token, "direction_before"):
            return ""
        cue = reading.before(token, "directions")
        if cue is not None and (reading.directions_are_parts or cue.value == "centre"):
            return cue.value
    return ""


def _areas(
    doc: Document, reading: Reading, are_areas: list[bool], number: int
) -> tuple[tuple[int, float], ...]:
    """Areas named in the neighbourhood, the nearest ones and those right after first."""
    found = []
    for step in (-1, 1):
        for other in range(number + step, number + step * _AREA_LOOK, step):
            if not 0 <= other < len(doc.toponyms):
                break
            closeness = _closeness(reading, doc.toponyms[number], doc.toponyms[other])
            if closeness <= 0:
                break
            if are_areas[other]:
                found.append((other, closeness))
    return tuple(found)


def _may_be_area(toponym: Toponym) -> bool:
    return any(item.kind in _AREA_KINDS for item in toponym.candidates)


def _closeness(reading: Reading, own: Toponym, other: Toponym) -> float:
    """1 right beside, falling with the distance; nothing across a sentence's end."""
    start, end = (own.end, other.start) if other.start >= own.end else (other.end, own.start)
    if end - start > 160:
        return 0.0
    between = reading.text[start:end]
    if ". " in between or "\n\n" in between or "؟" in between or "! " in between:
        return 0.0
    return max(0.0, 1.0 - between.count(" ") / _AREA_REACH)


def _listed_with_towns(doc: Document, reading: Reading, number: int) -> bool:
    own = doc.toponyms[number]
    for other in (number - 1, number + 1):
        if not 0 <= other < len(doc.toponyms):
            continue
        toponym = doc.toponyms[other]
        start, end = sorted((own, toponym), key=lambda item: item.start)
        between = reading.text[start.end : end.start]
        if len(between) < 8 and _is_town(toponym) and _parts(reading, between):
            return True
    return False


def _parts(reading: Reading, between: str) -> bool:
    word = between.strip(" ,،").lower()
    return not word or word in reading.words["conjunctions"]


def _is_town(toponym: Toponym) -> bool:
    kinds = {item.kind for item in toponym.candidates}
    return bool(kinds & _TOWN_KINDS) and kinds <= _TOWN_KINDS | {"district", "subdistrict"}


def _acts(reading: Reading, first: int, last: int) -> bool:
    """Whether a capital does what governments do: speaks, agrees, is agreed with."""
    if _possessive(reading, last) and reading.key(first - 1) not in ("in", "at", "near"):
        return True
    if reading.before(first, "prepositions") and not reading.before(first, "governments"):
        return False
    after = reading.cues.at(last, "governments")
    before = reading.cues.before(first, "governments")
    follows = after is not None and after.value in ("after", "beside")
    return follows or (before is not None and before.value in ("before", "beside"))


def _possessive(reading: Reading, last: int) -> bool:
    token = reading.tokens[last - 1]
    end = token.end
    return token.text.endswith(("'s", "’s")) or reading.text[end : end + 2] in ("'s", "’s")
