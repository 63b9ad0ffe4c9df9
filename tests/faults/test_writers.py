"""Many writers at once: nobody is told that the database is locked, and each row is there once."""

from __future__ import annotations

import subprocess

import pytest

from tests.faults.site import Site, make_reports, of_size, write_reports
from tests.faults.test_kills import COUNTS

WRITERS = 8


@pytest.mark.slow
def test_eight_writers_beside_an_ingest_are_all_served(site: Site):
    each = of_size(6, 200)
    shared = make_reports(each)
    files = [
        write_reports(site.folder / f"{n}.jsonl", shared + make_reports(each, (n + 1) * 10_000))
        for n in range(WRITERS)
    ]
    running = [site.start("import_reports", str(f), "--source", "Wire") for f in files]
    running.append(site.start("extract_events", "--pending"))
    codes = [process.wait(of_size(180, 1800)) for process in running]
    assert codes == [0] * len(running), site.log()[-2000:]
    found = site.ask(COUNTS)
    assert found["reports"] == each * (WRITERS + 1)
    assert found["twice"] == []
    assert "locked" not in site.log()
    assert "hold" in site.run("verify_history")


@pytest.mark.slow
def test_a_backup_under_writing_is_whole_and_comes_back(site: Site):
    file = write_reports(site.folder / "r.jsonl", make_reports(of_size(60, 1000)))
    writer = site.start("import_reports", str(file), "--source", "Wire")
    copy = site.folder / "copy.tar"
    try:
        for _time in range(of_size(2, 10)):
            site.run("backup", str(copy), "--overwrite")
    finally:
        assert writer.wait(120) == 0
    kept = site.ask(COUNTS)
    site.run("restore", str(copy), "--overwrite")
    back = site.ask(COUNTS)
    assert back["reports"] <= kept["reports"]
    assert back["twice"] == []
    assert subprocess.run(["tar", "-tf", copy], check=True, capture_output=True).stdout
