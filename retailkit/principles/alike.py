"""Like cases: whether claims that are alike end alike, whoever brings or handles them.

Alike means the same reason, the same kind of proof and the same level. Within each such
stratum one group is held against all others, and the strata are taken together.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from retailkit.catalogue import later, say
from retailkit.claims import Outcome, Proof, StepType, Vulnerability
from retailkit.principles.book import CaseBook, some_cases
from retailkit.principles.principle import Indicator, Verdict
from retailkit.principles.standards import Finding
from retailkit.shares import SURE
from retailkit.words import count_of

if TYPE_CHECKING:
    from retailkit.shop import Shop

DECIDED = [Outcome.ACCEPTED, Outcome.PARTLY, Outcome.SETTLED, Outcome.REFUSED]
"""Ends that differ between like claims; who told what is not so, or asked nothing, is no like."""

FEWEST = 20
"""Groups with fewer claims are not compared."""

FACTORS = (
    later("language"),
    later("channel"),
    later("vulnerability"),
    later("handler"),
    later("customer value"),
)
GROUPS = (
    later("needs special care"),
    later("no special care"),
    later("buys little"),
    later("buys more"),
)
COLUMNS = ["n", "refused", "others", "gap", "low", "high", "p", "holm"]


def outcome_gaps(shop: Shop) -> pd.DataFrame:
    """How much more often like claims are refused for each group than for all others.

    One row per group, index `factor` and `group`: `n` claims of the group, the share
    `refused` of them and of the `others`; `gap` is the difference among like claims
    (Mantel-Haenszel, over reason, proof and level), with an interval `low` to `high`
    that holds for all groups together at 95% (Bonferroni), and `p` by the
    Cochran-Mantel-Haenszel test, corrected by Holm's method in `holm`.
    A customer's value is the number of orders before the case.

    >>> from retailkit.generate import make_shop
    >>> outcome_gaps(make_shop(seed=7, customers=3000)).loc["customer value"].index.tolist()
    ['buys little', 'buys more']
    """
    return _gaps(like_claims(shop))


def like_claims(shop: Shop) -> pd.DataFrame:
    """Claims that can be compared: one row per claim, its stratum, its groups, its end."""
    from retailkit.triage import triage
    from retailkit.triage.from_records import evidence

    shop = some_cases(shop)
    book = CaseBook(shop)
    ends = book.of_step("outcome", StepType.DECIDED)
    facts = evidence(shop)
    facts = facts[~facts.index.duplicated()].reindex(book.cases)
    likes = pd.DataFrame(
        {
            "reason": book.claims["reason"],
            "proof": _shown(book.claims["proof"]),
            "level": triage(facts)["level"],
            "refused": ends == Outcome.REFUSED,
            "language": book.claims["language"],
            "channel": book.claims["channel"].str.replace("_", " "),
            "vulnerability": _vulnerable(book.claims["vulnerable_because"]),
            "handler": book.of_step("staff_id", StepType.DECIDED),
            "customer value": _value(book),
        }
    )
    asked = facts["asks_for_something"].fillna(False).to_numpy(bool)
    comparable = ends.isin(DECIDED).to_numpy(bool) & asked & likes["reason"].notna()
    compared: pd.DataFrame = likes[comparable]
    return compared


def _shown(proof: pd.Series) -> pd.Series:
    shown = proof.where(proof.isna() | (proof == Proof.NONE), "shown")
    return shown.fillna("not known")


def _vulnerable(because: pd.Series) -> pd.Series:
    named = because.notna() & (because != Vulnerability.NONE)
    return named.map({True: "needs special care", False: "no special care"})


def _value(book: CaseBook) -> pd.Series:
    """Whether the customer had ordered as little as half of the customers do, before the case.

    Orders after the case do not count: who was refused may come back less often.
    """
    orders = book.shop.orders[["customer_id", "ordered_at"]].dropna()
    placed = orders.groupby("customer_id").size().reindex(book.shop.customers["customer_id"])
    middle = placed.fillna(0).median()
    told = book.claims[["customer_id", "received_at"]].dropna().reset_index()
    pairs = told.merge(orders, on="customer_id")
    earlier = pairs["ordered_at"] < pairs["received_at"]
    before = earlier.groupby(pairs["claim_id"]).sum()
    known = book.claims["customer_id"].notna()
    counts = before.reindex(book.cases).fillna(0)
    little = (counts <= middle).map({True: "buys little", False: "buys more"})
    return little.where(known)


def _gaps(likes: pd.DataFrame) -> pd.DataFrame:
    groups = list(_groups(likes))
    sizes = pd.Series([factor for factor, _ in groups], dtype="str").value_counts()
    # of two groups each is the other's mirror, so that is one look
    looks = sum(1 if size == 2 else size for size in sizes)
    rows = [_compared(likes, *one, looks=looks) for one in groups]
    table = (
        pd.DataFrame(
            rows,
            columns=COLUMNS,
            index=pd.MultiIndex.from_tuples(groups, names=["factor", "group"]),
        )
        if rows
        else pd.DataFrame(
            columns=COLUMNS, index=pd.MultiIndex.from_arrays([[], []], names=["factor", "group"])
        )
    )
    table.attrs["claims"] = len(likes)
    if rows:
        from statsmodels.stats.multitest import multipletests

        table["holm"] = multipletests(table["p"], method="holm")[1]
    return table


def _groups(likes: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Every group that is large enough, where there are others to hold it against."""
    for factor in FACTORS:
        counts = likes[factor].value_counts().sort_index()
        if len(counts) > 1:
            yield from ((factor, str(name)) for name in counts.index[counts >= FEWEST])


