"""The base map: how it is made, and what the delivered file shows."""

from __future__ import annotations

import csv
import itertools
import json
import struct
from pathlib import Path
from typing import Any

import pytest

from events.publishing.basemap import planar, topology
from events.publishing.basemap.compilation import deltas
from events.publishing.basemap.shapefile import Line, read_lines
from events.publishing.basemap.topology import BORDER, COAST, GOVERNORATE

ROOT = Path(__file__).resolve().parents[2]
REGION = ROOT / "static" / "basemap" / "region.json"
PLACES = ROOT / "fixtures" / "tables" / "places.csv"

SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
CUT = [(50, 0), (50, 100)]


def make_shapefile(path: Path, kind: int, points: Line) -> Path:
    flat = [value / 10_000 for point in points for value in point]
    xs, ys = flat[::2], flat[1::2]
    box = struct.pack("<4d", min(xs), min(ys), max(xs), max(ys))
    counts = struct.pack("<iii", 1, len(points), 0)
    body = struct.pack("<i", kind) + box + counts + struct.pack(f"<{len(flat)}d", *flat)
    path.write_bytes(bytes(100) + struct.pack(">ii", 1, len(body) // 2) + body)
    return path


def make_faces(**lines: list[Line]) -> list[topology.Face]:
    return topology.build_faces(topology.build_arcs(topology.snap_ends(lines, 5)))


@pytest.mark.parametrize("kind", [3, 5])
def test_lines_and_polygons_are_read_in_whole_units(tmp_path: Path, kind: int) -> None:
    path = make_shapefile(tmp_path / "a.shp", kind, [(360_000, 350_000), (361_234, 350_001)])
    assert read_lines(path, (35, 34, 37, 36)) == [[(360_000, 350_000), (361_234, 350_001)]]


def test_records_outside_the_bounds_are_passed_over(tmp_path: Path) -> None:
    path = make_shapefile(tmp_path / "a.shp", 3, [(10, 10), (20, 20)])
    assert read_lines(path, (35, 34, 37, 36)) == []


def test_a_line_that_ends_out_of_reach_divides_nothing() -> None:
    faces = make_faces(coast=[SQUARE], governorate=[[(50, 0), (50, 90)]])
    assert [face.area for face in faces] == [10_000]


def test_a_line_that_ends_near_a_segment_is_tied_to_it() -> None:
    faces = make_faces(coast=[SQUARE], governorate=[[(50, 3), (50, 98)]])
    assert len(faces) == 2
    assert sum(face.area for face in faces) == pytest.approx(10_000, abs=500)


def test_a_dead_end_leaves_no_trace() -> None:
    arcs = topology.build_arcs({COAST: [SQUARE], BORDER: [[(100, 100), (90, 90), (80, 95)]]})
    assert {arc.layer for arc in arcs} == {COAST}


def test_an_enclave_is_a_face_and_a_hole_of_the_one_around_it() -> None:
    inner = [(40, 40), (60, 40), (60, 60), (40, 60), (40, 40)]
    around, enclave = make_faces(coast=[SQUARE], governorate=[inner])
    assert (len(around.rings), len(enclave.rings)) == (2, 1)
    assert planar.contains(around.holes[0], (50, 50))


def test_a_segment_drawn_by_two_layers_is_kept_once() -> None:
    arcs = topology.build_arcs({COAST: [SQUARE], GOVERNORATE: [SQUARE[:3]]})
    assert sum(len(arc.line) - 1 for arc in arcs) == 4


def test_neighbours_share_the_arc_between_them() -> None:
    square = [(0, 0), (50, 0), (100, 0), (100, 100), (50, 100), (0, 100), (0, 0)]
    west, east = make_faces(coast=[square], governorate=[CUT])
    assert {ref for ring in west.rings for ref in ring} & {
        ~ref for ring in east.rings for ref in ring
    }


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ([(-10, 5), (20, 5)], [[(0, 5), (10, 5)]]),
        ([(2, 2), (4, 4)], [[(2, 2), (4, 4)]]),
        ([(20, 0), (20, 9)], []),
        ([(5, 5), (20, 5), (20, 7), (5, 7)], [[(5, 5), (10, 5)], [(10, 7), (5, 7)]]),
    ],
)
def test_lines_are_cut_at_the_frame(line: Line, pieces: list[Line]) -> None:
    assert planar.clip(line, (0, 0, 10, 10)) == pieces


def test_thinning_keeps_corners_and_drops_what_is_straight() -> None:
    line = [(0, 0), (50, 1), (100, 0), (100, 100)]
    assert planar.thin(line, lambda _point: 5) == [(0, 0), (100, 0), (100, 100)]


def test_thinning_never_collapses_a_ring() -> None:
    assert len(planar.thin(SQUARE, lambda _point: 60)) >= 4


def test_a_smoothed_line_passes_through_every_sketched_point() -> None:
    sketch = [(0, 0), (100, 40), (180, -30), (300, 0)]
    assert set(sketch) <= set(planar.smooth(sketch))


def test_lines_are_written_as_steps() -> None:
    assert deltas([(5, 7), (6, 5), (6, 6)]) == [5, 7, 1, -2, 0, 1]


# What the delivered file shows.


@pytest.fixture(scope="module")
def region() -> dict[str, Any]:
    return json.loads(REGION.read_text(encoding="utf-8"))


