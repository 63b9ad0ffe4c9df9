"""Gazetteer: places with all their spellings in memory, found exactly or by likeness.

Exact names stand in a PhraseIndex; unknown spellings are looked up by consonant skeleton and ranked
by rapidfuzz `ratio` over their loose forms. Coordinates are WGS 84 degrees, distances km.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from .document import Candidate
from .entries import Entry
from .names import fold, likeness, script_of, skeleton
from .phrases import PhraseIndex
from .spellings import Spellings

_EARTH_RADIUS_KM = 6371.0
_EXACT = 1.0
_FOLDED = 0.97
_BUCKET_LIMIT = 400
_MOST_KEPT = 4096
"""So many names looked up by likeness are kept for the next report."""
_MOST_READINGS = 50
_ABROAD = 0.7
_ABROAD_IN_ANOTHER_SCRIPT = 0.9
"""Names outside the gazetteer's home are seldom misspelled as Arabic ones are."""
_AREA = 0.93
"""Districts bear the names of their towns: a spelling is rather that of a town."""
_ADMIN = frozenset({"governorate", "district", "subdistrict"})
_SITE_REACH_KM = 80.0
_CALLED_AFTER = frozenset(
    {
        "air_base", "military_base", "prison", "camp", "crossing", "checkpoint", "hospital",
        "observation_post",
    }
)  # fmt: skip
"""Sites that are mostly called after the place they are at."""


