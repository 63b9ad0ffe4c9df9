"""Tellings of one happening become one event: same actors, same place, same day."""

from __future__ import annotations

from dataclasses import replace

from events.geoparsing.document import Figures, Participant

from .dating import OWN as DATED
from .dating import When
from .kinds import is_explosion, rank
from .leads import adds_up, is_broad, is_part, share_kind, tells_below, the_one
from .placing import OWN
from .sameness import BATTLES, can_be, follows, is_same, same_time
from .tellings import Telling

_LOOK_BACK = 12
_MONTH = 20
_SUMMED = 60
"""Events after a lead that it can sum up."""
_PART = 4
_PARRIED_SENTENCES = 2
"""How soon after a blow an interception is one of its own missiles."""


def merge(tellings: list[Telling]) -> list[Telling]:
    """The events of a report in the order of the text; each telling joins one before it if it can.
    What happened at a place inside the region of a lead is kept apart from the lead at first.

    A weak telling ("the attack killed ten") joins what was told just before and is an event of its
    own only where nothing was.
    """
    events: list[Telling] = []
    for telling in tellings:
        earlier = [e for e in events[: -_LOOK_BACK - 1 : -1] if can_be(e, telling)]
        if _is_sum(telling):
            earlier = [e for e in earlier if e.when == telling.when]
        earlier = [e for e in earlier if not tells_below(e, telling)]
        same = _told_before(earlier, telling)
        if same is None and (telling.weak or telling.where.quality != OWN):
            same = _antecedent(earlier, telling)
        if same is None and (_is_sum(telling) or _is_parried(events, telling)):
            continue
        if same is None:
            telling.last = telling.sentence.index
            events.append(telling)
        else:
            _join(same, telling)
    return _settled(events)


def _settled(events: list[Telling]) -> list[Telling]:
    """Without leads that only sum up what follows, and without what told of a lead's own event."""
    gone: set[int] = set()
    for place, lead in enumerate(events):
        if not is_broad(lead):
            continue
        after = events[place + 1 : place + 1 + _SUMMED]
        parts = [event for event in after if id(event) not in gone and is_part(lead, event)]
        share_kind(lead, parts)
        one = the_one(lead, parts)
        if one is not None:
            _join(lead, one)
            gone.add(id(one))
        elif adds_up(lead, parts):
            gone.add(id(lead))
        elif parts:
            lead.reasons.append("sums up what is told of places below")
    return [event for event in events if id(event) not in gone]


def _told_before(earlier: list[Telling], telling: Telling) -> Telling | None:
    """The last event that is the same; of a region's telling the last one of a region."""
    same = (event for event in earlier if is_same(event, telling))
    if not is_broad(telling):
        return next(same, None)
    found = list(same)
    return next((event for event in found if is_broad(event)), found[0] if found else None)


def _is_sum(telling: Telling) -> bool:
    """Whether a killing has no place but a month of its own: "94 were killed in May"."""
    start, end = telling.when.start, telling.when.end
    if not telling.weak or telling.where.quality == OWN or telling.when.quality != DATED:
        return False
    return start is not None and end is not None and (end - start).days > _MONTH


def _is_parried(events: list[Telling], telling: Telling) -> bool:
    """Whether some of what the blow told right before sent was stopped on its way: "some of the
    missiles were shot down" is a part of the missile attack."""
    if telling.kind != "disrupted_weapons_use" or telling.where.quality == OWN or not events:
        return False
    blow = max(events[-_LOOK_BACK:], key=lambda event: event.last)
    close = telling.sentence.index - blow.last <= _PARRIED_SENTENCES
    return (
        close
        and blow.sentence is not telling.sentence
        and is_explosion(blow.kind)
        and blow.modality == telling.modality
        and same_time(blow.when, telling.when)
    )


def _antecedent(earlier: list[Telling], telling: Telling) -> Telling | None:
    """The event that a telling adds to: the last one of its own kind, else the last one."""
    found = [event for event in earlier if follows(event, telling)]
    alike = (e for e in found if e.kind == telling.kind or {e.kind, telling.kind} <= BATTLES)
    return next(alike, found[0] if found else None)


def _join(event: Telling, telling: Telling) -> None:
    """Take over what the later telling knows better; the first one's sentence stays the quote
    unless the later is better placed or the only one that counts the dead."""
    event.told += 1
    event.last = telling.sentence.index
    _better_place(event, telling)
    if telling.rise:
        pass  # the day a toll rises is not the day of the event
    elif telling.when.quality > event.when.quality:
        event.when = telling.when
    elif telling.when.quality == event.when.quality or telling.when.start == event.when.start:
        event.when = _longer(event.when, telling.when)
    _better_kind(event, telling)
    event.participants = _union(event.participants, telling.participants)
    later = telling.rise or (event.least and not telling.least)
    event.figures = _agreed(event.figures, telling.figures, later)
    event.least = event.least and telling.least
    event.reported_by = event.reported_by or telling.reported_by
    if event.stance == "asserts" and telling.stance == "denies":
        event.reasons.append("denied by a party later in the report")
    event.weak = event.weak and telling.weak
    event.reasons.append(f"told again in sentence {telling.sentence.index + 1}")


def _better_place(event: Telling, telling: Telling) -> None:
    here, there = event.where, telling.where
    if there.locality is None:
        return
    finer = here.locality is None or (
        there.quality == OWN
        and (
            here.quality < OWN
            or there.locality.radius_km < here.locality.radius_km
            or (
                event.sentence.index == 0 < telling.sentence.index
                and here.locality.place is not None
                and here.locality.place.kind == "city"
            )
        )
    )
    if finer:
        event.where = there


def _better_kind(event: Telling, telling: Telling) -> None:
    if event.weak and not telling.weak:
        event.kind, event.sentence, event.trigger = telling.kind, telling.sentence, telling.trigger
    elif event.guessed and not telling.guessed and is_explosion(telling.kind):
        event.kind, event.guessed = telling.kind, False
    elif not telling.weak and rank(telling.kind) < rank(event.kind):
        event.kind = telling.kind


def _longer(one: When, other: When) -> When:
    """Of two equally good dates that touch the finer; a run of days is taken whole."""
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return one if other.start is None else other
    if one.start == other.start and other.end > one.end and other.precision == "day":
        return replace(one, end=other.end, text=other.text, reason=other.reason)
    width = (one.end - one.start) - (other.end - other.start)
    return other if width.days > 0 else one


def _union(one: tuple[Participant, ...], other: tuple[Participant, ...]) -> tuple[Participant, ...]:
    found = {participant.actor_id: participant for participant in (*one, *other)}
    found.update({participant.actor_id: participant for participant in one})
    return tuple(found.values())


def _agreed(one: Figures | None, other: Figures | None, later: bool) -> Figures | None:
    """Two counts as one: a toll that rose replaces, a number makes a vague word exact, else the
    lowest is best and the range keeps both."""
    if one is None or other is None:
        return one or other
    if not (one.high and other.high):  # nobody at first, some later
        return max(one, other, key=lambda f: f.high)
    if later:  # a toll that rose, or an "at least" made exact: the higher one holds
        return replace(max(one, other, key=lambda f: f.best), low=min(one.low, other.low))
    for vague, exact in ((one, other), (other, one)):
        if vague.low <= exact.low and exact.high <= vague.high and vague.low < vague.high:
            return exact
    best, more = sorted((one, other), key=lambda figures: figures.best)
    if best.best * _PART <= more.best:
        return one  # so few of so many are some of them, so many a sum: no other count
    return replace(best, low=min(one.low, other.low), high=max(one.high, other.high))
