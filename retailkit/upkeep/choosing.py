"""Choosing: which of two records a fact is taken from when they are made one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from retailkit.catalogue import later, say
from retailkit.records import is_nothing, need_word
from retailkit.text import day, spoken

FACTS: Mapping[str, tuple[str, ...]] = {
    "given_name": ("given_name",),
    "family_name": ("family_name",),
    "gender": ("gender",),
    "birth_on": ("birth_on",),
    "email": ("email",),
    "phone": ("phone",),
    # half of one address and half of another would be nobody's
    "address": ("street", "city", "region", "postcode", "household_id"),
    "language": ("language",),
}
"""What can be chosen, and the columns that go with it."""

CALLED = {
    "birth_on": later("birthday"),
    "email": later("e-mail address"),
    "phone": later("telephone number"),
}
"""Facts whose columns have names that nobody says aloud."""


def chosen(keep: pd.Series, other: pd.Series, take: Mapping[str, str]) -> dict[str, pd.Series]:
    """The record that each fact is taken from.

    The one named in `take`; else the only one that knows the fact; else the one that was
    verified last, and the one that is kept where both were on one day.
    Raises ValueError for a fact that is not there or a number of somebody else.
    """
    by_number = {str(row["customer_id"]): row for row in (keep, other)}
    for fact, number in take.items():
        need_word(fact, FACTS, "fact to choose")
        need_word(number, by_number, "record to take a fact from")
    older, newer = (keep, other) if _verified(other) > _verified(keep) else (other, keep)
    return {
        fact: by_number[take[fact]] if fact in take else newer if knows(newer, fact) else older
        for fact in FACTS
    }


def merged_row(
    keep: pd.Series, other: pd.Series, source: Mapping[str, pd.Series]
) -> dict[str, Any]:
    """The columns of the record that two become, those that are as before left out."""
    first = other if _moment(other["joined_at"]) < _moment(keep["joined_at"]) else keep
    row = {column: source[fact][column] for fact in FACTS for column in FACTS[fact]}
    row |= {"joined_at": first["joined_at"], "channel": first["channel"]}
    return row | {"last_verified_at": _all_verified(keep, other, source)}


def _all_verified(keep: pd.Series, other: pd.Series, source: Mapping[str, pd.Series]) -> Any:
    """The last moment at which every fact that is known had been verified."""
    known = [fact for fact in FACTS if knows(source[fact], fact)]
    moments = []
    for fact in known:
        says_so = [row for row in (keep, other) if same_fact(row, source[fact], fact)]
        moments.append(max(_verified(row) for row in says_so))
    earliest = min(moments, default=pd.Timestamp.min)
    return pd.NaT if earliest == pd.Timestamp.min else earliest


def same_fact(one: pd.Series, other: pd.Series, fact: str) -> bool:
    """Whether two records say the same about a fact."""
    return all(same(one[column], other[column]) for column in FACTS[fact])


def same(one: Any, other: Any) -> bool:
    """Whether two values are one, or both are not known."""
    return bool(pd.isna(one) and pd.isna(other)) or one is other or one == other


def knows(row: pd.Series, fact: str) -> bool:
    """Whether a record knows a fact."""
    # who shares a home is known without an address, and is no address
    return any(not is_nothing(row[column]) for column in FACTS[fact] if column != "household_id")


def called(fact: str) -> str:
    """A fact as people call it."""
    return say(CALLED[fact]) if fact in CALLED else spoken(fact)


def shown(row: pd.Series, fact: str) -> str:
    """A fact of a record in words."""
    values = [row[column] for column in FACTS[fact] if column != "household_id"]
    values = [value for value in values if not pd.isna(value)]
    texts = [f"{value:%Y-%m-%d}" if isinstance(value, date) else value for value in values]
    return ", ".join(text for text in texts if isinstance(text, str)) or say("not known")


def side_by_side(one: pd.Series, other: pd.Series) -> list[tuple[str, str, str]]:
    """What two records say: the name of each fact, what the one says, and what the other says.

    The last line says when somebody last made sure of it.
    """
    known = [fact for fact in FACTS if knows(one, fact) or knows(other, fact)]
    lines = [(called(fact), shown(one, fact), shown(other, fact)) for fact in known]
    return [*lines, (say("last checked"), _checked_on(one), _checked_on(other))]


def _checked_on(row: pd.Series) -> str:
    moment = row["last_verified_at"]
    return say("never") if pd.isna(moment) else day(moment)


def _verified(row: pd.Series) -> pd.Timestamp:
    moment = row["last_verified_at"]
    return pd.Timestamp.min if pd.isna(moment) else pd.Timestamp(moment)


def _moment(value: Any) -> pd.Timestamp:
    return pd.Timestamp.max if pd.isna(value) else pd.Timestamp(value)


def record(customers: pd.DataFrame, number: str) -> pd.Series:
    """The row of one customer."""
    return customers[customers["customer_id"] == number].iloc[0]


def with_facts(customers: pd.DataFrame, number: str, row: Mapping[str, object]) -> pd.DataFrame:
    """The customers with other facts in one row; every column keeps its kind."""
    here = customers["customer_id"] == number
    columns = {
        column: customers[column].mask(here, value).astype(customers[column].dtype)
        for column, value in row.items()
    }
    return customers.assign(**columns)
