"""Half an hour at a low rate while reports are read: memory does not grow, nobody is refused."""

from __future__ import annotations

import threading
import time
from collections import Counter
from pathlib import Path

import pytest
import requests

from tests.faults.site import Site, free_port, make_reports, of_size, served, write_reports

PAGES = (
    "/", "/?lang=ar", "/embed/", "/about/", "/events/", "/events/?q=market", "/events/?page={n}",
    "/events/?place=saraqib", "/api/collections/events/items?limit=50&cursor=&q=t{n}",
    "/api/collections/events/items?bbox={n},35,37,36&limit=20", "/feed/", "/export/events.csv",
    "/snapshot/manifest.json", "/healthz", "/admin/login/", "/no-such-page-{n}",
)  # fmt: skip
MOST_GROWTH = 0.10
"""Of resident memory in an hour."""


def resident(master: int) -> int:
    """Bytes of memory that the server's processes hold."""
    pages = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            group = int((folder / "stat").read_text().rpartition(")")[2].split()[2])
            pages += int((folder / "statm").read_text().split()[1]) if group == master else 0
        except (OSError, ValueError, IndexError):
            continue
    return pages * 4096


def growth(samples: list[tuple[float, int]]) -> float:
    """Growth an hour, as a share of the first half's mean: the slope of a straight line."""
    middle = sum(t for t, _held in samples) / len(samples)
    mean = sum(held for _t, held in samples) / len(samples)
    above = sum((t - middle) * (held - mean) for t, held in samples)
    below = sum((t - middle) ** 2 for t, _held in samples)
    return above / below * 3600 / mean


def read(base: str, stopped: threading.Event, codes: Counter[int], pause: float) -> None:
    """Ask for one page after the other, each with another number in it."""
    session, number = requests.Session(), 0
    while not stopped.is_set():
        number += 1
        address = PAGES[number % len(PAGES)].replace("{n}", str(number % 90))
        try:
            codes[session.get(base + address, timeout=60).status_code] += 1
        except requests.RequestException:
            codes[0] += 1
        time.sleep(pause)


@pytest.mark.slow
def test_memory_does_not_grow_while_pages_are_read(site: Site, monkeypatch):
    # workers that are replaced now and then would hide what they leak
    monkeypatch.setenv("GUNICORN_CMD_ARGS", "--max-requests 0")
    minutes = of_size(1, 30)
    file = write_reports(site.folder / "r.jsonl", make_reports(of_size(20, 1000)))
    site.run("demo", "--no-serve")
    port, stopped, codes = free_port(), threading.Event(), Counter()
    samples: list[tuple[float, int]] = []
    with served(site, port) as server:
        base = f"http://127.0.0.1:{port}"
        reader = threading.Thread(target=read, args=(base, stopped, codes, 0.1))
        reader.start()
        # each worker has loaded its modules and kept its fill of answers before the first sample
        time.sleep(of_size(20, 300))
        site.run("import_reports", str(file), "--source", "Wire")
        reading = site.start("extract_events", "--pending")
        until = time.monotonic() + minutes * 60
        while time.monotonic() < until:
            samples.append((time.monotonic(), resident(server.pid)))
            time.sleep(5)
        stopped.set()
        reader.join(60)
        assert reading.wait(300) == 0
    assert set(codes) <= {200, 404}, codes
    share = growth(samples)
    held = samples[-1][1] / 2**20
    print(f"{held:.0f} MB resident, {share:+.1%} an hour, answers {dict(codes)}")
    # in a minute noise weighs more than leaks: the short run only shows that the script works
    assert share <= (MOST_GROWTH if minutes >= 30 else 2.0)
