"""Sites for faults, on SQLite always and on PostgreSQL where DATABASE_URL names one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.faults.site import Site

# These start servers, kill them and wait: minutes, not seconds.
SCRIPTS = (
    "test_database_away",
    "test_kills",
    "test_migrations",
    "test_soak",
    "test_upgrade",
    "test_writers",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long scripts run by `tests/faults/run` alone."""
    if os.environ.get("IDLIBMAP_FAULTS"):
        return
    skip = pytest.mark.skip(reason="minutes of killing and waiting: run tests/faults/run")
    for item in items:
        if item.path.stem in SCRIPTS and item.path.parent.name == "faults":
            item.add_marker(skip)


@pytest.fixture(scope="session")
def collected_statics(tmp_path_factory):
    """Production pages need the hashed static files."""
    place = tmp_path_factory.mktemp("statics")
    os.environ["STATIC_ROOT"] = str(place / "files")
    Site(place, f"sqlite:///{place}/none.sqlite3").run("collectstatic", "--noinput", "-v", "0")


SERVER = os.environ.get("DATABASE_URL", "")
ENGINES = ["sqlite", *(["postgresql"] if SERVER.startswith("postgres") else [])]


@pytest.fixture(params=ENGINES)
def site(request, tmp_path: Path, collected_statics):
    """An empty site with its tables made, and its database dropped at the end."""
    if request.param == "sqlite":
        made = Site(tmp_path, f"sqlite:///{tmp_path}/db.sqlite3")
        made.run("migrate", "-v", "0")
        yield made
        return
    name = f"faults_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        made = Site(tmp_path, urlsplit(SERVER)._replace(path=f"/{name}").geturl())
        try:
            made.run("migrate", "-v", "0")
            yield made
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
