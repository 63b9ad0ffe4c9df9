"""Events as a table: what an editor may set, by the public id; new rows come in as candidates."""

from __future__ import annotations

from typing import Any

from import_export import fields, widgets

from events import curation
from events.admin.tables import CAME_IN, TableOptions, TableResource
from events.curation.review import CORRECTABLE
from events.models import Event, Place
from events.models.events import new_uid
from events.vocabulary import ReviewStatus


class EventResource(TableResource):
    """Columns an editor may set, by the event's public id. A row without one is a new event."""

    place = fields.Field(
        column_name="place",
        attribute="place",
        widget=widgets.ForeignKeyWidget(Place, field="slug"),
    )

    class Meta(TableOptions):
        model = Event
        import_id_fields = ("uid",)
        fields = (
            "uid",
            "sub_event_type",
            "start_date",
            "end_date",
            "time_precision",
            "place",
            "latitude",
            "longitude",
            "radius_km",
            "geo_precision",
            "fatalities_low",
            "fatalities_best",
            "fatalities_high",
            "summary",
        )
        export_order = fields

    def import_instance(self, instance: Event, row: Any, **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        instance.uid = instance.uid or new_uid()

    def save_instance(self, instance: Event, is_create: bool, row: Any, **kwargs: Any) -> None:
        """A changed row is a correction by the person who brings the table."""
        if is_create:
            instance.status = ReviewStatus.CANDIDATE
            super().save_instance(instance, is_create, row, **kwargs)
            return
        stored = Event.objects.get(pk=instance.pk)
        names = CORRECTABLE & set(self.fields)
        changes = {
            n: getattr(instance, n) for n in names if getattr(instance, n) != getattr(stored, n)
        }
        if changes:
            curation.correct(stored, changes, kwargs.get("user"), CAME_IN)
