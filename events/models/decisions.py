"""What somebody decided at the desk, with all that is needed to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.events import Event
from events.models.reports import Report


class DecisionQuerySet(models.QuerySet):
    def standing(self) -> DecisionQuerySet:
        """Decisions that were not taken back."""
        return self.filter(undone_at__isnull=True)


class Decision(models.Model):
    """One step of one person: a verb, what it is about, and what it changed.

    `changes` is a list of {"model", "pk", "did": "change" | "create" | "delete", "before": {...},
    "after": {...}} of plain values, as `events.curation` writes it; undoing plays it backwards.
    `about` names the other row of a decision on two (the event that was kept apart, the merge);
    `touches_public` says that something public may read differently now.
    """

    verb = models.CharField(_("verb"), max_length=20)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    report = models.ForeignKey(
        Report, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    about = models.BigIntegerField(null=True, blank=True)
    label = models.CharField(_("what"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    changes = models.JSONField(default=list, blank=True)
    touches_public = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["by", "-at"], name="decision_by"),
            models.Index(fields=["-at", "-id"], name="decision_newest"),
            models.Index(fields=["verb", "-at"], name="decision_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.label}" if self.label else self.verb
