"""Our tables: slips are named with their line, the JSON agrees, loading twice is loading once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from events.ingestion.fixtures import FIXTURES, TableError, compile_fixture
from events.ingestion.fixtures.loading import load_missing
from events.models import Actor, Event, Place, PlaceName, Report

ROOT = Path(__file__).parents[2] / "fixtures"
HEAD = "slug,name,kind,parent,lat,lon,radius_km,country,ar,names,valid_from,valid_to,ref,note\n"


def compile_places(tmp_path, body):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "places.csv").write_text(HEAD + body)
    return compile_fixture(tmp_path, "gazetteer")


def test_a_row_becomes_a_place_and_its_spellings(tmp_path):
    rows = compile_places(tmp_path, "a,Ariha,town,,35.8,36.6,2,SY,أريحا,en:Areeha|ru:Ариха,,,x,\n")
    assert [r["model"] for r in rows] == ["events.place"] + ["events.placename"] * 4
    assert rows[0]["fields"]["latitude"] == 35.8
    assert {r["fields"]["text"] for r in rows[1:]} == {"Ariha", "أريحا", "Areeha", "Ариха"}


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("a,Ariha,town,,95.8,36.6,2,SY,,,,,,\n", "95.8 is not within"),
        ("a,Ariha,town,,north,36.6,2,SY,,,,,,\n", "north"),
        ("a,Ariha,castle in the air,,35.8,36.6,2,SY,,,,,,\n", "castle in the air"),
        ("a,Ariha,town,nowhere,35.8,36.6,2,SY,,,,,,\n", "unknown parent nowhere"),
        ("a,Ariha,town,a,35.8,36.6,2,SY,,,,,,\n", "own ancestor"),
        ("a,Ariha,town,,35.8,36.6,2,SY,,,,,,\na,B,town,,1,1,1,SY,,,,,,\n", "line 3"),
        ("a,Ariha,town,,35.8,36.6,2,SY,,Areeha,,,,\n", "without its language"),
        ("a,Ariha,town,,35.8\n", "wrong number of columns"),
        ("a,Ariha,town,,35.8,36.6,2,SY,,,2018,,,\n", "2018"),
    ],
)
def test_a_slip_in_a_row_is_named(tmp_path, body, hint):
    with pytest.raises(TableError, match=hint):
        compile_places(tmp_path, body)


@pytest.mark.parametrize("name", FIXTURES)
def test_the_json_agrees_with_the_tables(name):
    from events.management.commands.make_fixtures import as_json

    text = (ROOT / f"{name}.json").read_text(encoding="utf-8")
    assert text == as_json(compile_fixture(ROOT, name)), "run manage.py make_fixtures"


def rows_of(*names):
    return [r for n in names for r in json.loads((ROOT / f"{n}.json").read_text("utf-8"))]


@pytest.mark.django_db
def test_fixtures_load_by_name_over_what_is_there():
    """`loaddata` goes over each row by natural key; the long gazetteer only in `.ci/run walk`."""
    rows = rows_of("gazetteer")
    load_missing(rows_of(*FIXTURES[:3]))
    for _ in range(2):
        call_command("loaddata", *FIXTURES[1:], verbosity=0)
    assert Place.objects.count() + PlaceName.objects.count() == len(rows)
    assert Report.objects.count() >= 40
    assert Event.objects.published().count() >= 120


@pytest.mark.django_db
def test_bulk_loading_gives_what_loaddata_gives():
    rows = rows_of("actors", "sources")
    assert load_missing(rows) == len(rows)
    assert load_missing(rows) == 0
    wanted = ("slug", "name", "parent__slug", "kind", "names__text", "periods__valid_from")
    bulk = sorted(Actor.objects.values_list(*wanted), key=str)
    Actor.objects.update(parent=None)
    Actor.objects.all().delete()
    call_command("loaddata", "actors", verbosity=0)
    assert sorted(Actor.objects.values_list(*wanted), key=str) == bulk


@pytest.mark.django_db
def test_a_slug_with_the_shape_of_a_day_stays_a_slug(tmp_path):
    load_missing(compile_places(tmp_path, "rasm-al-is,Rasm al-Is,village,,36,37,1,SY,,,,,,\n"))
    assert Place.objects.get().slug == "rasm-al-is"


@pytest.mark.django_db
def test_bulk_loading_leaves_an_editors_correction_alone():
    rows = json.loads((ROOT / "sources.json").read_text(encoding="utf-8"))
    load_missing(rows)
    from events.models import Source

    source = Source.objects.first()
    source.name = "Corrected"
    source.save()
    load_missing(rows)
    source.refresh_from_db()
    assert source.name == "Corrected"
