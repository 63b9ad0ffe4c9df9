"""How long `import_events` takes for many made-up events of our CSV, and how much memory.

DATABASE_URL=postgres://... python -m tests.bench.bench_import [ROWS]      (1000000 by default)

The database must be migrated and is written to: give it one of its own. Goal at a million rows on
PostgreSQL: 240 s and 300 MB.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from events.models import Event  # noqa: E402
from events.publishing.exports import OUR_COLUMNS  # noqa: E402
from events.vocabulary import SubEventType  # noqa: E402
from tests.bench.processor import backend_seconds  # noqa: E402

PLACES, ACTORS, FIRST = 3000, 60, dt.date(2015, 1, 1)


def write_table(path: Path, count: int, seed: int = 1) -> None:
    """A table of `count` events at PLACES places, from a fixed seed."""
    rng = random.Random(seed)
    points = [(rng.uniform(34.8, 36.6), rng.uniform(35.8, 37.8)) for _n in range(PLACES)]
    types = [t.codebook_name for t in SubEventType]
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, OUR_COLUMNS, restval="")
        writer.writeheader()
        for number in range(count):
            place = min(int(rng.expovariate(0.002)), PLACES - 1)
            day = (FIRST + dt.timedelta(days=rng.randrange(3650))).isoformat()
            killed = int(rng.expovariate(0.5))
            lat, lon = points[place]
            writer.writerow(
                {
                    "id": f"made-up-{number}",
                    "sub_event_type": rng.choice(types),
                    "start_date": day,
                    "end_date": day,
                    "time_precision": "day",
                    "place": f"Made-up village {place}",
                    "country": "SY",
                    "latitude": f"{lat:.4f}",
                    "longitude": f"{lon:.4f}",
                    "radius_km": 1,
                    "geo_precision": 1,
                    "actors": f"Made-up brigade {rng.randrange(ACTORS)}",
                    "fatalities_low": killed,
                    "fatalities_best": killed,
                    "fatalities_high": killed + 2,
                    "summary": f"Made-up shelling {number} of a village, told in a line or so.",
                }
            )


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        write_table(path, count)
        print(f"{count:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        before, started = Event.objects.count(), time.perf_counter()
        own, database = time.process_time(), backend_seconds()
        call_command(
            "import_events", str(path), "--format", "csv", "--source", "bench", "--publish"
        )
        seconds = time.perf_counter() - started
        own, database = time.process_time() - own, backend_seconds() - database
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    added = Event.objects.count() - before
    print(f"{added:,} added in {seconds:.1f} s, {count / seconds:,.0f} rows/s, peak {peak:.0f} MB")
    print(f"processor: program {own:.1f} s, database {database:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
