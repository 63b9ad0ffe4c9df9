"""The report desk: the marked text beside its candidate events, and what can be decided there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from events import curation
from events.admin import cards as cardmaking
from events.admin import marking
from events.admin.adding import add_event
from events.admin.answers import answer, conflict_page, toast_of
from events.admin.card_form import CardForm
from events.admin.queue_counts import waiting_count
from events.curation.roles import CURATE, PUBLISH, may
from events.models import Decision, Event, Report
from events.vocabulary import ReportStatus, ReviewStatus

READING_MINUTES = 10
REJECT_REASONS = (
    gettext_lazy("Not an event"),
    gettext_lazy("Planned or threatened: keep as statement"),
    gettext_lazy("Past event, told again"),
    gettext_lazy("Wrong place and no other"),
    gettext_lazy("Repeats another event"),
    gettext_lazy("Outside our area"),
)


def desk_url(report: Report, card: int | None = None) -> str:
    """The address of a report's desk, at one of its cards."""
    anchor = f"#card-{card}" if card else ""
    return reverse("admin:events_report_desk", args=[report.pk]) + anchor


@require_GET
def desk_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk of one report; `?edit=` opens a card's form."""
    report = get_object_or_404(Report.objects.select_related("source", "opened_by"), pk=pk)
    if not request.user.has_perm("events.view_report"):
        raise PermissionDenied
    page = desk_context(request, report, edit=_number(request.GET.get("edit")))
    note_reading(report, request.user)
    return TemplateResponse(request, "admin/events/report/desk.html", page)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def desk_context(
    request: HttpRequest, report: Report, *, edit: int | None = None, form: Any = None
) -> dict[str, Any]:
    """All that the desk's template prints. Nothing here is slower for a long queue."""
    mentions = list(report.mentions.select_related("place"))
    events = cardmaking.events_with_parts(report)
    cards = cardmaking.cards_of(report, events, mentions)
    cardmaking.add_suggestions(cards)
    quoted = cardmaking.quoted_of(cards)
    marks = [marking.mention_mark(m) for m in mentions] + marking.span_marks(report, quoted)
    marks = marking.without_overlaps(marks, len(report.text))
    cardmaking.add_quotes(cards, report.text, marks)
    _open_form(request, cards, edit, form)
    numbered = [card for card in cards if not card.is_statement]
    first = next((card for card in numbered if not card.is_decided), None)
    return {
        **site.each_context(request),
        "title": str(report),
        "report": report,
        "cards": numbered,
        "statements": [card for card in cards if card.is_statement],
        "now": first,
        "paragraphs": list(marking.paragraphs(report.text, marks, quoted)),
        "tally": tally_of(marks),
        "toast": toast_of(curation.last_decision(request.user, report)),
        "also_reading": also_reading(report, request.user),
        "reject_reasons": REJECT_REASONS,
        **finish_context(request, report, numbered),
        **neighbours(report),
        "waiting_total": waiting_count(request),
    }


def _open_form(request: HttpRequest, cards: list[Any], edit: int | None, form: Any) -> None:
    for card in cards:
        if card.event.pk == edit and may(request.user, CURATE, card.event):
            card.form = form or CardForm(card.event, card.claim)


def tally_of(marks: list[marking.Mark]) -> list[dict[str, Any]]:
    """For each kind of mark how many are verified, of how many."""
    names = {"place": _("Places"), "date": _("Dates"), "actor": _("Actors"), "trig": _("Triggers")}
    rows = []
    for kind, name in names.items():
        own = [mark for mark in marks if mark.kind == kind]
        done = sum(mark.state in ("v", "x") for mark in own)
        rows.append({"kind": kind, "name": name, "done": done, "of": len(own)})
    return rows


