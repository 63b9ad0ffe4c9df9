"""Who may do what: four roles, kept as groups, and the rules on single rows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _

from events.curation.errors import NotAllowed
from events.models import Event
from events.vocabulary import ReviewStatus

CONTRIBUTOR, EDITOR, PUBLISHER, ADMINISTRATOR = (
    "contributor",
    "editor",
    "publisher",
    "administrator",
)
ROLES = (CONTRIBUTOR, EDITOR, PUBLISHER, ADMINISTRATOR)

NOUNS = (
    "actor",
    "actorkindperiod",
    "actorname",
    "claim",
    "decision",
    "event",
    "mention",
    "merge",
    "participation",
    "place",
    "placename",
    "report",
    "source",
    "story",
    "storystep",
)
_VIEWS = tuple(f"events.view_{noun}" for noun in NOUNS)
_EDITED = (
    "actor",
    "actorkindperiod",
    "actorname",
    "claim",
    "event",
    "participation",
    "place",
    "placename",
    "story",
    "storystep",
)
_DELETED = ("actor", "actorname", "place", "report", "source", "story")
# Mentions are decided on through the desk, never typed in; merges only through merging.
GRANTS: dict[str, tuple[str, ...]] = {
    CONTRIBUTOR: (*_VIEWS, "events.add_report"),
    EDITOR: (
        *(f"events.{verb}_{noun}" for noun in _EDITED for verb in ("add", "change")),
        "events.change_report",
        "events.change_mention",
        "events.curate_event",
        "events.delete_participation",
        "events.delete_placename",
        "events.delete_storystep",
    ),
    PUBLISHER: ("events.publish_event", "events.add_source", "events.change_source"),
    ADMINISTRATOR: (
        "auth.view_group",
        *(f"auth.{verb}_user" for verb in ("view", "add", "change")),
        *(f"events.delete_{noun}" for noun in _DELETED),
        *(f"otp_totp.{verb}_totpdevice" for verb in ("view", "add", "change", "delete")),
        *(f"sessions.{verb}_session" for verb in ("view", "delete")),
        "axes.view_accessattempt",
        "axes.delete_accessattempt",
    ),
}
"""What each role adds to the one before it."""

CURATE, PUBLISH = "events.curate_event", "events.publish_event"


def grants_of(role: str) -> list[str]:
    """All permissions of a role, as `app.codename`; each role has those of the ones before."""
    upto = ROLES[: ROLES.index(role) + 1]
    return [code for each in upto for code in GRANTS[each]]


def make_groups() -> None:
    """Make the four groups, or bring them up to date."""
    for role in ROLES:
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.set(_permissions(grants_of(role)))


def _permissions(codes: list[str]) -> list[Permission]:
    wanted = {tuple(code.split(".")) for code in codes}
    rows = Permission.objects.select_related("content_type").filter(
        codename__in={codename for _app, codename in wanted}
    )
    return [row for row in rows if (row.content_type.app_label, row.codename) in wanted]


def may(user: Any, permission: str, event: Event | None = None) -> bool:
    """Whether `user` may do it, to this event: what is public is changed by publishers only.

    None stands for the program itself, which may.
    """
    if user is None:
        return True
    if not user.has_perm(permission):
        return False
    if event is not None and permission == CURATE and event.status in PUBLISHERS_ONLY:
        return user.has_perm(PUBLISH)
    return True


PUBLISHERS_ONLY = frozenset({ReviewStatus.PUBLISHED, ReviewStatus.RETRACTED})


def require(user: Any, permission: str, event: Event | None = None) -> None:
    """Raise NotAllowed unless `user` may."""
    if not may(user, permission, event):
        verb = _("publish or change what is public") if event else _("do this")
        raise NotAllowed(_("Your role does not let you %(verb)s.") % {"verb": verb})


def require_other_eyes(user: Any, event: Event) -> None:
    """With the four-eyes rule on, who confirmed an event does not publish it."""
    confirmed_by = (event.checked or {}).get("confirmed", {}).get("by")
    if settings.HISTORY_FOUR_EYES and user is not None and confirmed_by == user.get_username():
        raise NotAllowed(_("Four eyes: somebody else has to publish what you confirmed."))


def role_of(user: Any) -> str:
    """The highest role of a user; a superuser is an administrator; "" for none."""
    if user.is_superuser:
        return ADMINISTRATOR
    held = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(ROLES) if role in held), "")
