"""Where an event happened: the locality that fits its trigger, or what the text set before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from events.geoparsing.document import Locality

from .dating import others_nearer
from .kinds import GROUND, Trigger, is_lesser
from .localities import (
    TOWNS,
    has_ending,
    is_container,
    is_near_syria,
    is_origin,
    is_possessor,
    is_scene,
    kind_of,
    placeable,
)
from .reading import Placed, Reading

OWN, CARRIED, FOCUS, HINT = 3, 2, 1, 0
"""How well a place is known: said of the event, told before, what the report is about, or not."""
_CARRY_SENTENCES = 6
_KIND_COST = {
    "country": 40, "governorate": 9, "district": 5, "subdistrict": 4, "region": 8, "zone": 8,
    "route": 6, "mountain": 2, "water": 6, "government": 30,
}  # fmt: skip
_LEAVING = frozenset({"non_violent_transfer", "disrupted_weapons_use"}) | GROUND
"""Types whose place may be the one that is left: "withdrew from the town"."""
_AT_COST = 6
_OUTSIDE_COST = 60
_ORIGIN_COST = 10
_OTHERS_COST = 9
_CONTAINER_COST = 16
_CLAUSE_COST = 8
_WRONG_SIDE = 2
_OPENS = 1
"""The last word that a place can begin at to open a sentence: "In Sarmin ..."."""
_ANTECEDENT_REACH = 2
_MOST_LISTED = 10
_BETWEEN = 4
"""Words between two places of a list: "and", and what kind of place they are."""
_REGIONS = ("governorate", "region", "zone")


@dataclass(frozen=True, slots=True)
class Where:
    """A placed event: its locality or None, why, and how well it is known."""

    locality: Locality | None
    reason: str
    quality: int


@dataclass(frozen=True, slots=True)
class Scene:
    """The place that the telling has reached, and the one that the report opened with.

    `kinds` is the last place of each kind, the latest at the end, for "the village", "the city".
    """

    locality: Locality | None = None
    sentence: int = 0
    paragraph: int = 0
    focus: Locality | None = None
    kinds: Mapping[str, Locality] = field(default_factory=dict)


def where_of(
    reading: Reading, trigger: Trigger, others: list[Trigger], scene: Scene
) -> list[Where]:
    """The places of an event, the best first; more than one only for a list of places."""
    usable = _not_left(placeable(reading), reading, trigger, scene)
    open_ones = usable
    if len(others) > 1:
        open_ones = [
            placed
            for placed in usable
            if not _taken(reading, placed, trigger, others)
            and not (trigger.known and others_nearer(reading, placed, trigger, others))
        ]
    if open_ones:
        told = _told_by_relative(reading, usable, trigger)
        if told is not None:
            return [own(told)]
        best = open_ones[0]
        if len(open_ones) > 1:
            best = min(open_ones, key=lambda placed: _cost(reading, placed, trigger, others))
        held = _region_of(scene) if trigger.kind == "agreement" else None
        abroad = held is not None and not is_near_syria(best.item)
        if (kind_of(best) != "country" and not abroad) or scene.locality is None:
            if is_origin(reading, best) and _is_taken_away(trigger):
                return [hint(best)]
            listed = [best] if is_lesser(trigger.kind) else _listed(reading, best, open_ones)
            return [own(placed) for placed in listed]
    region = _region_of(scene)
    if region is not None and (trigger.kind == "agreement" or is_lesser(trigger.kind)):
        return [Where(region, "region that the report is about", FOCUS)]
    return [_told_before(reading, scene)]


def _told_by_relative(reading: Reading, usable: list[Placed], trigger: Trigger) -> Placed | None:
    """The place right before the relative clause of a trigger that has none in itself: in "mines in
    Sinjar, which was liberated on Sunday" Sinjar."""
    clauses = reading.clauses
    clause = clauses[trigger.first]
    start = clauses.index(clause)
    opens = reading.starts("relative") | reading.starts("where")
    if start not in opens or any(clauses[placed.first] == clause for placed in usable):
        return None
    before = (p for p in usable if 0 <= start - p.last <= _ANTECEDENT_REACH)
    return max(before, key=lambda placed: placed.last, default=None)


def _region_of(scene: Scene) -> Locality | None:
    """The governorate or region that the report opened with, else the one it named last."""
    focus = scene.focus
    if focus is not None and focus.place is not None and focus.place.kind in _REGIONS:
        return focus
    return next((scene.kinds[kind] for kind in _REGIONS if kind in scene.kinds), None)


