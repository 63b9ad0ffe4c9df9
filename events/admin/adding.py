"""A new event from words that an editor selected in a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from events import curation
from events.models import Decision, Report


def add_event(report: Report, data: Mapping[str, Any], by: Any) -> Decision:
    """A candidate whose claim quotes `start`..`end` of the report's text.

    Raises Refused when the selection is no stretch of the text.
    """
    try:
        start, end = int(data.get("start", "")), int(data.get("end", ""))
    except ValueError:
        raise curation.Refused(_("Select the words of the event first.")) from None
    return curation.add_event(report, start, end, by)
