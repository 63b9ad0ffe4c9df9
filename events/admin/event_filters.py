"""The filters of the list of events; none of them reads the whole table to know its choices."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from events.models import Event, Source

MOST_YEARS = 60


class StandingFilter(admin.SimpleListFilter):
    """Merged events are out of the list unless asked for."""

    title = gettext_lazy("Merged")
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Merged into another"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(merged_into__isnull=self.value() != "yes")


class PeriodFilter(admin.SimpleListFilter):
    """A year ("2019") or, once a year is chosen, one of its months ("2019-07")."""

    title = gettext_lazy("Period")
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        ends = Event.objects.filter(merged_into__isnull=True)
        ends = ends.aggregate(first=Min("start_date"), last=Max("start_date"))
        if ends["first"] is None:
            return []
        years = range(ends["last"].year, ends["first"].year - 1, -1)[:MOST_YEARS]
        chosen = request.GET.get(self.parameter_name, "")[:4]
        found: list[tuple[str, str]] = []
        for year in years:
            found.append((str(year), str(year)))
            if str(year) == chosen:
                found += [(f"{year}-{m:02}", _month(year, m)) for m in range(1, 13)]
        return found

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        span = span_of(self.value() or "")
        return queryset.filter(start_date__range=span) if span else queryset


def _month(year: int, month: int) -> str:
    return date_format(dt.date(year, month, 1), "F Y")


def span_of(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of "2019" or "2019-07"; None for anything else."""
    year, _dash, month = text.partition("-")
    if not (len(year) == 4 and year.isascii() and year.isdigit() and int(year)):
        return None
    if not month:
        return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
    if not (len(month) == 2 and month.isascii() and month.isdigit() and 1 <= int(month) <= 12):
        return None
    first = dt.date(int(year), int(month), 1)
    after = (first + dt.timedelta(days=31)).replace(day=1) if first.year < 9999 else first
    return first, after - dt.timedelta(days=1) if after > first else dt.date.max


class DatasetFilter(admin.SimpleListFilter):
    """Events that came in with a dataset."""

    title = gettext_lazy("Dataset")
    parameter_name = "dataset"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Source.objects.filter(Exists(Event.objects.filter(dataset=OuterRef("pk"))))
        return list(rows.values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(dataset__slug=self.value()) if self.value() else queryset
