"""Workers on PostgreSQL: killed at random they lose and double nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).parents[1]
needs_postgres = pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"],
    reason="needs PostgreSQL: DATABASE_URL=postgres://user@host:5432/name",
)


@pytest.fixture
def own_database():
    """The address of an empty database beside the tests' one."""
    import psycopg

    url = os.environ["DATABASE_URL"]
    name = f"workers_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield re.sub(r"/[^/]*$", f"/{name}", url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@needs_postgres
@pytest.mark.slow
def test_workers_that_are_killed_lose_and_double_nothing(own_database):
    options = ["--reports", "80", "--workers", "2", "--kills", "3", "--no-rates"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_workers", *options],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": own_database, "IDLIBMAP_BOOTSTRAP": "off"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "0 unread, 0 doubled" in done.stdout


PUBLICATIONS = """
from django.apps import apps
from events import tasks
results = apps.get_model("django_tasks_database", "DBTaskResult").objects
for _number in range(5):
    tasks.republish_after_commit()
print("waiting", results.count())
results.update(status="RUNNING")
tasks.republish_after_commit()
tasks.republish_after_commit()
print("with one at work", results.count())
"""


@pytest.mark.slow
def test_of_many_publications_one_waits_and_none_is_lost(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'tasks.sqlite3'}",
        "SNAPSHOT_ROOT": str(tmp_path / "snapshot"),
        "TASKS_BACKEND": "database",
        "IDLIBMAP_BOOTSTRAP": "off",
    }

    def manage(*words):
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        ).stdout

    manage("migrate", "--verbosity", "0")
    told = manage("shell", "--verbosity", "0", "--command", PUBLICATIONS)
    assert told.splitlines()[-2:] == ["waiting 1", "with one at work 2"]
