"""One body, two encodings: JSON for programs, HTML for people, both with validators for caches."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers

from events.api.errors import Refused
from events.publishing import store

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
FORMATS = {"json": False, "geojson": False, "html": True}
CACHE = "public, max-age=15, must-revalidate"


def answer(
    request: HttpRequest, body: dict[str, Any], template: str, media: str = JSON
) -> HttpResponse:
    """`body` in the encoding that the request asks for; 304 when the client already holds it.

    Without a `template` there is JSON only.
    """
    html = bool(template) and wants_html(request)
    etag = f'W/"{digest(body, html)}"'
    if html:
        response = render(request, f"api/{template}.html", {"body": body, "json": as_json(request)})
    else:
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        response = HttpResponse(content, content_type=media)
    response["ETag"] = etag
    response["Cache-Control"] = CACHE
    patch_vary_headers(response, ["Accept"])
    changed = last_publication()
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed)
    stamp = int(changed.timestamp()) if changed else None
    return get_conditional_response(request, etag, stamp, response)


def http_date(moment: dt.datetime) -> str:
    """A moment as HTTP writes it."""
    return moment.astimezone(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


def digest(body: dict[str, Any], html: bool) -> str:
    """A hash of what is told, without the moment of telling."""
    told = {key: value for key, value in body.items() if key != "timeStamp"}
    content = json.dumps([html, told], sort_keys=True, default=str)
    return hashlib.blake2b(content.encode(), digest_size=12).hexdigest()


def last_publication() -> dt.datetime | None:
    """When the public data last changed: the date of the snapshot that the map shows."""
    try:
        built = store.open_manifest(settings.SNAPSHOT_ROOT)["built_at"]
        return dt.datetime.fromisoformat(built)
    except (OSError, KeyError, ValueError):
        return None


def wants_html(request: HttpRequest) -> bool:
    """Whether HTML is asked for, by `f` or by the Accept header; JSON where both are as good."""
    named = request.GET.get("f")
    if named is not None:
        if named not in FORMATS:
            raise Refused(400, "Bad parameter", "f must be json or html")
        return FORMATS[named]
    return request.get_preferred_type([JSON, GEOJSON, HTML]) == HTML


def as_json(request: HttpRequest) -> str:
    """The address of the JSON encoding of this very page."""
    query: QueryDict = request.GET.copy()
    query["f"] = "json"
    return f"{request.path}?{query.urlencode()}"


def encodings(request: HttpRequest, media: str = JSON) -> list[dict[str, str]]:
    """The links to this page itself, in this encoding and in the other."""
    html = wants_html(request)
    kinds = {"json": media, "html": HTML}
    mine, other = ("html", "json") if html else ("json", "html")
    query = request.GET.copy()
    query["f"] = other
    there = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return [
        {"href": request.build_absolute_uri(), "rel": "self", "type": kinds[mine]},
        {"href": there, "rel": "alternate", "type": kinds[other]},
    ]
