"""Stories: events in an editor's order, with a few sentences for each step."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from events.models.events import Event
from events.models.fields import (
    interval_constraint,
    latitude_field,
    longitude_field,
    point_constraint,
)
from events.models.places import Place
from events.vocabulary import StoryStatus

MOST_STEPS = 99
NEAREST, FARTHEST = 16.0, 5.0
"""Map zooms that a step may ask for."""


class StoryQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str) -> Story:
        return self.get(slug=slug)

    def published(self) -> StoryQuerySet:
        """The gate for stories: published, and with at least one step to tell."""
        steps = StoryStep.objects.filter(story=OuterRef("pk"))
        return self.filter(Exists(steps), status=StoryStatus.PUBLISHED)


class Story(models.Model):
    """A narrative over the map. Its Arabic words stand in for the English ones where they exist."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    title_ar = models.CharField(_("title in Arabic"), max_length=160, blank=True)
    intro = models.TextField(_("introduction"), max_length=1000, blank=True)
    intro_ar = models.TextField(_("introduction in Arabic"), max_length=1000, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=StoryStatus, default=StoryStatus.DRAFT
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="story_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(status__in=StoryStatus.values), name="story_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.slug])


class StoryStepQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str, order: int) -> StoryStep:
        return self.get(story__slug=slug, order=order)


class StoryStep(models.Model):
    """One step: what is said, and which event, days and part of the map are shown to it.

    Without days or a view of its own a step shows those of its event. `area` is drawn as the
    subject and the rest pales.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=160)
    title_ar = models.CharField(_("title in Arabic"), max_length=160, blank=True)
    text = models.TextField(_("text"), max_length=2000)
    text_ar = models.TextField(_("text in Arabic"), max_length=2000, blank=True)
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="story_steps"
    )
    area = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="story_steps"
    )
    from_date = models.DateField(_("from"), null=True, blank=True)
    to_date = models.DateField(_("until"), null=True, blank=True)
    latitude = latitude_field(null=True, blank=True)
    longitude = longitude_field(null=True, blank=True)
    zoom = models.FloatField(
        _("zoom"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FARTHEST), MaxValueValidator(NEAREST)],
    )
    history = HistoricalRecords()

    objects = StoryStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["story", "order"]
        constraints = [
            models.UniqueConstraint(fields=["story", "order"], name="story_step_order_once"),
            models.CheckConstraint(condition=models.Q(order__gte=1), name="story_step_from_one"),
            interval_constraint("story_step_interval", "from_date", "to_date"),
            point_constraint("story_step_point_in_range"),
            # a comparison with nothing is no refusal, so that half a point has to be named
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="story_step_point_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(zoom__isnull=True)
                | models.Q(zoom__gte=FARTHEST, zoom__lte=NEAREST),
                name="story_step_zoom_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"

    def natural_key(self) -> tuple[str, int]:
        return (self.story.slug, self.order)

    natural_key.dependencies = ["events.story", "events.event", "events.place"]
