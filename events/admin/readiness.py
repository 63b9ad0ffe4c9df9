"""What the desk's first page would wait for, loaded when the process starts."""

from __future__ import annotations

from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext, override

PAGES = (
    "admin/login.html",
    "admin/index.html",
    "admin/filter.html",
    "admin/pagination.html",
    "admin/events/report/change_list.html",
    "admin/events/report/desk.html",
    "admin/events/report/card.html",
    "admin/events/report/card_form.html",
    "admin/events/report/text.html",
    "admin/events/report/pieces.html",
    "admin/events/level.html",
    "admin/events/level_bars.html",
    "admin/events/level_word.html",
    "admin/events/icons.html",
    "admin/events/keysheet.html",
    "admin/events/mention/popover.html",
    "admin/events/event/merge.html",
    "admin/events/event/change_form.html",
    "admin/events/object_history.html",
)
LANGUAGES = ("en", "ar")


def make_ready() -> None:
    """Compile the desk's pages, and read its addresses and catalogues. Asks no database."""
    reverse("admin:events_report_changelist")
    for name in PAGES:
        get_template(name)
    for language in LANGUAGES:
        with override(language):
            gettext("Queue")
