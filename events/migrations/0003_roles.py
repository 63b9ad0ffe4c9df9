"""The four roles of the desk as groups, each with the permissions of the ones before it."""

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations

NOUNS = (
    "actor actorkindperiod actorname claim decision event mention merge participation place placename"
    " report source"
).split()
EDITED = "actor actorkindperiod actorname claim event participation place placename".split()
GRANTS = {
    "contributor": [*(f"view_{noun}" for noun in NOUNS), "add_report"],
    "editor": [
        *(f"{verb}_{noun}" for noun in EDITED for verb in ("add", "change")),
        "change_report",
        "change_mention",
        "curate_event",
        "delete_participation",
        "delete_placename",
    ],
    "publisher": ["publish_event", "add_source", "change_source"],
    "administrator": [
        *(f"delete_{noun}" for noun in ("actor", "actorname", "place", "report", "source")),
    ],
}
ADMINISTERED = {
    "auth": ["view_group", "view_user", "add_user", "change_user"],
    "otp_totp": [f"{verb}_totpdevice" for verb in ("view", "add", "change", "delete")],
    "sessions": ["view_session", "delete_session"],
    "axes": ["view_accessattempt", "delete_accessattempt"],
}


def make_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    for label in ("events", *ADMINISTERED):
        make_permissions(apps, label, alias)
    Group = apps.get_model("auth", "Group")
    codes = []
    for role, added in GRANTS.items():
        codes += [("events", code) for code in added]
        if role == "administrator":
            codes += [(app, code) for app, found in ADMINISTERED.items() for code in found]
        group, _ = Group.objects.using(alias).get_or_create(name=role)
        group.permissions.set(permissions(apps, alias, codes))


def make_permissions(apps, label, alias):
    # Permissions are made after all migrations; groups need them now.
    config = apps.get_app_config(label)
    config.models_module = True
    create_permissions(config, verbosity=0, apps=apps, using=alias)
    config.models_module = None


def permissions(apps, alias, codes):
    Permission = apps.get_model("auth", "Permission")
    found = []
    for app, code in codes:
        found += Permission.objects.using(alias).filter(
            content_type__app_label=app, codename=code
        )
    return found


def drop_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GRANTS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_decisions_and_desk_columns"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
        ("otp_totp", "0003_add_timestamps"),
        ("axes", "0009_add_session_hash"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(make_groups, drop_groups)]
