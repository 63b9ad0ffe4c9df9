"""One text as the place steps see it: its tokens, its cues, and plain questions about them."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from .cues import Cue, CueIndex, CueMap, cue_index, read_cues
from .document import Document, Sentence
from .lexicon import Lexicon
from .patterns import words_of_text
from .phrases import Token

_STOPS = frozenset('.!?;:\n(){}[]|•؟؛"«»“”')
_GLUE = frozenset(" -\u00a0‑–")
_NO_CASE = frozenset({"ar"})
_LONGEST_HEAD = 10
_HEAD_GAPS = frozenset({" ", "-", ", ", "، ", " - ", " – ", " — ", " / ", "/", " & "})


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its tokens and cues. Token numbers run from 0; gaps are the signs between."""

    text: str
    language: str
    tokens: tuple[Token, ...]
    cues: CueMap
    words: dict[str, frozenset[str]]
    openers: frozenset[int]
    """Tokens that begin a sentence: their capital says nothing."""
    glued: tuple[bool, ...]
    """Whether only a space or a hyphen parts each token from the one before."""
    capitals: tuple[bool, ...]
    """Whether each token's own first letter is a capital."""
    heads: frozenset[int]
    """Tokens of the names that head an item of a list: "- Ariha, Saraqib: two air strikes"."""
    closing: dict[int, dict[str, Cue]]
    """The cues that end right before each token, in its clause."""
    opening: dict[int, dict[str, Cue]]
    """The cues that start right at each token that goes on the one before."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    """Where each token starts and ends in the text."""
    directions_are_parts: bool = True
    """Whether a direction before a name means a part of it ("northern X"), not "north of X"."""

    @property
    def has_case(self) -> bool:
        """Whether the script tells names by their capitals."""
        return self.language not in _NO_CASE

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """The tokens (first, last exclusive) that a span of the text touches; at least one."""
        first = bisect.bisect_right(self.ends, start)
        last = bisect.bisect_left(self.starts, end)
        return first, max(first + 1, last)

    def gap(self, token: int) -> str:
        """The signs between a token and the one before it; a line end where there is none."""
        if not 0 < token < len(self.tokens):
            return "\n"
        return self.text[self.tokens[token - 1].end : self.tokens[token].start]

    def joined(self, token: int) -> bool:
        """Whether only a space or a hyphen parts a token from the one before."""
        return 0 < token < len(self.glued) and self.glued[token]

    def follows(self, token: int) -> bool:
        """Whether a token goes on the clause of the one before: no full stop or bracket between."""
        gap = self.gap(token)
        return len(gap) < 4 and _STOPS.isdisjoint(gap)

    def capital(self, token: int) -> bool:
        """Whether a token's own first letter is a capital."""
        return 0 <= token < len(self.capitals) and self.capitals[token]

    def upper(self, token: int) -> bool:
        """Whether a token is written in capitals alone."""
        return 0 <= token < len(self.tokens) and self.tokens[token].text.isupper()

    def in_list(self, token: int) -> bool:
        """Whether a token goes on a list: a comma, a conjunction or a glued wa- before it."""
        if self.gap(token) in (", ", "، ", ",", "، و"):
            return True
        if not self.has_case and self.gap(token) in (" - ", " – "):
            return True
        if not self.joined(token):
            return False
        if self.tokens[token].key.startswith("و") and not self.has_case:
            return True
        return self.cues.before(token, "conjunctions") is not None

    def key(self, token: int) -> str:
        """The folded word of a token; "" outside the text."""
        return self.tokens[token].key if 0 <= token < len(self.tokens) else ""

    def is_in(self, token: int, name: str) -> bool:
        """Whether a token stands in one of the lexicon's word lists."""
        return self.key(token) in self.words[name]

    def before(self, token: int, *categories: str) -> Cue | None:
        """A cue that ends right before a token, in the same clause."""
        found = self.closing.get(token)
        if found is not None:
            for category in categories:
                if category in found:
                    return found[category]
        return None

    def after(self, token: int, *categories: str) -> Cue | None:
        """A cue that starts right at a token which follows on directly."""
        found = self.opening.get(token)
        if found is not None:
            for category in categories:
                if category in found:
                    return found[category]
        return None

    def is_bare(self, first: int, last: int) -> bool:
        """Whether no cue stands right before tokens first..last, nor right after."""
        return first not in self.closing and last not in self.opening


_last: list[tuple[Lexicon, tuple[Sentence, ...], Reading]] = []


def read(doc: Document, lexicon: Lexicon) -> Reading:
    """The reading of a document; the last one is kept for the next step that asks."""
    for known, sentences, reading in _last[:1]:
        if known is lexicon and sentences is doc.sentences and reading.text is doc.text:
            return reading
    reading = _read(doc, lexicon)
    _last[:] = [(lexicon, doc.sentences, reading)]
    return reading


def _read(doc: Document, lexicon: Lexicon) -> Reading:
    tokens = tuple(words_of_text(doc.text))
    index: CueIndex = cue_index(lexicon)
    cues = read_cues(index, tokens)
    openers = _openers(doc, tokens)
    text = doc.text
    glued = [
        other.start - one.end == 1 and text[one.end] in _GLUE
        for one, other in itertools.pairwise(tokens)
    ]
    glued = [False, *glued] if tokens else glued
    capitals = tuple([token.text[0].isupper() for token in tokens])
    return Reading(
        doc.text,
        doc.language,
        tokens,
        cues,
        index.words,
        openers,
        tuple(glued),
        capitals,
        _heads(doc, tokens, openers, capitals),
        _joined_on(cues.ending, glued, () if index.generics_before else ("generics",)),
        _joined_on(cues.starting, glued, ()),
        tuple([token.start for token in tokens]),
        tuple([token.end for token in tokens]),
        index.directions_are_parts,
    )


def _joined_on(
    cues: dict[int, dict[str, Cue]], glued: Sequence[bool], without: tuple[str, ...]
) -> dict[int, dict[str, Cue]]:
    """The cues at tokens that only a space or a hyphen parts from the one before."""
    size = len(glued)
    found = {token: at for token, at in cues.items() if token < size and glued[token]}
    for category in without:
        found = {
            token: {k: c for k, c in at.items() if k != category} for token, at in found.items()
        }
    return found


def _openers(doc: Document, tokens: tuple[Token, ...]) -> frozenset[int]:
    found = set()
    token = 0
    for sentence in doc.sentences:
        while token < len(tokens) and tokens[token].start < sentence.start:
            token += 1
        found.add(token)
    return frozenset(found or {0})


def _heads(
    doc: Document, tokens: tuple[Token, ...], openers: frozenset[int], capitals: tuple[bool, ...]
) -> frozenset[int]:
    """The tokens between the start of a line and a colon, where they are but names."""
    if ":" not in doc.text:
        return frozenset()
    heads: set[int] = set()
    has_case = doc.language not in _NO_CASE
    for first in openers:
        last = first
        while last < len(tokens) and last - first < _LONGEST_HEAD:
            if has_case and not capitals[last]:
                break
            end = tokens[last].end
            last += 1
            if doc.text[end : end + 1] == ":":
                heads.update(range(first, last))
                break
            if last == len(tokens) or doc.text[end : tokens[last].start] not in _HEAD_GAPS:
                break
    return frozenset(heads)
