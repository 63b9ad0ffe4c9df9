"""Who asks, and how often they may: the one place that knows a client's address."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

UNKNOWN = "0.0.0.0"  # noqa: S104  (no listening here)
"""The address of a client that has none, as behind a socket file."""
LONGEST_FORWARDED = 2000
NETWORK = 64
"""Leading bits of an IPv6 address that one subscriber holds; the rest they choose as they like."""
PERIOD = 60.0


def client_address(request: HttpRequest) -> str:
    """The address that a request came from; of an IPv6 address the network, as `2001:db8::`.

    Forwarded addresses count only behind configured proxies: with n trusted proxies it is the nth
    from the right of X-Forwarded-For, which the outermost of them wrote; what stands before it a
    client can make up.
    """
    direct = network_of(str(request.META.get("REMOTE_ADDR") or UNKNOWN)) or UNKNOWN
    trusted = settings.TRUSTED_PROXIES
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))[-LONGEST_FORWARDED:].split(",")
    if not trusted or len(hops) < trusted:
        return direct
    return network_of(hops[-trusted].strip()) or direct


def network_of(text: str) -> str:
    """The address as it is counted; "" for what is none."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, NETWORK), strict=False).network_address)


class RateLimitMiddleware:
    """At most RATE_LIMIT requests a minute from one address and process; 0 sets no limit."""

    MOST_ADDRESSES = 20_000

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.lock = threading.Lock()
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = settings.RATE_LIMIT
        if limit and not self.takes(client_address(request), limit, time.monotonic()):
            plain = "text/plain; charset=utf-8"
            answer = HttpResponse("Too many requests.\n", status=429, content_type=plain)
            answer["Retry-After"] = "5"
            return answer
        return self.get_response(request)

    def takes(self, address: str, limit: int, now: float) -> bool:
        """Whether one more request fits: a bucket of `limit` that fills up again in a minute."""
        with self.lock:
            left, since = self.buckets.pop(address, (float(limit), now))
            left = min(float(limit), left + (now - since) * limit / PERIOD)
            self.buckets[address] = (left - 1 if left >= 1 else left, now)
            # whoever asked longest ago is forgotten first; a crowd frees nobody who still asks
            while len(self.buckets) > self.MOST_ADDRESSES:
                self.buckets.popitem(last=False)
            return left >= 1
