"""From raw shapefile lines to the layers of ``region.json``: who owns which face, what is drawn."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from events.publishing.basemap import topology
from events.publishing.basemap.planar import Frame, clip, contains, frame_ring, signed_area, thin
from events.publishing.basemap.shapefile import Line, Point, quantise
from events.publishing.basemap.topology import Arc, ArcRef, Face

CORE: Frame = (330_000, 315_000, 435_000, 385_000)
"""What the map is about, in units: 33 to 43.5 E, 31.5 to 38.5 N."""
FRAME: Frame = (260_000, 280_000, 490_000, 420_000)
"""How far the base map reaches, so that small zooms show no edge."""
CORE_TOLERANCE, OUTER_TOLERANCE = 5, 150
"""Thinning in units: about 55 m within the core, 1.6 km outside it."""
SNAP_REACH = 15
SMALLEST_OUTER_ISLAND = 150_000
"""Square units (about 15 km2); smaller ones are left out outside the core."""

DISPUTED = frozenset({frozenset({"israel", "palestine"})})
"""Pairs of countries whose line is an armistice line, no border."""
SEA, SYRIA, UNNAMED = "sea", "syria", "abroad"

Seeds = Mapping[str, list[tuple[float, float]]]
"""For each owner the points (longitude, latitude) that mark its faces."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A face with its country (or the sea) and, within Syria, its governorate."""

    face: Face
    country: str
    governorate: str


def tolerance(point: Point) -> float:
    west, south, east, north = CORE
    inside = west <= point[0] <= east and south <= point[1] <= north
    return CORE_TOLERANCE if inside else OUTER_TOLERANCE


def arcs_and_faces(
    raw: Mapping[str, list[Line]], countries: Seeds, governorates: Seeds
) -> tuple[list[Arc], list[Owned]]:
    """The arcs (thinned) and the faces with their owners.

    Of the first-level divisions only those within Syria are taken: a first round without them
    finds Syria, a second one divides it.
    """
    outline = {layer: raw[layer] for layer in (topology.COAST, topology.BORDER)}
    framed = _framed(outline)
    syria = _outers_of(SYRIA, topology.build_faces(topology.build_arcs(framed)), countries)
    divisions = [line for line in raw[topology.GOVERNORATE] if _mostly_within(line, syria)]
    lines = topology.snap_ends({**framed, topology.GOVERNORATE: divisions}, SNAP_REACH)
    arcs = topology.build_arcs(lines)
    owned = [
        Owned(
            face,
            _owner(face, countries, f"{UNNAMED}-{number}"),
            _owner(face, governorates, ""),
        )
        for number, face in enumerate(topology.build_faces(arcs))
    ]
    thinned = [Arc(arc.layer, thin(arc.line, tolerance)) for arc in arcs]
    return thinned, [_within_syria(item, syria) for item in owned]


def _framed(lines: Mapping[str, list[Line]]) -> dict[str, list[Line]]:
    snapped = topology.snap_ends(lines, SNAP_REACH)
    cut = {
        name: [piece for line in group for piece in clip(line, FRAME)]
        for name, group in snapped.items()
    }
    ends = [line[end] for group in cut.values() for line in group for end in (0, -1)]
    return {**cut, topology.FRAME: [frame_ring(FRAME, ends)]}


def _outers_of(owner: str, faces: Iterable[Face], seeds: Seeds) -> list[Line]:
    return [face.outer for face in faces if _owner(face, seeds, "") == owner]


def _owner(face: Face, seeds: Seeds, otherwise: str) -> str:
    """The owner with a seed in the face; of several, the one whose seed comes first in the list."""
    for owner, points in seeds.items():
        for point in points:
            if contains(face.outer, quantise(point)) and not _in_hole(face, point):
                return owner
    return otherwise


def _in_hole(face: Face, point: tuple[float, float]) -> bool:
    return any(contains(hole, quantise(point)) for hole in face.holes)


