"""The map against GeoJSON + Leaflet.markercluster: same events, same session, headless Chromium.

    python -m tests.bench.map.bench_map [--rows 100000 1000000] [--no-baseline] [--keep FOLDER]

Prints times and ratios. Usable means for both that all events are drawn on the map and input is
answered; ours draws list, bars and counts in the frame after, which is printed too. The baseline
runs at the first number of rows only; npm fetches markercluster into a temporary folder. Our page
is served as in production, by one process.

Steps are windows of the same length on both sides, ours more of them, and how many events each
side shows is printed. A step's script is all that ran on the page's thread for it, in CPU time, so
that a busy machine counts for less. Each step is begun by a timer of its own: what runs after an
`await` is not in the browser's sum, which made the baseline look three times cheaper than it is.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
django.setup()

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.bench.generator import DAYS, FIRST_DAY, make_rows  # noqa: E402
from tests.bench.map import serve  # noqa: E402
from tests.bench.map.files import write_baseline, write_snapshot  # noqa: E402

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
    "--enable-precise-memory-info",
]  # fmt: skip
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1280, "height": 800}
WINDOW = 1095
"""Days under the brush: three of the ten years."""
STEPS = {"ours": 100, "baseline": 6}
START = FIRST_DAY + 1200
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}

Numbers = dict[str, float]

OURS = """window.bench = {
  iso: (day) => new Date(day * 864e5).toISOString().slice(0, 10),
  get shown() { return idlibmap.rows.visible; },
  window: (from, to) => idlibmap.state.update({ from: bench.iso(from), to: bench.iso(to) }),
  types: (types) => idlibmap.state.update({ types }),
  steps(from, length, count) {
    const days = Array.from({ length: count }, (_, k) => (
      { from: bench.iso(from + k), to: bench.iso(from + k + length) }));
    return (k) => idlibmap.state.update(days[k]);
  },
}"""
BASELINE = """window.bench = Object.assign(baseline, {
  steps: (from, length) => (k) => baseline.window(from + k, from + k + length),
})"""
EACH = """new Promise((resolve) => {
  let k = 0;
  const go = () => { if (k >= count) resolve(); else step(k++).then(() => setTimeout(go)); };
  setTimeout(go);
})"""
STEPPING = f"""([from, length, count]) => {{
  const step = bench.steps(from, length, count);
  return {EACH};
}}"""
TOGGLING = f"""([types, count]) => {{
  const step = (k) => bench.types(k % 2 ? [] : types);
  return {EACH};
}}"""
PLAYING = """([from, length, ms]) => new Promise((resolve) => setTimeout(async () => {
  const start = performance.now();
  let frames = 0;
  const frame = () => {
    const elapsed = performance.now() - start;
    if (elapsed > ms) return resolve((1000 * frames) / elapsed);
    frames += 1;
    bench.window(from + frames, from + frames + length);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}))"""
QUIET = """() => new Promise((resolve) => {
  const shifts = [], tasks = [];
  const read = (type, into) => new PerformanceObserver((list) => into.push(...list.getEntries()))
    .observe({ type, buffered: true });
  read('layout-shift', shifts);
  read('longtask', tasks);
  setTimeout(() => resolve({
    'layout shift after first paint': shifts.reduce((sum, { value }) => sum + value, 0),
    'longest task ms': Math.max(0, ...tasks.map(({ duration }) => duration)),
  }), 50);
})"""
MEASURES = "name => performance.getEntriesByName(name).map((entry) => entry.duration)"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--no-baseline", action="store_true")
    parser.add_argument("--keep", type=Path, help="folder to build in and keep")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = options.keep or Path(temporary)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for number, count in enumerate(options.rows):
            rows = make_rows(count)
            ours = measure_ours(browser, folder / str(count), rows)
            tell(f"{count:,} events", ours)
            if number == 0 and not options.no_baseline:
                baseline = measure_baseline(browser, folder / "baseline", rows)
                tell(f"{count:,} events, GeoJSON + markercluster", baseline)
                compare(ours, baseline)


def tell(title: str, numbers: Numbers) -> None:
    print(f"\n{title}")
    for name, value in numbers.items():
        print(f"  {name:<42} {value:>10,.2f}")


def compare(ours: Numbers, baseline: Numbers) -> None:
    print("\nratios (baseline / ours)")
    for name in ("usable ms", "brush step, script ms", "type toggle, script ms"):
        print(f"  {name:<42} {baseline[name] / max(ours[name], 1e-6):>10,.1f}")
    print(f"  {'frames a second (ours / baseline)':<42} {ours['fps'] / baseline['fps']:>10,.1f}")


def measure_ours(browser: Browser, folder: Path, rows: list[Any]) -> Numbers:
    write_snapshot(folder, rows)
    with serve.application(folder) as address:
        with opened(browser, address) as page:
            found: Numbers = {"usable ms": usable(page, "idlibmap:usable")}
            found |= {"list, bars and counts drawn, ms": usable(page, "idlibmap:whole")}
            page.wait_for_timeout(1500)
            found |= page.evaluate(QUIET)
            found |= {"heap and buffers MB": heap(page)}
            page.evaluate(OURS)
            found |= steps(page, STEPS["ours"])
            found |= {"brush step, filter ms": filter_ms(page)}
            found |= toggles(page, 20)
            found |= {"type toggle, filter ms": filter_ms(page)}
            found |= {"fps": page.evaluate(PLAYING, [START, WINDOW, 3000])}
            found |= {"heap and buffers MB after use": heap(page)}
        found |= {"usable ms, median of 5": median_usable(browser, address)}
        slow = median_usable(browser, address, slow=True, times=3)
        found |= {"usable ms, CPU / 4, 10 Mbit/s": slow}
    return found


def median_usable(browser: Browser, address: str, *, slow: bool = False, times: int = 5) -> float:
    """The middle of some first visits, each with empty caches."""
    found = []
    for _ in range(times):
        with opened(browser, address, slow=slow) as page:
            found.append(usable(page, "idlibmap:usable"))
    return statistics.median(found)


def measure_baseline(browser: Browser, folder: Path, rows: list[Any]) -> Numbers:
    write_baseline(folder, rows, serve.leaflet_folder())
    with serve.folder(folder) as address, opened(browser, f"{address}/baseline.html") as page:
        found: Numbers = {"usable ms": usable(page, "usable")}
        found |= {"heap and buffers MB": heap(page)}
        page.evaluate(BASELINE)
        found |= steps(page, STEPS["baseline"])
        found |= toggles(page, 4)
        found |= {"fps": page.evaluate(PLAYING, [START, WINDOW, 3000])}
    return found


@contextmanager
def opened(browser: Browser, address: str, *, slow: bool = False) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.set_default_timeout(180_000)
    if slow:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address)
    yield page
    context.close()


def usable(page: Page, mark: str) -> float:
    """Milliseconds from the start of navigation to the mark."""
    page.wait_for_function("name => performance.getEntriesByName(name).length > 0", arg=mark)
    return page.evaluate("name => performance.getEntriesByName(name)[0].startTime", mark)


@contextmanager
def script_time(page: Page) -> Iterator[Numbers]:
    """The page's script meanwhile, in milliseconds of CPU time, as {"ms": ...} afterwards."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def so_far() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(m["value"] for m in metrics if m["name"] == "ScriptDuration")

    before, found = so_far(), {}
    yield found
    found["ms"] = so_far() - before
    session.detach()


def heap(page: Page) -> float:
    """Megabytes of heap and array buffers after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    return (usage["usedSize"] + usage.get("backingStorageSize", 0)) / 1e6


def steps(page: Page, count: int) -> Numbers:
    """The brush moves on by a day at a time."""
    page.evaluate(STEPPING, [START - 5, WINDOW, 5])
    page.evaluate("() => performance.clearMeasures()")
    with script_time(page) as found:
        page.evaluate(STEPPING, [START, WINDOW, count])
    shown = page.evaluate("() => bench.shown")
    return {"events under the brush": shown, "brush step, script ms": found["ms"] / count}


def toggles(page: Page, count: int) -> Numbers:
    """Half of all events off and on again, over the whole period."""
    page.evaluate("days => bench.window(...days)", [FIRST_DAY - 1, FIRST_DAY + 2 * DAYS])
    explosions = ["air_drone_strike", "shelling", "remote_explosive"]
    page.evaluate(TOGGLING, [explosions, 2])
    page.evaluate("() => performance.clearMeasures()")
    with script_time(page) as found:
        page.evaluate(TOGGLING, [explosions, count])
    return {"type toggle, script ms": found["ms"] / count}


def filter_ms(page: Page) -> float:
    """The mean of the page's own measure since it was cleared; its clock ticks in tenths."""
    found = page.evaluate(MEASURES, "idlibmap:filter")
    return statistics.fmean(found) if found else float("nan")


if __name__ == "__main__":
    main()
