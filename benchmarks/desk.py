"""How well the desk's rulings find what was planted, and what they do not look at.

    python benchmarks/desk.py

Twenty shops of 20,000 customers with the faults and the hard negatives that every shop
meets, the markets in turn. A ruling reads the records alone; the list of what was planted
only marks it. Then everybody's gender, birthday and language and all orders that no case
rests on are dealt out anew: not one ruling may change. `--quick` takes one small shop.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

import retailkit as rk
from retailkit.markets import codes
from retailkit.shop import Shop

PERSONAL = ["gender", "birth_on", "language"]
"""What is dealt out anew among the customers; nationality is written down nowhere."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """One shop's rulings, marked."""

    seed: int
    market: str
    cases: int
    planted: int
    found: int
    false: int
    changed: dict[str, int]

    def __str__(self) -> str:
        changed = ", ".join(f"{what} {count}" for what, count in self.changed.items())
        return (
            f"seed {self.seed:3} {self.market:8} {self.cases:6,} cases, {self.planted:3} planted: "
            f"found {self.found:3} ({share(self.found, self.planted)}), false {self.false}; "
            f"rulings changed by {changed}"
        )


def marked(seed: int, market: str, customers: int) -> Marks:
    """Make one shop, rule on it, and hold the rulings against what was planted."""
    shop = rk.make_shop(seed=seed, customers=customers, market=market)
    rulings = rk.triage(rk.evidence(shop))
    ruled = set(rulings.index[rulings["disposition"].str.startswith("unfounded")])
    faults = rk.planted_faults(shop)
    of_claims = (faults["fault"] == "unfounded_claim") & (faults["table"] == "claims")
    planted = set(faults.loc[of_claims & (faults["cause"] == "planted"), "row"])
    return Marks(
        seed=seed,
        market=market,
        cases=len(rulings),
        planted=len(planted),
        found=len(planted & ruled),
        false=len(ruled - planted),
        changed={
            what: differing(rulings, rk.triage(rk.evidence(other)))
            for what, other in dealt_anew(shop, seed)
        },
    )


def differing(rulings: pd.DataFrame, others: pd.DataFrame) -> int:
    """How many cases are ruled otherwise, in level, disposition or the rule that decides."""
    return int((rulings.to_numpy() != others.to_numpy()).any(axis=1).sum())


def dealt_anew(shop: Shop, seed: int) -> Iterator[tuple[str, Shop]]:
    """The shop with one thing after the other dealt out anew among its customers."""
    rng = np.random.default_rng(seed)
    for column in PERSONAL:
        people = shop.customers.copy()
        people[column] = people[column].sample(frac=1, random_state=rng).to_numpy()
        yield column, with_table(shop, "customers", people)
    yield "value", with_table(shop, "orders", other_owners(shop, rng))


def with_table(shop: Shop, name: str, table: pd.DataFrame) -> Shop:
    """The shop with one of its tables replaced."""
    return replace(shop, tables={**shop.tables, name: table})


def other_owners(shop: Shop, rng: np.random.Generator) -> pd.DataFrame:
    """The orders, with those that no case rests on given to other customers.

    A case rests on the order it names, and on any purchase of the product by whoever
    complains: those stay where they are, and nobody is given a purchase like that.
    """
    orders = shop.orders.set_index("order_id", drop=False)
    lines = shop.order_lines.merge(shop.claims[["customer_id", "product_id"]], on="product_id")
    claimed = set(zip(lines["order_id"], lines["customer_id"], strict=True))
    owners = orders["customer_id"]
    bound = owners.index.isin(shop.claims["order_id"]) | [
        pair in claimed for pair in owners.items()
    ]
    free = owners[~bound & owners.notna()]
    dealt = free.sample(frac=1, random_state=rng).set_axis(free.index)
    allowed = [pair not in claimed for pair in dealt.items()]
    orders["customer_id"] = owners.where(~owners.index.isin(dealt[allowed].index), dealt)
    return orders.reset_index(drop=True)


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent."""
    return f"{part / whole:.1%}" if whole else "none"


def main() -> None:
    """Mark shop after shop, and say the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one small shop only")
    quick = parser.parse_args().quick
    shops, customers = (1, 600) if quick else (20, 20_000)
    all_marks = []
    for seed in range(1, shops + 1):
        marks = marked(seed, codes()[seed % len(codes())], customers)
        all_marks.append(marks)
        print(marks, flush=True)
    planted, found = (sum(getattr(m, name) for m in all_marks) for name in ("planted", "found"))
    false = sum(marks.false for marks in all_marks)
    changed = sum(sum(marks.changed.values()) for marks in all_marks)
    print(f"planted unfounded claims found: {found} of {planted}, {share(found, planted)}")
    print(f"false among those called unfounded: {false} of {found + false}, "
          f"{share(false, found + false)}")  # fmt: skip
    print(f"rulings that change with who the customer is: {changed}")
    sys.exit(changed > 0)


if __name__ == "__main__":
    main()