def finish_context(request: HttpRequest, report: Report, cards: list[Any]) -> dict[str, Any]:
    """What the last key does, by role, and what still stands in its way."""
    waiting = [card for card in cards if not card.is_decided]
    confirmed = [card for card in cards if card.event.status == ReviewStatus.CONFIRMED]
    publishes = may(request.user, PUBLISH)
    hindered = [card for card in confirmed if card.open_checks] if publishes else []
    return {
        "may_curate": may(request.user, CURATE),
        "publishes": publishes,
        "waiting_count": len(waiting),
        "ahead_count": len(confirmed) + len(waiting),
        "hindered": hindered,
        "can_finish": not waiting and not hindered and report.status != ReportStatus.FINISHED,
        "done_count": len(cards) - len(waiting),
    }


def also_reading(report: Report, user: Any) -> Any:
    """Who else had this report open within the last minutes."""
    if report.opened_by_id in (None, user.pk) or report.opened_at is None:
        return None
    fresh = timezone.now() - report.opened_at < dt.timedelta(minutes=READING_MINUTES)
    return report.opened_by if fresh else None


def note_reading(report: Report, user: Any) -> None:
    """Remember who has the report open: a hint for others, no lock, no new version."""
    now = timezone.now()
    fresh = report.opened_at and now - report.opened_at < dt.timedelta(minutes=1)
    if report.opened_by_id == user.pk and fresh:
        return
    if user.has_perm(CURATE):
        Report.objects.filter(pk=report.pk).update(opened_by=user, opened_at=now)


def neighbours(report: Report) -> dict[str, Any]:
    """The waiting reports before and after this one, and its place among them."""
    before, after = before_and_after(report)
    return {
        "previous": before.order_by("-published_at", "-pk").values_list("pk", flat=True).first(),
        "next": after.values_list("pk", flat=True).first(),
        "position": before.order_by().count() + 1,
    }


def before_and_after(report: Report) -> tuple[Any, Any]:
    """The waiting reports older and newer than this one.

    The bound on the day alone is told besides, since an index can start or end there.
    """
    waiting, moment = Report.objects.waiting(), report.published_at
    if moment is None:
        before = waiting.filter(published_at__isnull=True, pk__lt=report.pk)
        return before, waiting.exclude(published_at=None, pk__lte=report.pk)
    older = Q(published_at__lt=moment) | Q(pk__lt=report.pk)
    newer = Q(published_at__gt=moment) | Q(pk__gt=report.pk)
    before = waiting.filter(older, published_at__lte=moment)
    return before, waiting.filter(newer, published_at__gte=moment)


def refusal(request: HttpRequest, report: Report, event: Event | None = None) -> Any:
    """Prints why a decision was not carried out: the desk again, with the reason on top."""

    def page(error: curation.Refused, status: int) -> HttpResponse:
        if isinstance(error, curation.Conflict) and event is not None:
            context = {**site.each_context(request), "report": report}
            back = desk_url(report, event.pk)
            return conflict_page(request, error, event, back, context)
        context = desk_context(request, report)
        context["refused"] = {"message": str(error), "event": event}
        return TemplateResponse(request, "admin/events/report/desk.html", context, status=status)

    return page


@require_POST
def event_view(request: HttpRequest, pk: int, event: int, verb: str) -> HttpResponse:
    """One decision on one card."""
    report = get_object_or_404(Report, pk=pk)
    row = get_object_or_404(Event, pk=event)
    if verb == "edit":
        return _edit(request, report, row)
    if verb not in ACTIONS:
        return HttpResponse(status=404)
    version = _number(request.POST.get("version"))
    reason = request.POST.get("reason", "").strip()
    onward = desk_url(report, _next_card(report, row) if verb in ("confirm", "reject") else row.pk)
    return answer(
        request,
        lambda: ACTIONS[verb](row, request.user, reason, version),
        onward,
        refusal(request, report, row),
    )


