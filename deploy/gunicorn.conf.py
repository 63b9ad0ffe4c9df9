"""How gunicorn serves the site: `gunicorn -c deploy/gunicorn.conf.py idlibmap.wsgi`."""

import gc
import multiprocessing
import os

from gunicorn import util

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")
# Requests wait for the database more than they compute: threads fill the gaps of each process.
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * multiprocessing.cpu_count() + 1))
threads = int(os.environ.get("GUNICORN_THREADS", 4))
worker_class = "gthread"
# Loaded once, before anybody can ask, and shared; new code comes in by a restart, not by a reload.
preload_app = True
# An export of a million events streams for minutes; gthread's heart beats meanwhile.
timeout = 60
graceful_timeout = 30
keepalive = 5
# A little leak never becomes a large one, and not all workers restart at once.
max_requests = 5000
max_requests_jitter = 500
# Only the proxy on this machine may say how the client came; where none is trusted, nobody may:
# over a tunnel or an onion service strangers come from this machine too.
proxies = os.environ.get("TRUSTED_PROXIES", "0").strip()
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1" if proxies != "0" else "")
# No header changes which address is asked for.
forwarder_headers = ""
limit_request_line = 8190
# No door beside the site's own.
control_socket_disable = True
accesslog = None
errorlog = "-"


REFUSAL = """HTTP/1.1 {status} {reason}\r
Connection: close\r
Content-Type: text/plain; charset=utf-8\r
Content-Length: {length}\r
X-Content-Type-Options: nosniff\r
X-Frame-Options: DENY\r
Referrer-Policy: same-origin\r
Cross-Origin-Opener-Policy: same-origin\r
Cross-Origin-Resource-Policy: same-origin\r
Permissions-Policy: camera=(), geolocation=(), microphone=()\r
Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'\r
\r
{reason}
"""


def refuse(client, status, reason, _message):
    """What no request of HTTP is: told with the site's headers, and nothing of it is quoted."""
    answer = REFUSAL.format(status=status, reason=reason, length=len(reason) + 1)
    util.write_nonblock(client, answer.encode("ascii", "replace"))


util.write_error = refuse


def when_ready(_server):
    """What was loaded stays as it is: workers share its memory and never look through it again."""
    gc.collect()
    gc.freeze()
