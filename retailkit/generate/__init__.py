"""Shops made to order: a whole shop from a seed, the same one every time."""

from __future__ import annotations

from numbers import Integral
from types import MappingProxyType

import numpy as np
import pandas as pd

from retailkit.columns import frame_of
from retailkit.generate.causes import stories_of
from retailkit.generate.claims import case_of, claims_table
from retailkit.generate.customers import customers_table
from retailkit.generate.goods import products_table
from retailkit.generate.life import life
from retailkit.generate.orders import events_table, lines_table, orders_of, orders_table
from retailkit.generate.staff import Desk, staff_table
from retailkit.generate.steps import status_after, steps_of, steps_table
from retailkit.generate.unfounded import with_unfounded
from retailkit.markets import rules_of
from retailkit.procedure import Procedure
from retailkit.records import table
from retailkit.shop import RECORDS, Shop

BLOCK = 500
"""Customers are made in blocks of this size; what is exact is exact in each block."""


def make_shop(
    seed: int = 0,
    customers: int = 500,
    market: str = "generic",
    procedure: Procedure | None = None,
) -> Shop:
    """A whole shop: the same one every time for the same seed, customers, market and procedure.

    A larger shop begins with the customers and orders of a smaller one. Another
    procedure changes how cases are handled, and nobody's purchases.

    Raises ValueError with a sentence where a shop cannot be made like that.

    >>> make_shop(seed=7, customers=500).customers["customer_id"].iloc[-1]
    'C-000500'
    """
    _check(seed, customers, procedure)
    rules_of(market)
    seed, customers = int(seed), int(customers)
    desk = Desk(procedure=procedure or Procedure(), market=market, seed=seed)
    blocks = [
        _block(desk, first, min(first + BLOCK, customers + 1))
        for first in range(1, customers + 1, BLOCK)
    ]
    tables = {name: table([], record) for name, record in RECORDS.items()}
    tables |= {name: _joined([block[name] for block in blocks]) for name in blocks[0]}
    tables |= {"products": _products(market), "staff": staff_table(desk)}
    return Shop(
        name=life("shop_name"),
        tables=MappingProxyType({name: tables[name] for name in RECORDS}),
        seed=seed,
        market=market,
        procedure=desk.procedure,
        today=life("today"),
    )


def _products(market: str) -> pd.DataFrame:
    """What is sold in every market, at the prices of the generic one."""
    products = frame_of(products_table("generic"))
    least = rules_of(market).guarantee_months.value
    products["guarantee_months"] = products["guarantee_months"].clip(lower=least)
    return products


def _check(seed: object, customers: object, procedure: object) -> None:
    for name, value in (("seed", seed), ("customers", customers)):
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise ValueError(  # noqa: TRY004 - whoever types a wrong value reads one kind of error
                f"{name}: {value!r} is not a whole number. Choose one, like 7."
            )
    if int(customers) < 1:  # type: ignore[call-overload]
        raise ValueError(f"customers: {customers!r} is too few. Choose 1 or more.")
    if procedure is not None and not isinstance(procedure, Procedure):
        raise ValueError(
            f"procedure: {procedure!r} is not a procedure. "
            "Write it like Procedure(answer_within_days=5), or leave it out."
        )


def _block(desk: Desk, first: int, end: int) -> dict[str, pd.DataFrame]:
    """The tables of the customers from the first number up to, and without, the end."""
    numbers = np.arange(first, end)
    orders = orders_of(desk.seed, numbers)
    stories = with_unfounded(stories_of(orders, numbers), orders, first)
    cases = [case_of(story, desk.market) for story in stories]
    steps = [steps_of(case, desk) for case in cases]
    claims = claims_table(
        cases,
        status=[status_after(taken) for taken in steps],
        heard_by=[desk.heard_by(case) for case in cases],
        about_staff=[desk.about_staff(case) for case in cases],
        market=desk.market,
    )
    return {
        "customers": customers_table(desk.seed, desk.market, numbers),
        "orders": orders_table(orders),
        "order_lines": lines_table(orders),
        "order_events": events_table(orders),
        "claims": claims,
        "claim_steps": steps_table(cases, steps),
    }


def _joined(blocks: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(blocks, ignore_index=True) if len(blocks) > 1 else blocks[0]
