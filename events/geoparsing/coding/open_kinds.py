"""Open kinds: triggers whose type is decided by what stands around them.

Each function gives the type and why, in words to follow the trigger's; None where the words around
do not bear it out, so that the trigger tells of nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from events.geoparsing.document import ActorMention
from events.geoparsing.patterns import Hit

from .kinds import rank
from .reading import Placed, Reading
from .sides import CIVILIAN, GOVERNMENT_SIDE, PROTESTER, WITH_COURTS, is_armed

_REACH = 12
"""Words within which a weapon or a target types an attack."""
_NEAR = 5
"""The same where the weapon is a word of another event."""
_BLOW_REACH = 8
"""The same for a word that tells of nothing without one."""
_OBJECT_REACH = 4
"""Words between a verb and the ground or the person it is done to."""
_SIDE_REACH = 14
_GROUND_REACH = 8
_STATE = "government-of-"
_DONE_TO = frozenset({"arrest", "seizure", "removal"})
"""Kinds whose doer does not stand after the verb: there are those whom it is done to."""
Typing = tuple[str, str]


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


def _blow(reading: Reading, hit: Hit) -> Typing | None:
    """What falls, hits or bursts is an attack only with a weapon beside it: "fell", "tore into"."""
    return _weapon(reading, hit, _BLOW_REACH)


def _weapon(reading: Reading, hit: Hit, reach: int = _REACH) -> Typing | None:
    weapons = reading.hits["instrument"]
    if not weapons:
        return None
    taken = {n for word in reading.hits["trigger"] for n in range(word.first, word.last)}
    near = [
        weapon
        for weapon in weapons
        if reading.distance(hit.first, hit.last, weapon.first, weapon.last)
        <= (_NEAR if weapon.first in taken else reach)
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
    if armed or _is_on_armed(reading, hit):
        return "armed_clash", ", armed sides"
    return "attack", ", a killing"


def _is_on_armed(reading: Reading, hit: Hit) -> bool:
    """Whether those who were killed bear arms: "31 combatants were killed"."""
    return any(
        target.label == "armed"
        and reading.distance(hit.first, hit.last, target.first, target.last) <= _OBJECT_REACH
        for target in reading.hits["target"]
    )


def _sniping(reading: Reading, hit: Hit) -> Typing:
    """Snipers who shoot at armed people fight, at others attack them."""
    victim = _victim(reading, hit)
    return ("attack", f" on {victim}") if victim else ("armed_clash", ", snipers")


def _capture(reading: Reading, hit: Hit) -> Typing:
    """Ground taken, by whom; a capture of no ground is one of people."""
    if not _takes_ground(reading, hit):
        return _arrest(reading, hit)
    return _capture_of(reading, hit)


def _capture_of(reading: Reading, hit: Hit) -> Typing:
    """Ground taken, by whom."""
    loser = _taken_from(reading, hit)
    if loser is not None and loser.actor_id in GOVERNMENT_SIDE:
        return "non_state_overtakes_territory", f" from {loser.text}"
    taker = _doer(reading, hit)
    if taker is not None and taker.actor_id in GOVERNMENT_SIDE:
        return "government_regains_territory", f" by {taker.text}"
    return "non_state_overtakes_territory", f" by {taker.text}" if taker else ""


def _entry(reading: Reading, hit: Hit) -> Typing | None:
    """Ground taken by words that also say other things: "entered", "raised the flag over"; only
    where somebody armed does it to a place."""
    if _doer(reading, hit) is None or not _has_ground(reading, hit):
        return None
    return _capture_of(reading, hit)


def _seizure(reading: Reading, hit: Hit) -> Typing | None:
    """What somebody armed takes: ground, or else people; anything else tells of nothing."""
    if _doer(reading, hit) is None:
        return None
    if _has_ground(reading, hit):
        return _capture_of(reading, hit)
    return _arrest(reading, hit) if _has_person(reading, hit) else None


def _removal(reading: Reading, hit: Hit) -> Typing | None:
    """People led off by somebody armed: "dragged", "bundled into a car"."""
    if _doer(reading, hit) is None or not _has_person(reading, hit):
        return None
    return _arrest(reading, hit)


def _has_ground(reading: Reading, hit: Hit) -> bool:
    """Whether a place or a word for ground is what a verb is done to: right after it, or right
    before it in the passive."""
    grounds = [*reading.hits["ground"], *(p for p in reading.localities if _is_taken(p))]
    for word in grounds:
        if any(hit.last <= left.first < word.first for left in reading.hits["origin"]):
            continue  # "taken from his car near X"
        after = reading.distance(hit.first, hit.last, word.first, word.last)
        if word.first >= hit.last and after <= _OBJECT_REACH:
            return True
        passive = any(word.last <= be.first < hit.first for be in reading.hits["passive"])
        if passive and word.last <= hit.first and after <= _OBJECT_REACH:
            return True
    return False


def _is_taken(placed: Placed) -> bool:
    """Whether a locality can change hands: no country."""
    place = placed.item.place
    return place is None or place.kind != "country"


def _has_person(reading: Reading, hit: Hit) -> bool:
    """Whether people are what a verb is done to."""
    people: list[Hit | Placed] = [*reading.hits["people"], *reading.hits["person"]]
    people += [p for p in reading.actors if p.item.kind == CIVILIAN]
    return any(
        reading.distance(hit.first, hit.last, word.first, word.last) <= _OBJECT_REACH
        for word in people
    )


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
    if hit.label in _DONE_TO and not reading.grammar.verb_first:
        first, second = [p for p in armed if p.last <= hit.first], []
    side = first or second
    return min(side, key=lambda p: _span(reading, hit, p)).item if side else None


def _span(reading: Reading, hit: Hit, placed: Placed) -> int:
    return reading.distance(hit.first, hit.last, placed.first, placed.last)


OPEN: dict[str, Callable[[Reading, Hit], Typing | None]] = {
    "assault": _assault,
    "sniping": _sniping,
    "strike": _strike,
    "blow": _blow,
    "entry": _entry,
    "seizure": _seizure,
    "removal": _removal,
    "bombing": _bombing,
    "bombardment": _bombardment,
    "killing": _killing,
    "capture": _capture,
    "loss": _loss,
    "fallen": _fallen,
    "arrest": _arrest,
    "protest": _protest,
}
BORNE_OUT = frozenset({"blow", "entry", "seizure", "removal"})
"""Kinds that tell of nothing unless the words around bear them out."""