def _compared(likes: pd.DataFrame, factor: str, group: str, looks: int) -> list[float]:
    known = likes[likes[factor].notna()]
    mine = (known[factor] == group).to_numpy(bool)
    refused = known["refused"].to_numpy(bool)
    stratum = known.groupby(["reason", "proof", "level"], dropna=False).ngroup().to_numpy()
    many = int(stratum.max(initial=-1)) + 1

    def count(which: np.ndarray) -> np.ndarray:
        return np.bincount(stratum[which], minlength=many).astype(float)

    n1, n0 = count(mine), count(~mine)
    x1, x0 = count(mine & refused), count(~mine & refused)
    both = (n1 > 0) & (n0 > 0)
    gap, spread = risk_difference(x1[both], n1[both], x0[both], n0[both])
    p = _test(x1[both], n1[both], x0[both], n0[both])
    reach = _z(looks) * spread
    return [
        int(n1.sum()), x1.sum() / n1.sum(), x0.sum() / max(n0.sum(), 1),
        gap, max(-1.0, gap - reach), min(1.0, gap + reach), p, p,
    ]  # fmt: skip


def risk_difference(
    x1: np.ndarray, n1: np.ndarray, x0: np.ndarray, n0: np.ndarray
) -> tuple[float, float]:
    """The difference of two shares over strata, and its standard error.

    Mantel and Haenszel's weights; the variance of T. Sato (Biometrics 45, 1989), which
    holds for few large strata and for many small ones.

    >>> gap, error = risk_difference(*[np.array([n]) for n in (30.0, 100.0, 10.0, 100.0)])
    >>> round(gap, 2), round(error, 3)
    (0.2, 0.055)
    """
    n = n1 + n0
    weight = float((n1 * n0 / n).sum())
    if weight == 0:
        return 0.0, float("nan")
    gap = float(((x1 * n0 - x0 * n1) / n).sum()) / weight
    p = ((n1**2 * x0 - n0**2 * x1 + n1 * n0 * (n0 - n1) / 2) / n**2).sum()
    q = ((x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * n)).sum()
    return gap, float(np.sqrt(max(gap * p + q, 0.0))) / weight


def _test(x1: np.ndarray, n1: np.ndarray, x0: np.ndarray, n0: np.ndarray) -> float:
    """Whether chance alone makes such a difference: the Cochran-Mantel-Haenszel test."""
    from statsmodels.stats.contingency_tables import StratifiedTable

    refused = x1 + x0
    # a stratum in which all end alike tells nothing
    told = (refused > 0) & (refused < n1 + n0)
    if not told.any():
        return 1.0
    tables = np.array([[x1, n1 - x1], [x0, n0 - x0]])[:, :, told]
    return float(StratifiedTable(tables).test_null_odds(correction=False).pvalue)


def _z(looks: int) -> float:
    return NormalDist().inv_cdf(1 - (1 - SURE) / 2 / looks)


def like_cases(shop: Shop, indicator: Indicator) -> Finding:
    """What the comparison of like claims shows: the group that is most surely worse off."""
    likes = like_claims(shop)
    gaps = _gaps(likes)
    gaps = gaps[gaps["low"].notna()]
    if gaps.empty:
        return Finding(
            indicator=indicator,
            verdict=Verdict.NOT_ENOUGH_EVIDENCE,
            because=say("Too few like claims to compare."),
            needed=say("Two groups of {number} like claims each are the least.", number=FEWEST),
        )
    worst = gaps.sort_values("low").iloc[-1]
    factor, group = _named(worst)
    shown = likes.index[(likes[factor] == group) & likes["refused"]]
    verdict, needed = _verdict(gaps, worst, indicator.tolerated, len(likes))
    return Finding(
        indicator=indicator,
        verdict=verdict,
        value=float(worst["gap"]),
        low=float(worst["low"]),
        high=float(worst["high"]),
        n=len(likes),
        because=_said(worst, len(gaps), indicator),
        needed=needed,
        cases=shown if verdict == Verdict.BROKEN else shown[:0],
    )


def _verdict(gaps: pd.DataFrame, worst: pd.Series, tolerated: float, n: int) -> tuple[Verdict, str]:
    if worst["low"] > tolerated and worst["holm"] < 1 - SURE:
        return Verdict.BROKEN, ""
    if gaps["high"].max() <= tolerated:
        return Verdict.KEPT, ""
    # the half width of an interval shrinks with the root of the count
    reach = (gaps["high"] - gaps["low"]).max() / 2
    more = max(n + 1, round(n * (reach / tolerated) ** 2))
    return Verdict.NOT_ENOUGH_EVIDENCE, say(
        "About {count} would tell.", count=count_of(more, "claim")
    )


def _named(row: pd.Series) -> tuple[str, str]:
    """The factor and the group of a row."""
    factor, group = cast("tuple[str, str]", row.name)
    return factor, group


def _said(worst: pd.Series, looks: int, indicator: Indicator) -> str:
    factor, group = _named(worst)
    return say(
        "Like claims are refused {points:.0f} points more often where {factor} is '{group}' "
        "(interval over {groups} {low:+.0f} to {high:+.0f}); {standard}."
        if worst["gap"] > 0
        else "Like claims are refused {points:.0f} points less often where {factor} is '{group}' "
        "(interval over {groups} {low:+.0f} to {high:+.0f}); {standard}.",
        points=100 * abs(worst["gap"]),
        factor=say(factor),
        group=say(group),
        groups=count_of(looks, "group"),
        low=100 * worst["low"],
        high=100 * worst["high"],
        standard=indicator.standard,
    )
