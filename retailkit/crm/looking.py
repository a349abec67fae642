"""Looking at rows: asked whether the role may, done, and noted in the access log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from retailkit.catalogue import later, say
from retailkit.crm.log import AccessType
from retailkit.crm.schema import LOOK_UP_KEYS, TABLES
from retailkit.crm.values import (
    PHONE,
    email_key,
    folded,
    kept,
    phone_key,
    record_of,
    table_of,
)
from retailkit.crm.work import Work
from retailkit.files.columns import key_of
from retailkit.records import Record, kinds, need_word, understood
from retailkit.shop import RECORDS
from retailkit.text import sound_text
from retailkit.words import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

LONGEST_SEARCH = 1000
"""Nobody's name is longer, and a store may refuse to search for more."""


SHORTEST_NUMBER = 5
"""So many digits tell a telephone number from a slip."""


def record(work: Work, name: str, number: str) -> Record:
    """One row of a table as a record, by its number."""
    need_word(name, TABLES, "table")
    row = the_row(work, name, number)
    work.note(AccessType.LOOKED_UP, name, ids=[number], fields=[key_of(RECORDS[name])])
    return record_of(row, RECORDS[name])


def rows(work: Work, name: str, equals: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of a table whose fields equal these; closed fields are empty."""
    where = conditions(
        work, name, equals, later("look rows up by it") if equals else later("read it")
    )
    found = selected(work, name, where)
    key = key_of(RECORDS[name])
    what = AccessType.LOOKED_UP if equals else AccessType.READ
    ids = [str(number) for number in found[key]] if equals else []
    work.note(what, name, ids=ids, fields=equals, rows=len(found))
    return found


def count(work: Work, name: str, equals: Mapping[str, Any]) -> int:
    """How many rows of a table have fields that equal these."""
    where = conditions(work, name, equals, later("count rows by it"))
    query = sa.select(sa.func.count()).select_from(TABLES[name]).where(*where)
    number = int(work.connection.execute(query).scalar_one())
    work.note(AccessType.COUNTED, name, fields=equals, rows=number)
    return number


def find(work: Work, text: str) -> pd.DataFrame:
    """Customers by number, e-mail address, telephone number or part of a name."""
    if len(text) > LONGEST_SEARCH or not text.strip():
        raise ValueError(
            say(
                "Look for a customer by number, e-mail address, telephone number "
                "or part of the name."
            )
        )
    customers = TABLES["customers"].c
    text = sound_text("find", text).strip()
    found = selected(work, "customers", [customers.customer_id == text])
    fields: tuple[str, ...] = ("customer_id",)
    if found.empty:
        key, condition = _condition(text)
        fields = LOOK_UP_KEYS[key]
        work.rights.need("customers", fields, later("look customers up by it"))
        found = selected(work, "customers", [condition])
    work.note(AccessType.LOOKED_UP, "customers", ids=found["customer_id"], fields=fields)
    return found


def _condition(text: str) -> tuple[str, sa.ColumnElement[bool]]:
    """By which key a text is looked up, and how."""
    customers = TABLES["customers"].c
    if "@" in text:
        return "email_key", customers.email_key == email_key(text)
    # who reads out a number often leaves out the country, or puts zeros in its place
    digits = phone_key(text).lstrip("0")
    if PHONE.fullmatch(text) and len(digits) >= SHORTEST_NUMBER:
        return "phone_key", customers.phone_key.endswith(digits, autoescape=True)
    return "name_key", customers.name_key.contains(folded(text), autoescape=True)


def conditions(
    work: Work, name: str, equals: Mapping[str, Any], what: str
) -> list[sa.ColumnElement[bool]]:
    """The conditions that fields of a table equal these; `what` is what they are wanted for.

    Raises ValueError for what is no table or field, NotAllowed for what the role does not see.
    """
    need_word(name, TABLES, "table")
    fields = kinds(RECORDS[name])
    for field in equals:
        need_word(field, fields, say("field of {name}", name=name))
    work.rights.need(name, equals, what)
    values = {
        field: kept(field, understood(field, value, fields[field]), fields[field])
        for field, value in equals.items()
    }
    return [TABLES[name].c[field] == value for field, value in values.items()]


def selected(work: Work, name: str, where: Iterable[sa.ColumnElement[bool]]) -> pd.DataFrame:
    """Rows of a table, in their order, as one of the shop's tables. The caller notes it."""
    table = TABLES[name]
    columns = [table.c[column] for column in kinds(RECORDS[name])]
    query = sa.select(*columns).where(*where).order_by(table.c.row_number)
    return table_of([tuple(row) for row in work.connection.execute(query)], RECORDS[name])


def the_row(work: Work, name: str, number: str | None) -> Mapping[str, Any]:
    """One row of a table, by its number. The caller notes it.

    Raises ValueError where there is none.
    """
    table, key = TABLES[name], key_of(RECORDS[name])
    work.rights.need(name, [key], later("look rows up by it"))
    columns = [table.c[column] for column in kinds(RECORDS[name])]
    query = sa.select(*columns).where(table.c[key] == sound_text(key, str(number)))
    found = work.connection.execute(query).mappings().first()
    if found is None:
        said = say("{name} has no {number!r}.", name=name, number=number)
        raise ValueError(said + _like(work, name, str(number)))
    return dict(found)


def _like(work: Work, name: str, number: str) -> str:
    table, key = TABLES[name], key_of(RECORDS[name])
    first = work.connection.execute(sa.select(table.c[key]).limit(1000)).scalars().all()
    return did_you_mean(number, first) if first else say(" It is empty.")
