"""Merging in the database: two records made one, and the exact way back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import sqlalchemy as sa

from retailkit.catalogue import say
from retailkit.crm import numbers
from retailkit.crm.log import AccessType
from retailkit.crm.parts import part, plain_rows
from retailkit.crm.schema import MERGES, TABLES
from retailkit.crm.values import look_up_keys, row_of, table_of
from retailkit.crm.work import Work
from retailkit.customers import Consent, Customer
from retailkit.files.columns import key_of
from retailkit.records import kinds, need_word, records_in
from retailkit.shop import RECORDS
from retailkit.upkeep.belongings import HOLDS_A_CUSTOMER
from retailkit.upkeep.merging import Merge
from retailkit.upkeep.merging import merge as merged_shop
from retailkit.words import listing

Rows = Mapping[str, list[dict[str, Any]]]


def merge(
    work: Work, keep: str, other: str, take: Mapping[str, str] | None, *, sure: bool
) -> tuple[str, Merge]:
    """Make two records one; the number of the merge, and what was done."""
    shop = part(work, _both(keep, other))
    done = merged_shop(shop, keep, other, take, sure=sure, at=work.moment())
    before = _rows_of(work, [keep, other])
    for name, column in HOLDS_A_CUSTOMER.items():
        if name != "customers":
            _rename(work, name, column, other, keep)
    _write_customer(work, done.shop.customer(keep), without=other)
    answers = done.shop.consents
    added = records_in(answers[answers["consent_id"].isin(done.added)], Consent)
    if added:
        work.connection.execute(TABLES["consents"].insert(), [row_of(one) for one in added])
    (merge_id,) = numbers.next_numbers(work.connection, MERGES.name, 1)
    entry = {
        "merge_id": merge_id,
        "at": work.moment().isoformat(sep=" "),
        "keep": keep,
        "other": other,
        "before": json.dumps(
            {**_whose(before), "customers": before["customers"]}, ensure_ascii=False
        ),
        "after": json.dumps(_prints(_rows_of(work, [keep]))),
    }
    work.connection.execute(MERGES.insert().values(**entry))
    work.note(AccessType.MERGED, "customers", ids=[keep, other])
    return merge_id, done


def undo(work: Work, merge_id: str) -> tuple[str, str]:
    """Make two records of one again, exactly as they were; the numbers of both."""
    found = work.connection.execute(sa.select(MERGES)).mappings().all()
    by_number = {row["merge_id"]: row for row in found}
    row = by_number[need_word(merge_id, by_number, "merge that can be undone")]
    keep, other = row["keep"], row["other"]
    _need_unchanged(work, keep, other, json.loads(row["after"]))
    before: Rows = json.loads(row["before"])
    for name in HOLDS_A_CUSTOMER:
        if name != "customers":
            _put_back(work, name, keep, before[name])
    _put_back_customers(work, keep, before["customers"])
    work.connection.execute(MERGES.delete().where(MERGES.c.merge_id == merge_id))
    work.note(AccessType.PARTED, "customers", ids=[keep, other])
    return keep, other


def merged_into(work: Work, customer_id: str) -> pd.DataFrame:
    """The records that were ever made one with a customer's, each as it was before."""
    rows = [
        tuple(row[column] for column in kinds(Customer))
        for merge_ in _merges_of(work, customer_id)
        for row in json.loads(merge_["before"])["customers"]
    ]
    return table_of(list(dict.fromkeys(rows)), Customer)


def forget(work: Work, customer_id: str) -> None:
    """Delete the merges of a person; they hold what was known of them."""
    gone = [row["merge_id"] for row in _merges_of(work, customer_id)]
    work.connection.execute(MERGES.delete().where(MERGES.c.merge_id.in_(gone)))


def _merges_of(work: Work, customer_id: str) -> list[Mapping[str, Any]]:
    """The merges that led to a record, one after the other, the last one first."""
    newest = sa.func.length(MERGES.c.merge_id).desc(), MERGES.c.merge_id.desc()
    names = {customer_id}
    found: list[Mapping[str, Any]] = []
    for row in work.connection.execute(sa.select(MERGES).order_by(*newest)).mappings():
        if row["keep"] in names:
            names.add(row["other"])
            found.append(dict(row))
    return found


