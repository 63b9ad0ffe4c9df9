"""A candidate event as a card of the desk: its facts in words, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from events import curation
from events.admin.marking import DOUBTFUL_BELOW, Mark, Piece, Quoted, without_overlaps
from events.admin.reasons import reason_text
from events.curation.publish import Check
from events.models import Claim, Event, Mention, Participation, Report
from events.templatetags.desk import days_text, level_of, weekday_days
from events.templatetags.desk import local as local_name
from events.vocabulary import ActorRole, GeoPrecision, MentionStatus, ReviewStatus

MOST_SUGGESTED_FOR = 12
DECIDED = frozenset(
    {
        ReviewStatus.CONFIRMED,
        ReviewStatus.PUBLISHED,
        ReviewStatus.REJECTED,
        ReviewStatus.RETRACTED,
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a card: its key on the keyboard, state (v checked, d doubtful), and words.

    `theirs` are the report's own words, printed in another face than ours.
    """

    name: str
    key: str
    label: str
    value: str
    note: str = ""
    theirs: str = ""
    state: str = ""
    against: str = ""


@dataclass(slots=True)
class Card:
    """All that the template of a card prints."""

    number: int
    event: Event
    claim: Claim
    claims: list[Claim]
    facts: list[Fact] = field(default_factory=list)
    look: Fact | None = None
    pieces: list[Piece] = field(default_factory=list)
    suggestion: curation.Suggestion | None = None
    checks: list[Check] = field(default_factory=list)
    verifies: str = ""
    is_statement: bool = False
    form: Any = None

    @property
    def is_decided(self) -> bool:
        return self.event.status in DECIDED

    @property
    def is_done(self) -> bool:
        return self.event.status in (ReviewStatus.CONFIRMED, ReviewStatus.PUBLISHED)

    @property
    def open_checks(self) -> list[Check]:
        return [check for check in self.checks if not check.ok]

    @property
    def level(self) -> str:
        """Confidence in three steps: hi, mid, lo."""
        return level_of(self.event.confidence, doubtful=self.look is not None)


def events_with_parts(report: Report) -> list[Event]:
    """The events a report speaks of, in the order of its text, with all that a card needs."""
    order = {event.pk: number for number, event in enumerate(curation.events_of(report))}
    claims = Claim.objects.select_related("report__source", "place").order_by("sentence_start")
    rows = Event.objects.filter(pk__in=order).select_related("place", "place__parent__parent")
    rows = rows.prefetch_related(
        Prefetch("claims", queryset=claims),
        Prefetch("participations", queryset=Participation.objects.select_related("actor")),
    )
    return sorted(rows, key=lambda event: order[event.pk])


def cards_of(report: Report, events: Sequence[Event], mentions: Sequence[Mention]) -> list[Card]:
    """One card for each event; statements come without a number of their own."""
    cards: list[Card] = []
    number = 0
    for event in events:
        claims = list(event.claims.all())
        own = next(claim for claim in claims if claim.report_id == report.pk)
        statement = curation.is_statement(claims)
        kept = statement and event.status in (ReviewStatus.CANDIDATE, ReviewStatus.REJECTED)
        number += not kept
        card = Card(0 if kept else number, event, own, claims, is_statement=kept)
        _fill(card, [m for m in mentions if _within(m, own)])
        cards.append(card)
    return cards


def _within(mention: Mention, claim: Claim) -> bool:
    return claim.sentence_start <= mention.start and mention.end <= claim.sentence_end


def _fill(card: Card, mentions: list[Mention]) -> None:
    event = card.event
    card.facts = [
        when_fact(event, card.claim),
        where_fact(event, card.claim, mentions),
        who_fact(event),
        killed_fact(event, card.claims),
        stance_fact(card.claim),
    ]
    if not card.is_decided:
        card.look = next((fact for fact in card.facts if fact.state == "d"), None)
    card.checks = curation.publication_checklist(event, card.claims)
    card.verifies = _verifies(mentions, event)


def add_suggestions(cards: Sequence[Card]) -> None:
    """Look for events that may be the same, for the first cards that wait."""
    waiting = [card for card in cards if not card.is_decided and not card.is_statement]
    waiting = waiting[:MOST_SUGGESTED_FOR]
    found = curation.suggest_for([card.event for card in waiting])
    for card in waiting:
        card.suggestion = next(iter(found[card.event.pk]), None)


def _verifies(mentions: list[Mention], event: Event) -> str:
    count = sum(
        m.status == MentionStatus.UNVERIFIED and m.place_id == event.place_id for m in mentions
    )
    if not count or event.place_id is None:
        return ""
    return _("Also verifies the place in the text")


def when_fact(event: Event, claim: Claim) -> Fact:
    """When, with the phrase it was read from and the rule."""
    state = "v" if "date" in event.checked else ""
    if event.start_date is None:
        state = "d"
    return Fact(
        "date",
        "d",
        _("When"),
        weekday_days(event),
        note=date_note(claim),
        theirs=claim.date_text,
        state=state,
    )


