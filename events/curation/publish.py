"""The last step: the checklist, publishing, retracting, finishing a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.curation.errors import Invalid, Refused
from events.curation.recording import Recording, locked, recording
from events.curation.roles import CURATE, PUBLISH, may, require, require_other_eyes
from events.curation.versions import require_version
from events.geoparsing.names import fold
from events.models import Claim, Decision, Event, Report
from events.vocabulary import Modality, ReportStatus, ReviewStatus, Stance

STATEMENT = "kept as a statement"


@dataclass(frozen=True, slots=True)
class Check:
    """One question before publication: `key`, whether it is answered, both in plain words."""

    key: str
    ok: bool
    title: str
    detail: str = ""


class ChecklistOpen(Refused):
    """Publishing was refused: `open` are the checks that are not answered."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.open = list(checks)
        titles = "; ".join(f"{check.title}: {check.detail}" for check in checks)
        super().__init__(_("Not published, open: %s") % titles)


def publication_checklist(event: Event, claims: Sequence[Claim] | None = None) -> list[Check]:
    """The checks of an event, in the order an editor reads them."""
    claims = list(event.claims.all()) if claims is None else list(claims)
    return [
        _place_check(event),
        _date_check(event),
        _claim_check(claims),
        _figures_check(event, claims),
        _harm_check(event),
        *_words_check(event, claims),
    ]


def open_checks(event: Event, claims: Sequence[Claim] | None = None) -> list[Check]:
    """The checks that still hinder publication."""
    return [check for check in publication_checklist(event, claims) if not check.ok]


def _checked_by(event: Event, key: str) -> str:
    name = (event.checked or {}).get(key, {}).get("by", "")
    return _("by %s") % name if name else ""


def _place_check(event: Event) -> Check:
    title = _("Place checked")
    if event.latitude is None or event.longitude is None:
        return Check("place", False, title, _("no point yet"))
    if "place" not in (event.checked or {}):
        return Check("place", False, title, _("nobody has looked at it yet"))
    where = event.place.local_name(get_language() or "en") if event.place_id else _("a point")
    who = _checked_by(event, "place")
    return Check("place", True, title, _(", ").join(filter(None, (where, who))))


def _date_check(event: Event) -> Check:
    title = _("Date checked")
    if event.start_date is None:
        return Check("date", False, title, _("no day yet"))
    if "date" not in (event.checked or {}):
        return Check("date", False, title, _("nobody has looked at it yet"))
    return Check("date", True, title, _days(event))


def _days(event: Event) -> str:
    start = date_format(event.start_date, "j M Y")
    if event.end_date is None or event.end_date == event.start_date:
        return start
    return _("%(start)s to %(end)s") % {"start": start, "end": date_format(event.end_date, "j M Y")}


def says_it_happened(claim: Claim) -> bool:
    """Whether a claim can make a dot: planned, threatened, denied and past things cannot."""
    return (
        claim.modality == Modality.HAPPENED
        and claim.stance != Stance.DENIES
        and bool(claim.quote.strip())
    )


def is_statement(claims: Sequence[Claim]) -> bool:
    """Whether all that is said of an event are statements and no report of what happened."""
    return bool(claims) and not any(says_it_happened(claim) for claim in claims)


def _claim_check(claims: Sequence[Claim]) -> Check:
    title = _("At least one quoted claim")
    count = sum(says_it_happened(claim) for claim in claims)
    if count:
        said = ngettext("%(n)d claim with its words", "%(n)d claims with their words", count)
        said %= {"n": count}
        return Check("claim", True, title, said)
    hint = _("planned, threatened or denied only") if claims else _("no report says so")
    return Check("claim", False, title, hint)


def _figures_check(event: Event, claims: Sequence[Claim]) -> Check:
    title = _("Figures lie within the claims")
    if event.fatalities_best is None:
        return Check("figures", True, title, _("none given"))
    lows = [c.fatalities_low for c in claims if c.fatalities_low is not None]
    highs = [c.fatalities_high for c in claims if c.fatalities_high is not None]
    own = figures_text(event.fatalities_low, event.fatalities_high)
    if not lows:
        return Check("figures", False, title, _("%s killed, but no claim gives a figure") % own)
    said = figures_text(min(lows), max(highs))
    ok = min(lows) <= event.fatalities_low and event.fatalities_high <= max(highs)
    detail = _("%(own)s killed, the claims say %(said)s") % {"own": own, "said": said}
    return Check("figures", ok, title, detail)


def figures_text(low: int | None, high: int | None) -> str:
    """ "18-30", "5" or "" for no figures."""
    if low is None:
        return ""
    return str(low) if low == high else f"{low}-{high}"


def asks_for_harm(event: Event) -> bool:
    """Whether the harm question is asked: by the kind of place, or since an editor marked it."""
    return event.is_sensitive or bool(event.place_id and event.place.is_sensitive)


