"""The machine's reasons in the reader's language.

The parser explains itself in plain English ("weekday before the report of 2018-02-16"), which is
what is stored. Here such a sentence is taken apart into the phrases that it was made of, each with
its parameters, and said again: in Arabic where the catalogue has it, and with days as days are
written. A phrase that is not known here stays as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache, lru_cache

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.admin.reason_phrases import COUNTED, PHRASES, SHOWN_AS, UNITS
from events.models import Event
from events.vocabulary import PlaceKind

LONGEST, LONGEST_CLAUSE = 2000, 400
"""Characters of a reason that are read, the rest is cut off; and of a clause taken apart."""
COMMA, MOST_COMMAS = re.compile(", "), 8
"""A clause with more commas than any phrase has is not taken apart."""
PARAMETER = re.compile(r"%\((\w+)\)s")
STEP = re.compile(r"(?:(\w{1,2}) )?([+-]\d{1,6})(?: (\w{1,4}))? from (.+)")


def reason_text(reason: str) -> str:
    """A reason as the parser or a command wrote it, in the language of the reader."""
    text = reason[:LONGEST].strip()
    return _("; ").join(_clause(part) for part in _split(text, "; "))


def is_known(reason: str) -> bool:
    """Whether every phrase of a reason can be said in another language."""
    return all(_known(part) for part in _split(reason.strip(), "; "))


def phrases() -> set[str]:
    """All the phrases, in English, that the catalogues have to hold."""
    return {SHOWN_AS.get(phrase, phrase) for phrase in PHRASES}


def _split(text: str, mark: str) -> list[str]:
    """The parts between the marks that stand outside of quotation marks."""
    parts, quoted, held = text.split(mark), False, []
    found: list[str] = []
    for part in parts:
        held.append(part)
        if part.count('"') % 2:
            quoted = not quoted
        if not quoted:
            found.append(mark.join(held))
            held = []
    return [*found, *([mark.join(held)] if held else [])]


def _clause(text: str) -> str:
    """One clause, whole where it is known, else cut at its last comma."""
    if len(text) > LONGEST_CLAUSE:
        return text
    whole = _whole(text)
    if whole is not None:
        return whole
    head, tail = _cut(text)
    return _clause(head) + _(", ") + str(_whole(tail)) if head else text


def _known(text: str) -> bool:
    return len(text) <= LONGEST_CLAUSE and (
        _match(text) is not None or _step(text) is not None or _cut(text) != ("", "")
    )


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, str]:
    """The text before and after the last comma whose two sides are known; "" for none."""
    commas = [found.start() for found in COMMA.finditer(text)]
    for at in reversed(commas if len(commas) <= MOST_COMMAS else []):
        head, tail = text[:at], text[at + 2 :]
        if (_match(tail) or _step(tail)) and _known(head):
            return head, tail
    return "", ""


def _whole(text: str) -> str | None:
    step = _step(text)
    if step is not None:
        return step
    found = _match(text)
    if found is None:
        return None
    phrase, values = found
    said = {name: SAYING.get(name, str)(value) for name, value in values.items()}
    message = _(SHOWN_AS.get(phrase, phrase))
    return message % said if said else message


def _match(text: str) -> tuple[str, dict[str, str]] | None:
    """The phrase that a text is, with its parameters."""
    if text in PHRASES:
        return text, {}
    for phrase, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found and ("when" not in found.groupdict() or _known(found["when"])):
            return phrase, found.groupdict()
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """A pattern for each phrase with parameters; bounded, since reports write what is matched."""
    kinds = {"n": r"-?\d{1,6}(?:\.\d{1,4})?", "day": r"\d{4}[-\dWQHSE/]{0,24}", "when": r".+"}
    sorts = "|".join(kind.replace("_", "[ _]") for kind in PlaceKind.values)
    kinds |= {"side": r"[a-z-]{2,20}", "kind": sorts}
    found = []
    for phrase in filter(PARAMETER.search, PHRASES):
        parts = PARAMETER.split(phrase)
        pattern = "".join(
            re.escape(part) if not number % 2 else f"(?P<{part}>{kinds.get(part, '.{1,300}?')})"
            for number, part in enumerate(parts)
        )
        found.append((phrase, re.compile(pattern)))
    return found


def _step(text: str) -> str | None:
    """ "W -1 from the report of 2018-02-16" as "1 week before the report of 16 Feb 2018"."""
    found = STEP.fullmatch(text)
    unit = (found[1] or found[3]) if found else None
    unit = "D" if unit == "day" else unit
    if not found or unit not in COUNTED:
        return None
    count, when = int(found[2]), _day(found[4]) if found[4][:4].isdigit() else _clause(found[4])
    if not count:
        return _("the same %(unit)s as %(when)s") % {"unit": _(UNITS[unit]), "when": when}
    one, many = COUNTED[unit]
    length = ngettext(one, many, abs(count)) % {"n": abs(count)}
    side = _("%(length)s before %(when)s") if count < 0 else _("%(length)s after %(when)s")
    return side % {"length": length, "when": when}


def _day(value: str) -> str:
    try:
        return date_format(dt.date.fromisoformat(value), "j M Y")
    except ValueError:
        return value


def _kind(value: str) -> str:
    code = value.replace(" ", "_")
    return str(PlaceKind(code).label).lower() if code in PlaceKind.values else value


def _fields(value: str) -> str:
    """Columns as a command lists them: "place, fatalities_low"."""
    columns = {column.name: column.verbose_name for column in Event._meta.fields}
    return _(", ").join(str(columns.get(name, name)) for name in value.split(", "))


SAYING: dict[str, Callable[[str], str]] = {
    "day": _day,
    "day2": _day,
    "when": _clause,
    "side": lambda value: _(value),
    "kind": _kind,
    "fields": _fields,
}
