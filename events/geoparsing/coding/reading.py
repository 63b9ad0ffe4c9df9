"""One sentence laid out for coding: its words, what each does, and what was found in it before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from events.geoparsing.document import ActorMention, Document, Locality, Sentence, TimeExpression
from events.geoparsing.patterns import Hit, words_of_text
from events.geoparsing.phrases import Token

from .grammar import Grammar

CLAUSE_COST = 3
"""A clause boundary between two words counts as so many words of distance."""
LONGEST = 200
"""A sentence is read so many words far, and of each group so many hits: time stays linear."""
_MOST = 24
_LISTED = 1
_TELLING = frozenset({"trigger", "frame", "verbal", "instrument"})
_UNMASKED = frozenset({"frame", "stop", "none_dead"})
"""Groups whose words hold even where they are a fixed phrase as a whole."""
_ENDS = frozenset(".!?…؟")
_STOPS = frozenset(",;:–—،؛")
_NO_EDGES: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
_new = tuple.__new__


class Placed(NamedTuple):
    """Something found by an earlier step, over tokens `first..last` (exclusive) of the sentence."""

    first: int
    last: int
    item: Any


@dataclass(slots=True)
class Reading:
    """A sentence. Token numbers in `hits`, `clauses` and the Placed lists count from its first.

    `hits` are by group; the label of a hit in it is only what follows the group's name.
    """

    doc: Document
    sentence: Sentence
    grammar: Grammar
    tokens: Sequence[Token]
    hits: dict[str, list[Hit]]
    clauses: list[int]
    aside: list[bool]
    localities: list[Placed]
    times: list[Placed]
    actors: list[Placed]
    edges: dict[str, tuple[frozenset[int], frozenset[int]]] = field(default_factory=dict)
    placeable: list[Placed] | None = None
    """The localities that an event can stand at, once `placing` has asked."""
    datable: list[Placed] | None = None
    """The date phrases that can date an event, once `dating` has asked."""

    def of(self, group: str) -> Sequence[Hit]:
        """The hits of a group of labels, in the order of the text."""
        return self.hits.get(group, ())

    def starts(self, group: str) -> frozenset[int]:
        """The words that a hit of a group starts at."""
        return self._edges(group)[0]

    def ends(self, group: str) -> frozenset[int]:
        """The words that a hit of a group ends right before."""
        return self._edges(group)[1]

    def _edges(self, group: str) -> tuple[frozenset[int], frozenset[int]]:
        if group not in self.hits:
            return _NO_EDGES
        found = self.edges.get(group)
        if found is None:
            hits = self.hits[group]
            found = frozenset(hit.first for hit in hits), frozenset(hit.last for hit in hits)
            self.edges[group] = found
        return found

    def distance(self, first: int, last: int, other_first: int, other_last: int) -> int:
        """Words between two stretches, a clause boundary counting CLAUSE_COST; 0 if they touch."""
        gap = max(other_first - last, first - other_last, 0)
        one = min(first, len(self.clauses) - 1)
        other = min(other_first, len(self.clauses) - 1)
        return gap + CLAUSE_COST * abs(self.clauses[one] - self.clauses[other])

    def joins(self, place: int) -> bool:
        """Whether the word at `place` is an "and"."""
        return place in self.starts("joiners")

    def text(self, first: int, last: int) -> str:
        """The words `first..last` as they stand."""
        return self.doc.text[self.tokens[first].start : self.tokens[last - 1].end]

    def gap(self, left: int, right: int) -> str:
        """What stands between two neighbouring tokens."""
        return self.doc.text[self.tokens[left].end : self.tokens[right].start]


def is_headline(reading: Reading) -> bool:
    """Whether the sentence is the report's first and ends without a full stop."""
    end = reading.doc.text[reading.sentence.end - 1 : reading.sentence.end]
    return reading.sentence.index == 0 and end not in _ENDS


def readings(doc: Document, grammar: Grammar) -> Iterator[Reading]:
    """Each sentence of `doc` that has words, laid out."""
    tokens = words_of_text(doc.text)
    starts = [token.start for token in tokens]
    hits = grammar.index_for(doc.text).find(tokens)
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
            yield _read(doc, sentence, grammar, tokens[first:last], groups, first, layers)


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


def _read(
    doc: Document,
    sentence: Sentence,
    grammar: Grammar,
    tokens: Sequence[Token],
    hits: dict[str, list[Hit]],
    first: int,
    layers: list[_Layer],
) -> Reading:
    localities, times, actors = (layer.within(sentence, first, len(tokens)) for layer in layers)
    if _TELLING.isdisjoint(hits):  # nothing will be told here: the layout is not worth its time
        clauses, aside = [0] * len(tokens), [False] * len(tokens)
    else:
        joined = {n for hit in hits.get("joiners", ()) for n in range(hit.first, hit.last)}
        boundaries = {hit.first for hit in hits.get("clause", ())} - joined
        listed = {
            after.first for one, after in pairwise(localities) if after.first - one.last <= _LISTED
        }
        clauses, aside = _clauses(doc.text, tokens, boundaries, listed)
    if times and "modality" in hits:  # the "May" of a date is no "may"
        dated = {n for placed in times for n in range(placed.first, placed.last)}
        hits["modality"] = [hit for hit in hits["modality"] if hit.first not in dated]
    return Reading(doc, sentence, grammar, tokens, hits, clauses, aside, localities, times, actors)


def _grouped(hits: Sequence[Hit], start: int, end: int) -> dict[str, list[Hit]]:
    """The hits of the words `start..end` by group, counted from `start`."""
    groups: dict[str, list[Hit]] = {}
    for first, last, (group, value) in hits:
        if last > end:
            continue
        listed = groups.get(group)
        if listed is None:
            groups[group] = [_new(Hit, (first - start, last - start, value))]
        elif len(listed) < _MOST:
            listed.append(_new(Hit, (first - start, last - start, value)))
    return _unmasked(groups) if "stop" in groups else groups


def _unmasked(groups: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
    """Without what stands inside a longer fixed phrase that means something else."""
    masked = {n: hit.last - hit.first for hit in groups["stop"] for n in range(hit.first, hit.last)}
    kept = {
        group: [
            hit
            for hit in hits
            if hit.last - hit.first >= masked.get(hit.first, 0) + (group not in _UNMASKED)
        ]
        for group, hits in groups.items()
    }
    return {group: hits for group, hits in kept.items() if hits}


def _clauses(
    text: str, tokens: Sequence[Token], boundaries: set[int], listed: set[int]
) -> tuple[list[int], list[bool]]:
    """The clause number of each word, and whether it stands in brackets. The commas of a list of
    places part no clauses."""
    clauses, aside = [], []
    clause = depth = 0
    end = tokens[0].start
    for number, token in enumerate(tokens):
        gap = text[end : token.start]
        end = token.end
        if gap != " " and gap:
            clause += number not in listed and not _STOPS.isdisjoint(gap)
            depth = max(depth + gap.count("(") - gap.count(")"), 0)
        if number in boundaries:
            clause += 1
        clauses.append(clause)
        aside.append(depth > 0)
    return clauses, aside
