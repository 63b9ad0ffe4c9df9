"""What the desk answers to a decision: on to the page it came from, or what stands in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from events import curation, tasks
from events.curation.errors import FieldConflict
from events.models import Decision, Event
from events.vocabulary import ReviewStatus

KEPT_OUT = frozenset({"csrfmiddlewaretoken", "version"})
FRESH_MINUTES = 60


def announce(decision: Decision | None) -> None:
    """Let the rest of the house know: the snapshot anew, open mentions read again."""
    if decision is None:
        return
    if decision.touches_public:
        tasks.republish_after_commit()
    names = curation.learned_in(decision)
    if names and decision.undone_at is None:
        tasks.read_again_after_commit(names)


def answer(
    request: HttpRequest,
    action: Callable[[], Decision | None],
    onward: str,
    refused: Callable[[curation.Refused, int], HttpResponse],
) -> HttpResponse:
    """Carry out a decision and go on to `onward`; `refused` prints why not, with its status."""
    try:
        announce(action())
    except curation.Conflict as conflict:
        return refused(conflict, 409)
    except curation.NotAllowed as refusal:
        return refused(refusal, 403)
    except curation.Refused as refusal:
        return refused(refusal, 422)
    return HttpResponseRedirect(onward)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a conflict in words."""

    label: str
    theirs: str
    mine: str
    by: str
    reason: str


def conflict_page(
    request: HttpRequest,
    conflict: curation.Conflict,
    event: Event,
    back: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Both values side by side; "use mine" sends the same form again, with the newer version."""
    event.refresh_from_db()
    kept = [(k, v) for k in request.POST if k not in KEPT_OUT for v in request.POST.getlist(k)]
    page = {
        **context,
        "title": _("Somebody else changed this"),
        "event": event,
        "differences": [difference_of(event, each) for each in conflict.fields],
        "message": str(conflict),
        "kept": kept,
        "back": back,
        "action": request.path,
    }
    return TemplateResponse(request, "admin/events/conflict.html", page, status=409)


def difference_of(event: Event, found: FieldConflict) -> Difference:
    """A field's two values as a reader says them."""
    column = next(f for f in event._meta.concrete_fields if f.attname == found.field)
    return Difference(
        label=str(column.verbose_name),
        theirs=_said(column, found.theirs),
        mine=_said(column, found.mine),
        by=found.by,
        reason=found.reason,
    )


def _said(column: Any, value: Any) -> str:
    if value is None:
        return "–"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if column.is_relation:
        return str(column.remote_field.model._default_manager.filter(pk=value).first() or value)
    return str(value)


VERBS = {
    "confirm": gettext_noop("confirmed"),
    "reject": gettext_noop("rejected"),
    "reopen": gettext_noop("opened again"),
    "correct": gettext_noop("corrected"),
    "participants": gettext_noop("participants changed"),
    "publish": gettext_noop("published"),
    "retract": gettext_noop("retracted"),
    "merge": gettext_noop("merged"),
    "unmerge": gettext_noop("taken apart"),
    "keep_apart": gettext_noop("kept apart"),
    "mention": gettext_noop("place chosen"),
    "unidentifiable": gettext_noop("marked as not identifiable"),
    "learn": gettext_noop("name learned"),
    "help": gettext_noop("help asked for"),
    "split": gettext_noop("split"),
    "finish": gettext_noop("finished"),
    "add": gettext_noop("added"),
    "hold": gettext_noop("saved for later"),
    "undo": gettext_noop("undone"),
}


@dataclass(frozen=True, slots=True)
class Toast:
    """The line that says what was done last, and offers to undo it."""

    decision: Decision
    text: str
    detail: str


def published_text(decision: Decision) -> str:
    """How many events a finished report made public, "" for any other decision."""
    changes = [c for c in decision.changes if decision.verb == "finish" and c["model"] == "event"]
    count = sum(c["after"].get("status") == ReviewStatus.PUBLISHED for c in changes)
    said = (
        "%(n)d event is public; undo takes it back.",
        "%(n)d events are public; undo takes them back.",
    )
    return ngettext(*said, count) % {"n": count} if count else ""


def done_word(verb: str) -> str:
    """What a decision of this kind did, in a word."""
    return _(VERBS.get(verb, verb))


def toast_of(decision: Decision | None) -> Toast | None:
    """The undo line of a decision; none for an old one."""
    if decision is None:
        return None
    minutes = (timezone.now() - decision.at).total_seconds() / 60
    if minutes > FRESH_MINUTES:
        return None
    verb = done_word(decision.verb)
    count = sum(change["model"] == "mention" for change in decision.changes)
    detail = published_text(decision)
    if count and not detail:
        said = ngettext(
            "Verified with it: %(n)d mention.", "Verified with it: %(n)d mentions.", count
        )
        detail = said % {"n": count}
    return Toast(decision, f"{decision.label}: {verb}.", detail)
