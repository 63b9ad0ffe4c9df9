"""A row's history as a feed: who changed which field from what to what and why, and restoring."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.admin.reason_phrases import CHANGES
from events.admin.reasons import reason_text
from events.models import Event
from events.templatetags.desk import event_title, local
from events.vocabulary import ReviewStatus

HIDDEN = frozenset(
    {
        "id",
        "uid",
        "version",
        "updated_at",
        "digest",
        "checked",
        "morton",
        "public_latitude",
        "public_longitude",
        "public_radius_km",
        "public_geo_precision",
        "public_place",
        "spans",
        "created_at",
        "received_at",
        "read_at",
    }
)
MOST_LINES, NAMED_IN_LINE = 200, 4


@dataclass(frozen=True, slots=True)
class Diff:
    """One field's old and new value, as the reader says them; `old` is empty for a new row."""

    name: str
    label: str
    old: str
    new: str


@dataclass(slots=True)
class Entry:
    """One line of the feed."""

    record: Any
    user: Any
    at: dt.datetime
    reason: str
    verb: str
    diffs: list[Diff] = field(default_factory=list)
    is_machine: bool = False
    can_restore: bool = False

    @property
    def more(self) -> int:
        """How many changed fields the first line leaves out."""
        return max(0, len(self.diffs) - NAMED_IN_LINE)


def entries_of(row: models.Model) -> list[Entry]:
    """The history of a row, newest first; each entry with what it changed."""
    records = list(row.history.select_related("history_user").all()[: MOST_LINES + 1])
    later = [None, *records]
    found = []
    for number, record in enumerate(records[:MOST_LINES]):
        before = records[number + 1] if number + 1 < len(records) else None
        entry = _entry(record, before)
        entry.can_restore = later[number] is not None or before is not None
        found.append(entry)
    return [entry for entry in found if entry.diffs or entry.verb != "changed"]


def _entry(record: Any, before: Any) -> Entry:
    verbs = {"+": "created", "~": "changed", "-": "deleted"}
    return Entry(
        record=record,
        user=record.history_user,
        at=timezone.localtime(record.history_date),
        reason=_why(record),
        verb=verbs[record.history_type],
        diffs=diffs_between(before, record),
        is_machine=record.history_user is None,
    )


def _why(record: Any) -> str:
    """What the machine or a page wrote in the reader's language, what a person wrote as it is."""
    reason = record.history_change_reason or ""
    ours = record.history_user is None or reason in CHANGES
    return reason_text(reason) if ours else reason


def diffs_between(before: Any, after: Any) -> list[Diff]:
    """The fields that differ between two states of a row; `before` None is an empty one."""
    found = []
    for column in tracked_fields(after):
        old = getattr(before, column.attname) if before is not None else None
        new = getattr(after, column.attname)
        if old == new or (before is None and new in (None, "", [], {}, False)):
            continue
        label = str(column.verbose_name)
        shown = said(before, column) if before is not None else ""
        found.append(Diff(column.name, label[:1].upper() + label[1:], shown, said(after, column)))
    return found


def tracked_fields(record: Any) -> list[models.Field]:
    """The columns of a state that say something to a reader."""
    return [
        column
        for column in record.tracked_fields
        if column.name not in HIDDEN and hasattr(record, column.attname)
    ]


def said(record: Any, column: models.Field) -> str:
    """A value in words: the label of a choice, the name of a row, a day as days are written."""
    value = getattr(record, column.attname)
    if value in (None, ""):
        return "–"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.ForeignKey):
        row = column.remote_field.model._default_manager.filter(pk=value).first()
        return named(row) if row is not None else f"#{value}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _("; ").join(reason_text(str(each)) for each in value)[:500]
    if isinstance(value, dt.datetime):
        moment = timezone.localtime(value)
        return date_format(moment, "j M Y") + _(", ") + date_format(moment, "H:i")
    if isinstance(value, dt.date):
        return date_format(value, "j M Y")
    return str(value)[:300]


def named(row: models.Model) -> str:
    """What a row is called, in the reader's language where it has a name in it."""
    if isinstance(row, Event):
        return event_title(row)
    return local(row) if hasattr(row, "local_name") else str(row)


