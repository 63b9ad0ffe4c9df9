"""Step 3: which place each name stands for, and where a sentence puts things.

Every reading of a name is scored by what the report says of it: the kind named beside it, the
areas around it in the sentence, the other places of the report; the reasons are kept in words.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .context import Hints, hints_of
from .document import Candidate, Document, Toponym
from .gazetteer import Entry, Gazetteer, distance_km
from .lexicon import Lexicon
from .metonymy import with_governments
from .reading import Reading, read
from .spatial import localities
from .world import capital_ids

_AREAS = frozenset({"governorate", "district", "subdistrict", "region", "country"})
_ADMIN = frozenset({"governorate", "district", "subdistrict"})
_SITES = frozenset(
    {
        "air_base", "prison", "camp", "crossing", "checkpoint", "observation_post", "hospital",
        "military_base", "mountain", "water", "neighbourhood",
    }
)  # fmt: skip
_SETTLED = frozenset({"city", "town", "village"})
_ANCHOR_LEAD = 0.2
_REACH_KM = 40.0
_CERTAIN = 0.99
_CLOSE = 0.5
_MOST_WEIGHED = 4000
"""So many mentions of a report are weighed one by one; later ones mean what their name meant."""
_DEGREES = 1.1
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


def resolve(doc: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> Document:
    """`doc` with each toponym's place, score and reason, and the localities of its sentences."""
    reading = read(doc, lexicon)
    weighed = replace(doc, toponyms=doc.toponyms[:_MOST_WEIGHED])
    hints = hints_of(weighed, reading)
    scene = Scene(gazetteer, reading, weighed, hints)
    _gather(scene)
    chosen = _one_sense([_ranked(scene, number) for number in range(len(hints))], scene)
    toponyms = tuple(_settled(scene, number, chosen[number]) for number in range(len(chosen)))
    act = str(lexicon.get("places", {}).get("capitals_act", ""))
    resolved = replace(doc, toponyms=with_governments(toponyms, hints, reading, act))
    later = _as_before(resolved.toponyms, doc.toponyms[_MOST_WEIGHED:])
    places = localities(resolved, gazetteer, reading)
    return replace(resolved, toponyms=(*resolved.toponyms, *later), localities=places)


def _as_before(settled: Iterable[Toponym], later: Iterable[Toponym]) -> Iterable[Toponym]:
    """Mentions far down an endless text: what their name meant first, else its likeliest place."""
    known: dict[tuple[str, str], Toponym] = {}
    for toponym in settled:
        known.setdefault((toponym.text, toponym.role), toponym)
    for toponym in later:
        like = known.get((toponym.text, toponym.role))
        if like is not None:
            yield replace(like, start=toponym.start, end=toponym.end)
        elif toponym.candidates:
            place = toponym.candidates[0]
            reason = "the likeliest place of the name"
            yield replace(toponym, place=place, score=place.score, reason=reason)
        else:
            yield toponym


def _gather(scene: Scene) -> None:
    """The anchors of a report: names of one reading, or of one that leads by far."""
    for number, toponym in enumerate(scene.doc.toponyms):
        if toponym.country:
            scene.countries.add(toponym.country)
        entries = [scene.gazetteer.by_id[item.place_id] for item in toponym.candidates]
        if not entries:
            continue
        ranked = sorted(entries, key=lambda entry: -entry.weight)
        lead = ranked[0]
        clear = all(
            lead.weight - other.weight > _ANCHOR_LEAD or _is_same_area(lead, other)
            for other in ranked[1:]
        )
        if clear and toponym.candidates[0].score > 0.9:
            hints = scene.hints[number]
            if lead.kind != "country":
                anchor = (lead.lat, lead.lon, lead.name)
                scene.anchors[hints.name] = anchor
                scene.beside.setdefault(hints.sentence, {})[hints.name] = anchor
            scene.countries.add(lead.country)
    if not scene.countries:
        scene.countries.add(scene.gazetteer.home)


