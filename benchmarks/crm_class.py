"""How many learners one PostgreSQL database bears at once, and whether it loses anything.

    python benchmarks/crm_class.py postgresql+psycopg://owner@host/database
    python benchmarks/crm_class.py ADDRESS --learners 30 --deeds 10

The database is an empty one of the owner's. Each learner is a process with a login of its
own: it adds a customer, and reads, adds one to and writes a row that all of them want. Who
finds it changed is told so, reads it again and tries again. The logins are left behind.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import retailkit as rk
from retailkit.crm import ChangedMeanwhile, prepare
from retailkit.orders import Order, OrderLine, Product

LINE = "OL-1"
"""The row that everybody wants."""

LONGEST = 300.0
"""So many seconds a learner may take to start, or to say a word."""

LOOKS_AGAIN = 1.0
"""Up to so many seconds somebody takes who is told that it was changed."""


@dataclass
class Done:
    """What one learner has to tell."""

    error: str = ""
    conflicts: int = 0
    waits: list[float] = field(default_factory=list)


def main() -> None:
    """Let the learners work, and print one row for each figure."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("address", help="postgresql+psycopg://owner@host/database")
    options.add_argument("--learners", type=int, default=30)
    options.add_argument("--deeds", type=int, default=10, help="of each learner")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        logins = Path(place, "logins.csv")
        names = [f"learner-{number}" for number in range(1, chosen.learners + 1)]
        prepare(chosen.address, names, logins=logins)
        with logins.open(newline="", encoding="utf-8") as file:
            learners = list(csv.DictReader(file))
    with rk.open_crm(chosen.address) as crm:
        crm.add(Order(order_id="O-1"))
        crm.add(Product(product_id="P-1", name="kettle"))
        crm.add(OrderLine(line_id=LINE, order_id="O-1", product_id="P-1", quantity=0))
        started = time.perf_counter()
        told = work(learners, chosen.deeds)
        took = time.perf_counter() - started
        report(crm, told, chosen.deeds, took)


def work(learners: list[dict[str, str]], deeds: int) -> list[Done]:
    """All of them at once; what each has to tell."""
    context = multiprocessing.get_context("fork")  # what is loaded is loaded once
    told = context.Queue()
    ready = context.Barrier(len(learners))
    # nobody waits at the end for one that hangs
    crew = [
        context.Process(target=learn, args=(one, deeds, ready, told), daemon=True)
        for one in learners
    ]
    for process in crew:
        process.start()
    found = [told.get(timeout=LONGEST) for _ in crew]
    for process in crew:
        process.join(LONGEST)
    return found


def learn(learner: dict[str, str], deeds: int, ready: Any, told: Any) -> None:
    """What one learner does."""
    done = Done()
    try:
        with rk.open_crm(learner["address"], learner["password"]) as crm:
            ready.wait(LONGEST)
            crm.add(rk.Customer(given_name=learner["login"]))
            for _ in range(deeds):
                started = time.perf_counter()
                while not one_more(crm):
                    done.conflicts += 1
                    time.sleep(random.uniform(0, LOOKS_AGAIN))  # noqa: S311 - no secret
                done.waits.append(time.perf_counter() - started)
    except Exception as error:  # each one counts
        done.error = f"{type(error).__name__}: {error}"
    told.put(done)


def one_more(crm: rk.crm.Crm) -> bool:
    """Add one to the row that everybody wants; whether nobody was quicker."""
    line = crm.record("order_lines", LINE)
    try:
        crm.change(line, quantity=line.quantity + 1)
    except ChangedMeanwhile:
        return False
    return True


def report(crm: rk.crm.Crm, told: list[Done], deeds: int, took: float) -> None:
    """Print what came of it."""
    wanted = len(told) * deeds
    waits = [wait for one in told for wait in one.waits]
    errors = [one.error for one in told if one.error]
    show("learners at once", f"{len(told)}")
    show("with an error", f"{len(errors)}")
    show("lost updates", f"{wanted - crm.record('order_lines', LINE).quantity} of {wanted}")
    show("customers added and not there", f"{len(told) - crm.count('customers')}")
    show("conflicts, each told and tried again", f"{sum(one.conflicts for one in told)}")
    show("who changed something, by the access log", f"{crm.log()['who'].nunique() - 1}")
    show("faults of the access log", f"{len(crm.check_log())}")
    show("from the first to the last, seconds", f"{took:.1f}")
    if waits:
        show("until a change is saved, median, seconds", f"{statistics.median(waits):.2f}")
        show("the longest, seconds", f"{max(waits):.2f}")
    for error in errors:
        print(error)


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<58}{figure:>22}", flush=True)


if __name__ == "__main__":
    main()
