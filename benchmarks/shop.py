"""How fast a shop is made and written, and in how much memory, beside what others do.

    python benchmarks/shop.py             everything; the largest shop needs some 30 GB of disk
    python benchmarks/shop.py --quick     the same rows, small, to see that it works

Times are CPU seconds of one process (user and system, all threads), taken side by side in
one run, so that their ratios hold on any machine.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LOCALES = {"ES": "es_ES", "IN": "en_IN"}
PEAKS = (200_000, 1_000_000, 5_000_000)


def main() -> None:
    """Measure, and print one row for each figure."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="small, to see that it works")
    options.add_argument("--customers", type=int, default=50_000, help="of the shop that is timed")
    options.add_argument("--market", default="ES")
    options.add_argument("--folder", type=Path, help="where the data sets are written for a while")
    options.add_argument("--peak", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.peak:
        print(peak(chosen.peak, chosen.market, chosen.folder))
        return
    # memory first: a child begins with what its parent has loaded by then
    for customers in (1_000, 2_000) if chosen.quick else PEAKS:
        show(
            f"peak memory, {customers:,} customers, whole shop to CSV",
            child(customers, chosen),
            "MB",
        )
    speed(1_000 if chosen.quick else chosen.customers, 100 if chosen.quick else 5_000, chosen)


def show(what: str, figure: float, unit: str) -> None:
    """Print one row."""
    print(f"{what:<62}{figure:>14,.2f} {unit}", flush=True)


def child(customers: int, chosen: argparse.Namespace) -> float:
    """The peak memory of a process of its own that writes a shop."""
    command = [sys.executable, __file__, "--peak", str(customers), "--market", chosen.market]
    command += ["--folder", str(chosen.folder)] if chosen.folder else []
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peak(customers: int, market: str, folder: Path | None) -> float:
    """Write a shop block by block, and say how much memory that took at most, in MB."""
    import resource

    from retailkit.files import write_plan
    from retailkit.generate.plan import plan_of

    with tempfile.TemporaryDirectory(dir=folder) as place:
        write_plan(plan_of(seed=7, customers=customers, market=market), Path(place, "shop"))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def speed(customers: int, faked: int, chosen: argparse.Namespace) -> None:
    """Faker's loop, the whole shop to CSV, and the writing alone, in rows per CPU second."""
    from retailkit.files import write_plan
    from retailkit.generate.plan import plan_of

    for locale in LOCALES.values():
        faker_loop(10, locale)  # loads its words, once
    faker = {market: faked / cpu(faker_loop, faked, locale) for market, locale in LOCALES.items()}
    for market, rows in faker.items():
        show(f"Faker's row loop, customers {market}", rows, "rows/s")
    plan = plan_of(seed=7, customers=customers, market=chosen.market)
    tables = in_memory(plan)
    rows = sum(table.num_rows for table in tables.values())
    with tempfile.TemporaryDirectory(dir=chosen.folder) as place:
        floor = min(cpu(pyarrow_alone, tables, Path(place)) for _ in range(3))
        ours = min(cpu(write_plan, plan, Path(place, "shop")) for _ in range(2))
    show(f"whole shop to CSV, {customers:,} customers", rows / ours, "rows/s")
    show("  as often as Faker's loop for customers ES", rows / ours / faker["ES"], "times")
    show("the same tables from memory to CSV, pyarrow alone (the floor)", rows / floor, "rows/s")
    show("  the whole shop takes", ours / floor, "times the floor")
    writing = converting_and_writing(plan, chosen.folder)
    show(
        "  of which converting, writing, hashing and the card take",
        writing / floor,
        "times the floor",
    )


def cpu(work: Callable[..., Any], *words: Any) -> float:
    """How many CPU seconds the work takes."""
    start = time.process_time()
    work(*words)
    return time.process_time() - start


def faker_loop(rows: int, locale: str) -> list[tuple[Any, ...]]:
    """Customers as one makes them with Faker: row by row."""
    from faker import Faker

    fake = Faker(locale)
    fake.seed_instance(7)
    return [
        (
            number,
            fake.first_name(),
            fake.last_name(),
            fake.random_element(("female", "male")),
            fake.date_of_birth(),
            fake.email(),
            fake.phone_number(),
            fake.street_address(),
            fake.city(),
            fake.postcode(),
            fake.random_element(("es", "en")),
            fake.date_time_between("-2y"),
        )
        for number in range(rows)
    ]


def in_memory(plan: Any) -> dict[str, Any]:
    """All tables of a shop, in the form in which they are written."""
    import pyarrow as pa

    from retailkit.files.columns import as_written
    from retailkit.shop import RECORDS

    blocks = [plan.shared(), *(plan.block(number) for number in range(plan.blocks))]
    return {
        name: as_written(pa.concat_tables([part[name] for part in blocks if name in part]), record)
        for name, record in RECORDS.items()
    }


def pyarrow_alone(tables: dict[str, Any], folder: Path) -> None:
    """Write tables that are in memory, and nothing else."""
    import pyarrow.csv

    for name, table in tables.items():
        pyarrow.csv.write_csv(table, folder / f"{name}.csv")


class Ready:
    """A plan whose blocks are made already."""

    def __init__(self, plan: Any) -> None:
        self._plan = plan
        self._blocks = [plan.block(number) for number in range(plan.blocks)]

    def block(self, number: int) -> dict[str, Any]:
        """The tables about the customers of one block."""
        return self._blocks[number]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plan, name)


def converting_and_writing(plan: Any, folder: Path | None) -> float:
    """How many CPU seconds a data set takes beside the making of its blocks."""
    from retailkit.files import write_plan

    ready = Ready(plan)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        return min(cpu(write_plan, ready, Path(place, "shop")) for _ in range(3))


if __name__ == "__main__":
    main()
