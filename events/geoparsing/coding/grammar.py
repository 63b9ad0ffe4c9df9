"""The `[coding]` table of a lexicon, compiled: one PatternIndex whose labels say what a word does.

Labels are pairs (group, value). Groups: `trigger` (a sub-event type or an open kind such as
"assault"), `frame` (number of the frame, then of its part), `instrument`, `target`, `modality`,
`stance`, `verbal`, `reporter`, `figure`, and the plain lists (`say`, `clause`, `agent`, ...).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from events.geoparsing.names import fold_word
from events.geoparsing.patterns import PatternIndex, is_turkish

from .nouns import single_forms, with_duals

_GROUPS = (
    "triggers", "instruments", "targets", "modality", "stance", "verbal", "reporters", "figures",
    "place_nouns",
)  # fmt: skip
_LISTS = (
    "say", "said_by", "clause", "agent", "negation", "negation_after", "habitual", "background",
    "stop", "anaphora", "bounds", "origin", "subset", "rise", "joiners", "force", "based",
    "relative", "sums", "pointing", "opening", "seats", "speaking", "answer", "result",
    "goes_on", "where", "amid", "since", "firsts", "blame",
    "spread", "before_that", "rulers", "partook", "place_kinds", "holders", "helping", "rising",
    "subset_after", "subset_ends", "part_of", "along", "with", "ground", "at_least", "people",
)  # fmt: skip
_NUMBERED = (
    "number_of", "range", "between", "unit", "one", "person", "article", "passive", "amount",
    "none_dead", "some_of", "counted",
)  # fmt: skip
"""What stands beside numbers: groups of their own out of the table of figures."""
_NO_CUES = frozenset({*_NUMBERED, "nouns", "split_heads", "split_tails"})
SPLIT_REACH = 12
"""Words between the two halves of a verb of dying: "lost ... their lives" around who died."""
_LABELS = {
    "triggers": "trigger", "instruments": "instrument", "targets": "target",
    "reporters": "reporter", "figures": "figure",
}  # fmt: skip


EARLY = frozenset(
    {
        "trigger", "frame", "instrument", "verbal", "stop", "say", "based", "bounds", "seats",
        "speaking",
        "goes_on", "none_dead",
    }
)  # fmt: skip
"""Groups that every sentence is read for; the others only where something is told."""
LATE = frozenset({*(_LABELS.get(group, group) for group in _GROUPS), *_LISTS, *_NUMBERED}) - EARLY


@dataclass(frozen=True, slots=True)
class Frame:
    """A type decided by two or more words near each other: "shot down" with "drone".

    `near` counts the words that may lie between the parts.
    """

    kind: str
    parts: int
    near: int


class Meaning(NamedTuple):
    """What a word counts: its value, what it multiplies by, and the range of a vague word."""

    value: int | None
    scale: int | None
    vague: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the coding of one language knows."""

    indexes: tuple[PatternIndex, PatternIndex]
    """The patterns of the groups of EARLY, which every sentence is read for, and the others."""
    exact: tuple[PatternIndex, PatternIndex] | None
    """The same for text in the letters of Turkish; None for other languages."""
    frames: tuple[Frame, ...]
    numbers: Mapping[str, int]
    spellings: frozenset[str]
    """The number words as written: "ön" is no "on"."""
    scales: Mapping[str, int]
    vague: Mapping[str, tuple[int, int]]
    cue_follows: bool
    """Whether words of mode and negation stand after what they speak of, as in Turkish."""
    place_precedes: bool
    knows_ground: bool
    origin_endings: tuple[str, ...]
    """Endings after an apostrophe that say "from", as in Turkish."""
    of_endings: tuple[str, ...]
    """Endings after an apostrophe that say "of"."""
    part_endings: frozenset[str]
    """The endings of numbers that say "of them": "5'i"."""
    at_endings: tuple[str, ...]
    """The endings that say "at"."""
    verb_first: bool
    """Whether who does it stands after the verb, as in Arabic."""
    waw_stems: tuple[str, ...]
    """Nouns of persons that begin with the letter of the Arabic "and"."""
    unit_stems: tuple[str, ...]
    """How the words of units begin."""
    meanings: dict[str, Meaning | None] = field(default_factory=dict)
    """What the words of texts count, kept for the next time they are met."""

    def indexes_for(self, text: str) -> tuple[PatternIndex, PatternIndex]:
        """The indexes for a text: by exact letters where the language and the text have them."""
        return self.exact if self.exact is not None and is_turkish(text) else self.indexes


