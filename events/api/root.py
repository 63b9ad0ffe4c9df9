"""The API's frame: landing page, conformance, collections, errors as problem+json."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError as NinjaValidationError

from events.api.collections import COLLECTIONS, collection_document
from events.api.items import Refused, router

CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
)

api = NinjaAPI(
    title="idlibmap",
    version="1",
    description="Published events of the war in Idlib and north-west Syria, as OGC API - Features.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", router)


def link(request: HttpRequest, path: str, rel: str, kind: str, title: str = "") -> dict[str, str]:
    """One link object."""
    found = {"href": request.build_absolute_uri(path), "rel": rel, "type": kind}
    return {**found, "title": title} if title else found


@api.get("/", summary="Landing page", tags=["capabilities"], response=dict[str, Any])
def landing(request: HttpRequest) -> dict[str, Any]:
    """Where everything is."""
    openapi = "application/vnd.oai.openapi+json;version=3.0"
    return {
        "title": "idlibmap",
        "description": "Dated, located, typed and sourced events of the war in north-west Syria.",
        "links": [
            link(request, "/api/", "self", "application/json", "This document"),
            link(request, "/api/openapi.json", "service-desc", openapi, "API definition"),
            link(request, "/about/", "service-doc", "text/html", "Method and sources"),
            link(request, "/api/conformance", "conformance", "application/json"),
            link(request, "/api/collections", "data", "application/json", "Collections"),
        ],
    }


@api.get("/conformance", summary="Conformance", tags=["capabilities"], response=dict[str, Any])
def conformance(request: HttpRequest) -> dict[str, Any]:
    """The conformance classes that the API follows."""
    return {"conformsTo": list(CONFORMANCE)}


@api.get("/collections", summary="Collections", tags=["capabilities"], response=dict[str, Any])
def collections(request: HttpRequest) -> dict[str, Any]:
    """All collections."""
    return {
        "links": [link(request, "/api/collections", "self", "application/json")],
        "collections": [collection_document(request, name) for name in COLLECTIONS],
    }


@api.get(
    "/collections/{name}", summary="One collection", tags=["capabilities"], response=dict[str, Any]
)
def collection(request: HttpRequest, name: str) -> dict[str, Any]:
    """One collection: its extent in space and time, and where its items are."""
    if name not in COLLECTIONS:
        raise Refused(404, "No such collection", f"There is no collection {name[:60]!r}.")
    return collection_document(request, name)


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """An error in the shape of RFC 9457."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(error.status, error.title, error.detail)


@api.exception_handler(NinjaValidationError)
def invalid(request: HttpRequest, error: NinjaValidationError) -> HttpResponse:
    detail = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors)
    return problem(400, "Bad parameter", detail[:500])
