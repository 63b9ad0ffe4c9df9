"""Localities: where a sentence puts things, as a centre and a radius over the resolved toponyms.

"near A", "10 km north of A", "between A and B", "on the A-B road", "southern countryside of A" are
areas, never a false exact point.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

from events.vocabulary import AREA_KINDS, GeoPrecision

from .cues import Cue
from .document import Document, Locality, Toponym
from .gazetteer import Entry, Gazetteer, distance_km
from .reading import Reading

BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135,
    "south": 180, "southwest": 225, "west": 270, "northwest": 315,
}  # fmt: skip
_RADIUS = {
    "country": 300.0, "governorate": 50.0, "district": 20.0, "subdistrict": 10.0, "region": 30.0,
    "zone": 30.0, "mountain": 10.0, "water": 10.0, "route": 15.0, "city": 4.0, "town": 2.0,
    "village": 1.5, "neighbourhood": 1.0,
}  # fmt: skip
_BARE = ("direction_before", "directions")
_NEAR_KM = 5.0
_OFF_KM = 8.0
_KM_PER_MILE = 1.609


class Spot(NamedTuple):
    """A resolved toponym with its tokens and its entry."""

    number: int
    toponym: Toponym
    entry: Entry
    first: int
    last: int


def localities(doc: Document, gazetteer: Gazetteer, reading: Reading) -> tuple[Locality, ...]:
    """One locality for each literal, resolved toponym; two names of a "between" make one."""
    spots = _spots(doc, gazetteer, reading)
    made: list[Locality] = []
    skip = -1
    for place, spot in enumerate(spots):
        if spot.number <= skip:
            continue
        following = spots[place + 1] if place + 1 < len(spots) else None
        pair = _pair(reading, spot, following) if following is not None else None
        if pair is not None:
            made.append(pair)
            skip = pair.toponyms[-1]
        else:
            made.append(_single(reading, spot))
    return tuple(made)


def _spots(doc: Document, gazetteer: Gazetteer, reading: Reading) -> list[Spot]:
    spots = []
    for number, toponym in enumerate(doc.toponyms):
        if toponym.place is None or toponym.role != "literal":
            continue
        entry = gazetteer.by_id.get(toponym.place.place_id)
        if entry is not None:
            first, last = reading.tokens_of(toponym.start, toponym.end)
            spots.append(Spot(number, toponym, entry, first, last))
    return spots


def radius_of(entry: Entry) -> float:
    """How far a place reaches, km: its own figure or the usual one of its kind."""
    return entry.radius_km or _RADIUS.get(entry.kind, 1.0)


def _single(reading: Reading, spot: Spot) -> Locality:
    if reading.is_bare(spot.first, spot.last) and not reading.key(spot.last).isdigit():
        return _plain(spot)
    return (
        _far_off_after(reading, spot)
        or _far_off(reading, spot)
        or _off(reading, spot)
        or _side(reading, spot)
        or _near(reading, spot)
        or _plain(spot)
    )


def _plain(spot: Spot) -> Locality:
    area = spot.entry.kind in AREA_KINDS
    precision = GeoPrecision.REGION if area else GeoPrecision.EXACT
    top = spot.toponym
    return _locality(spot, top.start, top.end, None, radius_of(spot.entry), precision, "named")


def _locality(
    spot: Spot,
    start: int,
    end: int,
    centre: tuple[float, float] | None,
    radius: float,
    precision: int,
    reason: str,
) -> Locality:
    lat, lon = centre or (spot.entry.lat, spot.entry.lon)
    return Locality(
        start, end, (spot.number,), spot.toponym.place, round(lat, 5), round(lon, 5),
        round(radius, 1), int(precision), reason,
    )  # fmt: skip


def _far_off(reading: Reading, spot: Spot) -> Locality | None:
    """ "10 km north of A", "10 km from A"."""
    link = reading.before(_head(reading, spot.first), "direction_links")
    token = link.first if link is not None else spot.first
    side = reading.before(token, "directions")
    token = side.first if side is not None else token
    token = _skip(reading, token)
    unit = reading.before(token, "kilometres", "miles") or _in_brackets(reading, token)
    if unit is None or (link is None and side is None):
        return None
    figure = _figure(reading.key(unit.first - 1))
    if figure is None:
        return None
    in_miles = reading.cues.before(token, "kilometres") is None
    km = figure * (_KM_PER_MILE if in_miles else 1.0)
    return _shifted(reading, spot, unit.first - 1, side.value if side else "", km)


def _far_off_after(reading: Reading, spot: Spot) -> Locality | None:
    """ "İdlib'in 10 kilometre batısında": the figure and the side stand after the name."""
    figure = _figure(reading.key(spot.last)) if reading.joined(spot.last) else None
    unit = reading.after(spot.last + 1, "kilometres") if figure is not None else None
    side = reading.after(unit.last, "direction_after") if unit is not None else None
    if figure is None or side is None:
        return None
    made = _shifted(reading, spot, spot.first, side.value, figure)
    return replace(made, end=reading.tokens[side.last - 1].end)


def _in_brackets(reading: Reading, token: int) -> Cue | None:
    """The unit in "15 kilometers (9 miles) east of": the figure in brackets is as good."""
    if reading.gap(token) != ") ":
        return None
    return reading.cues.before(token, "miles") or reading.cues.before(token, "kilometres")


def _figure(word: str) -> float | None:
    return float(word) if word.isascii() and word.isdigit() and len(word) < 4 else None


def _skip(reading: Reading, token: int) -> int:
    """The token before "to the", "in the" and the like that stand between a figure and a side."""
    link = reading.before(token, "side_links")
    return link.first if link is not None else token


def _head(reading: Reading, first: int) -> int:
    """The first token of "the town of A"."""
    link = reading.before(first, "links")
    token = link.first if link is not None else first
    generic = reading.before(token, "generics")
    if generic is None:
        return first
    the = reading.before(generic.first, "determiners")
    return the.first if the is not None else generic.first


def _shifted(reading: Reading, spot: Spot, first: int, side: str, km: float) -> Locality:
    centre = (spot.entry.lat, spot.entry.lon)
    radius = km + radius_of(spot.entry)
    if side in BEARINGS:
        centre = moved(*centre, BEARINGS[side], km)
        radius = max(2.0, km * 0.4)
    start = reading.tokens[first].start
    reason = f"{km:g} km {side or 'away'} of {spot.entry.name}"
    end = max(spot.toponym.end, start)
    return _locality(spot, min(start, spot.toponym.start), end, centre, radius, 2, reason)


def _off(reading: Reading, spot: Spot) -> Locality | None:
    """ "north of A": outside a town, or the side of an area."""
    side = _side_of(reading, spot) or reading.after(spot.last, "direction_after")
    if side is None or side.value not in BEARINGS:
        return None
    if spot.entry.kind in AREA_KINDS:
        return _part(reading, spot, side.first, side.value)
    centre = moved(spot.entry.lat, spot.entry.lon, BEARINGS[side.value], _OFF_KM)
    start = min(spot.toponym.start, reading.tokens[side.first].start)
    reason = f"{side.value} of {spot.entry.name}"
    return _locality(spot, start, spot.toponym.end, centre, _OFF_KM, 2, reason)


def _side_of(reading: Reading, spot: Spot) -> Cue | None:
    """The direction in "north of the town of A", "юга провинции A", "севернее A", "شمال A"."""
    measured = ("direction_before",) if reading.directions_are_parts else _BARE
    for token in dict.fromkeys((_head(reading, spot.first), spot.first)):
        bare = reading.before(token, *measured)
        if bare is not None:
            return bare
        link = reading.before(token, "direction_links")
        side = reading.before(link.first, "directions") if link is not None else None
        if side is not None:
            return side
    return None


def _side(reading: Reading, spot: Spot) -> Locality | None:
    """ "southern A", "A's southern countryside": a part of an area."""
    rural = reading.before(spot.first, "countryside") or reading.after(
        spot.last, "countryside_after"
    )
    token = rural.first if rural is not None and rural.last == spot.first else spot.first
    side = reading.before(token, "directions")
    if side is None:
        last = rural.last if rural is not None and rural.first >= spot.last else spot.last
        side = reading.after(last, "adjectives_after")
    if side is not None and side.value in BEARINGS and (rural or spot.entry.kind in AREA_KINDS):
        return _part(reading, spot, min(side.first, token), side.value)
    if rural is None:
        return None
    start = min(spot.toponym.start, reading.tokens[rural.first].start)
    radius = max(radius_of(spot.entry), 20.0)
    return _locality(
        spot, start, spot.toponym.end, None, radius, 3, f"countryside of {spot.entry.name}"
    )


def _part(reading: Reading, spot: Spot, first: int, side: str) -> Locality:
    reach = max(radius_of(spot.entry), 15.0 if spot.entry.kind != "country" else 100.0)
    centre = moved(spot.entry.lat, spot.entry.lon, BEARINGS[side], reach / 2)
    start = min(spot.toponym.start, reading.tokens[first].start)
    reason = f"the {side} of {spot.entry.name}"
    return _locality(spot, start, spot.toponym.end, centre, reach * 0.6, 3, reason)


def _near(reading: Reading, spot: Spot) -> Locality | None:
    near = reading.before(_head(reading, spot.first), "near") or reading.before(spot.first, "near")
    after = reading.after(spot.last, "near_after")
    if (near is None and after is None) or spot.entry.kind in AREA_KINDS:
        return None
    start = min(spot.toponym.start, reading.tokens[(near or after).first].start)  # type: ignore[union-attr]
    radius = radius_of(spot.entry) + _NEAR_KM
    return _locality(spot, start, spot.toponym.end, None, radius, 2, f"near {spot.entry.name}")


def _pair(reading: Reading, one: Spot, other: Spot) -> Locality | None:
    """ "between A and B", "the A-B road"."""
    if other.first - one.last > 2 or not reading.follows(other.first):
        return None
    if reading.is_bare(one.first, other.last) and one.last == other.first:
        return None
    opened = reading.before(one.first, "between") or reading.before(
        _head(reading, one.first), "between"
    )
    closed = reading.after(other.last, "between_after")
    road = reading.after(other.last, "generics") or reading.before(one.first, "generics")
    on_road = road is not None and road.value == "route"
    hyphen = reading.gap(other.first).strip() in ("-", "–", "—", "‑")
    side_by_side = hyphen or other.first > one.last or not reading.has_case
    if not (opened or closed or (on_road and side_by_side)):
        return None
    if one.entry.kind == "country" or other.entry.kind == "country":
        return None
    return _midway(one, other, "on the road between" if on_road else "between")


def _midway(one: Spot, other: Spot, relation: str) -> Locality | None:
    apart = distance_km(one.entry.lat, one.entry.lon, other.entry.lat, other.entry.lon)
    if apart > 400 or math.isinf(apart):
        return None
    lat, lon = (one.entry.lat + other.entry.lat) / 2, (one.entry.lon + other.entry.lon) / 2
    return Locality(
        one.toponym.start, other.toponym.end, (one.number, other.number), one.toponym.place,
        round(lat, 5), round(lon, 5), round(max(2.0, apart / 2), 1), 2,
        f"{relation} {one.entry.name} and {other.entry.name}",
    )  # fmt: skip


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point `km` away in a compass direction (degrees); flat, good to a few hundred km."""
    north = math.cos(math.radians(bearing)) * km / 111.2
    east = math.sin(math.radians(bearing)) * km / (111.2 * max(0.1, math.cos(math.radians(lat))))
    return lat + north, lon + east