def _harm_check(event: Event) -> Check:
    title = _("Could the exact point harm people?")
    if not asks_for_harm(event):
        return Check("harm", True, title, _("not a sensitive place"))
    if not event.harm_checked:
        return Check("harm", False, title, _("not answered yet"))
    km = event.coarsening_km()
    answer = _("shown to %g km") % km if km else _("shown exactly")
    return Check("harm", True, title, answer)


def _words_check(event: Event, claims: Sequence[Claim]) -> list[Check]:
    """Of a coarsened event: what happens to the reports' words, and whether ours name the place."""
    if not event.coarsening_km():
        return []
    title = _("Words that name the place")
    if not event.withholds_quotes():
        return [Check("words", True, title, _("shown, an editor looked at them"))]
    names = place_words(event, claims)
    said = next((name for name in names if fold(name) in fold(event.summary)), "")
    if said:
        return [Check("words", False, title, _("the summary says “%s”") % said)]
    quoted = next((name for name in names for c in claims if fold(name) in fold(c.quote)), "")
    detail = _("the quotes say “%s”: withheld in public") % quoted
    return [Check("words", True, title, detail if quoted else _("quotes are withheld in public"))]


def place_words(event: Event, claims: Sequence[Claim]) -> list[str]:
    """What the place of a coarsened event is called, where that is not named in public."""
    if not event.place_id or event.public_place_id == event.place_id:
        return []
    place = event.place
    own = [place.name, place.name_ar, *place.names.values_list("text", flat=True)]
    found = [*own, *(claim.place_text for claim in claims)]
    return [name for name in dict.fromkeys(found) if len(fold(name)) > 2]


def publish(event: Event, by: Any, *, reason: str = "", version: int | None = None) -> Decision:
    """Make an event public. Raises ChecklistOpen when a check is not answered."""
    with recording("publish", by, reason, event=event) as log:
        event = locked(event)
        require_version(event, version, {})
        _publish(log, event, by)
    return log.decision


def _publish(log: Recording, event: Event, by: Any) -> None:
    require(by, PUBLISH, event)
    require_other_eyes(by, event)
    if event.merged_into_id is not None:
        raise Refused(_("This event is merged into event %s.") % event.merged_into_id)
    if event.status in (ReviewStatus.REJECTED, ReviewStatus.CANDIDATE):
        raise Refused(_("Only a confirmed event is published."))
    waiting = open_checks(event)
    if waiting:
        raise ChecklistOpen(waiting)
    log.change(
        event,
        status=ReviewStatus.PUBLISHED,
        published_at=event.published_at or timezone.now(),
        published_by=by,
        retracted_at=None,
    )


def retract(event: Event, by: Any, reason: str, *, version: int | None = None) -> Decision:
    """Take an event out of everything public; it stays here with its history."""
    if not reason.strip():
        raise Invalid({"reason": [_("Say why it is retracted.")]})
    with recording("retract", by, reason, event=event) as log:
        event = locked(event)
        require(by, PUBLISH, event)
        require_version(event, version, {})
        if event.status != ReviewStatus.PUBLISHED:
            raise Refused(_("Only a published event is retracted."))
        log.change(event, status=ReviewStatus.RETRACTED, retracted_at=timezone.now())
    return log.decision


@dataclass(slots=True)
class Finishing:
    """What finishing a report did: the decision, and how many events went which way."""

    decision: Decision | None = None
    published: list[Event] = field(default_factory=list)
    handed_over: list[Event] = field(default_factory=list)


def finish(report: Report, by: Any, *, reason: str = "") -> Finishing:
    """Close a report: a publisher publishes what was confirmed, an editor hands it over.

    Statements are put away as such. Raises Refused while a card is undecided, ChecklistOpen while a
    check of a confirmed event is open.
    """
    done = Finishing()
    with recording("finish", by, reason, report=report, label=str(report)) as log:
        require(by, CURATE)
        report = locked(report)
        events = list(events_of(report))
        _put_statements_away(log, events)
        if any(event.status == ReviewStatus.CANDIDATE for event in events):
            raise Refused(_("Some events of this report are not decided yet."))
        confirmed = [event for event in events if event.status == ReviewStatus.CONFIRMED]
        if may(by, PUBLISH):
            for event in confirmed:
                _publish(log, event, by)
            done.published = confirmed
        else:
            done.handed_over = confirmed
        log.change(report, status=ReportStatus.FINISHED, held_by=None, help_wanted="")
    done.decision = log.decision
    return done


def events_of(report: Report) -> Any:
    """The events that a report speaks of, in the order of its text, merged ones left out."""
    first = Claim.objects.filter(report=report).order_by("sentence_start", "pk")
    pks = list(dict.fromkeys(first.values_list("event_id", flat=True)))
    rows = Event.objects.filter(merged_into__isnull=True).in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def _put_statements_away(log: Recording, events: list[Event]) -> None:
    for event in events:
        if event.status == ReviewStatus.CANDIDATE and is_statement(list(event.claims.all())):
            log.change(event, status=ReviewStatus.REJECTED, reject_reason=STATEMENT)
