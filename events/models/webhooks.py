"""Addresses that are told what was published and retracted, and what was told them."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.events import Event

BACKOFF = (60, 300, 1800, 7200, 43200)
"""Seconds between one failed delivery and the next; after the last the delivery is given up."""


PUBLISHED, RETRACTED, TEST = "events.published", "events.retracted", "test"
KINDS = (PUBLISHED, RETRACTED)
"""What an address may be told; TEST is told by hand."""


def all_kinds() -> list[str]:
    """What a new webhook is told."""
    return list(KINDS)


def new_secret() -> str:
    """The key with which bodies are signed."""
    return secrets.token_urlsafe(32)


class Webhook(models.Model):
    """One address. `secret` signs the bodies (HMAC-SHA-256), so it is kept as it is."""

    name = models.CharField(_("name"), max_length=100)
    url = models.URLField(_("address"), max_length=1000)
    secret = models.CharField(max_length=100, default=new_secret, editable=False)
    kinds = models.JSONField(_("what is told"), default=all_kinds)
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Announcement(models.Model):
    """Whether the world was told of an event: what is public now is compared with this."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="announcement")
    is_public = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.is_public}"


class DeliveryQuerySet(models.QuerySet):
    def due(self) -> DeliveryQuerySet:
        """Those to be sent now."""
        now = timezone.now()
        waiting = self.filter(delivered_at=None, given_up_at=None, webhook__is_active=True)
        return waiting.filter(next_try_at__lte=now).order_by("pk")


class Delivery(models.Model):
    """One body for one address: sent until it is accepted, or given up after the last backoff."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    body = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.webhook} {self.pk}"

    def record(self, error: str = "") -> None:
        """Keep how the last attempt went: accepted, to be tried later, or given up."""
        now = timezone.now()
        self.attempts += 1
        self.last_error = error[:200]
        if not error:
            self.delivered_at = now
        elif self.attempts > len(BACKOFF):
            self.given_up_at = now
        else:
            self.next_try_at = now + dt.timedelta(seconds=BACKOFF[self.attempts - 1])
        self.save()
