"""Tables of events: the field's own formats, wrong rows named, nothing lost and nothing doubled."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest

from events.exceptions import RejectedReport, RowError
from events.ingestion.tables import load_table, read_table, readers
from events.ingestion.tables.inserting import insert, new_keys
from events.ingestion.tables.rows import day, ordered, widened
from events.models import Event, Place, Source
from events.publishing.exports import OUR_COLUMNS, csv_lines
from events.publishing.features import public_events
from events.vocabulary import ReviewStatus
from tests.factories import make_actor, make_event, make_place, make_source

pytestmark = pytest.mark.django_db

UCDP = (
    "id,type_of_violence,source_headline,where_prec,where_coordinates,adm_1,adm_2,latitude,"
    "longitude,country,date_prec,date_start,date_end,side_a,side_b,low,best,high\n"
)
STRIKE = (
    "101,1,Warplanes hit the market,1,Ariha town,Idlib Governorate,Ariha district,35.81,36.61,"
    "Syria,1,2019-07-27,2019-07-27,Government of Syria,Syrian insurgents,2,4,12\n"
)
SOMEWHERE = (
    "102,3,Killed in their homes,4,Idlib,Idlib Governorate,,35.83,36.67,Syria,4,2019-07-01,"
    "2019-07-31,Government of Syria,Civilians,1,1,1\n"
)
ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,"
    "inter2,country,admin1,location,latitude,longitude,geo_precision,notes,fatalities\n"
)


def rows_of(tmp_path, text, name="table.csv", **options):
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read_table(path, **options))


def load(tmp_path, text, name="table.csv", **options):
    dataset = Source.objects.filter(slug="set").first() or make_source("Set", slug="set")
    return load_table(rows_of(tmp_path, text, name), dataset, **options)


@pytest.mark.parametrize(
    "cell",
    [
        "2020-02-03",
        "2020/2/3",
        "20200203",
        "03.02.2020",
        "03/02/2020",
        "3 February 2020",
        "03 Feb 2020",
        "February 3, 2020",
        "2020-02-03 00:00:00.000",
    ],
)
def test_a_day_is_read_in_the_notations_that_tables_use(cell):
    assert day(cell) == dt.date(2020, 2, 3)


@pytest.mark.parametrize("cell", ["", "soon", "2020-13-01", "30 February 2020", "1/2/20"])
def test_what_is_no_day_is_named(cell):
    with pytest.raises(ValueError, match=r"no day|not a day"):
        day(cell)


def test_figures_are_filled_and_put_in_order():
    assert ordered(None, None, None) == (None, None, None)
    assert ordered(5, 3, None) == (3, 3, 5)
    assert ordered(None, 4, None) == (4, 4, 4)


def test_a_middle_day_becomes_its_interval():
    assert widened(dt.date(2020, 2, 15), "month") == (dt.date(2020, 2, 1), dt.date(2020, 2, 29))


def test_a_ucdp_row_keeps_its_precision_and_its_own_columns(tmp_path):
    load(tmp_path, UCDP + STRIKE + SOMEWHERE, publish=True)
    strike, somewhere = Event.objects.order_by("external_id")
    assert (strike.sub_event_type, strike.geo_precision) == ("air_drone_strike", 1)
    assert (strike.fatalities_low, strike.fatalities_high) == (2, 12)
    assert strike.place.name == "Ariha"
    assert strike.attributes["where_coordinates"] == "Ariha town"
    assert (somewhere.geo_precision, somewhere.time_precision) == (3, "month")
    assert somewhere.sub_event_type == "attack"
    assert somewhere.participations.get(role="target").actor.name == "Civilians"


def test_a_second_import_changes_nothing(tmp_path):
    assert load(tmp_path, UCDP + STRIKE).added == 1
    again = load(tmp_path, UCDP + STRIKE)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert Event.objects.count() == 1


def test_a_changed_row_changes_its_event_with_history(tmp_path):
    load(tmp_path, UCDP + STRIKE)
    assert load(tmp_path, UCDP + STRIKE.replace(",2,4,12", ",2,5,12")).changed == 1
    event = Event.objects.get()
    assert event.fatalities_best == 5
    assert event.history.first().history_change_reason == "changed in a later import"


def test_an_event_that_an_editor_worked_on_is_left_alone(tmp_path):
    load(tmp_path, UCDP + STRIKE)
    Event.objects.update(version=1, fatalities_best=7)
    assert load(tmp_path, UCDP + STRIKE).unchanged == 1
    assert Event.objects.get().fatalities_best == 7


def test_known_places_and_actors_are_linked_and_not_doubled(tmp_path):
    ariha = make_place("Arīḩā", 35.815, 36.605)
    state = make_actor("Government of Syria", kind=1)
    load(tmp_path, UCDP + STRIKE)
    event = Event.objects.get()
    assert event.place == ariha
    assert event.participations.filter(actor=state).exists()


def test_new_places_are_stored_with_history_and_their_governorate(tmp_path):
    governorate = make_place("Idlib Governorate", 35.8, 36.7, kind="governorate", radius_km=60)
    load(tmp_path, UCDP + STRIKE + SOMEWHERE)
    place = Place.objects.get(name="Ariha")
    assert place.parent == governorate
    assert place.history.count() == 1
    assert Event.objects.get(external_id="101").public_place == place


def test_a_governorate_that_is_new_itself_is_a_parent(tmp_path):
    load(tmp_path, UCDP + SOMEWHERE + STRIKE)
    place = Place.objects.get(name="Ariha")
    assert place.parent.kind == "governorate"
    assert load(tmp_path, UCDP + SOMEWHERE + STRIKE).unchanged == 2


def test_an_acled_row_is_read_with_codes_or_words(tmp_path):
    clash = "SYR1,03 February 2020,1,Battles,Armed clash,HTS,Rebel group,Army,1,Syria,Idlib,"
    clash += "Saraqib,35.86,36.80,2,Notes here,10\n"
    load(tmp_path, ACLED + clash)
    event = Event.objects.get()
    assert (event.sub_event_type, event.geo_precision, event.fatalities_best) == (
        "armed_clash",
        2,
        10,
    )
    assert set(event.actors.values_list("name", "kind")) == {("HTS", 2), ("Army", 1)}


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (("35.81,36.61", "135.81,36.61"), "swapped"),
        (("35.81,36.61", "north,36.61"), "not in degrees"),
        (("2019-07-27,2019-07-27", "someday,2019-07-27"), "not a day"),
        (("2019-07-27,2019-07-27", "2019-07-27,2019-07-01"), "before"),
        ((",2,4,12", ",2,many,12"), "many"),
        (("101,1", ",1"), "no id"),
        ((",2,4,12", ",2,4"), "cells instead of"),
        (("hit the market,1", "hit the market,9"), "where_prec"),
        (("101,1", f"{'9' * 101},1"), "more than 100"),
        (("2019-07-27,2019-07-27", "0219-07-27,0219-07-27"), "not in the years"),
    ],
)
def test_a_wrong_row_is_named_with_its_line_and_the_rest_loads(tmp_path, change, hint):
    text = UCDP + SOMEWHERE + STRIKE.replace(*change)
    outcome = load(tmp_path, text)
    assert outcome.added == 1
    [error] = outcome.errors
    assert error.line == 3
    assert hint in error.reason


def test_all_or_nothing_leaves_nothing_of_a_file_with_a_wrong_row(tmp_path):
    text = UCDP + STRIKE + SOMEWHERE.replace("2019-07-01", "never")
    with pytest.raises(RejectedReport, match="line 3"):
        load(tmp_path, text, all_or_nothing=True)
    assert Event.objects.count() == 0


def test_a_dry_run_says_what_it_would_do_and_does_nothing(tmp_path):
    outcome = load(tmp_path, UCDP + STRIKE, dry_run=True)
    assert outcome.added == 1
    assert Event.objects.count() == 0


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_and_a_byte_order_mark_are_read(tmp_path, delimiter):
    text = "\ufeff" + (UCDP + STRIKE).replace(",", delimiter)
    [row] = rows_of(tmp_path, text)
    assert row.external_id == "101"


def test_a_packed_table_is_read_and_a_truncated_one_keeps_what_was_whole(tmp_path):
    packed = gzip.compress((UCDP + STRIKE).encode())
    [row] = rows_of(tmp_path, packed, "t.csv.gz")
    assert row.external_id == "101"
    with pytest.raises(RejectedReport, match="cannot be read"):
        rows_of(tmp_path, packed[:-10], "u.csv.gz")


@pytest.mark.parametrize(
    ("text", "hint"),
    [("", "empty"), ("a,b\n1,2\n", "lacks the columns"), ("\x00\x00", "lacks the columns")],
)
def test_what_is_no_table_says_so(tmp_path, text, hint):
    with pytest.raises(RejectedReport, match=hint):
        rows_of(tmp_path, text)


def test_our_own_export_comes_back_as_the_same_events(tmp_path):
    place = make_place("Ariha", 35.81, 36.61)
    event = make_event(
        place=place,
        status=ReviewStatus.PUBLISHED,
        fatalities_low=2,
        fatalities_best=4,
        fatalities_high=12,
        summary="=1+1",
        end_date=dt.date(2020, 2, 22),
    )
    event.participations.create(actor=make_actor("Russian Air Force"))
    text = "".join(csv_lines(public_events(Event.objects.published()), "https://x"))
    Event.objects.all().delete()
    load(tmp_path, text)
    copy = Event.objects.get()
    for name in ("sub_event_type", "start_date", "end_date", "latitude", "place", "summary"):
        assert getattr(copy, name) == getattr(event, name), name
    assert list(copy.actors.values_list("name", flat=True)) == ["Russian Air Force"]


@pytest.mark.parametrize("radius", ["nan", "inf", "-1", "1e300"])
def test_a_radius_that_is_none_is_refused(tmp_path, radius):
    header = "id,sub_event_type,start_date,latitude,longitude,radius_km\n"
    [error] = rows_of(tmp_path, f"{header}1,Armed clash,2020-02-20,35.8,36.6,{radius}\n")
    assert "radius_km" in error.reason


def test_letters_that_no_database_holds_take_no_other_row_with_them(tmp_path):
    text = UCDP + STRIKE.replace("Ariha town", "Ariha\x00 town") + SOMEWHERE
    assert load(tmp_path, text).added == 2
    properties = {"sub_event_type": "Attack", "start_date": "2020-02-20", "place": "A\x00\ud800b"}
    feature = {
        "type": "Feature",
        "id": "f\x001",
        "geometry": {"type": "Point", "coordinates": [36.61, 35.81]},
        "properties": properties,
    }
    body = json.dumps({"type": "FeatureCollection", "features": [feature]})
    assert load(tmp_path, body, "x.geojson").added == 1
    assert Event.objects.get(external_id="f1").place.name == "A?b"


def test_geojson_features_are_events(tmp_path):
    feature = {
        "type": "Feature",
        "id": "f1",
        "geometry": {"type": "Point", "coordinates": [36.61, 35.81]},
        "properties": {"sub_event_type": "Armed clash", "start_date": "2020-02-20"},
    }
    broken = [None, {"geometry": None}, {"geometry": []}, {"properties": [1]}]
    features = [feature, *(each and {**feature, **each} for each in broken)]
    body = json.dumps({"type": "FeatureCollection", "features": features})
    good, *bad = rows_of(tmp_path, body, "x.geojson")
    assert (good.lat, good.external_id) == (35.81, "f1")
    assert len(bad) == 4
    assert all(isinstance(each, RowError) for each in bad)


def test_the_real_ucdp_table_goes_in_and_comes_out_column_by_column(shared, tmp_path):
    import csv
    import io

    path = shared / "data" / "events" / "ucdp_ged_sample_syria265_49col.csv"
    dataset = make_source("UCDP GED", slug="ucdp-ged", kind="dataset")
    outcome = load_table(read_table(path), dataset, publish=True)
    assert (outcome.added, outcome.errors) == (265, [])
    text = "".join(csv_lines(public_events(Event.objects.published()), "https://x", "ucdp"))
    ours = {r["id"]: r for r in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    with path.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            theirs = {k: v for k, v in row.items() if not v.startswith(tuple("=+-@|%"))}
            assert theirs.items() <= ours[row["id"]].items()


def test_a_packed_line_that_never_ends_is_refused_without_being_held(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "LONGEST_CELL", 1000)
    path = tmp_path / "bomb.csv.gz"
    header = ",".join(OUR_COLUMNS)
    path.write_bytes(gzip.compress(f"{header}\n".encode() + b"x" * 5000))
    with pytest.raises(RejectedReport, match="a line has more than"):
        list(read_table(path))


def test_a_json_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "MOST_JSON", 1000)
    path = tmp_path / "bomb.geojson.gz"
    path.write_bytes(gzip.compress(b" " * 5000))
    with pytest.raises(RejectedReport, match="million characters"):
        list(read_table(path))


def test_new_rows_have_their_keys_and_the_sequence_goes_on():
    place, day = make_place("Ariha"), dt.date(2020, 2, 1)
    first, second = new_keys(Event, 2)
    names = ("id", "uid", "start_date", "place_id", "sub_event_type")
    rows = [(key, f"uid{key}", day, place.pk, "shelling") for key in (first, second)]
    insert(Event, names, rows, {"summary": "the same in all"})
    event = Event.objects.get(pk=first)
    assert (event.uid, event.place, event.start_date) == (f"uid{first}", place, day)
    assert (event.attributes, event.summary, event.status) == ({}, "the same in all", "candidate")
    event.full_clean(exclude=["attributes"])
    later = Event.objects.create(start_date=day, sub_event_type="shelling")
    assert later.pk not in (first, second)
    assert later.pk not in new_keys(Event, 5)


def test_keys_of_deleted_rows_are_not_given_again():
    event = make_event()
    gone = event.pk
    event.delete()
    assert gone not in new_keys(Event, 3)
