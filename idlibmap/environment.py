"""Reads the environment into one typed record, and fails loudly on a senseless value."""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

PLAIN_STATICS = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STATICS = "events.staticstorage.HashedStatics"


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says, checked."""

    secret_key: str
    debug: bool
    https: bool
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    database: dict[str, Any]
    snapshot_root: Path
    static_root: Path
    tasks_backend: str
    tile_url: str
    tile_origins: list[str]
    tile_attribution: str
    nominatim_url: str
    trusted_proxies: int
    rate_limit: int
    four_eyes: bool
    require_totp: bool
    log_level: str
    log_format: str
    static_storage: str


def read_environment(root: Path) -> Environment:
    """The settings that the environment (and `.env` in `root`) gives.

    Raises ImproperlyConfigured, naming the variable and what it may be.
    """
    env = environ.Env()
    env.read_env(root / ".env")
    debug = _switch(env, "DEBUG")
    tile_url = env.str("TILE_URL", default="")
    return Environment(
        secret_key=_secret_key(env, root, debug),
        debug=debug,
        https=_switch(env, "HTTPS"),
        allowed_hosts=env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"]),
        csrf_trusted_origins=env.list("CSRF_TRUSTED_ORIGINS", default=[]),
        database=_database(env, root),
        snapshot_root=Path(env.str("SNAPSHOT_ROOT", default=str(root / "snapshots"))),
        static_root=Path(env.str("STATIC_ROOT", default=str(root / "staticfiles"))),
        tasks_backend=_tasks_backend(env),
        tile_url=tile_url,
        tile_origins=_tile_origins(tile_url),
        tile_attribution=env.str("TILE_ATTRIBUTION", default=""),
        nominatim_url=env.str("NOMINATIM_URL", default=""),
        trusted_proxies=_count(env, "TRUSTED_PROXIES", "a count of proxies, such as 1"),
        rate_limit=_count(env, "RATE_LIMIT", "requests a minute, such as 600; 0 for no limit"),
        four_eyes=_switch(env, "FOUR_EYES"),
        require_totp=_switch(env, "REQUIRE_TOTP", default="off" if debug else "on"),
        log_level=_word(env, "LOG_LEVEL", "WARNING", LEVELS),
        log_format=_word(env, "LOG_FORMAT", "text", ("text", "json")),
        static_storage=PLAIN_STATICS if debug or "pytest" in sys.modules else HASHED_STATICS,
    )


def _count(env: environ.Env, name: str, meaning: str) -> int:
    try:
        count = int(env.str(name, default="0"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be {meaning}.") from error
    if count < 0:
        raise ImproperlyConfigured(f"{name} must be {meaning}.")
    return count


LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def _word(env: environ.Env, name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words, in any case."""
    word = env.str(name, default=default).strip()
    found = next((each for each in allowed if each.lower() == word.lower()), None)
    if found is None:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {word!r}.")
    return found


ON, OFF = ("on", "true", "yes", "1"), ("off", "false", "no", "0", "")


def _switch(env: environ.Env, name: str, default: str = "off") -> bool:
    """On or off; a word that is neither is an error, not a quiet off."""
    word = env.str(name, default=default).strip().lower()
    if word not in ON + OFF:
        raise ImproperlyConfigured(f"{name} must be on or off, not {word!r}.")
    return word in ON


def _secret_key(env: environ.Env, root: Path, debug: bool) -> str:
    """SECRET_KEY, or a random key of this installation kept in `.secret_key`."""
    key = env.str("SECRET_KEY", default="")
    if key:
        if len(key) < 32 and not debug:
            raise ImproperlyConfigured("SECRET_KEY must have at least 32 characters.")
        return key
    path = root / ".secret_key"
    try:
        if path.exists():
            return path.read_text(encoding="ascii").strip()
        return _kept_key(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"SECRET_KEY is not set and {path.name} cannot be kept beside manage.py ({error})."
        ) from error


def _kept_key(path: Path) -> str:
    """Make a random key and keep it; of several processes that start at once the first one wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _database(env: environ.Env, root: Path) -> dict[str, Any]:
    url = env.str("DATABASE_URL", default=f"sqlite:///{root / 'db.sqlite3'}")
    try:
        database = env.db_url_config(url)
    except Exception as error:
        raise ImproperlyConfigured(_DATABASE_HINT) from error
    engine = database.get("ENGINE", "")
    if "sqlite" in engine:
        database["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    elif "postgresql" in engine:
        database.setdefault("CONN_MAX_AGE", 60)
        database.setdefault("CONN_HEALTH_CHECKS", True)
    else:
        raise ImproperlyConfigured(_DATABASE_HINT)
    return database


_DATABASE_HINT = (
    "DATABASE_URL must look like sqlite:///db.sqlite3 or postgres://user:password@host:5432/name."
)


def _tasks_backend(env: environ.Env) -> str:
    backend = env.str("TASKS_BACKEND", default="immediate")
    if backend not in ("immediate", "database"):
        raise ImproperlyConfigured("TASKS_BACKEND must be immediate or database.")
    return backend


def _tile_origins(tile_url: str) -> list[str]:
    if not tile_url:
        return []
    parts = urlsplit(tile_url)
    if parts.scheme == "" and tile_url.startswith("/"):
        return []
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ImproperlyConfigured("TILE_URL must be http(s)://host/{z}/{x}/{y}.png or a path.")
    host = parts.netloc.replace("{s}", "*")
    return [f"{parts.scheme}://{host}"]
