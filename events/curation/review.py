"""What an editor says of one event: confirmed, rejected, corrected, help wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from events.curation.errors import Invalid, Refused
from events.curation.recording import Recording, locked, recording
from events.curation.roles import CURATE, require
from events.curation.versions import require_version
from events.models import Claim, Decision, Event, Mention, Participation, Place
from events.vocabulary import GeoPrecision, MentionStatus, ReviewStatus

PLACE_FIELDS = frozenset({"place", "latitude", "longitude", "radius_km", "geo_precision"})
DATE_FIELDS = frozenset({"start_date", "end_date", "time_precision"})
CORRECTABLE = (
    PLACE_FIELDS
    | DATE_FIELDS
    | {
        "sub_event_type",
        "fatalities_low",
        "fatalities_best",
        "fatalities_high",
        "summary",
        "grade",
        "is_contested",
        "is_graphic",
        "is_sensitive",
        "harm_checked",
        "coarsen_km",
        "quotes",
        "private_note",
        "help_wanted",
    }
)
CLAIM_FIELDS = frozenset(
    {
        "stance",
        "modality",
        "reported_by",
        "fatalities_low",
        "fatalities_best",
        "fatalities_high",
        "fatalities_text",
        "start_date",
        "end_date",
        "place",
        "sub_event_type",
    }
)
DECIDED = (ReviewStatus.CONFIRMED, ReviewStatus.PUBLISHED)


def confirm(event: Event, by: Any, *, reason: str = "", version: int | None = None) -> Decision:
    """A person agrees to the event as it stands: its place, its days and what it is made of.

    The open mentions of its place in the quoted sentences are verified with it. Raises Refused when
    it is merged away or has neither day nor point, Conflict when it is not what the person saw.
    """
    with recording("confirm", by, reason, event=event) as log:
        event = locked(event)
        require(by, CURATE, event)
        require_version(event, version, {})
        _require_open(event)
        _require_day_and_point(event)
        log.change(event, status=ReviewStatus.CONFIRMED, checked=checked_all(event, by))
        verify_with(log, event, by)
    return log.decision


def checked_all(event: Event, by: Any) -> dict[str, Any]:
    """`Event.checked` with place, date and the confirmation by this person, now."""
    return event.checked | dict.fromkeys(("place", "date", "confirmed"), stamp(by))


def stamp(by: Any) -> dict[str, str]:
    """Who and when, as `Event.checked` keeps it."""
    name = by.get_username() if by is not None else ""
    return {"by": name, "at": timezone.now().isoformat(timespec="seconds")}


def verify_with(log: Recording, event: Event, by: Any) -> None:
    """Verify the open mentions that gave the event its place."""
    if event.place_id is None:
        return
    for claim in event.claims.all():
        for mention in open_mentions_of(claim).filter(place_id=event.place_id):
            log.change(
                mention,
                status=MentionStatus.VERIFIED,
                verified_by=by,
                verified_at=timezone.now(),
            )


def open_mentions_of(claim: Claim) -> Any:
    """The undecided mentions within the sentence of a claim."""
    return Mention.objects.open().filter(
        report_id=claim.report_id, start__gte=claim.sentence_start, end__lte=claim.sentence_end
    )


def _require_open(event: Event) -> None:
    if event.merged_into_id is not None:
        raise Refused(_("This event is merged into event %s.") % event.merged_into_id)


def _require_day_and_point(event: Event) -> None:
    errors = {}
    if event.start_date is None:
        errors["start_date"] = [_("The event has no day yet.")]
    if event.latitude is None or event.longitude is None:
        errors["place"] = [_("The event has no place yet.")]
    if errors:
        raise Invalid(errors)


def reject(event: Event, by: Any, reason: str, *, version: int | None = None) -> Decision:
    """Not an event of ours; `reason` says why and is kept."""
    if not reason.strip():
        raise Invalid({"reason": [_("Say why it is rejected.")]})
    with recording("reject", by, reason, event=event) as log:
        event = locked(event)
        require(by, CURATE, event)
        require_version(event, version, {})
        _require_open(event)
        if event.status == ReviewStatus.PUBLISHED:
            raise Refused(_("A published event is retracted, not rejected."))
        log.change(event, status=ReviewStatus.REJECTED, reject_reason=reason[:200])
    return log.decision


def reopen(event: Event, by: Any, reason: str = "") -> Decision:
    """A confirmed, rejected or retracted event waits for a decision again."""
    with recording("reopen", by, reason, event=event) as log:
        event = locked(event)
        require(by, CURATE, event)
        _require_open(event)
        if event.status == ReviewStatus.PUBLISHED:
            raise Refused(_("A published event is retracted before it is opened again."))
        log.change(event, status=ReviewStatus.CANDIDATE, reject_reason="")
    return log.decision


def correct(
    event: Event,
    changes: Mapping[str, Any],
    by: Any,
    reason: str = "",
    *,
    version: int | None = None,
) -> Decision:
    """Set fields of an event; a new place brings its point unless one is given with it.

    What a person set counts as checked. Raises Invalid with the errors of each field, Conflict for
    fields that somebody else changed since `version`; other fields are no hindrance.
    """
    unknown = set(changes) - CORRECTABLE
    if unknown:
        raise Invalid({name: [_("This field is not corrected here.")] for name in sorted(unknown)})
    with recording("correct", by, reason, event=event) as log:
        event = locked(event)
        require(by, CURATE, event)
        _require_open(event)
        require_version(event, version, changes)
        values = with_point(event, dict(changes))
        values["checked"] = _checked_by(event, values, by)
        _require_valid(event, values)
        log.change(event, **values)
    return log.decision


def with_point(event: Event, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes, completed by the point, radius and precision of a new place."""
    place = changes.get("place")
    if place is None or place.pk == event.place_id:
        return changes
    if changes.get("latitude", event.latitude) != event.latitude:
        return changes
    return changes | point_of(place)


