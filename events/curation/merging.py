"""Two events that are one: claims move to the one that stays, and can be put back exactly.

A merge widens the figures and days of the kept event; `Merge.before` remembers, for each of these
groups of columns, the values before and after. Taking one merge out of several plays the others
again without it, and an editor's own later values stay. Chains are taken apart from the newest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.curation.errors import Refused
from events.curation.recording import Recording, from_plain, locked, plain_value, recording
from events.curation.roles import CURATE, require
from events.models import Claim, Decision, Event, Merge, Participation
from events.vocabulary import TimePrecision

FIGURES = ("fatalities_low", "fatalities_best", "fatalities_high")
DAYS = ("start_date", "end_date", "time_precision")
GROUPS = {"figures": FIGURES, "days": DAYS}
Values = list[Any]
ORDER = list(TimePrecision.values)


def merge(kept: Event, duplicate: Event, by: Any, reasons: Iterable[str] = ()) -> Decision:
    """Move the claims of `duplicate` to `kept`; nothing of either side is lost.

    Raises Refused for an event merged into itself, or already merged.
    """
    with recording("merge", by, "; ".join(reasons), event=kept) as log:
        kept, duplicate = _both(kept, duplicate)
        _require_mergeable(kept, duplicate, by)
        done = Merge(kept=kept, duplicate=duplicate, reasons=list(reasons), merged_by=by)
        own = {name: _values(duplicate, columns) for name, columns in GROUPS.items()}
        before = {name: _values(kept, columns) for name, columns in GROUPS.items()}
        after = {name: widened(name, before[name], own[name]) for name in GROUPS}
        done.before = {"kept": before, "after": after, "duplicate": own}
        done.before["claims"] = _move_claims(log, kept, duplicate)
        done.before["participations"] = _add_participants(log, kept, duplicate)
        log.create(done)
        log.about = done.pk
        _set(log, kept, after)
        log.change(duplicate, merged_into=kept)
    return log.decision


def _both(kept: Event, duplicate: Event) -> tuple[Event, Event]:
    """Both rows locked, always in the same order, so that two merges never wait for each other."""
    rows = {event.pk: locked(event) for event in sorted((kept, duplicate), key=lambda e: e.pk)}
    return rows[kept.pk], rows[duplicate.pk]


def _require_mergeable(kept: Event, duplicate: Event, by: Any) -> None:
    if kept.pk == duplicate.pk:
        raise Refused(_("An event cannot be merged into itself."))
    for event in (kept, duplicate):
        require(by, CURATE, event)
        if event.merged_into_id is not None:
            into = {"event": event.pk, "other": event.merged_into_id}
            raise Refused(_("Event %(event)s is already merged into event %(other)s.") % into)


def _move_claims(log: Recording, kept: Event, duplicate: Event) -> list[list[int | None]]:
    """[claim, its earlier `original_event`] of each claim that moved.

    A sentence that both events quote already stays where it is: it would say the same twice.
    """
    held = set(kept.claims.values_list("report_id", "sentence_start"))
    moved = []
    for claim in duplicate.claims.all():
        if (claim.report_id, claim.sentence_start) in held:
            continue
        moved.append([claim.pk, claim.original_event_id])
        origin = claim.original_event_id or duplicate.pk
        log.change(claim, event=kept, original_event_id=origin)
    return moved


def _add_participants(log: Recording, kept: Event, duplicate: Event) -> list[list[Any]]:
    """[actor, role] of each participant that the kept event did not have."""
    held = set(kept.participations.values_list("actor_id", "role"))
    added = []
    for actor, role in duplicate.participations.values_list("actor_id", "role"):
        if (actor, role) not in held:
            log.create(Participation(event=kept, actor_id=actor, role=role))
            added.append([actor, role])
    return added


def widened(group: str, kept: Values, other: Values) -> Values:
    """The values of a group of columns that cover both sides; plain values in and out."""
    if other[0] is None:
        return kept
    if kept[0] is None:
        return other
    if group == "figures":
        return [min(kept[0], other[0]), kept[1], max(kept[2], other[2])]
    start, end = min(kept[0], other[0]), max(kept[1] or kept[0], other[1] or other[0])
    return [start, end, min(kept[2], other[2], key=ORDER.index)]


def unmerge(done: Merge, by: Any, reason: str = "") -> Decision:
    """Put both sides back as they were; what an editor changed on either since then stays.

    Raises Refused when it was undone already, or when the kept event is itself merged by now.
    """
    with recording("unmerge", by, reason, event=done.kept) as log:
        done = locked(done)
        kept, duplicate = _both(done.kept, done.duplicate)
        _require_separable(done, kept, duplicate, by)
        log.about = done.pk
        later = list(kept.merges.filter(undone_at__isnull=True, pk__gt=done.pk).order_by("pk"))
        log.change(duplicate, merged_into=None)
        _return_claims(log, done, kept, duplicate)
        _drop_participants(log, done, kept, later)
        _set(log, kept, _without(done, later, kept))
        done.undone_at = timezone.now()
        done.save()
    return log.decision


def _require_separable(done: Merge, kept: Event, duplicate: Event, by: Any) -> None:
    require(by, CURATE, kept)
    require(by, CURATE, duplicate)
    if done.undone_at is not None:
        raise Refused(_("This merge was undone already."))
    if kept.merged_into_id is not None:
        into = {"event": kept.pk, "other": kept.merged_into_id}
        raise Refused(
            _("Event %(event)s is merged into event %(other)s; take that apart first.") % into
        )


def _return_claims(log: Recording, done: Merge, kept: Event, duplicate: Event) -> None:
    origins = dict(done.before["claims"])
    for claim in Claim.objects.filter(pk__in=origins, event=kept):
        log.change(claim, event=duplicate, original_event_id=origins[claim.pk])


def _drop_participants(log: Recording, done: Merge, kept: Event, later: list[Merge]) -> None:
    """Take out who came in by this merge, unless a later one brings the same; it answers then."""
    for actor, role in done.before["participations"]:
        heir = next((m for m in later if _brings(m, actor, role)), None)
        if heir is not None:
            heir.before["participations"].append([actor, role])
            heir.save(update_fields=["before"])
            continue
        for row in kept.participations.filter(actor_id=actor, role=role):
            log.delete(row)


def _brings(done: Merge, actor: int, role: str) -> bool:
    return done.duplicate.participations.filter(actor_id=actor, role=role).exists()


def _without(done: Merge, later: list[Merge], kept: Event) -> dict[str, Values]:
    """The kept event's values with `done` taken out and the later merges played again."""
    found = {}
    for name, columns in GROUPS.items():
        state, expected = done.before["kept"][name], done.before["after"][name]
        for each in later:
            if each.before["kept"][name] != expected:  # an editor's value stands since
                state = each.before["kept"][name]
            expected = each.before["after"][name]
            each.before["kept"][name] = state
            state = widened(name, state, each.before["duplicate"][name])
            each.before["after"][name] = state
        current = _values(kept, columns)
        found[name] = state if current == expected else current
    for each in later:
        each.save(update_fields=["before"])
    return found


