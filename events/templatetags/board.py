"""The dashboard's numbers for the admin's first page."""

from __future__ import annotations

from typing import Any

from django import template

from events.admin.answers import done_word
from events.admin.dashboard import board_of

register = template.Library()


@register.filter
def done(decision: Any) -> str:
    """What a decision did, in a word of the reader's language."""
    return done_word(decision.verb)


@register.simple_tag(takes_context=True)
def dashboard(context: template.Context) -> Any:
    """The numbers of the dashboard; None for who may not see reports."""
    request = context["request"]
    return board_of(request) if request.user.has_perm("events.view_report") else None
