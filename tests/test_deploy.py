"""What deploy/ says is true: units, compose file and proxy fit the program, and the site starts."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


def read_unit(path: Path) -> configparser.RawConfigParser:
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(path.read_text("utf-8"))
    return unit


def known_commands() -> set[str]:
    return {*get_commands(), "db_worker"}


def test_every_command_that_deploy_runs_is_there():
    found = []
    for path in [*DEPLOY.rglob("*.service"), DEPLOY / "compose.yaml", DEPLOY / "Dockerfile"]:
        found += re.findall(r"manage\.py (\w+)", path.read_text("utf-8"))
    assert len(found) > 6
    assert set(found) <= known_commands()


@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
def test_a_timer_has_its_service_and_a_service_its_fences(path):
    unit = read_unit(path)
    if path.suffix == ".timer":
        assert path.with_suffix(".service") in UNITS
        assert unit["Timer"]["OnCalendar"]
        return
    service = unit["Service"]
    assert service["User"] == "idlibmap"
    assert service["NoNewPrivileges"] == "yes"
    assert service["EnvironmentFile"] == "/etc/idlibmap/environment"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
def test_systemd_understands_the_timers(path):
    if path.suffix == ".timer":
        for when in re.findall(r"^OnCalendar=(.+)$", path.read_text("utf-8"), re.MULTILINE):
            subprocess.run(["systemd-analyze", "calendar", when], check=True, capture_output=True)


def test_the_compose_file_has_each_part_and_opens_no_door_but_the_webs():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    assert {"database", "prepare", "web", "worker", "clock"} == set(services)
    for name, service in services.items():
        ports = service.get("ports", [])
        assert all(port.startswith("127.0.0.1:") for port in ports)
        assert bool(ports) == (name == "web")


def test_every_variable_of_the_example_is_documented():
    readme = (ROOT / "README.md").read_text("utf-8")
    lines = (DEPLOY / "environment.example").read_text("utf-8").splitlines()
    names = [line.split("=")[0] for line in lines if line and not line.startswith("#")]
    assert len(names) > 8
    for name in set(names) - {"IDLIBMAP_BOOTSTRAP"}:
        assert f"`{name}`" in readme, name


def test_no_client_can_make_up_its_address_at_the_proxy():
    proxy = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "X-Forwarded-For $remote_addr;" in proxy
    assert "proxy_add_x_forwarded_for" not in proxy
    # a location with headers of its own inherits none: each must say them all
    for location in re.findall(r"location [^{]+\{([^}]*)\}", proxy):
        own = re.findall(r"proxy_set_header (\S+)", location)
        assert not own or {"Host", "X-Forwarded-For", "X-Forwarded-Proto"} <= set(own)


def test_the_shell_script_of_the_backup_parses():
    subprocess.run(["sh", "-n", str(DEPLOY / "backup.sh")], check=True)


# ------------------------------------------------------------------ the site, started as deployed


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site behind gunicorn with the settings of a deployment."""
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    environment = {
        **os.environ,
        "IDLIBMAP_BOOTSTRAP": "off",
        "DEBUG": "off",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "SNAPSHOT_ROOT": str(folder / "snapshots"),
        "SECRET_KEY": "k" * 50,
        "ALLOWED_HOSTS": "map.example.org",
        "HTTPS": "on",
        "TRUSTED_PROXIES": "1",
        "RATE_LIMIT": "600",
        "TASKS_BACKEND": "database",
        "GUNICORN_BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "1",
    }
    manage = [sys.executable, "manage.py"]
    for command in (["migrate", "-v0"], ["publish_snapshot", "-v0"]):
        subprocess.run([*manage, *command], cwd=ROOT, env=environment, check=True, timeout=180)
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*gunicorn, "idlibmap.wsgi"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    yield f"http://127.0.0.1:{port}", server, folder / "log"
    server.terminate()
    server.wait(timeout=40)


def ask(site, path: str, **headers: str) -> requests.Response:
    """An answer, as the proxy asks; waits for the server to start."""
    url, server, log = site
    told = {
        "Host": "map.example.org",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.5",
    }
    for _n in range(150):
        try:
            return requests.get(
                url + path, headers={**told, **headers}, timeout=20, allow_redirects=False
            )
        except requests.ConnectionError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError("the site did not start")


@pytest.mark.slow
def test_the_site_answers_behind_the_proxy(site):
    assert ask(site, "/healthz").json()["status"] == "ok"
    api = ask(site, "/api/")
    assert api.status_code == 200
    assert api.json()["links"][0]["href"] == "https://map.example.org/api/"
    assert ask(site, "/snapshot/manifest.json").json()["rows"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "SCRIPT-NAME", "X-Original-URL"])
def test_no_header_changes_which_address_is_asked_for(site, name):
    answer = ask(site, "/about/", **{name: "/healthz"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "/healthz" not in answer.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [b"<script> x\r\n\r\n", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n",
     b"GET / HTTP/1.1\r\nX: " + b"a" * 9000 + b"\r\n\r\n", b"GET / HTTP/7.7\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: a\r\nHost: <script>\r\n\r\n"],
    ids=["no request", "long address", "long header", "other version", "two hosts"],
)  # fmt: skip
def test_what_is_no_request_is_refused_with_the_headers_and_quoted_nowhere(site, line):
    ask(site, "/healthz")
    port = int(site[0].rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(line)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 4")
    for header in ("nosniff", "X-Frame-Options: DENY", "frame-ancestors 'none'", "text/plain"):
        assert header in answer
    assert "script" not in answer
    assert "aaaa" not in answer


@pytest.mark.slow
@pytest.mark.parametrize("page", ["/", "/static/css/base.css", "/healthz", "/api/", "/embed/"])
def test_nothing_is_answered_under_another_name(site, page):
    assert ask(site, page, Host="evil.example").status_code == 400


@pytest.mark.slow
def test_plain_http_is_sent_to_https(site):
    answer = ask(site, "/about/", **{"X-Forwarded-Proto": "http"})
    assert answer.status_code == 301
    assert answer.headers["Location"] == "https://map.example.org/about/"
