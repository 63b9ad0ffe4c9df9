"""The machine's reasons taken apart and said again in the reader's language."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from events.admin.reasons import is_known, reason_text
from events.geoparsing.document import Document
from tests.geoparsing.test_gold import make_geoparser

DEMO = sorted((Path(__file__).parents[2] / "fixtures" / "demo").glob("*.toml"))


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("spelling known", "spelling known"),
        (
            'date from "Tuesday": weekday before the report of 2018-02-16',
            "from “Tuesday”: weekday before the report of 16 Feb 2018",
        ),
        (
            'date from "two weeks ago": W -2 from the report of 2018-02-16, so far',
            "from “two weeks ago”: 2 weeks before the report of 16 Feb 2018, so far",
        ),
        ("+1 day from 2018-02-16", "1 day after 16 Feb 2018"),
        ("D +0 from 2018-02-16", "the same day as 16 Feb 2018"),
        (
            'date from "a; b, c": length of time, from the day last mentioned, 2017-11-08',
            "from “a; b, c”: length of time, from the day last mentioned, 8 Nov 2017",
        ),
        ("corrected: geo_precision", "corrected: place precision"),
        ("a person wrote this, as people do", "a person wrote this, as people do"),
        ("", ""),
    ],
)
def test_a_reason_is_said_with_days_as_days_are_written(reason, said):
    with override("en"):
        assert reason_text(reason) == said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("41 km from Surman; spelling known", "على بعد 41 كم من Surman؛ تهجئة معروفة"),
        ("W -2 from the report of 2018-02-16", "قبل أسبوعين من تقرير 16 شباط 2018"),
        ('type from "bombed" with "jets"', "النوع من «bombed» مع «jets»"),
        ("the crossing of Abu al-Duhur", "معبر حدودي في Abu al-Duhur"),
        ("nothing that is known", "nothing that is known"),
    ],
)
def test_a_reason_is_said_in_arabic(reason, said):
    with override("ar"):
        assert reason_text(reason) == said


def reasons_of(doc: Document) -> Iterator[str]:
    for toponym in doc.toponyms:
        yield toponym.reason
        for candidate in toponym.candidates:
            yield from candidate.reasons
    yield from (time.reason for time in doc.times)
    for event in doc.events:
        yield from (event.date_reason, *event.reasons)


def test_the_reasons_that_the_demos_reports_are_read_with_can_be_translated():
    parser, told = make_geoparser(), []
    for path in DEMO:
        report = tomllib.loads(path.read_text("utf-8"))
        doc = parser.parse(report["text"], dct=report["published"], language=report["language"])
        told += [reason for reason in reasons_of(doc) if reason]
    unknown = [reason for reason in told if not is_known(reason)]
    assert len(unknown) / len(told) < 0.02, sorted(set(unknown))


@pytest.mark.parametrize("piece", ["a, ", "of of ", '"; ', "near ", "from x: ", "D -1 from "])
def test_a_hostile_reason_takes_no_time(piece):
    started = time.process_time()
    reason_text(piece * 5000)
    assert time.process_time() - started < 0.5