ACTIONS = {
    "confirm": lambda row, by, why, seen: curation.confirm(row, by, reason=why, version=seen),
    "reject": lambda row, by, why, seen: curation.reject(row, by, why, version=seen),
    "reopen": lambda row, by, why, seen: curation.reopen(row, by, why),
    "help": lambda row, by, why, seen: curation.ask_for_help(row, by, why),
    "publish": lambda row, by, why, seen: curation.publish(row, by, reason=why, version=seen),
    "retract": lambda row, by, why, seen: curation.retract(row, by, why, version=seen),
    "harm": lambda row, by, why, seen: curation.answer_harm(row, _km(why), by, version=seen),
}


def _km(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        raise curation.Refused(_("Give the kilometres as a number.")) from None


def _next_card(report: Report, after: Event) -> int | None:
    waiting = [
        event.pk
        for event in curation.events_of(report)
        if event.status == ReviewStatus.CANDIDATE and event.pk != after.pk
    ]
    return waiting[0] if waiting else None


def _edit(request: HttpRequest, report: Report, event: Event) -> HttpResponse:
    claim = event.claims.filter(report=report).order_by("sentence_start").first()
    if claim is None:
        return HttpResponse(status=404)
    form = CardForm(event, claim, request.POST)

    def refused(error: curation.Refused, status: int) -> HttpResponse:
        if isinstance(error, curation.Invalid):
            for name, texts in error.errors.items():
                form.add_error(name if name in form.fields else None, texts)
            return _form_again(request, report, event, form)
        return refusal(request, report, event)(error, status)

    if not form.is_valid():
        return _form_again(request, report, event, form)
    return answer(request, lambda: form.apply(request.user), desk_url(report, event.pk), refused)


def _form_again(request: HttpRequest, report: Report, event: Event, form: Any) -> HttpResponse:
    context = desk_context(request, report, edit=event.pk, form=form)
    return TemplateResponse(request, "admin/events/report/desk.html", context, status=422)


@require_POST
def report_view(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One decision on the whole report: finish, undo, hold, help, add."""
    report = get_object_or_404(Report, pk=pk)
    if verb == "finish":
        return _finish(request, report)
    actions = {
        "undo": lambda: _undo(request, report),
        "hold": lambda: curation.hold(report, request.user),
        "help": lambda: curation.ask_for_help(report, request.user, _reason(request)),
        "add": lambda: add_event(report, request.POST, request.user),
    }
    if verb not in actions:
        return HttpResponse(status=404)
    onward = next_desk(report) if verb == "hold" else desk_url(report)
    if request.POST.get("back") == "queue":
        onward = reverse("admin:events_report_changelist")
    return answer(request, actions[verb], onward, refusal(request, report))


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


def _undo(request: HttpRequest, report: Report) -> Decision:
    number = _number(request.POST.get("decision"))
    if number is not None:
        return curation.undo(get_object_or_404(Decision, pk=number), request.user)
    last = curation.last_decision(request.user, report)
    if last is None:
        raise curation.Refused(_("There is nothing to undo here."))
    return curation.undo(last, request.user)


def _finish(request: HttpRequest, report: Report) -> HttpResponse:
    onward = next_desk(report)
    return answer(
        request,
        lambda: curation.finish(report, request.user).decision,
        onward,
        refusal(request, report),
    )


def next_desk(report: Report) -> str:
    """The desk of the report that waits next, the first one after the last, or the queue."""
    found = before_and_after(report)[1].values_list("pk", flat=True).first()
    if found is None:
        first = Report.objects.waiting().exclude(pk=report.pk)
        found = first.values_list("pk", flat=True).first()
    if found is None:
        return reverse("admin:events_report_changelist")
    return reverse("admin:events_report_desk", args=[found])


def start_view(request: HttpRequest) -> HttpResponse:
    """On to the first report that waits."""
    first = Report.objects.waiting().values_list("pk", flat=True).first()
    if first is None:
        return HttpResponseRedirect(reverse("admin:events_report_changelist"))
    return HttpResponseRedirect(reverse("admin:events_report_desk", args=[first]))
