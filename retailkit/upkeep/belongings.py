"""Belongings: which rows of a shop's tables are a customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import say
from retailkit.records import is_nothing
from retailkit.shop import RECORDS
from retailkit.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retailkit.shop import Shop

HOLDS_A_CUSTOMER = {
    name: "customer_id"
    for name, record in RECORDS.items()
    if "customer_id" in record.__annotations__
} | {"order_events": "signed_by"}
"""The column of each table that holds customers' numbers."""

WITH_ORDERS = ("order_lines", "order_events")
WITH_CASES = ("claim_steps", "messages")
"""Tables whose rows go with an order, or with a case."""


def need_customer(shop: Shop, customer_id: object) -> str:
    """The number itself, where the list of customers has it.

    Raises ValueError for a guest, who has no number, and for a number that is not there.
    """
    if is_nothing(customer_id):
        raise ValueError(
            say(
                "A guest has no number, so nothing can be looked up by it. "
                "Name a customer, like 'C-000007'."
            )
        )
    numbers = shop.customers["customer_id"]
    if customer_id not in set(numbers):
        said = [say("The list of customers has no {number!r}.", number=customer_id)]
        if len(numbers):
            said.append(say("Its numbers look like {number!r}.", number=numbers.iloc[0]))
        else:
            said.append(say("It is empty."))
        raise ValueError(" ".join(said) + did_you_mean(customer_id, numbers.dropna()))
    return str(customer_id)


def rows_of(shop: Shop, customer_id: str) -> Mapping[str, pd.Series]:
    """Which rows of each table are about a customer: a yes or no for each row.

    That is every row with the customer's number, and every row about their orders and cases.
    """
    named = {
        name: shop.tables[name][column] == customer_id for name, column in HOLDS_A_CUSTOMER.items()
    }
    orders = shop.orders.loc[named["orders"], "order_id"].dropna()
    cases = shop.claims.loc[named["claims"], "claim_id"].dropna()
    about = {name: shop.tables[name]["order_id"].isin(orders) for name in WITH_ORDERS}
    about |= {name: shop.tables[name]["claim_id"].isin(cases) for name in WITH_CASES}
    found = {}
    for name, table in shop.tables.items():
        nobody = pd.Series(False, index=table.index)
        found[name] = (named.get(name, nobody) | about.get(name, nobody)).astype(bool)
    return found
