"""Who may do what: the table of roles against the desk's verbs, and the groups themselves."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from events import curation
from events.curation.roles import ROLES, grants_of, role_of
from tests.factories import (
    make_claim,
    make_event,
    make_mention,
    make_place,
    make_published_event,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db


def confirm_candidate(user):
    curation.confirm(make_event(), user)


def correct_published(user):
    curation.correct(make_published_event(), {"summary": "other"}, user)


def verify_mention(user):
    curation.verify(make_mention(make_report(), "Idlib"), make_place(), user)


def publish_confirmed(user):
    event = make_event(place=make_place())
    make_claim(event)
    curation.confirm(event, None)
    curation.publish(event, user)


def retract_published(user):
    curation.retract(make_published_event(), user, "wrong")


def merge_published(user):
    curation.merge(make_event(), make_published_event(), user)


VERBS = {
    confirm_candidate: "editor",
    verify_mention: "editor",
    correct_published: "publisher",
    publish_confirmed: "publisher",
    retract_published: "publisher",
    merge_published: "publisher",
}


@pytest.mark.parametrize("role", ["", *ROLES])
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_each_role_may_do_what_is_its_and_no_more(role, verb):
    user = make_user(role=role)
    if role and ROLES.index(role) >= ROLES.index(VERBS[verb]):
        verb(user)
        return
    with pytest.raises(curation.NotAllowed):
        verb(user)


def test_the_migration_made_the_groups_that_the_roles_describe():
    for role in ROLES:
        held = Group.objects.get(name=role).permissions.select_related("content_type")
        codes = {f"{row.content_type.app_label}.{row.codename}" for row in held}
        assert codes == set(grants_of(role)), role


@pytest.mark.parametrize("role", ROLES)
def test_a_user_has_the_highest_role_of_its_groups(role):
    assert role_of(make_user(role=role)) == role
