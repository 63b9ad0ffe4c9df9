"""Gold with its annotations written into the text, and how it becomes lines with offsets.

A file of a language (`en.txt`; `later_en.txt` for validation, `held_en.txt` held out) holds

    = slug | Name | lat | lon | kind            a place that the fixture's table does not know
    # doc-id | published | note                 a report and its text; the first have no note
    [[surface|slug]]                            a toponym; `slug|m` a metonym, `slug|o` optional
    {{surface|value}}                           a date; `value|first|last` where the days differ
    @ sub-type | first..last | slug | killed | words of its sentence | summary

`slug*` is a governorate that may also be read as its capital, `slug^` a city that may also be read
as the region of its name, `a+b` any two readings. `killed` is `-` where nothing is stated.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from events.vocabulary import SubEventType

HERE = Path(__file__).resolve().parent
TABLE = HERE.parents[1] / "fixtures" / "tables" / "places.csv"
LANGUAGES = ("en", "ar", "ru", "tr")
SETS = ("development", "validation", "held_out")
MARK = re.compile(r"\[\[([^\]|]{1,60})\|([^\]]{1,80})\]\]|\{\{([^}|]{1,80})\|([^}]{1,80})\}\}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# these and the `later_` files were held out until their errors were read
VALIDATION = ("09", "10", "12", "14")

Place = dict[str, Any]


def read_places() -> dict[str, Place]:
    """slug -> canonical name, point, tolerance and kind, from the project's table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["slug"]: _place(row) for row in csv.DictReader(lines)}


def _place(row: dict[str, str]) -> Place:
    radius = float(row["radius_km"] or 0)
    return {
        "canonical": row["name"],
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
        "coord_tolerance_km": round(max(radius * 1.3, 5), 1),
        "kind": row["kind"],
    }


def compile_file(path: Path, places: dict[str, Place]) -> list[dict[str, Any]]:
    """The gold reports of one language's file."""
    head, *reports = path.read_text(encoding="utf-8").split("\n# ")
    language = path.stem.rpartition("_")[2]
    return [compile_report(language, report, {**places, **_extra(head)}) for report in reports]


def _extra(head: str) -> dict[str, Place]:
    found = {}
    for line in head.splitlines():
        if line.startswith("= "):
            slug, name, lat, lon, kind = (part.strip() for part in line[2:].split("|"))
            row = {"name": name, "lat": lat, "lon": lon, "kind": kind, "radius_km": "5"}
            found[slug] = _place(row)
    return found


def compile_report(language: str, marked: str, places: dict[str, Place]) -> dict[str, Any]:
    """One gold line of a report in markup; raises KeyError for an unknown slug."""
    lines = marked.strip().splitlines()
    doc_id, published, *note = (part.strip() for part in lines[0].split("|"))
    body = "\n".join(line for line in lines[1:] if not line.startswith("@")).strip()
    text, toponyms, dates = _unmark(body, places)
    events = [_event(line[1:], text, places) for line in lines if line.startswith("@")]
    return {
        "doc_id": doc_id,
        "lang": language,
        "source": "written for this set",
        **({"note": note[0]} if note else {}),
        "published": published,
        "text": text,
        "toponyms": toponyms,
        "dates": dates,
        "events": events,
    }


def _unmark(body: str, places: dict[str, Place]) -> tuple[str, list[Any], list[Any]]:
    text, at = "", 0
    toponyms: list[Any] = []
    dates: list[Any] = []
    for mark in MARK.finditer(body):
        text += body[at : mark.start()]
        name, slug, phrase, value = mark.groups()
        surface = name or phrase
        span = {"start": len(text), "end": len(text) + len(surface), "surface": surface}
        if name:
            toponyms.append(span | _reading(slug, places))
        else:
            dates.append(span | _date(value))
        text, at = text + surface, mark.end()
    return text + body[at:], toponyms, dates


