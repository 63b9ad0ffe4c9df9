"""Which place a name in a report stands for: an editor's word, here and in other reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events.curation.errors import Refused
from events.curation.recording import Recording, locked, recording
from events.curation.review import point_of, stamp
from events.curation.roles import CURATE, require
from events.geoparsing.names import fold
from events.models import Claim, Decision, Event, Mention, Place, PlaceName, Report
from events.vocabulary import MentionRole, MentionStatus, NameOrigin, ReviewStatus

MOST_OTHERS = 200
OPEN_STATUSES = (ReviewStatus.CANDIDATE, ReviewStatus.CONFIRMED)


def verify(mention: Mention, place: Place, by: Any, reason: str = "") -> Decision:
    """A person says that this mention is that place. The report's open events follow."""
    return reassign(mention, place, by, reason=reason)


def reassign(
    mention: Mention,
    place: Place,
    by: Any,
    also: Sequence[Mention] = (),
    *,
    learn: bool = False,
    reason: str = "",
) -> Decision:
    """Put a mention, and `also` others, at a place: one decision, one undo.

    Mentions that somebody else decided on meanwhile are left alone. With `learn` the spelling
    becomes a name of the place.
    """
    with recording("mention", by, reason, report=mention.report) as log:
        require(by, CURATE)
        chosen = locked(mention)
        log.label = f"{chosen.text}: {place.name}"
        _choose(log, chosen, place, by)
        for other in also:
            row = locked(other)
            if row.status == MentionStatus.UNVERIFIED and row.pk != chosen.pk:
                _choose(log, row, place, by)
        if learn:
            _learn(log, place, chosen.text, chosen.report, by)
    return log.decision


def _choose(log: Recording, mention: Mention, place: Place, by: Any) -> None:
    before = mention.place_id
    log.change(
        mention,
        place=place,
        status=MentionStatus.VERIFIED,
        verified_by=by,
        verified_at=timezone.now(),
    )
    if before != place.pk:
        move_events(log, mention, before, place, by)


def move_events(
    log: Recording, mention: Mention, before: int | None, place: Place, by: Any
) -> None:
    """The open events whose place came from this mention go where it goes now."""
    for claim in claims_around(mention).select_related("event"):
        event = claim.event
        if claim.place_id != before or event.place_id != before:
            continue
        if event.status not in OPEN_STATUSES or event.merged_into_id is not None:
            continue
        log.change(claim, place=place)
        log.change(event, **point_of(place), checked=event.checked | {"place": stamp(by)})


def claims_around(mention: Mention) -> Any:
    """The claims in whose sentence a mention stands."""
    return Claim.objects.filter(
        report_id=mention.report_id,
        sentence_start__lte=mention.start,
        sentence_end__gte=mention.end,
    )


def mark_unidentifiable(mention: Mention, by: Any, reason: str = "") -> Decision:
    """Nobody can tell which place is meant. Open events that stood there have no place then."""
    with recording("unidentifiable", by, reason, report=mention.report) as log:
        require(by, CURATE)
        row = locked(mention)
        log.label = row.text
        before = row.place_id
        log.change(
            row,
            place=None,
            status=MentionStatus.NOT_IDENTIFIABLE,
            verified_by=by,
            verified_at=timezone.now(),
        )
        if before is not None:
            _unplace_events(log, row, before)
    return log.decision


def _unplace_events(log: Recording, mention: Mention, before: int) -> None:
    for claim in claims_around(mention).filter(place_id=before).select_related("event"):
        event: Event = claim.event
        if event.status == ReviewStatus.CANDIDATE and event.place_id == before:
            log.change(claim, place=None)
            log.change(event, place=None, latitude=None, longitude=None)


def same_spelling(mention: Mention, most: int = MOST_OTHERS) -> list[Mention]:
    """The open mentions elsewhere that are spelt alike, newest reports first.

    Names are compared by their folded form, so that "Hamim" and "Ḥamīm" are one.
    """
    rows = Mention.objects.open().filter(search_key=mention.search_key).exclude(pk=mention.pk)
    rows = rows.exclude(role=MentionRole.DEMONYM)
    rows = rows.select_related("report", "report__source", "place")
    return list(rows.order_by("-pk")[:most])


def learn_name(place: Place, text: str, report: Report | None, by: Any) -> Decision:
    """A confirmed spelling becomes a name of the place: who taught it and from which report."""
    with recording("learn", by, report=report, label=f"{text}: {place.name}") as log:
        require(by, CURATE)
        if not fold(text):
            raise Refused(_("This is no name that can be looked up."))
        _learn(log, place, text, report, by)
    return log.decision


def _learn(log: Recording, place: Place, text: str, report: Report | None, by: Any) -> None:
    key = fold(text)
    if not key or key in _known_keys(place):
        return
    language = report.language if report else ""
    log.create(
        PlaceName(
            place=place,
            text=text[:200],
            language=language,
            origin=NameOrigin.LEARNED,
            learned_from=report,
            learned_by=by,
        )
    )


def _known_keys(place: Place) -> set[str]:
    held = [place.name, place.name_ar, *place.names.values_list("text", flat=True)]
    return {fold(name) for name in held}


def is_new_spelling(place: Place, text: str) -> bool:
    """Whether the place is not known by this spelling yet."""
    return fold(text) not in _known_keys(place)


def learned_in(decision: Decision) -> list[int]:
    """The names that a decision taught, by their ids."""
    made: Iterable[dict[str, Any]] = (c for c in decision.changes if c["did"] == "create")
    return [c["pk"] for c in made if c["model"] == "placename"]
