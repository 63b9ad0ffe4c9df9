"""Events as a table, out of the admin and back in: CSV and XLSX, dry run first, errors by row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.admin import ImportExportMixin
from import_export.formats import base_formats
from import_export.forms import ImportForm

from events import curation
from events.curation.review import CORRECTABLE
from events.curation.roles import CURATE
from events.exceptions import RejectedReport
from events.ingestion.documents import refuse_bombs
from events.models import Event, Place
from events.vocabulary import ReviewStatus


class EventResource(resources.ModelResource):
    """Columns an editor may set, by the event's public id. New rows come in as candidates."""

    place = fields.Field(
        column_name="place",
        attribute="place",
        widget=widgets.ForeignKeyWidget(Place, field="slug"),
    )

    class Meta:
        model = Event
        import_id_fields = ("uid",)
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
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

    def save_instance(self, instance: Event, is_create: bool, row: Any, **kwargs: Any) -> None:
        """A changed row is a correction by the person who brings the table."""
        if is_create:
            instance.status = ReviewStatus.CANDIDATE
            instance._change_reason = "came in with a table"
            super().save_instance(instance, is_create, row, **kwargs)
            return
        stored = Event.objects.get(pk=instance.pk)
        names = CORRECTABLE & set(self.fields)
        changes = {
            n: getattr(instance, n) for n in names if getattr(instance, n) != getattr(stored, n)
        }
        if changes:
            curation.correct(stored, changes, kwargs.get("user"), "came in with a table")


class TableForm(ImportForm):
    """A table to bring in, looked at before it is unpacked."""

    def clean_import_file(self) -> Any:
        """The file, unless it is too large or would unpack to too much."""
        file = self.cleaned_data["import_file"]
        if file.size > settings.REPORT_MAX_BYTES:
            raise forms.ValidationError(_("The table is too large."))
        raw = file.read()
        file.seek(0)
        if raw.startswith(b"PK"):
            try:
                refuse_bombs(raw)
            except RejectedReport as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file


class TableExport(ImportExportMixin):
    """Import for those who curate, export for those who see the events."""

    import_form_class = TableForm
    import_export_change_list_template = "admin/events/event/change_list.html"

    def get_import_formats(self) -> list[Any]:
        return [base_formats.CSV, base_formats.XLSX]

    def get_export_formats(self) -> list[Any]:
        return [base_formats.CSV, base_formats.XLSX]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CURATE)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.view_event")
