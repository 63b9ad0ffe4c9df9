"""Adds, lists and removes the addresses that are told what is published and retracted."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.exceptions import FetchRefused
from events.ingestion.fetching import checked
from events.models import Webhook
from events.publishing.announcements import add_webhook


class Command(BaseCommand):
    help = "Webhooks on publication and retraction; with no options, lists them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--add", metavar="NAME", help="a new webhook; shows its secret")
        parser.add_argument("--url", default="", help="with --add: where it is told")
        parser.add_argument("--remove", metavar="NAME", help="stop telling them")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add"]:
            self.add(options["add"], options["url"])
        elif options["remove"]:
            self.remove(options["remove"])
        else:
            self.list()

    def add(self, name: str, url: str) -> None:
        try:
            hook = add_webhook(name, checked(url))
        except FetchRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(hook.secret)
        self.stderr.write("The secret with which bodies are signed (Idlibmap-Signature).")

    def remove(self, name: str) -> None:
        if not Webhook.objects.filter(name=name, is_active=True).update(is_active=False):
            raise CommandError(f"There is no webhook {name!r} in use.")
        self.stdout.write(f"{name} is told no more")

    def list(self) -> None:
        for hook in Webhook.objects.all():
            waiting = hook.deliveries.filter(delivered_at=None, given_up_at=None).count()
            last = hook.deliveries.exclude(last_error="").order_by("-pk").first()
            state = "in use" if hook.is_active else "off"
            error = f"\t{last.last_error}" if last else ""
            self.stdout.write(f"{hook.name}\t{hook.url}\t{state}\t{waiting} waiting{error}")
