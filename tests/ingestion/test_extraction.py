"""A report becomes mentions and candidates; reading again keeps what editors decided."""

from __future__ import annotations

import pytest

from events.ingestion.extraction import extract
from events.ingestion.knowledge import load_geoparser
from events.models import Claim, Event, Mention, Place
from events.vocabulary import MentionStatus, ReportStatus, ReviewStatus
from tests.factories import make_actor, make_place, make_place_name, make_report

pytestmark = pytest.mark.django_db
TEXT = (
    "Shells fell on the town of Saraqib on Thursday, killing four people, rescuers said.\n\n"
    "On Friday warplanes struck the market of Ariha."
)


@pytest.fixture
def geoparser():
    syria = make_place("Syria", 35.0, 38.0, kind="country", country="SY", radius_km=300)
    idlib = make_place(
        "Idlib Governorate", 35.83, 36.67, kind="governorate", parent=syria, radius_km=45
    )
    for name, lat, lon in (("Saraqib", 35.86, 36.80), ("Ariha", 35.81, 36.61)):
        make_place_name(make_place(name, lat, lon, parent=idlib), name)
    make_actor("Civilians", kind=7)
    return load_geoparser()


@pytest.fixture
def report():
    return make_report(TEXT, status=ReportStatus.NEW)


def test_places_become_mentions_with_candidates_and_reasons(geoparser, report):
    extract(report, geoparser)
    mentions = {m.text: m for m in Mention.objects.all()}
    assert {"Saraqib", "Ariha"} <= set(mentions)
    saraqib = mentions["Saraqib"]
    assert saraqib.place == Place.objects.get(name="Saraqib")
    assert TEXT[saraqib.start : saraqib.end] == "Saraqib"
    assert saraqib.candidates[0]["reasons"]
    assert saraqib.reason


def test_what_happened_becomes_candidates_with_quoted_claims(geoparser, report):
    extract(report, geoparser)
    assert Event.objects.candidates().count() >= 2
    assert Event.objects.published().count() == 0
    claim = Claim.objects.filter(event__place__name="Saraqib").first()
    assert claim.quote.startswith("Shells fell")
    assert claim.event.fatalities_best == 4
    assert str(claim.event.start_date) == "2020-02-20"


def test_the_report_waits_for_an_editor_afterwards(geoparser, report):
    extract(report, geoparser)
    report.refresh_from_db()
    assert report.status == ReportStatus.READ
    assert report.parser_version


def test_reading_again_adds_nothing(geoparser, report):
    extract(report, geoparser)
    before = (Mention.objects.count(), Event.objects.count(), Claim.objects.count())
    extract(report, geoparser)
    assert (Mention.objects.count(), Event.objects.count(), Claim.objects.count()) == before


def test_reading_again_keeps_what_an_editor_decided(geoparser, report):
    extract(report, geoparser)
    mention = Mention.objects.get(text="Ariha")
    mention.status, mention.place = MentionStatus.NOT_IDENTIFIABLE, None
    mention.save()
    rejected = Event.objects.filter(place__name="Saraqib").first()
    rejected.status, rejected.version = ReviewStatus.REJECTED, 1
    rejected.save()
    number = Event.objects.count()
    extract(report, geoparser)
    mention.refresh_from_db()
    assert mention.status == MentionStatus.NOT_IDENTIFIABLE
    assert Event.objects.filter(pk=rejected.pk, status=ReviewStatus.REJECTED).exists()
    assert Event.objects.count() == number


def test_a_defect_of_the_parser_sets_the_report_aside(report):
    class Broken:
        def parse(self, *args):
            raise RuntimeError("a defect")

    assert "a defect" in extract(report, Broken()).failed
    report.refresh_from_db()
    assert report.status == ReportStatus.FAILED
    assert "a defect" in report.status_note
    assert Mention.objects.count() == 0


def test_a_place_of_the_worlds_list_is_added_once(geoparser):
    for text in ("A delegation flew to Paris.", "The talks in Paris went on."):
        extract(make_report(text, status=ReportStatus.NEW), geoparser)
    assert Place.objects.filter(slug="paris").count() == 1


def test_everything_the_machine_wrote_has_history_with_its_reason(geoparser, report):
    extract(report, geoparser)
    event = Event.objects.first()
    assert event.history.first().history_change_reason.startswith("read by the parser")


def test_what_is_read_first_into_an_empty_database_takes_no_place_from_what_is_read_next():
    towns = ("Saraqib", "Binnish", "Idlib")
    reports = [make_report(f"Jets struck the market of {t} on Monday, killing two.") for t in towns]
    for report in reports:
        extract(report, load_geoparser())
    assert [m.text for r in reports for m in r.mentions.all()] == list(towns)
