"""Rights of the people in the list: what is held on them, corrected, and erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import sqlalchemy as sa

from retailkit.crm import merging, shelf
from retailkit.crm.changing import change
from retailkit.crm.log import AccessType
from retailkit.crm.parts import numbered, part, rows_that_say, theirs
from retailkit.crm.schema import TABLES
from retailkit.crm.values import rows_of
from retailkit.crm.work import Work
from retailkit.customers import Customer
from retailkit.files.columns import key_of
from retailkit.shop import RECORDS, Shop
from retailkit.upkeep.belongings import need_customer
from retailkit.upkeep.erasing import WRITTEN, may_name, without_customer
from retailkit.upkeep.rights import Held, corrected, held_on, telling, tells


def held(work: Work, customer_id: str) -> Held:
    """All that is held on a person, and how often others' rows speak of them."""
    wanted = {name: [where] for name, where in theirs(customer_id).items()}
    whom = part(work, {"customers": wanted["customers"]})
    need_customer(whom, customer_id)
    words = telling(whom.customers.iloc[0])
    spoken_of = rows_that_say(work, WRITTEN, lambda text: tells(text, words))
    for name, numbers in spoken_of.items():
        wanted[name] = [sa.or_(*wanted.get(name, []), *numbered(name, numbers))]
    found = held_on(part(work, wanted), customer_id)
    work.note(AccessType.DISCLOSED, "", ids=[customer_id])
    return found


def correct(work: Work, customer_id: str, facts: dict[str, Any]) -> Customer:
    """Put facts of a customer right, verified now."""
    shop = part(work, {"customers": [TABLES["customers"].c.customer_id == customer_id]})
    after = corrected(shop, customer_id, verified_at=work.moment(), **facts).customer(customer_id)
    new = {name: getattr(after, name) for name in (*facts, "last_verified_at")}
    return change(work, shop.customer(customer_id), new)


def erase(work: Work, customer_id: str) -> None:
    """Erase a person: from every row, from merges, and from what the file says of its shop."""
    customers = TABLES["customers"].c
    whom = part(work, {"customers": [customers.customer_id == customer_id]})
    need_customer(whom, customer_id)
    merged = merging.merged_into(work, customer_id)
    before = _touched(work, customer_id, merged)
    after = without_customer(before, customer_id, merged)
    work.leaves_traces = work.store.begin_erasing(work.connection)
    for name in TABLES:
        _write(work, name, before, after)
    work.connection.execute(
        TABLES["customers"].delete().where(customers.customer_id == customer_id)
    )
    merging.forget(work, customer_id)
    stored = shelf.described(work.connection)
    if stored:
        # what its seed makes still has the person in it
        shelf.describe(work.connection, replace(stored, origin=None))
    work.note(AccessType.ERASED, "customers", ids=[customer_id])


def _touched(work: Work, customer_id: str, merged: pd.DataFrame) -> Shop:
    """The rows that are about the person, or may speak of them; and the list, to know namesakes."""
    lists: dict[str, list[sa.ColumnElement[bool]]] = {"customers": [], "staff": []}
    says = may_name(part(work, lists), customer_id, merged)
    spoken_of = rows_that_say(work, WRITTEN, says)
    about = theirs(customer_id)
    wanted = dict(lists)
    for name in TABLES:
        if name not in lists:
            where = [about[name]] if name in about else []
            where += numbered(name, spoken_of.get(name, []))
            where += _pointing(name, [customer_id, *merged["customer_id"]])
            wanted[name] = [sa.or_(sa.false(), *where)]
    return part(work, wanted)


def _pointing(name: str, numbers: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    """Rows that may point to one of the person's rows, whose numbers have theirs in them."""
    columns = [column for column in TABLES[name].columns if column.name.endswith("_id")]
    own = {number.partition("-")[2] or number for number in numbers}
    return [column.contains(each, autoescape=True) for column in columns for each in own]


def _write(work: Work, name: str, before: Shop, after: Shop) -> None:
    """Write what has changed in a table whose rows are still in their order."""
    if name == "customers":
        return  # of others nothing changes there
    table, record = TABLES[name], RECORDS[name]
    key = key_of(record)
    old, new = (rows_of(shop.tables[name], name, record) for shop in (before, after))
    for was, now in zip(old, new, strict=True):
        changed = {field: now[field] for field in now if now[field] != was[field]}
        if changed:
            update = table.update().where(table.c[key] == was[key]).values(**changed)
            work.connection.execute(update)
