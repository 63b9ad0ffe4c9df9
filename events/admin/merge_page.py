"""Two events side by side: is it one, what would the merge say, and taking it apart again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from events import curation
from events.admin.answers import answer
from events.admin.cards import place_sentence, who_fact
from events.curation.merging import widened
from events.curation.recording import plain_value
from events.curation.roles import CURATE, may
from events.models import Claim, Decision, Event, Merge, Report
from events.templatetags.desk import days_text

VERY_LIKELY, LIKELY = 0.7, 0.3


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row of the page: what either side says, and what the comparison of both says."""

    key: str
    left: str
    left_note: str
    right: str
    right_note: str
    reason: curation.Reason | None

    @property
    def is_theirs(self) -> bool:
        """Whether the notes are the reports' own words."""
        return self.key != "type"


def merge_view(request: HttpRequest, pk: int, event: int, other: int) -> HttpResponse:
    """Shows the pair; a POST merges, keeps apart or takes apart."""
    report = get_object_or_404(Report, pk=pk)
    rows = Event.objects.select_related("place__parent").prefetch_related(
        "claims__report__source", "participations__actor"
    )
    mine, theirs = get_object_or_404(rows, pk=event), get_object_or_404(rows, pk=other)
    if not request.user.has_perm("events.view_event"):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request, report, mine, theirs)
    return TemplateResponse(
        request, "admin/events/event/merge.html", page(request, report, mine, theirs)
    )


def page(request: HttpRequest, report: Report, mine: Event, theirs: Event) -> dict[str, Any]:
    """All that the page prints: the candidate at left, the event it would move into at right."""
    score, reasons = curation.compare(mine, theirs)
    held = {reason.key: reason for reason in reasons}
    return {
        **site.each_context(request),
        "title": _("Same event?"),
        "report": report,
        "mine": mine,
        "theirs": theirs,
        "score": score,
        "level": "hi" if score >= VERY_LIKELY else ("mid" if score >= LIKELY else "lo"),
        "verdict": verdict(score),
        "reasons": reasons,
        "rows": comparisons(mine, theirs, held),
        "distance": held.get("distance"),
        "claims": claims_after(mine, theirs),
        "after": after_merging(mine, theirs),
        "places": (place_sentence(mine), place_sentence(theirs)),
        "merges": curation.merges_of(theirs),
        "may_curate": may(request.user, CURATE, theirs) and may(request.user, CURATE, mine),
    }


def verdict(score: float) -> str:
    """The score in words."""
    if score >= VERY_LIKELY:
        return _("Very likely the same")
    return _("Perhaps the same") if score >= LIKELY else _("Hard to say")


def comparisons(mine: Event, theirs: Event, held: dict[str, curation.Reason]) -> list[Comparison]:
    """Days, type, actors and figures; the place has a row of its own with its map."""
    return [
        Comparison(
            "days",
            days_text(mine.start_date, mine.end_date),
            _words(mine, "date_text"),
            days_text(theirs.start_date, theirs.end_date),
            _words(theirs, "date_text"),
            held.get("days"),
        ),
        Comparison(
            "type",
            str(mine.get_sub_event_type_display()),
            str(mine.event_type.label),
            str(theirs.get_sub_event_type_display()),
            str(theirs.event_type.label),
            held.get("type"),
        ),
        Comparison("actors", _who(mine), "", _who(theirs), "", held.get("actors")),
        Comparison(
            "figures",
            _killed(mine),
            _words(mine, "fatalities_text"),
            _killed(theirs),
            _words(theirs, "fatalities_text"),
            held.get("figures"),
        ),
    ]


def _words(event: Event, column: str) -> str:
    """The reports' own words, each once, in quotation marks and kept apart from our direction."""
    said = dict.fromkeys(getattr(claim, column) for claim in event.claims.all())
    return _(", ").join(f"\u2068“{text}”\u2069" for text in said if text)


def _who(event: Event) -> str:
    fact = who_fact(event)
    return f"{fact.value} {_('against')} {fact.against}" if fact.against else fact.value


def _killed(event: Event) -> str:
    return curation.figures_text(event.fatalities_low, event.fatalities_high) or _("not stated")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as it will stand in the merged event."""

    claim: Claim
    figures: str
    moves: bool


def claims_after(mine: Event, theirs: Event) -> list[ClaimRow]:
    """The claims of both, those that move marked."""
    pairs = [(c, False) for c in theirs.claims.all()] + [(c, True) for c in mine.claims.all()]
    return [
        ClaimRow(c, curation.figures_text(c.fatalities_low, c.fatalities_high), moves)
        for c, moves in pairs
    ]


def after_merging(mine: Event, theirs: Event) -> dict[str, Any]:
    """The days and figures that the kept event would have."""
    days = [plain_value(theirs, n) for n in ("start_date", "end_date", "time_precision")]
    own = [plain_value(mine, n) for n in ("start_date", "end_date", "time_precision")]
    start, end, _precision = widened("days", days, own)
    names = ("fatalities_low", "fatalities_best", "fatalities_high")
    figures = widened(
        "figures", [getattr(theirs, n) for n in names], [getattr(mine, n) for n in names]
    )
    parse = Event._meta.get_field("start_date").to_python
    sources = {c.report.source_id for e in (mine, theirs) for c in e.claims.all()}
    return {
        "days": days_text(parse(start), parse(end)),
        "figures": curation.figures_text(figures[0], figures[2]) or _("not stated"),
        "sources": len(sources),
        "place": place_sentence(theirs),
    }


def _decide(request: HttpRequest, report: Report, mine: Event, theirs: Event) -> HttpResponse:
    from events.admin.desk import desk_url, refusal

    verb = request.POST.get("verb", "")
    reason = request.POST.get("reason", "").strip()
    actions = {
        "merge": lambda: merge_pair(mine, theirs, request.user, reason),
        "apart": lambda: curation.keep_apart(mine, theirs, request.user, reason),
        "unmerge": lambda: take_apart(request, theirs, reason),
    }
    if verb not in actions:
        return HttpResponse(status=400)
    onward = desk_url(report, None if verb == "merge" else mine.pk)
    if verb == "unmerge":
        onward = reverse("admin:events_report_merge", args=[report.pk, mine.pk, theirs.pk])
    return answer(request, actions[verb], onward, refusal(request, report))


def merge_pair(mine: Event, theirs: Event, by: Any, reason: str) -> Decision:
    """Move the claims of `mine` into `theirs`, with the comparisons as the reasons."""
    _score, reasons = curation.compare(mine, theirs)
    said = [reason] if reason else [r.title for r in reasons if r.fits]
    return curation.merge(theirs, mine, by, said)


def take_apart(request: HttpRequest, kept: Event, reason: str) -> Decision:
    """Undo one of the merges into `kept`: the one that is named, or the newest."""
    number = request.POST.get("merge", "")
    rows = Merge.objects.filter(kept=kept, undone_at__isnull=True)
    if number.isascii() and number.isdigit():
        rows = rows.filter(pk=number)
    done = rows.first()
    if done is None:
        raise curation.Refused(_("There is no merge to take apart here."))
    return curation.unmerge(done, request.user, reason)
