"""Measures: a number about customers, never without its count and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from retailkit.text import Sentences

SURE = 0.95
"""How sure an interval is: it holds the true value in 95 of 100 such shops."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Measure:
    """A number with its 95% interval, the count it comes from, and a sentence that says it.

    `value`, `low` and `high` are None where there is nothing to count. `counts` has the
    number of each answer.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    because: str
    counts: pd.Series
    notes: Sentences = field(default_factory=Sentences)

    def __repr__(self) -> str:
        return self.because


def notes(result: pd.DataFrame | Measure) -> Sentences:
    """What was counted and what was left out of a report: one sentence each.

    >>> from retailkit.insight import cohorts
    >>> orders = pd.DataFrame({"id": ["a", None], "date": "2026-03-01", "amount": [5, 9]})
    >>> notes(cohorts(orders, customer="id", date="date", amount="amount", on="2026-03-31"))
    Counted up to 31 March 2026.
    Left out: 1 order by guests; nobody knows whose they are.
    """
    said = result.notes if isinstance(result, Measure) else result.attrs.get("notes", ())
    return Sentences(said)


def share_interval(count: int, n: int) -> tuple[float, float]:
    """The 95% interval of a share, by Wilson's method.

    It stays within 0 and 1, and says something at 0 and at n as well (E. B. Wilson 1927;
    recommended by L. D. Brown, T. T. Cai and A. DasGupta 2001 for small n).

    >>> low, high = share_interval(8, 10)
    >>> round(low, 2), round(high, 2)
    (0.49, 0.94)
    """
    # not on top: statsmodels takes a second to load, and the tables do without it
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(count, n, alpha=1 - SURE, method="wilson")
    return max(0.0, float(low)), min(1.0, float(high))


def per_cent(share: Any) -> str:
    """A share as people say it.

    >>> per_cent(0.347), per_cent(0.002), per_cent(0)
    ('35%', '0.2%', '0%')
    """
    number = float(share) * 100
    return f"{number:,.1f}%" if 0 < abs(number) < 1 else f"{number:,.0f}%"
