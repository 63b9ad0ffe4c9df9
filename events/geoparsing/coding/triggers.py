"""What kind of event the words of a sentence name, by the codebook's hierarchy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from events.geoparsing.document import ActorMention
from events.geoparsing.patterns import Hit

from .hierarchy import by_hierarchy
from .kinds import Trigger, is_explosion, is_violent, rank
from .reading import Placed, Reading
from .sides import CIVILIAN, GOVERNMENT_SIDE, PROTESTER, WITH_COURTS, is_armed

_REACH = 12
"""Words within which a weapon or a target types an attack."""
_NEAR = 5
"""The same where the weapon is a word of another event."""
_SIDE_REACH = 14
_GROUND_REACH = 8
_DEFINITE = ("ال", "وال", "بال", "لل")
"""The Arabic article: "the shelling" was told before."""
_GROUND = frozenset({"city", "town", "village", "neighbourhood", "hill", "mountain", "air_base",
                     "military_base", "prison", "crossing", "camp", "checkpoint"})  # fmt: skip
_STATE = "government-of-"
Typing = tuple[str, str]


def find_triggers(reading: Reading) -> list[Trigger]:
    """The triggers of a sentence in the order of the text, lesser ones already given up."""
    told, parts = reading.hits["trigger"], reading.hits["frame"]
    if not told and not parts and not _is_item(reading):
        return []
    framed = [*_framed(reading), *_taken_by_name(reading)]
    hits = _longest(reading, framed, [*told, *_listed_fire(reading)])
    if not hits:
        return []
    typed = [_typed(reading, hit) for hit in hits]
    return by_hierarchy(reading, typed)


def _framed(reading: Reading) -> Iterator[Hit]:
    """The frames whose parts all stand near the first of them."""
    found: dict[int, dict[int, list[Hit]]] = {}
    for hit in reading.hits["frame"]:
        name, _, part = hit.label.partition(":")
        found.setdefault(int(name), {}).setdefault(int(part), []).append(hit)
    for number, parts in found.items():
        frame = reading.grammar.frames[number]
        if len(parts) < frame.parts:
            continue
        for anchor in parts[0]:
            others = [_nearest(parts[n], anchor) for n in range(1, frame.parts)]
            if all(_words_between(anchor, other) <= frame.near for other in others):
                yield Hit(anchor.first, anchor.last, frame.kind)


def _taken_by_name(reading: Reading) -> Iterator[Hit]:
    """Ground that is taken by its name: "seized Khan al-Asal", where "seized" alone says little."""
    frames = reading.grammar.frames
    for hit in reading.hits["frame"]:
        number, _, part = hit.label.partition(":")
        if part == "0" and frames[int(number)].kind == "capture":
            named = (p for p in reading.localities if p.first == hit.last and _is_ground(p))
            if any(named):
                yield Hit(hit.first, hit.last, "capture")


def _is_ground(placed: Placed) -> bool:
    place = placed.item.place
    return place is not None and place.kind in _GROUND


def _listed_fire(reading: Reading) -> Iterator[Hit]:
    """The weapon of an item of a list, which needs no verb: "- Kansafra: 22 artillery shells"."""
    if not _is_item(reading):
        return
    if not any(is_violent(hit.label) or hit.label in _OPEN for hit in reading.hits["trigger"]):
        yield from (h for h in reading.hits["instrument"] if is_explosion(h.label))


def _is_item(reading: Reading) -> bool:
    """Whether the sentence opens with a place and a colon."""
    head = next((p for p in reading.localities if p.first <= 1), None)
    if head is None or head.last >= len(reading.tokens):
        return False
    return ":" in reading.gap(head.last - 1, head.last)


def _nearest(hits: list[Hit], anchor: Hit) -> Hit:
    place = bisect_left(hits, anchor.first, key=lambda hit: hit.first)
    near = hits[max(place - 1, 0) : place + 1]
    return min(near, key=lambda hit: _words_between(anchor, hit))


def _words_between(one: Hit, other: Hit) -> int:
    return max(other.first - one.last, one.first - other.last, 0)


def _longest(reading: Reading, framed: Sequence[Hit], plain: Sequence[Hit]) -> list[Hit]:
    """The triggers that overlap no other: framed ones first, then the longest.

    None stands in brackets or inside a name.
    """
    if not framed and not plain:
        return []
    aside, words = reading.aside, len(reading.tokens)
    taken = {n for n in range(words) if aside[n]} if True in aside else set()
    for hit in reading.hits["subset_after"]:  # "among the dead": counted elsewhere
        taken.update(range(hit.first, hit.last))
    for placed in reading.actors:
        if not placed.item.generic:
            taken.update(_name_of(reading, placed))
    kept = []
    for hit in (*_ordered(framed), *_ordered(plain)):
        span = range(hit.first, hit.last)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(hit)
    return sorted(kept)


def _ordered(hits: Sequence[Hit]) -> Sequence[Hit]:
    if len(hits) < 2:
        return hits
    return sorted(hits, key=lambda hit: (hit.first - hit.last, rank(hit.label), hit.first))


def _name_of(reading: Reading, placed: Placed) -> range:
    """The words of a proper name; a nationality with a force ("Russian air strike", in Arabic
    "strike Russian") is none."""
    told = [hit for hit in reading.hits["trigger"] if placed.first <= hit.first < placed.last]
    if any(hit.first > placed.first for hit in told):
        return range(placed.first, placed.first + 1)
    if told and "-of-" in placed.item.actor_id:
        return range(told[0].last, placed.last)
    return range(placed.first, placed.last)


def _typed(reading: Reading, hit: Hit) -> Trigger:
    words = reading.text(hit.first, hit.last)
    open_kind = _OPEN.get(hit.label)
    if open_kind is None:
        weak = is_violent(hit.label) and _is_known(reading, hit)
        reason = f'type from "{words}"'
        return Trigger(hit.first, hit.last, hit.label, reason, weak, known=weak)
    kind, why = open_kind(reading, hit)
    known = is_violent(kind) and _is_known(reading, hit)
    weak = known or (hit.label == "killing" and not is_explosion(kind))
    guessed = why.startswith(",") and hit.label in ("assault", "strike", "bombardment")
    reason = f'type from "{words}"{why}'
    return Trigger(hit.first, hit.last, kind, reason, weak, True, guessed, known)


def _is_known(reading: Reading, hit: Hit) -> bool:
    """Whether "the attack" points back to something told before."""
    if hit.first in reading.ends("anaphora") or hit.first in reading.starts("pointing"):
        return True
    if hit.first == 0 < reading.sentence.index and 0 in reading.starts("opening"):
        return True
    return reading.tokens[hit.first].text.startswith(_DEFINITE)


def _assault(reading: Reading, hit: Hit) -> Typing:
    """An attack: by its weapon, else by whom it is on."""
    weapon = _weapon(reading, hit)
    if weapon:
        return weapon
    victim = _victim(reading, hit)
    if victim:
        return "attack", f" on {victim}"
    if any(placed.item.actor_id == "unidentified-armed-group" for placed in reading.actors):
        return "attack", " by unidentified men"
    return "armed_clash", ", no weapon named"


def _strike(reading: Reading, hit: Hit) -> Typing:
    return _weapon(reading, hit) or ("air_drone_strike", ", a strike")


def _bombardment(reading: Reading, hit: Hit) -> Typing:
    return _weapon(reading, hit) or ("shelling", ", no aircraft named")


def _bombing(reading: Reading, hit: Hit) -> Typing:
    """A bombing: from the air if one with aircraft does it, else a planted bomb."""
    weapon, doer = _weapon(reading, hit), _doer(reading, hit)
    if weapon:
        return weapon
    if doer is not None and doer.actor_id in GOVERNMENT_SIDE:
        return "air_drone_strike", f" by {doer.text}"
    return "remote_explosive", ", a bombing"


def _weapon(reading: Reading, hit: Hit) -> Typing | None:
    weapons = reading.hits["instrument"]
    if not weapons:
        return None
    taken = {n for word in reading.hits["trigger"] for n in range(word.first, word.last)}
    near = [
        weapon
        for weapon in weapons
        if reading.distance(hit.first, hit.last, weapon.first, weapon.last)
        <= (_NEAR if weapon.first in taken else _REACH)
        and not reading.aside[weapon.first]
    ]
    if not near:
        return None
    best = min(near, key=lambda weapon: rank(weapon.label))
    return best.label, f' with "{reading.text(best.first, best.last)}"'


def _victim(reading: Reading, hit: Hit) -> str:
    """The civilian target near an attack, "" if an armed one is nearer."""
    targets = [
        (reading.distance(hit.first, hit.last, target.first, target.last), target)
        for target in reading.hits["target"]
    ]
    targets += [
        (
            reading.distance(hit.first, hit.last, actor.first, actor.last),
            Hit(actor.first, actor.last, "civilian"),
        )
        for actor in reading.actors
        if actor.item.kind == CIVILIAN
    ]
    near = [item for item in targets if item[0] <= _REACH]
    if not near or min(near)[1].label != "civilian":
        return ""
    nearest = min(near)[1]
    return reading.text(nearest.first, nearest.last)


def _killing(reading: Reading, hit: Hit) -> Typing:
    weapon = _weapon(reading, hit)
    if weapon:
        return weapon
    mentions = [placed.item for placed in reading.actors]
    if any(m.kind == CIVILIAN or m.actor_id == "unidentified-armed-group" for m in mentions):
        return "attack", ", a killing"
    if any(m.kind == PROTESTER for m in mentions):
        return "excessive_force", ", of protesters"
    armed = {m.actor_id for m in mentions if is_armed(m) and not m.actor_id.startswith(_STATE)}
    return ("armed_clash", ", armed sides") if armed else ("attack", ", a killing")


def _sniping(reading: Reading, hit: Hit) -> Typing:
    """Snipers who shoot at armed people fight, at others attack them."""
    victim = _victim(reading, hit)
    return ("attack", f" on {victim}") if victim else ("armed_clash", ", snipers")


def _capture(reading: Reading, hit: Hit) -> Typing:
    """Ground taken, by whom; a capture of no ground is one of people."""
    if not _takes_ground(reading, hit):
        return _arrest(reading, hit)
    loser = _taken_from(reading, hit)
    if loser is not None and loser.actor_id in GOVERNMENT_SIDE:
        return "non_state_overtakes_territory", f" from {loser.text}"
    taker = _doer(reading, hit)
    if taker is not None and taker.actor_id in GOVERNMENT_SIDE:
        return "government_regains_territory", f" by {taker.text}"
    return "non_state_overtakes_territory", f" by {taker.text}" if taker else ""


def _taken_from(reading: Reading, hit: Hit) -> ActorMention | None:
    """Whom ground was taken from: an armed actor right after "from"."""
    origins = reading.ends("origin")
    for placed in reading.actors:
        near = 0 <= placed.first - hit.last <= _SIDE_REACH and is_armed(placed.item)
        if near and {placed.first, placed.first - 1} & origins:
            return placed.item
    return None


def _takes_ground(reading: Reading, hit: Hit) -> bool:
    """Whether a place or a word for ground follows, or the lexicon lists no such words."""
    ground: list[Hit | Placed] = [*reading.hits["ground"], *reading.localities]
    if hit.last - hit.first > 1 or not reading.grammar.knows_ground:
        return True
    return any(abs(word.first - hit.first) <= _GROUND_REACH for word in ground)


def _loss(reading: Reading, hit: Hit) -> Typing:
    """Ground lost or fallen: the other side took it."""
    loser = _doer(reading, hit)
    if loser is not None and loser.actor_id in GOVERNMENT_SIDE:
        return "non_state_overtakes_territory", f" lost by {loser.text}"
    return "government_regains_territory", f" lost by {loser.text}" if loser else ""


def _fallen(reading: Reading, hit: Hit) -> Typing:
    """Ground that fell to somebody named after it."""
    armed = [p.item for p in reading.actors if p.first >= hit.last and is_armed(p.item)]
    if not armed:
        return _loss(reading, hit)
    kind = "government_regains_territory" if armed[0].actor_id in GOVERNMENT_SIDE else ""
    return kind or "non_state_overtakes_territory", f" to {armed[0].text}"


def _arrest(reading: Reading, hit: Hit) -> Typing:
    """An arrest; by a group without courts and prisons it is an abduction."""
    taker = _doer(reading, hit)
    near = [p for p in reading.actors if _span(reading, hit, p) <= _SIDE_REACH]
    taker = next((p.item for p in near if p.item.actor_id in WITH_COURTS), taker)
    if taker is None or taker.kind in (1, 8) or taker.actor_id in WITH_COURTS:
        return "arrests", f" by {taker.text}" if taker else ""
    if taker.kind in (2, 3, 4) and taker.actor_id not in ("militants", "jihadists"):
        return "abduction", f" by {taker.text}, who run no courts"
    return "arrests", ""


def _protest(reading: Reading, hit: Hit) -> Typing:
    words = {word.label for word in reading.hits["force"]}
    if "" in words and any(h.label == "killing" for h in reading.hits["trigger"]):
        return "excessive_force", ", with deadly force"
    return ("protest_with_intervention", ", with force") if words else ("peaceful_protest", "")


def _doer(reading: Reading, hit: Hit) -> ActorMention | None:
    """Who does it: named after "by", else the nearest armed actor before, else after."""
    armed = [p for p in reading.actors if is_armed(p.item) and not reading.aside[p.first]]
    agents = reading.ends("agent")
    for placed in armed if agents else ():
        if {placed.first, placed.first - 1} & agents and placed.first >= hit.last:
            return placed.item
    near = [p for p in armed if _span(reading, hit, p) <= _SIDE_REACH]
    before = [p for p in near if p.last <= hit.first]
    after = [p for p in near if p.first >= hit.last]
    first, second = (after, before) if reading.grammar.verb_first else (before, after)
    if hit.label == "arrest" and not reading.grammar.verb_first:
        first, second = [p for p in armed if p.last <= hit.first], []
    side = first or second
    return min(side, key=lambda p: _span(reading, hit, p)).item if side else None


def _span(reading: Reading, hit: Hit, placed: Placed) -> int:
    return reading.distance(hit.first, hit.last, placed.first, placed.last)


_OPEN = {
    "assault": _assault,
    "sniping": _sniping,
    "strike": _strike,
    "bombing": _bombing,
    "bombardment": _bombardment,
    "killing": _killing,
    "capture": _capture,
    "loss": _loss,
    "fallen": _fallen,
    "arrest": _arrest,
    "protest": _protest,
}