def point_of(place: Place) -> dict[str, Any]:
    """Where an event is put that is known to be at `place`, and how exactly."""
    return {
        "place": place,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": place.radius_km,
        "geo_precision": GeoPrecision.REGION if place.is_area else GeoPrecision.EXACT,
    }


def _checked_by(event: Event, changes: Mapping[str, Any], by: Any) -> dict[str, Any]:
    checked = dict(event.checked)
    if PLACE_FIELDS & set(changes):
        checked["place"] = stamp(by)
    if DATE_FIELDS & set(changes):
        checked["date"] = stamp(by)
    return checked


def _require_valid(row: Event | Claim, changes: Mapping[str, Any]) -> None:
    """Raise Invalid when the row with these values would break a rule of its model."""
    trial = type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields})
    for name, value in changes.items():
        setattr(trial, name, value)
    try:
        trial.clean_fields(exclude=[f.name for f in row._meta.fields if f.name not in changes])
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    _require_order(trial)


def _require_order(row: Event | Claim) -> None:
    if row.start_date and row.end_date and row.end_date < row.start_date:
        raise Invalid({"end_date": [_("The dates end before they start.")]})
    figures = [row.fatalities_low, row.fatalities_best, row.fatalities_high]
    given = [figure for figure in figures if figure is not None]
    if given and (len(given) < 3 or given != sorted(given)):
        raise Invalid({"fatalities_best": [_("Give low, best and high, in this order.")]})
    if isinstance(row, Event) and (row.latitude is None) != (row.longitude is None):
        raise Invalid({"latitude": [_("Give both coordinates, or none.")]})


def correct_claim(claim: Claim, changes: Mapping[str, Any], by: Any, reason: str = "") -> Decision:
    """Set fields of what one report says."""
    unknown = set(changes) - CLAIM_FIELDS
    if unknown:
        raise Invalid({name: [_("This field is not corrected here.")] for name in sorted(unknown)})
    with recording("correct", by, reason, event=claim.event, report=claim.report) as log:
        claim = locked(claim)
        require(by, CURATE, claim.event)
        _require_valid(claim, changes)
        log.change(claim, **changes)
    return log.decision


def set_participants(
    event: Event, parts: list[tuple[int, str]], by: Any, reason: str = ""
) -> Decision:
    """Make (actor id, role) pairs the event's participants; those that stay are not touched."""
    with recording("participants", by, reason, event=event) as log:
        event = locked(event)
        require(by, CURATE, event)
        _require_open(event)
        held = {(p.actor_id, p.role): p for p in event.participations.all()}
        for key, row in held.items():
            if key not in parts:
                log.delete(row)
        for actor, role in dict.fromkeys(parts):
            if (actor, role) not in held:
                log.create(Participation(event=event, actor_id=actor, role=role))
    return log.decision


def ask_for_help(row: Any, by: Any, question: str) -> Decision:
    """Mark an event or a report with a question for the others; an empty one takes it away."""
    about = {"event": row} if isinstance(row, Event) else {"report": row}
    with recording("help", by, question, **about) as log:
        row = locked(row)
        require(by, CURATE)
        log.change(row, help_wanted=question.strip()[:500])
    return log.decision


def split(event: Event, claims: list[Claim], by: Any, reason: str = "") -> Decision:
    """Take claims out of an event into a new candidate of the same what, when, where and who."""
    with recording("split", by, reason, event=event) as log:
        event = locked(event)
        require(by, CURATE, event)
        moving = list(event.claims.filter(pk__in=[claim.pk for claim in claims]))
        if not moving or len(moving) == event.claims.count():
            raise Refused(_("Choose some of the claims, not none and not all."))
        twin = log.create(_twin(event))
        log.about = twin.pk
        for claim in moving:
            log.change(claim, event=twin)
        for part in event.participations.all():
            log.create(Participation(event=twin, actor_id=part.actor_id, role=part.role))
    return log.decision


def _twin(event: Event) -> Event:
    copied = ("sub_event_type", "time_precision", "radius_km", "geo_precision", "place_id")
    copied += ("start_date", "end_date", "latitude", "longitude")
    return Event(**{name: getattr(event, name) for name in copied})
