"""How the cost of a data set grows with its customers, from 100,000 to 20 million.

    python benchmarks/growth.py                      all sizes; the largest needs 10 GB of disk
    python benchmarks/growth.py --measured 1000000   larger ones are reckoned, not measured
    python benchmarks/growth.py --quick              small, to see that it works

Every size is written as Parquet by a process of its own, one block at a time. A row says
where it was not measured but reckoned, in proportion to the largest that was measured.
Sizes for which the disk has no room are reckoned as well. Then one size is made in several
ways, side by side.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

SIZES = (100_000, 300_000, 1_000_000, 20_000_000)
QUICK = (1_000, 2_000, 20_000_000)
ROOM = 2
"""So many times what a size is reckoned to fill must be free before it is measured."""


class Cost(NamedTuple):
    """What a data set costs: seconds by the clock and of the processor, and megabytes."""

    seconds: float
    cpu: float
    written: float
    memory: float


def main() -> None:
    """Measure or reckon every size, then the ways to make one; print a row for each."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="small, to see that it works")
    options.add_argument("--measured", type=int, help="the largest size that is measured")
    options.add_argument("--folder", type=Path, help="where the data sets are written for a while")
    options.add_argument("--one", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        print(json.dumps(cost(**json.loads(chosen.one), folder=chosen.folder)))
        return
    sizes = QUICK if chosen.quick else SIZES
    grown(sizes, chosen.measured or (sizes[-2] if chosen.quick else sizes[-1]), chosen.folder)
    several_ways(sizes[1], chosen.folder)


def grown(sizes: tuple[int, ...], most: int, folder: Path | None) -> None:
    """One row for each size; after each figure how many times that of the smallest it is."""
    heads = ("seconds", "of CPU", "MB written", "peak MB")
    print(f"{'customers':<10}{'times':>9}" + "".join(f"{head:>12}{'times':>10}" for head in heads))
    known: dict[int, Cost] = {}
    for customers in sizes:
        line = reckoned(known, customers) if known else None
        room = shutil.disk_usage(folder or tempfile.gettempdir()).free / 1e6
        if line is None or (customers <= most and line.written * ROOM < room):
            known[customers] = now = child(folder, customers=customers)
            note = ""
        else:
            now, note = line, "  reckoned"
        first = next(iter(known))
        figures = zip(now, known[first], strict=True)
        row = [f"{one:>12,.0f}{one / other:>10.2f}" for one, other in figures if one]
        print(f"{customers:<10,}{customers / first:>9g}", *row, note, sep="", flush=True)


def reckoned(known: dict[int, Cost], customers: int) -> Cost:
    """What a size costs in proportion to the largest that is known. Memory is not reckoned."""
    large, there = list(known.items())[-1]
    share = customers / large
    return Cost(there.seconds * share, there.cpu * share, there.written * share, 0)


def several_ways(customers: int, folder: Path | None) -> None:
    """One row for each way to make the same shop, by the clock, in times of the first."""
    many = os.cpu_count() or 1
    ways: dict[str, dict[str, object]] = {
        "one block at a time": {},
        f"{many} blocks at a time": {"workers": many},
        f"a cluster of {many} processes here, start and all": {"cluster": "local"},
    }
    print(f"\n{customers:,} customers")
    first = 0.0
    for way, words in ways.items():
        seconds = child(folder, customers=customers, **words).seconds
        first = first or seconds
        print(f"  {way:<48}{seconds:>8.1f} s {seconds / first:>6.2f} times", flush=True)


def child(folder: Path | None, **words: object) -> Cost:
    """What a process of its own needs: this one has loaded other things by then."""
    command = [sys.executable, __file__, "--one", json.dumps(words)]
    command += ["--folder", str(folder)] if folder else []
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(*json.loads(done.stdout))


def cost(customers: int, folder: Path | None, **words: object) -> Cost:
    """Write a shop, and say what that cost."""
    import resource

    from retailkit.files import write_plan
    from retailkit.generate.plan import plan_of

    with tempfile.TemporaryDirectory(dir=folder) as place:
        began = time.perf_counter()
        plan = plan_of(seed=7, customers=customers, market="ES")
        shop = write_plan(plan, Path(place, "shop"), ["parquet"], **words)  # type: ignore[arg-type]
        seconds, written = (
            time.perf_counter() - began,
            sum(f.stat().st_size for f in shop.iterdir()),
        )
    used = resource.getrusage(resource.RUSAGE_SELF)
    memory = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Cost(seconds, used.ru_utime + used.ru_stime, written / 1e6, memory)


if __name__ == "__main__":
    main()
