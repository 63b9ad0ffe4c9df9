"""The same made-up events twice: as a snapshot folder and as GeoJSON, with what each page needs."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from itertools import groupby
from pathlib import Path

from events.publishing import store
from events.publishing.pack import EventRow, Packed, pack
from events.publishing.snapshot import make_manifest
from events.publishing.texts import Texts, block_days
from events.vocabulary import SubEventType

HERE = Path(__file__).parent
MARKERCLUSTER = "leaflet.markercluster@1.5.3"


def write_snapshot(root: Path, rows: list[EventRow]) -> None:
    """A snapshot folder as `publish` makes it, with names and texts made up."""
    root.mkdir(parents=True, exist_ok=True)
    packed = pack(rows)
    data = store.put(root, packed.data, ".bin")
    names = store.put(root, names_json(packed), ".json", "names-")
    texts = write_texts(root, rows, packed)
    manifest = make_manifest(packed, data, names, texts)
    store.point_to(root, manifest, [data.name, names.name, *texts.files])


def names_json(packed: Packed) -> bytes:
    place = {"ar": "", "kind": "village", "governorate": None, "parent": None}
    names = {
        "places": [{"slug": slug, "en": slug.title(), **place} for slug in packed.places],
        "actors": [{"slug": s, "en": s.title(), "ar": "", "kind": 1} for s in packed.actors],
        "sources": [{"slug": slug, "name": slug.title()} for slug in packed.sources],
    }
    return json.dumps(names).encode()


def write_texts(root: Path, rows: list[EventRow], packed: Packed) -> Texts:
    texts = Texts(days=block_days(packed.days))
    numbered = enumerate(zip(packed.days, packed.order, strict=True))
    for _, group in groupby(numbered, key=lambda item: item[1][0] // texts.days):
        block = list(group)
        found = [text(rows[i]) for _, (_, i) in block]
        data = json.dumps(found).encode()
        name = f"text-{store.digest(data)}.json"
        (root / name).write_bytes(data)
        texts.blocks.append([block[0][0], name])
    return texts


def text(row: EventRow) -> dict:
    quote = f"A made-up sentence about {row.place} on day {row.start_day}."
    claims = [
        {"source": s, "source_slug": s, "quote": quote, "stance": "asserts"} for s in row.sources
    ]
    return {"uid": row.uid, "roles": {}, "claims": claims}


def write_baseline(folder: Path, rows: list[EventRow], leaflet: Path) -> None:
    """The usual way: one GeoJSON file, Leaflet and Leaflet.markercluster from npm."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("baseline.html", "baseline.js"):
        shutil.copy(HERE / name, folder)
    for name in ("leaflet.js", "leaflet.css"):
        shutil.copy(leaflet / name, folder)
    install_markercluster(folder)
    features = [feature(row) for row in sorted(rows, key=lambda row: row.start_day)]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    (folder / "events.geojson").write_bytes(data)
    for path in list(folder.glob("*.*")):
        if path.suffix != ".gz":
            Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), 9))


def install_markercluster(folder: Path) -> None:
    target = folder / "npm"
    if not target.exists():
        npm = ["npm", "install", "--silent", "--no-audit", "--prefix", str(target), MARKERCLUSTER]
        subprocess.run(npm, check=True)
    dist = target / "node_modules" / "leaflet.markercluster" / "dist"
    for name in ("leaflet.markercluster.js", "MarkerCluster.css", "MarkerCluster.Default.css"):
        shutil.copy(dist / name, folder)


CODES = list(SubEventType)


def feature(row: EventRow) -> dict:
    """What an analyst's GeoJSON holds; days as numbers, which is kinder to the other side."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        "properties": {
            "id": row.uid, "start": row.start_day, "end": row.end_day,
            "sub_type": CODES[row.sub_type].value,
            "event_type": CODES[row.sub_type].event_type.value,
            "place": row.place, "actors": list(row.actors), "sources": list(row.sources),
            "fatalities": row.best, "geo_precision": row.geo_precision,
        },
    }  # fmt: skip
