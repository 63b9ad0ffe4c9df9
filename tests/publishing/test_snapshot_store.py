"""Snapshot files on disk: whole or not at all, found by name, gone when their time is over."""

from __future__ import annotations

import gzip
import os

import brotli
import pytest

from events.publishing import store


@pytest.fixture
def root(tmp_path):
    return tmp_path


def publish(root, text: str) -> store.StoredFile:
    file = store.put(root, text.encode(), ".bin")
    store.point_to(root, {"bin": file.name}, [file.name])
    return file


def read(root, name: str, accept: str = "") -> bytes:
    found = store.open_file(root, name, accept)
    data = found.path.read_bytes()
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[found.encoding]
    return decode(data)


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("", ""),
        ("identity", ""),
        ("zstd, x-br", ""),
    ],
)
def test_a_browser_gets_the_best_twin_it_accepts(root, accept, encoding):
    file = publish(root, "data " * 100)
    found = store.open_file(root, file.name, accept)
    assert found.encoding == encoding
    assert read(root, file.name, accept) == b"data " * 100


@pytest.mark.parametrize(
    "name",
    ["../settings.py", "", ".lock", "retired.json", "0" * 16 + ".bin.br", "x.bin", "/etc/passwd",
     "text-" + "0" * 16 + ".json", "manifest.json"],
)  # fmt: skip
def test_no_other_file_is_served(root, name):
    with pytest.raises(FileNotFoundError):
        store.open_file(root, name, "br")


def test_the_manifest_is_short_lived_and_the_files_are_not(root):
    file = publish(root, "data")
    assert "max-age=15" in store.open_file(root, "manifest.json").cache_control
    assert "immutable" in store.open_file(root, file.name).cache_control


def test_an_old_file_is_served_for_a_grace_and_then_no_more(root, monkeypatch):
    old = publish(root, "old")
    publish(root, "new")
    assert read(root, old.name) == b"old"
    now = store.time.time()
    monkeypatch.setattr(store.time, "time", lambda: now + store.GRACE + 1)
    with pytest.raises(FileNotFoundError):
        store.open_file(root, old.name)
    publish(root, "newest")
    assert not list(root.glob(f"{old.name}*"))


def test_a_file_that_comes_back_is_served_again(root, monkeypatch):
    old = publish(root, "old")
    publish(root, "new")
    now = store.time.time()
    monkeypatch.setattr(store.time, "time", lambda: now + store.GRACE + 1)
    publish(root, "old")
    assert read(root, old.name, "br") == b"old"


def test_a_crash_between_any_two_steps_leaves_the_old_snapshot_or_the_new_one(root, monkeypatch):
    publish(root, "old")
    replace, steps = os.replace, 0

    def count(*paths):
        nonlocal steps
        steps += 1
        replace(*paths)

    monkeypatch.setattr(store.os, "replace", count)
    publish(root, "counted")
    publish(root, "old")
    seen = set()
    for crash_at in range(1, steps + 1):
        left = crash_at

        def crash(*paths):
            nonlocal left
            left -= 1
            if left == 0:
                raise OSError("the power went")
            replace(*paths)

        monkeypatch.setattr(store.os, "replace", crash)
        try:
            publish(root, f"new {crash_at}")
        except OSError:
            pass
        name = store.open_manifest(root)["bin"]
        seen.add(read(root, name, "br").decode().partition(" ")[0])
        assert read(root, name) == read(root, name, "br") == read(root, name, "gzip")
        monkeypatch.setattr(store.os, "replace", replace)
        publish(root, "old")
    assert seen == {"old", "new"}


def test_nothing_published_is_said_plainly(root):
    with pytest.raises(FileNotFoundError, match="no snapshot was published yet"):
        store.open_manifest(root)


def test_half_written_files_of_a_dead_publisher_go_away(root):
    leftover = root / ".0123456789abcdef.bin.999"
    leftover.write_bytes(b"half")
    os.utime(leftover, (0, 0))
    publish(root, "data")
    assert not leftover.exists()
