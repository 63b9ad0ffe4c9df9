"""How well spellings the gazetteer has not seen are linked: leave one out over its own aliases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .document import Candidate
from .gazetteer import Entry, Gazetteer, distance_km
from .names import fold

FLOOR = 0.78
"""Likeness from which a spelling is linked at all."""
MARGIN = 0.08
"""Readings this close to the best are namesakes, between which only a report can choose."""
SAME_PLACE_KM = 5.0
_SETTLEMENTS = frozenset({"city", "town", "village", "neighbourhood"})
"""Sites and areas have aliases in other words ("White River"), which are no spellings."""


class Linked(NamedTuple):
    """Shares of the aliases tried, 0..1, and how many they were."""

    right: float
    wrong: float
    unlinked: float
    tried: int


def leave_one_out(gazetteer: Gazetteer, limit: int = 4000) -> Linked:
    """Hide each alias of the gazetteer in turn and ask which place it means.

    Right: the place, or one within 5 km, is among the namesakes linked. Wrong: only other places
    are. Aliases that another place bears too are no unseen spellings and are left out, and so are
    sites, areas, and places outside the country whose villages the gazetteer knows. At most
    about `limit` aliases are tried, spread evenly.
    """
    aliases = list(_unseen(gazetteer))
    sample = aliases[:: max(1, len(aliases) // limit)]
    verdicts = [_verdict(gazetteer, entry, alias) for entry, alias in sample]
    tried = max(1, len(verdicts))
    right, wrong, unlinked = (
        verdicts.count(word) / tried for word in ("right", "wrong", "unlinked")
    )
    return Linked(right, wrong, unlinked, len(verdicts))


def _unseen(gazetteer: Gazetteer) -> Iterator[tuple[Entry, str]]:
    for number, entry in enumerate(gazetteer.entries):
        if entry.country != gazetteer.home or entry.kind not in _SETTLEMENTS:
            continue
        spellings = gazetteer.names.of(number)
        for alias in spellings if len(spellings) > 1 else ():
            if fold(alias) and set(gazetteer.owners(alias)) == {entry.place_id}:
                yield entry, alias


def _verdict(gazetteer: Gazetteer, entry: Entry, alias: str) -> str:
    if len(gazetteer.owners(alias)[entry.place_id]) > 1:
        return "right"
    found = link(gazetteer, alias, hidden=(entry.place_id, alias))
    if not found:
        return "unlinked"
    near = (distance_km(entry.lat, entry.lon, item.lat, item.lon) < SAME_PLACE_KM for item in found)
    return "right" if any(near) else "wrong"


def link(gazetteer: Gazetteer, name: str, hidden: tuple[str, str] = ("", "")) -> list[Candidate]:
    """The places a spelling may mean: the most alike one and those within MARGIN of it."""
    found = sorted(gazetteer.alike(name, FLOOR, hidden), key=lambda item: -item.score)
    return [item for item in found if found[0].score - item.score <= MARGIN]
