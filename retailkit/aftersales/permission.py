"""Permission: whom the shop may contact for a purpose, by a yes that is alive at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, overload

import pandas as pd

from retailkit.customers import CollectionChannel, ConsentState, Purpose
from retailkit.records import understood
from retailkit.text import day
from retailkit.words import did_you_mean

if TYPE_CHECKING:
    from retailkit.shop import Shop


@dataclass(frozen=True, kw_only=True, repr=False)
class Permission:
    """Whether one customer may be contacted, by which answer, and why. True where they may."""

    may: bool
    consent_id: str | None
    because: str

    def __bool__(self) -> bool:
        return self.may

    def __repr__(self) -> str:
        return self.because


@overload
def may_contact(
    shop: Shop, customer_id: str, purpose: Purpose | str = ..., at: date | str | None = ...
) -> Permission: ...


@overload
def may_contact(
    shop: Shop, customer_id: None = ..., purpose: Purpose | str = ..., at: date | str | None = ...
) -> pd.DataFrame: ...


def may_contact(
    shop: Shop,
    customer_id: str | None = None,
    purpose: Purpose | str = Purpose.MARKETING,
    at: date | str | None = None,
) -> Permission | pd.DataFrame:
    """Whether a customer may be contacted for a purpose at a moment (the shop's today, if None).

    For one customer a `Permission`; for all of them a table, one row per customer, indexed by
    `customer_id`, with `may`, `consent_id` (the yes that allows it) and `because`.

    The latest answer for the purpose at or before the moment decides, and only a yes is a yes.
    A yes on a complaint form counts for nothing, for a complaint is no occasion for offers;
    nor does a yes without a date. A no without a date holds always, and of two answers of one
    moment the no holds.
    Raises ValueError for an unknown customer or purpose, or a moment that is no date.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=40)
    >>> may_contact(shop, "C-000001", "marketing", "2026-06-01")
    Yes: said yes to marketing on 21 August 2023.
    """
    purpose = Purpose(purpose)
    moment = pd.Timestamp(understood("at", shop.today if at is None else at, datetime))
    everybody = shop.customers[["customer_id"]]
    if customer_id is not None:
        everybody = everybody[everybody["customer_id"] == customer_id]
        if everybody.empty:
            names = shop.customers["customer_id"]
            raise ValueError(
                f"The list of customers has no {customer_id!r}."
                f"{did_you_mean(customer_id, names.dropna())}"
            )
    answers = last_answers(shop, everybody.assign(at=moment), purpose)
    answers["because"] = [_why(row, purpose) for row in answers.itertuples()]
    if customer_id is None:
        return answers.set_index("customer_id")[["may", "consent_id", "because"]]
    row = answers.iloc[0]
    yes = row["consent_id"] if row["may"] else None
    return Permission(may=bool(row["may"]), consent_id=yes, because=row["because"])


def last_answers(shop: Shop, contacts: pd.DataFrame, purpose: Purpose) -> pd.DataFrame:
    """The answer that decides on each contact: `customer_id` and the moment `at`.

    Adds `may`, `consent_id` (where they may), `state` and `answered_at`.
    """
    times = {"customer_id": "str", "at": "datetime64[s]"}
    answers = shop.consents[shop.consents["purpose"] == purpose].astype(times)
    said_yes = answers["state"] == ConsentState.GIVEN
    by_complaint = answers["channel"] == CollectionChannel.COMPLAINT
    no_answer = answers["state"].isna() | (answers["state"] == ConsentState.NOT_ASKED)
    undated = answers["at"].isna()
    counts = answers[~no_answer & ~undated & ~(said_yes & by_complaint)]
    # of two answers of one moment the no comes last, and so holds
    yes_first = (counts["state"] != ConsentState.GIVEN).astype(int)
    counts = counts.assign(no=yes_first).sort_values(["at", "no"], kind="stable")
    counts = counts.assign(answered_at=counts["at"])
    found = pd.merge_asof(
        contacts.astype(times).reset_index(names="place").sort_values("at", kind="stable"),
        counts[["customer_id", "at", "answered_at", "consent_id", "state"]],
        on="at",
        by="customer_id",
    )
    found = found.sort_values("place").set_index("place")
    always_no = answers.loc[undated & ~no_answer & ~said_yes, "customer_id"]
    refused = found["customer_id"].isin(always_no)
    found["state"] = found["state"].mask(refused, ConsentState.DECLINED.value)
    found["may"] = (found["state"] == ConsentState.GIVEN).astype(bool)
    found["consent_id"] = found["consent_id"].where(found["may"])
    return found.rename_axis(contacts.index.name)


def _why(row: object, purpose: Purpose) -> str:
    state, at = getattr(row, "state", None), getattr(row, "answered_at", None)
    if pd.isna(state):
        return f"No: has not answered about {purpose} by then."
    when = f" on {day(at)}" if isinstance(at, pd.Timestamp) and not pd.isna(at) else ""
    said = {
        ConsentState.GIVEN: f"Yes: said yes to {purpose}{when}.",
        ConsentState.DECLINED: f"No: said no to {purpose}{when}.",
        ConsentState.WITHDRAWN: f"No: took the yes to {purpose} back{when}.",
    }
    return said[ConsentState(state)]
