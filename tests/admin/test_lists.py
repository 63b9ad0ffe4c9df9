"""The desk's lists over many rows: counts that end, searches by name, filters that read little."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.urls import reverse

from events.admin import paging, queue_counts
from events.admin.event_filters import span_of
from events.admin.queue_counts import counted_by_the_minute
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_mention,
    make_participation,
    make_place,
    make_place_name,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user(role="editor")
    client.force_login(user)
    return user


def listed(client, noun: str, query: str = "") -> list[int]:
    answer = client.get(reverse(f"admin:events_{noun}_changelist") + query)
    assert answer.status_code == 200
    return [row.pk for row in answer.context_data["cl"].result_list]


def test_a_list_counts_up_to_its_limit_and_says_so(client, editor, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 3)
    for _n in range(5):
        make_event()
    answer = client.get(reverse("admin:events_event_changelist"))
    assert answer.context_data["cl"].result_count == 3
    assert "more than 3" in answer.content.decode()


def test_a_list_that_fits_is_counted_whole(client, editor):
    make_event()
    assert "1 event" in client.get(reverse("admin:events_event_changelist")).content.decode()


@pytest.mark.parametrize("term", ["Saraqeb", "saraqib", "Tahrir", "market strike", "rana"])
def test_a_report_is_found_by_place_actor_title_or_author(client, editor, term):
    place, actor = make_place("Saraqib"), make_actor("Hayat Tahrir al-Sham")
    make_place_name(place, "Saraqib")
    make_place_name(place, "Saraqeb")
    report = make_report("Shells on Saraqib.", title="A strike on a market", author="Rana K.")
    make_report("Elsewhere.", title="Rain")
    make_mention(report, "Saraqib", place=place)
    event = make_event(place=place)
    make_claim(event, report=report)
    make_participation(event, actor)
    assert listed(client, "report", f"?q={term}") == [report.pk]


def test_an_open_mention_is_found_by_its_spelling(client, editor):
    report = make_report("Something near Hamim.")
    make_mention(report, "Hamim")
    assert listed(client, "report", "?q=hamim") == [report.pk]


@pytest.mark.parametrize("term", ["{uid}", "Saraqib", "Tahrir", "bread queue", "jets market"])
def test_an_event_is_found_by_id_place_actor_summary_or_quote(client, editor, term):
    place = make_place("Saraqib")
    event = make_event(place=place, summary="A strike on a bread queue")
    make_claim(event, report=make_report("Jets struck the market."))
    make_participation(event, make_actor("Hayat Tahrir al-Sham"))
    make_event(place=make_place("Idlib"))
    assert listed(client, "event", "?q=" + term.format(uid=event.uid)) == [event.pk]


@pytest.mark.parametrize(("period", "found"), [("2020", 2), ("2020-02", 1), ("2019", 0), ("x", 3)])
def test_events_are_filtered_by_year_and_month(client, editor, period, found):
    for day in ("2020-02-20", "2020-03-01", "2021-01-01"):
        make_event(start_date=dt.date.fromisoformat(day))
    assert len(listed(client, "event", f"?period={period}")) == found


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2020", "2020-12-31"),
        ("2020-02", "2020-02-29"),
        ("9999-12", "9999-12-31"),
        ("0000", None),
        ("2020-13", None),
        ("2020-2", None),
        ("٢٠٢٠", None),
        ("", None),
    ],
)
def test_a_period_has_a_last_day_or_is_none(text, last):
    span = span_of(text)
    assert (span and str(span[1])) == last


def test_of_several_old_counts_one_is_taken_anew_at_a_time(monkeypatch):
    taken = []
    for name in ("one", "two"):
        counted_by_the_minute(name, lambda name=name: taken.append(name))
    monkeypatch.setattr(queue_counts, "COUNTED_SECONDS", 1e-9)
    time.sleep(0.001)
    for name in ("one", "two"):
        counted_by_the_minute(name, lambda name=name: taken.append(name))
    assert taken == ["one", "two", "one"]
