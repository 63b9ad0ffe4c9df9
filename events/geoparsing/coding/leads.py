"""Leads that sum up: "Ten were killed in strikes on towns of southern Idlib" before the towns.

While tellings are joined, what names a finer place inside a lead's region stays apart from it
(`tells_below`). Once all are read a second pass decides: one happening told twice (`the_one`), a
sum that its parts make up (`adds_up`), or a sum with more to it, which stays in its region.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.geoparsing.document import Figures

from .kinds import LOOSE
from .placing import OWN
from .sameness import REGION_KM, is_same, kilometres, same_time
from .tellings import Telling

_REGIONS = frozenset({"country", "governorate", "district", "subdistrict", "region", "zone"})
_FIRE = frozenset({"air_drone_strike", "shelling"})
_NEXT = 2
"""Sentences after a lead within which "the strike" is the one that it told of."""
_WIDER = 1.3


def is_broad(telling: Telling) -> bool:
    """Whether a telling is set in a region, or in the city that a region is named for where its
    sentence speaks of several places."""
    where = telling.where.locality
    if where is None or where.place is None:
        return False
    if where.place.kind in _REGIONS or where.geo_precision > 2:
        return True
    return telling.spread and where.place.kind == "city" and not telling.listed


def tells_below(lead: Telling, telling: Telling) -> bool:
    """Whether a telling is of a finer place of its own inside the region of a lead."""
    if telling.where.quality != OWN or lead.where.quality != OWN or not is_broad(lead):
        return False
    here, there = lead.where.locality, telling.where.locality
    if here is None or there is None or is_broad(telling):
        return False
    gap = kilometres(here, there)
    reach = max(here.radius_km * _WIDER, REGION_KM)
    return gap is not None and gap <= reach


def is_part(lead: Telling, event: Telling) -> bool:
    """Whether an event told after a lead can be one of those that it sums up."""
    return (
        event is not lead
        and event.trigger.start > lead.trigger.start
        and event.modality == lead.modality
        and _is_like(lead, event)
        and tells_below(lead, event)
        and same_time(lead.when, event.when)
    )


def _is_like(lead: Telling, event: Telling) -> bool:
    """Whether two types are one, or each is fire from afar or says nothing of its weapon."""
    if lead.kind == event.kind or (lead.weak and {lead.kind, event.kind} <= LOOSE):
        return True
    return all(telling.kind in _FIRE or _is_vague(telling) for telling in (lead, event))


def the_one(lead: Telling, below: Sequence[Telling]) -> Telling | None:
    """The event that is the lead's own: with the same number of dead, pointed back to, or the only
    one. A lead without any number is the first that it fits."""
    fitting = [event for event in below if is_same(lead, event)]
    dead = _dead(lead.figures)
    if not dead:
        return fitting[0] if fitting else None
    counted = [event for event in below if _dead(event.figures) == dead]
    if counted:
        return counted[0]
    for event in fitting:
        near = event.sentence.index - lead.sentence.index <= _NEXT
        beside = [other for other in below if other.sentence is event.sentence]
        if near and event.points and len(beside) == 1:
            return event
    places = {_place(event) for event in below}
    return fitting[0] if fitting and len(places) == 1 else None


def adds_up(lead: Telling, below: Sequence[Telling]) -> bool:
    """Whether the dead of the parts are all those of the lead."""
    total = sum(_dead(event.figures) for event in below)
    return total > 0 and (
        total == _dead(lead.figures) or (lead.least and total >= _dead(lead.figures))
    )


def share_kind(lead: Telling, parts: Sequence[Telling]) -> None:
    """What only one side knows is told of both: the weapon, and who did it where a part points
    back to the lead ("the strikes hit A and B")."""
    known = next((part.kind for part in parts if not _is_vague(part)), None)
    if known is not None and _is_vague(lead):
        lead.kind, lead.guessed = known, False
    for part in parts:
        if _is_vague(part) and not _is_vague(lead):
            part.kind, part.guessed = lead.kind, False
        if part.points and not part.participants:
            part.participants = lead.participants


def _is_vague(telling: Telling) -> bool:
    """Whether no word of the telling says with what it was done."""
    return telling.guessed or (telling.weak and telling.kind == "attack")


def _dead(figures: Figures | None) -> int:
    return figures.best if figures is not None else 0


def _place(event: Telling) -> str:
    where = event.where.locality
    return where.place.place_id if where is not None and where.place is not None else ""
