"""The chain over the history: each line of history sealed by a hash that holds the one before."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class HistoryLink(models.Model):
    """One sealed line of history. Links are only ever added, see `events.evidence.chain`.

    `digest` is of the history row's values, `link` of the previous link, the row's name and its
    digest; both SHA-256 in hex.
    """

    number = models.BigIntegerField(primary_key=True)
    table = models.CharField(max_length=60)
    history_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    link = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "history_id"], name="history_sealed_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.table} {self.history_id}"
