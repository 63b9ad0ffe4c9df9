"""Open kinds: triggers whose type is decided by what stands around them.

Each function gives the type and why, in words to follow the trigger's; None where the words around
do not bear it out, so that the trigger tells of nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from events.geoparsing.patterns import Hit

from .kinds import rank
from .reading import Reading
from .sides import CIVILIAN, GOVERNMENT_SIDE, PROTESTER, WITH_AIRCRAFT, is_armed
from .taking import Typing, arrest, capture, doer, entry, fallen, loss, removal, seizure

_REACH = 12
"""Words within which a weapon or a target types an attack."""
_NEAR = 5
"""The same where the weapon is a word of another event."""
_BLOW_REACH = 11
"""The same for a word that tells of nothing without one."""
_OBJECT_REACH = 4
"""Words between a verb and the ground or the person it is done to."""
_STATE = "government-of-"
_FIXED = "fixed"


def _assault(reading: Reading, hit: Hit) -> Typing:
    """An attack: by its weapon, else by whom it is on."""
    weapon = _weapon(reading, hit)
    if weapon:
        return weapon
    victim = _victim(reading, hit)
    if victim:
        return "attack", f" on {victim}"
    unknown = any(p.item.actor_id == "unidentified-armed-group" for p in reading.actors)
    if unknown and not _is_on_armed(reading, hit, _NEAR):
        return "attack", " by unidentified men"
    return "armed_clash", ", no weapon named"


def _fire(reading: Reading, hit: Hit) -> Typing:
    """Fire that is opened: on what stands fast it is shelling, on others an assault."""
    weapon = _weapon(reading, hit)
    if weapon:
        return weapon
    for target in reading.hits["target"]:
        away = reading.distance(hit.first, hit.last, target.first, target.last)
        if target.label == _FIXED and away <= _OBJECT_REACH:
            return "shelling", f' on "{reading.text(target.first, target.last)}"'
    return _assault(reading, hit)


def _strike(reading: Reading, hit: Hit) -> Typing:
    return _weapon(reading, hit) or ("air_drone_strike", ", a strike")


def _bombardment(reading: Reading, hit: Hit) -> Typing:
    return _weapon(reading, hit) or ("shelling", ", no aircraft named")


def _raid(reading: Reading, hit: Hit) -> Typing:
    """A raid: from the air if one with aircraft does it, else an assault."""
    if _weapon(reading, hit) is None and _victim(reading, hit) == "":
        raider = doer(reading, hit)
        if raider is not None and raider.actor_id in WITH_AIRCRAFT:
            return "air_drone_strike", f" by {raider.text}"
    return _assault(reading, hit)


def _bombing(reading: Reading, hit: Hit) -> Typing:
    """A bombing: from the air if one with aircraft does it, else a planted bomb."""
    weapon, bomber = _weapon(reading, hit), doer(reading, hit)
    if weapon:
        return weapon
    if bomber is not None and bomber.actor_id in GOVERNMENT_SIDE:
        return "air_drone_strike", f" by {bomber.text}"
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
        if target.label != _FIXED
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


def _is_on_armed(reading: Reading, hit: Hit, reach: int = _OBJECT_REACH) -> bool:
    """Whether those it is done to bear arms: "31 combatants were killed"."""
    return any(
        target.label == "armed"
        and reading.distance(hit.first, hit.last, target.first, target.last) <= reach
        for target in reading.hits["target"]
    )


def _sniping(reading: Reading, hit: Hit) -> Typing:
    """Snipers who shoot at armed people fight, at others attack them."""
    victim = _victim(reading, hit)
    return ("attack", f" on {victim}") if victim else ("armed_clash", ", snipers")


def _protest(reading: Reading, hit: Hit) -> Typing:
    words = {word.label for word in reading.hits["force"]}
    if "" in words and any(h.label == "killing" for h in reading.hits["trigger"]):
        return "excessive_force", ", with deadly force"
    return ("protest_with_intervention", ", with force") if words else ("peaceful_protest", "")


OPEN: dict[str, Callable[[Reading, Hit], Typing | None]] = {
    "assault": _assault,
    "sniping": _sniping,
    "fire": _fire,
    "raid": _raid,
    "strike": _strike,
    "blow": _blow,
    "entry": entry,
    "seizure": seizure,
    "removal": removal,
    "bombing": _bombing,
    "bombardment": _bombardment,
    "killing": _killing,
    "capture": capture,
    "loss": loss,
    "fallen": fallen,
    "arrest": arrest,
    "protest": _protest,
}
BLOW = "blow"
BORNE_OUT = frozenset({BLOW, "entry", "seizure", "removal"})
"""Kinds that tell of nothing unless the words around bear them out."""
