"""The checklist and the gate: nothing is public that no one approved."""

from __future__ import annotations

import pytest

from events import curation
from events.models import Claim, Event
from events.vocabulary import Modality, PlaceKind, ReportStatus, ReviewStatus, Stance
from tests.factories import (
    make_claim,
    make_event,
    make_place,
    make_published_event,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db


def open_keys(event: Event) -> list[str]:
    return [check.key for check in curation.open_checks(event)]


def make_confirmed(**values):
    event = make_event(place=values.pop("place", None) or make_place(), **values)
    make_claim(event)
    curation.confirm(event, make_user(role="editor"))
    event.refresh_from_db()
    return event


def test_what_nobody_looked_at_has_open_checks():
    event = make_event(place=make_place())
    assert open_keys(event) == ["place", "date", "claim"]


def test_a_confirmed_quoted_event_has_none():
    assert open_keys(make_confirmed()) == []


@pytest.mark.parametrize(
    "claim",
    [
        {"modality": Modality.PLANNED},
        {"modality": Modality.THREATENED},
        {"modality": Modality.HISTORICAL},
        {"stance": Stance.DENIES},
    ],
)
def test_what_is_planned_threatened_past_or_denied_makes_no_dot(claim):
    event = make_event(place=make_place())
    make_claim(event, **claim)
    curation.confirm(event, make_user(role="editor"))
    event.refresh_from_db()
    assert open_keys(event) == ["claim"]


@pytest.mark.parametrize(
    ("own", "said", "ok"),
    [
        ((5, 5, 5), (5, 5, 5), True),
        ((5, 7, 9), (3, 7, 12), True),
        ((5, 7, 9), (6, 7, 12), False),
        ((5, 7, 9), (3, 7, 8), False),
        ((5, 7, 9), None, False),
        (None, (5, 5, 5), True),
    ],
)
def test_figures_lie_within_the_claims(own, said, ok):
    names = ("fatalities_low", "fatalities_best", "fatalities_high")
    event = make_event(place=make_place(), **dict(zip(names, own or (None,) * 3, strict=True)))
    make_claim(event, **dict(zip(names, said or (None,) * 3, strict=True)))
    checks = {check.key: check.ok for check in curation.publication_checklist(event)}
    assert checks["figures"] is ok


@pytest.mark.parametrize("kind", [PlaceKind.PRISON, PlaceKind.CAMP, PlaceKind.HOSPITAL])
def test_a_sensitive_place_asks_the_harm_question(kind):
    publisher = make_user(role="publisher")
    event = make_confirmed(place=make_place(kind=kind))
    with pytest.raises(curation.ChecklistOpen) as refusal:
        curation.publish(event, publisher)
    assert [check.key for check in refusal.value.open] == ["harm"]
    assert not Event.objects.published().exists()
    curation.correct(event, {"harm_checked": True, "coarsen_km": 5.0}, publisher)
    curation.publish(event, publisher)
    assert Event.objects.published().get().public_radius_km == 5.0


def test_publishing_touches_the_public_and_confirming_does_not():
    event = make_confirmed()
    decision = curation.publish(event, make_user(role="publisher"))
    assert decision.touches_public is True
    assert event.history.first().history_user == decision.by


def test_a_candidate_is_not_published():
    event = make_event(place=make_place())
    make_claim(event)
    with pytest.raises(curation.Refused, match="confirmed"):
        curation.publish(event, make_user(role="publisher"))


def test_a_retracted_event_is_no_longer_public():
    event = make_published_event()
    decision = curation.retract(event, make_user(role="publisher"), "the source withdrew it")
    assert decision.touches_public is True
    assert not Event.objects.published().exists()


def test_four_eyes_when_the_rule_is_on(settings):
    settings.HISTORY_FOUR_EYES = True
    event, publisher = make_event(place=make_place()), make_user(role="publisher")
    make_claim(event)
    curation.confirm(event, publisher)
    with pytest.raises(curation.NotAllowed, match="Four eyes"):
        curation.publish(event, publisher)
    curation.publish(event, make_user(role="publisher"))


@pytest.mark.parametrize(
    ("role", "status"),
    [("editor", ReviewStatus.CONFIRMED), ("publisher", ReviewStatus.PUBLISHED)],
)
def test_finishing_publishes_for_a_publisher_and_hands_over_for_an_editor(role, status):
    report, user = make_report(), make_user(role=role)
    event = make_event(place=make_place())
    make_claim(event, report=report)
    curation.confirm(event, user)
    curation.finish(report, user)
    report.refresh_from_db()
    event.refresh_from_db()
    assert (report.status, event.status) == (ReportStatus.FINISHED, status)


def test_an_undecided_card_stops_finishing_and_a_statement_does_not():
    report, publisher = make_report(), make_user(role="publisher")
    plan = make_event(place=make_place())
    make_claim(plan, report=report, modality=Modality.PLANNED)
    event = make_event(place=make_place())
    make_claim(event, report=report, quote="In Saraqib the shelling went on.")
    with pytest.raises(curation.Refused, match="not decided"):
        curation.finish(report, publisher)
    curation.reject(event, publisher, "not an event")
    curation.finish(report, publisher)
    plan.refresh_from_db()
    assert (plan.status, plan.reject_reason) == (ReviewStatus.REJECTED, "kept as a statement")


def test_a_publisher_undoes_a_publication():
    event, publisher = make_confirmed(), make_user(role="publisher")
    decision = curation.publish(event, publisher)
    assert curation.undo(decision, publisher).touches_public is True
    assert not Event.objects.published().exists()


@pytest.mark.parametrize(
    ("values", "ok", "said"),
    [
        ({}, True, "the quotes say “Saraqib”: withheld in public"),
        ({"summary": "Shells on Saraqib"}, False, "the summary says “Saraqib”"),
        ({"quotes": "shown"}, True, "shown, an editor looked at them"),
        ({"coarsen_km": None}, None, ""),
    ],
)
def test_of_a_coarsened_event_words_that_name_the_place_are_looked_at(values, ok, said):
    place = make_place("Saraqib", radius_km=2.0)
    event = make_event(place=place, **({"coarsen_km": 5.0} | values))
    make_claim(event, report=make_report("Shells fell on Saraqib."))
    found = {check.key: check for check in curation.publication_checklist(event)}
    assert (found["words"].ok if "words" in found else None) == ok
    assert said in (found["words"].detail if "words" in found else "")


def test_quotes_are_withheld_with_the_place_and_shown_again_without():
    place = make_place("Saraqib", coarsen_km=5.0)
    claim = make_claim(make_event(place=place))
    assert not Claim.objects.quotable().exists()
    place.coarsen_km = None
    place.save()
    assert Claim.objects.quotable().get() == claim
