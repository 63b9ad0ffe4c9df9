"""The API's frame: landing page, conformance, collections, its own description, its errors."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as NinjaValidationError

from events.api import adding, items, places, reports, tombstones
from events.api.collections import COLLECTIONS, collection_document
from events.api.encodings import answer, encodings
from events.api.errors import Refused, problem
from events.api.openapi import answers, document
from events.api.parameters import F, only
from events.publishing.citing import LICENCE

CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "geojson", "html", "oas30")
)
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
LEFT_TO_DJANGO = (OperationalError, InterfaceError, SuspiciousOperation, PermissionDenied)
logger = logging.getLogger(__name__)

api = NinjaAPI(
    title="idlibmap",
    version="1",
    description="Published events of the war in Idlib and north-west Syria, as OGC API - Features.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for module in (items, places, reports, tombstones, adding):
    api.add_router("", module.router)


def link(request: HttpRequest, path: str, rel: str, kind: str, title: str = "") -> dict[str, str]:
    """One link object."""
    found = {"href": request.build_absolute_uri(path), "rel": rel, "type": kind}
    return {**found, "title": title} if title else found


@api.get(
    "/",
    summary="Landing page",
    tags=["capabilities"],
    openapi_extra=answers("Landing", parameters=[F]),
)
def landing(request: HttpRequest) -> HttpResponse:
    """Where everything is."""
    only(request.GET, {"f", "lang"})
    body = {
        "title": "idlibmap",
        "description": "Dated, located, typed and sourced events of the war in north-west Syria.",
        "license": LICENCE,
        "links": [
            *encodings(request),
            link(request, "/api/openapi.json", "service-desc", OPENAPI, "API definition"),
            link(request, "/about/", "service-doc", "text/html", "Method and sources"),
            link(request, "/api/conformance", "conformance", "application/json", "Conformance"),
            link(request, "/api/collections", "data", "application/json", "Collections"),
            link(request, "/api/tombstones", "related", "application/json", "Retracted events"),
        ],
    }
    return answer(request, body, "landing")


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    """The API's description in OpenAPI 3.0.3."""
    server = request.build_absolute_uri("/api")
    body = document(api.get_openapi_schema(path_prefix=""), server)
    return JsonResponse(body, content_type=OPENAPI)


@api.get(
    "/conformance",
    summary="Conformance",
    tags=["capabilities"],
    openapi_extra=answers("Conformance", parameters=[F]),
)
def conformance(request: HttpRequest) -> HttpResponse:
    """The conformance classes that the API follows."""
    only(request.GET, {"f", "lang"})
    return answer(request, {"conformsTo": list(CONFORMANCE)}, "landing")


@api.get(
    "/collections",
    summary="Collections",
    tags=["capabilities"],
    openapi_extra=answers("Collections", parameters=[F]),
)
def collections(request: HttpRequest) -> HttpResponse:
    """All collections."""
    only(request.GET, {"f", "lang"})
    body = {
        "title": "Collections",
        "links": encodings(request),
        "collections": [collection_document(request, name) for name in COLLECTIONS],
    }
    return answer(request, body, "collections")


@api.get(
    "/collections/{name}",
    summary="One collection",
    tags=["capabilities"],
    openapi_extra=answers("Collection", missing=True, parameters=[F]),
)
def collection(request: HttpRequest, name: str) -> HttpResponse:
    """One collection: its extent in space and time, and where its items are."""
    only(request.GET, {"f", "lang"})
    if name not in COLLECTIONS:
        raise Refused(404, "No such collection", f"There is no collection {name[:60]!r}.")
    return answer(request, collection_document(request, name), "landing")


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(error.status, error.title, error.detail)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "Not found", "There is nothing at this address.")


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "Bad request", error.message[:500])


@api.exception_handler(NinjaValidationError)
def invalid(request: HttpRequest, error: NinjaValidationError) -> HttpResponse:
    details = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors)
    return problem(400, "Bad parameter", details[:500])


@api.exception_handler(Exception)
def defect(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, LEFT_TO_DJANGO):
        raise error  # an outage is 503, a host that is not ours 400: Django's handlers know
    logger.error("the API failed at %s", request.path, exc_info=error)
    return problem(500, "Defect of the server", "The request could not be answered.")


def not_found(request: HttpRequest, **_captured: Any) -> HttpResponse:
    """Any other address below /api/."""
    return problem(404, "Not found", "There is nothing at this address.")
