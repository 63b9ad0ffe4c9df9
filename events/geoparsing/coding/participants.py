"""Who took part in an event, and who says so."""

from __future__ import annotations

from events.geoparsing.document import ActorMention, Participant

from .kinds import Trigger, is_explosion
from .reading import Placed, Reading
from .sides import CIVILIAN, SPEAKERS

_REACH = 22
_SAY_REACH = 3
_SOURCE_REACH = 4
_MOST = 6
_TARGETED = frozenset({"attack", "abduction", "sexual_violence", "excessive_force", "arrests"})


def reported_by(reading: Reading) -> str:
    """Who says so: "according to X", "X said"; "" if the report itself does."""
    return reading.once("reported_by", _reported_by)


def _reported_by(reading: Reading) -> str:
    speaker = reading.once("speaker", _speaker)
    if speaker is not None:
        return speaker.item.actor
    named = reading.hits["reporter"]
    for hit in named:
        if _said_by(reading, hit.first) or _says(reading, hit.first, hit.last):
            return hit.label
    return ""


def participants_of(
    reading: Reading, trigger: Trigger, others: list[Trigger]
) -> tuple[Participant, ...]:
    """The actors of an event in the order of the text; civilians and what is hit are targets."""
    if not reading.actors:
        return ()
    speaker = reading.once("speaker", _speaker)
    found: dict[str, Participant] = {}
    for placed in reading.actors:
        mention = placed.item
        if placed is speaker or mention.actor_id in SPEAKERS or reading.aside[placed.first]:
            continue
        if not _is_near(reading, placed, trigger, others):
            continue
        role = _role(reading, placed, trigger)
        found.setdefault(mention.actor_id, Participant(mention.actor, mention.actor_id, role))
    return tuple(found.values())[:_MOST]


def _is_near(reading: Reading, placed: Placed, trigger: Trigger, others: list[Trigger]) -> bool:
    """Whether an actor belongs to this trigger: near it, and to no other one in another clause."""
    own = reading.distance(placed.first, placed.last, trigger.first, trigger.last)
    if own > _REACH:
        return False
    clause = reading.clauses[placed.first]
    if clause == reading.clauses[trigger.first]:
        return True
    return not any(
        reading.clauses[other.first] == clause for other in others if other is not trigger
    )


def _role(reading: Reading, placed: Placed, trigger: Trigger) -> str:
    mention: ActorMention = placed.item
    if mention.kind == CIVILIAN:
        return "target" if is_explosion(trigger.kind) or trigger.kind in _TARGETED else "actor"
    if not (is_explosion(trigger.kind) or trigger.kind in _TARGETED):
        return "actor"
    agents = reading.ends("agent")
    if placed.first in agents or placed.first - 1 in agents:
        return "actor"
    return "target" if placed.first >= trigger.last else "actor"


def _speaker(reading: Reading) -> Placed | None:
    """The actor who is the source of the sentence, not a party to the event."""
    for placed in reading.actors:
        if _said_by(reading, placed.first) or _says(reading, placed.first, placed.last):
            return placed
    return None


def _said_by(reading: Reading, first: int) -> bool:
    """Whether "according to" or the like stands right before."""
    cited = reading.ends("said_by")
    return bool(cited) and any(first - gap in cited for gap in range(_SAY_REACH + 1))


def _says(reading: Reading, first: int, last: int) -> bool:
    """Whether a word of saying follows in the clause with no event between, or stands beside."""
    said = reading.hits["say"]
    if not said:
        return False
    triggers, clauses = reading.hits["trigger"], reading.clauses
    for hit in said:
        if hit.first == last or hit.last == first:
            return True
        gap = hit.first - last
        if 0 < gap <= _SOURCE_REACH and clauses[first] == clauses[hit.first]:
            return not any(last <= t.first < hit.first for t in triggers)
    return False
