"""What is answered while the database is away or busy: 503 and when to try again, never a 500."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.contrib.admin.options import IncorrectLookupParameters
from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.views import defaults

log = logging.getLogger("idlibmap.outage")

RETRY_SECONDS = 5
OUR_OWN_FAULT = ("no such table", "no such column", "syntax error", "too many sql variables")
REFUSED = "The address or the form has a value that is not possible here.\n"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>idlibmap</title></head><body><main>
<h1>Back in a moment</h1>
<p>The database does not answer just now. Nothing that was saved is lost; please try again.</p>
<p lang="ar" dir="rtl">قاعدة البيانات لا تجيب الآن. لم يضِع شيء مما حُفظ؛ يُرجى المحاولة بعد قليل.</p>
</main></body></html>
"""


def is_outage(error: BaseException | None) -> bool:
    """Whether the database is away, busy or full, and not only asked wrongly."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return not any(words in str(error).lower() for words in OUR_OWN_FAULT)


def unavailable(error: BaseException | None) -> HttpResponse:
    """503 with Retry-After; the broken connection is dropped, so that a new one is made."""
    log.error("the database is not available: %s", type(error).__name__)
    if not connection.in_atomic_block:
        connection.close()
    response = HttpResponse(PAGE, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


class OutageMiddleware:
    """Turns an outage that a view met into 503, and a value out of range into 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answers for the view: 503 for an outage, 400 for a value that no column holds."""
        if isinstance(error, DataError | IncorrectLookupParameters):
            return HttpResponse(REFUSED, status=400, content_type="text/plain; charset=utf-8")
        return unavailable(error) if is_outage(error) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """The handler of errors: 503 for an outage that a middleware met, the plain 500 otherwise."""
    error = sys.exc_info()[1]
    return unavailable(error) if is_outage(error) else defaults.server_error(request)
