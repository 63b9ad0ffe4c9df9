"""Lines that touch become arcs between nodes, and arcs become the faces they enclose.

Because every neighbour shares its arcs, a coast, a border and a governorate's edge are one line
and stay one line however much they are thinned.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from events.publishing.basemap.planar import contains, distance, signed_area
from events.publishing.basemap.shapefile import Line, Point

COAST, BORDER, GOVERNORATE, FRAME = "coast", "border", "governorate", "frame"
LAYERS = (COAST, BORDER, GOVERNORATE, FRAME)
"""Where two layers have the same segment, the earlier one names it."""

Edge = tuple[Point, Point]
ArcRef = int
"""An arc's index, or its bitwise complement when it is walked from its end."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A line between two nodes, all of one layer."""

    layer: str
    line: Line


@dataclass(frozen=True, slots=True)
class Face:
    """An area: its outer ring, then its holes, each a list of arc references."""

    rings: list[list[ArcRef]]
    outer: Line
    holes: list[Line]
    area: float


def snap_ends(lines: Mapping[str, list[Line]], reach: int) -> dict[str, list[Line]]:
    """Tie each loose end to what lies within ``reach`` units: a vertex, else a segment.

    Tying to a segment gives the other line a vertex there.
    """
    flat = [(layer, list(line)) for layer in lines for line in lines[layer]]
    users: defaultdict[Point, set[int]] = defaultdict(set)
    for number, (_, line) in enumerate(flat):
        for point in line:
            users[point].add(number)
    for number, (_, line) in enumerate(flat):
        for end in (0, -1):
            if users[line[end]] == {number} and line[0] != line[-1]:
                near = _nearest_vertex(line[end], number, users, reach)
                if near is None:
                    _tie_to_segment(line[end], number, [other for _, other in flat], reach)
                else:
                    line[end] = near
    return {layer: [line for name, line in flat if name == layer] for layer in lines}


def _nearest_vertex(
    end: Point, number: int, users: Mapping[Point, set[int]], reach: int
) -> Point | None:
    near = [
        (math.dist(point, end), point)
        for point, lines in users.items()
        if abs(point[0] - end[0]) <= reach and abs(point[1] - end[1]) <= reach and lines - {number}
    ]
    return min(near)[1] if near else None


def _tie_to_segment(end: Point, number: int, lines: list[Line], reach: int) -> None:
    near = [
        (distance(end, line[i], line[i + 1]), other, i + 1)
        for other, line in enumerate(lines)
        for i in range(len(line) - 1)
        if other != number
    ]
    off, other, place = min(near, default=(math.inf, 0, 0))
    if off <= reach:
        lines[other].insert(place, end)


def build_arcs(lines: Mapping[str, list[Line]]) -> list[Arc]:
    """Arcs of all lines, each segment once, dead ends left out, in a stable order."""
    edges = _edges(lines)
    around = _neighbours(edges)
    _prune(edges, around)
    nodes = [p for p in sorted(around) if _is_node(p, around, edges)]
    arcs = [arc for node in nodes for arc in _walks(node, around, edges)]
    while edges:  # what is left are loops without a node: islands, enclaves
        arcs += _walks(min(edges)[0], around, edges)
    return arcs


def _edges(lines: Mapping[str, list[Line]]) -> dict[Edge, str]:
    edges: dict[Edge, str] = {}
    for layer in LAYERS:
        for line in lines.get(layer, ()):
            for a, b in itertools.pairwise(line):
                if a != b:
                    edges.setdefault(_edge(a, b), layer)
    return edges


def _edge(a: Point, b: Point) -> Edge:
    return (a, b) if a < b else (b, a)


def _neighbours(edges: Iterable[Edge]) -> dict[Point, set[Point]]:
    around: defaultdict[Point, set[Point]] = defaultdict(set)
    for a, b in edges:
        around[a].add(b)
        around[b].add(a)
    return dict(around)