def date_note(claim: Claim) -> str:
    """How the phrase became the day; the phrase itself stands before it already."""
    return reason_text(claim.date_reason.removeprefix(f'date from "{claim.date_text}": '))


def where_fact(event: Event, claim: Claim, mentions: list[Mention]) -> Fact:
    """Where, how exactly, and how the report spells it; doubtful when the spelling is."""
    state = "v" if "place" in event.checked else ""
    placed = [m for m in mentions if m.place_id == event.place_id and event.place_id]
    note = place_sentence(event)
    if event.latitude is None:
        state, note = "d", _("no place yet")
    elif not state and placed and all(is_doubtful(m) for m in placed):
        state, note = "d", _("place spelled “%s”") % placed[0].text
    value = local_name(event.place) if event.place_id else _point_text(event)
    return Fact("place", "p", _("Where"), value, note=note, theirs=claim.place_text, state=state)


def is_doubtful(mention: Mention) -> bool:
    """An open mention whose reading is weak."""
    return mention.status == MentionStatus.UNVERIFIED and mention.score < DOUBTFUL_BELOW


def _point_text(event: Event) -> str:
    if event.latitude is None:
        return _("not known")
    return f"{event.latitude:.4f}, {event.longitude:.4f}"


def place_sentence(event: Event) -> str:
    """How exactly the place is known, and what it lies in."""
    km = f"{event.radius_km:g}"
    if event.geo_precision == GeoPrecision.REGION:
        how = _("somewhere in it: drawn as an area, not as a dot")
    elif event.geo_precision == GeoPrecision.ABOUT:
        how = _("about here, within %s km") % km
    else:
        how = _("a point, within %s km") % km
    if not event.place_id:
        return how
    kind = str(event.place.get_kind_display())
    inside = local_name(event.place.parent) if event.place.parent_id else ""
    return _(", ").join(part for part in (kind, how, inside) if part)


def who_fact(event: Event) -> Fact:
    """The actors and, after "against", the targets."""
    parts = list(event.participations.all())
    targets = [local_name(p.actor) for p in parts if p.role == ActorRole.TARGET]
    others = [local_name(p.actor) for p in parts if p.role != ActorRole.TARGET]
    value = _(", ").join(others) or (_("Unknown") if targets else _("nobody named"))
    return Fact("who", "a", _("Who"), value, against=_(", ").join(targets))


def killed_fact(event: Event, claims: Sequence[Claim]) -> Fact:
    """The count of the killed as a range, with the words that gave it."""
    words = ", ".join(dict.fromkeys(c.fatalities_text for c in claims if c.fatalities_text))
    if event.fatalities_best is None:
        note = _("Stays empty, not 0")
        return Fact("figures", "f", _("Killed"), _("not stated"), note=note, theirs=words)
    low, best, high = event.fatalities_low, event.fatalities_best, event.fatalities_high
    value = (
        str(best)
        if low == high
        else _("%(best)s, between %(low)s and %(high)s")
        % {
            "best": best,
            "low": low,
            "high": high,
        }
    )
    state = "d" if low != high and "figures" not in event.checked else ""
    return Fact("figures", "f", _("Killed"), value, theirs=words, state=state)


def stance_fact(claim: Claim) -> Fact:
    """What the report does with it, and who it says says so."""
    parts = (str(claim.get_stance_display()), str(claim.get_modality_display()).lower())
    said = _("Said by %s") % claim.reported_by if claim.reported_by else _("In its own voice")
    return Fact("stance", "s", _("Stance"), _(", ").join(parts), note=said)


def brief_of(event: Event) -> str:
    """A closed card's line: the days."""
    return days_text(event.start_date, event.end_date)


def quoted_of(cards: Sequence[Card]) -> list[Quoted]:
    """The sentences that the cards quote, for marking the text."""
    found = []
    for card in cards:
        state = "done" if card.is_done else ("out" if card.is_decided else "")
        number = _("S") if card.is_statement else str(card.number)
        for claim in card.claims:
            if claim.report_id == card.claim.report_id:
                found.append(
                    Quoted(claim.sentence_start, claim.sentence_end, number, card.event.pk, state)
                )
    return found


def add_quotes(cards: Sequence[Card], text: str, marks: Sequence[Mark]) -> None:
    """Give each card the pieces of its sentence."""
    kept = without_overlaps(marks, len(text))
    for card in cards:
        start, end = card.claim.sentence_start, card.claim.sentence_end
        card.pieces = quote_pieces(text, start, end, kept)


def quote_pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Piece]:
    """A sentence as pieces of plain text and marks."""
    pieces, at = [], start
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue
        if mark.start > at:
            pieces.append(Piece(text[at : mark.start]))
        pieces.append(Piece(text[mark.start : mark.end], mark))
        at = mark.end
    if at < end:
        pieces.append(Piece(text[at:end]))
    return pieces
