"""Who took part in an event, and who says so."""

from __future__ import annotations

from events.geoparsing.document import ActorMention, Participant

from .kinds import Trigger, is_explosion
from .reading import Placed, Reading
from .sides import CIVILIAN, HELPERS, SPEAKERS

_REACH = 22
_SAY_REACH = 3
_SOURCE_REACH = 4
_TITLE = 12
"""Words that a speaker's name, titles and channel may take."""
_HELD_REACH = 3
_HELP_REACH = 6
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
    bystanders = reading.once("bystanders", _bystanders)
    found: dict[str, Participant] = {}
    for placed in reading.actors:
        mention = placed.item
        if placed.first in bystanders or not _is_near(reading, placed, trigger, others):
            continue
        role = _role(reading, placed, trigger)
        found.setdefault(mention.actor_id, Participant(mention.actor, mention.actor_id, role))
    return tuple(found.values())[:_MOST]


def _bystanders(reading: Reading) -> set[int]:
    """The first words of the actors who have no part in what happens: who speaks, whose ground it
    is, who helps or reports, and what stands in brackets."""
    speaker = reading.once("speaker", _speaker)
    return {
        placed.first
        for placed in reading.actors
        if placed is speaker
        or placed.item.actor_id in SPEAKERS
        or reading.aside[placed.first]
        or _opens_speech(reading, placed)
        or _holds(reading, placed)
        or _helps(reading, placed)
    }


def _opens_speech(reading: Reading, placed: Placed) -> bool:
    """Whether an actor is named on the way to a word of saying: "X, known as Y, said", or between
    it and the "that" of what is said."""
    if not reading.hits["say"]:
        return False
    told = min((hit.first for hit in reading.hits["trigger"]), default=len(reading.tokens))
    opened = reading.starts("clause")
    for hit in reading.hits["say"]:
        if reading.grammar.verb_first:
            ends = (n for n in range(hit.last, hit.last + _TITLE + 1) if n in opened)
            if hit.last <= placed.first < next(ends, 0) <= told:
                return True
        elif placed.last <= hit.first < told and "," in reading.gap(hit.first - 1, hit.first):
            return True
    return False


def _holds(reading: Reading, placed: Placed) -> bool:
    """Whether "controlled by" stands before the actor, or before one that it is listed with."""
    if not reading.hits["holders"]:
        return False
    ends = reading.ends("holders")
    near = {placed.first - gap for gap in range(_HELD_REACH)}
    before = (p for p in reading.actors if 0 <= placed.first - p.last <= 1)
    listed = any(_holds(reading, p) for p in before if reading.joins(p.last))
    return bool(near & ends) or listed


def _helps(reading: Reading, placed: Placed) -> bool:
    """Whether rescuers or journalists are told of with what they did afterwards."""
    if placed.item.actor_id not in HELPERS:
        return False
    return any(
        reading.distance(placed.first, placed.last, hit.first, hit.last) <= _HELP_REACH
        for hit in reading.hits["helping"]
    )


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
