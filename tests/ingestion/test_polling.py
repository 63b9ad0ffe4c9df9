"""Feeds asked on a schedule: conditional, bounded, never doubled, failures kept."""

from __future__ import annotations

import datetime as dt
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone

from events.ingestion import fetching, polling
from events.ingestion.fetching import make_session
from events.ingestion.polling import due_sources, poll
from events.models import FeedState, Report
from events.tasks import take_in_draft
from tests.factories import make_source

pytestmark = pytest.mark.django_db
ITEM = (
    "<item><title>Jets {n}</title><link>{base}/a/{n}</link>"
    "<pubDate>Thu, 20 Feb 2020 0{n}:00:00 GMT</pubDate>"
    "<description>Jets struck the market of town number {n} on Thursday.</description></item>"
)


class Pages(BaseHTTPRequestHandler):
    """A feed with an ETag, an article, and a feed that is broken."""

    asked: list[dict[str, str]] = []
    entries = 2

    def do_GET(self) -> None:
        type(self).asked.append(dict(self.headers))
        tag = f'"{self.entries}"'
        if self.path == "/feed" and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200 if self.path != "/broken" else 500)
        self.send_header("Content-Type", "text/html" if "/a/" in self.path else "text/xml")
        self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(self.body().encode())

    def body(self) -> str:
        if "/a/" in self.path:
            words = "Jets struck the market. Rescuers dug all night in the rubble. " * 10
            return (
                f"<html><body><article><h1>x</h1><p>{words}{self.path}</p></article></body></html>"
            )
        base = f"http://127.0.0.1:{self.server.server_port}"
        items = "".join(ITEM.format(n=n, base=base) for n in range(self.entries))
        return f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"

    def log_message(self, *_args: object) -> None: ...


@pytest.fixture
def site(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Pages.asked, Pages.entries = [], 2
    monkeypatch.setattr(fetching, "make_session", lambda: make_session(allow_loopback=True))
    monkeypatch.setattr(fetching, "PORTS", frozenset({server.server_port}))
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def take(draft, source):
    return take_in_draft(draft, source).created


def test_new_entries_are_taken_in_with_title_date_and_address(site):
    source = make_source(feed_url=f"{site}/feed")
    assert poll(source, take).new == 2
    report = Report.objects.get(title="Jets 1")
    assert report.url == f"{site}/a/1"
    assert report.published_at == dt.datetime(2020, 2, 20, 1, tzinfo=dt.UTC)
    assert report.source == source


def test_a_feed_that_did_not_change_is_not_sent_again(site):
    source = make_source(feed_url=f"{site}/feed")
    poll(source, take)
    again = poll(source, take)
    assert not again.changed
    assert Pages.asked[-1]["If-None-Match"] == '"2"'


def test_only_what_is_new_is_added(site):
    source = make_source(feed_url=f"{site}/feed")
    poll(source, take)
    Pages.entries = 3
    again = poll(source, take)
    assert (again.new, again.known) == (1, 2)
    assert Report.objects.count() == 3


def test_the_articles_behind_the_entries_are_fetched_once_where_that_is_wanted(site):
    source = make_source(feed_url=f"{site}/feed")
    FeedState.objects.create(source=source, follow_links=True)
    assert poll(source, take).new == 2
    assert "Rescuers dug" in Report.objects.get(title="Jets 1").text
    Pages.entries, Pages.asked = 3, []
    assert poll(source, take).new == 1
    assert len(Pages.asked) == 2


def test_a_feed_that_fails_is_asked_later_and_says_why(site):
    source = make_source(feed_url=f"{site}/broken")
    assert "500" in poll(source, take).error
    first = FeedState.objects.get()
    poll(source, take)
    second = FeedState.objects.get()
    assert (first.failures, second.failures) == (1, 2)
    assert second.next_poll_at - second.polled_at > first.next_poll_at - first.polled_at


def test_a_feed_that_leads_home_is_refused():
    source = make_source(feed_url="http://127.0.0.1/feed")
    assert "not allowed" in poll(source, take).error
    assert Report.objects.count() == 0


def test_a_page_that_is_no_feed_is_an_error(site):
    assert "no entries" in poll(make_source(feed_url=f"{site}/a/1"), take).error


def test_each_feed_is_claimed_once_and_only_when_due(site):
    source = make_source(feed_url=f"{site}/feed")
    make_source(name="No feed")
    assert list(due_sources()) == [source]
    assert list(due_sources()) == []
    FeedState.objects.update(next_poll_at=timezone.now() - dt.timedelta(seconds=1))
    assert list(due_sources()) == [source]


def test_one_wrong_entry_does_not_stop_the_others(site, monkeypatch):
    source = make_source(feed_url=f"{site}/feed")
    real = polling.read_bytes

    def with_slip(raw, suffix):
        from events.exceptions import RowError

        yield RowError(1, "no text")
        yield from real(raw, suffix)

    monkeypatch.setattr(polling, "read_bytes", with_slip)
    polled = poll(source, take)
    assert (polled.new, polled.refused) == (2, 1)


def test_the_command_polls_what_is_due(site, capsys):
    make_source(name="Monitor", feed_url=f"{site}/feed")
    call_command("poll_feeds")
    assert "monitor: 2 new, 0 known, 0 refused" in capsys.readouterr().out
    call_command("poll_feeds", "--source", "monitor", "--follow", "on")
    assert FeedState.objects.get().follow_links
