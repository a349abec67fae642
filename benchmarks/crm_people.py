"""Imports, merges and erasures that are killed at any moment, and how long an erasure takes.

    python benchmarks/crm_people.py             150 kills and 50,000 customers; some minutes
    python benchmarks/crm_people.py --quick     the same rows, small, to see that it works

An import, a merge, its way back or an erasure is there as a whole or not at all. The time is
that of the processor: what it takes to strike a person out, and then to write the file anew.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from pathlib import Path
from unittest import mock

from crm import WORDS, Jobs, killed, show

import retailkit as rk
from retailkit.crm import sweeping

LIST = 200
"""So many customers come with one import."""


def main() -> None:
    """Measure, and print one row for each figure."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="small, to see that it works")
    options.add_argument("--kills", type=int, default=150)
    options.add_argument("--customers", type=int, default=50_000)
    options.add_argument("--seed", type=int, default=7, help="of the moments of the kills")
    chosen = options.parse_args()
    customers, kills = (300, 9) if chosen.quick else (chosen.customers, chosen.kills)
    with tempfile.TemporaryDirectory() as place:
        if hasattr(os, "fork"):
            killed(Path(place), kills, random.Random(chosen.seed), JOBS)  # noqa: S311 - moments, no secrets
        erasing(Path(place), customers)


def import_lists(path: Path, words: str, shops: list[rk.Shop], saved: int) -> None:
    """Bring in one list after the other."""
    with rk.open_crm(path, words) as crm:
        os.write(saved, b"\n")
        while True:
            many = crm.add_all([rk.Customer(given_name="Ana")] * LIST)
            os.write(saved, f"{many[-1].customer_id}\n".encode())


def lost_lists(crm: rk.crm.Crm, said: list[str], shops: list[rk.Shop]) -> tuple[int, int]:
    """How many acknowledged lists are not there, and whether one is there in part."""
    there = set(crm.rows("customers")["customer_id"])
    return len(set(said) - there), int(len(there) % LIST > 0)


def merge_and_part(path: Path, words: str, shops: list[rk.Shop], saved: int) -> None:
    """Merge two records and part them again, over and over."""
    with rk.open_crm(path, words) as crm:
        if not crm.count("customers"):
            crm.store(shops[0])
        keep, other = two_of(shops)
        os.write(saved, b"\n")
        while True:
            if crm.count("customers", customer_id=other):
                crm.merge(keep, other, sure=True)
            else:
                merges = int((crm.log()["what"] == "merged").sum())
                crm.undo(f"MG-{merges}")
            os.write(saved, b"done\n")


def two_of(shops: list[rk.Shop]) -> tuple[str, str]:
    """Two customers to be made one."""
    keep, other = shops[0].customers["customer_id"].iloc[[3, 4]]
    return keep, other


def lost_merges(crm: rk.crm.Crm, said: list[str], shops: list[rk.Shop]) -> tuple[int, int]:
    """How many deeds the log does not know, and whether the shop is neither of the two."""
    lost = max(0, len(said) - int(crm.log()["what"].isin(["merged", "parted"]).sum()))
    if not crm.count("customers"):
        return lost, 0
    merged = rk.merge(shops[0], *two_of(shops), sure=True).shop
    now = crm.shop().tables
    whole = any(
        all(now[name].equals(one.tables[name]) for name in now if name != "consents")
        and len(now["consents"]) == len(one.consents)
        for one in (shops[0], merged)
    )
    return lost, int(not whole)


def erase_all(path: Path, words: str, shops: list[rk.Shop], saved: int) -> None:
    """Erase one customer after the other; when all are gone, begin anew."""
    with rk.open_crm(path, words) as crm:
        os.write(saved, b"\n")
        while True:
            crm.store(shops[0], replace=True)
            for number in shops[0].customers["customer_id"]:
                crm.erase(number)
                os.write(saved, f"{number}\n".encode())


def lost_erasures(crm: rk.crm.Crm, said: list[str], shops: list[rk.Shop]) -> tuple[int, int]:
    """How many erasures the log does not know, and who is gone in part."""
    lost = max(0, len(said) - int((crm.log()["what"] == "erased").sum()))
    if not crm.count("orders"):
        return lost, 0
    there = set(crm.rows("customers")["customer_id"])
    before, now = shops[0].orders, crm.rows("orders")
    torn = [
        number
        for number in shops[0].customers["customer_id"]
        if (now["customer_id"] == number).sum()
        != (before["customer_id"] == number).sum() * (number in there)
    ]
    return lost, len(torn)


JOBS: Jobs = {
    "import": (import_lists, lost_lists),
    "merge and way back": (merge_and_part, lost_merges),
    "erasure": (erase_all, lost_erasures),
}


def erasing(place: Path, customers: int) -> None:
    """Say what it takes to erase somebody from a large shop."""
    sweeps = []

    def swept(*args: object) -> None:
        started = time.process_time()
        sweeping_itself(*args)
        sweeps.append(time.process_time() - started)

    sweeping_itself = sweeping.sweep
    shop = rk.make_shop(seed=7, customers=customers, market="ES")
    with (
        rk.open_crm(place / "large.crm", WORDS) as crm,
        mock.patch.object(sweeping, "sweep", swept),
    ):
        crm.store(shop)
        started = time.process_time()
        crm.erase(shop.customers["customer_id"].iloc[5])
        took = time.process_time() - started
    show(f"strike one of {customers:,} customers out", f"{took - sweeps[0]:,.2f} s")
    show("write the file anew", f"{sweeps[0]:,.2f} s")


if __name__ == "__main__":
    main()
