"""What reading pages print: days, periods and quotes, in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.publishing.cleaning import web_address

register = template.Library()

ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
# The months of Syria and its neighbours, not the ones of Egypt that most catalogues have.
LEVANTINE = [
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
]  # fmt: skip
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def is_arabic() -> bool:
    """Whether the page is read in Arabic."""
    return (get_language() or "en").startswith("ar")


@register.filter
def digits(value: Any) -> str:
    """The value with Eastern Arabic digits on Arabic pages."""
    return str(value).translate(EASTERN) if is_arabic() else str(value)


@register.filter
def day(value: str | dt.date | None, with_year: bool = True) -> str:
    """An ISO day in words: "23 June 2020"; what is no day stays as it is."""
    date = as_date(value)
    if date is None:
        return str(value or "")
    months = LEVANTINE if is_arabic() else ENGLISH
    text = f"{date.day} {months[date.month - 1]}" + (f" {date.year}" if with_year else "")
    return digits(text)


def as_date(value: str | dt.date | None) -> dt.date | None:
    """The day of an ISO text, a date or a moment; None for anything else."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


@register.filter
def period(start: str, end: str) -> str:
    """From start to end, saying each month and year once: "23 – 26 June 2020"."""
    first, last = as_date(start), as_date(end)
    if first is None or last is None or first == last:
        return day(start)
    if (first.year, first.month) == (last.year, last.month):
        return f"{digits(first.day)} – {day(last)}"
    return f"{day(first, first.year != last.year)} – {day(last)}"


@register.filter
def days_between(start: str, end: str) -> int:
    """How many days a period has, both ends counted."""
    first, last = as_date(start), as_date(end)
    return (last - first).days + 1 if first and last else 1


@register.filter
def figures(values: tuple[int | None, int | None, int | None]) -> str:
    """Low, best, high as "22 – 33", one number, or nothing when none is stated."""
    low, best, high = values
    low = low if low is not None else best
    high = high if high is not None else best
    if low is None or high is None:
        return ""
    return digits(low if low == high else f"{low} – {high}")


@register.filter
def reports(claims: list[dict[str, Any]]) -> str:
    """How many reports speak of an event, in words."""
    count = len({(claim["source_slug"], claim["title"], claim["published"]) for claim in claims})
    return digits(ngettext("%(n)d report", "%(n)d reports", count) % {"n": count})


@register.filter
def marked(claim: dict[str, Any]) -> SafeString:
    """A claim's quote with its telling words in <mark>; all of it escaped."""
    quote, at, parts = claim["quote"], 0, []
    for start, end in marks_of(claim):
        parts.append(format_html("{}<mark>{}</mark>", quote[at:start], quote[start:end]))
        at = end
    return format_html_join("", "{}", ((part,) for part in [*parts, quote[at:]]))


def marks_of(claim: dict[str, Any]) -> list[tuple[int, int]]:
    """Where the words stand that tell what happened and how many, in order and joined."""
    quote, figures = claim["quote"], claim["fatalities_text"]
    at = quote.find(figures) if figures else -1
    found = [claim["trigger"], (at, at + len(figures)) if at >= 0 else None]
    marks: list[tuple[int, int]] = []
    for start, end in sorted(mark for mark in found if mark):
        if marks and start <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(marks[-1][1], end))
        else:
            marks.append((start, end))
    return marks


@register.filter
def web(address: str) -> str:
    """The address if a link may lead to it (http, https), else nothing."""
    return web_address(address)


@register.filter
def isolated(text: str) -> str:
    """The text as a run of its own direction, inside a sentence of another (Unicode isolates)."""
    return f"\u2068{text}\u2069"


@register.filter
def local_place(event: dict[str, Any]) -> str:
    """The place's name in the reader's language, as far as known."""
    return (event["place_ar"] if is_arabic() else "") or event["place"]


@register.filter
def local_name(actor: dict[str, Any]) -> str:
    """The actor's name in the reader's language, as far as known."""
    return (actor["name_ar"] if is_arabic() else "") or actor["name"]


@register.filter
def title_of(event: dict[str, Any]) -> str:
    """The summary, or what and where: "Armed clash, Saraqib"."""
    if event["summary"]:
        return event["summary"]
    what, where = _(event["sub_event_type"]), local_place(event)
    return _("%(what)s, %(where)s") % {"what": what, "where": where} if where else what


@register.filter
def with_role(actors: list[dict[str, Any]], role: str) -> list[dict[str, Any]]:
    """The actors that have the role ("target"), or any other ("others"), each once."""
    wanted = [a for a in actors if (a["role"] == "target") == (role == "target")]
    return list({a["slug"]: a for a in wanted}.values())
