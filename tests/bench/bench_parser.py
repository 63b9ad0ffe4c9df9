"""Speed and memory of the parser with the gazetteer of the database, on one core.

    DATABASE_URL=... .venv/bin/python -m tests.bench.bench_parser [--profile]

Reads reports of about 2.7 kB made of the gold's texts, each once to warm up. Prints reports a
second, resident memory, and the ratio to geotext and to spaCy where those can be imported (install
them in an environment of their own and name it in PYTHONPATH; the parser needs neither).
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import json
import os
import pstats
import resource
import time
from collections.abc import Callable
from pathlib import Path

GOLD = Path(__file__).resolve().parents[1] / "gold"
SIZE = 2700
ROUNDS = 3
LEAST_SECONDS = 4.0
KB_PER_MB = 1024
SPACY_MODELS = ("en_core_web_md", "en_core_web_sm")


def reports() -> list[tuple[str, str]]:
    """(language, text) of about SIZE characters, from the gold's texts one after another."""
    texts: dict[str, str] = {}
    for name in ("development", "validation"):
        for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            texts[gold["lang"]] = texts.get(gold["lang"], "") + gold["text"] + "\n\n"
    return [
        (language, text[start : start + SIZE])
        for language, text in texts.items()
        for start in range(0, len(text) - SIZE, SIZE)
    ]


def rate(work: Callable[[str, str], object], texts: list[tuple[str, str]]) -> float:
    """Texts a second of processor time, the best of ROUNDS."""
    best = 0.0
    for _ in range(ROUNDS):
        started, done = time.process_time(), 0
        while time.process_time() - started < LEAST_SECONDS / ROUNDS:
            for language, text in texts:
                work(language, text)
            done += len(texts)
        best = max(best, done / (time.process_time() - started))
    return best


def resident_mb() -> float:
    """The most memory the process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_PER_MB


def against_geotext(texts: list[tuple[str, str]], own: float) -> str:
    """The rate of a plain list of names, which reads no dates, links or events."""
    try:
        from geotext import GeoText
    except ImportError:
        return "geotext is not installed"
    other = rate(lambda _language, text: GeoText(text), texts)
    return f"geotext {other:.0f} reports/s, {other / own:.2f} times the parser's"


def against_spacy(texts: list[tuple[str, str]], own: float) -> str:
    """The rate of spaCy's names of an English text with its largest model that is here."""
    try:
        import spacy
    except ImportError:
        return "spaCy is not installed"
    names = [name for name in SPACY_MODELS if spacy.util.is_package(name)]
    if not names:
        return f"spaCy has none of the models {', '.join(SPACY_MODELS)}"
    nlp = spacy.load(names[0])
    other = rate(lambda _language, text: nlp(text).ents, texts)
    return f"{names[0]} {other:.0f} reports/s, {other / own:.2f} times the parser's"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--profile", action="store_true", help="also where the time goes")
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
    import django

    django.setup()
    from events.ingestion.knowledge import load_geoparser

    before = resident_mb()
    geoparser = load_geoparser()
    texts, dct = reports(), dt.date(2020, 3, 1)

    def parse(language: str, text: str) -> object:
        return geoparser.parse(text, dct, language)

    for language, text in texts:
        parse(language, text)
    size = sum(len(text) for _, text in texts) / len(texts)
    print(f"{len(texts)} reports of {size:.0f} characters")
    own = rate(parse, texts)
    print(f"{own:.0f} reports/s on one core")
    for language in sorted({language for language, _ in texts}):
        print(f"  {language}: {rate(parse, [t for t in texts if t[0] == language]):.0f} reports/s")
    print(f"resident {resident_mb():.0f} MB, {before:.0f} MB of it before the gazetteer")
    english = [item for item in texts if item[0] == "en"]
    own_english = rate(parse, english)
    print(against_geotext(english, own_english))
    print(against_spacy(english, own_english))
    if chosen.profile:
        profile = cProfile.Profile()
        profile.runcall(lambda: [parse(language, text) for language, text in texts * 5])
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
