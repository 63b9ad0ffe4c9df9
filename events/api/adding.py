"""Reports from programs: a token with the scope `reports:add` hands in, an editor decides."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Router

from events import tasks
from events.api.errors import Refused
from events.api.openapi import problems, ref
from events.exceptions import RejectedReport
from events.models import ApiToken
from events.models.tokens import ADD_REPORTS

router = Router(tags=["adding"])
TAKEN = {"content": {"application/json": {"schema": ref("TakenIn")}}}
EXTRA: dict[str, Any] = {
    "security": [{"token": []}],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": ref("NewReport")}},
    },
    "responses": {
        200: {"description": "Already there", **TAKEN},
        201: {"description": "Taken in", **TAKEN},
        **problems(400, 401, 403, 413, 422),
    },
}


@router.post("/reports", summary="Add a report", openapi_extra=EXTRA)
def add(request: HttpRequest) -> HttpResponse:
    """Take a report in, once: the same text again gives the same id. Nothing is published."""
    token = token_of(request)
    try:
        taken = tasks.add_report(body_of(request), token.source)
    except RejectedReport as error:
        raise Refused(422, "Not a report", str(error)[:500]) from error
    ApiToken.objects.filter(pk=token.pk).update(used_at=timezone.now())
    original = taken.report.duplicate_of
    body = {
        "id": taken.report.digest[:16],
        "created": taken.created,
        "duplicate_of": original.digest[:16] if original else None,
    }
    return JsonResponse(body, status=201 if taken.created else 200)


def token_of(request: HttpRequest) -> ApiToken:
    """The token of the Authorization header; Refused without one that may add reports."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = ApiToken.objects.holding(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise Refused(401, "No valid token", "Send the header Authorization: Bearer <token>.")
    if not token.may(ADD_REPORTS):
        raise Refused(403, "Not allowed", f"The token lacks the scope {ADD_REPORTS}.")
    return token


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the request's body."""
    if request.content_type != "application/json":
        raise Refused(400, "Bad body", "The body must be application/json.")
    try:
        body = json.loads(request.body)
    except RequestDataTooBig as error:
        limit = settings.REPORT_MAX_BYTES // 2**20
        raise Refused(413, "Too large", f"At most {limit} MB are taken in.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(400, "Bad body", "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise Refused(400, "Bad body", "The body is not a JSON object.")
    return body
