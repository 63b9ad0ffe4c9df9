"""What the stair in remembers: the state of polled feeds, keys of texts, attempts at reading."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.reports import Report, Source

MOST_ATTEMPTS = 3
BACKOFF = (60, 600, 3600)
"""Seconds after which an attempt that left no trace is made again."""


class FeedState(models.Model):
    """What is known of a source's feed: its validators, and when it is asked next."""

    source = models.OneToOneField(Source, models.CASCADE, related_name="feed_state")
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    polled_at = models.DateTimeField(_("asked"), null=True)
    next_poll_at = models.DateTimeField(_("asked again"), default=timezone.now)
    follow_links = models.BooleanField(_("fetch the articles behind the entries"), default=False)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.source}: {self.last_error or 'well'}"


class ReportKey(models.Model):
    """A key that near-same reports share: a band of the text's sketch, or the address's hash."""

    URL = -1
    report = models.ForeignKey(Report, models.CASCADE, related_name="keys")
    band = models.SmallIntegerField()
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["key", "band"], name="report_key")]
        constraints = [
            models.UniqueConstraint(fields=["report", "band"], name="report_key_once_per_band")
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.band}"


class AttemptQuerySet(models.QuerySet):
    def due(self) -> AttemptQuerySet:
        """Attempts that left no trace: their worker died, or the database was away."""
        return self.filter(next_try_at__lte=timezone.now())


class ReadingAttempt(models.Model):
    """How often a report was tried that is not read yet; gone once it is read.

    It is counted before the work, so that a report that kills its worker is counted too.
    """

    report = models.OneToOneField(Report, models.CASCADE, related_name="attempt")
    count = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = AttemptQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.report_id}: {self.count}"

    @property
    def is_poison(self) -> bool:
        """Whether the report was tried often enough."""
        return self.count >= MOST_ATTEMPTS

    def begin(self) -> None:
        """Count an attempt and say when the next one is due unless this one ends well."""
        self.count += 1
        seconds = BACKOFF[min(self.count, len(BACKOFF)) - 1]
        self.next_try_at = timezone.now() + dt.timedelta(seconds=seconds)
        self.save()
