"""Step 3: which place each name stands for, and where a sentence puts things.

Every reading of a name is scored by what the report says of it: the kind named beside it, the
areas around it in the sentence, the other places of the report; the reasons are kept in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .context import Hints, hints_of
from .document import Candidate, Document, Toponym
from .gazetteer import Entry, Gazetteer, distance_km
from .lexicon import Lexicon
from .metonymy import with_governments
from .reading import read
from .scoring import ADMIN, REACH_KM, SETTLED, SITES, Scene, area_entries, score_of
from .spatial import localities
from .world import capital_ids

_ANCHOR_LEAD = 0.2
_ARTICLES = frozenset({"al", "el", "аль", "эль", "ал"})
_CERTAIN = 0.99
_MUCH_LIKE = 0.84
_KNOWN = 0.3
_CLOSE = 0.5
_ENOUGH = 2
_LEAST_ALIKE = 0.78
_ALIKE_KM = 40.0
_ALIKE_GAIN_KM = 400.0
"""A name but somewhat like a place's is looked for within 40 km of the report's places, one very
like it within 120 km."""
_PLAIN = 0.4
"""From here on what a sentence says of a town or a province is not overruled by other mentions."""
_MOST_WEIGHED = 4000
"""So many mentions of a report are weighed one by one; later ones mean what their name meant."""


def resolve(doc: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> Document:
    """`doc` with each toponym's place, score and reason, and the localities of its sentences."""
    reading = read(doc, lexicon)
    weighed = replace(doc, toponyms=doc.toponyms[:_MOST_WEIGHED])
    hints = hints_of(weighed, reading)
    scene = Scene(gazetteer, reading, weighed, hints)
    _gather(scene)
    chosen = _one_sense([_ranked(scene, number) for number in range(len(hints))], scene)
    kept = [
        number for number in range(len(chosen)) if not _is_unlike(scene, number, chosen[number])
    ]
    toponyms = tuple(_settled(scene, number, chosen[number]) for number in kept)
    act = str(lexicon.get("places", {}).get("capitals_act", ""))
    told = [hints[number] for number in kept]
    resolved = replace(doc, toponyms=with_governments(toponyms, told, reading, act))
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
    return distance_km(one.lat, one.lon, other.lat, other.lon) < REACH_KM


def _ranked(scene: Scene, number: int) -> list[Candidate]:
    toponym = scene.doc.toponyms[number]
    entries = [
        (scene.gazetteer.by_id[item.place_id], item)
        for item in toponym.candidates
        if item.score >= _CERTAIN
        or not (_is_elsewhere(scene, number, item) or _is_far_off(scene, number, item))
    ]
    if len(entries) == 1 and not entries[0][0].importance >= _KNOWN:
        entries = _nearer(scene, number, entries[0][1]) or entries
    extra = _sites(scene, number, [entry for entry, _ in entries])
    if len(entries) == 1 and not extra:
        return [_only(*entries[0])]
    key = _circumstances(scene, number)
    known = scene.ranked.get(key)
    if known is None:
        scored = [score_of(scene, number, entry, item) for entry, item in (*entries, *extra)]
        scored.sort(key=lambda pair: -pair[0])
        known = scene.ranked[key] = [item for _score, item in scored]
    return known


def _nearer(scene: Scene, number: int, item: Candidate) -> list[tuple[Entry, Candidate]]:
    """For a little-known place far from the area named beside its name, the places in that area
    with a name much like it: "Kafr-Zeit" in Hama is no village near Damascus."""
    if item.score < _CERTAIN or not _is_elsewhere(scene, number, item):
        return []
    alike = scene.gazetteer.alike(scene.doc.toponyms[number].text, _MUCH_LIKE)
    return [
        (scene.gazetteer.by_id[other.place_id], other)
        for other in alike
        if other.place_id != item.place_id and not _is_elsewhere(scene, number, other)
    ]


