"""Column shapes and constraints that several models share."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q


def latitude_field(**options: Any) -> models.FloatField:
    """WGS 84 latitude in degrees, -90..90."""
    return models.FloatField(validators=[MinValueValidator(-90), MaxValueValidator(90)], **options)


def longitude_field(**options: Any) -> models.FloatField:
    """WGS 84 longitude in degrees, -180..180."""
    return models.FloatField(
        validators=[MinValueValidator(-180), MaxValueValidator(180)], **options
    )


def point_constraint(name: str) -> models.CheckConstraint:
    """Both coordinates in range, or neither."""
    within = Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180)
    # a comparison with NULL is not false, so a CHECK alone would let half a point through
    within &= Q(latitude__isnull=False, longitude__isnull=False)
    nowhere = Q(latitude__isnull=True, longitude__isnull=True)
    return models.CheckConstraint(condition=within | nowhere, name=name)


def interval_constraint(name: str, start: str, end: str) -> models.CheckConstraint:
    """The interval does not end before it starts; open ends are allowed."""
    condition = Q(**{f"{start}__lte": F(end)})
    return models.CheckConstraint(
        condition=condition | Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__isnull": True}),
        name=name,
    )


def figures_constraint(name: str) -> models.CheckConstraint:
    """low <= best <= high; one that is not stated (NULL) is compared with none."""
    ordered = Q(fatalities_low__lte=F("fatalities_best"), fatalities_best__lte=F("fatalities_high"))
    none = Q(
        fatalities_low__isnull=True, fatalities_best__isnull=True, fatalities_high__isnull=True
    )
    return models.CheckConstraint(condition=ordered | none, name=name)
