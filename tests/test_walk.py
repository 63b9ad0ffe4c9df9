"""The demo's walk: what was approved is published, what was not waits, twice is once."""

from __future__ import annotations

import json

import pytest

from events.ingestion.fixtures import compile_fixture
from events.management.walk import walk
from events.models import Event, Report
from tests.factories import make_actor, make_place, make_place_name, make_source

pytestmark = pytest.mark.django_db
PLACES = """slug,name,kind,parent,lat,lon,radius_km,country,ar,names,valid_from,valid_to,ref,note
saraqib,Saraqib,town,,35.86,36.80,2,SY,,,,,,
ariha,Ariha,town,,35.81,36.61,2,SY,,,,,,
"""
REPORT = '''slug = "one"
source = "monitor"
title = "Shells and jets"
published = 2020-02-20
language = "en"
text = """
Shells fell on the town of Saraqib on Thursday, killing four people, rescuers said.

On Wednesday warplanes struck the market of Ariha.

Elders of both towns met quietly behind closed doors.
"""
[[events]]
sub_type = "shelling"
start = 2020-02-20
end = 2020-02-20
place = "saraqib"
geo_precision = 1
actors = ["army"]
fatalities = [4, 4, 4]
quote = "Shells fell on the town of Saraqib on Thursday, killing four people, rescuers said."
[[events]]
sub_type = "agreement"
start = 2020-02-19
end = 2020-02-19
place = "ariha"
geo_precision = 1
actors = []
quote = "Elders of both towns met quietly behind closed doors."
'''


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "demo").mkdir()
    (tmp_path / "tables" / "places.csv").write_text(PLACES)
    (tmp_path / "demo" / "one.toml").write_text(REPORT)
    rows = compile_fixture(tmp_path, "demo")
    (tmp_path / "demo.json").write_text(json.dumps(rows))
    make_source("Monitor", slug="monitor")
    make_actor("Army", slug="army", kind=1)
    for name, lat, lon in (("Saraqib", 35.86, 36.80), ("Ariha", 35.81, 36.61)):
        make_place_name(make_place(name, lat, lon), name)
    return tmp_path


def run(folder):
    return walk(folder, lambda number, of: None)


def test_approved_events_are_published_and_the_rest_waits(folder):
    tally = run(folder)
    assert tally.reports == 1
    assert tally.as_read + tally.corrected + tally.added == 2
    assert Event.objects.published().count() == 2
    strike = Event.objects.candidates().get()
    assert strike.sub_event_type == "air_drone_strike"


def test_an_event_that_the_parser_found_is_its_own_candidate_adopted(folder):
    run(folder)
    shelling = Event.objects.published().get(sub_event_type="shelling")
    reasons = [row.history_change_reason for row in shelling.history.all()]
    assert reasons[-1].startswith("read by the parser")
    assert reasons[0].startswith("approved by the demo's editors")
    assert shelling.claims.get().quote.startswith("Shells fell")
    assert list(shelling.actors.values_list("slug", flat=True)) == ["army"]


def test_an_event_that_the_parser_missed_is_added_as_the_editors_coded_it(folder):
    tally = run(folder)
    assert tally.added == 1
    added = Event.objects.published().get(sub_event_type="agreement")
    assert "not found by the parser" in added.history.first().history_change_reason
    assert added.claims.get().quote.startswith("Elders")


def test_walking_twice_is_walking_once(folder):
    run(folder)
    before = (Report.objects.count(), Event.objects.count())
    assert run(folder).reports == 0
    assert (Report.objects.count(), Event.objects.count()) == before
