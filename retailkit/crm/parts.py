"""Parts of the shop: as many rows as a deed needs, as a shop that the rules of upkeep take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from retailkit.catalogue import say
from retailkit.crm.looking import selected
from retailkit.crm.schema import TABLES
from retailkit.crm.shelf import described
from retailkit.crm.store import AT_ONCE
from retailkit.crm.values import table_of
from retailkit.crm.work import Work
from retailkit.files.columns import key_of
from retailkit.procedure import Procedure
from retailkit.shop import RECORDS, Shop
from retailkit.upkeep.belongings import HOLDS_A_CUSTOMER, WITH_CASES, WITH_ORDERS

Wanted = Mapping[str, Sequence[sa.ColumnElement[bool]]]
"""The tables that are wanted, and on what condition their rows are."""

PIECE = 5_000
"""So many rows are fetched together: one by one takes longer, all at once more room."""


def part(work: Work, wanted: Wanted) -> Shop:
    """The shop as it is today with these rows; every other table is empty. The caller notes it."""
    tables = {
        name: selected(work, name, wanted[name]) if name in wanted else table_of([], record)
        for name, record in RECORDS.items()
    }
    today = work.moment().date()
    stored = described(work.connection)
    if stored is None:
        return Shop(
            name=say("The shop"),
            tables=tables,
            seed=0,
            market="generic",
            procedure=Procedure(),
            today=today,
        )
    return replace(stored, tables=tables, today=today)


def theirs(number: str) -> dict[str, sa.ColumnElement[bool]]:
    """For each table in which a customer can stand, which rows are about them."""
    found = {name: TABLES[name].c[column] == number for name, column in HOLDS_A_CUSTOMER.items()}
    for names, of, key in ((WITH_ORDERS, "orders", "order_id"), (WITH_CASES, "claims", "claim_id")):
        their = TABLES[of].c
        about = sa.select(their[key]).where(their.customer_id == number)
        for name in names:
            goes_with = TABLES[name].c[key].in_(about)
            found[name] = sa.or_(found[name], goes_with) if name in found else goes_with
    return found


def rows_that_say(
    work: Work, columns: Mapping[str, Iterable[str]], says: Callable[[str], bool]
) -> dict[str, list[str]]:
    """The numbers of the rows in which one of these columns holds such a text, by table."""
    known: dict[str, bool] = {}

    def asked(text: str) -> bool:
        if text not in known:
            known[text] = says(text)
        return known[text]

    found = {}
    for name, texts in columns.items():
        table = TABLES[name]
        chosen = [table.c[key_of(RECORDS[name])], *(table.c[column] for column in texts)]
        pieces = work.connection.execute(sa.select(*chosen)).partitions(PIECE)
        found[name] = [
            number
            for piece in pieces
            for number, *written in piece
            if any(asked(text) for text in written if text)
        ]
    return found


def numbered(name: str, numbers: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    """The conditions, one for so many numbers at once, for rows with these numbers."""
    column = TABLES[name].c[key_of(RECORDS[name])]
    return [
        column.in_(numbers[start : start + AT_ONCE]) for start in range(0, len(numbers), AT_ONCE)
    ]


def plain_rows(work: Work, name: str, where: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    """Rows with every column that the database has of them, in their order."""
    table = TABLES[name]
    found = work.connection.execute(sa.select(table).where(where).order_by(table.c.row_number))
    return [dict(row) for row in found.mappings()]
