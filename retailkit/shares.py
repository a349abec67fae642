"""Shares: how sure one can be of a share that was counted, and how people say it."""

from __future__ import annotations

from typing import Any

SURE = 0.95
"""How sure an interval is: it holds the true value in 95 of 100 such shops."""


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
