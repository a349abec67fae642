"""The consent file: what one customer has answered about the use of their data, as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retailkit.case_file import CaseFile
from retailkit.catalogue import say
from retailkit.text import day, spoken, typed
from retailkit.upkeep.choosing import record

if TYPE_CHECKING:
    from retailkit.shop import Shop


def consent_file(shop: Shop, customer_id: str) -> CaseFile:
    """One customer's answers, from first to last, as a card.

    >>> from retailkit.generate import make_shop
    >>> consent_file(make_shop(seed=7, customers=40), "C-000005")[2]
    'marketing: declined on 21 May 2025 (feedback)'
    """
    row, table = record(shop.customers, customer_id), answers_in_order(shop)
    name = f"{row['given_name']} {row['family_name']}"
    theirs = table[table["customer_id"] == customer_id]
    lines = [consent_line(answer) for _, answer in theirs.iterrows()]
    return CaseFile(customer_id, [f"{customer_id}.", name, *lines])


def answers_in_order(shop: Shop) -> pd.DataFrame:
    """The table of answers from first to last; those without a date stand first."""
    return shop.consents.sort_values("at", kind="stable", na_position="first")


def consent_line(answer: pd.Series) -> str:
    """One answer as a line: what about, what it was, when and on which form."""
    known = {"purpose": spoken(str(answer["purpose"])), "state": typed(str(answer["state"]))}
    if pd.isna(answer["at"]):
        return say("{purpose}: {state}", **known)
    known |= {"day": day(answer["at"]), "channel": spoken(answer["channel"])}
    return say("{purpose}: {state} on {day} ({channel})", **known)
