"""Tellings of one happening become one event: same actors, same place, same day."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field, replace

from events.geoparsing.document import CodedEvent, Figures, Locality, Participant, Sentence, Span

from .dating import OWN as DATED
from .dating import REPORT, When
from .kinds import GROUND, LOOSE, is_explosion, is_violent, rank
from .placing import OWN, Where

_LOOK_BACK = 12
_NEAR_KM = 6.0
_EARTH_KM = 111.2
_REGION_KM = 45.0
_EXPLAINED_KM = 15.0
"""How far apart what a colon explains may lie from what stands before it."""
_LATE = dt.timedelta(days=4)
_WIDE = 31
_MONTH = 20
_PART = 4
_WEAK_SENTENCES = 3
_LEAD = 2
_BOMBS = {"suicide_bomb", "remote_explosive"}
_BATTLES = GROUND | {"armed_clash"}
_PROTESTS = {"peaceful_protest", "protest_with_intervention", "excessive_force"}
_SEIZURES = {"abduction", "sexual_violence"}
_ALIKE = {"government-forces-of-syria": "military-forces-of-syria"}


@dataclass(slots=True)
class Telling:
    """One mention of an event, before tellings of the same one are brought together.

    `guessed` is a type without any word for it, `answer` a blow in return ("fired back"),
    `aside` what went on meanwhile ("as the army pressed on"), `colon` what a colon explains.
    """

    kind: str
    sentence: Sentence
    trigger: Span
    when: When
    where: Where
    participants: tuple[Participant, ...] = ()
    figures: Figures | None = None
    rise: bool = False
    least: bool = False
    killing: bool = False
    weak: bool = False
    guessed: bool = False
    known: bool = False
    answer: bool = False
    aside: bool = False
    colon: bool = False
    headline: bool = False
    reported_by: str = ""
    stance: str = "asserts"
    modality: str = "happened"
    reasons: list[str] = field(default_factory=list)
    words: tuple[int, int] = (0, 0)
    """The words of the trigger in its sentence."""
    told: int = 1
    last: int = 0
    """The last sentence that told of it."""


def merge(tellings: list[Telling]) -> list[Telling]:
    """The events of a report in the order of the text; each telling joins one before it if it can.

    A weak telling ("the attack killed ten") joins what was told just before and is an event of its
    own only where nothing was.
    """
    events: list[Telling] = []
    for telling in tellings:
        earlier = [e for e in events[: -_LOOK_BACK - 1 : -1] if _can_be(e, telling)]
        if _is_sum(telling):
            earlier = [e for e in earlier if e.when == telling.when]
        same = next((event for event in earlier if _same(event, telling)), None)
        if same is None and (telling.weak or telling.where.quality != OWN):
            same = _antecedent(earlier, telling)
        if same is None and _is_sum(telling):
            continue
        if same is None:
            telling.last = telling.sentence.index
            events.append(telling)
        else:
            _join(same, telling)
    return events


def _is_sum(telling: Telling) -> bool:
    """Whether a killing has no place but a month of its own: "94 were killed in May"."""
    start, end = telling.when.start, telling.when.end
    if not telling.weak or telling.where.quality == OWN or telling.when.quality != DATED:
        return False
    return start is not None and end is not None and (end - start).days > _MONTH


def _can_be(event: Telling, telling: Telling) -> bool:
    """Whether nothing in the words speaks against one happening: an answer is another blow."""
    answers = telling.answer and not event.answer and not telling.weak
    return event.modality == telling.modality and not answers


def _antecedent(earlier: list[Telling], telling: Telling) -> Telling | None:
    """The event that a telling adds to: the last one of its own kind, else the last one."""
    found = [event for event in earlier if _follows(event, telling)]
    alike = (e for e in found if e.kind == telling.kind or {e.kind, telling.kind} <= _BATTLES)
    return next(alike, found[0] if found else None)


def coded(telling: Telling) -> CodedEvent:
    """The event as the Document keeps it."""
    when, where = telling.when, telling.where
    return CodedEvent(
        sub_event_type=telling.kind,
        start=telling.sentence.start,
        end=telling.sentence.end,
        trigger=telling.trigger,
        start_date=when.start,
        end_date=when.end,
        time_precision=when.precision,
        locality=where.locality,
        participants=telling.participants,
        fatalities=telling.figures,
        reported_by=telling.reported_by,
        stance=telling.stance,
        modality=telling.modality,
        confidence=_confidence(telling),
        date_text=when.text,
        date_reason=when.reason,
        reasons=(*telling.reasons, where.reason, when.reason),
    )


def _confidence(telling: Telling) -> float:
    value = 0.35 + 0.1 * telling.when.quality / 2 + 0.08 * telling.where.quality
    value += 0.05 * min(telling.told - 1, 3) + 0.05 * bool(telling.participants)
    value -= 0.1 * (telling.stance != "asserts") + 0.15 * telling.weak
    return round(min(max(value, 0.05), 0.95), 2)


def _same(event: Telling, telling: Telling) -> bool:
    """Whether two tellings are of one happening."""
    return (
        not _listed_apart(event, telling)
        and _same_kind(event, telling)
        and _same_time(event.when, telling.when)
        and _same_place(event, telling)
        and _same_actors(event, telling)
        and _same_figures(event, telling)
    )


def _listed_apart(event: Telling, telling: Telling) -> bool:
    """Whether one sentence names two places for two happenings."""
    one, other = event.where, telling.where
    if telling.colon and not event.colon and event.kind == telling.kind:
        return False
    return (
        event.sentence.index == telling.sentence.index
        and one.quality == other.quality == OWN
        and one.locality != other.locality
    )


def _follows(event: Telling, telling: Telling) -> bool:
    """Whether a telling adds to the event told just before: a weak one, or fighting that was
    part of a taking of ground."""
    close = telling.sentence.index - event.last <= _WEAK_SENTENCES
    if not telling.weak and not _goes_on(event, telling):
        return False
    return (
        (close or telling.rise)
        and _can_kill(event)
        and is_violent(telling.kind)
        and (telling.rise or telling.when.quality < DATED or _same_time(event.when, telling.when))
        and (telling.where.quality != OWN or _same_place(event, telling))
        and _same_figures(event, telling)
    )


def _can_kill(event: Telling) -> bool:
    """Whether words of killing can be about an event: not an abduction, which is told apart."""
    return is_violent(event.kind) and event.kind not in _SEIZURES


def _goes_on(event: Telling, telling: Telling) -> bool:
    """Whether fighting with no place and no date of its own was over the ground just taken."""
    if telling.where.quality == OWN or telling.when.quality == DATED:
        return False
    return event.kind in GROUND and telling.kind == "armed_clash"


def _same_kind(event: Telling, telling: Telling) -> bool:
    one, other = event.kind, telling.kind
    if not (event.weak or telling.weak):
        same_dead = _same_count(event, telling) and is_violent(one) and is_violent(other)
        protest = {one, other} <= _PROTESTS and telling.where.quality != OWN
        return one == other or same_dead or protest or {one, other} == _BOMBS
    if telling.sentence.index - event.sentence.index > _WEAK_SENTENCES:
        return False
    if one == other or {one, other} <= _BATTLES or {one, other} <= LOOSE:
        return True
    if telling.weak and telling.guessed and is_explosion(one) and is_explosion(other):
        return True
    return (is_explosion(one) and other in LOOSE) or (is_explosion(other) and one in LOOSE)


def _same_time(one: When, other: When) -> bool:
    """Whether two dates can be one: they touch, or one is only the report's and the other near."""
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return True
    if one.start <= other.end and other.start <= one.end:
        return (max(one.end, other.end) - min(one.start, other.start)).days <= _WIDE or (
            one.start == other.start and one.end == other.end
        )
    if REPORT in (one.quality, other.quality):
        return abs(one.start - other.start) <= _LATE
    return False


