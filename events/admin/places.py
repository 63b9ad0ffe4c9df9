"""The gazetteer at the desk: places, their names, what is easily taken for them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from events import tasks
from events.admin.base import DeskAdmin, PlainNames
from events.admin.place_table import PlaceResource
from events.admin.searching import find_places, label_of, read_coordinates
from events.admin.tables import TableExport
from events.admin.widgets import PointPicker
from events.models import Event, Mention, Place, PlaceName
from events.vocabulary import MentionStatus, NameOrigin


class PlaceForm(ModelForm):
    """A place with its point on a map."""

    class Meta:
        model = Place
        fields = (
            "name",
            "name_ar",
            "slug",
            "kind",
            "parent",
            "country",
            "latitude",
            "longitude",
            "radius_km",
            "coarsen_km",
            "importance",
            "valid_from",
            "valid_to",
            "reference",
            "note",
        )
        widgets = {"latitude": PointPicker()}


class PlaceNameInline(PlainNames, admin.TabularInline):
    model = PlaceName
    extra = 1
    fields = ("text", "language", "origin", "learned_from", "learned_by")
    readonly_fields = ("origin", "learned_from", "learned_by")


@admin.register(Place)
class PlaceAdmin(TableExport, DeskAdmin):
    resource_classes = (PlaceResource,)
    form = PlaceForm
    inlines = (PlaceNameInline,)
    list_display = ("name", "name_ar", "kind", "parent", "country", "latitude", "longitude")
    list_filter = ("kind", "country", "edited")
    list_select_related = ("parent",)
    search_fields = ("name", "name_ar", "slug", "names__text")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("name",)}
    change_form_template = "admin/events/place/change_form.html"
    fieldsets = (
        (_("Place"), {"fields": (("name", "name_ar"), ("kind", "slug"), ("parent", "country"))}),
        (
            _("Where"),
            {
                "fields": ("latitude", "longitude", ("radius_km", "coarsen_km")),
                "classes": ("where",),
            },
        ),
        (
            _("More"),
            {"fields": (("valid_from", "valid_to"), ("importance", "reference"), "note")},
        ),
    )

    def get_urls(self) -> list[Any]:
        search = path(
            "search/", self.admin_site.admin_view(self.search_view), name="events_place_search"
        )
        return [search, *super().get_urls()]

    def search_view(self, request: HttpRequest) -> HttpResponse:
        """Places for what was typed, as JSON: names in any spelling, or coordinates."""
        if not self.has_view_permission(request):
            return JsonResponse({"error": "forbidden"}, status=403)
        text = request.GET.get("q", "")[:200]
        point = read_coordinates(text)
        found = [] if point else find_places(text)
        return JsonResponse({"point": point, "places": [_row(place) for place in found]})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"radius_km": 1.0, "country": "SY", **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Place, form: Any, change: bool) -> None:
        obj.edited = True
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.forms:
            if row.instance.pk is None:
                row.instance.origin = NameOrigin.EDITOR
                row.instance.learned_by = request.user
        super().save_formset(request, form, formset, change)
        made = [row.pk for row in getattr(formset, "new_objects", [])]
        if made:
            tasks.read_again_after_commit(made)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        place = self.get_object(request, object_id)
        about = about_place(place) if place else {}
        return super().change_view(request, object_id, form_url, {**about, **(extra_context or {})})


def _row(place: Place) -> dict[str, Any]:
    return {
        "id": place.pk,
        "label": label_of(place),
        "name": place.name,
        "kind": str(place.get_kind_display()),
        "in": place.parent.name if place.parent_id else "",
        "lat": place.latitude,
        "lon": place.longitude,
        "radius": place.radius_km,
        "area": place.is_area,
    }


def about_place(place: Place) -> dict[str, Any]:
    """What the page of a place shows beside the form: mentions, events, namesakes."""
    mentions = Mention.objects.filter(place=place)
    counts = dict(mentions.values_list("status").order_by().annotate(Count("pk")))
    types = Event.objects.filter(place=place, merged_into__isnull=True).exclude(status="rejected")
    return {
        "ancestors": place.ancestors(),
        "verified": counts.get(MentionStatus.VERIFIED, 0),
        "open_mentions": counts.get(MentionStatus.UNVERIFIED, 0),
        "mention_reports": mentions.values("report").distinct().count(),
        "by_spelling": spelling_counts(mentions),
        "samples": samples(mentions),
        "event_types": list(
            types.values_list("sub_event_type").order_by().annotate(n=Count("pk")).order_by("-n")
        ),
        "namesakes": namesakes(place),
    }


def spelling_counts(mentions: QuerySet[Mention]) -> list[tuple[str, int]]:
    """How often each spelling was read as this place, most frequent first."""
    rows = mentions.values_list("text").order_by().annotate(n=Count("pk")).order_by("-n", "text")
    return list(rows[:12])


def samples(mentions: QuerySet[Mention]) -> list[Mention]:
    """A few mentions with the words around them."""
    return list(mentions.select_related("report").order_by("-pk")[:3])


def namesakes(place: Place) -> list[Place]:
    """Other places that share a spelling or its consonants."""
    keys = list(place.names.values_list("skeleton", flat=True)[:20])
    rows = Place.objects.filter(names__skeleton__in=[key for key in keys if len(key) > 2])
    return list(rows.exclude(pk=place.pk).select_related("parent").distinct()[:6])