def _prune(edges: dict[Edge, str], around: dict[Point, set[Point]]) -> None:
    dead = [point for point, others in around.items() if len(others) == 1]
    while dead:
        point = dead.pop()
        for other in around.pop(point, ()):
            del edges[_edge(point, other)]
            around[other].discard(point)
            if len(around[other]) == 1:
                dead.append(other)
    for point in [point for point, others in around.items() if not others]:
        del around[point]


def _is_node(point: Point, around: dict[Point, set[Point]], edges: dict[Edge, str]) -> bool:
    layers = {edges[_edge(point, other)] for other in around[point]}
    return len(around[point]) != 2 or len(layers) > 1


def _walks(node: Point, around: dict[Point, set[Point]], edges: dict[Edge, str]) -> list[Arc]:
    """Every arc not yet walked that leaves ``node``; its edges are used up."""
    arcs = []
    for first in sorted(around[node]):
        layer = edges.pop(_edge(node, first), None)
        if layer is not None:
            arcs.append(Arc(layer, _follow([node, first], layer, around, edges)))
    return arcs


def _follow(
    line: Line, layer: str, around: dict[Point, set[Point]], edges: dict[Edge, str]
) -> Line:
    while line[-1] != line[0] and len(around[line[-1]]) == 2:
        (onward,) = around[line[-1]] - {line[-2]}
        if edges.get(_edge(line[-1], onward)) != layer:
            break
        del edges[_edge(line[-1], onward)]
        line.append(onward)
    return line


def build_faces(arcs: list[Arc]) -> list[Face]:
    """All bounded areas between the arcs, holes assigned, largest first."""
    onward = _turns(arcs)
    outers: list[tuple[float, list[ArcRef]]] = []
    holes: list[list[ArcRef]] = []
    for ring in _rings(onward):
        area = signed_area(ring_line(arcs, ring))
        if area > 0:
            outers.append((area, ring))
        else:
            holes.append(ring)
    outers.sort(key=lambda outer: -outer[0])
    faces = [Face([ring], ring_line(arcs, ring), [], area) for area, ring in outers]
    for hole in holes:
        _assign_hole(hole, faces, arcs)
    return faces


def _turns(arcs: list[Arc]) -> dict[ArcRef, ArcRef]:
    """For each directed arc, the one that goes on with its face at its left."""
    leaving: defaultdict[Point, list[tuple[float, ArcRef]]] = defaultdict(list)
    for number, arc in enumerate(arcs):
        leaving[arc.line[0]].append((_bearing(arc.line[0], arc.line[1]), number))
        leaving[arc.line[-1]].append((_bearing(arc.line[-1], arc.line[-2]), ~number))
    onward = {}
    for fan in leaving.values():
        fan.sort()
        for place, (_, ref) in enumerate(fan):
            onward[~ref] = fan[place - 1][1]
    return onward


def _bearing(start: Point, end: Point) -> float:
    return math.atan2(end[1] - start[1], end[0] - start[0])


def _rings(onward: dict[ArcRef, ArcRef]) -> list[list[ArcRef]]:
    rings = []
    left = dict.fromkeys(sorted(onward))
    while left:
        ref = start = next(iter(left))
        ring = []
        while True:
            ring.append(ref)
            del left[ref]
            ref = onward[ref]
            if ref == start:
                break
        rings.append(ring)
    return rings


def ring_line(arcs: list[Arc], ring: Iterable[ArcRef]) -> Line:
    """The points of a ring, closed."""
    line: Line = []
    for ref in ring:
        part = arcs[ref].line if ref >= 0 else arcs[~ref].line[::-1]
        line += part[1:] if line else part
    return line


def _assign_hole(hole: list[ArcRef], faces: list[Face], arcs: list[Arc]) -> None:
    """Give a hole to the smallest face around it; the outside of everything has none."""
    line = ring_line(arcs, hole)
    size = -signed_area(line)
    around = [f for f in faces if f.area > size and contains(f.outer, line[0])]
    own = {~ref for ref in hole}
    around = [face for face in around if not own & set(face.rings[0])]
    if around:
        owner = min(around, key=lambda face: face.area)
        owner.rings.append(hole)
        owner.holes.append(line)
