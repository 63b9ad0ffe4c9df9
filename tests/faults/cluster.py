"""A PostgreSQL of our own that a fault may restart and kill."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.site import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `url` is the DATABASE_URL of its one database."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://idlibmap@127.0.0.1:{self.port}/postgres"

    def control(self, *arguments: str) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        as_owner(
            self.folder, "pg_ctl", "-D", f"{self.folder}/data", "-w", "-t", "30",
            "-l", f"{self.folder}/log", "-o", options, *arguments,
        )  # fmt: skip

    def restart(self, how: str) -> None:
        """Restart, "fast" (sessions are ended) or "immediate" (as after a power cut)."""
        self.control("-m", how, "restart")

    def kill(self) -> None:
        """kill -9 of the server and all its processes, and start it again."""
        first = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True, check=False
        )
        for pid in (first, *map(int, found.stdout.split())):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + 30
        while Path(f"/proc/{first}").exists() and time.monotonic() < until:
            time.sleep(0.05)
        self.control("start")


def as_owner(folder: Path, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; as root, by its own user."""
    user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"]
    command = [str(BINARIES[-1] / program), *arguments]
    subprocess.run(
        [*(user if os.getuid() == 0 else []), *command],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """A fresh server on a free port, gone at the end; skips where PostgreSQL is not installed."""
    if not BINARIES:
        pytest.skip("needs PostgreSQL's server programs")
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    made = Cluster(folder, free_port())
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        as_owner(
            folder, "initdb", "-D", f"{folder}/data", "-U", "idlibmap", "-A", "trust", "-E", "UTF8"
        )
        made.control("start")
        yield made
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            made.control("-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
