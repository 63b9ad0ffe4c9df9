"""The rows of the queue: each report with what waits in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from events import curation
from events.admin.cards import events_with_parts
from events.admin.marking import DOUBTFUL_BELOW
from events.models import Claim, Event, Mention, Report
from events.templatetags.desk import level_of, local
from events.vocabulary import ReviewStatus


@dataclass(slots=True)
class Row:
    """One report in the queue with what waits in it."""

    report: Report
    events: list[Event] = field(default_factory=list)
    statements: int = 0
    places: list[str] = field(default_factory=list)
    note: str = ""
    spellings: dict[int, str] = field(default_factory=dict)
    """{place: how an open, weakly read mention of it is spelled}."""

    @property
    def types(self) -> list[tuple[str, int]]:
        counts: dict[str, int] = {}
        for event in self.events:
            counts[event.event_type.value] = counts.get(event.event_type.value, 0) + 1
        return list(counts.items())

    @property
    def parts(self) -> list[tuple[Event, str]]:
        """Each event with the spelling of its place that is to be looked at, "" for none."""
        return [(event, self.spellings.get(event.place_id or 0, "")) for event in self.events]

    @property
    def spelled(self) -> str:
        """The spelling to look at of a report that speaks of one place."""
        return next((said for _event, said in self.parts if said), "") if not self.more else ""

    @property
    def more(self) -> int:
        """How many places it speaks of besides the first."""
        return max(0, len(self.places) - 1)

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
    """The rows of one page of the queue, with four queries whatever its length."""
    found = {report.pk: Row(report) for report in reports}
    claims = Claim.objects.filter(report__in=list(found)).order_by("sentence_start")
    held: dict[int, dict[int, list[Claim]]] = {}
    # Filtered here: a condition on the events would lead the planner to start from all of them.
    for claim in filter(_is_shown, claims.select_related("event__place")):
        held.setdefault(claim.report_id, {}).setdefault(claim.event_id, []).append(claim)
    for pk, events in held.items():
        _fill(found[pk], events)
    for row in found.values():
        row.note = row.report.help_wanted
    for (report, place), text in doubtful_spellings(reports).items():
        found[report].spellings[place] = text
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
        name = local(event.place) if event.place_id else ""
        if name and name not in row.places:
            row.places.append(name)


def doubtful_spellings(reports: Sequence[Report]) -> dict[tuple[int, int], str]:
    """{(report, place): spelling} of the open mentions that were read with little certainty."""
    rows = Mention.objects.open().filter(report__in=reports, score__lt=DOUBTFUL_BELOW)
    rows = rows.filter(place__isnull=False).order_by("-start")
    return {(report, place): text for report, place, text in rows.values_list(*NAMED)}


NAMED = ("report_id", "place_id", "text")


@require_GET
def hints_view(request: HttpRequest, pk: int) -> JsonResponse:
    """{event: "maybe event 12"} of a report, asked for when its row is unfolded."""
    if not request.user.has_perm("events.view_report"):
        raise PermissionDenied
    report = get_object_or_404(Report, pk=pk)
    waiting = [e for e in events_with_parts(report) if e.status == ReviewStatus.CANDIDATE]
    found = curation.suggest_for(waiting[:MOST_HINTS])
    best = {pk: next(iter(some), None) for pk, some in found.items()}
    said = {pk: _("maybe event %s") % each.event.pk for pk, each in best.items() if each}
    return JsonResponse({"hints": said})


MOST_HINTS = 12
