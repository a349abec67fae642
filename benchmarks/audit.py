"""Whether an audit can be believed: what it finds, what it wrongly finds, and how fast it is.

Run `python benchmarks/audit.py` for the whole table, `--quick` for a little of each, and
`--seeds 500` for more. Four questions, each over shops of about 2,000 claims:
a planted fault at its default share is found under the right principle; a shop without
faults breaks none; with faults drawn at random rates the 95% interval of each headline
holds the true rate; a large book is audited in few times the group-bys by hand.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from retailkit.claims import StepType
from retailkit.generate import FAULTS, make_shop
from retailkit.generate.plan import plan_of
from retailkit.generate.planting import IN_CASES
from retailkit.markets import codes
from retailkit.principles import PRINCIPLES, audit
from retailkit.shop import Shop

LETTERS = [one.letter for one in PRINCIPLES]
FIRST_SEED = 50_000
"""Far from the seeds that were looked at while this was built."""

HEADLINE_FAULT = {
    "A": "basics_not_told",
    "B": "wrong_language",
    "C": "late_acknowledgement",
    "D": "no_reasons_given",
    "E": "fee_charged",
    "F": "data_of_others",
    "G": "nobody_asks_after",
    "H": "nobody_in_charge",
    "I": "cause_not_noted",
}
"""The fault that each headline counts."""


def market_of(seed: int) -> str:
    """Shops go round the markets."""
    return codes()[seed % len(codes())]


def broken_in(task: tuple[str | None, int, int]) -> tuple[str | None, list[str]]:
    """Which principles are broken in a shop with this fault, or with none."""
    fault, seed, customers = task
    faults = {fault: FAULTS[fault].default} if fault else {}
    shop = make_shop(seed=seed, customers=customers, market=market_of(seed), faults=faults)
    report = audit(shop)
    return fault, list(report.index[report["verdict"] == "broken"])


def holds(task: tuple[int, int]) -> dict[str, bool]:
    """Whether each headline's interval holds the true rate, with faults at random rates.

    The generator plants exact shares, so each share is first drawn from a binomial: the
    cases are then as random as if each had been struck on its own.
    """
    seed, customers = task
    luck = np.random.default_rng(seed)
    clean = plan_of(seed=seed, customers=customers, market=market_of(seed), faults={})
    lives = [clean.lives(block)[1] for block in range(clean.blocks)]
    rates, faults = {}, {}
    for letter, fault in HEADLINE_FAULT.items():
        could = sum(len(IN_CASES[fault](each)) for each in lives)
        rates[letter] = (luck.uniform(0.01, 0.5), could)
        faults[fault] = luck.binomial(could, rates[letter][0]) / could
    shop = replace(clean, faults=faults).shop()
    report = audit(shop)
    # where a case that cannot be struck is counted as well, the true rate is a little lower
    true = {
        letter: rates[letter][0] * min(1, rates[letter][1] / n) for letter, n in report["n"].items()
    }
    return {
        letter: bool(row["low"] <= true[letter] <= row["high"]) for letter, row in report.iterrows()
    }


def in_parallel(work: Any, tasks: Iterable[Any], workers: int) -> list[Any]:
    """The results of all tasks, made by so many workers."""
    if workers == 1:
        return [work(task) for task in tasks]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return list(pool.imap_unordered(work, tasks, chunksize=1))


def faults_found(seeds: int, first: int, customers: int, workers: int) -> None:
    """Each principle's faults: how often found, and how often another principle is blamed."""
    named = [name for name, fault in FAULTS.items() if fault.breaks in LETTERS]
    others = [name for name in FAULTS if name not in named]
    tasks = [(name, first + n, customers) for name in named for n in range(seeds)]
    tasks += [(name, first + n, customers) for name in others for n in range(max(1, seeds // 5))]
    told = pd.DataFrame(in_parallel(broken_in, tasks, workers), columns=["fault", "broken"])
    for name, mine in told.groupby("fault", sort=False)["broken"]:
        breaks = FAULTS[str(name)].breaks
        found = sum(breaks in broken for broken in mine)
        wrong = sum(bool(set(broken) - {breaks}) for broken in mine)
        right = f"found under {breaks} in {found:,}" if breaks in LETTERS else "breaks none"
        print(f"{name:24} {right} of {len(mine):,} seeds; another blamed in {wrong:,}", flush=True)


def faultless(seeds: int, first: int, customers: int, workers: int) -> None:
    """Shops in which nothing is planted."""
    told = in_parallel(broken_in, [(None, first + n, customers) for n in range(seeds)], workers)
    blamed = [letter for _, broken in told for letter in broken]
    bad = sum(bool(broken) for _, broken in told)
    share = bad / len(told)
    print(
        f"faultless shops with a broken principle: {bad:,} of {len(told):,} ({share:.1%}) {blamed}"
    )


def coverage(seeds: int, first: int, customers: int, workers: int) -> None:
    """How often the interval of each headline holds the true rate."""
    told = in_parallel(holds, [(first + n, customers) for n in range(seeds)], workers)
    table = pd.DataFrame(told)
    each = ", ".join(f"{letter} {table[letter].mean():.1%}" for letter in table)
    held = table.to_numpy().mean()
    print(f"intervals that hold the true rate: {held:.1%} of {table.size:,} ({each})")


def speed(claims: int) -> None:
    """A book of so many claims, audited, and the group-bys of the same tables by hand."""
    shop = many_times(make_shop(seed=FIRST_SEED, customers=15_000, market="ES", faults={}), claims)
    audit(make_shop(seed=1, customers=300))
    start = time.perf_counter()
    by_hand(shop)
    hand = time.perf_counter() - start
    start = time.perf_counter()
    audit(shop)
    kit = time.perf_counter() - start
    ratio = f"{kit / hand:.1f} times by hand ({hand:.1f} s)"
    print(f"audit of {len(shop.claims):,} claims: {kit:.1f} s, {ratio}")


def many_times(shop: Shop, claims: int) -> Shop:
    """A large book: the shop's tables over and over, each time with numbers of its own."""
    times = max(1, round(claims / len(shop.claims)))
    keys = ["claim_id", "customer_id", "order_id", "message_id", "step_id", "about_id"]
    tables = dict(shop.tables)
    # the people who never complained would only be more of the same
    who = tables["claims"]["customer_id"].dropna()
    for name in ("customers", "orders", "messages", "enquiries"):
        tables[name] = tables[name][tables[name]["customer_id"].isin(who)]
    for name in ("order_lines", "order_events"):
        tables[name] = tables[name][tables[name]["order_id"].isin(tables["orders"]["order_id"])]
    for name in ("customers", "orders", "order_lines", "order_events", "enquiries", "surveys",
                 "claims", "claim_steps", "messages"):  # fmt: skip
        table = pd.concat([tables[name]] * times, ignore_index=True)
        copy = pd.Series(np.repeat(np.arange(times), len(tables[name])).astype(str), dtype="str")
        for key in table.columns.intersection(keys):
            table[key] = table[key] + "+" + copy
        tables[name] = table
    return replace(shop, tables=tables)


def by_hand(shop: Shop) -> dict[str, Any]:
    """The group-bys that nine headlines and a gap by customer value cannot do without."""
    steps, post = shop.claim_steps, shop.messages
    at = steps.groupby(["claim_id", "step"])["at"].max()
    decided = steps[steps["step"] == StepType.DECIDED].groupby("claim_id")
    closed = steps[steps["step"] == StepType.CLOSED].groupby("claim_id")
    letters = post[(post["direction"] == "out") & post["claim_id"].notna()]
    orders = shop.orders.merge(shop.claims[["claim_id", "customer_id", "received_at"]])
    return {
        "at": at,
        "outcome": decided["outcome"].last(),
        "reason": decided["note"].last(),
        "cause": closed["note"].last(),
        "fee": steps.groupby("claim_id")["fee"].max(),
        "unsigned": steps["staff_id"].isna().groupby(steps["claim_id"]).max(),
        "language": letters.groupby("claim_id")["language"].nunique(),
        "kinds": letters.groupby(["claim_id", "kind"]).size(),
        "before": orders[orders["ordered_at"] < orders["received_at"]].groupby("claim_id").size(),
        "marks": shop.surveys.groupby("about")["overall"].value_counts(),
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="A little of each.")
    parser.add_argument("--seeds", type=int, default=60, help="How many shops for each fault.")
    parser.add_argument("--faultless", type=int, help="How many without; twice as many as seeds.")
    parser.add_argument(
        "--coverage", type=int, help="How many for the intervals; as many as seeds."
    )
    parser.add_argument("--first", type=int, default=FIRST_SEED, help="The first seed.")
    parser.add_argument("--customers", type=int, default=15_000, help="About eight for a claim.")
    parser.add_argument("--claims", type=int, default=1_000_000, help="For the large book.")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    if asked.quick:
        asked.seeds, asked.customers, asked.claims, asked.workers = 1, 600, 300, 1
    clean = 2 * asked.seeds if asked.faultless is None else asked.faultless
    held = asked.seeds if asked.coverage is None else asked.coverage
    with_these = (asked.first, asked.customers, asked.workers)
    if asked.seeds:
        faults_found(asked.seeds, *with_these)
    if clean:
        faultless(clean, *with_these)
    if held:
        coverage(held, *with_these)
    if asked.claims:
        speed(asked.claims)


if __name__ == "__main__":
    main()
