"""Whether two tellings can be of one happening: same kind, place, day, actors and count."""

from __future__ import annotations

import datetime as dt
import math

from events.geoparsing.document import Locality

from .dating import OWN as DATED
from .dating import REPORT, When
from .kinds import GROUND, LOOSE, is_explosion, is_violent
from .localities import TOWNS
from .placing import HINT, OWN
from .sides import HELPERS
from .tellings import Telling

_NEAR_KM = 6.0
_EARTH_KM = 111.2
REGION_KM = 45.0
_EXPLAINED_KM = 15.0
"""How far apart what a colon explains may lie from what stands before it."""
_LATE = dt.timedelta(days=4)
_WIDE = 31
_WEAK_SENTENCES = 3
_LEAD = 2
_BOMBS = {"suicide_bomb", "remote_explosive"}
BATTLES = GROUND | {"armed_clash"}
_PROTESTS = {"peaceful_protest", "protest_with_intervention", "excessive_force"}
_SEIZURES = {"abduction", "sexual_violence"}
_ALIKE = {"government-forces-of-syria": "military-forces-of-syria"}


def can_be(event: Telling, telling: Telling) -> bool:
    """Whether nothing in the words speaks against one happening: an answer is another blow."""
    answers = telling.answer and not event.answer and not telling.weak
    apart = answers or _is_of_another_day(event, telling)
    return event.modality == telling.modality and not apart


def is_same(event: Telling, telling: Telling) -> bool:
    """Whether two tellings are of one happening."""
    return (
        not _listed_apart(event, telling)
        and same_kind(event, telling)
        and same_time(event.when, telling.when)
        and same_place(event, telling)
        and (_same_actors(event, telling) or _same_dead(event, telling))
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


def follows(event: Telling, telling: Telling) -> bool:
    """Whether a telling adds to the event told just before: a weak one, or fighting that was
    part of a taking of ground."""
    close = telling.sentence.index - event.last <= _WEAK_SENTENCES
    if not telling.weak and not _goes_on(event, telling):
        return False
    return (
        (close or telling.rise)
        and _can_kill(event)
        and is_violent(telling.kind)
        and (telling.rise or telling.when.quality < DATED or same_time(event.when, telling.when))
        and (telling.where.quality != OWN or same_place(event, telling))
        and _same_figures(event, telling)
    )


def _is_of_another_day(event: Telling, telling: Telling) -> bool:
    """Whether a killing that points back to nothing has a day of its own and another number: "On
    Monday the army killed 13" after four who died in the report's lead."""
    one, other = event.figures, telling.figures
    if one is None or other is None or telling.rise or telling.points:
        return False
    day = telling.when.quality == DATED and telling.when.start != event.when.start
    return telling.killing and day and (one.high < other.low or other.high < one.low)


def _can_kill(event: Telling) -> bool:
    """Whether words of killing can be about an event: not an abduction, which is told apart."""
    return is_violent(event.kind) and event.kind not in _SEIZURES


def _goes_on(event: Telling, telling: Telling) -> bool:
    """Whether fighting with no place and no date of its own was over the ground just taken."""
    if telling.where.quality == OWN or telling.when.quality == DATED:
        return False
    return event.kind in GROUND and telling.kind == "armed_clash"


def same_kind(event: Telling, telling: Telling) -> bool:
    one, other = event.kind, telling.kind
    if not (event.weak or telling.weak):
        same_dead = _same_count(event, telling) and is_violent(one) and is_violent(other)
        protest = {one, other} <= _PROTESTS and telling.where.quality != OWN
        return one == other or same_dead or protest or {one, other} == _BOMBS
    if telling.points and telling.weak and is_explosion(one) and is_explosion(other):
        return True
    if telling.sentence.index - event.last > _WEAK_SENTENCES:
        return False
    if one == other or {one, other} <= BATTLES or {one, other} <= LOOSE:
        return True
    if telling.weak and telling.guessed and is_explosion(one) and is_explosion(other):
        return True
    return (is_explosion(one) and other in LOOSE) or (is_explosion(other) and one in LOOSE)


def same_time(one: When, other: When) -> bool:
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


def same_place(event: Telling, telling: Telling) -> bool:
    one, other = event.where.locality, telling.where.locality
    if one is None or other is None or HINT in (event.where.quality, telling.where.quality):
        return True
    if one.place and other.place and one.place.place_id == other.place.place_id:
        return True
    gap = kilometres(one, other)
    if gap is None:
        return False
    if _is_lead(event, telling):
        return gap <= REGION_KM
    if _same_count(event, telling) and not _both_named(one, other):
        return gap <= REGION_KM
    if telling.colon and event.sentence is telling.sentence:
        return gap <= _EXPLAINED_KM
    if _two_towns(event, telling):
        return False
    wider = max(one.radius_km, other.radius_km)
    return gap <= (_NEAR_KM if wider < _NEAR_KM and _both_named(one, other) is False else wider)


def _is_lead(event: Telling, telling: Telling) -> bool:
    """Whether the first telling is a headline or a lead that names the region's town for the
    region, and the other one says more of it."""
    if event.headline and telling.sentence.index <= _LEAD and event.figures is None:
        return True
    where = event.where.locality
    named = where is not None and where.place is not None and where.place.kind == "city"
    if telling.when.quality == DATED and telling.when.start != event.when.start:
        return False
    return named and telling.weak and event.sentence.index == 0 and telling.sentence.index <= _LEAD


def _same_dead(event: Telling, telling: Telling) -> bool:
    """Whether both give the same number of dead at one place: one blow, whoever struck it."""
    one, other = event.where.locality, telling.where.locality
    if one is None or other is None or one.place is None or other.place is None:
        return False
    named = event.where.quality == telling.where.quality == OWN
    exact = named and one.geo_precision == other.geo_precision == 1
    return exact and one.place.place_id == other.place.place_id and _same_count(event, telling)


def _same_count(event: Telling, telling: Telling) -> bool:
    """Whether both give the same number of dead, more than one: hardly a chance."""
    one, other = event.figures, telling.figures
    if one is None or other is None:
        return False
    return one.best == other.best > 1 and one.low == one.high


def _two_towns(event: Telling, telling: Telling) -> bool:
    """Whether each names a town of its own: "near Idlib" and "in Kafraya" are two places, unless
    the later one only adds to what was told."""
    one, other = event.where.locality, telling.where.locality
    if telling.weak or not event.where.quality == telling.where.quality == OWN:
        return False
    towns = [w.place for w in (one, other) if w is not None and w.place is not None]
    return len(towns) == 2 and all(place.kind in TOWNS for place in towns)


def _both_named(one: Locality, other: Locality) -> bool:
    """Two different exact places are two places, however near."""
    return bool(one.place and other.place and one.geo_precision == other.geo_precision == 1)


def kilometres(one: Locality, other: Locality) -> float | None:
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
    return {
        _side(p.actor_id)
        for p in telling.participants
        if p.role == "actor" and p.actor_id not in HELPERS and p.actor_id != "civilians"
    }


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
    if telling.earlier:
        return False
    here, there = event.where.locality, telling.where.locality
    if here is None or there is None or here.place is None or there.place is None:
        return True
    return here.place.place_id == there.place.place_id
