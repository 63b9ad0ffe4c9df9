"""50 analysts at once, production settings, while reports are read: p50, p99, requests a second.

    DATABASE_URL=postgres://... python -m tests.bench.bench_load [--seconds 30] [--events 50000]

Uses the database as it is when it has published events; otherwise fills an EMPTY one. Pass mark:
p99 at most 500 ms, at least 80 requests a second, no errors.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.site import Site, free_port, make_reports, served, write_reports

ANALYSTS = 50
PASS = {"p99_ms": 500.0, "per_second": 80.0}
FILL = """
from tests.bench.filling import fill
print(fill({count}))
"""
API = "/api/collections/events/items"
KINDS = {
    "page": ("/", "/about/", "/events/", "/embed/", "/events/{uid}/"),
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
    web_seconds: float = 0.0


def analyst(port: int, names: dict[str, str], until: float, seed: int, answers: Answers) -> None:
    """One analyst: asks, reads a moment, asks again, over one connection."""
    chance, connection = random.Random(seed), None
    while time.monotonic() < until:
        kind = chance.choices(list(KINDS), weights=(3, 3, 3, 1))[0]
        address = chance.choice(KINDS[kind]).format(**names)
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


def asked(port: int, address: str) -> dict[str, Any]:
    """The JSON at an address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address)
    found: dict[str, Any] = json.loads(connection.getresponse().read())
    return found


def measure(server: subprocess.Popen, port: int, seconds: float) -> Answers:
    """Let all analysts ask for `seconds`; the answers."""
    manifest = asked(port, "/snapshot/manifest.json")
    first = asked(port, f"{API}?limit=1")["features"][0]["id"]
    names = {"bin": f"/snapshot/{manifest['bin']['url']}", "uid": first}
    answers, until, before = Answers(), time.monotonic() + seconds, processor_seconds(server.pid)
    threads = [
        threading.Thread(target=analyst, args=(port, names, until, n, answers))
        for n in range(ANALYSTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.web_seconds = processor_seconds(server.pid) - before
    return answers


def processor_seconds(master: int) -> float:
    """Seconds of the processor that the processes of the server have used."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:13])) if int(fields[2]) == master else 0
    return ticks / os.sysconf("SC_CLK_TCK")


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
    each = answers.web_seconds / max(1, len(everything)) * 1000
    print(f"{each:.1f} ms of processor for each request in the web processes")
    return p99 <= PASS["p99_ms"] and rate >= PASS["per_second"] and errors == 0


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--events", type=int, default=50_000)
    options.add_argument("--workers", type=int, default=4)
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="load-"))
    site = Site(folder, os.environ["DATABASE_URL"])
    os.environ["STATIC_ROOT"] = str(folder / "statics")
    site.run("collectstatic", "--noinput", "-v", "0")
    site.run("migrate", "-v", "0")
    count = "from events.models import Event; print(Event.objects.published().count())"
    if site.ask(count) == 0:
        site.run("shell", "-v", "0", "-c", FILL.format(count=given.events))
    site.run("publish_snapshot")
    print(f"{site.ask(count)} published events, {ANALYSTS} analysts, {given.workers} workers")
    salt = random.SystemRandom().randrange(10**6, 10**9)
    file = write_reports(folder / "reports.jsonl", make_reports(1000, salt))
    port = free_port()
    with served(site, port, workers=given.workers) as server:
        readers = [site.start("import_reports", str(file), "--source", "Wire")]
        readers[0].wait(120)
        readers.append(site.start("extract_events", "--pending"))
        answers = measure(server, port, given.seconds)
        for process in readers:
            process.kill()
            process.wait()
    return 0 if report(answers, given.seconds) else 1


if __name__ == "__main__":
    sys.exit(main())
