"""The collection of reports: public metadata of what published events stand on, never a text."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Router

from events.api.encodings import GEOJSON, answer
from events.api.errors import Refused
from events.api.items import item_links
from events.api.openapi import answers
from events.api.paging import Page, feature_collection, page_of
from events.api.parameters import FRAME, FRAME_KEYS, F, filters_of, only
from events.models import Claim, Event, Report
from events.publishing.cleaning import one_line, web_address
from events.publishing.remembering import count_of
from events.vocabulary import ReviewStatus

router = Router(tags=["data"])
SHORT = 16
KEYS = frozenset({*FRAME_KEYS, "bbox", "datetime"})


@router.get(
    "/collections/reports/items",
    summary="Reports that published events quote",
    openapi_extra=answers("FeatureCollection", GEOJSON, parameters=FRAME),
)
def reports(request: HttpRequest) -> HttpResponse:
    """A page of the reports of public sources that published events quote, without their text."""
    filters = filters_of(request.GET, KEYS)
    matched = public_reports() if filters.bbox is None else public_reports().none()
    if filters.start:
        matched = matched.filter(published_at__date__gte=filters.start)
    if filters.end:
        matched = matched.filter(published_at__date__lte=filters.end)
    page = page_of(matched, "digest", request.GET)
    features = [feature(report) for report in with_events(page.ids)]
    short = Page(page.ids, page.next)
    body = feature_collection(request, features, short, count_of(matched))
    return answer(request, body, "items", GEOJSON)


@router.get(
    "/collections/reports/items/{key}",
    summary="One report",
    openapi_extra=answers("Feature", GEOJSON, missing=True, parameters=[F]),
)
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The public metadata of one report."""
    only(request.GET, {"f", "lang"})
    keys: list[str] = []
    if len(key) == SHORT and key.isalnum() and key.isascii():
        found = public_reports().filter(digest__startswith=key)
        keys = list(found.values_list("digest", flat=True)[:1])
    if not keys:
        raise Refused(404, "No such report", "No published event quotes a report with this id.")
    [held] = with_events(keys)
    body = {**feature(held), "links": item_links(request, "reports")}
    return answer(request, body, "item", GEOJSON)


def public_reports() -> QuerySet[Report]:
    """Reports of sources that are named in public, whose words a published event shows."""
    quoted = Claim.objects.quotable().filter(
        report=OuterRef("pk"),
        event__status=ReviewStatus.PUBLISHED,
        event__merged_into__isnull=True,
    )
    return Report.objects.filter(Exists(quoted), source__is_public=True)


def with_events(digests: list[str]) -> list[Report]:
    """The reports with what their metadata needs, in a fixed number of queries, without texts."""
    published = Event.objects.published()
    claims = Claim.objects.quotable().filter(event__in=published).select_related("event")
    found = Report.objects.filter(digest__in=digests, source__is_public=True).defer("text", "spans")
    found = found.select_related("source").order_by("digest")
    return list(found.prefetch_related(Prefetch("claims", claims, to_attr="public_claims")))


def feature(report: Report) -> dict[str, Any]:
    """The metadata of a report as a Feature without geometry."""
    published = report.published_at.date().isoformat() if report.published_at else None
    return {
        "type": "Feature",
        "id": report.digest[:SHORT],
        "geometry": None,
        "properties": {
            "title": one_line(report.title),
            "url": web_address(report.url),
            "source": one_line(report.source.name),
            "source_id": report.source.slug,
            "language": report.language,
            "published": published,
            "events": "; ".join(sorted({claim.event.uid for claim in report.public_claims})),
        },
    }
