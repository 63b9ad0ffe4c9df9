"""A crash between any two file operations of publishing, a full disk, a clock that jumps.

What a reader gets is the old snapshot or the new one, whole, and a retracted event is gone.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import resource
import signal
import time
from pathlib import Path

import pytest

from events.publishing import snapshot, store
from events.publishing.snapshot import publish
from events.vocabulary import ReviewStatus
from tests.factories import make_place, make_published_event

pytestmark = pytest.mark.django_db


class Crash(BaseException):
    """The power goes: nothing after this point runs, not even a handler of errors."""


OPERATIONS = ("replace", "fsync", "open", "unlink")


class Power:
    """Counts file operations and goes off before the nth one."""

    def __init__(self, monkeypatch, left: int) -> None:
        self.left, self.done = left, 0
        for name in ("replace", "fsync", "open"):
            monkeypatch.setattr(store.os, name, self.guarded(getattr(os, name)))
        monkeypatch.setattr(Path, "unlink", self.guarded(Path.unlink))
        monkeypatch.setattr(Path, "open", self.guarded(Path.open))

    def guarded(self, real):
        def operation(*args, **values):
            if self.done == self.left:
                raise Crash
            self.done += 1
            return real(*args, **values)

        return operation


def read_whole(root: Path) -> dict:
    """The manifest in force, after reading all files that it names as a browser would."""
    manifest = store.open_manifest(root)
    names = [manifest["bin"]["url"], manifest["names"]["url"], *manifest["ids"]]
    names += [name for _row, name in manifest["texts"]["blocks"]]
    for name in names:
        for accepted in ("", "br", "gzip"):
            found = store.open_file(root, name, accepted)
            assert found.path.stat().st_size > 0
        stem = name.rpartition("-")[2].partition(".")[0]
        data = (root / name).read_bytes()
        assert hashlib.sha256(data).hexdigest()[:16] == stem
    return manifest


@pytest.fixture
def published(snapshot_root):
    """A snapshot in force and a change that waits to be published."""
    place = make_place("Saraqib")
    kept, gone = make_published_event(place=place), make_published_event(place=place)
    old = publish(snapshot_root)
    gone.status = ReviewStatus.RETRACTED
    gone.save()
    make_published_event(place=place, summary="new")
    make_published_event(place=place, start_date="2019-05-05", end_date="2019-05-05")
    return snapshot_root, old["hash"], kept, gone


def test_a_crash_before_any_file_operation_leaves_the_old_or_the_new_snapshot(
    published, monkeypatch, tmp_path
):
    root, old, _kept, _gone = published
    seen, step = set(), 0
    while True:
        with monkeypatch.context() as patch:
            power = Power(patch, step)
            try:
                publish(root)
                crashed = False
            except Crash:
                crashed = True
        now = read_whole(root)["hash"]
        seen.add(now == old)
        if not crashed:
            break
        step += 1
        _back_to_old(root, old, monkeypatch)
    assert step > 20, "every operation was a place to crash at"
    assert seen == {True, False}
    assert now != old
    assert power.done == step


def _back_to_old(root: Path, old: str, monkeypatch) -> None:
    """Each crash is tried on what the crash before left, with the pointer at the old snapshot."""
    manifest = json.loads((root / store.MANIFEST).read_bytes())
    if manifest["hash"] != old:
        saved = json.loads((root / "old.json").read_bytes())
        files = [saved["bin"]["url"], saved["names"]["url"], *saved["ids"]]
        files += [name for _row, name in saved["texts"]["blocks"]]
        store.point_to(root, saved, files)
    else:
        (root / "old.json").write_text(json.dumps(manifest))


def test_after_a_crash_the_next_publication_is_complete(published, monkeypatch):
    root, old, _kept, _gone = published
    with monkeypatch.context() as patch:
        Power(patch, 12)
        with pytest.raises(Crash):
            publish(root)
    assert publish(root)["hash"] != old
    read_whole(root)


@pytest.mark.parametrize("years", [-10, -1, 1, 10])
def test_a_clock_that_jumps_does_not_keep_a_retracted_event(published, monkeypatch, years):
    root, old, _kept, _gone = published
    publish(root)
    real = time.time()
    monkeypatch.setattr(store.time, "time", lambda: real + years * 365 * 86400)
    with pytest.raises(FileNotFoundError):
        store.open_file(root, f"{old}.bin")
    read_whole(root)
    publish(root)
    read_whole(root)


def publish_in_a_small_disk(root: Path, limit: int, answer) -> None:
    """In a child: no file may grow beyond `limit` bytes, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        data = os.urandom(100_000)
        with store.locked(root):
            made = store.put(root, data, ".bin")
            store.point_to(root, {"hash": made.name}, [made.name])
        answer.put("written")
    except OSError as error:
        answer.put(type(error).__name__)


@pytest.mark.parametrize("limit", [0, 10, 1000, 50_000, 99_999])
def test_a_full_disk_leaves_the_old_snapshot(published, limit):
    root, old, _kept, _gone = published
    context = multiprocessing.get_context("fork")
    answer = context.Queue()
    child = context.Process(target=publish_in_a_small_disk, args=(root, limit, answer))
    child.start()
    assert answer.get(timeout=30) == "OSError"
    child.join()
    assert read_whole(root)["hash"] == old
    assert not [p for p in root.iterdir() if p.name.startswith(".") and p.stat().st_size > limit]


def test_two_publishers_at_once_leave_one_whole_snapshot(published):
    root, _old, _kept, _gone = published
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=put_many, args=(root, number)) for number in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    manifest = store.open_manifest(root)
    assert store.open_file(root, manifest["bin"]).path.stat().st_size == 5000


def put_many(root: Path, number: int) -> None:
    for turn in range(10):
        with store.locked(root):
            made = store.put(root, bytes([number, turn]) * 2500, ".bin")
            store.point_to(root, {"bin": made.name}, [made.name])


def test_a_failed_publication_does_not_fail_the_editors_decision(
    published, monkeypatch, django_capture_on_commit_callbacks
):
    from events.tasks import republish_after_commit

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshot.store, "write", full)
    with django_capture_on_commit_callbacks(execute=True):
        republish_after_commit()
