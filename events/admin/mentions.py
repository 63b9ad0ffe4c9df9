"""All mentions as a list; they are decided on at their report's desk."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from events.admin.base import ReadOnlyAdmin
from events.models import Mention


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    list_display = ("text", "place", "score", "status", "report")
    list_filter = ("status", "role", "report__language")
    list_select_related = ("place", "report")
    search_fields = ("text", "place__name")
    ordering = ("-pk",)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: None = None
    ) -> HttpResponse:
        """A mention's page is the one at the desk."""
        row = get_object_or_404(Mention, pk=object_id if object_id.isdigit() else 0)
        address = reverse("admin:events_report_mention", args=[row.report_id, row.pk])
        return HttpResponseRedirect(address)
