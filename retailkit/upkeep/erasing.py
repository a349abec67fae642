"""Erasing: a person is forgotten, and what the shop must keep is kept without them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.records import is_nothing
from retailkit.upkeep.belongings import HOLDS_A_CUSTOMER, need_customer, rows_of
from retailkit.upkeep.keys import plain
from retailkit.upkeep.struck import Strike, strike_of

if TYPE_CHECKING:
    from retailkit.shop import Shop

WRITTEN = {
    "enquiries": ("question", "answer"),
    "consents": ("wording",),
    "feedback": ("text",),
    "signups": ("text",),
    "claims": ("narrative",),
    "claim_steps": ("note",),
    "messages": ("text",),
    "services": ("request",),
    "order_events": ("signed_by",),
}
"""The columns in which people write what they like."""

CONTACTS = ("email", "phone", "street")
NUMBER = re.compile(r"\b[A-Z]{1,3}-[\w-]*\w")
"""A number as it stands in a text, such as that of a case."""


def without_customer(shop: Shop, customer_id: str, merged: pd.DataFrame | None = None) -> Shop:
    """The shop without a person: erased, as they asked.

    Their row in the list is gone. Orders and cases stay, as the books must, but under a
    token that means nothing and is made anew each time, which also takes the place of the
    customer's number in the numbers of their own rows. Names, e-mail, telephone and street
    are struck out wherever people wrote them; in other people's rows only where nobody else
    has the same. Serial numbers stay: they belong to the goods. It cannot be undone.
    `merged` has records, as they were, that were made one with this one; what they say of
    the person is struck out as well.

    Raises ValueError for a guest or an unknown number.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=20)
    >>> len(without_customer(shop, "C-000003").orders) == len(shop.orders)
    True
    """
    need_customer(shop, customer_id)
    mine = rows_of(shop, customer_id)
    people = _records(shop, customer_id, merged)
    names = _new_numbers(shop, mine, list(dict.fromkeys(people["customer_id"])))
    own, others = _strikes(shop, people)
    tables = {}
    for name, table in shop.tables.items():
        renamed = _renamed(name, table, names)
        tables[name] = _struck(name, renamed, mine[name], names, own, others)
    rest = tables["customers"]
    rest = rest[shop.customers["customer_id"].to_numpy() != customer_id]
    tables["customers"] = rest.reset_index(drop=True)
    # what its seed makes still has the person in it
    return replace(shop, tables=tables, origin=None)


def may_name(
    shop: Shop, customer_id: str, merged: pd.DataFrame | None = None
) -> Callable[[str], bool]:
    """Whether a text in somebody else's row needs a closer look when a person is erased.

    Of the shop it takes the lists of customers and of staff alone. What it passes over
    holds no name, contact or number that would be struck out.
    """
    people = _records(shop, customer_id, merged)
    numbers = {number.partition("-")[2] or number for number in people["customer_id"]}
    _, strike = _strikes(shop, people)
    return lambda text: any(own in text for own in numbers) or strike.may_be_in(text)


def _records(shop: Shop, customer_id: str, merged: pd.DataFrame | None) -> pd.DataFrame:
    """All that the list says of a person, and what records said that were merged into theirs."""
    person = shop.customers[shop.customers["customer_id"] == customer_id]
    return person if merged is None else pd.concat([person, merged], ignore_index=True)


def _new_numbers(shop: Shop, mine: Mapping[str, pd.Series], numbers: list[str]) -> dict[str, str]:
    """The numbers that name the person, each with the one that takes its place."""
    token = _token()
    names = dict.fromkeys(numbers, token)
    for number in numbers:
        # rows of two records that were merged may have the same number behind it
        new = token if number == numbers[0] else _token()
        names |= _built_on(shop, mine, number, new)
    return names


def _token() -> str:
    return f"C-{secrets.token_hex(6)}"


def _built_on(
    shop: Shop, mine: Mapping[str, pd.Series], customer_id: str, token: str
) -> dict[str, str]:
    """The numbers of the person's own rows that hold the customer's, with the new ones."""
    names: dict[str, str] = {}
    own, new = customer_id.partition("-")[2], token.partition("-")[2]
    if not own:
        return names  # numbers without a letter in front are not built into others
    inside = re.compile(rf"(?<=-){re.escape(own)}(?=-|$)")
    for name, table in shop.tables.items():
        if name == "customers":
            continue
        for number in table.loc[mine[name], table.columns[0]].dropna():
            if inside.search(number):
                names[number] = inside.sub(new, number, count=1)
    return names


def _renamed(name: str, table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """The table with the new numbers in every column that holds numbers."""
    columns = [column for column in table.columns if column.endswith("_id")]
    columns += [HOLDS_A_CUSTOMER[name]] if name in HOLDS_A_CUSTOMER else []
    found = {
        column: table[column].map(lambda value: names.get(value, value)).astype(table[column].dtype)
        for column in dict.fromkeys(columns)
        if table[column].isin(names).any()
    }
    return table.assign(**found)


def _strikes(shop: Shop, people: pd.DataFrame) -> tuple[Strike, Strike]:
    """What is struck out in the person's own rows, and what in everybody else's."""
    names, whole = [], []
    for _, person in people.iterrows():
        both = [value for value in (person["given_name"], person["family_name"]) if _text(value)]
        names += both
        whole += [" ".join(order) for order in (both, both[::-1]) if len(both) == 2]
    contacts = [value for column in CONTACTS for value in people[column] if _text(value)]
    phones = [value for value in people["phone"] if _text(value)]
    single = {word for name in names for word in [name, *name.split()] if len(word) > 1}
    own = strike_of([*whole, *single, *contacts], phones)
    shared = _of_somebody_else(shop, people)
    alone = [text for text in [*whole, *names, *contacts] if not shared(text)]
    return own, strike_of(alone, [phone for phone in phones if not shared(phone)])


def _of_somebody_else(shop: Shop, people: pd.DataFrame) -> Callable[[str], bool]:
    """Whether somebody else in the shop has the same name or contact."""
    rest = shop.customers[~shop.customers["customer_id"].isin(people["customer_id"])]
    known = {plain(name) for name in shop.staff["name"].dropna()}
    known |= {word for name in known for word in name.split()}
    columns = ["given_name", "family_name", *CONTACTS]
    for column in columns:
        known |= set(map(plain, rest[column].dropna()))
    full = rest[["given_name", "family_name"]].dropna()
    known |= {plain(f"{given} {family}") for given, family in full.itertuples(index=False)}
    return lambda text: plain(text) in known


def _struck(
    name: str,
    table: pd.DataFrame,
    mine: pd.Series,
    names: Mapping[str, str],
    own: Strike,
    others: Strike,
) -> pd.DataFrame:
    """The table with the person struck out of what was written in it."""
    columns = {}
    for column in WRITTEN.get(name, ()):
        texts = [
            own.in_text(text) if yes else others.in_text(text)
            for text, yes in zip(table[column], mine, strict=True)
        ]
        clean = [_without_numbers(text, names) for text in texts]
        columns[column] = pd.Series(clean, index=table.index, dtype=table[column].dtype)
    return table.assign(**columns)


def _without_numbers(text: object, names: Mapping[str, str]) -> object:
    """A text with the new number wherever it has an old one."""
    if not isinstance(text, str) or not NUMBER.search(text):
        return text
    return NUMBER.sub(lambda found: names.get(found.group(), found.group()), text)


def _text(value: object) -> bool:
    return isinstance(value, str) and not is_nothing(value)
