"""Parting: two records that were merged by mistake become two again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import say
from retailkit.upkeep.belongings import HOLDS_A_CUSTOMER
from retailkit.upkeep.choosing import record, same, with_facts

if TYPE_CHECKING:
    from retailkit.shop import Shop
    from retailkit.upkeep.merging import Merge


def parted(done: Merge, later: Shop) -> Shop:
    """A later shop in which the two records each have their own rows again.

    Raises ValueError where it lacks the one record or has the other again.
    """
    numbers = set(later.customers["customer_id"])
    if done.keep not in numbers or done.other in numbers:
        raise ValueError(
            say(
                "{other} cannot be taken out of {keep} again: the list of customers needs "
                "{keep}, and must not have {other} yet.",
                other=done.other,
                keep=done.keep,
            )
        )
    tables = dict(later.tables)
    for name, rows in done.moved.items():
        table, column = tables[name], HOLDS_A_CUSTOMER[name]
        theirs = table[table.columns[0]].isin(rows) & (table[column] == done.keep)
        tables[name] = table.assign(**{column: table[column].mask(theirs, done.other)})
    answers = tables["consents"]
    kept = ~answers["consent_id"].isin(done.added)
    tables["consents"] = answers[kept].reset_index(drop=True)
    tables["customers"] = _two_rows(done, later.customers)
    return replace(later, tables=tables, origin=None)


def _two_rows(done: Merge, customers: pd.DataFrame) -> pd.DataFrame:
    """The list with the other record where it stood, and the first with its facts of before."""
    old = done.before.customers
    was, now = record(old, done.keep), record(customers, done.keep)
    merged = record(done.shop.customers, done.keep)
    unchanged = [column for column in old.columns if same(now[column], merged[column])]
    back = with_facts(customers, done.keep, {column: was[column] for column in unchanged})
    place = int((old["customer_id"] == done.other).to_numpy().argmax())
    row = old.iloc[[place]]
    return pd.concat([back.iloc[:place], row, back.iloc[place:]], ignore_index=True)
