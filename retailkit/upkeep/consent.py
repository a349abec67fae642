"""Consent: which answer decides on a contact, and which of two answers is the stricter one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retailkit.customers import CollectionChannel, ConsentState, Purpose

if TYPE_CHECKING:
    from retailkit.shop import Shop

FAR_AHEAD = pd.Timestamp("2999-12-31")
"""After every answer, whatever its date."""


def last_answers(
    shop: Shop | pd.DataFrame, contacts: pd.DataFrame, purpose: Purpose
) -> pd.DataFrame:
    """The answer that decides on each contact: `customer_id` and the moment `at`.

    Takes a shop, or its table of answers alone. Adds `may`, `consent_id` (where they may),
    `state` and `answered_at`.
    """
    times = {"customer_id": "str", "at": "datetime64[s]"}
    every = shop if isinstance(shop, pd.DataFrame) else shop.consents
    answers = every[every["purpose"] == purpose].astype(times)
    said_yes = answers["state"] == ConsentState.GIVEN
    by_complaint = answers["channel"] == CollectionChannel.COMPLAINT
    no_answer = answers["state"].isna() | (answers["state"] == ConsentState.NOT_ASKED)
    undated = answers["at"].isna()
    counts = answers[~no_answer & ~undated & ~(said_yes & by_complaint)]
    # of two answers of one moment the no comes last, and so holds
    yes_first = (counts["state"] != ConsentState.GIVEN).astype(int)
    counts = counts.assign(no=yes_first).sort_values(["at", "no"], kind="stable")
    counts = counts.assign(answered_at=counts["at"])
    found: pd.DataFrame = pd.merge_asof(
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
    return found.rename_axis(None)


def where_they_stand(shop: Shop, customer_id: str) -> dict[Purpose, str]:
    """The answer that decides in the end, for each purpose that a customer has answered about."""
    contact = pd.DataFrame({"customer_id": [customer_id], "at": [FAR_AHEAD]})
    theirs = shop.consents[shop.consents["customer_id"] == customer_id]
    asked = set(theirs["purpose"])
    found = {
        each: last_answers(theirs, contact, each)["state"].iloc[0]
        for each in Purpose
        if each in asked
    }
    return {purpose: str(state) for purpose, state in found.items() if not pd.isna(state)}


def is_no(state: str) -> bool:
    """Whether an answer forbids a contact: a no, or a yes taken back."""
    return state in {ConsentState.DECLINED, ConsentState.WITHDRAWN}
