"""Columns of whole numbers as bytes: the vocabulary that the snapshot's format is written in.

Pure functions over plain lists, without numpy: whatever touches each row goes through
comprehensions and C-level calls, since a million rows are packed at once. FORMAT.md
(static/js/model) has the bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

ESCAPE = 255


def varint(value: int) -> bytes:
    """A non-negative number, seven bits a byte, lowest first, top bit set on all but the last."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def varints(values: Iterable[int]) -> bytes:
    """Varints one after another; each distinct value is spelled once."""
    values = list(values)
    spelling = {value: varint(value) for value in set(values)}
    return b"".join(map(spelling.__getitem__, values))


def zigzag(value: int) -> int:
    """A signed number as a non-negative one: 0, -1, 1, -2 ... become 0, 1, 2, 3 ..."""
    return value << 1 if value >= 0 else -value * 2 - 1


def deltas(values: Sequence[int]) -> list[int]:
    """Differences from one value to the next, zigzagged; the first from 0."""
    return [zigzag(b - a) for a, b in zip([0, *values], values, strict=False)]


def escaped(values: Sequence[int]) -> bytes:
    """One byte a value, 255 meaning "255 plus the next varint of those that follow the bytes"."""
    head = bytes([v if v < ESCAPE else ESCAPE for v in values])
    return head + varints([v - ESCAPE for v in values if v >= ESCAPE])


def section(*parts: bytes) -> bytes:
    """Bytes with their length before them, so that a reader can tell a broken file."""
    body = b"".join(parts)
    return varint(len(body)) + body


def ranked(values: Iterable[T]) -> tuple[list[T], dict[T, int]]:
    """The distinct values, most frequent first (ties in their own order), and each one's rank."""
    counts = Counter(values)
    order = sorted(counts, key=lambda value: (-counts[value], value))
    return order, {value: rank for rank, value in enumerate(order)}


def numbered(values: Iterable[T]) -> dict[T, int]:
    """Each distinct value's number in order of first appearance."""
    return {value: number for number, value in enumerate(dict.fromkeys(values))}
