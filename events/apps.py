"""The one application of the project."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from events import checks  # noqa: F401  (registers the system checks)
        from events.evidence.guard import watch

        watch()
