"""The names of all places of a gazetteer, held compactly.

Texts stand in one list and their owners in one array; the keys they are looked up by are kept as
hashes, sorted, since two of them are equal by chance once in many billions of gazetteers.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from .entries import Entry
from .names import fold, skeleton_of

_MARKED = 4
"""Names up to this many letters are kept with their language: acronyms are matched as written."""
_CASELESS = "\u0590"
"""From here on scripts have no capitals, and no acronyms."""


class KeyTable:
    """Places in a list of names by a key of the name, as hashes in an array."""

    def __init__(self, hashes: array[int]) -> None:
        """`hashes` has one hash of a key for each place, in order."""
        self._places = array("i", sorted(range(len(hashes)), key=hashes.__getitem__))
        self._hashes = array("q", (hashes[place] for place in self._places))

    def get(self, key: str) -> Sequence[int]:
        """The places of a key in the order of the list, none for an unknown key."""
        wanted = hash(key)
        first = last = bisect_left(self._hashes, wanted)
        while last < len(self._hashes) and self._hashes[last] == wanted:
            last += 1
        return self._places[first:last]


class Spellings:
    """All spellings: those of entry `number` are `texts[starts[number] : starts[number + 1]]`, and
    `owners[place]` is the number of the entry that `texts[place]` names."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.owners = array("i")
        self.starts = array("i", [0])
        self.marked: dict[str, tuple[tuple[str, str], ...]] = {}
        """The short and the dotted names (text, language) of a place that has some, by its id."""
        self.folded = self.skeletons = KeyTable(array("q"))
        self._keys = array("q"), array("q")
        self._shared: dict[Any, Any] = {}

    def take(self, entry: Entry) -> Entry:
        """The entry without its names, which are learned here."""
        number = len(self.starts) - 1
        for text in entry.spellings():
            key = fold(text)
            if key:
                self.texts.append(self._one(text))
                self.owners.append(number)
                self._keys[0].append(hash(key))
                self._keys[1].append(hash(skeleton_of(text)))
        self.starts.append(len(self.texts))
        marked = tuple(
            (text, sys.intern(language))
            for text, language in entry.names
            if text < _CASELESS and (len(text) <= _MARKED or "." in text)
        )
        if marked:
            self.marked[entry.place_id] = marked
        return self._slim(entry)

    def _slim(self, entry: Entry) -> Entry:
        return Entry(
            entry.place_id, self._one(entry.name), sys.intern(entry.kind), entry.lat, entry.lon,
            self._one(entry.radius_km), sys.intern(entry.parent), sys.intern(entry.country),
            entry.population, self._one(min(1.0, entry.weight)), (),
            entry.valid_from, entry.valid_to,
        )  # fmt: skip

    def _one(self, value: Any) -> Any:
        """The one object that stands for all equal ones."""
        return self._shared.setdefault(value, value)

    def close(self) -> None:
        """All entries have been taken: make the keys."""
        self._shared = {}
        self.folded, self.skeletons = (KeyTable(hashes) for hashes in self._keys)
        self._keys = array("q"), array("q")

    def phrases(self) -> Iterator[tuple[str, int]]:
        """(spelling, number of its entry) of all."""
        for number in range(len(self.starts) - 1):
            for text in self.of(number):
                yield text, number

    def of(self, number: int) -> Sequence[str]:
        """The spellings of an entry, the preferred one first."""
        return self.texts[self.starts[number] : self.starts[number + 1]]
