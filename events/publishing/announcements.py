"""What webhooks are told: the ids that became public and those that ceased to be.

What is public now is compared with what was announced, so that no way of publishing, retracting,
merging or undoing is forgotten, and a crash between the two loses nothing: it is told later.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.models import Announcement, Delivery, Event, Webhook
from events.models.webhooks import KINDS, PUBLISHED, RETRACTED, TEST

MOST_IDS = 1000
BATCH = 5000


def add_webhook(name: str, url: str, kinds: Sequence[str] = KINDS) -> Webhook:
    """A new webhook; the first one starts from what is public now, and is told of changes only."""
    with transaction.atomic():
        baseline_if_nobody_listens()
        return Webhook.objects.create(name=name[:100], url=url, kinds=list(kinds))


def baseline_if_nobody_listens() -> None:
    """Nothing is remembered while nobody is told, so the first to listen starts from now."""
    if not Webhook.objects.filter(is_active=True).exists():
        baseline()


def baseline() -> None:
    """Take what is public now as known."""
    fresh, gone = changes()
    remember(fresh, gone)


def changes() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """(pk, uid) of the events that became public since they were announced, and that ceased."""
    untold = Q(announcement=None) | Q(announcement__is_public=False)
    public = Event.objects.published()
    fresh = public.filter(untold).order_by("pk").values_list("pk", "uid")
    told = Event.objects.filter(announcement__is_public=True)
    gone = told.exclude(pk__in=public.values("pk")).order_by("pk").values_list("pk", "uid")
    return list(fresh), list(gone)


def remember(fresh: Sequence[tuple[int, str]], gone: Sequence[tuple[int, str]]) -> None:
    """Keep what has been told."""
    now = timezone.now()
    for rows in pieces(fresh, BATCH):
        keys = [pk for pk, _uid in rows]
        Announcement.objects.filter(event__in=keys).update(is_public=True, changed_at=now)
        new = [Announcement(event_id=pk, changed_at=now) for pk in keys]
        Announcement.objects.bulk_create(new, ignore_conflicts=True)
    for rows in pieces(gone, BATCH):
        keys = [pk for pk, _uid in rows]
        Announcement.objects.filter(event__in=keys).update(is_public=False, changed_at=now)


def announce() -> list[Delivery]:
    """Make a delivery for each webhook of what changed; both are one transaction."""
    if not Webhook.objects.filter(is_active=True).exists():
        return []
    with transaction.atomic():
        hooks = list(Webhook.objects.select_for_update().filter(is_active=True).order_by("pk"))
        fresh, gone = changes()
        remember(fresh, gone)
        bodies = list(bodies_of(fresh, gone))
        rows = [
            Delivery(webhook=hook, body=body)
            for body in bodies
            for hook in hooks
            if body["type"] in hook.kinds
        ]
        return Delivery.objects.bulk_create(rows)


def bodies_of(
    fresh: Sequence[tuple[int, str]], gone: Sequence[tuple[int, str]]
) -> Iterator[dict[str, object]]:
    """What is told, at most MOST_IDS ids a body; ids alone, since the API has the rest."""
    now = timezone.now().isoformat(timespec="seconds")
    for kind, found in ((RETRACTED, gone), (PUBLISHED, fresh)):
        for rows in pieces(found, MOST_IDS):
            yield {"type": kind, "at": now, "events": [uid for _pk, uid in rows]}


def trial_delivery(hook: Webhook) -> Delivery:
    """A delivery that tells nothing, so that a receiver can be tried."""
    body = {"type": TEST, "at": timezone.now().isoformat(timespec="seconds"), "events": []}
    return Delivery.objects.create(webhook=hook, body=body)


def pieces(rows: Sequence[tuple[int, str]], size: int) -> Iterator[Sequence[tuple[int, str]]]:
    """`rows` in pieces of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def signed(delivery: Delivery) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of a delivery.

    The signature is HMAC-SHA-256 over "<seconds>.<body>" with the webhook's secret, in hex; the
    receiver compares it and refuses old seconds, so that nothing made up or replayed is believed.
    """
    body = json.dumps(delivery.body, sort_keys=True, separators=(",", ":")).encode()
    seconds = str(int(timezone.now().timestamp()))
    return body, {
        "Content-Type": "application/json",
        "Idlibmap-Delivery": str(delivery.pk),
        "Idlibmap-Signature": f"t={seconds},v1={signature(delivery.webhook.secret, seconds, body)}",
    }


def signature(secret: str, seconds: str, body: bytes) -> str:
    """The hex HMAC of a body at a moment."""
    told = seconds.encode() + b"." + body
    return hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()
