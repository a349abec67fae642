"""What came before a case: earlier cases, late answers, the same fault with other customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retailkit.claims import Outcome, Reason, Remedy, StepType

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

NOT_SETTLED = [Outcome.REFUSED, Outcome.UNFOUNDED, Outcome.WITHDRAWN]
"""Whoever comes back after such an end raises the matter anew."""

ONLY_WORDS = [Remedy.APOLOGY, Remedy.INFORMATION, Remedy.NOTHING]
"""Remedies that put no thing right."""


def step_at(book: pd.DataFrame, shop: Shop, step: StepType) -> pd.Series:
    """When each case last saw this step; empty where it never did."""
    steps = shop.claim_steps[shop.claim_steps["step"] == step]
    return steps.groupby("claim_id")["at"].max().reindex(book["claim_id"]).set_axis(book.index)


def duplicates(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The same matter is in the book already, and was neither refused nor taken back."""
    steps = shop.claim_steps
    ended_badly = steps.loc[steps["outcome"].isin(NOT_SETTLED), "claim_id"]
    in_time = book.sort_values("received_at", kind="stable")
    in_time = in_time[~in_time["claim_id"].isin(ended_badly)]
    first_of_each = in_time.drop_duplicates(SAME_MATTER)
    first_told = book[SAME_MATTER].merge(
        first_of_each[[*SAME_MATTER, "received_at", "claim_id"]], on=SAME_MATTER, how="left"
    )
    another = first_told["claim_id"].notna() & (first_told["claim_id"] != book["claim_id"])
    same = another & (first_told["received_at"] <= book["received_at"])
    known = book[["customer_id", "reason", "event_on"]].notna().all(axis="columns")
    return same.astype("boolean").where(known)


def repeated(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The customer had the same trouble with the same product before, as a matter of its own."""
    earlier = _earlier(book, shop)["claim_id"].notna()
    return earlier.astype("boolean").where(_who_and_what_is_known(book))


def earlier_late(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The earlier case was answered late, or was overdue when this one came in."""
    earlier = _earlier(book.assign(answered_on=_answered_on(book, shop)), shop)
    late = _late(earlier["answer_by"], earlier["answered_on"], book["received_at"])
    return late.where(_who_and_what_is_known(book))


def answered_late(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The day by which the case had to be answered went by without an answer."""
    today = pd.Series(pd.Timestamp(shop.today), index=book.index)
    late = _late(book["answer_by"], _answered_on(book, shop), today)
    return late.where(book["answer_by"].notna())


def already_remedied(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """An earlier case about the purchase was put right, after this trouble and before this case."""
    actions = shop.claim_steps[shop.claim_steps["step"] == StepType.ACTION]
    actions = actions[~actions["remedy"].isin(ONLY_WORDS)][["claim_id", "at"]]
    key = ["order_id", "product_id", "reason"]
    done = actions.merge(book[["claim_id", *key]], on="claim_id").dropna(subset=key)
    pairs = book.merge(done, on=key, suffixes=("", "_done"))
    in_between = (pairs["event_on"] <= pairs["at"]) & (pairs["at"] < pairs["received_at"])
    put_right = pairs.loc[in_between & (pairs["claim_id"] != pairs["claim_id_done"]), "claim_id"]
    return book["claim_id"].isin(put_right).astype("boolean")


def same_cause_customers(book: pd.DataFrame) -> pd.Series:
    """How many customers, this one included, report the same fault within 30 days."""
    counts = pd.Series(pd.NA, index=book.index, dtype="Float64")
    of_products = book[book["reason"].isin(FAULTS_OF_PRODUCTS)].sort_values("received_at")
    for _, group in of_products.groupby(["product_id", "reason"]):
        first = group["received_at"].searchsorted(group["received_at"] - SAME_CAUSE)
        # whoever gives no name is taken for somebody new
        customers = group["customer_id"].fillna(group["claim_id"]).to_list()
        counts[group.index] = [
            float(len(set(customers[start : row + 1]))) for row, start in enumerate(first)
        ]
    return counts


def _earlier(book: pd.DataFrame, shop: Shop) -> pd.DataFrame:
    """For each case the one before it with the same trouble; empty where there is none.

    A complaint about how a complaint was handled comes after any case of the customer.
    """
    in_time = book[~duplicates(book, shop).fillna(False)].sort_values("received_at", kind="stable")
    columns = [name for name in ("claim_id", "answer_by", "answered_on") if name in book]
    same_trouble = in_time.groupby(SAME_TROUBLE, dropna=False)[columns].shift()
    same_customer = in_time.groupby("customer_id", dropna=False)[columns].shift()
    about_handling = in_time["reason"] == Reason.COMPLAINT_HANDLING
    return same_trouble.mask(about_handling, same_customer).reindex(book.index)


def _who_and_what_is_known(book: pd.DataFrame) -> pd.Series:
    return book["customer_id"].notna() & book["reason"].notna()


def _answered_on(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The day on which a case was answered or taken back; empty while it is open."""
    told = step_at(book, shop, StepType.COMMUNICATED)
    ended: pd.Series = told.fillna(step_at(book, shop, StepType.WITHDRAWN)).dt.normalize()
    return ended


def _late(answer_by: pd.Series, answered_on: pd.Series, looked_at: pd.Series) -> pd.Series:
    """Answered after the day it was due, or not answered by the day on which we look."""
    return (answered_on.fillna(looked_at.dt.normalize()) > answer_by).astype("boolean")
