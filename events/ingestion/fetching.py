"""Fetching an address that somebody gave us, without being led where it should not go.

http(s) only; the address of every hop is resolved, checked and pinned (see `connecting`), so that
neither a redirect nor a name that changes its address reaches this machine or its neighbours. Size,
time and number of hops are bounded.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import requests
from requests_hardened import Config, HTTPSession

from events.exceptions import FetchRefused
from events.ingestion.connecting import PublicAdapter

MOST_BYTES = 10 * 1024 * 1024
MOST_HOPS = 5
MOST_SECONDS = 30.0
CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0
PORTS = frozenset({None, 80, 443, 8000, 8080, 8443})
LONGEST_URL = 2000
USER_AGENT = "idlibmap"
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes, its media type, and where the last hop was."""

    content: bytes
    content_type: str
    url: str
    changed: bool = True
    etag: str = ""
    last_modified: str = ""


def make_session(allow_loopback: bool = False) -> HTTPSession:
    """A session that refuses private addresses and ignores proxies of the environment."""
    session = HTTPSession(
        Config(
            default_timeout=(CONNECT_SECONDS, READ_SECONDS),
            never_redirect=False,
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=allow_loopback,
            user_agent_override=USER_AGENT,
        )
    )
    session.trust_env = False
    for scheme in ("http", "https"):
        adapter = PublicAdapter(scheme, allow_loopback=allow_loopback, seconds=MOST_SECONDS)
        session.mount(f"{scheme}://", adapter)
    return session


def fetch(
    url: str, session: HTTPSession | None = None, held: Mapping[str, str] | None = None
) -> Fetched:
    """The content of `url` after at most five redirects.

    `held` are validators of an earlier answer ({"If-None-Match": ...}): what is unchanged comes
    back empty with `changed` off.

    Raises FetchRefused, in words for a person, for an address that is not allowed, does not answer,
    answers with an error, or gives too much or too slowly.
    """
    until = time.monotonic() + MOST_SECONDS
    with session or make_session() as opened, _arrived(opened, url, held or {}) as (response, last):
        if response.status_code == 304 and held:
            return Fetched(b"", "", last, changed=False)
        return _content(response, last, until)


def download(
    url: str,
    into: BinaryIO,
    most_bytes: int,
    most_seconds: float,
    session: HTTPSession | None = None,
) -> str:
    """Write what `url` gives to a file, a block at a time; the address of the last hop.

    Raises FetchRefused as `fetch` does; what was written until then is the caller's to remove.
    """
    until = time.monotonic() + most_seconds
    with session or make_session() as opened:
        for adapter in opened.adapters.values():
            adapter.limit(most_seconds)
        with _arrived(opened, url, {}) as (response, last):
            for part in _parts(response, until, most_bytes, most_seconds):
                into.write(part)
    return last


@contextmanager
def _arrived(
    session: HTTPSession, url: str, held: Mapping[str, str]
) -> Iterator[tuple[requests.Response, str]]:
    """The first answer that is no redirect, its body not read yet, and the address it came from."""
    for _hop in range(MOST_HOPS + 1):
        with _ask(session, checked(url), held) as response:
            target = response.headers.get("Location")
            if response.status_code not in REDIRECTS or not target:
                yield response, url
                return
            url = urljoin(url, target)
    raise FetchRefused(f"More than {MOST_HOPS} redirects.")


def checked(url: str) -> str:
    """`url` if its form is allowed; raises FetchRefused."""
    if len(url) > LONGEST_URL or any(ord(c) < 33 for c in url):
        raise FetchRefused("The address is too long or has blanks in it.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(f"The address cannot be read: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise FetchRefused("Only http and https addresses are fetched.")
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise FetchRefused("The address must have a host and no user name.")
    if port not in PORTS:
        raise FetchRefused(f"Port {port} is not fetched from.")
    return url


def _ask(session: HTTPSession, url: str, held: Mapping[str, str]) -> requests.Response:
    try:
        return session.get(url, stream=True, allow_redirects=False, headers=dict(held))
    except requests.RequestException as error:
        # The library's message may name addresses of this network: it is not passed on.
        raise FetchRefused(
            f"{urlsplit(url).hostname} is not allowed or does not answer."
        ) from error
    except (ValueError, UnicodeError) as error:
        raise FetchRefused("The address cannot be read.") from error


def _parts(
    response: requests.Response, until: float, most_bytes: int, most_seconds: float
) -> Iterator[bytes]:
    """The body in blocks; raises FetchRefused where it is an error, too much or too slow."""
    if response.status_code != 200:
        raise FetchRefused(f"The server answered {response.status_code}.")
    size = 0
    try:
        for part in response.iter_content(65536):
            size += len(part)
            if size > most_bytes:
                raise FetchRefused(f"The page has more than {most_bytes // 2**20} MB.")
            if time.monotonic() > until:
                raise FetchRefused(f"The page took more than {most_seconds:.0f} s.")
            yield part
    except requests.RequestException as error:
        raise FetchRefused("The connection broke off, or took too long.") from error
    if time.monotonic() > until:  # what was cut without a length looks whole
        raise FetchRefused(f"The page took more than {most_seconds:.0f} s.")


def _content(response: requests.Response, url: str, until: float) -> Fetched:
    content = b"".join(_parts(response, until, MOST_BYTES, MOST_SECONDS))
    kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    return Fetched(
        content,
        kind,
        url,
        etag=response.headers.get("ETag", "")[:300],
        last_modified=response.headers.get("Last-Modified", "")[:100],
    )


def post(
    url: str, body: bytes, headers: Mapping[str, str], session: HTTPSession | None = None
) -> None:
    """Send `body` to an address, as safely as one is fetched; no redirect is followed.

    Raises FetchRefused unless the server answers 2xx.
    """
    with session or make_session() as opened:
        try:
            response = opened.post(
                checked(url), data=body, headers=dict(headers), allow_redirects=False, stream=True
            )
        except requests.RequestException as error:
            host = urlsplit(url).hostname
            raise FetchRefused(f"{host} is not allowed or does not answer.") from error
        with response:
            if not 200 <= response.status_code < 300:
                raise FetchRefused(f"The server answered {response.status_code}.")