def _not_left(
    usable: list[Placed], reading: Reading, trigger: Trigger, scene: Scene
) -> list[Placed]:
    """Without what was only left or fired from, for what happens somewhere else."""
    if not usable or is_lesser(trigger.kind) or trigger.kind in _LEAVING:
        return usable
    kept = [placed for placed in usable if not is_origin(reading, placed)]
    if any(kind_of(placed) != "country" for placed in kept):
        return kept
    stays = scene.locality is not None and trigger.kind != "armed_clash"
    return usable if _is_taken_away(trigger) or not stays else kept


def _is_taken_away(trigger: Trigger) -> bool:
    return trigger.kind in ("arrests", "abduction")


def advance(reading: Reading, scene: Scene, where: Where | None) -> Scene:
    """The scene after a sentence: its event's place, else the place it opens with, or the first
    that the report speaks of. A place named by the way moves nothing."""
    if not reading.localities:
        return scene
    usable = [p for p in placeable(reading) if is_scene(p)]
    focus = scene.focus or (usable[0].item if usable else None)
    chosen = where.locality if where and where.quality == OWN else None
    chosen = chosen if any(p.item is chosen for p in usable) else None
    if chosen is None and usable and (where is None or where.quality != OWN):
        opens = usable if scene.locality is None else [p for p in usable if p.first <= _OPENS]
        if opens:
            chosen = min(opens, key=lambda p: _KIND_COST.get(kind_of(p), 0)).item
    named = {kind_of(p): p.item for p in usable}
    kinds = {**{k: v for k, v in scene.kinds.items() if k not in named}, **named}
    if chosen is None:
        return replace(scene, focus=focus, kinds=kinds)
    return Scene(chosen, reading.sentence.index, reading.sentence.paragraph, focus, kinds)


def _taken(reading: Reading, placed: Placed, trigger: Trigger, others: list[Trigger]) -> bool:
    """Whether the place belongs to another thing told in its own clause."""
    clause = reading.clauses[placed.first]
    if reading.clauses[trigger.first] == clause:
        return False
    return any(
        reading.clauses[other.first] == clause and other.last <= placed.first
        for other in others
        if other is not trigger
    )


def _is_in_another_clause(reading: Reading, placed: Placed, trigger: Trigger) -> bool:
    """Whether a place stands in a clause before, and the trigger's own clause has a place after
    the verb that opens it, as in Arabic."""
    if not reading.grammar.verb_first or placed.first > trigger.first:
        return False
    clauses, own = reading.clauses, reading.clauses[trigger.first]
    if clauses[placed.first] == own:
        return False
    return any(p.first > trigger.first and clauses[p.first] == own for p in placeable(reading))


def _cost(reading: Reading, placed: Placed, trigger: Trigger, others: list[Trigger]) -> float:
    own = reading.distance(placed.first, placed.last, trigger.first, trigger.last)
    cost = own + _KIND_COST.get(kind_of(placed), 0) + (0 if placed.item.place else 2)
    if not is_near_syria(placed.item):
        cost += _OUTSIDE_COST
    if (placed.last <= trigger.first) != reading.grammar.place_precedes:
        cost += _WRONG_SIDE
    if is_origin(reading, placed):
        cost += _ORIGIN_COST
    elif reading.grammar.at_endings and has_ending(reading, placed, reading.grammar.at_endings):
        cost -= _AT_COST
    if is_container(reading, placed):
        cost += _CONTAINER_COST
    if _is_in_another_clause(reading, placed, trigger):
        cost += _CLAUSE_COST
    nearer = len(others) > 1 and any(
        reading.distance(placed.first, placed.last, other.first, other.last) < own
        for other in others
        if other is not trigger
    )
    return cost + (_OTHERS_COST if nearer and len(reading.localities) > 1 else 0)


def _listed(reading: Reading, best: Placed, usable: list[Placed]) -> list[Placed]:
    """`best` and the places listed with it: "Hass, Kafr Nabl and Maarat Hurma"."""
    if len(usable) < 2:
        return [best]
    ordered = [p for p in usable if p is best or not is_possessor(reading, p)]
    place = ordered.index(best)
    low = high = place
    while low > 0 and _neighbours(reading, ordered[low - 1], ordered[low]):
        low -= 1
    while high + 1 < len(ordered) and _neighbours(reading, ordered[high], ordered[high + 1]):
        high += 1
    listed = [placed for placed in ordered[low : high + 1] if placed is not best]
    return [best, *listed][:_MOST_LISTED]


