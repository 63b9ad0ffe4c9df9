"""One sentence laid out for coding: its words, what each does, and what was found in it before.

What most sentences never need is laid out when it is first asked for: the words of the late groups,
the clauses, and answers that several steps ask for (`memo`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from events.geoparsing.document import ActorMention, Document, Locality, Sentence, TimeExpression
from events.geoparsing.patterns import Hit, PatternIndex, words_of_text
from events.geoparsing.phrases import Token

from .grammar import EARLY, LATE, Grammar

CLAUSE_COST = 3
"""A clause boundary between two words counts as so many words of distance."""
LONGEST = 200
"""A sentence is read so many words far, and of each group so many hits: time stays linear."""
_MOST = 24
_MOST_PARTS = 72
"""A word may be a part of several frames."""
_LISTED = 1
_UNMASKED = frozenset({"frame", "stop", "none_dead", "at_least"})
"""Groups whose words hold even where they are a fixed phrase as a whole."""
_ENDS = frozenset(".!?…؟")
_STOPS = frozenset(",;:–—،؛")
_NO_BRACKETS = (False,) * LONGEST
_NO_EARLY: dict[str, Sequence[Hit]] = dict.fromkeys(EARLY, ())
_NO_LATE: dict[str, Sequence[Hit]] = dict.fromkeys(LATE, ())
_new = tuple.__new__

T = TypeVar("T")


class Placed(NamedTuple):
    """Something found by an earlier step, over tokens `first..last` (exclusive) of the sentence."""

    first: int
    last: int
    item: Any


class Hits(dict[str, Sequence[Hit]]):
    """The hits of a sentence by group, in the order of the text; () for a group without any.

    The late groups are read when one of them is first asked for.
    """

    __slots__ = ("_late", "_masked", "_times", "_tokens")

    def __init__(
        self,
        early: dict[str, list[Hit]],
        late: PatternIndex,
        tokens: Sequence[Token],
        times: Sequence[Placed],
    ) -> None:
        masked = _masks(early["stop"]) if "stop" in early else None
        super().__init__(_NO_EARLY)
        self.update(_unmasked(early, masked) if masked else early)
        self._late: PatternIndex | None = late
        self._masked, self._tokens, self._times = masked, tokens, times

    def __missing__(self, group: str) -> Sequence[Hit]:
        late = self._late
        if late is not None and group not in EARLY:
            self._late = None
            self._read(late)
        found = self.get(group, ())
        self[group] = found
        return found

    def _read(self, late: PatternIndex) -> None:
        groups = _grouped(late.find(self._tokens), 0, len(self._tokens))
        if self._masked:
            groups = _unmasked(groups, self._masked)
        if self._times and "modality" in groups:  # the "May" of a date is no "may"
            dated = {n for placed in self._times for n in range(placed.first, placed.last)}
            groups["modality"] = [hit for hit in groups["modality"] if hit.first not in dated]
        self.update(_NO_LATE)
        self.update(groups)


class Reading:
    """A sentence. Token numbers in hits, `clauses` and the Placed lists count from its first.

    The label of a hit is only what follows the name of its group.
    """

    __slots__ = (
        "_aside", "_clauses", "_ends", "_starts", "actors", "doc", "grammar", "hits", "localities",
        "memo", "sentence", "times", "tokens",
    )  # fmt: skip

    def __init__(
        self,
        doc: Document,
        sentence: Sentence,
        grammar: Grammar,
        tokens: Sequence[Token],
        early: dict[str, list[Hit]],
        late: PatternIndex,
        found: Sequence[list[Placed]],
    ) -> None:
        self.doc, self.sentence, self.grammar, self.tokens = doc, sentence, grammar, tokens
        self.localities, self.times, self.actors = found
        self.hits = Hits(early, late, tokens, self.times)
        self.memo: dict[str, Any] = {}
        self._starts: dict[str, set[int]] = {}
        self._ends: dict[str, set[int]] = {}
        self._clauses: list[int] | None = None
        self._aside: Sequence[bool] | None = None

    def starts(self, group: str) -> set[int]:
        """The words that a hit of a group starts at."""
        found = self._starts.get(group)
        if found is None:
            found = self._starts[group] = {hit.first for hit in self.hits[group]}
        return found

    def ends(self, group: str) -> set[int]:
        """The words that a hit of a group ends right before."""
        found = self._ends.get(group)
        if found is None:
            found = self._ends[group] = {hit.last for hit in self.hits[group]}
        return found

    @property
    def clauses(self) -> list[int]:
        """The clause number of each word."""
        if self._clauses is None:
            self._clauses = _clauses(self)
        return self._clauses

    @property
    def aside(self) -> Sequence[bool]:
        """Whether each word stands in brackets."""
        if self._aside is None:
            start, end = self.tokens[0].start, self.tokens[-1].end
            open_ones = self.doc.text.find("(", start, end) >= 0
            self._aside = _brackets(self) if open_ones else _NO_BRACKETS
        return self._aside

    def once(self, name: str, work: Callable[[Reading], T]) -> T:
        """What `work` makes of the sentence, made once."""
        memo = self.memo
        if name not in memo:
            memo[name] = work(self)
        found: T = memo[name]
        return found

    def distance(self, first: int, last: int, other_first: int, other_last: int) -> int:
        """Words between two stretches, a clause boundary counting CLAUSE_COST; 0 if they touch."""
        clauses = self.clauses
        gap = other_first - last if other_first >= last else first - other_last
        end = len(clauses) - 1
        apart = (
            clauses[first if first < end else end]
            - clauses[other_first if other_first < end else end]
        )
        return (gap if gap > 0 else 0) + CLAUSE_COST * (apart if apart > 0 else -apart)

    def joins(self, place: int) -> bool:
        """Whether the word at `place` is an "and"."""
        return place in self.starts("joiners")

    def text(self, first: int, last: int) -> str:
        """The words `first..last` as they stand."""
        return self.doc.text[self.tokens[first].start : self.tokens[last - 1].end]

    def gap(self, left: int, right: int) -> str:
        """What stands between two neighbouring tokens, "" before the first and after the last."""
        tokens = self.tokens
        if right >= len(tokens):
            return ""
        return self.doc.text[tokens[left].end : tokens[right].start]


def is_headline(reading: Reading) -> bool:
    """Whether the sentence is the report's first and ends without a full stop."""
    end = reading.doc.text[reading.sentence.end - 1 : reading.sentence.end]
    return reading.sentence.index == 0 and end not in _ENDS


