"""Standards: whether what was counted is beyond a standard, within it, or too little to tell."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from retailkit.catalogue import say, whole
from retailkit.principles.principle import Indicator, Verdict
from retailkit.shares import SURE, per_cent, share_interval
from retailkit.words import count_of

SEEN_IF = 0.05
"""Finding nothing says enough where one in twenty would have been seen, at 95 of 100."""


FEWEST = 10
"""A share of fewer than these breaks nothing: one slip of one case is no habit."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Finding:
    """What one indicator shows: a share that went wrong, its interval, count, and the verdict.

    `cases` are the numbers of the cases that show it.
    """

    indicator: Indicator
    verdict: Verdict
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    because: str = ""
    needed: str = ""
    cases: Any = field(default_factory=lambda: pd.Index([]))


def interval(count: int, n: int, *, tolerates_nothing: bool) -> tuple[float, float]:
    """The 95% interval of what went wrong.

    Wilson's for a share, whose coverage is nearest to 95% on average. Where one case is
    enough to break a principle, the exact one of Clopper and Pearson, which never promises
    too much (Biometrika 26, 1934).

    >>> [round(bound, 3) for bound in interval(0, 100, tolerates_nothing=True)]
    [0.0, 0.036]
    """
    if tolerates_nothing:
        from statsmodels.stats.proportion import proportion_confint

        low, high = proportion_confint(count, n, alpha=1 - SURE, method="beta")
    else:
        low, high = share_interval(count, n)
    # where none or all went wrong, one end is known
    return (0.0 if count == 0 else float(low)), (1.0 if count == n else float(high))


def found(indicator: Indicator, wrong: pd.Series) -> Finding:
    """What an indicator shows, from what went wrong in each case.

    `wrong` is yes, no or not known, indexed by the case; what is not known counts for nothing.
    """
    count, n = int(wrong.sum()), int(wrong.notna().sum())
    if n == 0:
        return nothing_seen(indicator)
    low, high = interval(count, n, tolerates_nothing=not indicator.tolerated)
    verdict = _verdict(indicator, count, n, low, high)
    said = say(
        "{count} of {all} ({share}, 95% interval {low} to {high}): {counted}; {standard}.",
        count=whole(count),
        all=count_of(n, indicator.of),
        share=per_cent(count / n),
        low=per_cent(low),
        high=per_cent(high),
        counted=say(indicator.counts),
        standard=indicator.standard,
    )
    return Finding(
        indicator=indicator,
        verdict=verdict,
        value=count / n,
        low=low,
        high=high,
        n=n,
        because=said,
        needed=_needed(indicator, verdict, count, n),
        cases=wrong.index[wrong.fillna(False).to_numpy(bool)],
    )


def nothing_seen(indicator: Indicator) -> Finding:
    """A finding where there is nothing to count: neither kept nor broken."""
    enough = count_of(enough_for(indicator), indicator.of)
    return Finding(
        indicator=indicator,
        verdict=Verdict.NOT_ENOUGH_EVIDENCE,
        because=say("No {thing} to look at.", thing=say(indicator.of)),
        needed=say("{count} without a slip would be enough.", count=enough),
    )


def _verdict(indicator: Indicator, count: int, n: int, low: float, high: float) -> Verdict:
    if indicator.tolerated:
        broken = n >= FEWEST and low > indicator.tolerated
        kept = high <= indicator.tolerated
    else:
        broken, kept = count > 0, n >= enough_for(indicator)
    if broken:
        return Verdict.BROKEN
    return Verdict.KEPT if kept else Verdict.NOT_ENOUGH_EVIDENCE


def enough_for(indicator: Indicator) -> int:
    """How many must be seen without a slip before the indicator can say "kept".

    >>> from retailkit.principles.principle import principle
    >>> enough_for(principle("C").headline), enough_for(principle("E").headline)
    (73, 59)
    """
    if indicator.tolerated:
        # Wilson's upper end for none of n is z² / (n + z²)
        z2 = _z() ** 2
        return math.ceil(z2 * (1 - indicator.tolerated) / indicator.tolerated)
    return math.ceil(math.log(1 - SURE) / math.log(1 - SEEN_IF))


def _needed(indicator: Indicator, verdict: Verdict, count: int, n: int) -> str:
    """What would be enough to tell, where the evidence is not."""
    if verdict != Verdict.NOT_ENOUGH_EVIDENCE:
        return ""
    enough = enough_for(indicator)
    if n < enough:
        return say(
            "{count} without a slip would be enough; there are {n}.",
            count=count_of(enough, indicator.of),
            n=whole(n),
        )
    distance = abs(count / n - indicator.tolerated)
    if distance == 0:
        return say("It lies exactly on the standard; only a change would tell.")
    # the half width of an interval shrinks with the root of the count
    p = max(count / n, indicator.tolerated)
    more = math.ceil(_z() ** 2 * p * (1 - p) / distance**2)
    return say(
        "About {count} would tell; there are {n}.",
        count=count_of(max(more, n + 1), indicator.of),
        n=whole(n),
    )


def _z() -> float:
    return NormalDist().inv_cdf((1 + SURE) / 2)


def yes_no(test: Any, known: Any, index: pd.Index) -> pd.Series:
    """Yes or no by case, not known where `known` is false."""
    values = np.asarray(test, dtype=bool)
    return pd.Series(pd.arrays.BooleanArray(values, ~np.asarray(known, dtype=bool)), index=index)
