"""The point picker: two number fields that a map, a search and pasted coordinates fill in.

Without JavaScript the fields are plain numbers. The map is Leaflet from django-leaflet's statics
over the project's own base map; nothing needs GeoDjango.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse_lazy

PICKER = "js/admin/picker_field.js"


class PointPicker(forms.NumberInput):
    """The latitude field of a pair; its script finds longitude and radius by their names."""

    template_name = "admin/events/widgets/point_picker.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"step": "any", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["search_url"] = reverse_lazy("admin:events_place_search")
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> str:
        """From the project's own templates, which the renderer of forms does not look into."""
        return render_to_string(template_name, context)

    @property
    def media(self) -> forms.Media:
        """Leaflet and the picker; the picker is an ES module."""
        css = {"all": ["leaflet/leaflet.css", "css/admin/picker.css"]}
        return forms.Media(css=css, js=["leaflet/leaflet.js", Script(PICKER, type="module")])