def _neighbours(reading: Reading, one: Placed, other: Placed) -> bool:
    """Two places, points or near points, with only commas and an "and" between them."""
    if one.item.geo_precision != other.item.geo_precision and not (
        kind_of(one) in TOWNS and kind_of(other) in TOWNS
    ):
        return False
    if one.item.place is None or other.item.place is None:
        return False
    owners = reading.once("owners", _owners)
    words = range(one.last, other.first)
    between = [n for n in words if not (reading.aside[n] or n in owners)]
    if len(between) > _BETWEEN or one.item.place.place_id == other.item.place.place_id:
        return False
    if "country" in (kind_of(one), kind_of(other)):
        return False
    joiners, kinds = reading.starts("joiners"), reading.once("kinds", _kinds)
    if not all(number in joiners or number in kinds for number in between):
        return False
    joined = any(number in joiners for number in between)
    if not joined and one.item.geo_precision == 1 < other.item.geo_precision:
        return False  # "Hass, south of Idlib"
    if not (joined or between) and _measures(reading, one, other):
        return False  # "near Hass, south of Idlib"
    return joined or any(_opens_item(reading, number) for number in (*between, other.first))


def _measures(reading: Reading, one: Placed, other: Placed) -> bool:
    """Whether the second place says from where the first one lies, and nothing follows it in a
    list: each an area, told in different words ("near X", "west of Y")."""
    if not one.item.geo_precision == other.item.geo_precision == 2:
        return False
    key = reading.tokens[one.first].key
    return key != reading.tokens[other.first].key


def _kinds(reading: Reading) -> set[int]:
    """The words for kinds of places."""
    return {n for hit in reading.hits["place_kinds"] for n in range(hit.first, hit.last)}


def _owners(reading: Reading) -> set[int]:
    """The words of places that only say whose part another one is, with their endings."""
    owners = [placed for placed in reading.localities if is_possessor(reading, placed)]
    words = len(reading.tokens)
    ends = {p.last for p in owners if p.last < words and reading.gap(p.last - 1, p.last).strip()}
    return {n for placed in owners for n in range(placed.first, placed.last)} | ends


def _opens_item(reading: Reading, number: int) -> bool:
    """Whether a comma or the Arabic "and" stands before a word."""
    gap = reading.gap(number - 1, number)
    return any(sign in gap for sign in ",،") or _is_arabic_and(reading, number)


def _is_arabic_and(reading: Reading, number: int) -> bool:
    """Whether the word begins with the Arabic "and", which is written together with it."""
    return reading.tokens[number].text.startswith("و")


def hint(placed: Placed) -> Where:
    """A place that somebody came from, where no other one is told."""
    return Where(placed.item, "only where somebody taken away comes from", HINT)


def own(placed: Placed) -> Where:
    """A place that the sentence says the event was at."""
    locality = placed.item
    name = locality.place.name if locality.place else "the phrase"
    why = f": {locality.reason}" if locality.reason else ""
    return Where(locality, f"place {name} named in the sentence{why}", OWN)


def _pointed_at(kinds: list[str], scene: Scene) -> Locality | None:
    """The place of one of these kinds that was told of last; where something happened goes before
    what was only named."""
    here = scene.locality
    if here is not None and here.place is not None and here.place.kind in kinds:
        return here
    return next((v for kind, v in reversed(list(scene.kinds.items())) if kind in kinds), None)


def _told_before(reading: Reading, scene: Scene) -> Where:
    sentence = reading.sentence
    for hit in reading.hits["place_nouns"]:
        found = _pointed_at(hit.label.split("|"), scene)
        if found is not None:
            words = reading.text(hit.first, hit.last)
            return Where(found, f'place that "{words}" points back to', CARRIED)
    near = sentence.index - scene.sentence <= _CARRY_SENTENCES
    if scene.locality is not None and (near or scene.paragraph == sentence.paragraph):
        return Where(scene.locality, "place carried from an earlier sentence", CARRIED)
    if scene.focus is not None:
        return Where(scene.focus, "place that the report opens with", FOCUS)
    return Where(None, "no place in the report", 0)