def distance_km(
    lat: float | None, lon: float | None, other_lat: float | None, other_lon: float | None
) -> float:
    """Great-circle distance in km; infinite when a coordinate is missing."""
    if lat is None or lon is None or other_lat is None or other_lon is None:
        return math.inf
    north = math.radians(other_lat - lat)
    east = math.radians(other_lon - lon)
    chord = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(east / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


class Gazetteer:
    """All places known, by id, by exact spelling and by likeness.

    The names of all places stand in two flat lists, their keys in arrays of hashes: `entries` carry
    none of their own.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.names = Spellings()
        self.entries: tuple[Entry, ...] = tuple(self.names.take(entry) for entry in entries)
        self.by_id: dict[str, Entry] = {entry.place_id: entry for entry in self.entries}
        self.kept: dict[tuple[int, ...], Any] = {}
        """What a step worked out for places of one name, by their numbers."""
        self._chains: dict[str, tuple[Entry, ...]] = {}
        self._alike: dict[tuple[str, float], tuple[Candidate, ...]] = {}
        self._called: dict[tuple[str, str], list[Entry]] = {}
        self._sites: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.kind in _CALLED_AFTER:
                self._sites[entry.kind].append(entry)
        self.names.close()
        self.index = PhraseIndex(self.names.phrases())
        self.home = _home(self.entries)

    def entry(self, place_id: str) -> Entry:
        """The entry of a place; raises KeyError for an id that is not known."""
        return self.by_id[place_id]

    def nearest(self, lat: float, lon: float, limit: int = 10) -> list[tuple[Entry, float]]:
        """The entries nearest to a point, each with its distance in km."""
        away = ((entry, distance_km(lat, lon, entry.lat, entry.lon)) for entry in self.entries)
        known = (pair for pair in away if math.isfinite(pair[1]))
        return heapq.nsmallest(limit, known, key=lambda pair: pair[1])

    def exact(self, name: str) -> list[Entry]:
        """Entries that have this spelling, whatever its case, marks, hyphens and articles."""
        numbers = list(self.index.get(name)) or [
            self.names.owners[place] for place in self.names.folded.get(fold(name))
        ]
        return [self.entries[number] for number in dict.fromkeys(numbers)]

    def candidates(self, name: str, limit: int = 8, floor: float = 0.75) -> list[Candidate]:
        """Places that `name` may stand for, the likeliest first: exact spellings, else alike."""
        key = (name, floor)
        made = self._alike.get(key)
        if made is None:
            if len(self._alike) >= _MOST_KEPT:
                self._alike.clear()
            made = self._alike[key] = self._ranked(name, floor)
        return list(made[:limit])

    def _ranked(self, name: str, floor: float) -> tuple[Candidate, ...]:
        found = self.exact(name)
        if found:
            made = [candidate(entry, _EXACT, "spelling known") for entry in found]
        else:
            made = self.alike(name, floor)
        made.sort(key=lambda item: (-item.score, -self.by_id[item.place_id].weight))
        return tuple(made[:_MOST_READINGS])

    def alike(
        self, name: str, floor: float = 0.75, hidden: tuple[str, str] = ("", "")
    ) -> list[Candidate]:
        """Places with a spelling of the same consonants, scored by how alike they are.

        `hidden` is a (place_id, spelling) to overlook, for measuring.
        """
        best: dict[int, tuple[float, str]] = {}
        bare = skeleton(name)
        for place in self.names.skeletons.get(bare)[:_BUCKET_LIMIT] if len(bare) > 1 else ():
            spelling, number = self.names.texts[place], self.names.owners[place]
            entry = self.entries[number]
            score = likeness(name, spelling) * self._trust(entry, name, spelling)
            better = score >= floor and score > best.get(number, (0.0, ""))[0]
            if better and (entry.place_id, spelling) != hidden:
                best[number] = (score, spelling)
        return [
            candidate(self.entries[number], score * _FOLDED, f"spelled like {spelling}")
            for number, (score, spelling) in best.items()
        ]

    def _trust(self, entry: Entry, name: str, spelling: str) -> float:
        """How readily an unknown spelling is taken for this place."""
        abroad = 1.0
        if entry.country != self.home:
            abroad = (
                _ABROAD if script_of(name) == script_of(spelling) else _ABROAD_IN_ANOTHER_SCRIPT
            )
        return abroad * (_AREA if entry.kind in _ADMIN else 1.0)

    def owners(self, name: str) -> dict[str, set[str]]:
        """The spellings that fold like `name`, by the place that bears them."""
        found: dict[str, set[str]] = defaultdict(set)
        for place in self.names.folded.get(fold(name)):
            entry = self.entries[self.names.owners[place]]
            found[entry.place_id].add(self.names.texts[place])
        return found

    def parents(self, place_id: str) -> tuple[Entry, ...]:
        """The chain of places around a place, the nearest first; a circle in the data ends it."""
        known = self._chains.get(place_id)
        if known is None:
            known = self._chains[place_id] = self._chain(place_id)
        return known

    def _chain(self, place_id: str) -> tuple[Entry, ...]:
        chain: dict[str, Entry] = {}
        entry = self.by_id.get(place_id)
        while entry is not None and entry.parent and entry.parent not in chain:
            entry = self.by_id.get(entry.parent)
            if entry is not None:
                chain[entry.place_id] = entry
        return tuple(chain.values())

    def within(self, place_id: str, area_id: str) -> bool:
        """Whether a place is an area or lies in it by its parents."""
        return place_id == area_id or any(
            entry.place_id == area_id for entry in self.parents(place_id)
        )

    def named_after(self, place_id: str, kind: str) -> list[Entry]:
        """Sites of a kind that lie in a place or bear its name: the central prison of Idlib."""
        known = self._called.get((place_id, kind))
        if known is None:
            known = self._called[place_id, kind] = self._named_after(place_id, kind)
        return known

    def _named_after(self, place_id: str, kind: str) -> list[Entry]:
        place = self.by_id.get(place_id)
        if place is None:
            return []
        key = fold(place.name)
        return [
            site
            for site in self._sites.get(kind, ())
            if site.parent == place_id
            or (
                fold(site.name).startswith(key)
                and distance_km(site.lat, site.lon, place.lat, place.lon) < _SITE_REACH_KM
            )
        ]


def _home(entries: Iterable[Entry]) -> str:
    """The country the gazetteer knows the villages of."""
    countries = Counter(entry.country for entry in entries if entry.kind in ("village", "town"))
    return countries.most_common(1)[0][0] if countries else ""


def candidate(entry: Entry, score: float, *reasons: str) -> Candidate:
    """An entry as one reading of a name."""
    return Candidate(
        entry.place_id, entry.name, entry.kind, entry.lat, entry.lon, round(score, 3), reasons
    )
