"""What the desk's pages cost with 100,000 reports and 300,000 events in PostgreSQL.

    DATABASE_URL=postgres://.../EMPTY python -m tests.bench.bench_desk

An empty database is filled first. Each page is asked for several times by a publisher, and what is
printed is CPU time, which other work on the machine does not lengthen: of the database's process
(read from /proc where it runs on this machine, else the wall clock of its statements) and of this
one. `stale` is after an editor's decision with all kept counts too old, `cold` with none kept, as
after a start. Goal: 150 ms for the queue and the desk, stale and cold as well, 300 ms for the
others, cold ones apart. The line before the table is the very first page of a process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
os.environ.setdefault("REQUIRE_TOTP", "off")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from events.admin import queue_counts  # noqa: E402
from events.admin.readiness import make_ready  # noqa: E402
from events.models import Decision, Event, Mention, Report  # noqa: E402
from events.vocabulary import ReviewStatus  # noqa: E402
from tests.bench.desk_filling import COPIES, fill_desk  # noqa: E402

ROUNDS = 7
FIRST_CLASS, OTHERS = 150.0, 300.0
LONG_MS = 20.0


class Clock:
    """Adds up what statements take, on the wall clock, and keeps the long ones."""

    def __init__(self) -> None:
        self.ms, self.statements = 0.0, 0
        self.long: list[tuple[float, str]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, *arguments)
        finally:
            took = (time.perf_counter() - started) * 1000
            self.ms, self.statements = self.ms + took, self.statements + 1
            if took > LONG_MS:
                self.long.append((took, sql))


class Backend:
    """The CPU time of the database's process for this connection, in ms; None where unseen."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")  # all of it in one process
            cursor.execute("SELECT pg_backend_pid()")
            self.file = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def cpu(self) -> float | None:
        try:
            return int(self.file.read_text().split()[0]) / 1e6
        except OSError:
            return None


def pages() -> dict[str, tuple[str, float]]:
    """The pages with their goals in ms."""
    report = Report.objects.waiting()[20_000 if COPIES > 50 else 200]
    event = report.claims.first().event
    other = Event.objects.filter(status=ReviewStatus.PUBLISHED).order_by("-pk").first()
    mention = Mention.objects.filter(report=report).first()
    queue = reverse("admin:events_report_changelist")
    desk = reverse("admin:events_report_desk", args=[report.pk])
    events = reverse("admin:events_event_changelist")
    first = {
        "queue": queue,
        "queue, page 2": f"{queue}?p=2",
        "queue, source": f"{queue}?source={report.source.slug}",
        "queue, type": f"{queue}?type=explosions",
        "queue, doubtful": f"{queue}?confidence=lo",
        "queue, help": f"{queue}?state=help",
        "queue, confirmed": f"{queue}?state=confirmed",
        "desk": desk,
        "desk, editing": f"{desk}?edit={event.pk}",
    }
    rest = {
        "queue, all": f"{queue}?state=all",
        "queue, search": f"{queue}?q=Saraqib",
        "queue, province": f"{queue}?governorate=aleppo-governorate",
        "mention": reverse("admin:events_report_mention", args=[report.pk, mention.pk]),
        "merge": reverse("admin:events_report_merge", args=[report.pk, event.pk, other.pk]),
        "event": reverse("admin:events_event_change", args=[event.pk]),
        "event history": reverse("admin:events_event_history", args=[event.pk]),
        "place": reverse("admin:events_place_change", args=[event.place_id]),
        "place history": reverse("admin:events_place_history", args=[event.place_id]),
        "dashboard": reverse("admin:index"),
        "events": events,
        "events, waiting": f"{events}?status__exact=candidate",
        "events, search": f"{events}?q=Saraqib",
        "events, last page": f"{events}?p=40",
        "places": reverse("admin:events_place_changelist"),
        "places, search": reverse("admin:events_place_changelist") + "?q=Saraqib",
        "mentions": reverse("admin:events_mention_changelist") + "?status__exact=unverified",
        "decisions": reverse("admin:events_decision_changelist"),
        "sources": reverse("admin:events_source_changelist"),
        "actors": reverse("admin:events_actor_changelist"),
    }
    found = {name: (address, FIRST_CLASS) for name, address in first.items()}
    return found | {name: (address, OTHERS) for name, address in rest.items()}


def ask(client: Client, backend: Backend, address: str) -> tuple[float, float, Clock]:
    """Milliseconds of the database and of this process, and the clock of the statements."""
    clock, cpu, there = Clock(), time.process_time(), backend.cpu()
    with connection.execute_wrapper(clock):
        answer = client.get(address)
    own = (time.process_time() - cpu) * 1000
    after = backend.cpu()
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return clock.ms if there is None or after is None else after - there, own, clock


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of the database, of this process, of statements on the wall clock; medians."""

    there: float
    own: float
    wall: float
    stale: float
    cold: float
    clock: Clock

    @property
    def warm(self) -> float:
        return self.there + self.own


def measure(client: Client, backend: Backend, address: str) -> Cost:
    """Ask for a page without kept counts, with stale and with fresh ones."""
    ask(client, backend, address)  # templates are compiled
    cache.clear()
    cold = ask(client, backend, address)
    stale = _stale(client, backend, address)
    rounds = [ask(client, backend, address) for _n in range(ROUNDS)]
    there, own = (statistics.median(each[n] for each in rounds) for n in (0, 1))
    wall = statistics.median(each[2].ms for each in rounds)
    return Cost(there, own, wall, sum(stale[:2]), sum(cold[:2]), cold[2])


def _stale(client: Client, backend: Backend, address: str) -> tuple[float, float, Clock]:
    Decision.objects.create(verb="hold", label="moves the counts")
    with mock.patch.object(queue_counts, "COUNTED_SECONDS", 1e-9):
        return ask(client, backend, address)


def client_of(name: str) -> Client:
    """A signed-in publisher."""
    users = get_user_model().objects
    user = users.filter(username=name).first() or users.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name="publisher"))
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--only", default="", help="pages whose name begins so")
    options.add_argument("--sql", action="store_true", help="print the long statements")
    given = options.parse_args()
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = plain  # nothing needs to be collected
    client = client_of("bench")
    if not Report.objects.exists():
        fill_desk(get_user_model().objects.get(username="bench"))
    cache.clear()
    backend = Backend()
    print(f"{Report.objects.count():,} reports, {Event.objects.count():,} events")
    make_ready()  # as the server does before it listens
    there, own, _clock = ask(client, backend, reverse("admin:events_report_changelist"))
    print(f"first page of this process: database {there:.0f}, program {own:.0f} ms")
    titles = ("database", "program", "sum ms", "stale", "cold", "wall SQL")
    print(f"{'page':18}" + "".join(f"{title:>9}" for title in titles))
    for name, (address, goal) in pages().items():
        if not name.startswith(given.only):
            continue
        cost = measure(client, backend, address)
        values = (cost.there, cost.own, cost.warm, cost.stale, cost.cold, cost.wall)
        cold = cost.cold if goal == FIRST_CLASS else 0
        late = "  LATE" if max(cost.warm, cost.stale, cold) > goal else ""
        line = f"{name:18}" + "".join(f"{value:9.1f}" for value in values)
        print(f"{line} {cost.clock.statements:3} statements{late}", flush=True)
        for took, text in cost.clock.long if given.sql else ():
            print(f"    {took:.0f} ms: {text[:1500]}")


if __name__ == "__main__":
    main()
