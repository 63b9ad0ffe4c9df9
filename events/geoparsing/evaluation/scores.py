"""Counts and rates over a set of reports, with bootstrap confidence intervals."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from events.geoparsing.evaluation.gold import Gold
from events.geoparsing.evaluation.matching import (
    Annotation,
    best_distance,
    interval,
    intervals_meet,
    is_near,
    pairs,
)

ROUNDS = 400
SEED = 20200227


@dataclass(frozen=True, slots=True)
class Score:
    """One rate: `value` in 0..1, its 95 % interval over reports, and what it is of."""

    name: str
    value: float
    low: float
    high: float
    hits: int
    of: int


@dataclass(slots=True)
class Counts:
    """Named counters of one report, and the errors behind them."""

    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    errors: list[str] = field(default_factory=list)


def evaluate(
    gold: Sequence[Gold], found: Sequence[dict[str, Any]]
) -> tuple[list[Score], list[str]]:
    """Scores of `found` (lines as `geoparse` writes) against `gold`, and the errors in words."""
    counts = [count(g, f) for g, f in zip(gold, found, strict=True)]
    return scores(counts), [error for c in counts for error in c.errors]


def count(gold: Gold, found: dict[str, Any]) -> Counts:
    """All counters of one report."""
    counts = Counts()
    for layer, judge in (("toponyms", _places), ("dates", _dates), ("events", _events)):
        if layer in gold:  # a layer that nobody annotated is not a layer without places
            judge(gold, found, counts)
    return counts


def _places(gold: Gold, found: dict[str, Any], counts: Counts) -> None:
    names = [t for t in found["toponyms"] if t["kind"] != "demonym"]
    matched, missed, spurious = pairs(gold.get("toponyms", []), names)
    scored = [(w, f) for w, f in matched if not w.get("optional")]
    missed = [w for w in missed if not w.get("optional")]
    n = counts.numbers
    n["place_hit"], n["place_gold"] = len(scored), len(scored) + len(missed)
    n["place_found"] = len(scored) + len(spurious)
    n["place_exact"] = sum((w["start"], w["end"]) == (f["start"], f["end"]) for w, f in scored)
    n["place_near"] = sum(is_near(w, f) for w, f in scored)
    for limit in (25, 161):
        away = [best_distance(w, f) for w, f in scored]
        n[f"place_{limit}"] = sum(d is not None and d <= limit for d in away)
    say = counts.errors.append
    for w in missed:
        say(_error(gold, "place missed", w))
    for f in spurious:
        say(_error(gold, "place spurious", f))
    for w, f in scored:
        if not is_near(w, f):
            say(f"{_error(gold, 'place wrong', w)} read as {f['place_id']}: {f['reason']}")


def _dates(gold: Gold, found: dict[str, Any], counts: Counts) -> None:
    matched, missed, spurious = pairs(gold.get("dates", []), found["dates"])
    n = counts.numbers
    n["date_hit"], n["date_gold"] = len(matched), len(matched) + len(missed)
    n["date_found"] = len(found["dates"])
    n["date_day"] = sum(_same_days(w, f) for w, f in matched)
    n["date_meets"] = sum(intervals_meet(_gold_days(w), _days(f)) for w, f in matched)
    valued = [(w, f) for w, f in matched if w.get("value")]
    n["date_value"] = sum(w["value"] == f["timex"]["value"] for w, f in valued)
    n["date_valued"] = len(valued) + sum(bool(w.get("value")) for w in missed)
    for w in missed:
        counts.errors.append(_error(gold, "date missed", w))
    for w, f in matched:
        if not intervals_meet(_gold_days(w), _days(f)):
            read = f"{f['start_date']}..{f['end_date']}"
            counts.errors.append(f"{_error(gold, 'date wrong', w)} read as {read}: {f['reason']}")
    for w, f in valued:
        if w["value"] != f["timex"]["value"]:
            read = f"{f['timex']['value']}, not {w['value']}: {f['reason']}"
            counts.errors.append(f"{_error(gold, 'date value', w)} read as {read}")
    for f in spurious:
        counts.errors.append(_error(gold, "date spurious", f))


def _gold_days(wanted: Annotation) -> Any:
    return interval(wanted.get("iso_start"), wanted.get("iso_end"))


def _days(found: Annotation) -> Any:
    return interval(found["start_date"], found["end_date"])


def _same_days(wanted: Annotation, found: Annotation) -> bool:
    """Equal for an exact day; for anything wider, a start and an end within the gold's span."""
    gold, read = _gold_days(wanted), _days(found)
    if not gold or not read:
        return gold == read
    if gold[0] == gold[1]:
        return gold == read
    return gold[0] <= read[1] and read[0] <= gold[1]


def _events(gold: Gold, found: dict[str, Any], counts: Counts) -> None:
    n, wanted = counts.numbers, gold.get("events", [])
    n["event_gold"] = len(wanted)
    n["event_found"] = len(found["events"])
    answers = _paired(wanted, found["events"])
    for number, event in enumerate(wanted):
        best = answers.get(number)
        fit = _fit(event, best) if best is not None else (0, 0, 0, 0)
        _count_event(gold, event, best, fit, counts)


