"""Capitals that stand for their governments where no single word beside them says so.

Part of step 3: in a list of capitals one that acts speaks for all; in some languages the bare name
of a capital, or one that opens its sentence, is somebody who acts (`capitals_act` of `[places]`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .context import Hints
from .document import Toponym
from .reading import Reading
from .world import capital_ids

_GAP = 6
_APOSTROPHES = "'’ʼ"


def with_governments(
    toponyms: Sequence[Toponym], hints: Sequence[Hints], reading: Reading, act: str
) -> tuple[Toponym, ...]:
    """The toponyms with the role metonym where a capital acts; `act` is bare, opening or ""."""
    found = [
        _acting(toponym, hint, reading, act) for toponym, hint in zip(toponyms, hints, strict=True)
    ]
    for step in (1, -1):
        order = range(len(found)) if step > 0 else range(len(found) - 1, -1, -1)
        for number in order:
            before = number - step
            if 0 <= before < len(found) and _side_by_side(found[number], found[before], reading):
                found[number] = _as_government(found[number], "listed with one that acts")
    return tuple(found)


def _acting(toponym: Toponym, hint: Hints, reading: Reading, act: str) -> Toponym:
    if not act or not _is_capital(toponym) or not _is_alone(toponym, hint, reading):
        return toponym
    if act == "opening" and hint.first not in reading.openers:
        return toponym
    return _as_government(toponym, "it is who acts in its sentence")


def _is_alone(toponym: Toponym, hint: Hints, reading: Reading) -> bool:
    """Whether no ending and no word beside the name makes it a place or part of a name."""
    text = reading.text
    if hint.kind or hint.direction or hint.is_point or text[toponym.end : toponym.end + 1] == "":
        return False
    if text[toponym.end] in _APOSTROPHES or reading.capital(hint.last):
        return False
    if not (text[toponym.end].isspace() or text[toponym.end] == ","):
        return False
    return reading.after(hint.last, "generics", "directions", "near_after", "titles") is None


def _side_by_side(own: Toponym, other: Toponym, reading: Reading) -> bool:
    if other.role != "metonym" or not _is_capital(own):
        return False
    gap = reading.text[min(own.end, other.end) : max(own.start, other.start)].strip(" ,،")
    return len(gap) <= _GAP and (gap in ("", "و") or gap in reading.words["conjunctions"])


def _is_capital(toponym: Toponym) -> bool:
    place = toponym.place
    return toponym.role == "literal" and place is not None and place.place_id in capital_ids()


def _as_government(toponym: Toponym, why: str) -> Toponym:
    reason = f"metonym: the capital stands for its government, {why}; {toponym.reason}"
    return replace(toponym, role="metonym", reason=reason)
