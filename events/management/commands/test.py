"""`manage.py test`: pytest behind Django's command, and what was skipped and how to get it."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run all tests that this machine can run, and say what was skipped and how to get it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pytest_args", nargs="*", help="paths or options for pytest")
        parser.add_argument("-n", "--workers", default="auto", help="processes to run in (auto)")

    def run_from_argv(self, argv: list[str]) -> None:
        self._called_from_command_line = True
        self.handle(pytest_args=argv[2:])

    def handle(self, *args: Any, **options: Any) -> None:
        command = [sys.executable, "-m", "pytest", "-rs", *default_workers(options["pytest_args"])]
        # The suite chooses its own settings: a DEBUG left on by the shell must not change a result.
        environment = {**os.environ, "DEBUG": "off", "PYTHONDONTWRITEBYTECODE": "1"}
        environment.pop("PYTEST_ADDOPTS", None)
        done = subprocess.run(  # noqa: S603
            [*command, *options["pytest_args"]], cwd=settings.BASE_DIR, env=environment, check=False
        )
        if done.returncode:
            raise SystemExit(done.returncode)


def default_workers(arguments: list[str]) -> list[str]:
    """Two processes unless the caller says otherwise."""
    if any(a.startswith(("-n", "-p", "--pdb")) for a in arguments):
        return []
    return ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]
