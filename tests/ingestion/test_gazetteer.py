"""Foreign gazetteers: read, matched, de-duplicated, and never over an editor's correction."""

from __future__ import annotations

import gzip
import json

import pytest

from events.exceptions import RejectedReport, RowError
from events.ingestion.gazetteer import load_records, read_gazetteer
from events.models import Place, PlaceName
from tests.factories import make_place, make_place_name

pytestmark = pytest.mark.django_db


def geonames_row(identifier="1", name="Saraqib", lat="35.86", lon="36.80", code="PPL", **other):
    row = [""] * 19
    row[0], row[1], row[2], row[4], row[5], row[6] = identifier, name, name, lat, lon, "P"
    row[3], row[7], row[8] = other.get("names", "Saraqeb,سراقب"), code, "SY"
    row[14] = other.get("population", "30000")
    return "\t".join(row)


def load(tmp_path, text, name="places.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load_records(read_gazetteer(path))


def test_a_geonames_row_becomes_a_place_with_its_spellings(tmp_path):
    outcome = load(tmp_path, geonames_row())
    place = Place.objects.get()
    assert outcome.added == 1
    assert (place.name, place.kind, place.name_ar) == ("Saraqib", "town", "سراقب")
    assert place.external_ids == {"geonames": "1"}
    assert set(place.names.values_list("text", flat=True)) == {"Saraqib", "Saraqeb", "سراقب"}


def test_loading_again_changes_nothing(tmp_path):
    load(tmp_path, geonames_row())
    outcome = load(tmp_path, geonames_row())
    assert (outcome.added, outcome.matched, outcome.names) == (0, 1, 0)
    assert PlaceName.objects.count() == 3


def test_the_same_folded_name_within_three_km_is_one_place(tmp_path):
    held = make_place("Sarāqib", 35.87, 36.80)
    outcome = load(tmp_path, geonames_row())
    assert outcome.matched == 1
    assert Place.objects.get() == held
    assert Place.objects.get().external_ids == {"geonames": "1"}


def test_the_same_name_farther_away_is_another_place(tmp_path):
    make_place("Saraqib", 36.5, 37.2)
    assert load(tmp_path, geonames_row()).added == 1


def test_a_site_stays_apart_from_the_village_it_is_named_after(tmp_path):
    make_place("Saraqib", 35.86, 36.80, kind="village")
    assert load(tmp_path, geonames_row(code="AIRB")).added == 1
    assert set(Place.objects.values_list("kind", flat=True)) == {"village", "air_base"}


def test_an_editors_correction_stays(tmp_path):
    load(tmp_path, geonames_row())
    place = Place.objects.get()
    place.latitude, place.name = 35.9, "Saraqib (corrected)"
    place.save()
    make_place_name(place, "Saraqeb town")
    load(tmp_path, geonames_row())
    place.refresh_from_db()
    assert (place.latitude, place.name) == (35.9, "Saraqib (corrected)")
    assert place.names.filter(text="Saraqeb town").exists()


def test_bad_rows_are_named_and_the_good_ones_load(tmp_path):
    rows = [
        geonames_row("1"),
        "too\tshort",
        geonames_row("2", "Nowhere", lat="north"),
        geonames_row("3", "Swapped", lat="136.8", lon="35.8"),
    ]
    outcome = load(tmp_path, "\n".join(rows))
    assert outcome.added == 1
    assert [e.line for e in outcome.errors] == [2, 3, 4]
    assert "columns" in outcome.errors[0].reason
    assert "swapped" in outcome.errors[2].reason


def test_who_is_on_first_and_our_own_csv_are_recognised(tmp_path):
    wof = "wof_id,gn_id,placetype,name,lat,lon,region_id,county_id,population,src,names\n"
    wof += "7,1,locality,Ariha,35.81,36.61,1,2,,geonames,ara:أريحا|eng:Areeha\n"
    assert load(tmp_path, wof, "wof.csv").added == 1
    own = "slug,name,kind,lat,lon,ar,names\nx,Kafr X,village,35.5,36.5,كفر,en:Kefr X\n"
    assert load(tmp_path, own, "own.csv").added == 1
    assert Place.objects.get(name="Ariha").name_ar == "أريحا"


def test_open_syria_areas_are_matched_by_name(tmp_path):
    held = make_place("Idlib Governorate", 35.83, 36.67, kind="governorate", radius_km=45)
    row = {
        "id": "sy-idlib",
        "name": {"en": "Idlib Governorate", "ar": "محافظة إدلب"},
        "centroid": {"latitude": 35.8, "longitude": 36.6},
        "externalIds": {"geonames": "169387"},
        "population": None,
    }
    outcome = load(tmp_path, json.dumps([row]), "areas.json")
    assert outcome.matched == 1
    held.refresh_from_db()
    assert held.external_ids["geonames"] == "169387"


def test_a_packed_file_is_unpacked_and_a_truncated_one_is_named(tmp_path):
    packed = gzip.compress(geonames_row().encode())
    good, bad = tmp_path / "a.txt.gz", tmp_path / "b.txt.gz"
    good.write_bytes(packed)
    bad.write_bytes(packed[:-12])
    assert load_records(read_gazetteer(good)).added == 1
    with pytest.raises(RejectedReport, match="cannot be read"):
        list(read_gazetteer(bad))
    assert Place.objects.count() == 1


def test_an_unknown_format_is_refused(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("hello\nworld")
    with pytest.raises(RejectedReport, match="not a gazetteer format"):
        list(read_gazetteer(path))


def test_area_codes_are_learned_from_the_places_that_carry_them(tmp_path):
    idlib = make_place("Idlib Governorate", 35.8, 36.6, kind="governorate")
    homs = make_place("Homs Governorate", 34.7, 37.5, kind="governorate")
    ariha = make_place("Ariha District", 35.8, 36.6, kind="district", parent=idlib)
    make_place("Homs District", 34.7, 36.8, kind="district", parent=homs)
    rows = [geonames_row(str(n), f"Village {n}", lat=f"35.8{n}") for n in range(1, 5)]
    stray = geonames_row("9", "Stray", lat="34.9")
    text = "\n".join(with_codes(row, "12", "121") for row in [*rows, stray])
    load(tmp_path, text)
    assert {p.parent for p in Place.objects.filter(kind="town")} == {ariha}


def with_codes(row: str, admin1: str, admin2: str) -> str:
    columns = row.split("\t")
    columns[10], columns[11] = admin1, admin2
    return "\t".join(columns)


def test_the_shared_gazetteer_gives_nine_thousand_places(shared):
    path = shared / "data" / "gazetteer" / "wof_sy_places.csv.gz"
    items = list(read_gazetteer(path))
    assert not [item for item in items if isinstance(item, RowError)]
    assert load_records(items).added > 9000
