"""Scores: how well each reading of a name fits what its report says.

Part of step 3: the kind named beside a name, the areas around it, the other places of the report.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .context import Hints
from .document import Candidate, Document
from .gazetteer import Entry, Gazetteer, distance_km
from .reading import Reading

_AREAS = frozenset({"governorate", "district", "subdistrict", "region", "country"})
ADMIN = frozenset({"governorate", "district", "subdistrict"})
_SAID_OF_AREAS = ADMIN | {"countryside"}
SITES = frozenset(
    {
        "air_base", "prison", "camp", "crossing", "checkpoint", "observation_post", "hospital",
        "military_base", "mountain", "water", "neighbourhood",
    }
)  # fmt: skip
SETTLED = frozenset({"city", "town", "village"})
REACH_KM = 40.0
_DEGREES = 1.1
_URBAN = 0.12
"""What a sentence that speaks of a town gives the town rather than the province of its name."""
_NARROWING = 0.8
"""How much shorter a degree of longitude is than one of latitude in the Levant."""

Anchor = tuple[float, float, str]
"""Latitude, longitude and name of a clear place."""


@dataclass(slots=True)
class Scene:
    """What is known of a report while its names are being resolved."""

    gazetteer: Gazetteer
    reading: Reading
    doc: Document
    hints: list[Hints]
    anchors: dict[str, Anchor] = field(default_factory=dict)
    """The clear places of the report by the key of their name."""
    beside: dict[int, dict[str, Anchor]] = field(default_factory=dict)
    """The same, sentence by sentence."""
    countries: set[str] = field(default_factory=set)
    ranked: dict[tuple[object, ...], list[Candidate]] = field(default_factory=dict)
    """The readings of mentions by their circumstances."""
    inside: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Whether an entry lies in an area, as far as asked before."""
    distances: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)
    """What the nearest of all anchors was for an entry and a name asked for before."""


def score_of(scene: Scene, number: int, entry: Entry, item: Candidate) -> tuple[float, Candidate]:
    """A reading with its score, 0..1, and the reasons for it; before it the score unbounded, which
    ranks readings that all fit well."""
    score = 0.45 * item.score + 0.25 * entry.weight
    reasons = list(item.reasons)
    parts = (
        _by_kind(scene.hints[number], entry),
        _by_area(scene, number, entry),
        _by_neighbours(scene, number, entry),
        _by_country(scene, entry),
    )
    for gain, reason in parts:
        score += gain
        if reason and gain > 0:
            reasons.append(reason)
    bounded = max(0.0, min(1.0, score))
    return score, Candidate(
        item.place_id, item.name, item.kind, item.lat, item.lon, round(bounded, 3),
        tuple(dict.fromkeys(reasons)),
    )  # fmt: skip


def _by_kind(hints: Hints, entry: Entry) -> tuple[float, str]:
    """Gain or loss by the kind that the words beside the name ask for."""
    kind, said = hints.kind, hints.kind_words
    if not kind:
        return _by_habit(hints, entry)
    if kind == entry.kind or (kind in SETTLED and entry.kind in SETTLED):
        return (0.3 if kind == entry.kind else 0.22), f"“{said}” beside it"
    if kind == "countryside" and entry.kind == "governorate":
        return 0.3, f"“{said}” beside it"
    if kind == "region" and entry.kind in ("governorate", "region", "zone"):
        return 0.1, f"“{said}” beside it"
    if kind in ("route", "region", "countryside"):
        return _by_habit(hints, entry)
    return -0.2, ""


def _by_habit(hints: Hints, entry: Entry) -> tuple[float, str]:
    """What a bare name mostly means: the area after a direction, never the district."""
    if hints.direction and hints.direction != "centre" and entry.kind == "governorate":
        return 0.2, "a direction beside it speaks of the area"
    if hints.direction == "centre" and entry.kind in ("city", "town"):
        return 0.2, "“central” beside it speaks of the town"
    if hints.is_town and entry.kind in SETTLED:
        return 0.15, "what is said beside it is said of towns"
    if hints.is_point and entry.kind in SETTLED:
        return 0.12, "something is measured from it"
    if hints.listed_with_towns and entry.kind in SETTLED:
        return 0.12, "listed with towns"
    in_town = hints.direction in ("", "centre")
    if hints.urban and in_town and entry.kind in ("city", "town", "governorate"):
        return _by_surroundings(hints, entry)
    if entry.kind in ("district", "subdistrict"):
        return -0.25, ""
    return (-0.05, "") if entry.kind in SITES else (0.0, "")


