"""Groups: four kinds of customers, by how lately and how often they buy."""

from __future__ import annotations

from datetime import date

import pandas as pd

from retailkit.case_file import CaseFile
from retailkit.catalogue import say
from retailkit.customers import CustomerGroup
from retailkit.insight.purchases import CALLED_OFF
from retailkit.orders import Order
from retailkit.records import need_columns, records_in
from retailkit.shop import Shop
from retailkit.text import day, spoken
from retailkit.words import count_of

HIGH = 4
"""From this score on, a customer buys lately, or often: two fifths of all at the most."""


def customer_groups(customers: pd.DataFrame) -> pd.Series:
    """The group of every customer; `customers` is what `rfm` gives.

    A score of 4 or 5 for recency is lately, and one of 4 or 5 for frequency is often.
    Raises ValueError where there is no such column.

    >>> scores = pd.DataFrame({"recency_score": [5, 1, 4], "frequency_score": [5, 4, 1]})
    >>> customer_groups(scores).to_list()
    ['regular', 'fading', 'recent']
    """
    need_columns(customers, ["recency_score", "frequency_score"], say("The table of customers"))
    lately, often = (customers[f"{name}_score"] >= HIGH for name in ("recency", "frequency"))
    words = {
        (True, True): CustomerGroup.REGULAR,
        (False, True): CustomerGroup.FADING,
        (True, False): CustomerGroup.RECENT,
        (False, False): CustomerGroup.OCCASIONAL,
    }
    groups = [str(words[pair]) for pair in zip(lately, often, strict=True)]
    return pd.Series(groups, index=customers.index, name="group", dtype="str")


def group_limits(customers: pd.DataFrame) -> tuple[int, int]:
    """The most days since the last purchase that are lately, and the fewest days that are often.

    `customers` is what `rfm` gives.
    """
    lately = customers.loc[customers["recency_score"] >= HIGH, "days_since_last"]
    often = customers.loc[customers["frequency_score"] >= HIGH, "frequency"]
    # where all buy alike, nobody has the score
    most = int(lately.max()) if len(lately) else int(customers["days_since_last"].min()) - 1
    fewest = int(often.min()) if len(often) else int(customers["frequency"].max()) + 1
    return most, fewest


def purchase_file(shop: Shop, customer_id: str) -> CaseFile:
    """A customer's orders as a card, first to last; what is no purchase says why.

    Raises ValueError where this customer has no order.

    >>> from retailkit.generate import make_shop
    >>> purchase_file(make_shop(seed=7, customers=40), "C-000001")[0]
    'Customer C-000001, seen from 30 June 2026.'
    """
    own = shop.orders[shop.orders["customer_id"] == customer_id]
    if own.empty:
        raise ValueError(
            say("The shop has no order of a customer {customer!r}.", customer=customer_id)
        )
    orders = records_in(own.sort_values("ordered_at", kind="stable"), Order)
    seen = {"customer": customer_id, "day": day(shop.today)}
    title = say("Customer {customer}, seen from {day}.", **seen)
    return CaseFile(customer_id, [title, f"{count_of(len(orders), 'order')}.", *map(_line, orders)])


def _line(order: Order) -> str:
    called_off = f", {spoken(order.status)}" if order.status in CALLED_OFF else ""
    amount = say("amount not known") if order.total is None else f"{order.total:,.2f}"
    return f"{_day(order.ordered_at)}: {amount}{called_off}."


def _day(moment: date | None) -> str:
    return say("Day not known") if moment is None else day(moment)
