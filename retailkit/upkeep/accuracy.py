"""Accuracy: what in the list cannot be right, and what to ask the customer about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import say
from retailkit.claims import CaseStatus
from retailkit.customers import Customer, phone_like
from retailkit.records import kinds, questions, records_in

if TYPE_CHECKING:
    from retailkit.shop import Shop

FIRST = ("contact", "email", "phone")
"""Whom we cannot answer is asked first; the rest follows in the order of the record."""

COLUMNS = ["customer_id", "field", "shown", "problem", "ask", "open_case"]


def accuracy_check(shop: Shop) -> pd.DataFrame:
    """What to ask which customer, because it cannot be right or is missing.

    One row per customer and thing to ask: `field`, `shown` (what stands there), `problem`,
    `ask` (the question for the customer) and `open_case`. Customers who wait for an answer
    come first; then those we cannot reach, then the other fields. The rules are those of
    `Customer.problems`. What is merely old is in `stale`.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=50, faults={"number_damaged": 0.04})
    >>> accuracy_check(shop)["problem"].iloc[0]
    "'441174960653' has no country in front. Write it like +44 7400 123456."
    """
    asked = {question.name: say(question.text) for question in questions(Customer)}
    asked["contact"] = f"{asked['email']} {asked['phone']}"
    like = phone_like(shop.customers["phone"].dropna())
    rows = []
    for customer in records_in(shop.customers, Customer):
        for sentence in customer.problems(like):
            field, _, problem = sentence.partition(": ")
            shown = getattr(customer, field, None)
            rows.append(
                {
                    "customer_id": customer.customer_id,
                    "field": field,
                    "shown": None if shown is None else str(shown),
                    "problem": problem,
                    "ask": asked[field],
                }
            )
    waiting = shop.claims["status"].notna() & (shop.claims["status"] != CaseStatus.CLOSED)
    table = pd.DataFrame(rows, columns=COLUMNS[:-1]).astype("str")
    table["open_case"] = table["customer_id"].isin(shop.claims.loc[waiting, "customer_id"])
    return _what_matters_first(table)


def _what_matters_first(table: pd.DataFrame) -> pd.DataFrame:
    fields = [*FIRST, *(name for name in kinds(Customer) if name not in FIRST)]
    place = table["field"].map({name: place for place, name in enumerate(fields)})
    ordered = table.assign(place=place).sort_values(
        ["open_case", "place", "customer_id"], ascending=[False, True, True], ignore_index=True
    )
    return ordered[COLUMNS]
