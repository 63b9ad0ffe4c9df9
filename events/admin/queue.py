"""The rows of the queue: each report with what waits in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F

from events import curation
from events.models import Claim, Event, Mention, Report
from events.templatetags.desk import level_of
from events.vocabulary import ReviewStatus


@dataclass(slots=True)
class Row:
    """One report in the queue with what waits in it."""

    report: Report
    events: list[Event] = field(default_factory=list)
    statements: int = 0
    places: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def types(self) -> list[tuple[str, int]]:
        counts: dict[str, int] = {}
        for event in self.events:
            counts[event.event_type.value] = counts.get(event.event_type.value, 0) + 1
        return list(counts.items())

    @property
    def level(self) -> str:
        """The lowest confidence of its events: the report is as clear as its darkest card."""
        if not self.events:
            return "hi"
        order = ("lo", "mid", "hi")
        return min((level_of(event.confidence) for event in self.events), key=order.index)

    @property
    def words(self) -> int:
        return self.report.text.count(" ") + 1


def rows_of(reports: Sequence[Report]) -> list[Row]:
    """The rows of one page of the queue, with three queries whatever its length."""
    found = {report.pk: Row(report) for report in reports}
    claims = Claim.objects.filter(report__in=list(found)).order_by("sentence_start")
    held: dict[int, dict[int, list[Claim]]] = {}
    # Filtered here: a condition on the events would lead the planner to start from all of them.
    for claim in filter(_is_shown, claims.select_related("event__place")):
        held.setdefault(claim.report_id, {}).setdefault(claim.event_id, []).append(claim)
    for pk, events in held.items():
        _fill(found[pk], events)
    for row in found.values():
        _note(row)
    return list(found.values())


def _is_shown(claim: Claim) -> bool:
    event = claim.event
    return event.merged_into_id is None and event.status != ReviewStatus.REJECTED


def _fill(row: Row, events: dict[int, list[Claim]]) -> None:
    for claims in events.values():
        event = claims[0].event
        if curation.is_statement(claims):
            row.statements += 1
            continue
        row.events.append(event)
        name = event.place.name if event.place_id else ""
        if name and name not in row.places:
            row.places.append(name)


def _note(row: Row) -> None:
    if row.report.help_wanted:
        row.note = row.report.help_wanted


def doubtful_spellings(reports: Sequence[Report]) -> dict[int, str]:
    """For each report one open, weakly read spelling, for the note in its row."""
    rows = Mention.objects.open().filter(report__in=reports, place__isnull=False, score__lt=0.6)
    return dict(rows.order_by("-start").values_list("report_id", F("text")))