_COMPILED: dict[int, tuple[Mapping[str, Any], Grammar]] = {}


def grammar_of(lexicon: Mapping[str, Any]) -> Grammar:
    """The compiled `[coding]` table of `lexicon`, kept for the next report."""
    kept = _COMPILED.get(id(lexicon))
    if kept is None or kept[0] is not lexicon:
        kept = (lexicon, _compile(lexicon.get("coding", {})))
        _COMPILED[id(lexicon)] = kept
    return kept[1]


def _compile(table: Mapping[str, Any]) -> Grammar:
    frames, exact = _frames(table), table.get("exact_letters", False)
    figures = table.get("figures", {})
    numbers = with_duals(figures, table.get("numbers", {}))
    patterns = [(pattern, _split(label)) for pattern, label in _patterns(table)]
    return Grammar(
        indexes=_indexes(patterns, exact=False),
        exact=_indexes(patterns, exact=True) if exact else None,
        frames=tuple(Frame(f["type"], len(f["words"]), f.get("near", 6)) for f in frames),
        numbers={fold_word(word): value for word, value in numbers.items()},
        spellings=frozenset(word.lower() for word in numbers),
        scales={fold_word(word): value for word, value in table.get("scales", {}).items()},
        vague={fold_word(word): tuple(pair) for word, pair in table.get("vague", {}).items()},
        cue_follows=table.get("cue_follows", False),
        place_precedes=table.get("place_precedes", False),
        knows_ground="ground" in table,
        origin_endings=tuple(table.get("origin_endings", ())),
        of_endings=tuple(table.get("of_endings", ())),
        part_endings=frozenset(table.get("part_endings", ())),
        at_endings=tuple(table.get("at_endings", ())),
        verb_first=table.get("verb_first", False),
        waw_stems=tuple(
            {
                fold_word(word)
                for word in single_forms(figures.get("nouns", {}))
                if word.startswith("و")
            }
        ),
        unit_stems=tuple(fold_word(unit.strip("*")) for unit in figures.get("unit", ())),
    )


def _frames(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The frames of a lexicon, and the one of its verbs of dying that stand in two halves."""
    figures = table.get("figures", {})
    halves = [figures.get(name, ()) for name in ("split_heads", "split_tails")]
    split = {"type": "killing", "near": SPLIT_REACH, "words": halves}
    return [*table.get("frames", ()), split] if all(halves) else [*table.get("frames", ())]


def _indexes(
    patterns: Sequence[tuple[str, tuple[str, str]]], exact: bool
) -> tuple[PatternIndex, PatternIndex]:
    early = [(pattern, label) for pattern, label in patterns if label[0] in EARLY]
    late = [(pattern, label) for pattern, label in patterns if label[0] not in EARLY]
    return PatternIndex(early, exact), PatternIndex(late, exact)


@functools.cache
def _split(label: str) -> tuple[str, str]:
    """The group and the value of a label, one pair for all the patterns that bear it."""
    group, _, value = label.partition(":")
    return group, value


def _patterns(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for group in _GROUPS:
        for value, patterns in table.get(group, {}).items():
            if group == "figures" and value in _NO_CUES:
                continue
            yield from ((pattern, f"{_LABELS.get(group, group)}:{value}") for pattern in patterns)
    figures = table.get("figures", {})
    for name in _NUMBERED:
        yield from ((pattern, f"{name}:") for pattern in figures.get(name, ()))
    yield from ((form, "person:") for form in single_forms(figures.get("nouns", {})))
    yield from ((pattern, "figure:split") for pattern in figures.get("split_tails", ()))
    for name in ("kill", "kill_first", "kill_last", "toll"):
        yield from ((pattern, "trigger:killing") for pattern in figures.get(name, ()))
    for pattern in figures.get("none_dead", ()):
        yield pattern, "stop:"
    for name in _LISTS:
        yield from ((pattern, f"{name}:") for pattern in table.get(name, ()))
    for number, frame in enumerate(_frames(table)):
        for part, patterns in enumerate(frame["words"]):
            yield from ((pattern, f"frame:{number}:{part}") for pattern in patterns)