def _by_surroundings(hints: Hints, entry: Entry) -> tuple[float, str]:
    """Gain of a town where its sentence speaks of a town, of a province where it does of one."""
    if entry.kind == "governorate":
        return max(0.0, -_URBAN * hints.urban), "the sentence speaks of a province"
    return max(0.0, _URBAN * hints.urban), "the sentence speaks of a town"


def _by_area(scene: Scene, number: int, entry: Entry) -> tuple[float, str]:
    """Gain for lying in an area that is named beside it."""
    best = (0.0, "")
    own = scene.hints[number]
    for other, closeness in own.areas:
        beside = scene.hints[other]
        if beside.name == own.name and beside.kind not in _SAID_OF_AREAS:
            continue
        for area in area_entries(scene, other):
            if area.place_id != entry.place_id and _is_inside(scene, entry, area):
                gain = closeness * (0.3 if area.kind != "country" else 0.15)
                if gain > best[0]:
                    best = (gain, f"lies in {area.name}, named beside it")
    return best


def area_entries(scene: Scene, number: int) -> Iterable[Entry]:
    """The areas that a name beside may stand for."""
    for item in scene.doc.toponyms[number].candidates:
        entry = scene.gazetteer.by_id[item.place_id]
        if entry.kind in _AREAS:
            yield entry


def _is_inside(scene: Scene, entry: Entry, area: Entry) -> bool:
    key = (entry.place_id, area.place_id)
    known = scene.inside.get(key)
    if known is None:
        known = scene.inside[key] = _lies_in(scene.gazetteer, entry, area)
    return known


def _lies_in(gazetteer: Gazetteer, entry: Entry, area: Entry) -> bool:
    if area.kind == "country":
        return entry.country == area.country
    if gazetteer.within(entry.place_id, area.place_id):
        return True
    if any(parent.kind == area.kind for parent in gazetteer.parents(entry.place_id)):
        return False
    apart = distance_km(entry.lat, entry.lon, area.lat, area.lon)
    return entry.kind not in ADMIN and apart < max(area.radius_km, 15.0) * 1.1


def _by_neighbours(scene: Scene, number: int, entry: Entry) -> tuple[float, str]:
    """Gain for lying near the places the report speaks of, those of the sentence first."""
    if entry.kind == "country":
        return 0.0, ""
    own = scene.hints[number]
    near = _nearest(entry, own.name, scene.beside.get(own.sentence, {}))
    far = scene.distances.get((entry.place_id, own.name))
    if far is None:
        far = _nearest(entry, own.name, scene.anchors)
        scene.distances[entry.place_id, own.name] = far
    gains = [(_nearness(near, 0.2), near), (_nearness(far, 0.12), far)]
    gain, (apart, other) = max(gains, key=lambda item: item[0])
    return (gain, f"{apart:.0f} km from {other}") if gain > 0 else (0.0, "")


def _nearest(entry: Entry, own: str, anchors: Mapping[str, Anchor]) -> tuple[float, str]:
    """The distance to the nearest anchor that does not bear the same name, and its name."""
    best, nearest = _DEGREES * _DEGREES, None
    lat, lon = entry.lat, entry.lon
    for name, anchor in anchors.items():
        north = anchor[0] - lat
        east = (anchor[1] - lon) * _NARROWING
        apart = north * north + east * east
        if apart < best and name != own:
            best, nearest = apart, anchor
    if nearest is None:
        return math.inf, ""
    return distance_km(lat, lon, nearest[0], nearest[1]), nearest[2]


def _nearness(found: tuple[float, str], most: float) -> float:
    return most * max(0.0, 1 - found[0] / (REACH_KM * 3))


def _by_country(scene: Scene, entry: Entry) -> tuple[float, str]:
    if entry.kind == "country" or entry.country not in scene.countries:
        return 0.0, ""
    return 0.08, "in a country the report speaks of"
