"""What is slow to ask is asked once for each state of the public data; what is fast, each time."""

from __future__ import annotations

import threading
import time

import pytest

from events.models import Event
from events.publishing import remembering
from events.publishing.remembering import count_of, keys_of, remembered
from events.vocabulary import ReviewStatus
from tests.factories import make_published_event


@pytest.fixture(autouse=True)
def remembers_everything(monkeypatch):
    monkeypatch.setattr(remembering, "SLOW_SECONDS", 0)


def test_what_is_fast_is_asked_each_time(monkeypatch):
    monkeypatch.setattr(remembering, "SLOW_SECONDS", 10)
    assert remembered("a", lambda: 1) == 1
    assert remembered("a", lambda: 2) == 2


def test_what_is_slow_is_asked_once_for_each_state(monkeypatch):
    monkeypatch.setattr(remembering, "state", lambda: (1,))
    assert remembered("a", lambda: 1) == 1
    assert remembered("a", lambda: 2) == 1
    assert remembered("b", lambda: 3) == 3
    monkeypatch.setattr(remembering, "state", lambda: (2,))
    assert remembered("a", lambda: 2) == 2


def test_of_many_who_ask_the_same_at_once_one_asks_the_database():
    asked = []

    def slow() -> int:
        asked.append(1)
        time.sleep(0.05)
        return 7

    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(remembered("a", slow))) for _n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(asked), answers) == (1, [7] * 8)


@pytest.mark.django_db
def test_counts_and_pages_are_kept_apart_by_what_is_asked():
    one, two = make_published_event(), make_published_event()
    rows = Event.objects.order_by("pk")
    assert count_of(rows) == 2
    assert count_of(rows.filter(pk=one.pk)) == 1
    assert count_of(rows.none()) == 0
    assert keys_of(rows[:1]) == [one.pk]
    assert keys_of(rows[1:2]) == [two.pk]
    assert keys_of(rows.reverse()[:2]) == [two.pk, one.pk]
    assert keys_of(rows.none()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["/events/?q=idlib", "/api/collections/events/items?q=idlib", "/feed/?q=idlib"]
)
def test_a_remembered_page_shows_no_event_that_was_retracted_meanwhile(client, page):
    events = [make_published_event(summary="Seen in Idlib") for _n in range(3)]
    assert all(event.uid in client.get(page).content.decode() for event in events)
    Event.objects.filter(pk=events[1].pk).update(status=ReviewStatus.RETRACTED)
    after = client.get(page).content.decode()
    assert events[1].uid not in after
    assert events[0].uid in after
    assert events[2].uid in after