def _both(keep: str, other: str) -> dict[str, list[sa.ColumnElement[bool]]]:
    """The rows that a merge looks at: everybody's names, and what belongs to the two."""
    wanted: dict[str, list[sa.ColumnElement[bool]]] = {
        name: [TABLES[name].c[column].in_([keep, other])]
        for name, column in HOLDS_A_CUSTOMER.items()
    }
    # the numbers that new answers might get
    like = TABLES["consents"].c.consent_id.startswith(
        f"CO-{keep.rpartition('-')[2]}-", autoescape=True
    )
    return wanted | {"customers": [], "consents": [sa.or_(*wanted["consents"], like)]}


def _rows_of(work: Work, who: Iterable[str]) -> Rows:
    who = list(who)
    return {
        name: plain_rows(work, name, TABLES[name].c[column].in_(who))
        for name, column in HOLDS_A_CUSTOMER.items()
    }


def _whose(rows: Rows) -> Rows:
    """Of each row its number and its customer's: more is not needed for the way back."""
    return {
        name: [
            {of: row[of] for of in (key_of(RECORDS[name]), HOLDS_A_CUSTOMER[name])} for row in each
        ]
        for name, each in rows.items()
    }


def _prints(rows: Rows) -> dict[str, str]:
    """A print of the rows of each table, by which a change is seen."""
    return {
        name: hashlib.sha256(json.dumps(each).encode()).hexdigest() for name, each in rows.items()
    }


def _rename(work: Work, name: str, column: str, old: str, new: str) -> None:
    table = TABLES[name]
    update = table.update().where(table.c[column] == old).values({column: new})
    work.connection.execute(update)


def _write_customer(work: Work, person: Customer, without: str) -> None:
    """The one record that two have become, and the other gone."""
    table = TABLES["customers"]
    row = row_of(person)
    row |= look_up_keys(row["given_name"], row["family_name"], row["email"], row["phone"])
    work.connection.execute(table.delete().where(table.c.customer_id == without))
    here = table.c.customer_id == person.customer_id
    work.connection.execute(table.update().where(here).values(**row))


def _need_unchanged(work: Work, keep: str, other: str, prints: Mapping[str, str]) -> None:
    """Say what has changed since a merge, if anything has.

    Raises ValueError.
    """
    now = _prints(_rows_of(work, [keep]))
    changed = [name for name in now if now[name] != prints[name]]
    if _rows_of(work, [other])["customers"]:
        changed.append(say("the number {other}, which somebody else has now", other=other))
    if changed:
        raise ValueError(
            say(
                "The merge of {other} into {keep} cannot be undone exactly: {changed} "
                "changed since. Nothing was undone. Undo later merges first; "
                "or add a new customer, and ask whose each row is.",
                other=other,
                keep=keep,
                changed=listing(changed),
            )
        )


def _put_back(work: Work, name: str, keep: str, before: list[dict[str, Any]]) -> None:
    """A table's rows to whom they belonged; the answers that the merge wrote are gone."""
    table, column = TABLES[name], HOLDS_A_CUSTOMER[name]
    key = key_of(RECORDS[name])
    known = [row[key] for row in before]
    for row in plain_rows(work, name, table.c[column] == keep):
        if row[key] not in known:
            work.connection.execute(table.delete().where(table.c[key] == row[key]))
    for row in before:
        if row[column] != keep:
            update = table.update().where(table.c[key] == row[key]).values({column: row[column]})
            work.connection.execute(update)


def _put_back_customers(work: Work, keep: str, before: list[dict[str, Any]]) -> None:
    table = TABLES["customers"]
    taken = sa.select(table.c.row_number)
    for row in before:
        if row["customer_id"] == keep:
            work.connection.execute(table.update().where(table.c.customer_id == keep).values(**row))
        else:
            place = work.connection.execute(taken.where(table.c.row_number == row["row_number"]))
            if place.first():
                row = {name: row[name] for name in row if name != "row_number"}  # noqa: PLW2901 - the place at the end went to somebody new
            work.connection.execute(table.insert().values(**row))
