"""Events, the claims that reports make of them, and who took part."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from events.models.actors import Actor
from events.models.fields import (
    figures_constraint,
    interval_constraint,
    latitude_field,
    longitude_field,
    point_constraint,
)
from events.models.places import Place
from events.models.points import coarsened, morton
from events.models.reports import Report, Source
from events.vocabulary import (
    ActorRole,
    ClaimGrade,
    EventType,
    GeoPrecision,
    Modality,
    QuoteRule,
    ReviewStatus,
    Stance,
    SubEventType,
    TimePrecision,
)

UID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_uid() -> str:
    """A public id of ten letters that tells nothing about order or count (50 bits)."""
    number, letters = secrets.randbelow(len(UID_ALPHABET) ** 10), ""
    for _n in range(10):  # one draw for all letters: ten would be the dearest part of an import
        number, at = divmod(number, len(UID_ALPHABET))
        letters += UID_ALPHABET[at]
    return letters


class EventQuerySet(models.QuerySet):
    def get_by_natural_key(self, uid: str) -> Event:
        return self.get(uid=uid)

    def published(self) -> EventQuerySet:
        """The publication gate: the only selection that anything public may start from."""
        return self.filter(status=ReviewStatus.PUBLISHED, merged_into__isnull=True)

    def candidates(self) -> EventQuerySet:
        """What waits for an editor."""
        return self.filter(status=ReviewStatus.CANDIDATE, merged_into__isnull=True)


class Event(models.Model):
    """The editors' synthesis of what happened: when, where, what, who, how many.

    `checked` says what a person agreed to: {"place" | "date": {"by": name, "at": ISO time}}.
    """

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    sub_event_type = models.CharField(_("type"), max_length=40, choices=SubEventType)
    start_date = models.DateField(_("from"), null=True, blank=True)
    end_date = models.DateField(_("until"), null=True, blank=True)
    time_precision = models.CharField(
        _("time precision"), max_length=5, choices=TimePrecision, default=TimePrecision.DAY
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="events")
    latitude = latitude_field(null=True, blank=True)
    longitude = longitude_field(null=True, blank=True)
    radius_km = models.FloatField(_("radius, km"), default=0.0)
    geo_precision = models.PositiveSmallIntegerField(
        _("place precision"), choices=GeoPrecision, default=GeoPrecision.EXACT
    )
    public_latitude = latitude_field(null=True, editable=False)
    public_longitude = longitude_field(null=True, editable=False)
    public_radius_km = models.FloatField(default=0.0, editable=False)
    public_geo_precision = models.PositiveSmallIntegerField(
        choices=GeoPrecision, default=GeoPrecision.EXACT, editable=False
    )
    public_place = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="public_events", editable=False
    )
    morton = models.BigIntegerField(null=True, editable=False)
    fatalities_low = models.PositiveIntegerField(_("killed, low"), null=True, blank=True)
    fatalities_best = models.PositiveIntegerField(_("killed, best"), null=True, blank=True)
    fatalities_high = models.PositiveIntegerField(_("killed, high"), null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    grade = models.CharField(_("grade"), max_length=10, choices=ClaimGrade, blank=True)
    is_contested = models.BooleanField(_("contested"), default=False)
    is_graphic = models.BooleanField(_("graphic content"), default=False)
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    harm_checked = models.BooleanField(_("harm question answered"), default=False)
    coarsen_km = models.FloatField(_("coarsen the public point to, km"), null=True, blank=True)
    quotes = models.CharField(
        _("the reports' words in public"), max_length=5, choices=QuoteRule, blank=True
    )
    private_note = models.TextField(_("private note"), blank=True)
    help_wanted = models.CharField(_("help wanted"), max_length=500, blank=True)
    checked = models.JSONField(_("checked by"), default=dict, blank=True, editable=False)
    confidence = models.FloatField(_("machine's confidence"), null=True, blank=True, editable=False)
    reasons = models.JSONField(_("machine's reasons"), default=list, blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=ReviewStatus, default=ReviewStatus.CANDIDATE
    )
    reject_reason = models.CharField(_("why rejected"), max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_events"
    )
    dataset = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="dataset_events"
    )
    external_id = models.CharField(_("id in the dataset"), max_length=100, blank=True)
    attributes = models.JSONField(_("the dataset's own columns"), default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    retracted_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    actors = models.ManyToManyField(Actor, through="Participation", related_name="events")
    history = HistoricalRecords()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-start_date", "-pk"]
        permissions = [
            ("curate_event", "Can confirm, reject, correct and merge events"),
            ("publish_event", "Can publish and retract events"),
        ]
        indexes = [
            models.Index(fields=["status", "start_date"], name="event_status_day"),
            models.Index(fields=["public_latitude", "public_longitude"], name="event_public_point"),
            models.Index(fields=["morton"], name="event_morton"),
            models.Index(fields=["sub_event_type", "start_date"], name="event_type_day"),
            # the API's pages: behind the publication gate, in the order of the keys, with all that
            # a filter compares, so that a narrow one walks this index and not the table
            models.Index(
                fields=[
                    *("id", "start_date", "end_date", "sub_event_type", "public_geo_precision"),
                    *("public_latitude", "public_longitude", "public_place", "dataset"),
                ],
                condition=models.Q(status=ReviewStatus.PUBLISHED, merged_into__isnull=True),
                name="event_public",
            ),
            # the desk's list, and the counts beside the filters of the queue
            models.Index(
                fields=["-start_date", "-id"],
                condition=models.Q(merged_into__isnull=True),
                name="event_desk_list",
            ),
            models.Index(
                fields=["sub_event_type", "confidence"],
                condition=models.Q(status=ReviewStatus.CANDIDATE, merged_into__isnull=True),
                name="event_desk_kinds",
            ),
            models.Index(
                fields=["place"],
                condition=models.Q(status=ReviewStatus.CANDIDATE, merged_into__isnull=True),
                name="event_desk_places",
            ),
            models.Index(
                fields=["updated_at"],
                condition=models.Q(status=ReviewStatus.CONFIRMED, merged_into__isnull=True),
                name="event_desk_confirmed",
            ),
            models.Index(
                fields=["published_at"],
                condition=models.Q(status=ReviewStatus.PUBLISHED, merged_into__isnull=True),
                name="event_desk_published",
            ),
        ]
        constraints = [
            point_constraint("event_point_in_range"),
            interval_constraint("event_interval", "start_date", "end_date"),
            figures_constraint("event_figures_ordered"),
            models.UniqueConstraint(
                fields=["dataset", "external_id"],
                condition=models.Q(dataset__isnull=False),
                name="event_once_per_dataset",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ReviewStatus.PUBLISHED)
                | models.Q(
                    start_date__isnull=False, latitude__isnull=False, longitude__isnull=False
                ),
                name="published_event_has_day_and_point",
            ),
        ]

    def __str__(self) -> str:
        where = self.place.name if self.place_id else _("somewhere")
        return f"{self.get_sub_event_type_display()}, {where}, {self.start_date or _('undated')}"

    def natural_key(self) -> tuple[str]:
        return (self.uid,)

    natural_key.dependencies = ["events.place", "events.source"]

    def set_derived(self) -> None:
        """Derive the public columns: point, radius, precision, place and z-order key.

        Everything public reads these and never the exact ones, so that no filter, order or count
        can be used to feel for the exact point of a coarsened event.
        """
        km = self.coarsening_km()
        self.public_latitude, self.public_longitude = self._public_point(km)
        self.public_radius_km = max(self.radius_km, km)
        about = GeoPrecision.ABOUT if km else GeoPrecision.EXACT
        self.public_geo_precision = max(self.geo_precision, about)
        self.public_place = self._public_place(km)
        self.morton = morton(self.public_latitude, self.public_longitude)

    def coarsening_km(self) -> float:
        """How far the public point is coarsened, by the event or its place; 0 for not at all."""
        of_place = self.place.coarsen_km if self.place_id else None
        return max(self.coarsen_km or 0.0, of_place or 0.0)

    def withholds_quotes(self) -> bool:
        """Whether the reports' words are withheld, since they may name the place more exactly."""
        return self.coarsening_km() > 0 and self.quotes != QuoteRule.SHOWN

    def _public_point(self, km: float) -> tuple[float | None, float | None]:
        if self.latitude is None or self.longitude is None:
            return None, None
        key = self.place.slug if self.place_id else self.uid
        return coarsened(self.latitude, self.longitude, km, key)

    def _public_place(self, km: float) -> Place | None:
        """The place that may be named: a coarsened event names one as wide as the coarsening."""
        place = self.place
        if not place or not km or place.radius_km >= km:
            return place
        return next((p for p in place.ancestors() if p.radius_km >= km), None)

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_derived()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.uid])

    @property
    def event_type(self) -> EventType:
        """The event type that the sub-type belongs to."""
        return SubEventType(self.sub_event_type).event_type


