"""Migrations go forward and back on both databases, and rows live through an upgrade."""

from __future__ import annotations

import pytest

from tests.faults.site import Site, make_reports, write_reports
from tests.faults.test_kills import COUNTS

FIRST_WITH_ROLES = "0003"


@pytest.mark.slow
def test_rows_live_through_going_back_and_forward_again(site: Site):
    file = write_reports(site.folder / "r.jsonl", make_reports(5))
    site.run("import_reports", str(file), "--source", "Wire")
    site.run("extract_events")
    before = site.ask(COUNTS)
    assert before["reports"] == 5
    site.run("migrate", "events", FIRST_WITH_ROLES, "-v", "0")
    site.run("migrate", "-v", "0")
    assert site.ask(COUNTS) == before
    # going back dropped the chain: the lines are looked at and sealed anew
    assert "hold" in site.run("verify_history", "--seal")


@pytest.mark.slow
def test_all_migrations_can_be_taken_back_and_made_again(site: Site):
    site.run("migrate", "events", "zero", "-v", "0")
    site.run("migrate", "-v", "0")
    site.run("makemigrations", "--check", "--dry-run")
    assert site.ask(COUNTS)["reports"] == 0
