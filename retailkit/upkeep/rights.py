"""Rights: what the shop holds on a person, and putting it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from retailkit.catalogue import say
from retailkit.customers import Customer
from retailkit.records import is_nothing, kinds, need_word, understood
from retailkit.text import Sentences, spoken
from retailkit.upkeep.belongings import need_customer, rows_of
from retailkit.upkeep.choosing import with_facts
from retailkit.upkeep.erasing import WRITTEN
from retailkit.upkeep.keys import plain
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from retailkit.shop import Shop

NOT_CORRECTED = ("customer_id", "channel", "joined_at", "last_verified_at")
"""What a customer cannot have got wrong: it is the shop's own."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Held:
    """All that a shop holds on one person: `tables` with their rows, and the same in sentences.

    `elsewhere` counts the rows about other people in which their name or a contact stands.
    """

    customer_id: str
    tables: Mapping[str, pd.DataFrame]
    elsewhere: int

    def sentences(self) -> Sentences:
        """What is held, fact by fact and table by table."""
        said = [say("We hold this on {number}.", number=self.customer_id)]
        for name, table in self.tables.items():
            said += _own_facts(table) if name == "customers" else _rows(name, table)
        if self.elsewhere:
            said.append(
                say(
                    "Their name or a contact also stands in {rows} about "
                    "other people, which we cannot show them as they are.",
                    rows=count_of(self.elsewhere, "row"),
                )
            )
        return Sentences(said)

    def __repr__(self) -> str:
        return repr(self.sentences())

    def _repr_html_(self) -> str:
        return self.sentences()._repr_html_()


def held_on(shop: Shop, customer_id: str) -> Held:
    """All that the shop holds on a person, from every table.

    Raises ValueError for a guest or an unknown number.

    >>> from retailkit.generate import make_shop
    >>> held_on(make_shop(seed=7, customers=20), "C-000003").sentences()[1]
    'given_name: John.'
    """
    need_customer(shop, customer_id)
    mine = rows_of(shop, customer_id)
    tables = {name: table[mine[name]] for name, table in shop.tables.items() if mine[name].any()}
    person = tables["customers"].iloc[0]
    wanted = telling(person)
    elsewhere = 0
    for name, columns in WRITTEN.items():
        others = shop.tables[name][~mine[name]]
        names_them = pd.Series(False, index=others.index)
        for column in columns:
            names_them |= others[column].map(lambda text: tells(text, wanted)).astype(bool)
        elsewhere += int(names_them.sum())
    return Held(customer_id=customer_id, tables=tables, elsewhere=elsewhere)


def telling(person: pd.Series) -> list[str]:
    """What tells in a text that it speaks of a person: their full name or a contact."""
    name = [person["given_name"], person["family_name"]]
    found = [" ".join(name)] if all(isinstance(part, str) for part in name) else []
    found += [person[column] for column in ("email", "phone") if isinstance(person[column], str)]
    return [plain(text) for text in found if text.strip()]


def tells(text: object, wanted: list[str]) -> bool:
    """Whether a text has one of these in it, in any spelling."""
    if not isinstance(text, str):
        return False
    written = plain(text)
    return any(value in written for value in wanted)


def _own_facts(table: pd.DataFrame) -> list[str]:
    row = table.iloc[0]
    return [
        f"{column}: {_shown(row[column])}."
        for column in table.columns
        if column != "customer_id" and not is_nothing(row[column])
    ]


def _rows(name: str, table: pd.DataFrame) -> list[str]:
    known = [column for column in table.columns if not table[column].isna().all()]
    filled = [spoken(column) for column in known if column != "customer_id"]
    rows = count_of(len(table), "row")
    return [say("{table}: {rows}, with {fields}.", table=name, rows=rows, fields=listing(filled))]


def _shown(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def corrected(shop: Shop, customer_id: str, *, verified_at: date | str, **facts: Any) -> Shop:
    """The shop with facts of a customer put right, and the moment they were verified at.

    Give facts by name, like `email="ana@example.com"`; None strikes one. Without any, the
    customer has confirmed what stands there. What a record
    itself finds wrong is not taken: see `Customer.problems`.
    Raises ValueError for a fact that is not the customer's to correct or cannot be right, a
    guest or an unknown number, and a moment that is none or lies after the shop's today.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=20)
    >>> new = corrected(shop, "C-000003", verified_at="2026-06-29", email="john@example.com")
    >>> new.customer("C-000003").email
    'john@example.com'
    """
    need_customer(shop, customer_id)
    allowed = [name for name in kinds(Customer) if name not in NOT_CORRECTED]
    for name in facts:
        need_word(name, allowed, "fact that a customer corrects")
    moment = understood("verified_at", verified_at, datetime)
    if moment is None or moment.date() > shop.today:
        raise ValueError(
            say(
                "verified_at: {verified_at!r} is not a moment up to the shop's today, {today}. "
                "Say when the customer told you.",
                verified_at=verified_at,
                today=shop.today,
            )
        )
    before = shop.customer(customer_id)
    after = replace(before, **facts, last_verified_at=moment)
    _need_no_problems(before, after)
    row = {name: getattr(after, name) for name in (*facts, "last_verified_at")}
    values = {name: pd.NaT if value is None else value for name, value in row.items()}
    people = with_facts(shop.customers, customer_id, values)
    return replace(shop, tables={**shop.tables, "customers": people}, origin=None)


def _need_no_problems(before: Customer, after: Customer) -> None:
    """Say what is wrong with the new facts; what was wrong before is for another day."""
    old = set(before.problems())
    new = [sentence for sentence in after.problems() if sentence not in old]
    if new:
        raise ValueError(" ".join(new))
