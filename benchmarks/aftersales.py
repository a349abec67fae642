"""How often the fair interval of each benefit holds what is planted, over many shops.

What is planted is known from twins: the same shops in which cards bring nobody and training
keeps nothing. The other benefits have nothing planted: nought is the truth. Beside it, how
often the naive difference with an interval of its own holds it, and what `benefits` costs.

    python benchmarks/aftersales.py             1,000 shops of 3,000 customers, 100 twins
    python benchmarks/aftersales.py --seeds 200 so many shops, and a tenth of them twins
    python benchmarks/aftersales.py --quick     4 shops of 1,000 customers, 1 twin
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Iterator
from unittest import mock

import pandas as pd

import retailkit as rk
from retailkit.aftersales import benefits
from retailkit.aftersales.benefit import COMPARISONS, difference
from retailkit.aftersales.served import Records
from retailkit.generate.life import _strengths
from retailkit.words import count_of

LIMIT = 0.935
"""The fair interval holds what is planted in this share of the shops, at least."""

PLANTED = {
    "enjoyment": ("training_keeps", "minds_left_alone"),
    "further_purchase": ("birthday_card_brings",),
    "recommendation": ("training_keeps", "minds_left_alone"),
}
"""The strengths behind each benefit that has one."""

SURE_OF_TRUTH = 30
"""With fewer twins than these the truth itself is too rough for a verdict."""


@contextlib.contextmanager
def nothing_planted() -> Iterator[None]:
    """Every strength behind a benefit at nought."""
    with contextlib.ExitStack() as stack:
        for name in {strength for names in PLANTED.values() for strength in names}:
            stack.enter_context(mock.patch.dict(_strengths()[name], value=0))
        yield


def shops(seeds: range, customers: int) -> tuple[pd.DataFrame, float]:
    """The benefits in each shop, one row per seed and benefit, and the CPU time of one table."""
    found, seconds = [], 0.0
    for seed in seeds:
        shop = rk.make_shop(seed=seed, customers=customers, market="ES")
        start = time.process_time()
        table = benefits(shop)
        seconds += time.process_time() - start
        columns = ["naive", "fair", "low", "high"]
        table = table[columns].astype("float64").join(naive_intervals(shop)).assign(seed=seed)
        found.append(table.reset_index())
    return pd.concat(found).set_index(["seed", "benefit"]), seconds / len(seeds)


def naive_intervals(shop: rk.Shop) -> pd.DataFrame:
    """The 95% interval of everybody served against everybody else, as if they were alike."""
    records, rows = Records(shop=shop), {}
    for benefit, comparison in COMPARISONS.items():
        units = comparison.units(records).assign(like="everybody")
        if units["served"].nunique() == 2:
            rows[benefit.value] = difference(units)[1:]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["naive_low", "naive_high"])


def main() -> int:
    """Count over the shops, and say it benefit by benefit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    quick = asked.quick
    seeds, customers = (4, 1000) if quick else (asked.seeds, 3000)
    twins = max(1, seeds // 10)
    found, seconds = shops(range(seeds), customers)
    with nothing_planted():
        without, _ = shops(range(twins), customers)
    truth = (found["fair"] - without["fair"]).groupby("benefit").mean()
    kept = True
    print(
        f"{seeds:,} shops of {customers:,} customers, {count_of(twins, 'twin')}; differences in "
        "points"
    )
    for benefit, rows in found.groupby("benefit", sort=False):
        true = truth[benefit] if benefit in PLANTED else 0.0
        known = rows.dropna()
        held = known["low"].le(true) & known["high"].ge(true)
        naive = known["naive_low"].le(true) & known["naive_high"].ge(true)
        kept &= held.mean() >= LIMIT
        print(
            f"{benefit}: planted {100 * true:+.2f}, fair {100 * known['fair'].mean():+.2f}, "
            f"naive {100 * known['naive'].mean():+.2f}; the interval holds it in "
            f"{held.mean():.1%} of {len(known):,} shops, the naive one in {naive.mean():.1%}"
        )
    print(f"benefits of one shop: {seconds:.2f} s of CPU time (limit of the share {LIMIT:.1%})")
    return 0 if kept or quick or twins < SURE_OF_TRUTH else 1


if __name__ == "__main__":
    sys.exit(main())