def _values(event: Event, columns: tuple[str, ...]) -> Values:
    return [plain_value(event, column) for column in columns]


def _set(log: Recording, event: Event, values: dict[str, Values]) -> None:
    changes: dict[str, Any] = {}
    for name, columns in GROUPS.items():
        for column, value in zip(columns, values[name], strict=True):
            changes[column] = from_plain(Event, column, value)
    log.change(event, **changes)


def merges_of(event: Event) -> list[Merge]:
    """The standing merges into an event, newest first."""
    rows = event.merges.filter(undone_at__isnull=True).select_related("duplicate", "merged_by")
    return list(rows)


def keep_apart(event: Event, other: Event, by: Any, reason: str = "") -> Decision:
    """Remember that two events are different ones, so that it is not asked again."""
    with recording("keep_apart", by, reason, event=event) as log:
        require(by, CURATE, event)
        log.about = other.pk
    return log.decision


def kept_apart(events: Iterable[Event]) -> dict[int, set[int]]:
    """For each event the ones that somebody said are not the same."""
    pks = [event.pk for event in events]
    rows = Decision.objects.standing().filter(verb="keep_apart")
    rows = rows.filter(Q(event__in=pks) | Q(about__in=pks)).values_list("event_id", "about")
    found: dict[int, set[int]] = {pk: set() for pk in pks}
    for one, other in rows:
        for mine, theirs in ((one, other), (other, one)):
            if mine in found and theirs is not None:
                found[mine].add(theirs)
    return found
