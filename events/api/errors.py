"""Errors of the API in one shape: RFC 9457's problem+json."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse

PROBLEM = "application/problem+json"


@dataclass
class Refused(Exception):
    """A request that is answered with an error: HTTP status, title, detail."""

    status: int
    title: str
    detail: str


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """The error as a response."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type=PROBLEM)