def _same_place(event: Telling, telling: Telling) -> bool:
    one, other = event.where.locality, telling.where.locality
    if one is None or other is None:
        return True
    if one.place and other.place and one.place.place_id == other.place.place_id:
        return True
    gap = _kilometres(one, other)
    if gap is None:
        return False
    if _is_lead(event, telling) or _same_count(event, telling):
        return gap <= _REGION_KM
    if telling.colon and event.sentence is telling.sentence:
        return gap <= _EXPLAINED_KM
    wider = max(one.radius_km, other.radius_km)
    return gap <= (_NEAR_KM if wider < _NEAR_KM and _both_named(one, other) is False else wider)


def _is_lead(event: Telling, telling: Telling) -> bool:
    """Whether the first telling is a headline or a lead that names the region's town for the
    region, and the other one says more of it."""
    if event.headline and telling.sentence.index <= _LEAD and event.figures is None:
        return True
    where = event.where.locality
    named = where is not None and where.place is not None and where.place.kind == "city"
    return named and telling.weak and event.sentence.index == 0 and telling.sentence.index <= _LEAD


def _same_count(event: Telling, telling: Telling) -> bool:
    """Whether both give the same number of dead, more than one: hardly a chance."""
    one, other = event.figures, telling.figures
    if one is None or other is None:
        return False
    return one.best == other.best > 1 and one.low == one.high


def _both_named(one: Locality, other: Locality) -> bool:
    """Two different exact places are two places, however near."""
    return bool(one.place and other.place and one.geo_precision == other.geo_precision == 1)


def _kilometres(one: Locality, other: Locality) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north = (one.lat - other.lat) * _EARTH_KM
    east = (one.lon - other.lon) * _EARTH_KM * math.cos(math.radians(one.lat))
    return math.hypot(north, east)


def _same_actors(event: Telling, telling: Telling) -> bool:
    """Whether the armed actors agree: one side names none, or they share one. Whom a protest is
    against says little."""
    if event.kind in _PROTESTS:
        return True
    one, other = _actors(event), _actors(telling)
    return not one or not other or bool(one & other)


def _actors(telling: Telling) -> set[str]:
    return {_side(p.actor_id) for p in telling.participants if p.role == "actor"}


def _side(slug: str) -> str:
    """The party behind a force: "air-force-of-russia" is russia, generic words their own."""
    slug = _ALIKE.get(slug, slug)
    return slug.rpartition("-of-")[2] if "-of-" in slug else slug


def _same_figures(event: Telling, telling: Telling) -> bool:
    """Different counts at different places are different events."""
    one, other = event.figures, telling.figures
    if one is None or other is None or telling.rise or not (one.high and other.high):
        return True
    if one.low <= other.high and other.low <= one.high:
        return True
    here, there = event.where.locality, telling.where.locality
    if here is None or there is None or here.place is None or there.place is None:
        return True
    return here.place.place_id == there.place.place_id


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
