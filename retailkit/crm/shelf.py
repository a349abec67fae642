"""Whole shops and whole tables: in and out of the database in one piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace as with_changes
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from retailkit.catalogue import later, say
from retailkit.crm import numbers
from retailkit.crm.log import AccessType
from retailkit.crm.looking import selected
from retailkit.crm.roles import NotAllowed
from retailkit.crm.schema import ABOUT, ACCESS_LOG, MERGES, METADATA, NUMBERS, TABLES, VERSION
from retailkit.crm.values import look_up_keys, rows_of, table_of
from retailkit.crm.work import Work
from retailkit.files.columns import key_of
from retailkit.files.description import about_shop, facts_of, shop_of
from retailkit.shop import RECORDS, Shop
from retailkit.words import not_a

if TYPE_CHECKING:
    import pandas as pd

SHOP = "shop"


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables that a role sees, each read when it is asked for."""

    def __init__(self, read: Callable[[str], pd.DataFrame], names: Mapping[str, object]) -> None:
        self._read = read
        self._names = [name for name in TABLES if name in names]

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in TABLES:
            raise KeyError(not_a("table", name, TABLES))
        return self._read(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return say("Tables: {names}", names=", ".join(self._names))


def lay_out(connection: sa.Connection, about: Mapping[str, str]) -> None:
    """Make the empty tables of a new database, which says these facts of itself."""
    METADATA.create_all(connection)
    connection.execute(NUMBERS.insert(), [{"name": name, "last": 0} for name in numbers.FORMS])
    facts = {"version": str(VERSION), **about}
    connection.execute(ABOUT.insert(), [{"fact": k, "value": v} for k, v in facts.items()])


def facts(connection: sa.Connection) -> Mapping[str, str]:
    """What a database says of itself."""
    return {row.fact: row.value for row in connection.execute(sa.select(ABOUT))}


def edition(connection: sa.Connection) -> int | None:
    """The edition of a database's tables; None where it is not a database of this kit."""
    if not sa.inspect(connection).has_table(ABOUT.name):
        return None
    columns = {column["name"] for column in sa.inspect(connection).get_columns(ABOUT.name)}
    version = facts(connection).get("version", "") if columns >= {"fact", "value"} else ""
    return int(version) if version.isdecimal() else None


def prepared(shop: Shop) -> Mapping[str, list[dict[str, Any]]]:
    """The rows of a shop as the database keeps them, worked out before anybody has to wait.

    Raises ValueError where a value would not come back the same.
    """
    rows = {name: rows_of(shop.tables[name], name, RECORDS[name]) for name in TABLES}
    for row in rows["customers"]:
        row.update(look_up_keys(row["given_name"], row["family_name"], row["email"], row["phone"]))
    return rows


def store(
    work: Work, shop: Shop, rows: Mapping[str, list[dict[str, Any]]], *, replace: bool
) -> None:
    """Put a shop in, in place of what is there if that is wanted."""
    connection = work.connection
    # in the order in which one table points to another
    ordered = [table for table in METADATA.sorted_tables if table.name in TABLES]
    if replace:
        for table in reversed(ordered):
            connection.execute(table.delete())
        connection.execute(MERGES.delete())
    elif any(
        connection.execute(sa.select(table.c.row_number).limit(1)).first() for table in ordered
    ):
        raise ValueError(
            say(
                "There is a shop in the database already. To put this one in its place: "
                "crm.store(shop, replace=True). To keep both, open another file."
            )
        )
    for table in ordered:
        if rows[table.name]:
            connection.execute(table.insert().inline(), rows[table.name])
        key = key_of(RECORDS[table.name])
        numbers.taken(connection, table.name, [row[key] for row in rows[table.name]])
    describe(connection, shop)
    work.note(AccessType.STORED, "", rows=sum(len(table) for table in rows.values()))


def describe(connection: sa.Connection, shop: Shop) -> None:
    """Write down what there is to say of a shop, in place of what was said before."""
    connection.execute(ABOUT.delete().where(ABOUT.c.fact == SHOP))
    said = json.dumps(facts_of(about_shop(shop)), ensure_ascii=False)
    connection.execute(ABOUT.insert().values(fact=SHOP, value=said))


def described(connection: sa.Connection) -> Shop | None:
    """The shop that is stored, without its tables; None where none is."""
    said = facts(connection).get(SHOP)
    return None if said is None else shop_of(json.loads(said))


def shop(work: Work) -> Shop:
    """The shop as the role sees it; a table that is closed to the role comes empty.

    Raises ValueError where no shop has been stored.
    """
    stored = described(work.connection)
    if stored is None:
        raise ValueError(
            say(
                "No shop has been stored here yet. Put one in with crm.store(shop), "
                "or read single tables from crm.tables."
            )
        )
    tables = {name: _table(work, name) for name in RECORDS}
    work.note(AccessType.TAKEN_OUT, "", rows=sum(len(table) for table in tables.values()))
    return with_changes(stored, tables=tables)


def _table(work: Work, name: str) -> pd.DataFrame:
    try:
        work.rights.need(name, [], later("read it"))
    except NotAllowed:
        return table_of([], RECORDS[name])
    return selected(work, name, [])


def access_log(work: Work) -> pd.DataFrame:
    """The access log as a table: one row per entry, from first to last."""
    import pandas as pd

    names = [column.name for column in ACCESS_LOG.columns if column.name != "hash"]
    columns = [ACCESS_LOG.c[name] for name in names]
    found = work.connection.execute(sa.select(*columns).order_by(ACCESS_LOG.c.number))
    return pd.DataFrame([tuple(row) for row in found], columns=names)
