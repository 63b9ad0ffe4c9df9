"""Actors, their spellings, and what they were when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from events.models.fields import interval_constraint
from events.vocabulary import ActorKind


class ActorQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str) -> Actor:
        return self.get(slug=slug)


class Actor(models.Model):
    """A party to the war, or a generic one such as "opposition factions"."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_ar = models.CharField(_("Arabic name"), max_length=200, blank=True)
    kind = models.PositiveSmallIntegerField(_("kind"), choices=ActorKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    country = models.CharField(_("country code"), max_length=2, blank=True)
    is_generic = models.BooleanField(_("generic"), default=False)
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = []

    def local_name(self, language: str) -> str:
        """The name in the reader's language, as far as known."""
        return self.name_ar or self.name if language == "ar" else self.name


class ActorNameQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str, text: str, language: str) -> ActorName:
        return self.get(actor__slug=slug, text=text, language=language)


class ActorName(models.Model):
    """One spelling of an actor."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names")
    text = models.CharField(_("spelling"), max_length=200)
    language = models.CharField(_("language"), max_length=8, blank=True)

    objects = ActorNameQuerySet.as_manager()

    class Meta:
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "text", "language"], name="actor_name_once_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, str, str]:
        return (self.actor.slug, self.text, self.language)

    natural_key.dependencies = ["events.actor"]


class ActorKindPeriodQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str, kind: int, valid_from: str | None) -> ActorKindPeriod:
        return self.get(actor__slug=slug, kind=kind, valid_from=valid_from)


class ActorKindPeriod(models.Model):
    """What kind of actor it was in a period; ends are inclusive, empty means open."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="periods")
    kind = models.PositiveSmallIntegerField(_("kind"), choices=ActorKind)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = ActorKindPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            interval_constraint("actor_period_interval", "valid_from", "valid_to"),
            models.UniqueConstraint(
                fields=["actor", "kind", "valid_from"], name="actor_period_once"
            ),
            models.UniqueConstraint(
                fields=["actor", "kind"],
                condition=models.Q(valid_from__isnull=True),
                name="actor_open_period_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_kind_display()}"

    def natural_key(self) -> tuple[str, int, str | None]:
        return (self.actor.slug, self.kind, self.valid_from and str(self.valid_from))

    natural_key.dependencies = ["events.actor"]
