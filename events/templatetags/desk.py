"""Small parts of the desk's pages: icons, ages, days, initials."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from events.curation.roles import role_of
from events.vocabulary import SubEventType

register = template.Library()
CLEAR, LIKELY = 0.75, 0.5
"""From which confidence on a reading counts as clear, and as likely."""


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """One of the desk's line icons; `size` "s" is the small one."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="#{}"/></svg>', size, f"i-{name}"
    )


@register.simple_tag
def type_icon(code: str) -> SafeString:
    """The shape of an event type; takes a type's or a sub-type's code."""
    if code in SubEventType.values:
        code = SubEventType(code).event_type
    return format_html(
        '<svg class="t t-{0}" aria-hidden="true"><use href="#t-{0}"/></svg>', str(code)
    )


@register.filter
def sub_type_label(code: str) -> str:
    """The name of a sub-type in the reader's language."""
    return str(SubEventType(code).label) if code in SubEventType.values else code


@register.filter
def event_type_label(code: str) -> str:
    """The name of the event type that a sub-type belongs to."""
    return str(SubEventType(code).event_type.label) if code in SubEventType.values else ""


@register.filter
def local(row: Any) -> str:
    """A place's or an actor's name in the reader's language; "" for none."""
    return row.local_name(get_language() or "en") if row is not None else ""


@register.filter
def event_title(event: Any) -> str:
    """An event in one line: its type, place and days."""
    place = local(event.place) if event.place_id else ""
    parts = (str(event.get_sub_event_type_display()), place, days_text_or_none(event))
    return _(", ").join(part for part in parts if part)


def days_text_or_none(event: Any) -> str:
    """The days of an event, "" where none is known."""
    return days_text(event.start_date, event.end_date) if event.start_date else ""


@register.filter
def days(row: Any) -> str:
    """The days of an event or claim: "23 to 26 Jun 2020", or a dash for none."""
    return days_text(row.start_date, row.end_date)


def days_text(start: dt.date | None, end: dt.date | None) -> str:
    """Two days as one phrase, what they share said once."""
    if start is None:
        return _("no day")
    if end is None or end == start:
        return _short(start)
    first = _short(start)
    if (start.year, start.month) == (end.year, end.month):
        first = str(start.day)
    elif start.year == end.year:
        first = date_format(start, "j M")
    return _("%(start)s to %(end)s") % {"start": first, "end": _short(end)}


def _short(day: dt.date) -> str:
    return date_format(day, "j M Y")


@register.filter
def weekday_days(row: Any) -> str:
    """The days with their weekdays: "Tue 23 to Fri 26 Jun 2020"."""
    start, end = row.start_date, row.end_date
    if start is None:
        return _("no day")
    if end is None or end == start:
        return date_format(start, "D j M Y")
    same = (start.year, start.month) == (end.year, end.month)
    first = date_format(start, "D j" if same else "D j M Y")
    return _("%(start)s to %(end)s") % {"start": first, "end": date_format(end, "D j M Y")}


@register.filter
def age(moment: dt.datetime | None) -> str:
    """How long ago, in the largest unit: "9 d", "3 h", "5 min"."""
    if moment is None:
        return ""
    return span_text(timezone.now() - moment)


def span_text(span: dt.timedelta) -> str:
    """A stretch of time in days, hours or minutes."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return pgettext("minutes", "%d min") % minutes
    if minutes < 24 * 60:
        return pgettext("hours", "%d h") % (minutes // 60)
    return pgettext("days", "%d d") % (minutes // (24 * 60))


@register.filter
def is_old(moment: dt.datetime | None) -> bool:
    """More than a week ago."""
    return moment is not None and timezone.now() - moment > dt.timedelta(days=7)


@register.filter
def initials(user: Any) -> str:
    """Two letters that stand for a person."""
    name = user.get_full_name() or user.get_username()
    words = name.replace("-", " ").replace("_", " ").replace(".", " ").split()
    letters = words[0][0] + words[1][0] if len(words) > 1 else name[:2]
    return letters.upper()


@register.filter
def level(event: Any) -> str:
    """The confidence of an event in three steps: hi, mid, lo."""
    return level_of(event.confidence)


def level_of(confidence: float | None, *, doubtful: bool = False) -> str:
    """Three steps of confidence; what a person made is clear, what has a doubt is never clear."""
    if confidence is None:
        return "hi"
    if confidence < LIKELY:
        return "lo"
    return "mid" if confidence < CLEAR or doubtful else "hi"


ROLE_NAMES = {
    "contributor": pgettext_lazy("role", "Contributor"),
    "editor": pgettext_lazy("role", "Editor"),
    "publisher": pgettext_lazy("role", "Publisher"),
    "administrator": pgettext_lazy("role", "Administrator"),
}


@register.filter
def role(user: Any) -> str:
    """The name of a user's role."""
    return ROLE_NAMES.get(role_of(user), "")


@register.filter
def direction(language: str) -> str:
    """The direction of a text in a language."""
    return "rtl" if language in ("ar", "fa", "he", "ur") else "ltr"
