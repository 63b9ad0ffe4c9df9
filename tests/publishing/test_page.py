"""What the map page's modules are told."""

from __future__ import annotations

import pytest

from events.publishing.page import page_config
from events.publishing.snapshot import publish

pytestmark = pytest.mark.django_db


def test_a_base_map_of_ones_own_comes_with_whom_to_name(settings, snapshot_root):
    settings.TILE_URL = "/tiles/idlib/{z}/{x}/{y}.png"
    settings.TILE_ATTRIBUTION = "© Example Org"
    told = page_config()
    assert (told["tileUrl"], told["tileAttribution"]) == (
        "/tiles/idlib/{z}/{x}/{y}.png",
        "© Example Org",
    )


def test_the_page_brings_the_manifest_of_its_moment_or_none(snapshot_root):
    assert page_config()["manifest"] is None
    manifest = publish(snapshot_root)
    assert page_config()["manifest"] == manifest
