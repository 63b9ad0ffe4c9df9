"""The reader's language by `?lang=`, for pages that set no cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

CODES = frozenset(code for code, _name in settings.LANGUAGES)


class LanguageFromQueryMiddleware:
    """Answers in the language that `?lang=` names; an unknown one is ignored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = request.GET.get("lang", "")
        if code in CODES:
            translation.activate(code)
            request.LANGUAGE_CODE = code
        return self.get_response(request)
