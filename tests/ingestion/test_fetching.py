"""Fetching: only public http(s) addresses, at every hop, bounded in size, time and hops."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from events.exceptions import FetchRefused
from events.ingestion import fetching
from events.ingestion.connecting import is_public
from events.ingestion.fetching import fetch, make_session

SPELLINGS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://0/",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[ff02::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://192.0.0.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2001::7f00:1]/",
    "http://[2001:4860::5efe:7f00:1]/",
    "http://[2001:4860::200:5efe:a00:1]/",
    "http://[fec0::1]/",
    "http://[100::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1%25eth0]/",
    "http://168.63.129.16/",
    "http://192.88.99.1/",
    "http://ｌｏｃａｌｈｏｓｔ/",
    "http://127.000.000.001/",
    "http://127.0.0.1\\@example.org/",
    "http://user@127.0.0.1/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1:22/",
    "http://example.org:22/",
    "file:///etc/passwd",
    "ftp://example.org/",
    "gopher://127.0.0.1:6379/_x",
    "data:text/html,x",
    "//127.0.0.1/",
    "http://",
    "http:///x",
    "http://exa mple.org/",
    "http://example.org/\r\nHost: x",
    "http://[::1",
    "http://example.org:99999/",
    "",
]


@pytest.mark.parametrize("url", SPELLINGS)
def test_every_spelling_of_a_private_address_is_refused(url):
    with pytest.raises(FetchRefused):
        fetch(url)


def test_a_name_that_points_at_this_machine_is_refused(monkeypatch):
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: answer)
    with pytest.raises(FetchRefused, match="not allowed"):
        fetch("http://rebound.example.org/")


def test_the_address_that_was_checked_is_the_one_that_is_connected(monkeypatch):
    """A name whose address changes after the check leads nowhere else: it is resolved once."""
    asked, reached = [], []
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]

    def resolve(host, *args, **kwargs):
        asked.append(host)
        return answer

    def connect(self, address):
        reached.append(address[0])
        raise OSError("no network in a test")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(FetchRefused):
        fetch("http://changing.example.org/")
    assert asked.count("changing.example.org") == 1
    assert set(reached) <= {"93.184.216.34"}


def test_the_environments_proxies_are_not_used():
    assert make_session().trust_env is False


class Site(BaseHTTPRequestHandler):
    """A small site with good and bad answers."""

    def do_GET(self):
        if self.path == "/good":
            return self.answer(b"<p>Jets over Idlib</p>")
        if self.path == "/big":
            return self.answer(b"x" * 300_000)
        if self.path == "/broken":
            return self.answer(b"short", length=100)
        targets = {
            "/once": "/good",
            "/loop": "/loop",
            "/inside": "http://10.0.0.1/",
            "/meta": "http://169.254.169.254/",
            "/file": "file:///etc/passwd",
        }
        if self.path in targets:
            self.send_response(302)
            self.send_header("Location", targets[self.path])
            self.end_headers()
            return None
        return self.send_error(404)

    def answer(self, body, length=None):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def site(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    monkeypatch.setattr(fetching, "PORTS", frozenset({None, 80, port}))
    yield f"http://127.0.0.1:{port}"
    server.shutdown()


def near(url):
    """Fetch with this machine allowed, as only tests do."""
    return fetch(url, make_session(allow_loopback=True))


def test_a_page_comes_with_its_type_and_last_address(site):
    fetched = near(f"{site}/once")
    assert fetched.content == b"<p>Jets over Idlib</p>"
    assert fetched.content_type == "text/html"
    assert fetched.url == f"{site}/good"


@pytest.mark.parametrize("path", ["/inside", "/meta", "/file"])
def test_a_redirect_to_a_private_address_is_refused(site, path):
    with pytest.raises(FetchRefused):
        near(site + path)


@pytest.mark.parametrize(
    ("path", "hint"), [("/loop", "redirects"), ("/none", "404"), ("/broken", "broke off")]
)
def test_bad_answers_are_named(site, path, hint):
    with pytest.raises(FetchRefused, match=hint):
        near(site + path)


def test_too_much_and_too_slow_are_refused(site, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 2**17)
    with pytest.raises(FetchRefused, match="MB"):
        near(f"{site}/big")
    monkeypatch.setattr(fetching, "MOST_BYTES", 2**20)
    monkeypatch.setattr(fetching, "MOST_SECONDS", -1.0)
    with pytest.raises(FetchRefused, match="took more"):
        near(f"{site}/big")


def dripping(head: bytes) -> str:
    """The address of a server that sends `head` and then a byte now and then, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        client, _address = listener.accept()
        with contextlib.suppress(OSError), client:
            client.recv(1000)
            client.sendall(head)
            for _time in range(100):
                client.sendall(b"x")
                time.sleep(0.1)

    threading.Thread(target=drip, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ],
    ids=["in its headers", "with a length", "without a length"],
)
def test_a_server_that_drips_is_left_in_time(monkeypatch, head):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.5)
    url = dripping(head)
    monkeypatch.setattr(fetching, "PORTS", frozenset({int(url.rpartition(":")[2])}))
    started = time.monotonic()
    with pytest.raises(FetchRefused):
        near(url)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("10.0.0.1", False),
     ("::7f00:1", False), ("2001:4860::5efe:7f00:1", False), ("ff02::1", False), ("::", False)],
)  # fmt: skip
def test_the_public_internet_is_told_from_all_else(address, public):
    assert is_public(ipaddress.ip_address(address)) is public
