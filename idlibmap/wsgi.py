"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
application = get_wsgi_application()


def make_ready() -> None:
    """Load addresses, pages and the map's packed code now: the first readers wait for nothing."""
    from django.http import HttpRequest
    from django.template.loader import get_template
    from django.urls import resolve

    from events.admin.readiness import make_ready as make_desk_ready

    request = HttpRequest()
    request.method, request.path = "GET", "/embed/"
    resolve(request.path).func(request)  # the page that asks no database
    for name in ("map.html", "events.html", "event.html", "about.html", "api/items.html"):
        get_template(name)
    make_desk_ready()


make_ready()
