"""Cues: the words beside a name that say what it is (generic words, triggers, titles, directions).

Compiled once from the [places] table of a lexicon; `read_cues` finds them all in one pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .lexicon import Lexicon
from .names import fold_word, script_of
from .phrases import PhraseIndex, Token
from .world import demonyms

LISTS = (
    "prepositions", "near", "links", "between", "countryside", "conjunctions", "titles",
    "organisation_heads", "organisation_openers", "organisations", "units", "never", "kilometres",
    "miles", "direction_links", "side_links", "determiners", "between_after", "near_after",
    "countryside_after", "site_adjectives", "based", "of_towns", "of_towns_after", "kin",
)  # fmt: skip
WORDS = (
    "kunya", "given", "surnames", "words", "compounds", "case_endings", "plurals", "never",
    "conjunctions", "hosts", "urban", "rural", "only_places",
)  # fmt: skip
"""Lists that are asked word by word."""
TABLES = (
    "generics", "directions", "governments", "direction_before", "direction_after",
    "adjectives_after",
)  # fmt: skip
_NO_NAMES = frozenset(
    {
        "titles", "never", "organisation_heads", "generics", "directions", "units", "prepositions",
        "near", "links", "between", "conjunctions", "organisations",
    }
)  # fmt: skip


DEMONYMS = "demonyms"
"""Category of the adjectives of countries; the value is the ISO code."""


_new = tuple.__new__


class Cue(NamedTuple):
    """A cue word: its key in the lexicon's table ("" in a list), and the tokens it takes."""

    value: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class CueIndex:
    """All cue phrases of a language, and its single words by list for plain look-ups."""

    index: PhraseIndex
    words: dict[str, frozenset[str]]
    generics_before: bool = True
    directions_are_parts: bool = True


@dataclass(slots=True)
class CueMap:
    """The longest cue of each category by the token it starts at, and by the token after it."""

    starting: dict[int, dict[str, Cue]] = field(default_factory=dict)
    ending: dict[int, dict[str, Cue]] = field(default_factory=dict)
    no_names: set[int] = field(default_factory=set)
    """Tokens that cannot be part of an unknown name."""

    def at(self, token: int, category: str) -> Cue | None:
        """The longest cue of a category that starts at a token."""
        found = self.starting.get(token)
        return found.get(category) if found is not None else None

    def before(self, token: int, category: str) -> Cue | None:
        """The longest cue of a category that ends right before a token."""
        found = self.ending.get(token)
        return found.get(category) if found is not None else None

    def all(self, category: str) -> Iterable[Cue]:
        """All cues of a category, the longest at each token."""
        return [found[category] for found in self.starting.values() if category in found]


_compiled: dict[int, tuple[Lexicon, CueIndex]] = {}


def cue_index(lexicon: Lexicon) -> CueIndex:
    """The compiled cues of a lexicon, made once for each lexicon object."""
    found = _compiled.get(id(lexicon))
    if found is None or found[0] is not lexicon:
        found = (lexicon, _compile(lexicon.get("places", {})))
        _compiled[id(lexicon)] = found
    return found[1]


def _compile(places: Lexicon) -> CueIndex:
    words = {
        name: frozenset(fold_word(word) for word in places.get(name, ()) if " " not in word)
        for name in WORDS
    }
    return CueIndex(
        PhraseIndex(_phrases(places)),
        words,
        places.get("generics_before", True),
        places.get("directions_are_parts", True),
    )


def _phrases(places: Lexicon) -> Iterator[tuple[str, tuple[str, str]]]:
    scripts = {script_of(phrase) for phrase in places.get("titles", ())}
    for word, iso in demonyms():
        if not scripts or script_of(word) in scripts:
            yield word, (DEMONYMS, iso)
    endings = places.get("endings", ())
    for name in LISTS:
        for phrase in places.get(name, ()):
            yield phrase, (name, "")
    for table in TABLES:
        for value, listed in places.get(table, {}).items():
            for phrase in listed:
                yield phrase, (table, value)
                for ending in endings if table == "generics" else ():
                    yield phrase + ending, (table, value)


def read_cues(index: CueIndex, tokens: Sequence[Token]) -> CueMap:
    """All cues of a text."""
    cues = CueMap()
    starting, ending, no_names = cues.starting, cues.ending, cues.no_names
    for first, last, payloads in index.index.find_payloads(tokens):
        begun = starting.get(first)
        if begun is None:
            begun = starting[first] = {}
        ended = ending.get(last)
        if ended is None:
            ended = ending[last] = {}
        for category, value in payloads:
            # They come by start and the longest first: the first one met is the longest.
            if category not in begun or category not in ended:
                cue = _new(Cue, (value, first, last))
                begun.setdefault(category, cue)
                ended.setdefault(category, cue)
            if category in _NO_NAMES:
                no_names.add(first)
                if last - first > 1:
                    no_names.update(range(first, last))
    return cues
