"""Which event the counted dead of a sentence belong to, and how a total is shared over places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.geoparsing.document import Span
from events.geoparsing.patterns import Hit

from . import placing
from .apart import placed_apart
from .kinds import is_violent
from .merging import Telling
from .reading import Placed, Reading
from .tolls import Count, Part, share, together

_WIDE = frozenset({"governorate", "district", "subdistrict", "region", "country", "province"})


def give_figures(
    reading: Reading, tellings: list[Telling], count: Count, real: Sequence[str]
) -> None:
    """Each count of the killed goes to the nearest violent event whose modality is one of `real`.
    A total over several places is shared, the remainder to the place named first."""
    if not count.parts:
        return
    mortal = [t for t in tellings if is_violent(t.kind) and t.modality in real]
    mortal = mortal or [t for t in tellings if t.kind == "excessive_force"]
    given: dict[Span, list[Part]] = {}
    told = _told_at(reading, mortal)
    for part in placed_apart(reading, count.parts, told) if mortal else ():
        near = mortal[0]
        if len(mortal) > 1:
            near = min(mortal, key=lambda t: _words_off(reading, part.kill, t))
            near = _told_anew(reading, part, near, mortal)
        if part.place is not None:
            _give_at(part, part.place, near, mortal, tellings)
            continue
        given.setdefault(near.trigger, []).append(part)
    for trigger, parts in given.items():
        _share_out(reading, [t for t in mortal if t.trigger == trigger], parts, count)


def _told_anew(reading: Reading, part: Part, near: Telling, mortal: list[Telling]) -> Telling:
    """Instead of a telling that only points back ("the raids that ... hit the market") the one of
    its kind that tells; instead of a bare killing in a region what its clause hangs on ("mortars
    fell on Jurin in Hama province, where a child died")."""
    if not near.weak:
        return near
    alike = next((t for t in mortal if t.kind == near.kind and not t.weak), None)
    if alike is not None or not near.killing or not _is_wide(near):
        return alike or near
    told = [t for t in mortal if not t.weak and not _is_wide(t)]
    return min(told, key=lambda t: _words_off(reading, part.kill, t), default=near)


def _is_wide(telling: Telling) -> bool:
    """Whether a telling has no place finer than a district or region."""
    where = telling.where.locality
    return where is None or where.place is None or where.place.kind in _WIDE


def _told_at(reading: Reading, tellings: Sequence[Telling]) -> frozenset[int]:
    """The first words of the places that tellings stand at, and of what else bears their names."""
    ids = {_place_id(telling) for telling in tellings}
    named = (p for p in reading.localities if p.item.place is not None)
    return frozenset(p.first for p in named if p.item.place.place_id in ids)


def _share_out(
    reading: Reading, listed: list[Telling], parts: Sequence[Part], count: Count
) -> None:
    """The counts of one trigger to its tellings, one for each place, in the order of the text."""
    total = together(parts)
    told = sorted(_told_of(reading, parts[0].kill, listed), key=_place_start)
    for number, telling in enumerate(told):
        part = share(total, len(told), number) if total else None
        # what is too small to divide is no "nobody died" at the places after the first
        telling.figures = part if part is not None and (part.high or not number) else None
        telling.rise = count.rise
        telling.least = any(part.least for part in count.parts)
        telling.weak = telling.weak or count.rise


def _give_at(
    part: Part, place: Placed, near: Telling, mortal: list[Telling], tellings: list[Telling]
) -> None:
    """A count with a place of its own goes to the telling there, made like the nearest one if
    there is none."""
    found = next((t for t in mortal if t.where.locality is place.item), None)
    if found is None or found.figures is not None:
        found = replace(near, where=placing.own(place), figures=None)
        tellings.append(found)
    found.figures = part.figures


def _told_of(reading: Reading, kill: Hit, listed: list[Telling]) -> list[Telling]:
    """Of the places of a list those that the count is told of: the last one before a "where"
    ("shelled A and B, where two died"), or one named again ("shelled A and B, killing 2 in B")."""
    if len(listed) < 2:
        return listed
    again = _named_again(reading, kill, listed)
    asked = [hit for hit in reading.hits["where"] if hit.first < kill.first]
    if again or not asked:
        return again or listed
    end = reading.tokens[asked[-1].first].start
    before = [t for t in listed if t.where.locality and t.where.locality.start < end]
    return [max(before, key=_place_start)] if before else listed


def _named_again(reading: Reading, kill: Hit, listed: list[Telling]) -> list[Telling]:
    """The tellings whose place stands in the clause of the killing, if that is another one."""
    clause = reading.clauses[kill.first]
    if reading.clauses[listed[0].words[0]] == clause:
        return []
    named = {
        placed.item.place.place_id
        for placed in reading.localities
        if placed.item.place is not None and reading.clauses[placed.first] == clause
    }
    return [t for t in listed if _place_id(t) in named]


def _place_id(telling: Telling) -> str:
    where = telling.where.locality
    return where.place.place_id if where is not None and where.place is not None else ""


def _place_start(telling: Telling) -> int:
    return telling.where.locality.start if telling.where.locality else 0


def _words_off(reading: Reading, kill: Hit, telling: Telling) -> int:
    """How far a word of killing stands from what a telling was read from, clauses counted."""
    return reading.distance(kill.first, kill.last, *telling.words)
