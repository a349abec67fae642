"""What came before a case: earlier cases, late answers, the same fault with other customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retailkit.claims import Reason, StepType

if TYPE_CHECKING:
    from retailkit.shop import Shop

SAME_MATTER = ["customer_id", "order_id", "product_id", "reason", "event_on"]
SAME_TROUBLE = ["customer_id", "product_id", "reason"]

FAULTS_OF_PRODUCTS = [
    Reason.DEFECTIVE,
    Reason.DAMAGED,
    Reason.MISSING_PART,
    Reason.NOT_AS_DESCRIBED,
    Reason.SAFETY_OR_HYGIENE,
]
"""What can be wrong with every piece of a product alike."""

SAME_CAUSE = pd.Timedelta(days=30)
"""Within how many days the same fault of a product is taken to have the same cause."""


def step_at(book: pd.DataFrame, shop: Shop, step: StepType) -> pd.Series:
    """When each case last saw this step; empty where it never did."""
    steps = shop.claim_steps[shop.claim_steps["step"] == step]
    return steps.groupby("claim_id")["at"].max().reindex(book["claim_id"]).set_axis(book.index)


def duplicates(book: pd.DataFrame) -> pd.Series:
    """The same matter is in the book already: same customer, order, product, reason and day."""
    in_time = book.sort_values("received_at", kind="stable")
    seen = in_time.duplicated(SAME_MATTER).reindex(book.index)
    return seen.astype("boolean").where(book["customer_id"].notna() & book["event_on"].notna())


def repeated(book: pd.DataFrame) -> pd.Series:
    """The customer had the same trouble with the same product before, as a matter of its own."""
    earlier = _earlier(book)["claim_id"].notna()
    return earlier.astype("boolean").where(book["customer_id"].notna())


def earlier_late(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The earlier case was answered late, or was overdue when this one came in."""
    earlier = _earlier(book.assign(answered_on=_answered_on(book, shop)))
    late = _late(earlier["answer_by"], earlier["answered_on"], book["received_at"])
    return late.where(book["customer_id"].notna())


def answered_late(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The day by which the case had to be answered went by without an answer."""
    today = pd.Series(pd.Timestamp(shop.today), index=book.index)
    late = _late(book["answer_by"], _answered_on(book, shop), today)
    return late.where(book["answer_by"].notna())


def already_remedied(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """An earlier case on the purchase was put right, after this trouble and before this case."""
    actions = shop.claim_steps[shop.claim_steps["step"] == StepType.ACTION]
    done = actions[["claim_id", "at"]].merge(
        book[["claim_id", "order_id", "product_id"]], on="claim_id"
    )
    done = done.dropna(subset=["order_id", "product_id"])
    pairs = book.reset_index().merge(done, on=["order_id", "product_id"], suffixes=("", "_done"))
    in_between = (pairs["event_on"] <= pairs["at"]) & (pairs["at"] < pairs["received_at"])
    put_right = pairs.loc[in_between & (pairs["claim_id"] != pairs["claim_id_done"]), "index"]
    return pd.Series(book.index.isin(put_right), index=book.index).astype("boolean")


def same_cause_customers(book: pd.DataFrame) -> pd.Series:
    """How many customers, this one included, report the same fault within 30 days."""
    counts = pd.Series(pd.NA, index=book.index, dtype="Float64")
    of_products = book[book["reason"].isin(FAULTS_OF_PRODUCTS)].sort_values("received_at")
    for _, group in of_products.groupby(["product_id", "reason"]):
        first = group["received_at"].searchsorted(group["received_at"] - SAME_CAUSE)
        customers = group["customer_id"].to_list()
        counts[group.index] = [
            float(len(set(customers[start : row + 1]))) for row, start in enumerate(first)
        ]
    return counts


def _earlier(book: pd.DataFrame) -> pd.DataFrame:
    """For each case the one before it with the same trouble; empty where there is none."""
    in_time = book[~duplicates(book).fillna(False)].sort_values("received_at", kind="stable")
    columns = [name for name in ("claim_id", "answer_by", "answered_on") if name in book]
    return in_time.groupby(SAME_TROUBLE, dropna=False)[columns].shift().reindex(book.index)


def _answered_on(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The day on which a case was answered or taken back; empty while it is open."""
    told = step_at(book, shop, StepType.COMMUNICATED)
    ended: pd.Series = told.fillna(step_at(book, shop, StepType.WITHDRAWN)).dt.normalize()
    return ended


def _late(answer_by: pd.Series, answered_on: pd.Series, looked_at: pd.Series) -> pd.Series:
    """Answered after the day it was due, or not answered by the day on which we look."""
    return (answered_on.fillna(looked_at.dt.normalize()) > answer_by).astype("boolean")
