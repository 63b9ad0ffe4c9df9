"""Places: settlements, areas, routes and sites below village level, and their spellings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from events.geoparsing.names import fold, skeleton
from events.models.fields import (
    interval_constraint,
    latitude_field,
    longitude_field,
    point_constraint,
)
from events.vocabulary import AREA_KINDS, SENSITIVE_KINDS, NameOrigin, PlaceKind


class PlaceQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str) -> Place:
        return self.get(slug=slug)


class Place(models.Model):
    """A named place. Coordinates are its centre; `radius_km` says how far it reaches."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_ar = models.CharField(_("Arabic name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    country = models.CharField(_("country code"), max_length=2, blank=True)
    latitude = latitude_field(null=True, blank=True)
    longitude = longitude_field(null=True, blank=True)
    radius_km = models.FloatField(_("radius, km"), default=1.0)
    importance = models.PositiveSmallIntegerField(_("importance, 0-100"), default=0)
    external_ids = models.JSONField(_("external ids"), default=dict, blank=True)
    valid_from = models.DateField(_("existed from"), null=True, blank=True)
    valid_to = models.DateField(_("existed until"), null=True, blank=True)
    reference = models.CharField(_("reference of the figures"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    coarsen_km = models.FloatField(_("coarsen public points to, km"), null=True, blank=True)
    edited = models.BooleanField(_("corrected by an editor"), default=False, editable=False)
    history = HistoricalRecords()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["kind"], name="place_kind"),
            models.Index(fields=["latitude", "longitude"], name="place_point"),
        ]
        constraints = [
            point_constraint("place_point_in_range"),
            interval_constraint("place_valid_interval", "valid_from", "valid_to"),
            models.CheckConstraint(
                condition=models.Q(radius_km__gte=0), name="place_radius_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = []

    @property
    def is_area(self) -> bool:
        """Whether the point is a centre of something wide."""
        return self.kind in AREA_KINDS

    @property
    def is_sensitive(self) -> bool:
        """Whether publication asks the harm question first."""
        return self.kind in SENSITIVE_KINDS

    def ancestors(self) -> list[Place]:
        """The parent chain, nearest first; a circle in the data ends the walk."""
        chain: list[Place] = []
        seen = {self.pk}
        place = self.parent
        while place is not None and place.pk not in seen:
            chain.append(place)
            seen.add(place.pk)
            place = place.parent
        return chain

    def local_name(self, language: str) -> str:
        """The name in the reader's language, as far as known."""
        return self.name_ar or self.name if language == "ar" else self.name


class PlaceNameQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str, text: str, language: str) -> PlaceName:
        return self.get(place__slug=slug, text=text, language=language)


class PlaceName(models.Model):
    """One spelling of a place, with the keys it is looked up by."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    text = models.CharField(_("spelling"), max_length=200)
    language = models.CharField(_("language"), max_length=8, blank=True)
    search_key = models.CharField(max_length=200, editable=False, db_index=True)
    skeleton = models.CharField(max_length=200, editable=False, db_index=True)
    origin = models.CharField(
        _("origin"), max_length=10, choices=NameOrigin, default=NameOrigin.GAZETTEER
    )
    learned_from = models.ForeignKey(
        "events.Report", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    learned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    objects = PlaceNameQuerySet.as_manager()

    class Meta:
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "text", "language"], name="place_name_once_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, str, str]:
        return (self.place.slug, self.text, self.language)

    natural_key.dependencies = ["events.place"]

    def set_keys(self) -> None:
        """Derive the search keys from the spelling."""
        self.search_key = fold(self.text)[:200]
        self.skeleton = skeleton(self.text)[:200]

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_keys()
        super().save(*args, **kwargs)