def _reading(marked: str, places: dict[str, Place]) -> Place:
    slug, _, flag = marked.partition("|")
    first, *others = _slugs(slug, places)
    place = dict(places[first])
    if others:
        place["also_ok"] = [places[other] for other in others]
    if flag == "m":
        place["note"] = "metonym"
    if flag == "o":
        place["optional"] = True
    return place


def _slugs(slug: str, places: dict[str, Place]) -> list[str]:
    name = slug.rstrip("*^").removesuffix("-governorate")
    if slug.endswith("*"):
        return [f"{name}-governorate", name]
    if slug.endswith("^"):
        regions = (f"{name}-{kind}" for kind in ("governorate", "province", "district"))
        return [name, *(region for region in regions if region in places)]
    return slug.split("+")


def _date(marked: str) -> dict[str, Any]:
    value, *days = marked.split("|")
    first, last = days if len(days) == 2 else _days(value)
    days_wide = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days
    precision = next(p for p, most in _PRECISIONS if days_wide <= most)
    return {"iso_start": first, "iso_end": last, "precision": precision, "value": value}


_PRECISIONS = (("day", 0), ("week", 10), ("month", 100), ("year", 40_000))


def _days(value: str) -> tuple[str, str]:
    """The days a TIMEX3 value covers."""
    if "/" in value:
        first, last = value.split("/")
        return first, last
    if DAY.match(value):
        return value[:10], value[:10]
    year = int(value[:4])
    if value[4:6] == "-W" and value[6:8].isdigit():
        monday = dt.date.fromisocalendar(year, int(value[6:8]), 1)
        return monday.isoformat(), (monday + dt.timedelta(6)).isoformat()
    return _months(year, value[5:])


def _months(year: int, rest: str) -> tuple[str, str]:
    if not rest:
        return f"{year}-01-01", f"{year}-12-31"
    first = SEASONS.get(rest) or int(rest)
    last = first + 2 if rest in SEASONS else first
    end_year, month = year + (last - 1) // 12, (last - 1) % 12 + 1
    end = calendar.monthrange(end_year, month)[1]
    return f"{year}-{first:02}-01", f"{end_year}-{month:02}-{end}"


def _event(line: str, text: str, places: dict[str, Place]) -> dict[str, Any]:
    code, days, slug, killed, words, summary = (part.strip() for part in line.split("|"))
    first, _, last = days.partition("..")
    sub_type = SubEventType(code)
    if words not in text:
        raise ValueError(f"no sentence has {words!r}")
    place = _reading(slug, places)
    return {
        "type": sub_type.event_type.codebook_name,
        "sub_type": sub_type.codebook_name,
        "date_start": first,
        "date_end": last or first,
        "place": place.pop("canonical"),
        **{key: place[key] for key in ("lat", "lon", "coord_tolerance_km")},
        **({"also_ok": place["also_ok"]} if "also_ok" in place else {}),
        "fatalities": None if killed == "-" else int(killed),
        "summary": summary,
        "trigger_sentence": words,
    }


def compiled() -> dict[str, list[dict[str, Any]]]:
    """The sets by file name; who mends the parser reads the errors of all but the held-out one."""
    places = read_places()
    sets: dict[str, list[dict[str, Any]]] = {name: [] for name in SETS}
    for language in LANGUAGES:
        for gold in compile_file(HERE / f"{language}.txt", places):
            later = gold["doc_id"].endswith(VALIDATION)
            sets["validation" if later else "development"].append(gold)
        sets["validation"].extend(compile_file(HERE / f"later_{language}.txt", places))
        sets["held_out"].extend(compile_file(HERE / f"held_{language}.txt", places))
    return sets


def as_lines(reports: list[dict[str, Any]]) -> Iterator[str]:
    """One JSON line a report."""
    for report in reports:
        yield json.dumps(report, ensure_ascii=False)


def main() -> None:
    """Write the sets anew."""
    for name, reports in compiled().items():
        lines = "\n".join(as_lines(reports)) + "\n"
        (HERE / f"{name}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
