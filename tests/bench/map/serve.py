"""Servers for the benchmark: the application on a snapshot folder, and a folder of plain files."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import leaflet

ROOT = Path(__file__).parents[3]


def leaflet_folder() -> Path:
    """Leaflet as django-leaflet ships it."""
    return Path(leaflet.__file__).parent / "static" / "leaflet"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def application(snapshots: Path) -> Iterator[str]:
    """The site under gunicorn with an empty database and these snapshots; gives its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as temporary:
        database = f"sqlite:///{temporary}/bench.sqlite3"
        environment = {**os.environ, "DATABASE_URL": database, "SNAPSHOT_ROOT": str(snapshots),
                       "STATIC_ROOT": f"{temporary}/static", "DEBUG": "off",
                       "SECRET_KEY": "only-for-a-benchmark-" * 3}  # fmt: skip
        for command in (["migrate", "--skip-checks"], ["collectstatic", "--noinput"]):
            django = [sys.executable, "-m", "django", *command, "-v0"]
            subprocess.run(django, cwd=ROOT, env=environment, check=True)
        gunicorn = [sys.executable, "-m", "gunicorn", "idlibmap.wsgi", "--threads", "8",
                    "--bind", f"127.0.0.1:{port}", "--log-level", "error"]  # fmt: skip
        process = subprocess.Popen(gunicorn, cwd=ROOT, env=environment)
        try:
            wait_for(port)
            address = f"http://localhost:{port}/"
            for _ in range(8):  # a server that has just started is not what is measured
                urllib.request.urlopen(address).read()
            yield address
        finally:
            process.terminate()
            process.wait()


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the site did not start")


class _Files(SimpleHTTPRequestHandler):
    """Plain files, packed where there is a gzip twin."""

    def send_head(self):
        twin = Path(self.translate_path(self.path) + ".gz")
        if not twin.exists() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(twin.stat().st_size))
        self.end_headers()
        return twin.open("rb")

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def folder(path: Path) -> Iterator[str]:
    """A folder of files; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Files(*args, directory=str(path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