def _is_same_area(one: Entry, other: Entry) -> bool:
    return distance_km(one.lat, one.lon, other.lat, other.lon) < _REACH_KM


def _ranked(scene: Scene, number: int) -> list[Candidate]:
    toponym = scene.doc.toponyms[number]
    entries = [
        (scene.gazetteer.by_id[item.place_id], item)
        for item in toponym.candidates
        if item.score >= _CERTAIN or not _is_elsewhere(scene, number, item)
    ]
    extra = _sites(scene, number, [entry for entry, _ in entries])
    if len(entries) == 1 and not extra:
        return [_only(*entries[0])]
    key = _circumstances(scene, number)
    known = scene.ranked.get(key)
    if known is None:
        scored = [_score(scene, number, entry, item) for entry, item in (*entries, *extra)]
        known = scene.ranked[key] = sorted(scored, key=lambda item: -item.score)
    return known


def _is_elsewhere(scene: Scene, number: int, item: Candidate) -> bool:
    """Whether a merely similar name lies far from the area named beside it: it is another place."""
    for other, closeness in scene.hints[number].areas:
        areas = [area for area in _area_entries(scene, other) if area.kind != "country"]
        if closeness < _CLOSE or not areas or _is_rather_a_town(scene, other):
            continue
        return all(
            distance_km(item.lat, item.lon, area.lat, area.lon) > 1.5 * max(area.radius_km, 20.0)
            for area in areas
        )
    return False


def _is_rather_a_town(scene: Scene, number: int) -> bool:
    """Whether a name of a district is rather that of its town, since nothing says otherwise."""
    if scene.hints[number].kind in _ADMIN:
        return False
    kinds = {item.kind for item in scene.doc.toponyms[number].candidates}
    return not _SETTLED.isdisjoint(kinds) and "governorate" not in kinds


def _circumstances(scene: Scene, number: int) -> tuple[object, ...]:
    """All that the scores of a mention depend on: mentions alike in it are scored once."""
    hints = scene.hints[number]
    areas = tuple((scene.hints[other].name, round(close, 1)) for other, close in hints.areas)
    beside = tuple(scene.beside.get(hints.sentence, ()))
    ids = tuple(item.place_id for item in scene.doc.toponyms[number].candidates)
    said = (hints.kind, hints.kind_words, hints.direction, hints.is_point, hints.listed_with_towns)
    return (hints.name, ids, *said, areas, beside)


def _only(entry: Entry, item: Candidate) -> Candidate:
    """The one reading there is: as sure as its spelling, and a little by how well it is known."""
    score = round(min(1.0, 0.75 * item.score + 0.25 * entry.weight), 3)
    if score == item.score:
        return item
    return Candidate(item.place_id, item.name, item.kind, item.lat, item.lon, score, item.reasons)


def _sites(scene: Scene, number: int, entries: Sequence[Entry]) -> list[tuple[Entry, Candidate]]:
    """Sites of the kind said beside the name that lie in, or are called after, a place of it."""
    kind = scene.hints[number].kind
    if kind not in _SITES or any(entry.kind == kind for entry in entries):
        return []
    found = []
    for entry in entries[:6]:
        for child in scene.gazetteer.named_after(entry.place_id, kind):
            reason = f"the {kind.replace('_', ' ')} of {entry.name}"
            made = Candidate(
                child.place_id, child.name, child.kind, child.lat, child.lon, 0.95, (reason,)
            )
            found.append((child, made))
    return found


def _score(scene: Scene, number: int, entry: Entry, item: Candidate) -> Candidate:
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
    return Candidate(
        item.place_id, item.name, item.kind, item.lat, item.lon, round(bounded, 3),
        tuple(dict.fromkeys(reasons)),
    )  # fmt: skip


