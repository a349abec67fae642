"""Triage of many cases beside a hand-written numpy.select, and beside one case at a time.

Run `python benchmarks/triage.py` for a million cases, with `--quick` for a thousand. Both
ways judge the same facts in the same run, and must agree on every case.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from retailkit.markets import rules_of
from retailkit.records import kinds
from retailkit.triage import Disposition, Evidence, Level, triage

MARKETS = ["ES", "IN", "generic"]
ONE_BY_ONE = 30
"""How many cases are judged one at a time; more would tell the same."""


def facts_of(cases: int, seed: int = 1) -> pd.DataFrame:
    """Facts of made-up cases: a tenth of each is yes, and a tenth not known."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {}
    for name, kind in kinds(Evidence).items():
        luck = rng.random(cases)
        if kind is bool:
            columns[name] = pd.arrays.BooleanArray(luck < 0.1, luck > 0.9)
        elif kind is float:
            values = rng.exponential(100, cases) if name == "amount" else rng.integers(1, 4, cases)
            columns[name] = pd.arrays.FloatingArray(values.astype(float), luck > 0.9)
        else:
            columns[name] = pd.array(rng.choice(MARKETS, cases).tolist(), dtype="str")
    return pd.DataFrame(columns)


def by_hand(facts: pd.DataFrame) -> dict[str, np.ndarray]:
    """The desk's rules written out as two numpy.select, as one would without the kit."""
    yes = {
        n: facts[n].to_numpy(bool, na_value=False) for n, k in kinds(Evidence).items() if k is bool
    }
    no = {n: (~facts[n]).to_numpy(bool, na_value=False) for n in yes}
    amount = facts["amount"].to_numpy(float, na_value=np.nan)
    same = facts["same_cause_customers"].to_numpy(float, na_value=np.nan)
    market = facts["market"].to_numpy()
    middle, high = np.zeros(len(facts)), np.zeros(len(facts))
    for code in MARKETS:
        middle[market == code] = rules_of(code).amount_middle.value
        high[market == code] = rules_of(code).amount_high.value
    at_risk = yes["hazard"] | yes["privacy_breach"] | yes["discrimination"]
    no_sale = yes["sale_needed"] & no["sale_found"] & no["proof_offered"]
    a_sale = no["sale_needed"] | yes["sale_found"] | yes["proof_offered"]
    disposition = [
        at_risk,
        yes["withdrawn"] | yes["duplicate"] | yes["already_remedied"],
        ~no_sale & ~a_sale,
        no_sale & yes["proof_request_unanswered"],
        no_sale,
        yes["contradicted"],
        yes["dates_impossible"],
        ~yes["asks_for_something"] & ~no["asks_for_something"],
        no["asks_for_something"] & ~yes["repeated"],
    ]
    level = [
        at_risk,
        amount >= high,
        yes["vulnerable"] & yes["essential"],
        yes["repeated"] & yes["earlier_late"],
        yes["clock_breached"],
        same >= 3,
        yes["in_guarantee"],
        amount >= middle,
        yes["repeated"],
        yes["vulnerable"] | yes["essential"],
        yes["promise_broken"],
    ]
    return {
        **_chosen("level", level, LEVELS),
        **_chosen("disposition", disposition, DISPOSITIONS),
    }


LEVELS = [
    *[(Level.SERIOUS, name) for name in (
        "someone_at_risk", "large_amount", "vulnerable_and_essential", "again_after_a_late_answer",
        "answer_overdue", "many_customers")],
    *[(Level.MIDDLE, name) for name in (
        "in_guarantee", "middle_amount", "happened_before", "vulnerable_or_essential",
        "promise_broken")],
    (Level.LOWER, "otherwise_lower"),
]  # fmt: skip
DISPOSITIONS = [
    (Disposition.ACT, "people_first"),
    (Disposition.NO_ACTION, "nothing_left_to_do"),
    (Disposition.ASK_INFORMATION, "sale_not_clear"),
    (Disposition.UNFOUNDED_IMAGINARY, "no_sale_and_no_reply"),
    (Disposition.ASK_INFORMATION, "no_sale_on_record"),
    (Disposition.UNFOUNDED_FALSE, "record_says_the_opposite"),
    (Disposition.ASK_INFORMATION, "dates_cannot_be"),
    (Disposition.ASK_INFORMATION, "request_not_clear"),
    (Disposition.NO_ACTION, "only_said"),
    (Disposition.ACT, "otherwise_act"),
]


def _chosen(
    kind: str, tests: list[np.ndarray], words: list[tuple[str, str]]
) -> dict[str, np.ndarray]:
    first = np.select(tests, range(len(tests)), default=len(tests))
    return {
        kind: np.array([str(word) for word, _ in words], dtype=object)[first],
        f"{kind}_rule": np.array([name for _, name in words], dtype=object)[first],
    }


def one_by_one(facts: pd.DataFrame) -> None:
    """Each case by itself, as a loop would."""
    for row in range(len(facts)):
        triage(facts.iloc[row])


def seconds(judge: Callable[[pd.DataFrame], object], facts: pd.DataFrame, times: int) -> float:
    """The quickest of several runs."""
    return min(_once(judge, facts) for _ in range(times))


def _once(judge: Callable[[pd.DataFrame], object], facts: pd.DataFrame) -> float:
    start = time.perf_counter()
    judge(facts)
    return time.perf_counter() - start


def main() -> None:
    """Measure, and say the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a thousand cases only")
    cases = 1_000 if parser.parse_args().quick else 1_000_000
    facts = facts_of(cases)
    rulings, plain = triage(facts), by_hand(facts)
    differ = sum(int((rulings[name].to_numpy() != plain[name]).sum()) for name in plain)
    kit, hand = seconds(triage, facts, 5), seconds(by_hand, facts, 5)
    alone = seconds(one_by_one, facts.head(ONE_BY_ONE), 1) / ONE_BY_ONE * cases
    print(f"{cases:,} cases; rulings that differ from those by hand: {differ}")
    print(f"triage {kit:.3f} s, by hand {hand:.3f} s: {kit / hand:.2f} times as long")
    print(f"case by case about {alone:.0f} s: {alone / kit:.0f} times as long as the table")
    sys.exit(differ > 0)


if __name__ == "__main__":
    main()
