"""Real clients: GDAL reads API and exports, schemathesis tries the API against its description."""

from __future__ import annotations

import json
import shutil
import subprocess

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.factories import (
    make_actor,
    make_participation,
    make_place,
    make_published_event,
    make_report,
    make_source,
)

BOX = (36.0, 35.5, 36.7, 36.0)
needs_gdal = pytest.mark.skipif(
    shutil.which("ogrinfo") is None, reason="needs GDAL's tools: apt-get install gdal-bin"
)


def make_events() -> list[str]:
    """Events at a dozen places; the ids of those in BOX."""
    inside = []
    for number in range(12):
        lat, lon = 35.3 + number * 0.1, 36.2 + number * 0.1
        report = make_report(source=make_source())
        place = make_place(f"Village {number}", lat, lon, name_ar="قرية")
        event = make_published_event(place=place, report=report, fatalities_best=number)
        make_participation(event, make_actor())
        if BOX[0] <= lon <= BOX[2] and BOX[1] <= lat <= BOX[3]:
            inside.append(event.uid)
    return sorted(inside)


def run(*command: str) -> str:
    """What a tool of GDAL prints; its complaint when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_gdal
@pytest.mark.django_db(transaction=True)
def test_gdal_lists_the_layer_with_its_count_and_extent(live_server):
    make_events()
    told = run("ogrinfo", "-so", "-al", f"OAPIF:{live_server.url}/api")
    assert "Layer name: events" in told
    assert "Feature Count: 12" in told
    assert "Extent: (36.200000, 35.300000) - (37.300000, 36.400000)" in told
    assert "Layer name: places" in told
    assert "Layer name: reports" in told


@needs_gdal
@pytest.mark.django_db(transaction=True)
def test_gdal_selects_by_space_what_the_bbox_filter_selects(live_server, client):
    inside = make_events()
    box = ",".join(map(str, BOX))
    body = client.get("/api/collections/events/items", {"bbox": box}).json()
    assert sorted(f["id"] for f in body["features"]) == inside
    told = run(
        *("ogrinfo", "-al", "-spat", *map(str, BOX)), f"OAPIF:{live_server.url}/api", "events"
    )
    ids = [line.split(" = ")[1] for line in told.splitlines() if line.strip().startswith("id (")]
    assert sorted(ids) == inside


@needs_gdal
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["geojson", "csv", "kml"])
def test_gdal_reads_every_export(client, tmp_path, kind):
    make_events()
    source, target = tmp_path / f"events.{kind}", tmp_path / "out.geojson"
    source.write_bytes(b"".join(client.get(f"/export/events.{kind}").streaming_content))
    options = ["-oo", "X_POSSIBLE_NAMES=longitude", "-oo", "Y_POSSIBLE_NAMES=latitude"]
    run("ogr2ogr", "-f", "GeoJSON", str(target), str(source), *(options if kind == "csv" else []))
    features = json.loads(target.read_text("utf-8"))["features"]
    points = sorted(tuple(map(round3, f["geometry"]["coordinates"][:2])) for f in features)
    assert points == [(round3(36.2 + n * 0.1), round3(35.3 + n * 0.1)) for n in range(12)]


def round3(number: float) -> float:
    return round(number, 3)


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]
BOUNDED = hypothesis.settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.fixture
def described(db):
    """The API's own description, tried against the application in this process."""
    signals = (request_started, request_finished)
    for signal in signals:  # the test's own transaction must outlive each request
        signal.disconnect(close_old_connections)
    yield operations()
    for signal in signals:
        signal.connect(close_old_connections)


def operations():
    """The operations of the description, by method and path."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    return {f"{o.method} {o.path}": o for o in (r.ok() for r in schema.get_all_operations())}


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_nothing_that_is_asked_breaks_the_api_or_its_description(described, mode):
    make_events()
    assert len(described) > 10
    for operation in described.values():
        strategy = operation.as_strategy(generation_mode=mode)

        @BOUNDED
        @hypothesis.given(case=strategy)
        def once(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        once()


def test_what_is_there_is_as_described(described):
    inside = make_events()
    item = described["get /collections/events/items/{uid}"]
    items = described["get /collections/events/items"]
    tile = described["get /tiles/{z}/{x}/{y}"]
    for case in (
        item.Case(path_parameters={"uid": inside[0]}),
        item.Case(path_parameters={"uid": inside[0]}, query={"f": "html"}),
        items.Case(query={"limit": 3, "bbox": "36,35,37,36", "datetime": "2020-01-01/.."}),
        items.Case(query={"type": "explosions", "precision": "exact", "q": "jets"}),
        tile.Case(path_parameters={"z": 6, "x": 38, "y": 25}),
    ):
        response = case.call_and_validate(checks=CHECKS)
        assert response.status_code == 200
