"""Taking a decision back: its changes backwards, unless somebody built on them meanwhile."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.curation.errors import Conflict, FieldConflict, NotAllowed, Refused
from events.curation.merging import merge, unmerge
from events.curation.recording import Recording, from_plain, locked, plain_value
from events.curation.roles import CURATE, PUBLISH, require
from events.curation.versions import DERIVED
from events.models import Decision, Event, Merge


def last_decision(by: Any, report: Any = None) -> Decision | None:
    """The newest standing decision of a person, within one report's desk when it is given."""
    rows = Decision.objects.standing().filter(by=by).exclude(verb="undo")
    if report is None:
        return rows.first()
    # Two questions that an index answers each, instead of one that reads all a person decided.
    of_report = list(rows.filter(report=report)[:1])
    events = list(report.claims.order_by().values_list("event_id", flat=True).distinct())
    of_events = list(rows.filter(event_id__in=events)[:1])
    return max(of_report + of_events, key=lambda each: (each.at, each.pk), default=None)


def undo(decision: Decision, by: Any) -> Decision:
    """Take a decision back; a merge is taken apart and an un-merge merged again.

    The decision that is given back says in `touches_public` whether the public sees a difference.
    """
    if decision.verb not in ("merge", "unmerge"):
        return undo_changes(decision, by)
    with transaction.atomic():
        decision = locked(decision)
        _require_undoable(decision, by)
        done = Merge.objects.select_related("kept", "duplicate").get(pk=decision.about)
        if decision.verb == "merge":
            opposite = unmerge(done, by)
        else:
            opposite = merge(done.kept, done.duplicate, by, done.reasons)
        opposite.undone_at = decision.undone_at = timezone.now()
        opposite.save(update_fields=["undone_at"])
        decision.save(update_fields=["undone_at"])
    return opposite


def undo_changes(decision: Decision, by: Any) -> Decision:
    """Bring back what stood before the decision; raises Conflict where it was changed again since.

    Rows of other people's decisions are never overwritten: either all of it is taken back or none.
    """
    with transaction.atomic():
        decision = locked(decision)
        _require_undoable(decision, by)
        log = Recording("undo", by, _("undone: %s") % decision.verb)
        for entry in reversed(decision.changes):
            _take_back(log, entry)
        decision.undone_at = timezone.now()
        decision.touches_public = decision.touches_public or log.touches_public
        decision.save(update_fields=["undone_at", "touches_public"])
        Decision.objects.create(
            verb="undo",
            about=decision.pk,
            by=by,
            event=decision.event,
            report=decision.report,
            label=decision.label,
            reason=log.reason,
            undone_at=decision.undone_at,
        )
    return decision


def _require_undoable(decision: Decision, by: Any) -> None:
    if decision.undone_at is not None:
        raise Refused(_("This was undone already."))
    if by is not None and decision.by_id != by.pk:
        raise NotAllowed(_("You can undo your own steps only; restore from the history instead."))
    require(by, PUBLISH if decision.touches_public else CURATE)


def _take_back(log: Recording, entry: dict[str, Any]) -> None:
    model = apps.get_model("events", entry["model"])
    if entry["did"] == "delete":
        _bring_back(log, model, entry["before"])
        return
    row = model._default_manager.select_for_update().filter(pk=entry["pk"]).first()
    if row is None:
        return
    if entry["did"] == "create":
        _take_away(log, row)
        return
    _require_untouched(row, entry["after"])
    before = entry["before"].items()
    log.change(row, **{_name(model, c): from_plain(model, c, v) for c, v in before})


def _name(model: type[models.Model], column: str) -> str:
    """The attribute to set for a column: foreign keys are set by their id."""
    return next(f.attname for f in model._meta.concrete_fields if f.attname == column)


def _bring_back(log: Recording, model: type[models.Model], values: dict[str, Any]) -> None:
    row = model(**{c: from_plain(model, c, v) for c, v in values.items()})
    log.create(row)


def _take_away(log: Recording, row: models.Model) -> None:
    if isinstance(row, Event) and row.claims.exists():
        raise Refused(_("The event has claims by now and cannot be taken away."))
    log.delete(row)


def _require_untouched(row: models.Model, after: dict[str, Any]) -> None:
    moved = [
        FieldConflict(column, None, plain_value(row, column), value)
        for column, value in after.items()
        if column not in DERIVED and plain_value(row, column) != value
    ]
    if moved:
        names = ", ".join(f.field for f in moved)
        raise Conflict(moved, _("Not undone: changed again since (%s).") % names)
