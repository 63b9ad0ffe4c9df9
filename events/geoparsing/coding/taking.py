"""Open kinds of taking: ground that changes hands, people who are led off, and who does it."""

from __future__ import annotations

from events.geoparsing.document import ActorMention
from events.geoparsing.patterns import Hit

from .reading import Placed, Reading
from .sides import CIVILIAN, GOVERNMENT_SIDE, WITH_COURTS, is_armed

Typing = tuple[str, str]
_OBJECT_REACH = 4
"""Words between a verb and the ground or the person it is done to."""
_SIDE_REACH = 14
_GROUND_REACH = 8
_DONE_TO = frozenset({"arrest", "seizure", "removal"})
"""Kinds whose doer does not stand after the verb: there are those whom it is done to."""


def capture(reading: Reading, hit: Hit) -> Typing:
    """Ground taken, by whom; a capture of no ground is one of people."""
    if not _takes_ground(reading, hit):
        return arrest(reading, hit)
    return _capture_of(reading, hit)


def _capture_of(reading: Reading, hit: Hit) -> Typing:
    """Ground taken, by whom."""
    loser = _taken_from(reading, hit)
    if loser is not None and loser.actor_id in GOVERNMENT_SIDE:
        return "non_state_overtakes_territory", f" from {loser.text}"
    taker = doer(reading, hit)
    if taker is not None and taker.actor_id in GOVERNMENT_SIDE:
        return "government_regains_territory", f" by {taker.text}"
    return "non_state_overtakes_territory", f" by {taker.text}" if taker else ""


def entry(reading: Reading, hit: Hit) -> Typing | None:
    """Ground taken by words that also say other things: "entered", "raised the flag over"; only
    where somebody armed does it to a place."""
    if doer(reading, hit) is None or not _has_ground(reading, hit):
        return None
    return _capture_of(reading, hit)


def seizure(reading: Reading, hit: Hit) -> Typing | None:
    """What somebody armed takes: ground, or else people; anything else tells of nothing."""
    if doer(reading, hit) is None:
        return None
    if _has_ground(reading, hit):
        return _capture_of(reading, hit)
    return arrest(reading, hit) if _has_person(reading, hit) else None


def removal(reading: Reading, hit: Hit) -> Typing | None:
    """People led off by somebody armed: "dragged", "bundled into a car"."""
    if doer(reading, hit) is None or not _has_person(reading, hit):
        return None
    return arrest(reading, hit)


def _has_ground(reading: Reading, hit: Hit) -> bool:
    """Whether a place or a word for ground is what a verb is done to: right after it, or right
    before it in the passive."""
    grounds: list[Hit | Placed] = [
        *reading.hits["ground"],
        *(p for p in reading.localities if _is_taken(p)),
    ]
    for word in grounds:
        if any(hit.last <= left.first < word.first for left in reading.hits["origin"]):
            continue  # "taken from his car near X"
        after = reading.distance(hit.first, hit.last, word.first, word.last)
        if word.first >= hit.last and after <= _OBJECT_REACH:
            return True
        passive = any(word.last <= be.first < hit.first for be in reading.hits["passive"])
        before = word.last <= hit.first and after <= _OBJECT_REACH
        if before and (passive or (reading.grammar.place_precedes and not after)):
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


def loss(reading: Reading, hit: Hit) -> Typing:
    """Ground lost or fallen: the other side took it."""
    loser = doer(reading, hit)
    if loser is not None and loser.actor_id in GOVERNMENT_SIDE:
        return "non_state_overtakes_territory", f" lost by {loser.text}"
    return "government_regains_territory", f" lost by {loser.text}" if loser else ""


def fallen(reading: Reading, hit: Hit) -> Typing:
    """Ground that fell to somebody named after it."""
    armed = [p.item for p in reading.actors if p.first >= hit.last and is_armed(p.item)]
    if not armed:
        return loss(reading, hit)
    kind = "government_regains_territory" if armed[0].actor_id in GOVERNMENT_SIDE else ""
    return kind or "non_state_overtakes_territory", f" to {armed[0].text}"


def arrest(reading: Reading, hit: Hit) -> Typing:
    """An arrest; by a group without courts and prisons it is an abduction."""
    taker = doer(reading, hit)
    near = [p for p in reading.actors if _span(reading, hit, p) <= _SIDE_REACH]
    taker = next((p.item for p in near if p.item.actor_id in WITH_COURTS), taker)
    if taker is None or taker.kind in (1, 8) or taker.actor_id in WITH_COURTS:
        return "arrests", f" by {taker.text}" if taker else ""
    if taker.kind in (2, 3, 4) and taker.actor_id not in ("militants", "jihadists"):
        return "abduction", f" by {taker.text}, who run no courts"
    return "arrests", ""


def doer(reading: Reading, hit: Hit) -> ActorMention | None:
    """Who does it: named after "by", else the nearest armed actor before, else after."""
    armed = [p for p in reading.actors if is_armed(p.item) and not reading.aside[p.first]]
    agents = reading.ends("agent")
    for placed in armed if agents else ():
        by = placed.first >= hit.last and {placed.first, placed.first - 1} & agents
        if by and not any(hit.last <= t.first < placed.first for t in reading.hits["trigger"]):
            return placed.item
    near = [p for p in armed if _span(reading, hit, p) <= _SIDE_REACH]
    before = [p for p in near if p.last <= hit.first]
    after = [p for p in near if p.first >= hit.last]
    first, second = (after, before) if reading.grammar.verb_first else (before, after)
    if hit.label in _DONE_TO and not reading.grammar.verb_first:
        first, second = [p for p in armed if p.last <= hit.first], []
    side = first or second
    if hit.label in _DONE_TO and reading.grammar.place_precedes:
        return min(side, key=lambda p: p.first).item if side else None  # the object comes second
    return min(side, key=lambda p: _span(reading, hit, p)).item if side else None


def _span(reading: Reading, hit: Hit, placed: Placed) -> int:
    return reading.distance(hit.first, hit.last, placed.first, placed.last)
