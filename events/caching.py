"""Answers to anonymous readers, kept for seconds: a crowd at one page costs what one reader costs.

An answer is kept for one public address, language, encoding and state of the public data, in each
process. What the desk publishes or retracts changes the state at once; `settings.KEPT_SECONDS` is
only for what changes without its doing. A page's CSP nonce is made anew for each reader. Whoever is
logged in or shows a token is always answered afresh, and so is whoever asks for words, places,
actors, sources, a box or one event: nobody may learn from the time of an answer what somebody else
has just looked for.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from events.publishing import store

PAGES = frozenset({"/", "/embed/", "/about/", "/events/", "/stories/", "/feed/"})
FOLDERS = ("/stories/", "/api/")
KEYS = frozenset({"lang", "page", "step", "f", "limit", "cursor"} | {"from", "to", "datetime"}
                 | {"type", "sub_type", "precision"})  # fmt: skip
"""Keys of an address that do not tell whom or what a reader looks for."""
ITEM = re.compile(r"/api/collections/[a-z]{1,20}/items/.")
MOST_BYTES, LARGEST = 32 * 2**20, 2**20
LONGEST_KEY = 1000
SMALL = 512
"""Bytes below which packing saves nothing."""
TURNS = 64
WAIT = 5.0
"""Seconds that a reader waits for another's page being made, before making it too."""
MARKS = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt", "xframe_options_exempt")
"""What views say to the middleware outside of this one."""


@dataclass(slots=True)
class Kept:
    """One answer: its body cut where the nonce stood, headers, marks; until when it holds."""

    parts: list[bytes]
    headers: dict[str, str]
    marks: dict[str, Any]
    state: tuple[int, ...]
    until: float
    etag: str
    packed: bytes = b""

    @property
    def size(self) -> int:
        return sum(map(len, self.parts)) + len(self.packed) + LONGEST_KEY


@dataclass(slots=True)
class Shelf:
    """The kept answers of a process, by key, at most MOST_BYTES of them; the last used stay."""

    answers: OrderedDict[str, Kept] = field(default_factory=OrderedDict)
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str, state: tuple[int, ...]) -> Kept | None:
        with self.lock:
            found = self.answers.get(key)
            if found is None or found.state != state or found.until <= time.monotonic():
                return None
            self.answers.move_to_end(key)
            return found

    def put(self, key: str, kept: Kept) -> None:
        with self.lock:
            before = self.answers.pop(key, None)
            self.size += kept.size - (before.size if before else 0)
            self.answers[key] = kept
            while self.size > MOST_BYTES:
                self.size -= self.answers.popitem(last=False)[1].size


class KeptAnswersMiddleware:
    """Answers from the shelf; what is not there is made once, however many ask for it at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.shelf = Shelf()
        self.turns = [threading.Lock() for _turn in range(TURNS)]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.KEPT_SECONDS or not may_be_kept(request):
            return self.get_response(request)
        key, state = key_of(request), store.public_state(settings.SNAPSHOT_ROOT)
        kept = self.shelf.get(key, state)
        if kept is not None:
            return answer(request, kept)
        turn = self.turns[hash(key) % TURNS]
        mine = turn.acquire(timeout=WAIT)
        try:
            kept = self.shelf.get(key, state)
            return answer(request, kept) if kept else self.make(request, key, state)
        finally:
            if mine:
                turn.release()

    def make(self, request: HttpRequest, key: str, state: tuple[int, ...]) -> HttpResponseBase:
        """The answer as the view makes it; put on the shelf when it is one for everybody."""
        with unconditionally(request):
            response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not is_for_everybody(request, response):
            return response
        kept = kept_of(request, response, state)
        if kept.size > LARGEST:
            return response
        self.shelf.put(key, kept)
        return answer(request, kept, str(getattr(request, "_csp_nonce", None) or ""))


@contextmanager
def unconditionally(request: HttpRequest) -> Iterator[None]:
    """The view answers in full; whether that is news to the client is looked at afterwards."""
    names = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
    asked = {name: request.META.pop(name) for name in names if name in request.META}
    try:
        yield
    finally:
        request.META.update(asked)


def may_be_kept(request: HttpRequest) -> bool:
    """Whether everybody who asks this is answered the same, and it tells nothing of who asks."""
    path = request.path_info
    if request.method != "GET" or not (path in PAGES or path.startswith(FOLDERS)):
        return False
    secret = settings.SESSION_COOKIE_NAME in request.COOKIES or "HTTP_AUTHORIZATION" in request.META
    return not secret and KEYS.issuperset(request.GET) and not ITEM.match(path)


def key_of(request: HttpRequest) -> str:
    """Host, scheme, address, language and wanted encoding. Raises DisallowedHost."""
    told = (
        request.scheme or "",
        request.get_host(),
        request.get_full_path(),
        translation.get_language_from_request(request),
        request.META.get("HTTP_ACCEPT", "") if request.path_info.startswith("/api/") else "",
    )
    text = "\n".join(map(str, told))
    return text if len(text) < LONGEST_KEY else hashlib.sha256(text.encode()).hexdigest()


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer may be given to others: whole, and without cookies read or set."""
    varies = response.get("Vary", "").lower()
    private = "no-store" in response.get("Cache-Control", "") or "cookie" in varies
    coded = "Content-Encoding" in response
    return response.status_code == 200 and not (private or coded or response.cookies)


def kept_of(request: HttpRequest, response: HttpResponse, state: tuple[int, ...]) -> Kept:
    """The answer to keep; one without a nonce is packed once, and has a validator."""
    nonce = str(getattr(request, "_csp_nonce", None) or "")
    body = response.content
    parts = body.split(nonce.encode()) if nonce else [body]
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    etag = headers.pop("ETag", "") or f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    packable = len(parts) == 1 and len(body) >= SMALL
    return Kept(
        parts,
        headers,
        {name: getattr(response, name) for name in MARKS if hasattr(response, name)},
        state,
        time.monotonic() + settings.KEPT_SECONDS,
        etag if len(parts) == 1 else "",
        gzip.compress(body, 6, mtime=0) if packable else b"",
    )


def answer(request: HttpRequest, kept: Kept, nonce: str = "") -> HttpResponseBase:
    """The kept answer for this request: with a nonce of its own, packed, or 304."""
    nonced = len(kept.parts) > 1
    if nonced:
        nonce = nonce or str(request.csp_nonce)  # type: ignore[attr-defined]
    body = nonce.encode().join(kept.parts)
    packed = bool(kept.packed) and "gzip" in accepted(request)
    response = HttpResponse(kept.packed if packed else body, headers=kept.headers)
    if packed:
        response["Content-Encoding"] = "gzip"
    if kept.packed:
        patch_vary_headers(response, ["Accept-Encoding"])
    response["Content-Length"] = str(len(response.content))
    for name, value in kept.marks.items():
        setattr(response, name, value)
    if not kept.etag:
        return response
    response["ETag"] = kept.etag
    changed = parse_http_date_safe(kept.headers.get("Last-Modified", ""))
    return get_conditional_response(request, kept.etag, changed, response) or response


def accepted(request: HttpRequest) -> set[str]:
    """The codings that the client takes."""
    return store.accepted_encodings(request.headers.get("Accept-Encoding", ""))
