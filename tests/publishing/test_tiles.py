"""Tiles: the z-order range of a tile holds exactly its events, and the counts add up."""

from __future__ import annotations

import math
import random

import pytest

from events.models import Event
from events.models.points import morton
from events.publishing.tiles import key_range, tile
from events.vocabulary import ReviewStatus
from tests.factories import make_event, make_place


def tile_of(lat, lon, z):
    size = 1 << z
    x = int((lon + 180) / 360 * size)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size)
    return x, y


@pytest.mark.parametrize("z", [0, 1, 5, 9, 14, 20])
def test_a_points_key_lies_in_the_range_of_its_tile_and_of_no_other(z):
    draw = random.Random(z)
    for _ in range(50):
        lat, lon = draw.uniform(-80, 80), draw.uniform(-179, 179)
        x, y = tile_of(lat, lon, z)
        first, last = key_range(z, x, y)
        assert first <= morton(lat, lon) <= last
        if z:
            other_first, other_last = key_range(z, (x + 1) % (1 << z), y)
            assert not other_first <= morton(lat, lon) <= other_last


@pytest.mark.parametrize("address", [(-1, 0, 0), (23, 0, 0), (1, 2, 0), (3, 0, 8), (2, -1, 0)])
def test_a_tile_that_is_not_there_is_refused(address):
    with pytest.raises(ValueError, match="no tile"):
        key_range(*address)


@pytest.mark.django_db
def test_the_counts_of_a_tile_are_those_of_its_quarters():
    draw = random.Random(7)
    region = make_place("Idlib Governorate", 35.83, 36.67, kind="governorate")
    for n in range(60):
        spot = {"latitude": draw.uniform(34, 37), "longitude": draw.uniform(35, 38)}
        kind = ["air_drone_strike", "armed_clash"][n % 2]
        make_event(status=ReviewStatus.PUBLISHED, sub_event_type=kind, **spot)
    make_event(place=region, geo_precision=3, status=ReviewStatus.PUBLISHED)
    events, (x, y) = Event.objects.published(), tile_of(35.8, 36.6, 6)
    whole = tile(events, 6, x, y)
    quarters = [tile(events, 7, 2 * x + i, 2 * y + j) for i in (0, 1) for j in (0, 1)]
    assert whole["count"] == sum(q["count"] for q in quarters) > 0
    assert whole["regions"] == [{"place": "idlib-governorate", "count": 1}]
    for cell in whole["cells"]:
        assert cell["count"] == sum(cell["types"].values())
    everything = tile(events, 0, 0, 0)
    assert everything["count"] == 61


@pytest.mark.django_db
def test_tiles_honour_filters_and_gate(client):
    make_event(place=make_place("Ariha", 35.81, 36.61), status=ReviewStatus.PUBLISHED)
    make_event(place=make_place("Binnish", 35.95, 36.71))
    assert client.get("/api/tiles/0/0/0").json()["count"] == 1
    assert client.get("/api/tiles/0/0/0?type=battles").json()["count"] == 0
    assert client.get("/api/tiles/1/9/0").status_code == 404
    assert client.get("/api/tiles/0/0/0?type=peace").status_code == 400
