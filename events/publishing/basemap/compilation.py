"""Compiles the base map: Natural Earth's linework and our own sketches into one JSON object."""

from __future__ import annotations

import csv
import itertools
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from events.publishing.basemap import layers, topology
from events.publishing.basemap.planar import smooth, thin
from events.publishing.basemap.shapefile import UNITS, Bounds, Line, quantise, read_lines

HERE = Path(__file__).parent
VERSION = 1
SHAPEFILES = {
    topology.COAST: "ne_10m_coastline.shp",
    topology.BORDER: "ne_10m_admin_0_boundary_lines_land.shp",
    topology.GOVERNORATE: "ne_10m_admin_1_states_provinces_lines.shp",
}
LAKES = "ne_10m_lakes.shp"
SMALLEST_LAKE = 200_000
"""Square units (about 20 km2)."""
SKETCH_TOLERANCE = 8
MARGIN = 1.0
"""Degrees read beyond the frame, so that lines cross it."""


def compile_basemap(folder: Path) -> dict[str, Any]:
    """The base map as ``static/basemap/README.md`` describes it.

    ``folder`` holds Natural Earth's 1:10m shapefiles named in SHAPEFILES and LAKES.
    Raises FileNotFoundError when one of them is missing.
    """
    sketches = tomllib.loads((HERE / "sketches.toml").read_text(encoding="utf-8"))
    bounds = _bounds()
    raw = {layer: read_lines(folder / name, bounds) for layer, name in SHAPEFILES.items()}
    raw[topology.BORDER] += [_line(border["line"]) for border in sketches["borders"]]
    arcs, owned = layers.arcs_and_faces(raw, sketches["countries"], sketches["governorates"])
    drawn = layers.drawn_lines(arcs, owned)
    return {
        "version": VERSION,
        "units": UNITS,
        "core": [value / UNITS for value in layers.CORE],
        "frame": [value / UNITS for value in layers.FRAME],
        "arcs": [deltas(arc.line) for arc in arcs],
        "land": [{"country": name, "polygons": p} for name, p in layers.land(owned).items()],
        "governorates": [
            {"id": name, "polygons": p} for name, p in layers.governorates(owned).items()
        ],
        "lines": drawn,
        "lakes": [deltas(ring) for ring in _lakes(folder / LAKES, bounds)],
        "rivers": [_sketched(river) for river in sketches["rivers"]],
        "roads": [_sketched(road) for road in sketches["roads"]],
        "labels": _labels(),
    }


def write_basemap(basemap: dict[str, Any], path: Path) -> int:
    """Write compact, with every top-level key on a line of its own; return the size in bytes."""
    rows = [f"{json.dumps(key)}:{_compact(value)}" for key, value in basemap.items()]
    content = ("{" + ",\n".join(rows) + "}\n").encode()
    path.write_bytes(content)
    return len(content)


def deltas(line: Line) -> list[int]:
    """The first point, then the step to each next one, flat: [lon, lat, dlon, dlat, ...]."""
    steps = [line[0], *((b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(line))]
    return [value for step in steps for value in step]


def _bounds() -> Bounds:
    west, south, east, north = (value / UNITS for value in layers.FRAME)
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN


def _line(pairs: Iterable[tuple[float, float]]) -> Line:
    return [quantise((lon, lat)) for lon, lat in pairs]


def _lakes(path: Path, bounds: Bounds) -> list[Line]:
    return layers.lakes(read_lines(path, bounds), SMALLEST_LAKE)


def _sketched(feature: dict[str, Any]) -> dict[str, Any]:
    """A river or road with its line smoothed through the sketched points, then thinned."""
    curve = thin(smooth(_line(feature["line"])), lambda _point: SKETCH_TOLERANCE)
    return {**feature, "line": deltas(curve)}


def _labels() -> list[dict[str, Any]]:
    with (HERE / "labels.csv").open(encoding="utf-8", newline="") as file:
        return [
            {
                **{key: row[key] for key in ("en", "ar", "kind")},
                "rank": int(row["rank"]),
                "lat": float(row["lat"]),
                "lon": float(row["lon"]),
            }
            for row in csv.DictReader(file)
        ]


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
