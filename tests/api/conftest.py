"""What the tests of the API share: counts are always fresh, however slow the machine."""

from __future__ import annotations

import math

import pytest
from django.core.cache import cache

from events.api import paging


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """What is slow to count is kept for a minute; a busy machine must not change a result."""
    monkeypatch.setattr(paging, "SLOW_SECONDS", math.inf)
    cache.clear()
