"""The admin's configuration.

Autodiscovery is done by hand: leaflet's own admin module imports GeoDjango and so libgdal, which
this project does not need.
"""

from __future__ import annotations

import importlib.util

from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig

WITHOUT_ADMIN = {"leaflet"}


class IdlibmapAdminConfig(SimpleAdminConfig):
    """Django's admin, with autodiscovery that skips applications whose admin needs GDAL."""

    default_site = "idlibmap.desk.DeskSite"

    def ready(self) -> None:
        super().ready()
        for config in apps.get_app_configs():
            if config.label not in WITHOUT_ADMIN:
                _import_admin(config.name)


def _import_admin(package: str) -> None:
    name = f"{package}.admin"
    if importlib.util.find_spec(name) is not None:
        importlib.import_module(name)
