"""Plane geometry on whole units: areas, containment, clipping, thinning, smoothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from events.publishing.basemap.shapefile import Line, Point, without_repeats

Frame = tuple[int, int, int, int]
"""West, south, east, north, in units."""


def signed_area(ring: Line) -> float:
    """Square units, positive when the ring runs anticlockwise; closing point optional."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def contains(ring: Line, point: tuple[float, float]) -> bool:
    """Whether the point lies within the ring (even-odd rule)."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def clip(line: Line, frame: Frame) -> list[Line]:
    """The pieces of the line within the frame; cut ends lie exactly on it."""
    pieces: list[Line] = []
    for start, end in itertools.pairwise(line):
        cut = _clip_segment(start, end, frame)
        if cut is None:
            continue
        if pieces and pieces[-1][-1] == cut[0]:
            pieces[-1].append(cut[1])
        else:
            pieces.append([*cut])
    return [piece for piece in map(without_repeats, pieces) if len(piece) > 1]


def _clip_segment(start: Point, end: Point, frame: Frame) -> tuple[Point, Point] | None:
    """Liang and Barsky's parametric clipping (1984)."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    enter, leave = 0.0, 1.0
    sides = (
        (-dx, start[0] - frame[0]),
        (dx, frame[2] - start[0]),
        (-dy, start[1] - frame[1]),
        (dy, frame[3] - start[1]),
    )
    for step, room in sides:
        if step == 0 and room < 0:
            return None
        if step < 0:
            enter = max(enter, room / step)
        elif step > 0:
            leave = min(leave, room / step)
    if enter > leave:
        return None

    def at(t: float) -> Point:
        return round(start[0] + t * dx), round(start[1] + t * dy)

    return at(enter), at(leave)


def frame_ring(frame: Frame, ends: Iterable[Point]) -> Line:
    """The frame as a closed line that has a vertex at every end lying on it."""
    west, south, east, north = frame
    corners = [(west, south), (east, south), (east, north), (west, north)]
    points = set(ends)
    ring: Line = []
    for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
        on_side = [p for p in points if p not in (a, b) and _on_side(p, a, b)]
        ring += [a, *sorted(on_side, key=lambda p: abs(p[0] - a[0]) + abs(p[1] - a[1]))]
    return [*ring, corners[0]]


def _on_side(point: Point, a: Point, b: Point) -> bool:
    return point[0] == a[0] == b[0] or point[1] == a[1] == b[1]


def thin(line: Line, tolerance: Callable[[Point], float]) -> Line:
    """Douglas and Peucker (1973), ends kept; ``tolerance`` in units, per point.

    A closed line is first parted at the point farthest from its start, so that it never collapses.
    """
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda i: distance(line[i], line[0], line[0]))
        keep.add(far)
        spans = [(0, far), (far, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        worst, index = _worst(line, first, last, tolerance)
        if worst > 1:
            keep.add(index)
            spans += [(first, index), (index, last)]
    return [line[i] for i in sorted(keep)]


def _worst(
    line: Line, first: int, last: int, tolerance: Callable[[Point], float]
) -> tuple[float, int]:
    """How far the worst point between is off the chord, in tolerances, and which it is."""
    offs = (
        (distance(line[i], line[first], line[last]) / tolerance(line[i]), i)
        for i in range(first + 1, last)
    )
    return max(offs, default=(0.0, first))


def distance(point: Point, a: Point, b: Point) -> float:
    """From a point to the nearest point of a segment, in units."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if not length else ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length
    along = max(0.0, min(1.0, along))
    return ((point[0] - a[0] - along * dx) ** 2 + (point[1] - a[1] - along * dy) ** 2) ** 0.5


def smooth(line: Line, steps: int = 4) -> Line:
    """A Catmull-Rom curve through every point of a sketched line."""
    ends = [line[0], *line, line[-1]]
    curve: Line = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        curve += [_catmull_rom((p0, p1, p2, p3), k / steps) for k in range(steps)]
    return without_repeats([*curve, line[-1]])


def _catmull_rom(points: tuple[Point, Point, Point, Point], t: float) -> Point:
    def axis(k: int) -> int:
        a, b, c, d = (point[k] for point in points)
        cubic = (3 * b - a - 3 * c + d) * t**3 + (2 * a - 5 * b + 4 * c - d) * t**2 + (c - a) * t
        return round(b + cubic / 2)

    return axis(0), axis(1)
