"""What a page of the API costs: milliseconds of SQL and in all, warm, on the database as it is.

DATABASE_URL=postgres://... python -m tests.bench.bench_api

Run it after bench_import. Goal: a page of 100 at a million events in 5 ms of SQL.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from events.models import Event  # noqa: E402
from tests.bench.processor import backend_seconds  # noqa: E402

# answers that are kept and limits stand before the database, which is what is measured here
settings.MIDDLEWARE = [
    name for name in settings.MIDDLEWARE if "KeptAnswers" not in name and "RateLimit" not in name
]
ITEMS = "/api/collections/events/items"
ROUNDS = 40
CASES = {
    "first page": {},
    "box": {"bbox": "36.5,35.5,36.8,35.8"},
    "a month": {"datetime": "2020-02-01/2020-02-29"},
    "a type": {"type": "battles"},
    "box, month, type": {
        "bbox": "36.0,35.5,36.8,36.2",
        "datetime": "2020-01-01/2020-02-29",
        "type": "explosions",
    },
}


class Clock:
    """Adds up the time that statements take."""

    def __init__(self) -> None:
        self.seconds, self.statements = 0.0, 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.seconds += time.perf_counter() - started
            self.statements += 1


def ask(client: Client, query: dict[str, str]) -> tuple[float, float, int, dict[str, Any]]:
    """Milliseconds of SQL and in all, statements, and the answer."""
    clock, started = Clock(), time.perf_counter()
    with connection.execute_wrapper(clock):
        response = client.get(ITEMS, {"limit": "100", **query}, HTTP_HOST="localhost")
    whole = time.perf_counter() - started
    return clock.seconds * 1000, whole * 1000, clock.statements, response.json()


def main() -> None:
    print(f"{Event.objects.published().count():,} published events on {connection.vendor}")
    client = Client()
    middle = Event.objects.order_by("pk").values_list("uid", flat=True)
    deep = {"deep page": {"cursor": middle[middle.count() // 2]}}
    for name, query in (CASES | deep).items():
        first = ask(client, query)
        before = backend_seconds()
        rounds = [ask(client, query) for _n in range(ROUNDS)]
        computed = (backend_seconds() - before) * 1000 / ROUNDS
        sql, whole = (statistics.median(r[n] for r in rounds) for n in (0, 1))
        least = min(r[0] for r in rounds)
        body = rounds[-1][3]
        print(
            f"{name:18} {body['numberMatched']:>9,} matched, {len(body['features']):>3} given:"
            f" {sql:6.1f} ms of SQL (least {least:.1f}, processor of the database {computed:.1f}),"
            f" {whole:6.1f} ms in all,"
            f" {rounds[0][2]} statements; the first time {first[0]:.0f} ms of SQL"
        )


if __name__ == "__main__":
    main()
