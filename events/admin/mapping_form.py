"""What the columns of an editor's table mean: one choice a column, guessed from its name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.ingestion.tables.mapping import NAMES, NEEDED, guess
from events.models import Source
from events.vocabulary import SourceKind, SubEventType

LABELS = {
    "external_id": gettext_lazy("Id of the row"),
    "start_date": gettext_lazy("First day"),
    "end_date": gettext_lazy("Last day"),
    "time_precision": gettext_lazy("Time precision (day, week, month, year)"),
    "sub_event_type": gettext_lazy("Type of event"),
    "place": gettext_lazy("Name of the place"),
    "admin1": gettext_lazy("Governorate"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "radius_km": gettext_lazy("Radius, km"),
    "geo_precision": gettext_lazy("Place precision (1, 2, 3)"),
    "actors": gettext_lazy("Actors, joined by semicolons"),
    "targets": gettext_lazy("Targets, joined by semicolons"),
    "fatalities_low": gettext_lazy("Killed, low"),
    "fatalities_best": gettext_lazy("Killed"),
    "fatalities_high": gettext_lazy("Killed, high"),
    "summary": gettext_lazy("Summary"),
}


class MappingForm(forms.Form):
    """`means_<n>` is the field that column n holds; `samples` are shown beside it."""

    dataset = forms.ModelChoiceField(
        Source.objects.none(), required=False, label=gettext_lazy("Dataset")
    )
    new_dataset = forms.CharField(
        max_length=200, required=False, strip=True, label=gettext_lazy("or a new one, named")
    )
    default_type = forms.ChoiceField(
        required=False, label=gettext_lazy("Type of rows that have none of their own")
    )

    def __init__(self, table: list[tuple[str, list[str]]], user: Any, data: Any = None) -> None:
        super().__init__(data)
        self.table = table
        self.fields["dataset"].queryset = Source.objects.filter(kind=SourceKind.DATASET)
        if not user.has_perm("events.add_source"):
            del self.fields["new_dataset"]
        self.fields["default_type"].choices = [("", "–"), *SubEventType.choices]
        guessed = {at: field for field, at in guess([name for name, _samples in table]).items()}
        for at, (name, _samples) in enumerate(table):
            self.fields[f"means_{at}"] = forms.ChoiceField(
                choices=[("", "–"), *LABELS.items()],
                required=False,
                initial=guessed.get(at, ""),
                label=name,
            )

    def rows(self) -> list[tuple[str, list[str], Any]]:
        """Name, samples and choice of each column."""
        return [(name, seen, self[f"means_{at}"]) for at, (name, seen) in enumerate(self.table)]

    def columns(self) -> dict[str, int]:
        """Where each field stands."""
        chosen = ((self.cleaned_data.get(f"means_{at}"), at) for at in range(len(self.table)))
        return {field: at for field, at in chosen if field in NAMES}

    def fixed(self) -> dict[str, str]:
        """What holds for all rows that do not say it."""
        kind = self.cleaned_data.get("default_type")
        return {"sub_event_type": kind} if kind else {}

    def clean(self) -> dict[str, Any]:
        """All that a row needs has a column, and none has two."""
        data = super().clean() or {}
        data.setdefault("new_dataset", "")
        named = [v for k, v in data.items() if k.startswith("means_") and v]
        for field in sorted({field for field in named if named.count(field) > 1}):
            self.add_error(None, _("Two columns mean “%s”.") % LABELS[field])
        for field in NEEDED:
            if field not in named:
                self.add_error(None, _("No column means “%s”.") % LABELS[field])
        if "sub_event_type" not in named and not data.get("default_type"):
            self.add_error("default_type", _("Choose a type: no column holds one."))
        if bool(data.get("dataset")) == bool(data["new_dataset"]):
            self.add_error("dataset", _("Choose the dataset that the rows belong to."))
        return data
