"""Cues: the words beside a name that say what it is (generic words, triggers, titles, directions).

Compiled once from the [places] table of a lexicon; `read_cues` finds them all in one pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .lexicon import Lexicon
from .names import fold_word
from .phrases import PhraseIndex, Token

LISTS = (
    "prepositions", "near", "links", "between", "countryside", "conjunctions", "titles", "kunya",
    "given", "organisation_heads", "organisation_openers", "organisations", "units", "never",
    "words", "kilometres", "miles", "direction_links", "side_links", "determiners", "between_after",
    "near_after", "countryside_after", "compounds", "case_endings", "site_adjectives",
)  # fmt: skip
TABLES = ("generics", "directions", "governments", "direction_after", "adjectives_after")


class Cue(NamedTuple):
    """A cue word: its list or table in the lexicon, its key in the table, the tokens it takes."""

    category: str
    value: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class CueIndex:
    """All cue phrases of a language, and its single words by list for plain look-ups."""

    index: PhraseIndex
    words: dict[str, frozenset[str]]
    generics_before: bool = True


@dataclass(slots=True)
class CueMap:
    """The cues of one text by the token they start at and by the token they end before."""

    starting: dict[int, list[Cue]] = field(default_factory=dict)
    ending: dict[int, list[Cue]] = field(default_factory=dict)

    def at(self, token: int, category: str) -> Cue | None:
        """The longest cue of a category that starts at a token."""
        return next((cue for cue in self.starting.get(token, ()) if cue.category == category), None)

    def before(self, token: int, category: str) -> Cue | None:
        """The longest cue of a category that ends right before a token."""
        return next((cue for cue in self.ending.get(token, ()) if cue.category == category), None)


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
        for name in LISTS
    }
    return CueIndex(PhraseIndex(_phrases(places)), words, places.get("generics_before", True))


def _phrases(places: Lexicon) -> Iterator[tuple[str, tuple[str, str]]]:
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


def read_cues(index: CueIndex, text: str, tokens: Sequence[Token]) -> CueMap:
    """All cues of a text, the longest first at each token."""
    cues = CueMap()
    for match in index.index.find_all(text, tokens):
        for category, value in match.payloads:
            cue = Cue(category, value, match.first, match.last)
            cues.starting.setdefault(match.first, []).append(cue)
            cues.ending.setdefault(match.last, []).append(cue)
    return cues
