"""Published events as files: CSV (ours, ACLED's and UCDP's columns), GeoJSON and KML, streamed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from events.publishing.citing import LICENCE
from events.publishing.cleaning import TURNING
from events.publishing.features import PublicEvent, feature, sources_of
from events.publishing.profiles import ACLED_COLUMNS, UCDP_COLUMNS, acled_row, ucdp_row

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
UNSEEN = "".join(map(chr, (*range(33), *range(127, 161), 0x200B, 0x200C, 0x200D, 0xFEFF))) + TURNING
"""What a spreadsheet may skip before it looks for a formula."""
OUR_COLUMNS = (
    "id",
    "event_type",
    "sub_event_type",
    "start_date",
    "end_date",
    "time_precision",
    "place",
    "place_ar",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "radius_km",
    "geo_precision",
    "actors",
    "targets",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "contested",
    "summary",
    "sources",
    "quotes",
    "dataset",
    "external_id",
    "url",
)


class Line:
    """A file that gives back what is written to it: csv.writer as a generator."""

    def write(self, text: str) -> str:
        return text


def safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    if value.startswith(FORMULA_STARTS) or value.lstrip(UNSEEN).startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def unsafe(value: Any) -> Any:
    """The cell that `safe` was given, from what it gave."""
    if isinstance(value, str) and value[:1] == "'" and safe(value[1:]) == value:
        return value[1:]
    return value


def our_row(record: PublicEvent, base_url: str) -> list[Any]:
    """The row of our own CSV, in the order of OUR_COLUMNS."""
    low, best, high = record["fatalities"]
    actors = [a["name"] for a in record["actors"] if a["role"] != "target"]
    targets = [a["name"] for a in record["actors"] if a["role"] == "target"]
    return [
        record["uid"],
        record["event_type"],
        record["sub_event_type"],
        record["start_date"],
        record["end_date"],
        record["time_precision"],
        record["place"],
        record["place_ar"],
        record["admin1"],
        record["country"],
        record["latitude"],
        record["longitude"],
        record["radius_km"],
        record["geo_precision"],
        "; ".join(actors),
        "; ".join(targets),
        low,
        best,
        high,
        int(record["is_contested"]),
        record["summary"],
        "; ".join(sources_of(record)),
        " | ".join(claim["quote"].strip() for claim in record["claims"]),
        record["dataset"],
        record["external_id"],
        f"{base_url}/events/{record['uid']}/",
    ]


PROFILES: dict[str, tuple[tuple[str, ...], Callable[[PublicEvent, str], list[Any] | None]]] = {
    "": (OUR_COLUMNS, our_row),
    "acled": (ACLED_COLUMNS, acled_row),
    "ucdp": (UCDP_COLUMNS, ucdp_row),
}


def csv_lines(records: Iterable[PublicEvent], base_url: str, profile: str = "") -> Iterator[str]:
    """CSV lines, header first; `profile` is "", "acled" or "ucdp"."""
    columns, build = PROFILES[profile]
    writer = csv.writer(Line(), lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(columns)
    for record in records:
        row = build(record, base_url)
        if row is not None:
            yield writer.writerow([safe(cell) for cell in row])


def geojson_lines(records: Iterable[PublicEvent], base_url: str, cite: str = "") -> Iterator[str]:
    """A GeoJSON FeatureCollection, a feature a line."""
    head = {"type": "FeatureCollection", "license": LICENCE, "citation": cite}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n'
    comma = ""
    for record in records:
        yield comma + json.dumps(feature(record, base_url), ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def kml_lines(records: Iterable[PublicEvent], base_url: str, cite: str = "") -> Iterator[str]:
    """A KML document, a Placemark an event, with its time span."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
    terms = escape(f"{LICENCE} {cite}".strip())
    yield f"<Document><name>idlibmap</name><description>{terms}</description>\n"
    for record in records:
        yield _placemark(record, base_url)
    yield "</Document>\n</kml>\n"


def _placemark(record: PublicEvent, base_url: str) -> str:
    # CDATA would hide markup from the parser; escaped text is shown as text by every viewer.
    name = f"{record['sub_event_type']}, {record['place']}, {record['start_date']}"
    quotes = "\n\n".join(f"{c['source']}: {c['quote'].strip()}" for c in record["claims"])
    text = f"{record['summary']}\n\n{quotes}\n\n{base_url}/events/{record['uid']}/".strip()
    return (
        f'<Placemark id="{record["uid"]}"><name>{xml_text(name)}</name>'
        f"<description>{xml_text(escape(text))}</description>"
        f"<TimeSpan><begin>{record['start_date']}</begin><end>{record['end_date']}</end></TimeSpan>"
        f"<Point><coordinates>{record['longitude']},{record['latitude']}</coordinates></Point>"
        "</Placemark>\n"
    )


def xml_text(text: str) -> str:
    """`text` as XML character data: control characters, which XML cannot hold, are dropped."""
    kept = (c for c in text if c in "\t\n\r" or (c >= " " and not 0xFFFE <= ord(c) <= 0xFFFF))
    return escape("".join(c for c in kept if not 0xD800 <= ord(c) <= 0xDFFF))
