"""50 analysts at once, production settings, while reports are read: p50, p99, requests a second.

    DATABASE_URL=postgres://... python -m tests.bench.bench_load [--seconds 30] [--events 50000]

Uses the database as it is when it has published events; otherwise fills an EMPTY one. Pass mark:
p99 at most 500 ms, at least 80 requests a second, no errors.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.site import Site, free_port, make_reports, served, write_reports

ANALYSTS = 50
PASS = {"p99_ms": 500.0, "per_second": 80.0}
FILL = """
from tests.bench.filling import fill
print(fill({count}))
"""
API = "/api/collections/events/items"
KINDS = {
    "page": ("/", "/about/", "/events/", "/embed/"),
    "snapshot": ("/snapshot/manifest.json", "{bin}"),
    "api": (
        f"{API}?limit=50",
        f"{API}?bbox=36,35,37,36&limit=20",
        f"{API}?from=2018-01-01&to=2018-03-01&limit=50",
    ),
    "search": ("/events/?q=Saraqib", "/events/?type=battles", f"{API}?q=market&limit=20"),
}


@dataclass
class Answers:
    """Milliseconds by kind of request, and how the server answered."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    codes: Counter[int] = field(default_factory=Counter)


def analyst(port: int, binary: str, until: float, seed: int, answers: Answers) -> None:
    """One analyst: asks, reads a moment, asks again, over one connection."""
    chance, connection = random.Random(seed), None
    while time.monotonic() < until:
        kind = chance.choices(list(KINDS), weights=(3, 3, 3, 1))[0]
        address = chance.choice(KINDS[kind]).format(bin=binary)
        started = time.perf_counter()
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            response.read()
            code = response.status
        except (OSError, http.client.HTTPException):
            connection, code = None, 0
        answers.times[kind].append((time.perf_counter() - started) * 1000)
        answers.codes[code] += 1
        time.sleep(chance.uniform(0.1, 0.5))


def measure(site: Site, port: int, seconds: float) -> Answers:
    """Let all analysts ask for `seconds`; the answers."""
    manifest = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    manifest.request("GET", "/snapshot/manifest.json")
    body = manifest.getresponse().read().decode()
    binary = "/snapshot/" + body.split('"bin":{"url":"')[1].split('"')[0]
    answers, until = Answers(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=analyst, args=(port, binary, until, n, answers))
        for n in range(ANALYSTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def report(answers: Answers, seconds: float) -> bool:
    """Print the figures; whether they pass."""
    everything = [t for times in answers.times.values() for t in times]
    for kind, times in sorted(answers.times.items()):
        middle, late = percentile(times, 0.5), percentile(times, 0.99)
        print(f"{kind:10} {len(times):6}  p50 {middle:7.0f} ms  p99 {late:7.0f} ms")
    p99, rate = percentile(everything, 0.99), len(everything) / seconds
    errors = sum(n for code, n in answers.codes.items() if code not in (200, 304))
    middle = percentile(everything, 0.5)
    print(f"{'all':10} {len(everything):6}  p50 {middle:7.0f} ms  p99 {p99:7.0f} ms")
    print(f"{rate:.0f} requests a second, {errors} errors, answers {dict(answers.codes)}")
    return p99 <= PASS["p99_ms"] and rate >= PASS["per_second"] and errors == 0


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--events", type=int, default=50_000)
    options.add_argument("--workers", type=int, default=4)
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="load-"))
    site = Site(folder, os.environ["DATABASE_URL"])
    site.run("migrate", "-v", "0")
    count = "from events.models import Event; print(Event.objects.published().count())"
    if site.ask(count) == 0:
        site.run("shell", "-v", "0", "-c", FILL.format(count=given.events))
    site.run("publish_snapshot")
    print(f"{site.ask(count)} published events, {ANALYSTS} analysts, {given.workers} workers")
    salt = random.SystemRandom().randrange(10**6, 10**9)
    file = write_reports(folder / "reports.jsonl", make_reports(1000, salt))
    port = free_port()
    with served(site, port, workers=given.workers):
        readers = [site.start("import_reports", str(file), "--source", "Wire")]
        readers[0].wait(120)
        readers.append(site.start("extract_events", "--pending"))
        answers = measure(site, port, given.seconds)
        for process in readers:
            process.kill()
            process.wait()
    return 0 if report(answers, given.seconds) else 1


if __name__ == "__main__":
    sys.exit(main())
