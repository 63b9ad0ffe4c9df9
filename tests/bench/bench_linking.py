"""How fast place names are found and how well unseen spellings are linked.

    python tests/bench/bench_linking.py [--reports 200]

Prints reports of 2.7 kB a second for the place steps alone, the time and memory the gazetteer takes
to start, the leave-one-out shares over the fixture's aliases, and, where installed, the ratio to
geotext and spaCy (en_core_web_md) on the same texts.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import os
import resource
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
os.environ.setdefault("DEBUG", "1")

from events.geoparsing.document import Document  # noqa: E402
from events.geoparsing.gazetteer import Entry, Gazetteer  # noqa: E402
from events.geoparsing.lexicon import load_lexicon  # noqa: E402
from events.geoparsing.linking import leave_one_out  # noqa: E402
from events.geoparsing.recognition import recognise  # noqa: E402
from events.geoparsing.resolution import resolve  # noqa: E402
from events.geoparsing.segmentation import segment  # noqa: E402
from events.geoparsing.world import with_world  # noqa: E402

REPORT_SIZE = 2700


def fixture_entries() -> list[Entry]:
    """The places of fixtures/tables/places.csv."""
    with (ROOT / "fixtures" / "tables" / "places.csv").open(encoding="utf-8") as rows:
        return [_entry(row) for row in csv.DictReader(rows)]


def _entry(row: dict[str, str]) -> Entry:
    listed = [name.partition(":") for name in row["names"].split("|") if ":" in name]
    names = [(text, language) for language, _, text in listed]
    names += [(row["ar"], "ar")] if row["ar"] else []
    return Entry(
        row["slug"], row["name"], row["kind"], float(row["lat"]), float(row["lon"]),
        float(row["radius_km"] or 0), row["parent"], row["country"],
        importance=float(row.get("importance") or 0), names=tuple(names),
    )  # fmt: skip


def english_reports(count: int) -> list[str]:
    """The demo's English texts, run together and cut to reports of 2.7 kB."""
    texts = []
    for path in sorted((ROOT / "fixtures" / "demo").glob("*.toml")):
        report = tomllib.loads(path.read_text(encoding="utf-8"))
        if report.get("language") == "en":
            texts.append(report["text"])
    line = "\n\n".join(texts)
    starts = range(0, max(1, len(line) - REPORT_SIZE), REPORT_SIZE)
    pieces = [line[start : start + REPORT_SIZE] for start in starts]
    return [pieces[number % len(pieces)] for number in range(count)]


def reports_a_second(read: Callable[[str], object], texts: list[str]) -> float:
    """Reports read in a second of processor time."""
    read(texts[0])
    start = time.process_time()
    for text in texts:
        read(text)
    return len(texts) / (time.process_time() - start)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=200)
    count = options.parse_args().reports
    start = time.process_time()
    gazetteer = Gazetteer(with_world(fixture_entries()))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"gazetteer: {len(gazetteer.entries)} places, {time.process_time() - start:.1f} s, "
          f"{memory:.0f} MB resident")  # fmt: skip
    lexicon = load_lexicon("en")

    def places(text: str) -> Document:
        doc = segment(Document(text), lexicon)
        return resolve(recognise(doc, gazetteer, lexicon), gazetteer, lexicon)

    texts = english_reports(count)
    own = reports_a_second(places, texts)
    print(f"place steps: {own:.0f} reports a second")
    linked = leave_one_out(Gazetteer(fixture_entries()))
    print(
        f"leave one out over the fixture: right {linked.right:.3f} wrong {linked.wrong:.3f} "
        f"unlinked {linked.unlinked:.3f} of {linked.tried}"
    )
    compare(own, texts)


def compare(own: float, texts: list[str]) -> None:
    """Print the ratios to other readers, those that are installed."""
    if importlib.util.find_spec("geotext"):
        from geotext import GeoText

        other = reports_a_second(lambda text: GeoText(text).cities, texts)
        print(f"geotext: {other:.0f} reports a second, ratio {own / other:.2f}")
    if importlib.util.find_spec("spacy") and importlib.util.find_spec("en_core_web_md"):
        import spacy

        model = spacy.load("en_core_web_md")
        other = reports_a_second(model, texts[:30])
        print(f"spaCy: {other:.0f} reports a second, ratio {own / other:.2f}")


if __name__ == "__main__":
    main()
