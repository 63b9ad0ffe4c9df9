"""kill -9 at random points: what was acknowledged is stored exactly once."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time

import pytest
import requests

from tests.faults.site import (
    READ,
    TAKEN_IN,
    Site,
    free_port,
    kill,
    make_reports,
    of_size,
    served,
    wait_for,
    wait_for_work,
    write_reports,
)

COUNTS = """
import json
from collections import Counter
from django.db.models import Count
from events.models import Report, Event, Claim, Mention
texts = Counter(Report.objects.values_list("title", flat=True))
print(json.dumps({
    "reports": Report.objects.count(),
    "twice": [t for t, n in texts.items() if n > 1],
    "unread": Report.objects.filter(status="new").count(),
    "events": Event.objects.count(),
    "orphans": Event.objects.filter(claims__isnull=True).count(),
    "claims": Claim.objects.count(),
    "mentions": Mention.objects.count(),
}))
"""


def kill_again_and_again(site: Site, times: int, done: str, goal: int, *command: str) -> int:
    """Start the command and kill it at random points; how often it was killed at work."""
    killed = 0
    for turn in range(times, 0, -1):
        process = site.start(*command)
        killed += wait_for_work(site, process, done, goal, turn)
        kill(process)
    return killed


@pytest.mark.slow
def test_an_ingest_that_is_killed_stores_each_report_once(site):
    reports = make_reports(of_size(80, 1000))
    file = write_reports(site.folder / "reports.jsonl", reports)
    take_in = ("import_reports", str(file), "--source", "Wire")
    times, goal = of_size(3, 20), len(reports)
    assert kill_again_and_again(site, times, TAKEN_IN, goal, *take_in) > 0
    site.run(*take_in)
    read = ("extract_events", "--pending")
    assert kill_again_and_again(site, times, READ, goal, *read) > 0
    site.run(*read)
    found = site.ask(COUNTS)
    assert found["reports"] == len(reports)
    assert found["twice"] == []
    assert found["unread"] == 0
    assert found["orphans"] == 0
    assert found["claims"] == found["events"] == len(reports), "each tells of one event"
    assert found["mentions"] == len(reports), "each names one place"
    assert "hold" in site.run("verify_history")


MAKE_EDITOR = """
from django.contrib.auth.models import Group, User
from events.models import Source
user = User.objects.create_user("editor", password="a-long-password", is_staff=True)
user.groups.add(Group.objects.get(name="editor"))
print(Source.objects.create(name="Wire", slug="wire").pk)
"""


class Poster(threading.Thread):
    """Pastes reports as an editor does, each until it is acknowledged."""

    def __init__(self, base: str, source: int, reports: list[dict[str, str]]) -> None:
        super().__init__(daemon=True)
        self.base, self.source, self.reports = base, source, reports
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        session = requests.Session()
        for report in self.reports:
            while not self.post(session, report):
                time.sleep(0.05)

    def post(self, session: requests.Session, report: dict[str, str]) -> bool:
        try:
            if "sessionid" not in session.cookies:
                self.log_in(session)
            add = f"{self.base}/admin/events/report/add/"
            body = {"source": self.source, "text": report["text"], "title": report["title"],
                    "day": report["published"], "language": "en",
                    "csrfmiddlewaretoken": session.cookies.get("csrftoken", "")}  # fmt: skip
            answer = session.post(add, body, allow_redirects=False, timeout=30)
        except requests.RequestException:
            return False
        # "is here already": an earlier try was stored though its answer was lost
        stored = answer.status_code == 302 or "here already" in answer.text
        if stored:
            self.acknowledged.append(report["title"])
        elif answer.status_code not in (503,):
            self.wrong.append(f"{answer.status_code} {re.sub('<[^>]+>', ' ', answer.text)[:200]}")
            session.cookies.clear()
        return stored

    def log_in(self, session: requests.Session) -> None:
        page = f"{self.base}/admin/login/"
        session.get(page, timeout=30)
        body = {"username": "editor", "password": "a-long-password", "next": "/admin/",
                "csrfmiddlewaretoken": session.cookies.get("csrftoken", "")}  # fmt: skip
        session.post(page, body, allow_redirects=False, timeout=30)


def wait_for_pastes(posters: list[Poster], more: int, until: float) -> None:
    """Wait until so many more reports were acknowledged, or no poster is at work."""
    goal = sum(len(p.acknowledged) for p in posters) + more
    while sum(len(p.acknowledged) for p in posters) < goal and time.monotonic() < until:
        if not any(p.is_alive() for p in posters):
            return
        time.sleep(0.01)


def workers_of(process: subprocess.Popen) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(pid) for pid in found.stdout.split()]


@pytest.mark.slow
def test_web_workers_that_are_killed_lose_nothing_they_acknowledged(site):
    source = int(site.run("shell", "-v", "0", "-c", MAKE_EDITOR).split()[-1])
    reports = make_reports(of_size(40, 400))
    port = free_port()
    with served(site, port) as server:
        posters = [Poster(f"http://127.0.0.1:{port}", source, reports[n::2]) for n in range(2)]
        for poster in posters:
            poster.start()
        until, killed = time.monotonic() + of_size(240, 1800), 0
        while any(p.is_alive() for p in posters) and time.monotonic() < until:
            wait_for_pastes(posters, site.chance.randint(2, of_size(5, 20)), until)
            time.sleep(site.chance.uniform(0.0, 0.2))
            alive = workers_of(server)
            if alive and any(p.is_alive() for p in posters):
                os.kill(site.chance.choice(alive), signal.SIGKILL)
                killed += 1
                wait_for(port)
        assert not any(p.is_alive() for p in posters), "not all were acknowledged in time"
    acknowledged = sorted(title for poster in posters for title in poster.acknowledged)
    assert killed > 0
    assert acknowledged == sorted(report["title"] for report in reports)
    found = site.ask(COUNTS)
    assert found["reports"] == len(reports)
    assert found["twice"] == []
    assert [w for p in posters for w in p.wrong if w.startswith("5")] == []
