"""Shops made to order: a whole shop from a seed, the same one every time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from retailkit.generate.answers import planted_faults
from retailkit.generate.comparison import Comparison, compare
from retailkit.generate.faults import FAULTS, Fault
from retailkit.generate.plan import BLOCK, Plan, plan_behind, plan_of

if TYPE_CHECKING:
    from retailkit.procedure import Procedure
    from retailkit.shop import Shop

__all__ = [
    "BLOCK",
    "FAULTS",
    "Comparison",
    "Fault",
    "Plan",
    "compare",
    "make_shop",
    "plan_behind",
    "plan_of",
    "planted_faults",
]


def make_shop(
    seed: int = 0,
    customers: int = 500,
    market: str = "generic",
    faults: Mapping[str, float] | None = None,
    procedure: Procedure | None = None,
    language: str | None = None,
) -> Shop:
    """A whole shop: the same one every time for the same seed, customers, market and so on.

    `faults` are planted on purpose: names from `FAULTS` with shares from 0 to 1. None plants
    what every shop meets, a few claims that are not so; {} plants nothing. Another procedure
    changes how cases are handled and what that leads to, and nothing else. `language` is the
    one in which the desk takes all cases down; None leaves everybody their own.

    A larger shop begins with the customers and orders of a smaller one.
    Raises ValueError with a sentence where a shop cannot be made like that.

    >>> make_shop(seed=7, customers=500).customers["customer_id"].iloc[-1]
    'C-000500'
    """
    return plan_of(
        seed=seed,
        customers=customers,
        market=market,
        faults=faults,
        procedure=procedure,
        language=language,
    ).shop()
