"""The set-up: manage.py's own environment, and an environment that is read loudly."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from idlibmap import bootstrap
from idlibmap.environment import read_environment

ROOT = Path(__file__).parents[1]


def make_root(folder: Path) -> Path:
    """A project folder that has requirement files."""
    (folder / "requirements.txt").write_text("a==1\n")
    (folder / "requirements-dev.txt").write_text("a==1\nb==2\n")
    (folder / ".venv").mkdir()
    return folder


def test_a_stamp_remembers_what_is_installed(tmp_path):
    root = make_root(tmp_path)
    stamp = str(root / ".venv" / bootstrap.STAMP)
    assert not bootstrap.is_current(stamp, root, "requirements.txt")
    bootstrap.write_stamp(stamp, root, "requirements-dev.txt")
    assert bootstrap.is_current(stamp, root, "requirements.txt")
    assert bootstrap.is_current(stamp, root, "requirements-dev.txt")


def test_a_changed_requirement_makes_the_stamp_stale(tmp_path):
    root = make_root(tmp_path)
    stamp = str(root / ".venv" / bootstrap.STAMP)
    bootstrap.write_stamp(stamp, root, "requirements.txt")
    (root / "requirements.txt").write_text("a==2\n")
    assert not bootstrap.is_current(stamp, root, "requirements.txt")


def test_an_old_python_is_refused_with_a_hint(monkeypatch):
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    with pytest.raises(bootstrap.BootstrapError, match=r"Python 99\.0 or newer"):
        bootstrap.check_version()


def test_a_failing_installation_names_the_network(monkeypatch, tmp_path):
    monkeypatch.setattr(
        bootstrap.subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 1)
    )
    with pytest.raises(bootstrap.BootstrapError, match="network"):
        bootstrap.install(sys.executable, str(tmp_path / "requirements.txt"))


def test_a_missing_venv_module_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(bootstrap.BootstrapError, match="python3-venv"):
        bootstrap.make_environment(str(tmp_path / ".venv"), str(tmp_path / "none"))


def test_only_the_test_command_needs_the_test_packages():
    assert bootstrap.requirements_for(["manage.py", "test"]) == "requirements-dev.txt"
    assert bootstrap.requirements_for(["manage.py", "demo"]) == "requirements.txt"


def test_every_requirement_is_pinned_with_hashes():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pinned = [line for line in text.splitlines() if line and line[0].isalpha()]
        assert pinned
        assert all("==" in line for line in pinned)
        assert text.count("--hash=sha256:") >= len(pinned)


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("DEBUG", "perhaps", "DEBUG must be"),
        ("DATABASE_URL", "mysql://a/b", "DATABASE_URL must look like"),
        ("TASKS_BACKEND", "redis", "TASKS_BACKEND must be"),
        ("TILE_URL", "ftp://x/{z}", "TILE_URL must be"),
        ("SECRET_KEY", "short", "at least 32"),
        ("TRUSTED_PROXIES", "many", "TRUSTED_PROXIES must be"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be"),
        ("RATE_LIMIT", "some", "RATE_LIMIT must be"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL must be one of"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT must be one of"),
    ],
)
def test_a_senseless_value_fails_at_start_and_names_the_variable(
    monkeypatch, tmp_path, name, value, hint
):
    for key in ("DEBUG", "SECRET_KEY", "DATABASE_URL", "TASKS_BACKEND", "TILE_URL"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=hint):
        read_environment(tmp_path)


def test_a_random_key_is_made_once_and_kept_from_others(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first, second = read_environment(tmp_path), read_environment(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 40
    assert (tmp_path / ".secret_key").stat().st_mode & 0o077 == 0


def test_debug_is_off_unless_it_is_asked_for(monkeypatch, tmp_path):
    monkeypatch.delenv("DEBUG", raising=False)
    assert read_environment(tmp_path).debug is False


def test_the_documentation_names_every_variable_and_command():
    readme = (ROOT / "README.md").read_text()
    source = (ROOT / "idlibmap" / "environment.py").read_text()
    read = re.findall(r'(?:env\.\w+\(|_(?:count|word|switch)\(env, )"([A-Z_]+)"', source)
    assert len(read) > 8
    for name in set(read):
        assert f"`{name}`" in readme, name
    for path in (ROOT / "events" / "management" / "commands").glob("[a-z]*.py"):
        assert path.stem in readme, path.stem


def test_a_busy_port_is_named_before_any_work(tmp_path):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        environment = {
            **os.environ,
            "IDLIBMAP_BOOTSTRAP": "off",
            "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        }
        done = subprocess.run(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode != 0
    assert "is busy" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "db.sqlite3").exists()