def _mostly_within(line: Line, rings: list[Line]) -> bool:
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in itertools.pairwise(line)]
    inside = sum(any(contains(ring, middle) for ring in rings) for middle in middles)
    return 2 * inside > len(middles)


def _within_syria(item: Owned, syria: list[Line]) -> Owned:
    """A governorate's face is Syria's although the country's own seed lies in another one."""
    if item.governorate or any(contains(ring, _inner_point(item.face.outer)) for ring in syria):
        return Owned(item.face, SYRIA, item.governorate)
    return item


def _inner_point(ring: Line) -> tuple[float, float]:
    """A point within the ring: the middle of the widest stretch of a level line through it."""
    ys = sorted({y for _, y in ring})
    level = (ys[(len(ys) - 1) // 2] + ys[(len(ys) - 1) // 2 + 1]) / 2 if len(ys) > 1 else ys[0]
    crossings = sorted(
        ax + (level - ay) * (bx - ax) / (by - ay)
        for (ax, ay), (bx, by) in itertools.pairwise(ring)
        if (ay > level) != (by > level)
    )
    stretches = zip(crossings[::2], crossings[1::2], strict=False)
    west, east = max(stretches, key=lambda s: s[1] - s[0], default=(ring[0][0], ring[0][0]))
    return (west + east) / 2, level


def land(owned: Iterable[Owned]) -> dict[str, list[list[list[ArcRef]]]]:
    """Polygons of dry land by country, without islets far from Syria."""
    polygons: defaultdict[str, list[list[list[ArcRef]]]] = defaultdict(list)
    for item in owned:
        if item.country != SEA and not _is_far_islet(item.face):
            name = UNNAMED if item.country.startswith(UNNAMED) else item.country
            polygons[name].append(item.face.rings)
    return dict(sorted(polygons.items()))


def _is_far_islet(face: Face) -> bool:
    return face.area < SMALLEST_OUTER_ISLAND and tolerance(face.outer[0]) == OUTER_TOLERANCE


def governorates(owned: Iterable[Owned]) -> dict[str, list[list[list[ArcRef]]]]:
    polygons: defaultdict[str, list[list[list[ArcRef]]]] = defaultdict(list)
    for item in owned:
        if item.governorate:
            polygons[item.governorate].append(item.face.rings)
    return dict(polygons)


def drawn_lines(arcs: list[Arc], owned: Iterable[Owned]) -> dict[str, list[ArcRef]]:
    """Which arcs are drawn as what: coast, border, ceasefire line, governorate line.

    A land boundary between two countries is a border; one within Syria, or between a pair in
    DISPUTED, is a ceasefire line. The frame is never drawn, nor are lines within other countries.
    """
    sides = _sides(owned)
    lines: dict[str, list[ArcRef]] = {"coast": [], "border": [], "ceasefire": [], "governorate": []}
    for number, arc in enumerate(arcs):
        kind = _drawn_as(arc, [side for side in (sides.get(number), sides.get(~number)) if side])
        if kind:
            lines[kind].append(number)
    return lines


def _sides(owned: Iterable[Owned]) -> dict[ArcRef, Owned]:
    return {ref: item for item in owned for ring in item.face.rings for ref in ring}


def _drawn_as(arc: Arc, sides: list[Owned]) -> str:
    if any(_is_far_islet(side.face) for side in sides) or arc.layer == topology.FRAME:
        return ""
    if arc.layer == topology.COAST:
        return "coast"
    countries = frozenset(side.country for side in sides)
    if len(countries) > 1:
        return "ceasefire" if countries in DISPUTED else "border"
    if len({side.governorate for side in sides}) > 1:
        return "governorate"
    return "ceasefire" if countries == {SYRIA} and arc.layer == topology.BORDER else ""


def lakes(rings: Iterable[Line], smallest: float) -> list[Line]:
    """Thinned rings of the lakes that begin in the frame, from ``smallest`` square units."""
    west, south, east, north = FRAME
    return [
        thin(ring, tolerance)
        for ring in rings
        if west < ring[0][0] < east and south < ring[0][1] < north
        if abs(signed_area(ring)) >= smallest
    ]
