"""Our own tables (CSV and TOML under fixtures/) as rows of Django fixtures.

A slip in a table raises TableError with the file, the line and the reason.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from events.geoparsing.names import fold, skeleton
from events.models.reports import digest_of
from events.vocabulary import ActorKind, PlaceKind, SourceKind, SubEventType

Row = dict[str, Any]
FIXTURES = ("gazetteer", "actors", "sources", "demo")


class TableError(Exception):
    """A row of a table that is not right."""


def compile_fixture(folder: Path, name: str) -> list[Row]:
    """The rows of fixture `name` (one of FIXTURES) from the tables under `folder`."""
    return COMPILERS[name](folder)


def read_table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV table with a header."""
    with path.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        for row in reader:
            if None in row or None in row.values():
                raise TableError(f"{path.name}, line {reader.line_num}: wrong number of columns")
            yield reader.line_num, {key: value.strip() for key, value in row.items()}


def rows_of(path: Path, build: Callable[[dict[str, str]], list[Row]]) -> list[Row]:
    """All fixture rows of a table; a slip names its line."""
    rows: list[Row] = []
    for line, row in read_table(path):
        try:
            rows.extend(build(row))
        except (ValueError, KeyError) as error:
            raise TableError(f"{path.name}, line {line}: {error}") from error
    return rows


# ---------------------------------------------------------------- places


def gazetteer_rows(folder: Path) -> list[Row]:
    """Places before their names; parents before children, as `loaddata` wants them."""
    path = folder / "tables" / "places.csv"
    table = dict(_keyed(path))
    ordered = _parents_first(path, table)
    rows = rows_of_rows(path, ordered, place_row)
    return rows + [name for row in ordered for name in place_name_rows(row)]