class ClaimQuerySet(models.QuerySet):
    def get_by_natural_key(self, digest: str, uid: str, sentence_start: int) -> Claim:
        return self.get(report__digest=digest, event__uid=uid, sentence_start=sentence_start)

    def public(self) -> ClaimQuerySet:
        """Claims that may be quoted: of sources that are named in public."""
        return self.filter(report__source__is_public=True)

    def quotable(self) -> ClaimQuerySet:
        """Of these the ones whose words are not withheld, see `Event.withholds_quotes`."""
        coarsened = models.Q(event__coarsen_km__gt=0) | models.Q(event__place__coarsen_km__gt=0)
        return self.public().exclude(coarsened & ~models.Q(event__quotes=QuoteRule.SHOWN))


class Claim(models.Model):
    """What one report says of one event, in one sentence.

    `original_event` remembers where a merge took it from. Offsets are code points into the report's
    text, end exclusive.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="claims")
    report = models.ForeignKey(Report, models.PROTECT, related_name="claims")
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    trigger_start = models.PositiveIntegerField(null=True, blank=True)
    trigger_end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(_("quote"))
    sub_event_type = models.CharField(_("type"), max_length=40, choices=SubEventType, blank=True)
    verbal_act = models.CharField(_("verbal act (PLOVER)"), max_length=12, blank=True)
    reported_by = models.CharField(_("who says it"), max_length=200, blank=True)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, default=Stance.ASSERTS)
    modality = models.CharField(
        _("modality"), max_length=12, choices=Modality, default=Modality.HAPPENED
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    place_text = models.CharField(_("place, in the report's words"), max_length=300, blank=True)
    place_reason = models.CharField(max_length=500, blank=True)
    date_text = models.CharField(_("date, in the report's words"), max_length=200, blank=True)
    date_reason = models.CharField(max_length=500, blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    fatalities_low = models.PositiveIntegerField(null=True, blank=True)
    fatalities_best = models.PositiveIntegerField(null=True, blank=True)
    fatalities_high = models.PositiveIntegerField(null=True, blank=True)
    fatalities_text = models.CharField(
        _("figures, in the report's words"), max_length=200, blank=True
    )
    original_event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    history = HistoricalRecords()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["report__published_at", "sentence_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "event", "sentence_start"], name="claim_once_per_sentence"
            ),
            models.CheckConstraint(
                condition=models.Q(sentence_start__lt=models.F("sentence_end")),
                name="claim_start_before_end",
            ),
            interval_constraint("claim_interval", "start_date", "end_date"),
            figures_constraint("claim_figures_ordered"),
        ]

    def __str__(self) -> str:
        return self.quote[:80]

    def natural_key(self) -> tuple[str, str, int]:
        return (self.report.digest, self.event.uid, self.sentence_start)

    natural_key.dependencies = ["events.report", "events.event"]


class ParticipationQuerySet(models.QuerySet):
    def get_by_natural_key(self, uid: str, slug: str, role: str) -> Participation:
        return self.get(event__uid=uid, actor__slug=slug, role=role)


class Participation(models.Model):
    """An actor's part in an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="participations")
    role = models.CharField(_("role"), max_length=10, choices=ActorRole, default=ActorRole.ACTOR)
    history = HistoricalRecords()

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["role", "actor__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "actor", "role"], name="participation_once_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor} ({self.get_role_display()})"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.event.uid, self.actor.slug, self.role)

    natural_key.dependencies = ["events.event", "events.actor"]
