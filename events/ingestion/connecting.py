"""Connections that lead to the public internet alone and end in time.

The package resolves a name once, refuses private addresses and connects to the one it has checked.
Here is what it lets through: addresses of IPv6 that hold one of IPv4 in forms that Python's own
tables do not know, and servers that give a byte now and then, each in time.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Mapping
from typing import Any, ClassVar, TypeAlias

from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
INSIDE = frozenset({ipaddress.IPv4Address("168.63.129.16")})
"""Addresses that look public and are a hoster's own service for the machine that asks."""
SHORTEST = 0.5
Clocks: TypeAlias = list[tuple[threading.Timer, socket.socket]]
ISATAP = frozenset({0x00005EFE, 0x02005EFE})
"""The first half of an interface's number in which an address of IPv4 follows."""


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the public internet, however it is written."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast and address not in INSIDE
    # an address that holds one of IPv4 (mapped, compatible, translated, NAT64) is none of these
    tunnelled = (int(address) >> 32) & 0xFFFFFFFF in ISATAP
    return address in GLOBAL_UNICAST and address.is_global and not tunnelled


class Watched:
    """A connection that is cut when its time is over, wherever in the answer it stands then.

    Closing it stops no clock: an answer without a length is read on after that.
    """

    seconds: ClassVar[float]
    clocks: ClassVar[Clocks]

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        # a twin, since TLS takes the socket itself over, and its handshake has to end in time too
        twin = made.dup()
        clock = threading.Timer(self.seconds, cut, [twin])
        clock.daemon = True
        clock.start()
        self.clocks.append((clock, twin))
        return made


def cut(sock: socket.socket) -> None:
    """End a connection that another thread may be reading from."""
    with contextlib.suppress(OSError), sock:
        sock.shutdown(socket.SHUT_RDWR)


def pools(seconds: float, clocks: Clocks) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pools, by scheme, whose connections are cut after `seconds` by one of `clocks`."""
    kinds: dict[str, tuple[type[HTTPConnection], type[HTTPConnectionPool]]] = {
        "http": (HTTPConnection, HTTPConnectionPool),
        "https": (HTTPSConnection, HTTPSConnectionPool),
    }
    own = {"seconds": max(SHORTEST, seconds), "clocks": clocks}
    found = {}
    for scheme, (connection, pool) in kinds.items():
        watched = type(f"Watched{connection.__name__}", (Watched, connection), own)
        found[scheme] = type(f"Watched{pool.__name__}", (pool,), {"ConnectionCls": watched})
    return found


class PublicAdapter(IPFilterAdapter):
    """Sends to public addresses only, over connections that live for `seconds`."""

    def __init__(self, scheme: str, *, allow_loopback: bool, seconds: float) -> None:
        super().__init__(is_https_proto=scheme == "https", allow_loopback=allow_loopback)
        self.clocks: Clocks = []
        self.limit(seconds)

    def limit(self, seconds: float) -> None:
        """Connections made from now on live so long."""
        self.poolmanager.pool_classes_by_scheme = pools(seconds, self.clocks)

    def close(self) -> None:
        for clock, twin in self.clocks:
            clock.cancel()
            twin.close()
        super().close()

    def build_connection_pool_key_attributes(
        self, request: Any, verify: Any, cert: Any = None
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Where to connect. Raises InvalidIPAddress for what is not public."""
        host, options = super().build_connection_pool_key_attributes(request, verify, cert)
        address = ipaddress.ip_address(host["host"].strip("[]"))
        near = self._allow_loopback and address.is_loopback
        if not near and not is_public(address):
            raise InvalidIPAddress(address)
        return host, options
