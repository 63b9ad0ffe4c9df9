"""Sources, their reports, and the places that reports mention."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from events.geoparsing.names import fold
from events.models.places import Place
from events.vocabulary import (
    Language,
    MentionRole,
    MentionStatus,
    Reliability,
    ReportStatus,
    SourceKind,
)


class SourceQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str) -> Source:
        return self.get(slug=slug)


class Source(models.Model):
    """A publisher of reports or of a dataset; `is_public` off keeps its name and texts private."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind, default=SourceKind.NEWS)
    country = models.CharField(_("country code"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True, choices=Language)
    reliability = models.CharField(
        _("reliability"), max_length=1, choices=Reliability, default=Reliability.F
    )
    url = models.URLField(_("web page"), blank=True)
    feed_url = models.URLField(_("feed"), blank=True)
    is_public = models.BooleanField(_("named in public"), default=True)
    note = models.TextField(_("private note"), blank=True)
    history = HistoricalRecords()

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


def digest_of(text: str) -> str:
    """SHA-256 of the report's text, in hex: what makes two deliveries one report."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class ReportQuerySet(models.QuerySet):
    def get_by_natural_key(self, digest: str) -> Report:
        return self.get(digest=digest)

    def pending(self) -> ReportQuerySet:
        """Reports that the parser has not read yet."""
        return self.filter(status=ReportStatus.NEW)

    def waiting(self) -> ReportQuerySet:
        """Reports that wait for an editor, oldest first."""
        return self.filter(status=ReportStatus.READ).order_by("published_at", "pk")


class Report(models.Model):
    """One text that came in. `published_at` is the document creation time.

    `spans` are the dates, actors and triggers that the parser read, for marking the text:
    [{"start", "end", "kind": "date" | "actor" | "trigger", "label"}]. `opened_by` had it open
    last, `held_by` saved it for later.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="reports")
    url = models.URLField(_("address"), max_length=1000, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=8, blank=True, choices=Language)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, db_index=True)
    published_reason = models.CharField(max_length=200, blank=True, editable=False)
    author = models.CharField(_("author"), max_length=200, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=ReportStatus, default=ReportStatus.NEW
    )
    status_note = models.CharField(_("status note"), max_length=500, blank=True)
    help_wanted = models.CharField(_("help wanted"), max_length=500, blank=True)
    private_note = models.TextField(_("private note"), blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read by the parser"), null=True, blank=True, editable=False)
    parser_version = models.CharField(max_length=20, blank=True, editable=False)
    spans = models.JSONField(default=list, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    history = HistoricalRecords(excluded_fields=["text", "spans", "opened_by", "opened_at"])

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "published_at", "id"], name="report_queue"),
            # the tiles above the queue
            models.Index(
                fields=["received_at"],
                condition=models.Q(status=ReportStatus.READ),
                name="report_desk_waiting",
            ),
            models.Index(
                fields=["source", "language"],
                condition=models.Q(status=ReportStatus.READ),
                name="report_desk_origins",
            ),
            models.Index(
                fields=["opened_at"],
                condition=models.Q(status=ReportStatus.READ, opened_at__isnull=False),
                name="report_desk_opened",
            ),
            models.Index(
                fields=["received_at"], condition=~models.Q(help_wanted=""), name="report_desk_help"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:60] or f"Report {self.pk}"

    def natural_key(self) -> tuple[str]:
        return (self.digest,)

    natural_key.dependencies = ["events.source"]

    def save(self, *args: object, **kwargs: object) -> None:
        self.digest = digest_of(self.text)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("admin:events_report_desk", args=[self.pk])

    @property
    def dct(self) -> dt.date | None:
        """The document creation time as a day in Damascus."""
        return timezone.localtime(self.published_at).date() if self.published_at else None


class MentionQuerySet(models.QuerySet):
    def open(self) -> MentionQuerySet:
        """Mentions no editor has decided on."""
        return self.filter(status=MentionStatus.UNVERIFIED)


class Mention(models.Model):
    """A span of a report that names a place, what it may be, and what was chosen.

    `candidates` is a list of {"place": slug, "name", "score", "reasons"}, best first.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    search_key = models.CharField(max_length=300, blank=True, editable=False)
    role = models.CharField(max_length=10, choices=MentionRole, default=MentionRole.LITERAL)
    candidates = models.JSONField(default=list, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="mentions")
    score = models.FloatField(default=0.0)
    reason = models.CharField(max_length=500, blank=True)
    status = models.CharField(
        max_length=20, choices=MentionStatus, default=MentionStatus.UNVERIFIED
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["search_key"])

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["report", "start"]
        indexes = [
            models.Index(fields=["search_key", "status", "-id"], name="mention_spelling"),
            models.Index(
                fields=["id"],
                condition=models.Q(status=MentionStatus.UNVERIFIED),
                name="mention_desk_open",
            ),
            models.Index(
                fields=["-verified_at"],
                condition=models.Q(verified_at__isnull=False),
                name="mention_desk_decided",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["report", "start", "end"], name="mention_once"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="mention_start_before_end"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def set_keys(self) -> None:
        """Derive the key that spellings of one name meet on."""
        self.search_key = fold(self.text)[:300]

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_keys()
        super().save(*args, **kwargs)
