"""How much longer `rfm` takes than the shortest group-by by hand that gives the same numbers.

Both run side by side in one process, turn by turn, on the same table; what counts is the CPU
time, and the ratio of the medians. By hand there is no sentence about what was left out, and
no look at whether the columns can be read.

    python benchmarks/insight.py            5 million orders, 5 turns
    python benchmarks/insight.py --quick    50,000 orders, 1 turn
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

import retailkit as rk

LIMIT = 1.5
"""So many times the group-by by hand, at most."""


def orders(rows: int) -> pd.DataFrame:
    """Four years of orders, six by each customer on average; guests, zeros, money back."""
    lot = np.random.default_rng(7)
    customers = pd.Series(lot.integers(0, rows // 6, rows)).map("C-{:07d}".format).astype("str")
    amounts = np.round(lot.gamma(2, 20, rows), 2)
    amounts = np.where(lot.random(rows) < 0.02, -amounts, amounts)
    seconds = lot.integers(0, 4 * 365 * 86_400, rows).astype("timedelta64[s]")
    return pd.DataFrame(
        {
            "customer_id": customers.mask(lot.random(rows) < 0.05),
            "ordered_at": np.datetime64("2022-01-01T00:00:00") + seconds,
            "total": pd.array(np.where(lot.random(rows) < 0.01, 0, amounts), dtype="Float64"),
        }
    )


def by_hand(table: pd.DataFrame) -> pd.DataFrame:
    """The same numbers, written as shortly as pandas allows for a table known to be clean."""
    day = table["ordered_at"].dt.normalize()
    days = table.assign(day=day)[table["total"] >= 0].groupby("customer_id")["day"]
    result = days.agg(first_on="min", last_on="max", frequency="nunique")
    result["days_since_last"] = (day.max() - result["last_on"]).dt.days
    result["first_to_last"] = (result["last_on"] - result["first_on"]).dt.days
    result["days_since_first"] = (day.max() - result["first_on"]).dt.days
    result["money"] = table.groupby("customer_id")["total"].sum().round(6)
    for name, value in {
        "recency": -result["days_since_last"],
        "frequency": result["frequency"],
        "money": result["money"],
    }.items():
        lower = value.rank(method="min").astype("int64") - 1
        result[f"{name}_score"] = 1 + 5 * lower // len(value)
    return result


def cpu_seconds(work: Callable[[pd.DataFrame], pd.DataFrame], table: pd.DataFrame) -> float:
    """The CPU time of one run."""
    start = time.process_time()
    work(table)
    return time.process_time() - start


def main() -> int:
    """Check that the numbers are the same, then take turns."""
    rows, turns = (50_000, 1) if "--quick" in sys.argv else (5_000_000, 5)
    table = orders(rows)
    hand, ours = by_hand(table), rk.rfm(table)
    pd.testing.assert_frame_equal(ours[hand.columns], hand, check_dtype=False)
    seconds = [(cpu_seconds(rk.rfm, table), cpu_seconds(by_hand, table)) for _ in range(turns)]
    kit, hands = (statistics.median(column) for column in zip(*seconds, strict=True))
    print(f"{rows:,} orders, {len(hand):,} customers, the same numbers")
    seconds_said = f"rfm {kit:.2f} s, by hand {hands:.2f} s of CPU time"
    print(f"{seconds_said}: {kit / hands:.2f} times (limit {LIMIT})")
    return 0 if kit <= LIMIT * hands or "--quick" in sys.argv else 1


if __name__ == "__main__":
    sys.exit(main())