def readings(doc: Document, grammar: Grammar) -> Iterator[Reading]:
    """Each sentence of `doc` that has words, laid out."""
    tokens = words_of_text(doc.text)
    starts = [token.start for token in tokens]
    early, late = grammar.indexes_for(doc.text)
    hits = early.find(tokens)
    layers = [_Layer(items, starts) for items in (doc.localities, doc.times, doc.actors)]
    low = 0
    for sentence in doc.sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        last = min(last, first + LONGEST)
        while low < len(hits) and hits[low].first < first:
            low += 1
        if first < last:
            high = low
            while high < len(hits) and hits[high].first < last:
                high += 1
            groups = _grouped(hits[low:high], first, last)
            low = high
            found = [layer.within(sentence, first, last - first) for layer in layers]
            yield Reading(doc, sentence, grammar, tokens[first:last], groups, late, found)


class _Layer:
    """The results of an earlier step over the words of the text, searchable by sentence."""

    def __init__(
        self, items: Sequence[Locality | TimeExpression | ActorMention], starts: list[int]
    ) -> None:
        self._items = sorted(items, key=lambda item: item.start)
        self._starts = [item.start for item in self._items]
        self._firsts = [bisect_right(starts, start) - 1 for start in self._starts]
        self._lasts = [bisect_left(starts, item.end) for item in self._items]

    def within(self, sentence: Sentence, first: int, words: int) -> list[Placed]:
        """The results in a sentence of so many words, the first of them number `first`."""
        low = bisect_left(self._starts, sentence.start)
        high = min(bisect_left(self._starts, sentence.end, low), low + _MOST)
        placed = []
        for number in range(low, high):
            start = min(max(self._firsts[number] - first, 0), words - 1)
            end = min(max(self._lasts[number] - first, start + 1), words)
            placed.append(Placed(start, end, self._items[number]))
        return placed


def _grouped(hits: Sequence[Hit], start: int, end: int) -> dict[str, list[Hit]]:
    """The hits of the words `start..end` by group, counted from `start`."""
    groups: dict[str, list[Hit]] = {}
    for first, last, (group, value) in hits:
        if last > end:
            continue
        listed = groups.get(group)
        if listed is None:
            groups[group] = [_new(Hit, (first - start, last - start, value))]
        elif len(listed) < (_MOST_PARTS if group == "frame" else _MOST):
            listed.append(_new(Hit, (first - start, last - start, value)))
    return groups


def _masks(stops: Sequence[Hit]) -> dict[int, int]:
    """How long a fixed phrase covers each of its words."""
    return {n: hit.last - hit.first for hit in stops for n in range(hit.first, hit.last)}


def _unmasked(groups: dict[str, list[Hit]], masked: dict[int, int]) -> dict[str, list[Hit]]:
    """Without what stands inside a longer fixed phrase that means something else."""
    kept = {
        group: [
            hit
            for hit in hits
            if hit.last - hit.first >= masked.get(hit.first, 0) + (group not in _UNMASKED)
        ]
        for group, hits in groups.items()
    }
    return {group: hits for group, hits in kept.items() if hits}


def _clauses(reading: Reading) -> list[int]:
    """The clause number of each word. The commas of a list of places part no clauses."""
    joined = {n for hit in reading.hits["joiners"] for n in range(hit.first, hit.last)}
    boundaries = reading.starts("clause") - joined
    listed = {b.first for a, b in pairwise(reading.localities) if b.first - a.last <= _LISTED}
    text, clauses, clause = reading.doc.text, [], 0
    end = reading.tokens[0].start
    for number, token in enumerate(reading.tokens):
        gap = text[end : token.start]
        end = token.end
        if gap != " " and gap and number not in listed:
            clause += not _STOPS.isdisjoint(gap)
        if number in boundaries:
            clause += 1
        clauses.append(clause)
    return clauses


def _brackets(reading: Reading) -> list[bool]:
    text, aside, depth = reading.doc.text, [], 0
    end = reading.tokens[0].start
    for token in reading.tokens:
        gap = text[end : token.start]
        end = token.end
        depth = max(depth + gap.count("(") - gap.count(")"), 0)
        aside.append(depth > 0)
    return aside
