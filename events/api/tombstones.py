"""Events that were public and are no more, so that copies can follow."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from events.api.encodings import answer, encodings
from events.api.errors import Refused
from events.api.openapi import answers
from events.api.parameters import F, only, parameter
from events.publishing.tombstones import tombstones

router = Router(tags=["data"])
SINCE = parameter("since", "RFC 3339 moment; only what left after it", format="date-time")


@router.get(
    "/tombstones",
    summary="Retracted events",
    openapi_extra=answers("Tombstones", parameters=[SINCE, F]),
)
def gone(request: HttpRequest) -> HttpResponse:
    """The ids of events that were public and were retracted or merged into another."""
    only(request.GET, {"since", "f", "lang"})
    body = {"tombstones": tombstones(moment(request)), "links": encodings(request)}
    return answer(request, body, "tombstones")


def moment(request: HttpRequest) -> dt.datetime | None:
    """The `since` of the query, aware."""
    text = request.GET.get("since", "").strip()
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text.replace("Z", "+00:00").replace(" ", "+"))
        found = found if timezone.is_aware(found) else timezone.make_aware(found)
        return found.astimezone(dt.UTC)  # databases know fewer offsets than RFC 3339 allows
    except (ValueError, OverflowError) as error:
        hint = "since is not RFC 3339, such as 2020-02-20T00:00:00Z"
        raise Refused(400, "Bad parameter", hint) from error
