"""A site of its own for a fault: database, snapshot folder, commands and servers as processes."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).parents[2]
LONG = bool(os.environ.get("IDLIBMAP_LONG"))
TOWNS = ("Saraqib", "Idlib", "Ariha", "Maarat al-Numan", "Jisr al-Shughur", "Binnish")


def of_size(short: int, long: int) -> int:
    """The size of a run: the long one under `tests/faults/run --long`."""
    return long if LONG else short


@dataclass(slots=True)
class Site:
    """One site; `url` is its DATABASE_URL."""

    folder: Path
    url: str
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "IDLIBMAP_BOOTSTRAP": "off",
            "DATABASE_URL": self.url,
            "SNAPSHOT_ROOT": str(self.folder / "snapshots"),
            "SECRET_KEY": "k" * 50,
            "DEBUG": "off",
            "LOG_LEVEL": "ERROR",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, *arguments: str) -> subprocess.Popen:
        """A command of manage.py as a process group of its own."""
        command = [sys.executable, "manage.py", *arguments]
        return self.start_process(command)

    def start_process(self, command: list[str]) -> subprocess.Popen:
        log = (self.folder / "log").open("ab")
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment(),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> str:
        """A command of manage.py run to its end; its output. Fails when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def ask(self, code: str) -> Any:
        """What a piece of Python in the site's shell prints last, as JSON."""
        return json.loads(self.run("shell", "-v", "0", "-c", code).strip().splitlines()[-1])

    def count(self, condition: str = "1 = 1") -> int:
        """How many reports pass a condition of SQL, asked of the database itself."""
        statement = f"SELECT count(*) FROM events_report WHERE {condition}"  # noqa: S608
        if self.url.startswith("sqlite"):
            path = self.url.removeprefix("sqlite:///")
            with contextlib.closing(sqlite3.connect(path, timeout=20)) as connection:
                return int(connection.execute(statement).fetchone()[0])
        with psycopg.connect(self.url) as connection:
            return int(connection.execute(statement).fetchone()[0])

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


def make_reports(count: int, start: int = 0) -> list[dict[str, str]]:
    """Reports that differ and each tell of one event."""
    return [
        {
            "text": f"Jets struck the market of {TOWNS[n % len(TOWNS)]} on Monday, killing"
            f" {n % 7 + 2} people, rescuers said. This is dispatch number {n}.",
            "title": f"Dispatch {n}",
            "published": "2020-02-20",
        }
        for n in range(start, start + count)
    ]


def write_reports(path: Path, reports: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    return path


def kill(process: subprocess.Popen) -> None:
    """kill -9 of the whole group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


TAKEN_IN, READ = "1 = 1", "status <> 'new'"
"""Which reports an import has done with, and which an extraction."""


def wait_for_work(site: Site, process: subprocess.Popen, done: str, goal: int, turns: int) -> bool:
    """Wait until the process is at a random point of its work; whether it is at it still.

    The point is a number of reports and no time, so that no machine is too fast or too slow for
    it. `turns` is how many more points are wanted before all of `goal` is done.
    """
    before = site.count(done)
    point = before + site.chance.randint(1, max(1, (goal - before) // (turns + 1)))
    while process.poll() is None and site.count(done) < point:
        time.sleep(0.005)
    time.sleep(site.chance.uniform(0.0, 0.02))
    return process.poll() is None and site.count(done) < goal


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextlib.contextmanager
def served(site: Site, port: int, workers: int = 2) -> Iterator[subprocess.Popen]:
    """gunicorn as deployed, with production settings, on `port` until the block ends."""
    options = ["-c", "deploy/gunicorn.conf.py", "-w", str(workers), "-b", f"127.0.0.1:{port}"]
    process = site.start_process([sys.executable, "-m", "gunicorn", *options, "idlibmap.wsgi"])
    try:
        wait_for(port)
        yield process
    finally:
        kill(process)


def wait_for(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
