"""Adding and changing rows: asked whether the role may, done, and noted in the access log."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from retailkit.crm import numbers
from retailkit.crm.log import AccessType
from retailkit.crm.looking import the_row
from retailkit.crm.schema import LOOK_UP_KEYS, NAMES, TABLES
from retailkit.crm.values import look_up_keys, row_of
from retailkit.crm.work import Work
from retailkit.files.columns import foreign_keys, key_of
from retailkit.records import AnyRecord, Record, is_nothing, kinds, need_word
from retailkit.shop import RECORDS
from retailkit.words import listing


class LookAlike(UserWarning):
    """Two customers share an e-mail address. They are not merged: it may be a household."""


class ChangedMeanwhile(ValueError):
    """Somebody else changed the same fields after they were read; look again and decide."""


def add(work: Work, record: AnyRecord) -> AnyRecord:
    """Add one record; without a number it gets the next one. Returns it as it is kept."""
    name = table_of_record(record)
    key = key_of(type(record))
    filled = [field for field in kinds(type(record)) if getattr(record, field) is not None]
    work.rights.need_change(name, filled)
    if getattr(record, key) is None:
        number = numbers.next_number(work.connection, name)
        record = dataclasses.replace(record, **{key: number})
    row = row_of(record)
    _need_new(work, name, row[key])
    _need_references(work, type(record), row)
    if name == "customers":
        row |= look_up_keys(*_looked_up_by(record))
    work.connection.execute(TABLES[name].insert().inline().values(**row))
    numbers.taken(work.connection, name, [row[key]])
    work.note(AccessType.ADDED, name, ids=[row[key]], fields=filled)
    if name == "customers":
        _warn_of_look_alikes(work, row)
    return record


def change(work: Work, record: AnyRecord, fields: Mapping[str, Any]) -> AnyRecord:
    """Change fields of a record that was read before. Returns it as it is kept now."""
    name, kind = table_of_record(record), type(record)
    key = key_of(kind)
    for field in fields:
        need_word(field, kinds(kind), f"field of {name}")
    new = dataclasses.replace(record, **fields)
    before, after = row_of(record), row_of(new)
    changed = [field for field in kinds(kind) if before[field] != after[field]]
    if key in changed:
        raise ValueError(f"{key}: a number stays with its row. Add a new row instead.")
    work.rights.need_change(name, changed)
    now = the_row(work, name, before[key])
    # a record has no blank text: it reads as nothing
    there = {field: None if is_nothing(now[field]) else now[field] for field in changed}
    other = [field for field in changed if there[field] not in (before[field], after[field])]
    if other:
        raise ChangedMeanwhile(
            f"Somebody else has changed {listing(other)} of {before[key]} since you read it. "
            "Nothing was written. Read it again, and decide which is right."
        )
    values = {field: after[field] for field in changed}
    _need_references(work, kind, values)
    if name == "customers":
        values |= _changed_keys(work, new, changed)
    if values:
        table = TABLES[name]
        work.connection.execute(table.update().where(table.c[key] == before[key]).values(**values))
        work.note(AccessType.CHANGED, name, ids=[before[key]], fields=changed)
    if "email" in changed:
        _warn_of_look_alikes(work, {**after, **values})
    return new


def table_of_record(record: Record) -> str:
    """The table that keeps this kind of record.

    Raises ValueError where none does.
    """
    if type(record) not in NAMES:
        names = [kind.__name__ for kind in NAMES]
        raise ValueError(
            f"The database keeps no {type(record).__name__}. It keeps {listing(names)}."
        )
    return NAMES[type(record)]


def _need_new(work: Work, name: str, number: str) -> None:
    table, key = TABLES[name], key_of(RECORDS[name])
    if work.connection.execute(sa.select(table.c[key]).where(table.c[key] == number)).first():
        raise ValueError(f"{name} has {number!r} already. To alter it, read it and change it.")


def _need_references(work: Work, kind: type[Record], row: Mapping[str, Any]) -> None:
    """Say which row is missing, if one is pointed to that is not there."""
    for field, other in foreign_keys(kind).items():
        key = TABLES[other].c[key_of(RECORDS[other])]
        if row.get(field) is None:
            continue
        if work.connection.execute(sa.select(key).where(key == row[field])).first() is None:
            raise ValueError(f"{field}: {other} has no {row[field]!r}. Add that first.")


def _looked_up_by(record: Any) -> tuple[Any, Any, Any, Any]:
    return record.given_name, record.family_name, record.email, record.phone


def _changed_keys(work: Work, new: Record, changed: Iterable[str]) -> dict[str, str | None]:
    """The look-up keys that change with these fields."""
    keys = look_up_keys(*_looked_up_by(new))
    touched = [key for key, fields in LOOK_UP_KEYS.items() if set(fields) & set(changed)]
    for key in touched:
        work.rights.need("customers", LOOK_UP_KEYS[key], "change it")
    return {key: keys[key] for key in touched}


def _warn_of_look_alikes(work: Work, row: Mapping[str, Any]) -> None:
    customers = TABLES["customers"].c
    query = sa.select(customers.customer_id).where(
        customers.email_key == row["email_key"], customers.customer_id != row["customer_id"]
    )
    others = work.connection.execute(query).scalars().all() if row["email_key"] else []
    if others:
        warnings.warn(
            f"{row['customer_id']} has the same e-mail address as {listing(others)}. "
            "Is it the same person, or somebody of the same home?",
            LookAlike,
            stacklevel=4,
        )
