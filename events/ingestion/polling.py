"""Feeds of the sources, asked on a schedule: politely, safely, and nothing twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils import timezone

from events.exceptions import FetchRefused, RejectedReport, RowError
from events.ingestion.documents import Draft, Item, read_address, read_bytes
from events.ingestion.duplicates import keys_of
from events.ingestion.fetching import Fetched, fetch
from events.models import FeedState, ReportKey, Source

EVERY = dt.timedelta(minutes=15)
LONGEST_WAIT = dt.timedelta(hours=24)
LEASE = dt.timedelta(minutes=10)
MOST_FOLLOWED = 50
Take = Callable[[Draft, Source], bool]


@dataclass(slots=True)
class Polled:
    """What asking one feed brought: `error` is "" when it answered as it should."""

    source: Source
    new: int = 0
    known: int = 0
    refused: int = 0
    changed: bool = True
    error: str = ""


def due_sources() -> Iterator[Source]:
    """Sources whose feed is to be asked now, the longest waiting first; each is claimed.

    The claim is one conditional update, so that two pollers never ask the same feed at once.
    """
    with_feed = Source.objects.exclude(feed_url="")
    for source in with_feed.filter(feed_state=None):
        FeedState.objects.get_or_create(source=source)
    due = FeedState.objects.filter(next_poll_at__lte=timezone.now(), source__in=with_feed)
    for state in due.select_related("source").order_by("next_poll_at"):
        claimed = FeedState.objects.filter(pk=state.pk, next_poll_at=state.next_poll_at)
        if claimed.update(next_poll_at=timezone.now() + LEASE):
            yield state.source


def poll(source: Source, take: Take) -> Polled:
    """Ask the feed of `source` and hand every new entry to `take`, which says whether it is news.

    Nothing is raised: what goes wrong is kept on the feed's state, and the feed is asked again
    later, the longer the more often it failed.
    """
    state, _created = FeedState.objects.get_or_create(source=source)
    polled = Polled(source)
    try:
        fetched = fetch(source.feed_url, held=validators(state))
        polled.changed = fetched.changed
        if fetched.changed:
            take_entries(fetched, state, take, polled)
            state.etag, state.last_modified = fetched.etag, fetched.last_modified
    except (FetchRefused, RejectedReport) as error:
        polled.error = str(error)
    note(state, polled.error)
    return polled


def validators(state: FeedState) -> dict[str, str]:
    """The headers that ask only for what changed."""
    named = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in named.items() if value}


def take_entries(fetched: Fetched, state: FeedState, take: Take, polled: Polled) -> None:
    """Take each entry; one that is refused does not stop the others."""
    followed = 0
    for item in read_bytes(fetched.content, ".xml"):
        if isinstance(item, Draft) and state.follow_links and item.url:
            if is_known(item.url) or followed >= MOST_FOLLOWED:
                polled.known += 1
                continue
            followed += 1
            item = article(item)
        take_one(item, state.source, take, polled)


def take_one(item: Item, source: Source, take: Take, polled: Polled) -> None:
    """Take one entry and count what came of it."""
    if isinstance(item, RowError):
        polled.refused += 1
        return
    try:
        fresh = take(replace(item, language=item.language or source.language), source)
    except RejectedReport:
        polled.refused += 1
        return
    polled.new, polled.known = polled.new + fresh, polled.known + (not fresh)


def is_known(url: str) -> bool:
    """Whether a report of this address is there already."""
    key = keys_of("", url)[ReportKey.URL]
    return ReportKey.objects.filter(band=ReportKey.URL, key=key).exists()


def article(entry: Draft) -> Draft:
    """The article behind an entry; the entry itself where it cannot be read."""
    try:
        found = next(iter(read_address(entry.url)), entry)
    except (FetchRefused, RejectedReport):
        return entry
    if not isinstance(found, Draft) or len(found.text) < len(entry.text):
        return entry
    return replace(
        found,
        url=entry.url,
        title=entry.title or found.title,
        published=entry.published or found.published,
        author=entry.author or found.author,
    )


def note(state: FeedState, error: str) -> None:
    """Keep how it went and when to ask again."""
    now = timezone.now()
    state.polled_at, state.last_error = now, error[:300]
    state.failures = min(state.failures + 1, 100) if error else 0
    wait = EVERY * 2 ** min(state.failures, 10)
    state.next_poll_at = now + (min(wait, LONGEST_WAIT) if error else EVERY)
    state.save()