def _by_kind(hints: Hints, entry: Entry) -> tuple[float, str]:
    """Gain or loss by the kind that the words beside the name ask for."""
    kind, said = hints.kind, hints.kind_words
    if not kind:
        return _by_habit(hints, entry)
    if kind == entry.kind or (kind in _SETTLED and entry.kind in _SETTLED):
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
    if hints.is_point and entry.kind in _SETTLED:
        return 0.12, "something is measured from it"
    if hints.listed_with_towns and entry.kind in _SETTLED:
        return 0.12, "listed with towns"
    if entry.kind in ("district", "subdistrict"):
        return -0.25, ""
    return (-0.05, "") if entry.kind in _SITES else (0.0, "")


def _by_area(scene: Scene, number: int, entry: Entry) -> tuple[float, str]:
    """Gain for lying in an area that is named beside it."""
    best = (0.0, "")
    for other, closeness in scene.hints[number].areas:
        for area in _area_entries(scene, other):
            if area.place_id != entry.place_id and _is_inside(scene, entry, area):
                gain = closeness * (0.3 if area.kind != "country" else 0.15)
                if gain > best[0]:
                    best = (gain, f"lies in {area.name}, named beside it")
    return best


def _area_entries(scene: Scene, number: int) -> Iterable[Entry]:
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
    return entry.kind not in _ADMIN and apart < max(area.radius_km, 15.0) * 1.1


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
    return most * max(0.0, 1 - found[0] / (_REACH_KM * 3))


def _by_country(scene: Scene, entry: Entry) -> tuple[float, str]:
    if entry.kind == "country" or entry.country not in scene.countries:
        return 0.0, ""
    return 0.08, "in a country the report speaks of"


def _one_sense(ranked: list[list[Candidate]], scene: Scene) -> list[list[Candidate]]:
    """One sense per report: mentions of a name without a hint of their own follow the others."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for number, readings in enumerate(ranked):
        for item in readings:
            kind = item.kind if item.kind not in _ADMIN else "area"
            weight = item.score + (0.2 if scene.hints[number].areas else 0.0)
            votes[scene.hints[number].name][f"{kind}:{item.place_id}"] += weight
    return [
        _follow(readings, votes[scene.hints[number].name], scene.hints[number])
        for number, readings in enumerate(ranked)
    ]


def _follow(readings: list[Candidate], votes: dict[str, float], hints: Hints) -> list[Candidate]:
    if len(readings) < 2 or hints.kind or hints.direction or hints.is_point:
        return readings
    lead = readings[0].score
    close = [item for item in readings if lead - item.score < 0.1]
    if len(close) < 2:
        return readings

    def weight(item: Candidate) -> float:
        kind = item.kind if item.kind not in _ADMIN else "area"
        return votes.get(f"{kind}:{item.place_id}", 0.0)

    best = max(close, key=weight)
    return [best, *(item for item in readings if item is not best)]


def _settled(scene: Scene, number: int, readings: list[Candidate]) -> Toponym:
    toponym = scene.doc.toponyms[number]
    if toponym.role == "demonym":
        return _demonym(scene, toponym)
    if not readings:
        return replace(toponym, reason="not in the gazetteer; known by its name alone")
    place = readings[0]
    entry = scene.gazetteer.by_id[place.place_id]
    role = "metonym" if _is_metonym(scene, number, entry) else "literal"
    reason = "; ".join(place.reasons)
    if role == "metonym":
        reason = f"metonym: the capital stands for its government; {reason}"
    return Toponym(
        toponym.start,
        toponym.end,
        toponym.text,
        role,
        tuple(readings),
        place,
        entry.country if entry.kind == "country" else None,
        place.score,
        reason,
    )


def _is_metonym(scene: Scene, number: int, entry: Entry) -> bool:
    """Whether a capital acts, or a seat of government is spoken of and nothing is near it."""
    hints = scene.hints[number]
    if entry.kind == "government":
        return scene.reading.before(hints.first, "near") is None
    return entry.place_id in capital_ids() and hints.acts


def _demonym(scene: Scene, toponym: Toponym) -> Toponym:
    """An adjective of a country: never a place of its own, the country is kept."""
    return replace(toponym, score=1.0, reason="demonym: an adjective or a people, not a place")
