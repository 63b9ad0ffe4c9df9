"""Sources at the desk; one that is not named in public is named nowhere public."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import path

from events.admin.base import DeskAdmin
from events.admin.mapping_page import mapping_view
from events.models import Source


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    list_display = ("name", "kind", "country", "language", "reliability", "is_public")
    list_filter = ("kind", "reliability", "is_public", "language")
    search_fields = ("name", "slug", "url")
    prepopulated_fields = {"slug": ("name",)}

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(mapping_view)
        extra = {"site": self.admin_site}
        return [path("table/", page, extra, name="events_table_mapping"), *super().get_urls()]
