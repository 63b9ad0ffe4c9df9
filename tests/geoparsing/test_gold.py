"""What the parser is worth on the gold, with the project's own tables alone.

The floors stand a little below what was measured, so that a loss shows and noise does not. Each
set has its own: what was mended on the development reports must not hide what the others are worth.
"""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import Any

import pytest

from events.geoparsing.actors import ActorIndex
from events.geoparsing.evaluation import evaluate, load_gold
from events.geoparsing.output import document_to_dict
from events.geoparsing.pipeline import Geoparser
from events.ingestion.fixtures import table_actors, table_entries
from events.ingestion.knowledge import with_the_world
from tests.gold import markup

ROOT = Path(__file__).resolve().parents[2]
SETS = markup.SETS
PLACES, RIGHT = "places: F1, overlap", "resolution: within tolerance"
DATES, TOLD = "dates: TIMEX3 value", "events: type and date"
WHOLE, FIGURES = "events: type, date and place", "events: figures right, of those stated"
FLOORS = {
    "development": {
        "en": {PLACES: 0.98, RIGHT: 0.97, DATES: 0.95, TOLD: 0.83, WHOLE: 0.78, FIGURES: 0.66},
        "ar": {PLACES: 0.98, RIGHT: 0.97, DATES: 0.98, TOLD: 0.97, WHOLE: 0.87, FIGURES: 0.92},
        "ru": {PLACES: 0.98, RIGHT: 0.97, DATES: 0.97, TOLD: 0.85, WHOLE: 0.80, FIGURES: 0.79},
        "tr": {PLACES: 0.98, RIGHT: 0.98, DATES: 0.95, TOLD: 0.94, WHOLE: 0.89, FIGURES: 0.88},
    },
    "validation": {
        "en": {PLACES: 0.98, RIGHT: 0.97, DATES: 0.93, TOLD: 0.84, WHOLE: 0.81, FIGURES: 0.66},
        "ar": {PLACES: 0.98, RIGHT: 0.97, DATES: 0.95, TOLD: 0.85, WHOLE: 0.85, FIGURES: 0.68},
        "ru": {PLACES: 0.98, RIGHT: 0.95, DATES: 0.97, TOLD: 0.95, WHOLE: 0.90, FIGURES: 0.84},
        "tr": {PLACES: 0.98, RIGHT: 0.95, DATES: 0.94, TOLD: 0.91, WHOLE: 0.86, FIGURES: 0.90},
    },
    "held_out": {
        "en": {PLACES: 0.94, RIGHT: 0.89, DATES: 0.83, TOLD: 0.75, WHOLE: 0.52, FIGURES: 0.17},
        "ar": {PLACES: 0.92, RIGHT: 0.92, DATES: 0.82, TOLD: 0.65, WHOLE: 0.30, FIGURES: 0.40},
        "ru": {PLACES: 0.97, RIGHT: 0.88, DATES: 0.72, TOLD: 0.65, WHOLE: 0.39, FIGURES: 0.30},
        "tr": {PLACES: 0.90, RIGHT: 0.91, DATES: 0.77, TOLD: 0.77, WHOLE: 0.72, FIGURES: 0.76},
    },
}
WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "ar": "اثنين ثلاثاء أربعاء خميس جمعة سبت أحد",
    "ru": "понедельник вторник сред четверг пятниц суббот воскресенье",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
}


@functools.cache
def make_geoparser() -> Geoparser:
    """A parser that knows the project's own tables."""
    tables = ROOT / "fixtures" / "tables"
    return Geoparser(with_the_world(table_entries(tables)), ActorIndex(table_actors(tables)))


@functools.cache
def gold_of(name: str) -> list[dict[str, Any]]:
    """The reports of one set."""
    return load_gold((markup.HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())


def read(gold: dict[str, Any]) -> dict[str, Any]:
    """What the parser makes of one report."""
    published = dt.date.fromisoformat(gold["published"])
    document = make_geoparser().parse(gold["text"], published, gold["lang"])
    return document_to_dict(gold["doc_id"], document)


@functools.cache
def rates(name: str, language: str) -> dict[str, float]:
    """All rates of a language in one set by their names."""
    gold = [g for g in gold_of(name) if g["lang"] == language]
    found, _errors = evaluate(gold, [read(report) for report in gold])
    return {score.name: score.value for score in found}


@pytest.mark.parametrize(
    ("name", "language", "rate", "floor"),
    [
        (name, language, rate, floor)
        for name, languages in FLOORS.items()
        for language, rows in languages.items()
        for rate, floor in rows.items()
    ],
)
def test_the_parser_keeps_its_floor(name: str, language: str, rate: str, floor: float) -> None:
    assert rates(name, language)[rate] >= floor


def test_a_report_is_in_one_set_alone() -> None:
    numbers = [g["doc_id"] for name in SETS for g in gold_of(name)]
    assert len(numbers) == len(set(numbers))


def test_the_lines_are_what_the_markup_says() -> None:
    for name, reports in markup.compiled().items():
        written, marked = ([spans(g) for g in source] for source in (gold_of(name), reports))
        assert written == marked, "run python -m tests.gold.markup"


def spans(gold: dict[str, Any]) -> tuple[Any, ...]:
    """What the markup decides of a report; the table's coordinates may be mended meanwhile."""
    places = [(t["start"], t["surface"], t.get("note")) for t in gold["toponyms"]]
    return gold["doc_id"], gold["text"], places, gold["dates"]


@pytest.mark.parametrize("name", SETS)
def test_a_weekday_named_in_the_gold_is_that_of_its_day(name: str) -> None:
    for gold in gold_of(name):
        for date in gold["dates"]:
            said = weekday(date["surface"], gold["lang"])
            day = date["value"].split("/")[-1][:10]
            if said is not None and len(day) == len("2020-02-20"):
                assert dt.date.fromisoformat(day).weekday() == said, (gold["doc_id"], date)


def weekday(surface: str, language: str) -> int | None:
    """The last weekday that a phrase names, Monday 0; None for none."""
    low = surface.lower().replace("i̇", "i")
    names = WEEKDAYS[language].split()
    at = {number: low.rfind(name) for number, name in enumerate(names) if name in low}
    return max(at, key=lambda number: (at[number], len(names[number])), default=None)
