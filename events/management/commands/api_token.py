"""Gives programs tokens with which they may add reports, lists them, and takes them back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.models import ApiToken, Source
from events.models.tokens import SCOPES, issue_token


class Command(BaseCommand):
    help = "Tokens for POST /api/reports; with no options, lists them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--add", metavar="NAME", help="a new token; its secret is shown once")
        parser.add_argument("--source", metavar="SLUG", help="whose reports the token adds")
        parser.add_argument("--scope", action="append", choices=SCOPES, help="default: all")
        parser.add_argument("--revoke", metavar="NAME", help="take the tokens of this name back")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add"]:
            self.add(options)
        elif options["revoke"]:
            self.revoke(options["revoke"])
        else:
            self.list()

    def add(self, options: dict[str, Any]) -> None:
        source = Source.objects.filter(slug=options["source"] or "").first()
        if source is None:
            raise CommandError("Name the source of its reports with --source SLUG.")
        secret, _token = issue_token(options["add"], source, tuple(options["scope"] or SCOPES))
        self.stdout.write(secret)
        self.stderr.write("Keep it: it is not shown again.")

    def revoke(self, name: str) -> None:
        found = ApiToken.objects.filter(name=name, revoked_at=None)
        if not found.update(revoked_at=timezone.now()):
            raise CommandError(f"There is no token {name!r} in force.")
        self.stdout.write(f"{name} is revoked")

    def list(self) -> None:
        for token in ApiToken.objects.select_related("source"):
            state = "revoked" if token.revoked_at else "in force"
            used = f"{token.used_at:%Y-%m-%d %H:%M}" if token.used_at else "never"
            scopes = ",".join(token.scopes)
            self.stdout.write(f"{token.name}\t{token.source.slug}\t{scopes}\t{state}\tused {used}")
