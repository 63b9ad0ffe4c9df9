"""One sentence laid out for coding: its words, what each does, and what was found in it before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
_TELLING = frozenset({"trigger", "frame", "verbal"})
_UNMASKED = frozenset({"frame", "stop"})
"""Groups whose words hold even where they are a fixed phrase as a whole."""
_ENDS = frozenset(".!?…؟")
_STOPS = frozenset(",;:–—،؛")


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

    def of(self, group: str) -> list[Hit]:
        """The hits of a group of labels, in the order of the text."""
        return self.hits.get(group, [])

    def distance(self, first: int, last: int, other_first: int, other_last: int) -> int:
        """Words between two stretches, a clause boundary counting CLAUSE_COST; 0 if they touch."""
        gap = max(other_first - last, first - other_last, 0)
        one = min(first, len(self.clauses) - 1)
        other = min(other_first, len(self.clauses) - 1)
        return gap + CLAUSE_COST * abs(self.clauses[one] - self.clauses[other])

    def joins(self, place: int) -> bool:
        """Whether the word at `place` is an "and"."""
        return any(hit.first == place for hit in self.of("joiners"))

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
    layers = [_Layer(doc.localities), _Layer(doc.times), _Layer(doc.actors)]
    for sentence in doc.sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        last = min(last, first + LONGEST)
        if first < last:
            yield _read(doc, sentence, grammar, tokens[first:last], layers)


class _Layer:
    """The results of an earlier step, searchable by sentence."""

    def __init__(self, items: Sequence[Locality | TimeExpression | ActorMention]) -> None:
        self._items = sorted(items, key=lambda item: item.start)
        self._starts = [item.start for item in self._items]

    def within(self, sentence: Sentence, starts: list[int]) -> list[Placed]:
        low = bisect_left(self._starts, sentence.start)
        high = bisect_left(self._starts, sentence.end)
        return [_placed(item, starts) for item in self._items[low : min(high, low + _MOST)]]


def _placed(item: Locality | TimeExpression | ActorMention, starts: list[int]) -> Placed:
    first = max(bisect_right(starts, item.start) - 1, 0)
    return Placed(first, max(bisect_left(starts, item.end), first + 1), item)


def _read(
    doc: Document,
    sentence: Sentence,
    grammar: Grammar,
    tokens: Sequence[Token],
    layers: list[_Layer],
) -> Reading:
    hits = _grouped(grammar.index_for(doc.text).find(tokens))
    starts = [token.start for token in tokens]
    joined = {n for hit in hits.get("joiners", ()) for n in range(hit.first, hit.last)}
    boundaries = {hit.first for hit in hits.get("clause", ())} - joined
    if _TELLING.isdisjoint(hits):  # nothing will be told here: the layout is not worth its time
        clauses, aside = [0] * len(tokens), [False] * len(tokens)
    else:
        clauses, aside = _clauses(doc.text, tokens, boundaries)
    localities, times, actors = (layer.within(sentence, starts) for layer in layers)
    if times and "modality" in hits:  # the "May" of a date is no "may"
        dated = {n for placed in times for n in range(placed.first, placed.last)}
        hits["modality"] = [hit for hit in hits["modality"] if hit.first not in dated]
    return Reading(doc, sentence, grammar, tokens, hits, clauses, aside, localities, times, actors)


def _grouped(hits: list[Hit]) -> dict[str, list[Hit]]:
    """The hits by group, without those inside a longer fixed phrase that means something else."""
    masked = {
        n: hit.last - hit.first
        for hit in hits
        if hit.label == "stop:"
        for n in range(hit.first, hit.last)
    }
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        group, _, value = hit.label.partition(":")
        if hit.last - hit.first >= masked.get(hit.first, 0) + (group not in _UNMASKED):
            listed = groups.setdefault(group, [])
            if len(listed) < _MOST:
                listed.append(Hit(hit.first, hit.last, value))
    return groups


def _clauses(
    text: str, tokens: Sequence[Token], boundaries: set[int]
) -> tuple[list[int], list[bool]]:
    """The clause number of each word, and whether it stands in brackets."""
    clauses, aside = [], []
    clause = depth = 0
    for number, token in enumerate(tokens):
        gap = text[tokens[number - 1].end : token.start] if number else ""
        if gap not in ("", " "):
            clause += any(sign in _STOPS for sign in gap)
            depth = max(depth + gap.count("(") - gap.count(")"), 0)
        clause += number in boundaries
        clauses.append(clause)
        aside.append(depth > 0)
    return clauses, aside
