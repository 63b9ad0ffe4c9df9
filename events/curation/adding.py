"""What an editor adds: an event from selected words, an answer to the harm question, a bookmark."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from events.curation.errors import Invalid, Refused
from events.curation.recording import locked, recording
from events.curation.review import correct, point_of
from events.curation.roles import CURATE, require
from events.models import Claim, Decision, Event, Mention, Report
from events.vocabulary import SubEventType

LONGEST_QUOTE = 2000
MOST_COARSENED_KM = 200.0


def add_event(report: Report, start: int, end: int, by: Any) -> Decision:
    """A candidate that quotes `start`..`end` of a report, at the report's day and the first place
    named in the words; its type is still to be told.
    """
    text = report.text[start:end] if 0 <= start < end <= len(report.text) else ""
    if not text.strip():
        raise Refused(_("Select the words of the event first."))
    if len(text) > LONGEST_QUOTE:
        raise Refused(_("Select a sentence or two, not the whole report."))
    with recording("add", by, _("added by an editor"), report=report) as log:
        require(by, CURATE)
        event = Event(sub_event_type=SubEventType.OTHER, start_date=report.dct, end_date=report.dct)
        place = _place_in(report, start, end)
        for name, value in (point_of(place) if place else {}).items():
            setattr(event, name, value)
        log.create(event)
        log.create(_claim(report, event, start, end))
        log.about, log.label = event.pk, str(event)
    return log.decision


def _place_in(report: Report, start: int, end: int) -> Any:
    rows = Mention.objects.filter(report=report, start__gte=start, end__lte=end)
    first = rows.exclude(place=None).select_related("place").order_by("start").first()
    return first.place if first else None


def _claim(report: Report, event: Event, start: int, end: int) -> Claim:
    return Claim(
        event=event,
        report=report,
        sentence_start=start,
        sentence_end=end,
        quote=report.text[start:end],
        sub_event_type=event.sub_event_type,
        place=event.place,
        start_date=event.start_date,
        end_date=event.end_date,
    )


def answer_harm(
    event: Event, km: float | None, by: Any, reason: str = "", *, version: int | None = None
) -> Decision:
    """The harm question answered: show the point exactly (None or 0) or coarsened to `km`."""
    if km is not None and not 0 <= km <= MOST_COARSENED_KM:
        raise Invalid({"coarsen_km": [_("Coarsen to between 0 and 200 km.")]})
    changes = {"harm_checked": True, "is_sensitive": True, "coarsen_km": km or None}
    return correct(event, changes, by, reason or _("harm question answered"), version=version)


def hold(report: Report, by: Any) -> Decision:
    """Save a report for later: it stays in the queue under one's own name."""
    with recording("hold", by, report=report, label=str(report)) as log:
        require(by, CURATE)
        log.change(locked(report), held_by=by)
    return log.decision