def decode_arc(steps: list[int]) -> Line:
    line, x, y = [], 0, 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x, y))
    return line


def rings_of(region: dict[str, Any], feature: dict[str, Any]) -> list[Line]:
    arcs = [topology.Arc("", decode_arc(steps)) for steps in region["arcs"]]
    return [topology.ring_line(arcs, ring) for polygon in feature["polygons"] for ring in polygon]


def owner_at(region: dict[str, Any], layer: str, key: str, lon: float, lat: float) -> str:
    point = (lon * 10_000 + 0.5, lat * 10_000 + 0.5)
    for feature in region[layer]:
        if sum(planar.contains(ring, point) for ring in rings_of(region, feature)) % 2:
            return feature[key]
    return ""


def test_the_file_is_small() -> None:
    brotli = pytest.importorskip("brotli")
    assert len(brotli.compress(REGION.read_bytes())) < 60_000


@pytest.mark.parametrize(
    ("name", "lon", "lat", "country"),
    [
        ("the sea off Latakia", 35.5, 35.5, ""),
        ("the Gulf of Iskenderun", 35.9, 36.6, ""),
        ("Antakya", 36.16, 36.2, "turkey"),
        ("Kilis", 37.11, 36.73, "turkey"),
        ("Beirut", 35.52, 33.88, "lebanon"),
        ("Mosul", 43.13, 36.34, "iraq"),
        ("Amman", 35.93, 31.95, "jordan"),
        ("Nicosia", 33.36, 35.17, "cyprus"),
        ("Cairo", 31.24, 30.04, "egypt"),
        ("Afrin", 36.87, 36.51, "syria"),
        ("Qamishli", 41.22, 37.04, "syria"),
        ("the Golan", 35.75, 33.0, "syria"),
    ],
)
def test_land_is_land_and_sea_is_sea(
    region: dict[str, Any], name: str, lon: float, lat: float, country: str
) -> None:
    assert owner_at(region, "land", "country", lon, lat) == country, name


CAPITALS = [
    ("damascus-governorate", 36.3, 33.513),
    ("rif-dimashq-governorate", 36.4, 33.57),
    ("aleppo-governorate", 37.155, 36.202),
    ("idlib-governorate", 36.634, 35.931),
    ("latakia-governorate", 35.8, 35.53),
    ("tartus-governorate", 35.9, 34.89),
    ("hama-governorate", 36.753, 35.135),
    ("homs-governorate", 36.72, 34.731),
    ("raqqa-governorate", 39.01, 35.95),
    ("deir-ez-zor-governorate", 40.141, 35.336),
    ("al-hasakah-governorate", 40.748, 36.502),
    ("daraa-governorate", 36.106, 32.619),
    ("as-suwayda-governorate", 36.567, 32.709),
    ("quneitra-governorate", 35.824, 33.126),
]


@pytest.mark.parametrize(("governorate", "lon", "lat"), CAPITALS)
def test_every_capital_lies_in_its_governorate(
    region: dict[str, Any], governorate: str, lon: float, lat: float
) -> None:
    assert owner_at(region, "governorates", "id", lon, lat) == governorate


def test_there_are_fourteen_governorates_and_they_cover_syria(region: dict[str, Any]) -> None:
    assert {item["id"] for item in region["governorates"]} == {row[0] for row in CAPITALS}
    syria = next(item for item in region["land"] if item["country"] == "syria")
    parts = [ring for item in region["governorates"] for ring in rings_of(region, item)]
    whole = sum(map(planar.signed_area, rings_of(region, syria)))
    assert sum(map(planar.signed_area, parts)) == pytest.approx(whole)


def test_governorates_bear_the_gazetteer_s_ids(region: dict[str, Any]) -> None:
    if not PLACES.exists():
        pytest.skip("the table of places is not there yet")
    with PLACES.open(encoding="utf-8", newline="") as file:
        known = {row["slug"] for row in csv.DictReader(file) if row["kind"] == "governorate"}
    ours = {item["id"] for item in region["governorates"]}
    assert ours <= known


def test_every_drawn_line_is_drawn_once(region: dict[str, Any]) -> None:
    drawn = [number for numbers in region["lines"].values() for number in numbers]
    assert len(drawn) == len(set(drawn))


def test_syria_s_edge_is_coast_or_border_all_round(region: dict[str, Any]) -> None:
    syria = next(item for item in region["land"] if item["country"] == "syria")
    refs = [ref for polygon in syria["polygons"] for ring in polygon for ref in ring]
    edge = {max(ref, ~ref) for ref in refs if ~ref not in refs}
    assert edge <= {*region["lines"]["coast"], *region["lines"]["border"]}


@pytest.mark.parametrize(("ref", "lon", "lat"), [("M4", 36.61, 35.815), ("M5", 36.68, 35.645)])
def test_motorways_pass_their_towns(
    region: dict[str, Any], ref: str, lon: float, lat: float
) -> None:
    lines = [decode_arc(road["line"]) for road in region["roads"] if road["ref"] == ref]
    town = (round(lon * 10_000), round(lat * 10_000))
    offs = [planar.distance(town, a, b) for line in lines for a, b in itertools.pairwise(line)]
    assert min(offs) < 100


def test_labels_are_named_in_both_languages(region: dict[str, Any]) -> None:
    assert all(
        label["en"] and label["ar"] and label["rank"] in {1, 2, 3} for label in region["labels"]
    )
