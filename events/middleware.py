"""What every request passes: safe headers, clean text, a number for the log, a language."""

from __future__ import annotations

import contextvars
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

CODES = frozenset(code for code, _name in settings.LANGUAGES)
Answer = Callable[[HttpRequest], HttpResponse]

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
"""The number of the request being answered, for the log."""

OPEN_TO_OTHERS = ("/embed/", "/api/", "/export/", "/feed/", "/snapshot/")
"""Public data and the one page for frames: other sites may load these."""
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope",
        "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
        "browsing-topics",
    )
)  # fmt: skip
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
PLAIN = "text/plain; charset=utf-8"


class RequestIdMiddleware:
    """Numbers each request; the answer and every line of the log carry the number."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Never taken from the request: a stranger must not write into the log.
        request_id.set(secrets.token_hex(8))
        response = self.get_response(request)
        response["X-Request-ID"] = request_id.get()
        return response


class KnownHostMiddleware:
    """Answers nothing under a name that is not ours, static files included."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost, which is answered with 400
        return self.get_response(request)


class SafeHeadersMiddleware:
    """Headers that every kind of answer has: pages, data, static files, errors, redirects.

    Stands before everything else, so that an answer made by another middleware has them too.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in headers_for(request, response).items():
            response.headers.setdefault(name, value)
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind != "text/html":
            response["Content-Security-Policy"] = DATA_POLICY
        response.headers.setdefault("Content-Security-Policy", DATA_POLICY)
        if request.META.get("SERVER_SOFTWARE", "").startswith("WSGIServer"):
            response["Server"] = "idlibmap"  # Python's own server would tell its versions
        return response


def headers_for(request: HttpRequest, response: HttpResponse) -> dict[str, str]:
    """The headers that are added where an answer does not set its own."""
    shared = request.path_info.startswith(OPEN_TO_OTHERS)
    found = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "cross-origin" if shared else "same-origin",
        "X-Permitted-Cross-Domain-Policies": "none",
    }
    if not getattr(response, "xframe_options_exempt", False):
        found["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    return found


NUL = "\x00"


class CleanTextMiddleware:
    """NUL characters, which no text has and PostgreSQL refuses, stop here.

    In an address they are an error; from a form they are dropped, so that nothing typed is lost.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info or has_nul(request.GET):
            return HttpResponse("The address has a NUL in it.\n", status=400, content_type=PLAIN)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Clean a form before the view reads it."""
        if request.method == "POST" and has_nul(request.POST):
            request._post = without_nul(request.POST)  # type: ignore[attr-defined]


def has_nul(values: QueryDict) -> bool:
    """Whether a key or a value has a NUL."""
    return any(NUL in key or any(NUL in v for v in each) for key, each in values.lists())


def without_nul(values: QueryDict) -> QueryDict:
    """The same keys and values without NULs."""
    clean = QueryDict(mutable=True, encoding=values.encoding)
    for key, each in values.lists():
        clean.setlist(key.replace(NUL, ""), [value.replace(NUL, "") for value in each])
    clean._mutable = False  # type: ignore[attr-defined]
    return clean


LONGEST_NAME = 150


def login_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that a failed log-in is kept under: no longer than a name can be.

    Strangers choose it, and the table of failed log-ins must not grow by megabytes.
    """
    given = credentials if credentials is not None else request.POST
    return str(given.get("username") or "")[:LONGEST_NAME]


class LanguageFromQueryMiddleware:
    """Answers in the language that `?lang=` names; an unknown one is ignored."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = request.GET.get("lang", "")
        if code in CODES:
            translation.activate(code)
            request.LANGUAGE_CODE = code
        return self.get_response(request)