class HistoryFeed:
    """Mixin: the history page as a feed, and restoring an earlier state as a new line on top."""

    restorable = True

    def get_urls(self) -> list[Any]:
        info = self.opts.app_label, self.opts.model_name
        mine = path(
            "<path:object_id>/restore/<int:record>/",
            self.admin_site.admin_view(self.restore_view),
            name="{}_{}_restore".format(*info),
        )
        # The stock pages of single states could write a state back past all checks of the desk.
        stock = [url for url in super().get_urls() if not str(url.name).endswith("_simple_history")]
        return [mine, *stock]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self._row(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        entries = entries_of(row)
        chosen = _chosen(entries, request.GET.get("restore"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %s") % row,
            "object": row,
            "shown": named(row),
            "opts": self.opts,
            "entries": _filtered(entries, request),
            "counts": _counts(entries),
            "who": request.GET.get("who", ""),
            "field": request.GET.get("field", ""),
            "fields": _fields_of(entries),
            "chosen": chosen,
            "chosen_diffs": diffs_between_states(row, chosen.record) if chosen else [],
            "may_restore": self.may_restore(request, row),
            "public_text": public_text(row),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/events/object_history.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, record: int) -> HttpResponse:
        """Give the row the values of an earlier state; a POST that adds a line."""
        row = self._row(request, object_id)
        history = reverse(f"admin:events_{self.opts.model_name}_history", args=[row.pk])
        if request.method != "POST":
            return HttpResponseRedirect(f"{history}?restore={record}")
        if not self.may_restore(request, row):
            raise PermissionDenied
        state = get_object_or_404(row.history, history_id=record)
        reason = request.POST.get("change_reason", "").strip()
        with transaction.atomic():
            self.restore(request, row, state, reason)
        messages.success(request, _("Restored; a line was added on top."))
        return HttpResponseRedirect(history)

    def restore(self, request: HttpRequest, row: models.Model, state: Any, reason: str) -> None:
        """Set what a person may set back to `state`. What a decision sets stays as it is."""
        for column in tracked_fields(state):
            if column.editable and column.name not in ("status", "merged_into"):
                setattr(row, column.attname, getattr(state, column.attname))
        when = date_format(timezone.localtime(state.history_date), "j M Y, H:i")
        row._history_user = request.user
        row._change_reason = reason or _("restored the state of %s") % when
        if hasattr(row, "version"):
            row.version += 1
        row.save()

    def may_restore(self, request: HttpRequest, row: models.Model) -> bool:
        return self.restorable and self.has_change_permission(request, row)

    def _row(self, request: HttpRequest, object_id: str) -> models.Model:
        return get_object_or_404(self.get_queryset(request), pk=unquote(object_id))


def diffs_between_states(row: models.Model, state: Any) -> list[Diff]:
    """What restoring `state` would change now."""
    newest = row.history.first()
    return [] if newest is None else diffs_between(newest, state)


def _chosen(entries: list[Entry], record: str | None) -> Entry | None:
    return next((e for e in entries if str(e.record.history_id) == record), None)


def _filtered(entries: list[Entry], request: HttpRequest) -> list[Entry]:
    who, name = request.GET.get("who"), request.GET.get("field")
    if who in ("people", "machine"):
        entries = [e for e in entries if e.is_machine == (who == "machine")]
    if name:
        entries = [e for e in entries if any(d.name == name for d in e.diffs)]
    return entries


def _counts(entries: list[Entry]) -> dict[str, int]:
    machine = sum(entry.is_machine for entry in entries)
    return {"all": len(entries), "machine": machine, "people": len(entries) - machine}


def _fields_of(entries: list[Entry]) -> list[Diff]:
    """One of each field that was changed at least once after the row was made."""
    changed = [d for e in entries if e.verb == "changed" for d in e.diffs]
    return list({diff.name: diff for diff in changed}.values())[:8]


def public_text(row: models.Model) -> str:
    """Whether the public sees the row, in words; "" for rows that are not shown by themselves."""
    status = getattr(row, "status", None)
    if status not in ReviewStatus.values:
        return ""
    return str(ReviewStatus(status).label)
