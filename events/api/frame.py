"""What holds for every public byte of data: HEAD, CORS, and errors as problem+json."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from events.api.errors import PROBLEM, problem

API = "/api/"
PUBLIC = (API, "/feed/", "/export/")
SAFE = "GET, HEAD, OPTIONS"
TITLES = {
    400: "Bad request",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    429: "Too many requests",
}
DETAILS = {
    404: "There is nothing at this address.",
    405: "This address does not answer this method.",
    429: "Ask again after the seconds of Retry-After.",
}


class PublicDataMiddleware:
    """Stands around the API, exports and feed; other pages pass untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PUBLIC):
            return self.get_response(request)
        response = self.answer(request)
        if request.path_info.startswith(API) and response.status_code >= 400:
            response = as_problem(response)
        if request.method in ("GET", "HEAD", "OPTIONS"):
            allow_other_sites(response)
        return response

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return preflight()
        if request.method == "HEAD" and request.path_info.startswith(API):
            return self.head(request)
        return self.get_response(request)

    def head(self, request: HttpRequest) -> HttpResponseBase:
        """HEAD as GET without its body."""
        request.method = request.META["REQUEST_METHOD"] = "GET"
        response = self.get_response(request)
        request.method = request.META["REQUEST_METHOD"] = "HEAD"
        if isinstance(response, HttpResponse):
            length = str(len(response.content))
            response.content = b""
            response["Content-Length"] = length
        return response


def preflight() -> HttpResponse:
    """The answer to a browser that asks before it asks."""
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = SAFE
    response["Access-Control-Allow-Headers"] = "Accept, If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def allow_other_sites(response: HttpResponseBase) -> None:
    """Public data may be read from pages of any site; cookies are never sent along."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """An error of the framework in the API's shape; one that has it already stays."""
    if response.get("Content-Type", "").startswith(PROBLEM):
        return response
    status = response.status_code
    title = TITLES.get(status, "Error" if status < 500 else "Defect of the server")
    detail = DETAILS.get(status, "The request could not be answered.")
    found = problem(status, title, detail)
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response:
            found[name] = response[name]
    return found
