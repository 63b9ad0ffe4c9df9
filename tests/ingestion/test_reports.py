"""The stair in: what is taken, what is refused, and nothing twice."""

from __future__ import annotations

import datetime as dt

import pytest

from events.exceptions import RejectedReport
from events.ingestion.reports import as_datetime, take_in
from events.models import Report
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def test_a_text_becomes_a_report_with_its_language():
    taken = take_in("قصفت طائرات حربية مدينة إدلب يوم الخميس", make_source())
    assert taken.created
    assert taken.report.language == "ar"
    assert taken.report.status == "new"


def test_the_same_text_is_one_report():
    source = make_source()
    first, second = take_in("Jets struck.", source), take_in("Jets struck.", source)
    assert (first.created, second.created) == (True, False)
    assert first.report == second.report
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("a" * (10 * 1024 * 1024 + 1), "at most 10 MB"),
        ("\x00\x01\x02\x03PNG\x89" * 50, "binary"),
    ],
)
def test_what_is_no_report_is_refused_with_its_reason_and_leaves_nothing(text, hint):
    with pytest.raises(RejectedReport, match=hint):
        take_in(text, make_source())
    assert Report.objects.count() == 0


def test_lone_surrogates_and_nuls_do_not_reach_the_database():
    report = take_in("Jets\ud800 struck\x00 Idlib.", make_source()).report
    report.refresh_from_db()
    assert report.text == "Jets? struck Idlib."


def test_a_bare_day_stays_that_day_in_damascus():
    report = take_in("x y z", make_source(), published_at=dt.date(2020, 2, 20)).report
    assert report.dct == dt.date(2020, 2, 20)
    assert as_datetime(None) is None
