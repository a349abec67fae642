"""Permission: whom the shop may contact for a purpose, by a yes that is alive at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, overload

import pandas as pd

from retailkit.catalogue import later, say
from retailkit.customers import ConsentState, Purpose
from retailkit.records import understood
from retailkit.text import day, spoken
from retailkit.upkeep.consent import last_answers
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
    >>> may_contact(shop, "C-000005", "marketing", "2026-06-01")
    No: said no to marketing on 21 May 2025.
    """
    purpose = Purpose(purpose)
    moment = pd.Timestamp(understood("at", shop.today if at is None else at, datetime))
    everybody, given = shop.customers[["customer_id"]], shop.consents
    if customer_id is not None:
        given = given[given["customer_id"] == customer_id]
        everybody = everybody[everybody["customer_id"] == customer_id]
        if everybody.empty:
            raise ValueError(
                say("The list of customers has no {customer!r}.", customer=customer_id)
                + did_you_mean(customer_id, shop.customers["customer_id"].dropna())
            )
    answers = last_answers(given, everybody.assign(at=moment), purpose)
    answers["because"] = [_why(row, purpose) for row in answers.itertuples()]
    if customer_id is None:
        return answers.set_index("customer_id")[["may", "consent_id", "because"]]
    row = answers.iloc[0]
    yes = row["consent_id"] if row["may"] else None
    return Permission(may=bool(row["may"]), consent_id=yes, because=row["because"])


def permissions(shop: Shop, at: date | str | None = None) -> pd.DataFrame:
    """How many customers may be contacted, for what, and what the others have answered.

    One row per purpose, index `purpose`; one column per state of consent. The answers are
    those that decide at the moment `at` (the shop's today, if None), as for `may_contact`;
    whoever has given none that counts stands under `not_asked`.
    Raises ValueError where `at` is no date.

    >>> from retailkit.generate import make_shop
    >>> permissions(make_shop(seed=7, customers=40)).loc["marketing"].to_dict()
    {'given': 24, 'declined': 4, 'withdrawn': 0, 'not_asked': 12}
    """
    moment = pd.Timestamp(understood("at", shop.today if at is None else at, datetime))
    everybody = shop.customers[["customer_id"]].assign(at=moment)
    rows = {
        str(purpose): last_answers(shop, everybody, purpose)["state"]
        .fillna(ConsentState.NOT_ASKED.value)
        .value_counts()
        .reindex([str(state) for state in STATES], fill_value=0)
        for purpose in Purpose
    }
    return pd.DataFrame(rows).T.rename_axis(index="purpose", columns=None)


STATES = (
    ConsentState.GIVEN,
    ConsentState.DECLINED,
    ConsentState.WITHDRAWN,
    ConsentState.NOT_ASKED,
)
"""A yes first, then what is none."""


def _why(row: object, purpose: Purpose) -> str:
    state, at = getattr(row, "state", None), getattr(row, "answered_at", None)
    if pd.isna(state):
        return say("No: has not answered about {purpose} by then.", purpose=spoken(purpose))
    undated, dated = SAID[ConsentState(state)]
    if not isinstance(at, pd.Timestamp) or pd.isna(at):
        return say(undated, purpose=spoken(purpose))
    return say(dated, purpose=spoken(purpose), day=day(at))


SAID = {
    ConsentState.GIVEN: (
        later("Yes: said yes to {purpose}."),
        later("Yes: said yes to {purpose} on {day}."),
    ),
    ConsentState.DECLINED: (
        later("No: said no to {purpose}."),
        later("No: said no to {purpose} on {day}."),
    ),
    ConsentState.WITHDRAWN: (
        later("No: took the yes to {purpose} back."),
        later("No: took the yes to {purpose} back on {day}."),
    ),
}
"""What is said of an answer: without its day, and with it."""
