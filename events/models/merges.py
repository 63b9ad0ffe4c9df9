"""What a merge of two events did, so that it can be undone exactly."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from events.models.events import Event


class Merge(models.Model):
    """`duplicate` was merged into `kept`. `before` holds both sides as they were.

    `before` is {"kept": {...}, "duplicate": {...}, "claims": [...], "participations": [...]} of
    plain values, as `events.curation` writes it. `undone_at` is set by un-merging.
    """

    kept = models.ForeignKey(Event, models.PROTECT, related_name="merges")
    duplicate = models.ForeignKey(Event, models.PROTECT, related_name="merged_by")
    reasons = models.JSONField(default=list, blank=True)
    before = models.JSONField(default=dict)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    merged_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-merged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=models.Q(undone_at__isnull=True),
                name="event_merged_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("duplicate")), name="merge_of_two_events"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} into {self.kept_id}"