def _is_elsewhere(scene: Scene, number: int, item: Candidate) -> bool:
    """Whether a merely similar name lies far from the area named beside it: it is another place."""
    for other, closeness in scene.hints[number].areas:
        areas = [area for area in area_entries(scene, other) if area.kind != "country"]
        if closeness < _CLOSE or not areas or _is_rather_a_town(scene, other):
            continue
        return all(
            distance_km(item.lat, item.lon, area.lat, area.lon) > 1.5 * max(area.radius_km, 20.0)
            for area in areas
        )
    return False


def _is_far_off(scene: Scene, number: int, item: Candidate) -> bool:
    """Whether a merely similar name lies far from all clear places of the report: the less alike
    it is, the nearer it must lie."""
    own = scene.hints[number].name
    others = [anchor for name, anchor in scene.anchors.items() if name != own]
    if len(others) < _ENOUGH:
        return False
    reach = _ALIKE_KM + _ALIKE_GAIN_KM * (item.score - _LEAST_ALIKE)
    return all(distance_km(item.lat, item.lon, lat, lon) > reach for lat, lon, _ in others)


def _is_unlike(scene: Scene, number: int, readings: Sequence[Candidate]) -> bool:
    """Whether but a likeness made a word a name, and the places like it proved far away: where no
    word beside it tells of a place it is none."""
    toponym, hints = scene.doc.toponyms[number], scene.hints[number]
    if not toponym.candidates or toponym.role == "demonym" or hints.kind:
        return False
    if toponym.candidates[0].score < _CERTAIN and _is_first_name(scene.doc.text, toponym.end):
        return True
    if readings:
        return False
    return scene.reading.before(hints.first, "near", "countryside") is None


def _is_first_name(text: str, end: int) -> bool:
    """Whether a family name with its article follows: "Subhi al-Masri" is a person."""
    article, _, name = text[end + 1 : end + 6].partition("-")
    return text[end : end + 1] == " " and article in _ARTICLES and name[:1].isupper()


def _is_rather_a_town(scene: Scene, number: int) -> bool:
    """Whether a name of a district is rather that of its town, since nothing says otherwise."""
    if scene.hints[number].kind in ADMIN:
        return False
    kinds = {item.kind for item in scene.doc.toponyms[number].candidates}
    return not SETTLED.isdisjoint(kinds) and "governorate" not in kinds


def _circumstances(scene: Scene, number: int) -> tuple[object, ...]:
    """All that the scores of a mention depend on: mentions alike in it are scored once."""
    hints = scene.hints[number]
    areas = tuple((scene.hints[other].name, round(close, 1)) for other, close in hints.areas)
    beside = tuple(scene.beside.get(hints.sentence, ()))
    ids = tuple(item.place_id for item in scene.doc.toponyms[number].candidates)
    said = (
        hints.kind, hints.kind_words, hints.direction, hints.is_point, hints.is_town,
        hints.listed_with_towns, round(hints.urban, 2),
    )  # fmt: skip
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
    if kind not in SITES or any(entry.kind == kind for entry in entries):
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


def _one_sense(ranked: list[list[Candidate]], scene: Scene) -> list[list[Candidate]]:
    """One sense per report: mentions of a name without a hint of their own follow the others."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for number, readings in enumerate(ranked):
        for item in readings:
            kind = item.kind if item.kind not in ADMIN else "area"
            weight = item.score + (0.2 if scene.hints[number].areas else 0.0)
            votes[scene.hints[number].name][f"{kind}:{item.place_id}"] += weight
    return [
        _follow(readings, votes[scene.hints[number].name], scene.hints[number])
        for number, readings in enumerate(ranked)
    ]


def _follow(readings: list[Candidate], votes: dict[str, float], hints: Hints) -> list[Candidate]:
    if len(readings) < 2 or hints.kind or hints.direction or hints.is_point or hints.is_town:
        return readings
    if abs(hints.urban) > _PLAIN:
        return readings
    lead = readings[0].score
    close = [item for item in readings if lead - item.score < 0.1]
    if len(close) < 2:
        return readings

    def weight(item: Candidate) -> float:
        kind = item.kind if item.kind not in ADMIN else "area"
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
