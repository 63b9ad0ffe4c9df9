"""The form of one event: all that an editor may set, checked against who changed it meanwhile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import curation
from events.admin.answers import difference_of
from events.admin.card_form import DayInput, grouped_types
from events.admin.widgets import PointPicker
from events.curation.review import CORRECTABLE
from events.curation.versions import require_version
from events.models import Event


class EventForm(forms.ModelForm):
    """Fields are set through the desk's `correct`: the same history, checks and undo."""

    seen_version = forms.IntegerField(label="", widget=forms.HiddenInput(), required=False)

    class Meta:
        model = Event
        fields = (
            "sub_event_type",
            "fatalities_low",
            "fatalities_best",
            "fatalities_high",
            "start_date",
            "end_date",
            "time_precision",
            "place",
            "latitude",
            "longitude",
            "radius_km",
            "geo_precision",
            "summary",
            "grade",
            "is_contested",
            "is_graphic",
            "is_sensitive",
            "harm_checked",
            "coarsen_km",
            "quotes",
            "private_note",
            "help_wanted",
        )
        widgets = {
            "start_date": DayInput(),
            "end_date": DayInput(),
            "latitude": PointPicker(),
            "private_note": forms.Textarea(attrs={"rows": 3}),
            "summary": forms.TextInput(attrs={"class": "vTextField"}),
        }
        help_texts = {
            "coarsen_km": gettext_lazy("The public sees the point moved onto a grid this wide."),
            "private_note": gettext_lazy("Never public."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sub_event_type" in self.fields:
            self.fields["sub_event_type"].choices = grouped_types()
        if self.instance.pk:
            self.initial["seen_version"] = self.instance.version

    def changes(self) -> dict[str, Any]:
        """The fields that were changed, with their new values."""
        return {n: self.cleaned_data[n] for n in self.changed_data if n in CORRECTABLE}

    def clean(self) -> dict[str, Any]:
        """Set a conflict's both values beside each other instead of overwriting one."""
        data = super().clean()
        if self.instance.pk and not self.errors:
            self._compare(data)
        return data

    def _compare(self, data: dict[str, Any]) -> None:
        stored = Event.objects.get(pk=self.instance.pk)
        try:
            require_version(stored, data.get("seen_version"), self.changes())
        except curation.Conflict as conflict:
            for each in conflict.fields:
                found = difference_of(stored, each)
                name = next(f.name for f in Event._meta.fields if f.attname == each.field)
                said = _("%(by)s changed this to “%(theirs)s” meanwhile; yours is “%(mine)s”.")
                values = {"by": found.by or "?", "theirs": found.theirs, "mine": found.mine}
                self.add_error(name, said % values + " " + _("Save again to use yours."))
            self.data = self.data.copy()
            self.data[self.add_prefix("seen_version")] = stored.version
