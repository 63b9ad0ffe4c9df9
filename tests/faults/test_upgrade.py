"""From the version before: its rows come through all later migrations and work as before.

There is no release yet. The rows are those that `manage.py demo` left when the newest migration was
the one in the name of the stored file.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.faults.site import ROOT, Site
from tests.faults.stored import VERSION, stored

LOOK = """
import json
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute('''SELECT uid, status, start_date, end_date, public_latitude, public_longitude
                      FROM events_event ORDER BY uid''')
    events = [[str(v) for v in row] for row in cursor.fetchall()]
    counts = {}
    for table in %r:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        counts[table] = cursor.fetchone()[0]
print(json.dumps({"events": events, "counts": counts}))
"""
PAGES = """
from django.contrib.auth.models import User
from django.test import Client
from events.models import Event, Report
client = Client(HTTP_HOST="127.0.0.1")
event, report = Event.objects.published().first(), Report.objects.order_by("-pk").first()
addresses = ["/", "/events/", f"/events/{event.uid}/", "/events/?q=Idlib", "/feed/", "/export/events.csv",
             "/api/collections/events/items?limit=5", "/snapshot/manifest.json"]
codes = {a: client.get(a).status_code for a in addresses}
client.force_login(User.objects.create_superuser("later"), "django.contrib.auth.backends.ModelBackend")
desk = [f"/admin/events/report/{report.pk}/desk/", "/admin/events/report/", "/admin/events/event/",
        f"/admin/events/event/{event.pk}/change/", f"/admin/events/event/{event.pk}/history/"]
codes |= {a: client.get(a).status_code for a in desk}
import json; print(json.dumps({a: c for a, c in codes.items() if c != 200}))
"""  # noqa: E501


@pytest.mark.slow
def test_rows_of_the_version_before_come_through_and_work(site: Site, monkeypatch):
    # every page is asked for, not only those that need no second factor
    monkeypatch.setenv("REQUIRE_TOTP", "off")
    site.run("migrate", "events", VERSION, "-v", "0")
    command = [sys.executable, "-m", "tests.faults.stored", "load"]
    subprocess.run(command, cwd=ROOT, env=site.environment(), check=True, timeout=300)
    tables = {name: len(told["rows"]) for name, told in stored().items()}
    before = site.ask(LOOK % list(tables))
    assert before["counts"] == tables
    assert tables["events_event"] > 20
    site.run("migrate", "-v", "0")
    assert site.ask(LOOK % list(tables)) == before
    assert "hold" in site.run("verify_history", "--seal")
    site.run("publish_snapshot")
    assert site.ask(PAGES) == {}
    copy = str(site.folder / "copy.tar")
    site.run("backup", copy)
    site.run("restore", copy, "--overwrite")
    assert site.ask(LOOK % list(tables))["events"] == before["events"]
