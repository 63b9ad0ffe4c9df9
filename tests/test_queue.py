"""Work behind the desk: at least once, poison set aside, webhooks signed and retried."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from events import tasks
from events.exceptions import FetchRefused
from events.models import Announcement, Delivery, Event, Mention, ReadingAttempt, Report, Webhook
from events.models.intake import MOST_ATTEMPTS
from events.models.webhooks import BACKOFF
from events.publishing.announcements import add_webhook, announce, signature
from events.vocabulary import ReportStatus, ReviewStatus
from tests.factories import make_place, make_place_name, make_published_event, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    make_place_name(make_place("Ariha", 35.81, 36.61), "Ariha")
    text = "Jets struck Ariha on Thursday, killing five people."
    return make_report(text, status=ReportStatus.NEW)


def counts() -> tuple[int, int]:
    return Mention.objects.count(), Event.objects.count()


def test_a_report_delivered_twice_is_read_with_the_same_outcome(report):
    tasks.extract_report.call(report.pk)
    once = counts()
    tasks.extract_report.call(report.pk)
    assert counts() == once
    assert once[0] > 0
    assert not ReadingAttempt.objects.exists()


def test_a_report_that_is_gone_is_nobodys_error():
    tasks.extract_report.call(123456)


def test_an_attempt_is_counted_before_the_work(report, monkeypatch):
    class Killed(BaseException):
        pass

    def kill(*_args):
        raise Killed

    monkeypatch.setattr(tasks, "extract", kill)
    with pytest.raises(Killed):
        tasks.extract_report.call(report.pk)
    assert ReadingAttempt.objects.get().count == 1


def test_a_poison_report_is_set_aside_and_never_tried_again(report, monkeypatch):
    ReadingAttempt.objects.create(report=report, count=MOST_ATTEMPTS)
    monkeypatch.setattr(tasks, "extract", lambda *_args: pytest.fail("it was tried again"))
    tasks.extract_report.call(report.pk)
    report.refresh_from_db()
    assert report.status == ReportStatus.FAILED
    assert "given up after 3 attempts" in report.status_note
    assert tasks.requeue_reports() == 0


def test_what_a_dead_worker_left_is_queued_again_once_it_is_due(report):
    attempt = ReadingAttempt.objects.create(report=report)
    attempt.begin()
    assert tasks.requeue_reports() == 0
    ReadingAttempt.objects.update(next_try_at=timezone.now())
    assert tasks.requeue_reports() == 1
    report.refresh_from_db()
    assert report.status == ReportStatus.READ


def test_attempts_wait_longer_each_time(report):
    attempt, waits = ReadingAttempt.objects.create(report=report), []
    for _n in range(MOST_ATTEMPTS):
        attempt.begin()
        waits.append(attempt.next_try_at - timezone.now())
    assert waits == sorted(waits)
    assert waits[0] < dt.timedelta(minutes=2) < waits[-1]
    assert attempt.is_poison


# ------------------------------------------------------------------ webhooks


@pytest.fixture
def hook():
    return add_webhook("ours", "https://example.org/hook")


@pytest.fixture
def sent(monkeypatch):
    """What would have been sent."""
    found = []
    monkeypatch.setattr(
        tasks, "post", lambda url, body, headers: found.append((url, body, headers))
    )
    return found


def test_a_webhook_is_told_what_is_published_after_it_was_added(sent):
    make_published_event()
    hook = add_webhook("ours", "https://example.org/hook")
    event = make_published_event()
    [delivery] = announce()
    assert delivery.webhook == hook
    assert delivery.body["type"] == "events.published"
    assert delivery.body["events"] == [event.uid]
    assert announce() == []


@pytest.mark.parametrize("way", ["retract", "merge"])
def test_a_webhook_is_told_what_leaves_in_whatever_way(hook, way):
    event, heir = make_published_event(), make_published_event()
    announce()
    if way == "retract":
        event.status = ReviewStatus.RETRACTED
    else:
        event.merged_into = heir
    event.save()
    [delivery] = announce()
    assert delivery.body["type"] == "events.retracted"
    assert delivery.body["events"] == [event.uid]
    assert announce() == []


def test_an_event_that_comes_back_is_told_again(hook):
    event = make_published_event()
    announce()
    for status in (ReviewStatus.RETRACTED, ReviewStatus.PUBLISHED):
        event.status = status
        event.save()
        assert len(announce()) == 1


def test_many_ids_are_told_in_several_bodies(hook, monkeypatch):
    monkeypatch.setattr("events.publishing.announcements.MOST_IDS", 2)
    for _n in range(5):
        make_published_event()
    assert [len(d.body["events"]) for d in announce()] == [2, 2, 1]


def test_without_a_webhook_nothing_is_kept(sent):
    make_published_event()
    assert announce() == []
    assert not Announcement.objects.exists()


def test_what_is_sent_is_signed_with_the_secret(hook, sent):
    make_published_event()
    announce()
    assert tasks.send_due_deliveries() == 1
    [(url, body, headers)] = sent
    assert url == hook.url
    assert json.loads(body)["type"] == "events.published"
    seconds, mark = (part[2:] for part in headers["Idlibmap-Signature"].split(","))
    assert mark.removeprefix("=") == signature(hook.secret, seconds, body)
    assert mark.removeprefix("=") != signature("another", seconds, body)
    assert Delivery.objects.get().delivered_at is not None
    assert tasks.send_due_deliveries() == 0


def test_a_failed_delivery_is_tried_later_and_given_up_in_the_end(hook, monkeypatch):
    def refuse(*_args):
        raise FetchRefused("The server answered 500.")

    monkeypatch.setattr(tasks, "post", refuse)
    make_published_event()
    announce()
    for _n in range(len(BACKOFF) + 1):
        assert tasks.send_due_deliveries() == 1
        assert tasks.send_due_deliveries() == 0  # not before its time
        Delivery.objects.update(next_try_at=timezone.now())
    delivery = Delivery.objects.get()
    assert delivery.given_up_at is not None
    assert delivery.attempts == len(BACKOFF) + 1
    assert "500" in delivery.last_error
    assert tasks.send_due_deliveries() == 0


def test_a_webhook_never_leads_home(hook):
    Webhook.objects.update(url="http://127.0.0.1:8000/admin/")
    make_published_event()
    announce()
    tasks.send_due_deliveries()
    assert "not allowed" in Delivery.objects.get().last_error


def test_republishing_makes_the_deliveries(hook):
    make_published_event()
    tasks.republish.call()
    assert Delivery.objects.count() == 1


def test_webhooks_are_added_listed_and_removed_by_command(capsys):
    call_command("webhook", "--add", "ours", "--url", "https://example.org/hook")
    assert capsys.readouterr().out.strip() == Webhook.objects.get().secret
    call_command("webhook")
    assert "https://example.org/hook\tin use\t0 waiting" in capsys.readouterr().out
    call_command("webhook", "--remove", "ours")
    assert not Webhook.objects.get().is_active
    for arguments in (["--remove", "ours"], ["--add", "x", "--url", "ftp://example.org"]):
        with pytest.raises(CommandError):
            call_command("webhook", *arguments)


def test_requeue_says_what_it_took_up(report, capsys):
    call_command("requeue")
    assert capsys.readouterr().out == ""
    ReadingAttempt.objects.create(report=report, count=1)
    call_command("requeue")
    assert "1 reports queued again" in capsys.readouterr().out
    assert Report.objects.get().status == ReportStatus.READ
