"""Public pages and files: parse, ask once, answer; all start at the publication gate."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.db import DatabaseError
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from events.models import Event, Source, Story
from events.publishing import pagecode, store
from events.publishing.citing import LICENCE, citation
from events.publishing.features import public_event, public_events, with_public_parts
from events.publishing.filters import Filters, parse_filters
from events.publishing.health import Ailing, examine
from events.publishing.page import page_config
from events.publishing.remembering import RememberingPaginator, keys_of
from events.publishing.stories import story_context, summary_of
from events.publishing.tabular import NotInstalled
from events.publishing.tombstones import tombstone_lines
from events.publishing.writing import Written, is_known, write
from events.vocabulary import EventType, SubEventType

PAGE = 50
CODE_CACHE = "public, max-age=31536000, immutable"
ANY_SITE = ["*"]


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The map; without JavaScript, the newest events as a list."""
    context = {"config": page_config(), "newest": newest(20)}
    return render(request, "map.html", context)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ANY_SITE})
def embed(request: HttpRequest) -> HttpResponse:
    """The map for other sites' frames: the one page that may be framed, and it sets no cookie."""
    return render(request, "embed.html", {"config": {**page_config(), "embed": True}})


def newest(count: int) -> list[Any]:
    """The newest published events."""
    events = Event.objects.published().order_by("-start_date", "-pk")
    return list(public_events(events[:count]))


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """All events behind the filters, a page at a time: the map without JavaScript."""
    filters = parse_filters(request.GET)
    ordered = Event.objects.published().order_by("-start_date", "-pk")
    events = filters.apply(ordered)
    page = RememberingPaginator(events, PAGE).get_page(request.GET.get("page"))
    shown = page.object_list
    if filters.q:
        shown = ordered.filter(pk__in=keys_of(shown))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "events": list(public_events(shown)),
        "filters": filters,
        "query": query.urlencode(),
    }
    return render(request, "events.html", context)


@require_safe
def event_page(request: HttpRequest, uid: str) -> HttpResponse:
    """One published event with its claims, readable without JavaScript."""
    event = with_public_parts(Event.objects.published().filter(uid=uid)).first()
    if event is None:
        raise Http404("There is no published event with this address.")
    return render(request, "event.html", {"event": public_event(event)})


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    """The published stories."""
    stories = [summary_of(story) for story in Story.objects.published()]
    return render(request, "stories.html", {"stories": stories})


@require_safe
def story_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A published story on the map; `?step=3` opens its third step. Without JavaScript, a page."""
    story = Story.objects.published().filter(slug=slug).first()
    if story is None:
        raise Http404("There is no published story with this address.")
    context = story_context(story, page_config(), request.GET.get("step", ""))
    return render(request, "story.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The method page: sources, how places and dates are found, what precision means, limits."""
    sources = Source.objects.filter(is_public=True).order_by("name")
    context = {"sources": sources, "types": type_table(), "licence": LICENCE}
    return render(request, "about.html", context)


def type_table() -> list[tuple[EventType, list[SubEventType]]]:
    """The event types, each with its sub-types."""
    return [(kind, [t for t in SubEventType if t.event_type == kind]) for kind in EventType]


@require_safe
def snapshot_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The manifest (short-lived) or one of the immutable files it names."""
    accepted = request.headers.get("Accept-Encoding", "")
    try:
        found = store.open_file(settings.SNAPSHOT_ROOT, name, accepted)
    except FileNotFoundError as error:
        raise Http404("There is no such snapshot file.") from error
    response = FileResponse(found.path.open("rb"), content_type=found.content_type)
    if found.encoding:
        response["Content-Encoding"] = found.encoding
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = found.cache_control
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def code_file(request: HttpRequest, digest: str, kind: str) -> HttpResponse:
    """The map page's modules or stylesheets as one file; a page of another release gets today's."""
    if kind not in pagecode.KINDS:
        raise Http404("There is no such file.")
    parcel = pagecode.parcel(kind)
    accepted = store.accepted_encodings(request.headers.get("Accept-Encoding", ""))
    encoding, data = parcel.encoded(accepted)
    response = HttpResponse(data, content_type=parcel.content_type)
    if encoding:
        response["Content-Encoding"] = encoding
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = CODE_CACHE if digest == parcel.digest else "no-cache"
    return response


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Published events behind the map's filters as a file, streamed."""
    filters, profile = parse_filters(request.GET), request.GET.get("profile", "")
    if not is_known(kind, profile):
        raise Http404("There is no such export.")
    if filters.problems:
        return plain_answer(problem_text(filters), 400)
    base = request.build_absolute_uri("/").rstrip("/")
    events = filters.apply(Event.objects.published()).order_by("start_date", "pk")
    cite = citation(timezone.localdate(), base)
    try:
        written = write(kind, profile, public_events(events), base, cite)
    except NotInstalled as error:
        return plain_answer(f"{error}\n", 501)
    return as_download(written, f"idlibmap-events.{kind}")


def as_download(written: Written, name: str) -> HttpResponseBase:
    """A written file as an answer that is saved under `name`."""
    if written.lines is not None:
        response: Any = StreamingHttpResponse(written.lines, content_type=written.content_type)
    else:
        response = FileResponse(written.file, content_type=written.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Link"] = '</about/#sources>; rel="license"'
    return response


def plain_answer(text: str, status: int) -> HttpResponse:
    """A few words for who asked wrongly."""
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def problem_text(filters: Filters) -> str:
    """The filter values that are not known, a line each."""
    return "\n".join(map(str, filters.problems)) + "\n"


@require_safe
def retracted(request: HttpRequest) -> HttpResponseBase:
    """The ids of events that were public and are no more, as CSV."""
    response = StreamingHttpResponse(tombstone_lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="idlibmap-retracted.csv"'
    return response


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the site can do its work; 503 with what ails it otherwise."""
    try:
        found = examine()
    except (Ailing, DatabaseError) as error:
        body = {"status": "ailing", "reason": getattr(error, "reason", "database")}
        return JsonResponse(body, status=503)
    response = JsonResponse({"status": "ok", **found})
    response["Cache-Control"] = "no-store"
    return response
