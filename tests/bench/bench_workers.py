"""How fast workers read reports on PostgreSQL, and what is left when they are killed.

DATABASE_URL=postgres://... python -m tests.bench.bench_workers [--reports N] [--workers N]
                                                                [--kills N]

The database is written to: give it one of its own. Goal on 2 cores: two workers read 1.7 times as
fast as one; ten kills lose and double nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import django

os.environ["TASKS_BACKEND"] = "database"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Count, Max, Min  # noqa: E402
from django.utils import timezone  # noqa: E402

from events.models import Claim, Mention, Place, ReadingAttempt, Report, Source  # noqa: E402
from events.models.reports import digest_of  # noqa: E402
from events.tasks import extract_report  # noqa: E402
from events.vocabulary import ReportStatus  # noqa: E402

MANAGE = Path(__file__).parents[2] / "manage.py"
SENTENCES = (
    "Jets struck the market of {a} on Thursday morning, killing {n} people, rescuers said.",
    "In {b} the shelling went on until the evening and two houses burned down.",
    "Government forces shelled the outskirts of {c} with artillery on February 12.",
    "Rebels said they had shot at a convoy on the road from {a} to {b} the day before.",
    "Nobody was hurt near {c}, where a barrel bomb fell on farmland on Tuesday.",
    "A car bomb exploded in {b} last week and wounded {n} people, a hospital reported.",
)
Popen = subprocess.Popen[bytes]


def make_reports(count: int, seed: int) -> list[int]:
    """Unread reports of a dozen sentences each; their keys."""
    rng = random.Random(seed)
    named = list(Place.objects.filter(country="SY").order_by("pk").values_list("name", flat=True))
    source, _new = Source.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    reports = []
    for number in range(count):
        a, b, c = rng.sample(named, 3)
        lines = [rng.choice(SENTENCES).format(a=a, b=b, c=c, n=rng.randrange(2, 30))
                 for _n in range(12)]  # fmt: skip
        text = f"Report {seed}-{number}. " + " ".join(lines)
        reports.append(
            Report(source=source, text=text, digest=digest_of(text), published_at=timezone.now(),
                   language="en", status=ReportStatus.NEW)
        )  # fmt: skip
    Report.objects.bulk_create(reports)
    return [report.pk for report in reports]


def results() -> Any:
    """The table of tasks."""
    return apps.get_model("django_tasks_database", "DBTaskResult").objects


def enqueue(keys: list[int]) -> None:
    results().all().delete()
    with transaction.atomic():
        for key in keys:
            extract_report.enqueue(key)


def start_worker(*options: str) -> Popen:
    command = [sys.executable, str(MANAGE), "db_worker", "--interval", "0.2", *options]
    environment = {**os.environ, "IDLIBMAP_BOOTSTRAP": "off"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def measure(workers: int, keys: list[int]) -> float:
    """Reports a second from the first task's start to the last one's end, worker starts left out.

    Each worker reads a report first, so that loading the gazetteer is not measured.
    """
    enqueue(keys)
    running = [start_worker("--batch") for _n in range(workers)]
    for worker in running:
        worker.wait()
    done = results().filter(status="SUCCESSFUL").order_by("finished_at")
    skipped = max(20, len(keys) // 5)
    start = done.values_list("finished_at", flat=True)[skipped]
    last = done.aggregate(last=Max("finished_at"), first=Min("started_at"))["last"]
    return (len(keys) - skipped - 1) / (last - start).total_seconds()


def kill_at_random(keys: list[int], workers: int, kills: int) -> None:
    """Let workers read while each in turn is killed with SIGKILL at a random moment."""
    enqueue(keys)
    rng = random.Random(3)
    running = [start_worker() for _n in range(workers)]
    done = 0
    until = time.monotonic() + 1800
    while time.monotonic() < until and Report.objects.filter(pk__in=keys).pending().exists():
        time.sleep(rng.uniform(0.5, 1.5))
        if done < kills and results().running().exists():
            victim = rng.randrange(workers)
            running[victim].send_signal(signal.SIGKILL)
            running[victim].wait()
            running[victim] = start_worker()
            done += 1
        call_command("requeue", stale_minutes=0.1, verbosity=0)
    for worker in running:
        worker.kill()
        worker.wait()
    print(f"{done} workers killed")


def check(keys: list[int]) -> None:
    """Fail when a report is unread, or reading it again in peace gives anything else."""
    reports = Report.objects.filter(pk__in=keys)
    unread = reports.exclude(status=ReportStatus.READ).count()
    claims = Claim.objects.filter(report__in=keys)
    double = claims.values("report", "sentence_start", "sub_event_type").annotate(n=Count("pk"))
    doubled = double.filter(n__gt=1).count()
    before = tally(keys)
    for key in keys:
        extract_report.call(key)
    print(
        f"{unread} unread, {doubled} doubled, {before} mentions and claims, {tally(keys)} in peace"
    )
    assert unread == 0
    assert doubled == 0
    assert before == tally(keys)
    assert not ReadingAttempt.objects.filter(report__in=keys).exists()


def tally(keys: list[int]) -> tuple[int, int]:
    """How many mentions and claims the reports have."""
    mentions = Mention.objects.filter(report__in=keys).count()
    return mentions, Claim.objects.filter(report__in=keys).count()


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--no-rates", action="store_true", help="only the killing")
    options = parser.parse_args(arguments)
    call_command("migrate", verbosity=0)
    if not Place.objects.exists():
        call_command("loaddata", "gazetteer", "actors", verbosity=0)
    seed = Report.objects.count()
    if not options.no_rates:
        rates = {}
        for workers in (1, options.workers):
            seed += 1
            rates[workers] = measure(workers, make_reports(options.reports, seed))
            print(f"{workers} workers: {rates[workers]:.1f} reports/s")
        print(f"ratio {rates[options.workers] / rates[1]:.2f}")
    if options.kills:
        keys = make_reports(options.reports, seed + 1)
        kill_at_random(keys, options.workers, options.kills)
        check(keys)


if __name__ == "__main__":
    main(sys.argv[1:])
