"""Sources at the desk; one that is not named in public is named nowhere public."""

from __future__ import annotations

from django.contrib import admin

from events.admin.base import DeskAdmin
from events.models import Source


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    list_display = ("name", "kind", "country", "language", "reliability", "is_public")
    list_filter = ("kind", "reliability", "is_public", "language")
    search_fields = ("name", "slug", "url")
    prepopulated_fields = {"slug": ("name",)}
