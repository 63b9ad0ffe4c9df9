"""What is slow to ask of the database and the same for every reader: asked once for each state.

Only what took long is remembered, in each process, until the desk's next decision and no longer
than KEPT_SECONDS: pages of common words, counts over many rows. What is fast is always asked
afresh, so that a search for a rare word leaves no trace that somebody else could time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from events.publishing import store

SLOW_SECONDS, KEPT_SECONDS = 0.02, 300
TURNS = [threading.RLock() for _turn in range(64)]
"""Of many who ask the same at once one asks the database."""


def state() -> tuple[int, ...]:
    """What differs after each change of the public data."""
    return store.public_state(settings.SNAPSHOT_ROOT)


def remembered(key: str, compute: Callable[[], Any]) -> Any:
    """`compute()`, or what it gave lately when that took longer than SLOW_SECONDS."""
    key = f"{state()} {key}"
    name = f"public:{hash(key):x}"
    with TURNS[hash(key) % len(TURNS)]:
        held = cache.get(name)
        if held is not None and held[0] == key:
            return held[1]
        started = time.perf_counter()
        value = compute()
        if time.perf_counter() - started > SLOW_SECONDS:
            cache.set(name, (key, value), KEPT_SECONDS)
        return value


def asked(rows: QuerySet[Any]) -> str:
    """The statement of `rows`; "" where no row can pass and nothing is asked."""
    try:
        return str(rows.query)
    except EmptyResultSet:
        return ""


def count_of(rows: QuerySet[Any]) -> int:
    """How many rows there are. The pages of many readers would each pay for the same count."""
    query = asked(rows.order_by())
    return remembered(f"count {query}", rows.count) if query else 0


def keys_of(rows: QuerySet[Any]) -> list[int]:
    """Primary keys of `rows`, a page of them, in its order.

    Whoever fetches the rows asks again whether they are published.
    """
    keys = rows.values_list("pk", flat=True)
    query = asked(keys)
    return remembered(f"keys {query}", lambda: list(keys)) if query else []


class RememberingPaginator(Paginator):
    """A paginator whose count is remembered when it was slow."""

    @cached_property
    def count(self) -> int:
        return count_of(self.object_list)
