"""A report's text cut into paragraphs, sentences and marks, for a template to print.

Nothing here makes markup: each piece is plain text with its kind and state, and the template
escapes it. Offsets are code points into the text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from events.models import Mention, Report
from events.vocabulary import MentionRole, MentionStatus, PlaceKind, ReviewStatus, SubEventType

DOUBTFUL_BELOW = 0.6
DECIDED = frozenset({ReviewStatus.CONFIRMED, ReviewStatus.PUBLISHED})
MOST_MARKED = 400_000
"""Characters that are marked; a longer text is printed whole, but plain beyond that."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with its `kind` (place, date, actor, trig, bg) and `state` ("", v, x, d)."""

    start: int
    end: int
    kind: str
    state: str = ""
    label: str = ""
    mention: int | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence that a card quotes: the card's `number` ("S" for a statement) and state."""

    start: int
    end: int
    number: str
    event: int
    state: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Plain text, or a mark's text."""

    text: str
    mark: Mark | None = None


@dataclass(slots=True)
class Block:
    """A sentence that cards quote (several may quote one), or the text between two such."""

    start: int
    pieces: list[Piece] = field(default_factory=list)
    quoted: list[Quoted] = field(default_factory=list)


def mention_mark(mention: Mention) -> Mark:
    """The mark of a place name."""
    states = {MentionStatus.VERIFIED: "v", MentionStatus.NOT_IDENTIFIABLE: "x"}
    state = states.get(mention.status, "")
    if not state and (mention.place_id is None or mention.score < DOUBTFUL_BELOW):
        state = "d"
    kind = "bg" if is_background(mention) else "place"
    return Mark(mention.start, mention.end, kind, state, mention.text, mention.pk)


def is_background(mention: Mention) -> bool:
    """Countries and capitals that stand for governments: read, but nobody has to decide on them."""
    if mention.role != MentionRole.LITERAL:
        return True
    return mention.place_id is not None and mention.place.kind == PlaceKind.COUNTRY


def span_marks(report: Report, quoted: Sequence[Quoted]) -> list[Mark]:
    """The marks of dates, actors and triggers; within a confirmed sentence they are verified."""
    sure = [(q.start, q.end) for q in quoted if q.state == "done"]
    return [_span_mark(span, sure) for span in report.spans]


def _span_mark(span: dict[str, Any], sure: Iterable[tuple[int, int]]) -> Mark:
    start, end = span["start"], span["end"]
    state = "v" if any(a <= start and end <= b for a, b in sure) else ""
    kind = "trig" if span["kind"] == "trigger" else span["kind"]
    label = span.get("label", "")
    if kind == "trig" and label in SubEventType.values:
        label = str(SubEventType(label).label)
    return Mark(start, end, kind, state, label)


def without_overlaps(marks: Iterable[Mark], length: int) -> list[Mark]:
    """Marks in order of the text, of two that overlap the earlier and longer one."""
    kept: list[Mark] = []
    at = 0
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.kind != "place")):
        if mark.start >= at and mark.start < mark.end <= length:
            kept.append(mark)
            at = mark.end
    return kept


def paragraphs(text: str, marks: Sequence[Mark], quoted: Sequence[Quoted]) -> Iterator[list[Block]]:
    """The text's lines, each as blocks of pieces. Runs in linear time."""
    marks = [m for m in marks if m.end <= MOST_MARKED]
    cuts = _blocks(quoted, len(text))
    number, first = 0, 0
    for start, end in _lines(text):
        line: list[Block] = []
        while number < len(cuts) and cuts[number][1] <= start:
            number += 1
        position = number
        while position < len(cuts) and cuts[position][0] < end:
            a, b, who = cuts[position]
            a, b = max(a, start), min(b, end)
            while first < len(marks) and marks[first].end <= a:
                first += 1
            line.append(Block(a, list(_pieces(text, a, b, marks, first)), who))
            position += 1
        if any(piece.text.strip() for block in line for piece in block.pieces):
            yield line


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _blocks(quoted: Sequence[Quoted], length: int) -> list[tuple[int, int, list[Quoted]]]:
    """The text as (start, end, cards that quote it), without gaps and overlaps."""
    found: list[tuple[int, int, list[Quoted]]] = []
    at = 0
    for each in sorted(quoted, key=lambda q: (q.start, q.end)):
        start, end = max(each.start, at), min(each.end, length)
        if found and each.start < at:  # within the sentence before: it is quoted twice
            found[-1][2].append(each)
        if start >= end:
            continue
        if start > at:
            found.append((at, start, []))
        found.append((start, end, [each]))
        at = end
    if at < length:
        found.append((at, length, []))
    return found


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], first: int) -> Iterator[Piece]:
    at = start
    for mark in marks[first:]:
        if mark.start >= end:
            break
        if mark.start < at or mark.end > end:
            continue
        if mark.start > at:
            yield Piece(text[at : mark.start])
        yield Piece(text[mark.start : mark.end], mark)
        at = mark.end
    if at < end:
        yield Piece(text[at:end])
