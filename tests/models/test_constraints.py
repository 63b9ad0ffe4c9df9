"""What the database itself refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from events.models import Claim, Event, Place
from tests.factories import make_claim, make_event, make_place, make_report

pytestmark = pytest.mark.django_db


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("lat", "lon"), [(91, 0), (-91, 0), (0, 181), (0, -181), (35.0, None), (None, 36.0)]
)
def test_a_point_is_whole_and_in_range_or_not_there(lat, lon):
    place, event = make_place(), make_event()
    for model, row in ((Place, place), (Event, event)):
        rows = model.objects.filter(pk=row.pk)
        refused(lambda rows=rows: rows.update(latitude=lat, longitude=lon))
        rows.update(latitude=None, longitude=None)


def test_an_event_does_not_end_before_it_starts():
    event = make_event(start_date=dt.date(2020, 2, 2))
    rows = Event.objects.filter(pk=event.pk)
    refused(lambda: rows.update(end_date=dt.date(2020, 2, 1)))


def test_figures_are_in_order_or_not_there():
    rows = Event.objects.filter(pk=make_event().pk)
    refused(lambda: rows.update(fatalities_low=3, fatalities_best=2, fatalities_high=4))
    rows.update(fatalities_low=1, fatalities_best=2, fatalities_high=2)


def test_a_report_makes_one_claim_of_an_event_in_a_sentence():
    event, report = make_event(), make_report()
    make_claim(event, report=report)
    refused(lambda: make_claim(event, report=report))


def test_a_claims_sentence_has_a_length():
    claim = make_claim(make_event())
    refused(lambda: Claim.objects.filter(pk=claim.pk).update(sentence_end=claim.sentence_start))


def test_a_published_event_has_a_day_and_a_point():
    event = make_event(status="published")
    rows = Event.objects.filter(pk=event.pk)
    refused(lambda: rows.update(start_date=None))
    refused(lambda: rows.update(latitude=None, longitude=None))
