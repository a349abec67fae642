"""How many planted duplicates are found, how many of those found are none, and what it costs.

Each market has shops with duplicates, old contacts and damaged numbers planted, and households
in every one of them. Beside them lists in which a tenth of the customers stand once more
with a slip of our own, and in which people of one home share a landline. Twice as many
customers should take two to three times as long. Contacts that services did not reach are held
against those that are planted as out of date.

    python benchmarks/upkeep.py             20 shops of 2,000 customers per market, 50,000 at once
    python benchmarks/upkeep.py --quick     2 shops of 500 customers per market, 5,000 at once
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import retailkit as rk

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from twice_written import (
    SLIPS,
    one_landline_per_home,
    pairs_in,
    planted_pairs,
    written_twice,
)

MARKETS = ("ES", "ES-AN", "IN", "GB", "generic")
PLANTED = {"duplicate_customer": 0.04, "stale_contact": 0.07, "number_damaged": 0.08}
RECALL, PRECISION = 0.95, 0.98


def told(name: str, true: int, found: int, both: int) -> bool:
    """Say how many were found and how many of those found are right; whether that is enough."""
    recall, precision = both / max(true, 1), both / max(found, 1)
    enough = recall >= RECALL and precision >= PRECISION
    verdict = "" if enough else "   too few"
    print(f"{name:32} {true:6} {recall:8.1%} {precision:10.1%}{verdict}")
    return enough


def planted(market: str, seeds: int, customers: int) -> bool:
    """Recall and precision against what is planted, all seeds of a market together."""
    true = found = both = 0
    for seed in range(seeds):
        shop = rk.make_shop(seed=seed, customers=customers, market=market, faults=PLANTED)
        pairs, seen = planted_pairs(shop), pairs_in(rk.duplicates(shop))
        true, found, both = true + len(pairs), found + len(seen), both + len(pairs & seen)
    return told(f"planted, {market}", true, found, both)


def by_slip(slip: str, customers: int) -> bool:
    """Recall and precision where a tenth stands there once more, and homes share a landline."""
    true = found = both = 0
    for market in MARKETS:
        people = rk.make_shop(seed=3, customers=customers, market=market, faults={}).customers
        written, pairs = written_twice(one_landline_per_home(people), slip)
        seen = pairs_in(rk.duplicates(written))
        true, found, both = true + len(pairs), found + len(seen), both + len(pairs & seen)
    return told(slip, true, found, both)


def cost(customers: int) -> None:
    """Seconds for a list and for one twice as long, side by side."""
    people = rk.make_shop(seed=3, customers=2 * customers, market="IN", faults={}).customers
    seconds = []
    for part in (people.iloc[:customers], people):
        start = time.process_time()
        rk.duplicates(part)
        seconds.append(time.process_time() - start)
    print(
        f"\n{customers:,} customers {seconds[0]:.1f} s; twice as many {seconds[1]:.1f} s, ", end=""
    )
    print(f"{seconds[1] / seconds[0]:.1f} times as long")


def not_reached(seeds: int, customers: int) -> None:
    """Of the customers whom services no longer reach, how many have contacts that are old."""
    seen = right = true = 0
    for seed in range(seeds):
        shop = rk.make_shop(seed=seed, customers=customers, market="ES", faults=PLANTED)
        faults = rk.planted_faults(shop)
        old = faults[(faults["fault"] == "stale_contact") & (faults["table"] == "customers")]
        table = rk.ages(shop)
        missed = set(table.loc[table["not_reached_at"].notna(), "customer_id"])
        seen, true = seen + len(missed), true + old["row"].nunique()
        right += len(missed & set(old["row"]))
    print(f"\nnot reached, and out of date: {right} of {seen}; ", end="")
    print(f"of all out of date {right / true:.0%} (the others had no service since)")


def main() -> int:
    """All of it; 1 where a whole run found too little or too much."""
    quick = "--quick" in sys.argv
    seeds, customers, many = (2, 500, 5_000) if quick else (20, 2_000, 50_000)
    print(f"{'':32} {'pairs':>6} {'recall':>8} {'precision':>10}")
    enough = [planted(market, seeds, customers) for market in MARKETS]
    enough += [by_slip(slip, customers) for slip in SLIPS]
    cost(many)
    not_reached(min(seeds, 5), customers)
    # a handful of pairs is too few for a verdict
    return 0 if quick or all(enough) else 1


if __name__ == "__main__":
    sys.exit(main())
