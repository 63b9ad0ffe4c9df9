"""The towns that the map names by itself are the gazetteer's."""

from __future__ import annotations

import csv
import json
from pathlib import Path

ROOT = Path(__file__).parents[1]


def towns() -> list[list]:
    lines = (ROOT / "static" / "js" / "map" / "towns.js").read_text(encoding="utf-8").splitlines()
    rows = [line.strip().rstrip(",") for line in lines if line.startswith("  [")]
    return [json.loads(row.replace("'", '"')) for row in rows]


def places() -> dict[str, dict[str, str]]:
    path = ROOT / "fixtures" / "tables" / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["slug"]: row for row in csv.DictReader(file)}


def test_every_town_on_the_map_has_the_names_and_the_point_of_the_gazetteer():
    table = places()
    known = [table[slug] for slug, *_ in towns()]
    fields = [(r["slug"], r["name"], r["ar"], float(r["lat"]), float(r["lon"])) for r in known]
    assert [tuple(town[:5]) for town in towns()] == fields


def test_the_most_important_towns_stand_first():
    ranks = [rank for *_, rank in towns()]
    assert len(ranks) > 100
    assert ranks == sorted(ranks)
