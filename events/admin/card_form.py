"""The form in which an editor corrects a card: event, claim and participants in one go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events import curation
from events.admin.searching import TypedPlace, label_of, typed_place
from events.geoparsing.names import fold
from events.models import Actor, ActorName, Claim, Decision, Event
from events.vocabulary import (
    ActorRole,
    EventType,
    GeoPrecision,
    Modality,
    Stance,
    SubEventType,
    TimePrecision,
)


def grouped_types() -> list[tuple[str, list[tuple[str, str]]]]:
    """The sub-event types under their event types."""
    return [
        (str(kind.label), [(s.value, str(s.label)) for s in SubEventType if s.event_type == kind])
        for kind in EventType
    ]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CardForm(forms.Form):
    """What can be corrected on a card. `apply` turns what changed into decisions."""

    sub_event_type = forms.ChoiceField(label=_("Type"), choices=grouped_types)
    start_date = forms.DateField(label=_("From"), required=False, widget=DayInput())
    end_date = forms.DateField(label=_("To"), required=False, widget=DayInput())
    time_precision = forms.ChoiceField(label=_("Known by"), choices=TimePrecision.choices)
    where = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=300,
        help_text=_("A name, or coordinates such as 35.401 35.948"),
    )
    radius_km = forms.FloatField(label=_("Within, km"), min_value=0, max_value=1000)
    geo_precision = forms.TypedChoiceField(
        label=_("How exactly"), choices=GeoPrecision.choices, coerce=int
    )
    actors = forms.CharField(label=_("Who"), required=False, max_length=1000)
    targets = forms.CharField(label=_("Against"), required=False, max_length=1000)
    fatalities_low = forms.IntegerField(label=_("Low"), required=False, min_value=0)
    fatalities_best = forms.IntegerField(label=_("Killed"), required=False, min_value=0)
    fatalities_high = forms.IntegerField(label=_("High"), required=False, min_value=0)
    stance = forms.ChoiceField(label=_("Stance"), choices=Stance.choices)
    modality = forms.ChoiceField(label=_("Modality"), choices=Modality.choices)
    reported_by = forms.CharField(label=_("Said by"), required=False, max_length=200)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput())

    EVENT = (
        "sub_event_type",
        "start_date",
        "end_date",
        "time_precision",
        "radius_km",
        "geo_precision",
        "fatalities_low",
        "fatalities_best",
        "fatalities_high",
    )
    CLAIM = ("stance", "modality", "reported_by")

    def __init__(self, event: Event, claim: Claim, data: Any = None) -> None:
        self.event, self.claim = event, claim
        super().__init__(data, initial=initial_of(event, claim), prefix=None)

    def clean_where(self) -> TypedPlace:
        """The place or the point that was typed; the text that stood there changes nothing."""
        text = self.cleaned_data["where"].strip()
        if not text or text == self.initial["where"]:
            return TypedPlace()
        found = typed_place(text)
        if found.place is None and found.point is None:
            raise forms.ValidationError(_("No place is called “%s”.") % text)
        return found

    def clean_actors(self) -> list[Actor]:
        return find_actors(self.cleaned_data["actors"])

    def clean_targets(self) -> list[Actor]:
        return find_actors(self.cleaned_data["targets"])

    def clean(self) -> dict[str, Any]:
        """One figure stands for all three; a day stands for both ends."""
        data = super().clean()
        figures = [data.get(f"fatalities_{each}") for each in ("low", "best", "high")]
        if any(f is not None for f in figures) and "fatalities_best" not in self.errors:
            low, best, high = _completed(*figures)
            data |= {"fatalities_low": low, "fatalities_best": best, "fatalities_high": high}
        if data.get("start_date") and not data.get("end_date"):
            data["end_date"] = data["start_date"]
        return data

    def apply(self, by: Any) -> Decision | None:
        """Carry out what changed as one decision; raises the desk's own refusals."""
        data = self.cleaned_data
        with transaction.atomic():
            done = [*self._event(data, by), *self._claim(data, by), *self._participants(data, by)]
            return curation.joined(done)

    def _event(self, data: dict[str, Any], by: Any) -> list[Decision]:
        changes = {n: data[n] for n in self.EVENT if data[n] != getattr(self.event, n)}
        typed: TypedPlace = data["where"]
        if typed.place is not None:
            changes["place"] = typed.place
            for name in ("radius_km", "geo_precision"):  # come with the place, unless typed too
                if name not in self.changed_data:
                    changes.pop(name, None)
        elif typed.point is not None:
            lat, lon = typed.point
            changes |= {"place": None, "latitude": lat, "longitude": lon}
        if not changes:
            return []
        version = data["version"]
        return [curation.correct(self.event, changes, by, data["reason"], version=version)]

    def _claim(self, data: dict[str, Any], by: Any) -> list[Decision]:
        changes = {n: data[n] for n in self.CLAIM if data[n] != getattr(self.claim, n)}
        return [curation.correct_claim(self.claim, changes, by, data["reason"])] if changes else []

    def _participants(self, data: dict[str, Any], by: Any) -> list[Decision]:
        if not {"actors", "targets"} & set(self.changed_data):
            return []
        kept = [
            (p.actor_id, p.role)
            for p in self.event.participations.all()
            if p.role == ActorRole.ASSOCIATED
        ]
        parts = [(a.pk, ActorRole.ACTOR) for a in data["actors"]]
        parts += [(a.pk, ActorRole.TARGET) for a in data["targets"]]
        return [curation.set_participants(self.event, parts + kept, by, data["reason"])]


def _completed(low: int | None, best: int | None, high: int | None) -> tuple[int, int, int]:
    given = [figure for figure in (best, low, high) if figure is not None]
    best = given[0]
    return (low if low is not None else best, best, high if high is not None else best)


def initial_of(event: Event, claim: Claim) -> dict[str, Any]:
    """The values a card's form opens with."""
    names = (*CardForm.EVENT, "version")
    where = label_of(event.place) if event.place_id else ""
    if not where and event.latitude is not None:
        where = f"{event.latitude}, {event.longitude}"
    return {
        **{name: getattr(event, name) for name in names},
        **{name: getattr(claim, name) for name in CardForm.CLAIM},
        "where": where,
        "actors": names_of(event, ActorRole.ACTOR),
        "targets": names_of(event, ActorRole.TARGET),
    }


def names_of(event: Event, role: str) -> str:
    """The participants of a role as one text: names with "; " between."""
    return "; ".join(p.actor.name for p in event.participations.all() if p.role == role)


def find_actors(text: str) -> list[Actor]:
    """The actors of a text such as "Hayat Tahrir al-Sham; Turkey"; raises for an unknown name."""
    found = []
    for name in filter(None, (part.strip() for part in text.split(";"))):
        actor = _actor_called(name)
        if actor is None:
            raise forms.ValidationError(_("No actor is called “%s”.") % name)
        found.append(actor)
    return found


def _actor_called(name: str) -> Actor | None:
    exact = Actor.objects.filter(name__iexact=name).first()
    if exact is not None:
        return exact
    spelt = ActorName.objects.filter(text__iexact=name).select_related("actor").first()
    if spelt is not None:
        return spelt.actor
    key = fold(name)
    rows = Actor.objects.only("pk", "name")
    return next((actor for actor in rows if key and fold(actor.name) == key), None)
