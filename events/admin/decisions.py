"""Decisions and merges as lists: what was done at the desk, by whom; nothing is changed here."""

from __future__ import annotations

from django.contrib import admin

from events.admin.base import ReadOnlyAdmin
from events.models import Decision, Merge


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "verb", "label", "reason", "undone_at")
    list_filter = ("verb", "touches_public", "at")
    list_select_related = ("by",)
    search_fields = ("label", "reason", "by__username")
    fields = ("at", "by", "verb", "label", "reason", "event", "report", "undone_at")


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    list_display = ("merged_at", "merged_by", "duplicate", "kept", "undone_at")
    list_filter = ("merged_at",)
    list_select_related = ("merged_by", "duplicate__place", "kept__place")
    fields = ("merged_at", "merged_by", "duplicate", "kept", "reasons", "undone_at")
