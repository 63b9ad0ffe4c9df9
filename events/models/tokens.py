"""Tokens with which programs may add reports; only a hash of the secret is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.reports import Source

PREFIX = "idm_"
ADD_REPORTS = "reports:add"
SCOPES = (ADD_REPORTS,)


def hash_of(secret: str) -> str:
    """SHA-256 of a secret of 256 random bits, in hex: too long to guess, so no slow hash is due."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def in_time() -> models.Q:
    """Tokens that have not run out."""
    return models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now())


class ApiTokenQuerySet(models.QuerySet):
    def holding(self, secret: str) -> ApiToken | None:
        """The token in force with this secret."""
        found = self.select_related("source").filter(digest=hash_of(secret), revoked_at=None)
        return found.filter(in_time()).first()


class ApiToken(models.Model):
    """What one program may do: `scopes` is a list of SCOPES; its reports belong to `source`.

    No scope publishes anything: what comes in waits for an editor.
    """

    name = models.CharField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    source = models.ForeignKey(Source, models.PROTECT, related_name="tokens")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(_("runs out"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def may(self, scope: str) -> bool:
        """Whether the token has this scope."""
        return scope in self.scopes


def issue_token(
    name: str,
    source: Source,
    scopes: tuple[str, ...] = SCOPES,
    expires_at: dt.datetime | None = None,
) -> tuple[str, ApiToken]:
    """A new token and its secret, which is shown this once and never again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        name=name[:100],
        digest=hash_of(secret),
        scopes=list(scopes),
        source=source,
        expires_at=expires_at,
    )
    return secret, token