def _keyed(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    seen: set[str] = set()
    for line, row in read_table(path):
        if row["slug"] in seen:
            raise TableError(f"{path.name}, line {line}: slug {row['slug']} stands twice")
        seen.add(row["slug"])
        yield row["slug"], row


def _parents_first(path: Path, table: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    ordered: dict[str, dict[str, str]] = {}

    def visit(slug: str, trail: tuple[str, ...]) -> None:
        if slug in ordered:
            return
        if slug not in table:
            raise TableError(f"{path.name}: {trail[-1]} has the unknown parent {slug}")
        if slug in trail:
            raise TableError(f"{path.name}: {slug} is its own ancestor")
        parent = table[slug]["parent"]
        if parent:
            visit(parent, (*trail, slug))
        ordered[slug] = table[slug]

    for slug in table:
        visit(slug, ())
    return list(ordered.values())


def rows_of_rows(
    path: Path, table: list[dict[str, str]], build: Callable[[dict[str, str]], Row]
) -> list[Row]:
    """Fixture rows of rows already read; a slip names the slug."""
    rows = []
    for row in table:
        try:
            rows.append(build(row))
        except (ValueError, KeyError) as error:
            raise TableError(f"{path.name}, {row['slug']}: {error}") from error
    return rows


def place_row(row: dict[str, str]) -> Row:
    """One Place. A figure out of range is a slip."""
    return {
        "model": "events.place",
        "fields": {
            "slug": row["slug"],
            "name": row["name"],
            "name_ar": row["ar"],
            "kind": PlaceKind(row["kind"]).value,
            "parent": [row["parent"]] if row["parent"] else None,
            "country": row["country"],
            "latitude": number(row["lat"], -90, 90),
            "longitude": number(row["lon"], -180, 180),
            "radius_km": number(row["radius_km"], 0, 6000) or 0.0,
            "importance": int(row.get("importance") or 0),
            "valid_from": day(row["valid_from"]),
            "valid_to": day(row["valid_to"]),
            "reference": row["ref"],
            "note": row["note"],
        },
    }


def place_name_rows(row: dict[str, str]) -> Iterator[Row]:
    """The spellings of one place, the preferred and the Arabic one among them."""
    own = [("en", row["name"]), *([("ar", row["ar"])] if row["ar"] else [])]
    for language, text in dict.fromkeys([*own, *spellings(row["names"])]):
        fields = {
            "place": [row["slug"]],
            "text": text,
            "language": language,
            "search_key": fold(text)[:200],
            "skeleton": skeleton(text)[:200],
            "origin": "gazetteer",
        }
        yield {"model": "events.placename", "fields": fields}


def spellings(column: str) -> list[tuple[str, str]]:
    """(language, spelling) pairs of a `lang:spelling|lang:spelling` column."""
    pairs = [part.split(":", 1) for part in column.split("|") if part]
    if any(len(pair) != 2 or not pair[1].strip() for pair in pairs):
        raise ValueError(f"a spelling without its language in {column!r}")
    return [(language.strip(), text.strip()) for language, text in pairs]


def number(text: str, low: float, high: float) -> float | None:
    """A figure within low..high, None for an empty column."""
    if not text:
        return None
    value = float(text)
    if not low <= value <= high:
        raise ValueError(f"{text} is not within {low}..{high}")
    return value


def day(text: str) -> str | None:
    """An ISO day, None for an empty column."""
    return dt.date.fromisoformat(text).isoformat() if text else None


# ---------------------------------------------------------------- actors and sources


def actor_rows(folder: Path) -> list[Row]:
    """Actors, parents first, then their names and periods."""
    path = folder / "tables" / "actors.csv"
    ordered = _parents_first(path, dict(_keyed(path)))
    rows = rows_of_rows(path, ordered, actor_row)
    for row in ordered:
        rows.extend(actor_name_rows(row))
        rows.extend(actor_period_rows(row))
    return rows


def actor_row(row: dict[str, str]) -> Row:
    """One Actor."""
    fields = {
        "slug": row["slug"],
        "name": row["name"],
        "name_ar": row["ar"],
        "kind": ActorKind(int(row["kind"])).value,
        "parent": [row["parent"]] if row["parent"] else None,
        "country": row["country"],
        "is_generic": row["generic"] == "1",
        "note": row["note"],
    }
    return {"model": "events.actor", "fields": fields}


def actor_name_rows(row: dict[str, str]) -> Iterator[Row]:
    """The spellings of one actor."""
    for language, text in dict.fromkeys(spellings(row["names"])):
        fields = {"actor": [row["slug"]], "text": text, "language": language}
        yield {"model": "events.actorname", "fields": fields}


def actor_period_rows(row: dict[str, str]) -> Iterator[Row]:
    """What one actor was when: `kind:from:to|kind:from:to`."""
    for part in filter(None, row["periods"].split("|")):
        kind, start, end = part.split(":")
        fields = {
            "actor": [row["slug"]],
            "kind": ActorKind(int(kind)).value,
            "valid_from": day(start),
            "valid_to": day(end),
        }
        yield {"model": "events.actorkindperiod", "fields": fields}


def source_rows(folder: Path) -> list[Row]:
    """The sources."""
    return rows_of(folder / "tables" / "sources.csv", lambda row: [source_row(row)])


def source_row(row: dict[str, str]) -> Row:
    """One Source."""
    fields = {
        "slug": row["slug"],
        "name": row["name"],
        "kind": SourceKind(row["kind"]).value,
        "country": row["country"],
        "language": row["language"],
        "reliability": row["reliability"],
        "url": row["url"],
        "feed_url": row["feed_url"],
        "is_public": row["is_public"] != "0",
        "note": row["note"],
    }
    return {"model": "events.source", "fields": fields}


# ---------------------------------------------------------------- demo reports


def demo_rows(folder: Path) -> list[Row]:
    """Reports of the demo, then the events its editors approved, with claims and actors."""
    points = {slug: row for slug, row in _keyed(folder / "tables" / "places.csv")}
    reports, events, claims, parts = [], {}, [], []
    for path in sorted((folder / "demo").glob("*.toml")):
        try:
            report = tomllib.loads(path.read_text(encoding="utf-8"))
            reports.append(report_row(report))
            for coded in report.get("events", []):
                _add_event(report, coded, points, events, claims, parts)
        except (ValueError, KeyError) as error:
            raise TableError(f"{path.name}: {error!r}") from error
    return [*reports, *events.values(), *claims, *parts]


def report_row(report: Row) -> Row:
    """One Report that nobody has read yet."""
    published = report.get("published")
    fields = {
        "source": [report["source"]],
        "title": report["title"],
        "text": report_text(report),
        "url": report.get("url", ""),
        "language": report["language"],
        "published_at": f"{published.isoformat()}T12:00:00+02:00" if published else None,
        "digest": digest_of(report_text(report)),
        "status": "new",
    }
    return {"model": "events.report", "fields": fields}


def report_text(report: Row) -> str:
    """The text as it is stored."""
    return report["text"].strip() + "\n"


def _add_event(
    report: Row,
    coded: Row,
    points: Row,
    events: dict[str, Row],
    claims: list[Row],
    parts: list[Row],
) -> None:
    uid = event_uid(report, coded)
    events[uid] = event_row(uid, coded, points)
    claims.append(claim_row(uid, report, coded))
    roles = [("actor", s) for s in coded.get("actors", [])]
    roles += [("target", s) for s in coded.get("targets", [])]
    for role, slug in dict.fromkeys(roles):
        fields = {"event": [uid], "actor": [slug], "role": role}
        parts.append({"model": "events.participation", "fields": fields})


def event_uid(report: Row, coded: Row) -> str:
    """A public id that is the same at every compilation."""
    key = "|".join([report["slug"], coded["quote"], coded["sub_type"], str(coded["start"])])
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    number_ = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    letters = []
    for _ in range(10):
        number_, index = divmod(number_, len(alphabet))
        letters.append(alphabet[index])
    return "".join(letters)


def event_row(uid: str, coded: Row, points: Row) -> Row:
    """One published Event, at its place's point unless the editor gave another."""
    place = points[coded["place"]] if coded.get("place") else {}
    low, best, high = coded.get("fatalities") or (None, None, None)
    fields = {
        "uid": uid,
        "sub_event_type": SubEventType(coded["sub_type"]).value,
        "start_date": coded["start"].isoformat(),
        "end_date": coded.get("end", coded["start"]).isoformat(),
        "time_precision": time_precision(coded),
        "place": [coded["place"]] if place else None,
        "latitude": coded.get("lat", number(place.get("lat", ""), -90, 90)),
        "longitude": coded.get("lon", number(place.get("lon", ""), -180, 180)),
        "radius_km": float(coded.get("radius_km", place.get("radius_km") or 0)),
        "geo_precision": coded.get("geo_precision", 1),
        "fatalities_low": low,
        "fatalities_best": best,
        "fatalities_high": high,
        "summary": coded.get("summary", ""),
        "is_contested": coded.get("contested", False),
        "is_sensitive": bool(place) and place["kind"] in ("prison", "camp", "hospital", "school"),
        "harm_checked": True,
        "status": "published",
    }
    return {"model": "events.event", "fields": fields}


def time_precision(coded: Row) -> str:
    """Day for up to three days, then week, month, year by the length of the interval."""
    days = (coded.get("end", coded["start"]) - coded["start"]).days
    return "day" if days <= 3 else "week" if days <= 10 else "month" if days <= 62 else "year"


def claim_row(uid: str, report: Row, coded: Row) -> Row:
    """What the report says of the event, in the quoted words."""
    text, quote = report_text(report), coded["quote"].strip()
    start = text.find(quote)
    if start < 0:
        raise ValueError(f"the quote is not in the text: {quote[:60]}")
    low, best, high = coded.get("fatalities") or (None, None, None)
    fields = {
        "event": [uid],
        "report": [digest_of(text)],
        "sentence_start": start,
        "sentence_end": start + len(quote),
        "quote": quote,
        "sub_event_type": coded["sub_type"],
        "reported_by": coded.get("reported_by", ""),
        "stance": coded.get("stance", "asserts"),
        "modality": coded.get("modality", "happened"),
        "place": [coded["place"]] if coded.get("place") else None,
        "start_date": coded["start"].isoformat(),
        "end_date": coded.get("end", coded["start"]).isoformat(),
        "fatalities_low": low,
        "fatalities_best": best,
        "fatalities_high": high,
        "fatalities_text": coded.get("fatalities_text", ""),
    }
    return {"model": "events.claim", "fields": fields}


COMPILERS: dict[str, Callable[[Path], list[Row]]] = {
    "gazetteer": gazetteer_rows,
    "actors": actor_rows,
    "sources": source_rows,
    "demo": demo_rows,
}
