"""Many hands on the same rows at once: one wins, nobody waits for ever, all is sealed."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from events import curation
from events.evidence.chain import seal, verify
from events.models import Claim, Event, Merge
from tests.factories import make_claim, make_published_event, make_report, make_user

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 8


def at_once(actions) -> list[str]:
    """What became of each action, all begun together: "done" or the name of the error."""
    found: list[str] = []
    start = threading.Barrier(len(actions))

    def act(action) -> None:
        start.wait(20)
        try:
            action()
            found.append("done")
        except Exception as error:
            found.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(action,), daemon=True) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "two waited for each other"
    return sorted(found)


@pytest.fixture(autouse=True)
def real_locks():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory has one writer and one connection: there is nothing to race")


def test_merges_in_both_directions_happen_once_and_wait_for_nobody():
    by = make_user("publisher", role="publisher")
    one, two = make_published_event(), make_published_event()
    for event in (one, two):
        make_claim(event, report=make_report())
    claims = Claim.objects.count()
    pairs = [(one, two), (two, one)] * (HANDS // 2)
    found = at_once([lambda k=k, d=d: curation.merge(k, d, by) for k, d in pairs])
    assert found == ["Refused"] * (HANDS - 1) + ["done"]
    assert Merge.objects.count() == 1
    assert Event.objects.filter(merged_into__isnull=False).count() == 1
    assert Claim.objects.count() == claims


def test_a_retraction_among_many_is_made_once():
    by = make_user("publisher", role="publisher")
    event = make_published_event()
    before = event.history.count()
    found = at_once([lambda: curation.retract(event, by, "wrong place")] * HANDS)
    assert found == ["Refused"] * (HANDS - 1) + ["done"]
    assert event.history.count() == before + 1


def test_sealers_at_once_make_one_chain():
    for _turn in range(5):
        make_published_event()
    at_once([lambda: seal(everything=True)] * HANDS)
    seal(everything=True)
    verdict = verify()
    assert verdict.holds
    assert verdict.unsealed == 0
