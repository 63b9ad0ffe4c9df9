"""How small and how fast: the snapshot against the entropy of made-up events and xz on real ones.

python -m tests.bench.bench_snapshot [ROWS ...]      (100000 and 1000000 by default)
"""

from __future__ import annotations

import lzma
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import brotli
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
django.setup()

from events.publishing.pack import EventRow, pack  # noqa: E402
from tests.bench.generator import entropy_bytes, make_rows  # noqa: E402
from tests.publishing.test_snapshot_pack import plain_columns, read_ucdp  # noqa: E402

UCDP = Path(__file__).parents[3] / "shared/data/events/ucdp_ged191_syria_2016_2019.csv.gz"
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def compress(data: bytes, quality: int) -> bytes:
    return brotli.compress(data, quality=quality, lgwin=24)


def xz(data: bytes) -> int:
    return len(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))


def measure_made_up(count: int) -> None:
    rows = make_rows(count)
    packed, packing = timed(lambda: pack(rows))
    small, compressing = timed(lambda: compress(packed.data, 9))
    limit = entropy_bytes(count)
    print(f"\n{count:,} made-up events")
    print(f"  packed in {packing:.2f} s, brotli 9 in {compressing:.2f} s", end="")
    print(f", together {packing + compressing:.2f} s (goal for 1,000,000: 5 s)")
    print(f"  {len(packed.data):,} bytes, brotli 9 {len(small):,}", end="")
    print(f", entropy {limit:,.0f}: {len(small) / limit:.3f} of it (goal 1.45 at 100k, 1.35 at 1M)")


def measure_real(rows: list[EventRow]) -> None:
    packed, packing = timed(lambda: pack(rows))
    plain = xz(plain_columns(rows))
    print(f"\n{len(rows):,} real events (UCDP GED 19.1, Syria)")
    print(f"  packed in {packing:.2f} s; xz -9e of the plain columns {plain:,} bytes")
    for quality in (9, 11):
        small = len(compress(packed.data, quality))
        print(f"  brotli {quality}: {small:,} bytes, {small / plain:.3f} of that (goal 1.05)")
    print(f"  xz -9e of the packed file: {xz(packed.data):,} bytes")


def main(counts: list[int]) -> None:
    if UCDP.exists():
        measure_real(read_ucdp(UCDP))
    for count in counts:
        measure_made_up(count)


if __name__ == "__main__":
    main([int(arg) for arg in sys.argv[1:]] or [100_000, 1_000_000])
