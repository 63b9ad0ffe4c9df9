"""A client's address behind proxies, and how often one may ask."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from events.limits import UNKNOWN, RateLimitMiddleware, client_address

ENEMY, HOME = "203.0.113.9", "198.51.100.7"


def asked_from(address: str, forwarded: str = ""):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.1.1.1", HOME),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        (2, "9.9.9.9, 1.1.1.1, 10.0.0.2", "1.1.1.1"),
        (2, "1.1.1.1", HOME),
        (1, "", HOME),
        (1, "<script>", HOME),
        (1, "1.1.1.1" * 40, HOME),
        (1, "1.1.1.1.1", HOME),
        (1, "999.1.1.1", HOME),
        (1, "1.1.1.1:4711", HOME),
        (1, "::ffff:1.1.1.1", "1.1.1.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "fe80::1%eth0\r\nX: y", "fe80::"),
        (1, "1.1.1.1\x00", HOME),
        (3, ", , 1.1.1.1", HOME),
    ],
)
def test_forwarded_addresses_count_only_behind_configured_proxies(
    settings, proxies, forwarded, expected
):
    settings.TRUSTED_PROXIES = proxies
    assert client_address(asked_from(HOME, forwarded)) == expected


@pytest.mark.parametrize(
    ("direct", "expected"),
    [("", UNKNOWN), ("2001:db8::7", "2001:db8::"), ("unix:", UNKNOWN), ("::1", "::")],
)
def test_any_direct_address_is_one_that_can_be_stored(direct, expected):
    assert client_address(asked_from(direct)) == expected


def test_all_addresses_of_one_subscriber_share_one_limit():
    limited = RateLimitMiddleware(lambda _request: None)
    mine = [client_address(asked_from(f"2001:db8:7:7::{n:x}")) for n in range(1, 7)]
    assert [limited.takes(a, 5, 0.0) for a in mine] == [True] * 5 + [False]


def test_more_than_the_limit_a_minute_is_429_and_others_are_not_touched():
    limited = RateLimitMiddleware(lambda _request: None)
    assert [limited.takes(ENEMY, 5, 0.0) for _ in range(6)] == [True] * 5 + [False]
    assert limited.takes(HOME, 5, 0.0)
    assert limited.takes(ENEMY, 5, 12.0)
    assert not limited.takes(ENEMY, 5, 12.0)


def test_a_crowd_of_addresses_frees_nobody_who_still_asks(monkeypatch):
    limited = RateLimitMiddleware(lambda _request: None)
    monkeypatch.setattr(limited, "MOST_ADDRESSES", 10)
    for turn in range(100):
        limited.takes(f"10.0.0.{turn}", 5, 0.0)
        last = limited.takes(ENEMY, 5, 0.0)
    assert not last
    assert len(limited.buckets) == 10


@pytest.mark.django_db
def test_a_limited_client_is_told_when_to_come_back(settings):
    settings.RATE_LIMIT = 1
    client = Client()
    codes = [client.get("/about/").status_code for _ in range(3)]
    assert 429 in codes
    assert client.get("/about/")["Retry-After"]
    assert client.get("/api/")["Content-Type"] == "application/problem+json"
