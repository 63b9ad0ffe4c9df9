"""What every test shares: plain settings, a snapshot folder of its own, no network."""

from __future__ import annotations

import math
import os
import socket
import sys
from pathlib import Path

import pytest
from django.core.cache import cache

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

if os.environ.get("IDLIBMAP_HIDE_GDAL"):

    class NoGdal:
        """Makes every import of GeoDjango's gdal fail, as on a machine without libgdal."""

        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name.startswith("django.contrib.gis.gdal"):
                raise ImportError("libgdal is hidden for this run")

    sys.meta_path.insert(0, NoGdal())


@pytest.fixture(autouse=True)
def snapshot_root(settings, tmp_path):
    """Each test publishes into a folder of its own."""
    settings.SNAPSHOT_ROOT = tmp_path / "snapshots"
    return settings.SNAPSHOT_ROOT


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """What is slow to ask is kept for minutes; a busy machine must not change a result."""
    monkeypatch.setattr("events.publishing.remembering.SLOW_SECONDS", math.inf)
    cache.clear()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Only this machine can be reached from a test."""
    connect = socket.socket.connect

    def guarded(self, address):
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("127.0.0.1", "localhost", "::1"):
            raise OSError(f"a test reached for {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs the real data in ../shared, which is not here")
    return SHARED
