"""The gold format: one JSON line a report, annotated by hand.

{"doc_id", "lang", "published", "text", "toponyms": [{"start", "end", "surface", "lat", "lon",
"coord_tolerance_km", "optional"?, "also_ok"?}], "dates": [{"start", "end", "iso_start", "iso_end",
"precision", "value"?}], "events": [{"type", "sub_type", "date_start", "date_end", "lat", "lon",
"coord_tolerance_km", "fatalities"}]}. Offsets are code points, end exclusive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

Gold = dict[str, Any]


class GoldError(ValueError):
    """A gold line that cannot be used."""


def load_gold(lines: Iterable[str]) -> list[Gold]:
    """The gold reports of JSON lines; raises GoldError with the line and what is wrong."""
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            found.append(_checked(number, line))
    return found


def _checked(number: int, line: str) -> Gold:
    try:
        gold = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(f"line {number} is not JSON: {error.msg}") from error
    if not isinstance(gold, dict) or not isinstance(gold.get("text"), str):
        raise GoldError(f"line {number} has no text")
    for toponym in gold.get("toponyms", []):
        named = gold["text"][toponym["start"] : toponym["end"]]
        if named != toponym.get("surface", named):
            raise GoldError(f"line {number}: offsets name {named!r}, not {toponym['surface']!r}")
    return gold