def _paired(
    wanted: Sequence[Annotation], found: Sequence[Annotation]
) -> dict[int, Annotation | None]:
    """The answer to each wanted event by its number, the best agreements first: an answer of the
    right type and day with another's place is left to that other. An answer that lacks the type
    or the day is nobody's, and may stand beside several as the nearest miss."""
    fits = [[_fit(event, answer) for answer in found] for event in wanted]
    order = sorted(
        ((fit, -w, -f) for w, row in enumerate(fits) for f, fit in enumerate(row)), reverse=True
    )
    pairs: dict[int, Annotation | None] = {}
    taken: set[int] = set()
    for fit, w, f in order:
        if -w not in pairs and -f not in taken:
            pairs[-w] = found[-f]
            if fit[0] and fit[1]:
                taken.add(-f)
    return pairs


def _fit(wanted: Annotation, found: Annotation) -> tuple[int, int, int, int]:
    """(type, date, place, sub-type) agreement."""
    days = interval(found["start_date"], found["end_date"])
    meets = intervals_meet(interval(wanted["date_start"], wanted["date_end"]), days)
    return (
        int(found["event_type"] == wanted["type"]),
        int(meets),
        int(is_near(wanted, found)),
        int(found["sub_event_type"] == wanted["sub_type"]),
    )


def _count_event(
    gold: Gold, wanted: Annotation, best: Any, fit: tuple[int, ...], counts: Counts
) -> None:
    n = counts.numbers
    kind, days, place, sub_type = fit
    n["event_type_date"] += kind and days
    n["event_all"] += kind and days and place
    n["event_sub_type"] += sub_type and days
    if wanted.get("fatalities"):
        n["figures_gold"] += 1
        n["figures_right"] += bool(kind and days and best["fatalities"] == wanted["fatalities"])
    if not (kind and days and place):
        what = wanted.get("summary") or wanted["sub_type"]
        counts.errors.append(f"{gold.get('doc_id')}: event {_lack(fit)}: {what}")


def _lack(fit: tuple[int, ...]) -> str:
    wrong = [n for n, ok in zip(("type", "date", "place"), fit, strict=False) if not ok]
    return f"without the right {', '.join(wrong)}"


def _error(gold: Gold, what: str, span: Annotation) -> str:
    text, start, end = gold["text"], span["start"], span["end"]
    around = text[max(0, start - 30) : end + 30].replace("\n", " ")
    return f"{gold.get('doc_id')}: {what} {text[start:end]!r} in ...{around}..."


# what each printed rate is: (name, counter of hits, counter of the whole)
RATES = (
    ("places: recall, overlap", "place_hit", "place_gold"),
    ("places: precision, overlap", "place_hit", "place_found"),
    ("places: recall, exact span", "place_exact", "place_gold"),
    ("resolution: within tolerance", "place_near", "place_hit"),
    ("resolution: within 25 km", "place_25", "place_hit"),
    ("resolution: within 161 km", "place_161", "place_hit"),
    ("dates: recall, span", "date_hit", "date_gold"),
    ("dates: precision, span", "date_hit", "date_found"),
    ("dates: right days, of those found", "date_day", "date_hit"),
    ("dates: TIMEX3 value", "date_value", "date_valued"),
    ("events: type and date", "event_type_date", "event_gold"),
    ("events: type, date and place", "event_all", "event_gold"),
    ("events: sub-type and date", "event_sub_type", "event_gold"),
    ("events: figures right, of those stated", "figures_right", "figures_gold"),
)
F1_OF = {
    "places: F1, overlap": ("place_hit", "place_gold", "place_found"),
    "dates: F1, span": ("date_hit", "date_gold", "date_found"),
}


def scores(counts: Sequence[Counts]) -> list[Score]:
    """All rates with their intervals, those without a whole left out."""
    found = [_f1_score(name, keys, counts) for name, keys in F1_OF.items()]
    found += [_rate_score(name, hit, of, counts) for name, hit, of in RATES]
    return [score for score in found if score.of]


def _rate_score(name: str, hit: str, of: str, counts: Sequence[Counts]) -> Score:
    def rate(sample: Sequence[Counts]) -> float:
        whole = sum(c.numbers[of] for c in sample)
        return sum(c.numbers[hit] for c in sample) / whole if whole else 0.0

    hits, whole = sum(c.numbers[hit] for c in counts), sum(c.numbers[of] for c in counts)
    return Score(name, rate(counts), *bootstrap(rate, counts), hits, whole)


def _f1_score(name: str, keys: tuple[str, str, str], counts: Sequence[Counts]) -> Score:
    def f1(sample: Sequence[Counts]) -> float:
        hit, gold, found = (sum(c.numbers[key] for c in sample) for key in keys)
        return 2 * hit / (gold + found) if gold + found else 0.0

    return Score(
        name,
        f1(counts),
        *bootstrap(f1, counts),
        sum(c.numbers[keys[0]] for c in counts),
        sum(c.numbers[keys[1]] for c in counts),
    )


def bootstrap(rate: Any, counts: Sequence[Counts]) -> tuple[float, float]:
    """The 95 % interval of `rate` over reports drawn with replacement (fixed seed)."""
    if not counts:
        return 0.0, 0.0
    draw = random.Random(SEED)  # noqa: S311  (statistics, no secret)
    values = sorted(rate(draw.choices(counts, k=len(counts))) for _ in range(ROUNDS))
    return values[int(0.025 * ROUNDS)], values[int(0.975 * ROUNDS) - 1]
