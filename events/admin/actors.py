"""The dictionary of actors at the desk."""

from __future__ import annotations

from django.contrib import admin

from events.admin.base import DeskAdmin, PlainNames
from events.admin.place_table import ActorResource
from events.admin.tables import TableExport
from events.models import Actor, ActorKindPeriod, ActorName


class ActorNameInline(PlainNames, admin.TabularInline):
    model = ActorName
    extra = 1


class ActorKindPeriodInline(admin.TabularInline):
    model = ActorKindPeriod
    extra = 0


@admin.register(Actor)
class ActorAdmin(TableExport, DeskAdmin):
    resource_classes = (ActorResource,)
    inlines = (ActorNameInline, ActorKindPeriodInline)
    list_display = ("name", "name_ar", "kind", "parent", "is_generic")
    list_filter = ("kind", "is_generic", "country")
    list_select_related = ("parent",)
    search_fields = ("name", "name_ar", "slug", "names__text")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("name",)}
