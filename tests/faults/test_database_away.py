"""PostgreSQL restarts under load: readers get 200 or a short 503; what was acknowledged stays."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from tests.faults.cluster import Cluster, cluster
from tests.faults.site import (
    READ,
    TAKEN_IN,
    Site,
    free_port,
    make_reports,
    of_size,
    served,
    wait_for_work,
    write_reports,
)
from tests.faults.test_kills import COUNTS, MAKE_EDITOR, Poster

PAGES = ("/", "/events/?q=market", "/api/collections/events/items?limit=10", "/healthz", "/feed/")
LONGEST_OUTAGE = 5.0


@dataclass
class Readers:
    """Threads that read pages and note what they were answered, and when."""

    base: str
    answers: list[tuple[float, int]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def read(self, page: str) -> None:
        while not self.stopped.is_set():
            try:
                code = requests.get(self.base + page, timeout=40).status_code
            except requests.RequestException:
                code = 0
            self.answers.append((time.monotonic(), code))
            time.sleep(0.05)

    def outage_after(self, back: float, trouble: float) -> float:
        """Seconds from `back` to the last answer that was not 200, before the next `trouble`."""
        late = [t - back for t, code in self.answers if code != 200 and back <= t < trouble]
        return max(late, default=0.0)


@pytest.mark.slow
def test_a_database_that_restarts_is_a_short_503(tmp_path: Path, collected_statics):
    with cluster() as server:
        site = Site(tmp_path, server.url)
        site.run("migrate", "-v", "0")
        source = int(site.run("shell", "-v", "0", "-c", MAKE_EDITOR).split()[-1])
        port = free_port()
        with served(site, port, workers=3):
            outages = under_restarts(site, server, f"http://127.0.0.1:{port}", source)
    assert max(outages) <= LONGEST_OUTAGE, outages


def under_restarts(site: Site, server: Cluster, base: str, source: int) -> list[float]:
    """Restart again and again while pages are read and reports pasted; seconds of each outage."""
    readers = Readers(base)
    threads = [threading.Thread(target=readers.read, args=(p,), daemon=True) for p in PAGES]
    reports = make_reports(of_size(20, 300))
    poster = Poster(base, source, reports)
    for thread in (*threads, poster):
        thread.start()
    back, troubles = [], []
    for turn in range(of_size(2, 5)):
        time.sleep(8)
        troubles.append(time.monotonic())
        server.restart("immediate" if turn % 2 else "fast")
        back.append(time.monotonic())
    poster.join(of_size(90, 600))
    time.sleep(6)
    readers.stopped.set()
    for thread in threads:
        thread.join(45)
    codes = Counter(code for _time, code in readers.answers)
    assert set(codes) <= {200, 503}, codes
    assert codes[200] > 20
    assert not poster.is_alive()
    assert [w for w in poster.wrong if w.startswith("5")] == []
    found = site.ask(COUNTS)
    assert found["reports"] == len(reports)
    assert found["twice"] == []
    ends = [*troubles[1:], float("inf")]
    outages = [readers.outage_after(t, end) for t, end in zip(back, ends, strict=True)]
    print(f"answers {dict(codes)}, outages {[round(each, 2) for each in outages]} s")
    return outages


@pytest.mark.slow
def test_a_database_that_is_killed_in_an_ingest_keeps_each_report_once(tmp_path: Path):
    reports = make_reports(of_size(80, 1000))
    file = write_reports(tmp_path / "reports.jsonl", reports)
    with cluster() as server:
        site = Site(tmp_path, server.url)
        site.run("migrate", "-v", "0")
        take_in = ("import_reports", str(file), "--source", "Wire")
        hit = 0
        steps = ((TAKEN_IN, take_in), (READ, ("extract_events", "--pending")))
        for done, command in steps:
            for turn in range(of_size(2, 8), 0, -1):
                process = site.start(*command)
                hit += wait_for_work(site, process, done, len(reports), turn)
                server.kill()
                process.wait(60)
            site.run(*command)
        found = site.ask(COUNTS)
        assert hit >= len(steps)
        assert found["reports"] == found["claims"] == found["events"] == len(reports)
        assert (found["twice"], found["unread"], found["orphans"]) == ([], 0, 0)
        assert "hold" in site.run("verify_history")


@pytest.mark.slow
def test_a_burst_is_answered_or_told_to_wait(site: Site):
    port = free_port()
    with served(site, port, workers=2):
        codes: list[int] = []

        def ask(number: int) -> None:
            page = f"http://127.0.0.1:{port}{PAGES[number % len(PAGES)]}"
            try:
                codes.append(requests.get(page, timeout=60).status_code)
            except requests.RequestException:
                codes.append(0)

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(400)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(codes) == 400
    assert set(codes) <= {200, 429, 503}, Counter(codes)
