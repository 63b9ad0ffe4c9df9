"""Everything set up and served, with the demo's reports read and its approved events published."""

from __future__ import annotations

import secrets
import socket
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from events.management.stories import add_stories
from events.management.walk import Tally, load_reference, read_rows, walk
from events.models import Event, Place, PlaceName, Report

EDITOR = "demo-editor"


class Command(BaseCommand):
    help = "Set up the demo and serve it: migrate, load fixtures, read reports, publish, serve."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")
        parser.add_argument("--port", type=int, default=8000, help="port to serve on (8000)")
        parser.add_argument("--host", default="127.0.0.1", help="address to serve on (127.0.0.1)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_serve"]:
            check_port(options["host"], options["port"])
        started = time.monotonic()
        try:
            tally = self.set_up()
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        self.tell(tally, time.monotonic() - started, options)
        if not options["no_serve"]:
            call_command("runserver", f"{options['host']}:{options['port']}", "--noreload")

    def set_up(self) -> Tally:
        folder = Path(settings.BASE_DIR) / "fixtures"
        self.say("making the tables")
        call_command("migrate", verbosity=0)
        self.say("loading the gazetteer, the actors and the sources")
        load_reference(folder)
        self.say("reading the reports")
        tally = walk(folder, self.progress)
        add_stories(read_rows(folder, "demo"))
        self.say("publishing the snapshot")
        call_command("publish_snapshot", verbosity=0)
        return tally

    def say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()

    def progress(self, number: int, of: int) -> None:
        if number % 10 == 0 or number == of:
            self.say(f"  {number} of {of} reports")

    def tell(self, tally: Tally, seconds: float, options: dict[str, Any]) -> None:
        """Print what is there now and how to get in."""
        published = Event.objects.published().count()
        waiting = Event.objects.candidates().count()
        lines = [
            "",
            f"Reports:             {Report.objects.count()} ({tally.reports} read now)",
            f"Places:              {_places()}",
            f"Events published:    {published}",
            f"Candidates waiting:  {waiting}",
        ]
        if tally.reports:
            lines.append(
                f"Of the approved:     {tally.as_read} as read, {tally.corrected} corrected,"
                f" {tally.added} added by the editors"
            )
        address = f"http://{options['host']}:{options['port']}"
        lines += [f"Map:                 {address}/", f"Desk:                {address}/admin/"]
        lines += [*editor_lines(), f"Ready after {seconds:.1f} s.", ""]
        self.stdout.write("\n".join(lines))


def _places() -> str:
    return f"{Place.objects.count()} with {PlaceName.objects.count()} spellings"


def editor_lines() -> list[str]:
    """The demo editor's name and a random password; one in use keeps its own."""
    users = get_user_model().objects
    editor, _created = users.get_or_create(username=EDITOR, defaults={"is_staff": True})
    if editor.last_login:
        change = f"python3 manage.py changepassword {EDITOR}"
        return [f"Editor:              {EDITOR}, password as printed before (change: {change})"]
    password = secrets.token_urlsafe(9)
    editor.set_password(password)
    editor.save()
    editor.groups.add(Group.objects.get(name="publisher"))
    return [f"Editor:              {EDITOR}", f"Password:            {password}"]


def check_port(host: str, port: int) -> None:
    """Refuse a busy port before any work is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            hint = f"Port {port} on {host} is busy ({error.strerror}). Try --port {port + 1}."
            raise CommandError(hint) from error
