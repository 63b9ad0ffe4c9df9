"""Decisions and merges as lists: what was done at the desk, by whom; nothing is changed here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from events.admin.answers import VERBS, done_word
from events.admin.base import ReadOnlyAdmin
from events.models import Decision, Merge


class VerbFilter(admin.SimpleListFilter):
    """By what was done, in the words of the reader."""

    title, parameter_name = gettext_lazy("Decision"), "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(verb, done_word(verb)) for verb in VERBS]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "done", "label", "reason", "undone_at")
    list_filter = (VerbFilter, "touches_public", "at")
    list_select_related = ("by",)
    search_fields = ("label", "reason", "by__username")
    fields = ("at", "by", "done", "label", "reason", "event", "report", "undone_at")

    @admin.display(description=gettext_lazy("Decision"), ordering="verb")
    def done(self, row: Decision) -> str:
        return done_word(row.verb)


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    list_display = ("merged_at", "merged_by", "duplicate", "kept", "undone_at")
    list_filter = ("merged_at",)
    list_select_related = ("merged_by", "duplicate__place", "kept__place")
    fields = ("merged_at", "merged_by", "duplicate", "kept", "reasons", "undone_at")
