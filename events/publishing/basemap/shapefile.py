"""Reads lines and rings from ESRI shapefiles (geometry only, no attribute table).

The format is that of the "ESRI Shapefile Technical Description" of July 1998: a header of 100
bytes, then records of a big-endian head and little-endian content.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path

HEADER_BYTES = 100
WITH_PARTS = frozenset({3, 5, 13, 15, 23, 25})
"""PolyLine and Polygon, plain, with Z and with M: their first fields are the same."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""
Point = tuple[int, int]
"""Longitude and latitude in units of 1/10,000 degree (about 11 m)."""
Line = list[Point]

UNITS = 10_000


def read_lines(path: Path, bounds: Bounds) -> list[Line]:
    """All parts of all records that touch ``bounds`` (degrees), in whole units, in file order."""
    lines = [line for record in _records(path.read_bytes()) for line in _parts(record, bounds)]
    return [line for line in lines if len(line) > 1]


def quantise(degrees: tuple[float, float]) -> Point:
    return round(degrees[0] * UNITS), round(degrees[1] * UNITS)


def _records(content: bytes) -> Iterator[bytes]:
    at = HEADER_BYTES
    while at + 8 <= len(content):
        _number, words = struct.unpack_from(">ii", content, at)
        yield content[at + 8 : at + 8 + 2 * words]
        at += 8 + 2 * words


def _parts(record: bytes, bounds: Bounds) -> Iterator[Line]:
    if struct.unpack_from("<i", record)[0] not in WITH_PARTS:
        return
    west, south, east, north = struct.unpack_from("<4d", record, 4)
    if west > bounds[2] or east < bounds[0] or south > bounds[3] or north < bounds[1]:
        return
    part_count, point_count = struct.unpack_from("<ii", record, 36)
    starts = [*struct.unpack_from(f"<{part_count}i", record, 44), point_count]
    flat = struct.unpack_from(f"<{2 * point_count}d", record, 44 + 4 * part_count)
    points = [quantise(pair) for pair in zip(flat[::2], flat[1::2], strict=True)]
    for start, end in itertools.pairwise(starts):
        yield without_repeats(points[start:end])


def without_repeats(line: Line) -> Line:
    """The line without points equal to the one before them."""
    return [point for i, point in enumerate(line) if i == 0 or point != line[i - 1]]
