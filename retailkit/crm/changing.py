"""Adding and changing rows: asked whether the role may, done, and noted in the access log."""

from __future__ import annotations

import dataclasses
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from retailkit.catalogue import later, say
from retailkit.crm import numbers
from retailkit.crm.log import AccessType
from retailkit.crm.looking import the_row
from retailkit.crm.schema import LOOK_UP_KEYS, NAMES, TABLES
from retailkit.crm.store import AT_ONCE
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


def add(work: Work, records: Sequence[AnyRecord]) -> list[AnyRecord]:
    """Add records of one kind; those without a number get the next ones.

    Returns them as they are kept.
    """
    name, kind = table_of_records(records), type(records[0])
    filled = {
        field
        for field in kinds(kind)
        if any(getattr(record, field) is not None for record in records)
    }
    work.rights.need_change(name, filled)
    records = _numbered(work, name, records)
    # what is closed to a role is empty in its records, and is not written at all
    written = [field for field in kinds(kind) if field in work.rights.sees[name]]
    rows = [{field: row[field] for field in written} for row in map(row_of, records)]
    ids = [row[key_of(kind)] for row in rows]
    _need_new(work, name, ids)
    _need_references(work, kind, rows)
    if name == "customers":
        for row in rows:
            row.update(look_up_keys(*_looked_up_by(row)))
        _warn_of_look_alikes(work, rows)
    work.connection.execute(TABLES[name].insert().inline(), rows)
    work.note(AccessType.ADDED, name, ids=ids, fields=filled)
    return list(records)


def change(work: Work, record: AnyRecord, fields: Mapping[str, Any]) -> AnyRecord:
    """Change fields of a record that was read before. Returns it as it is kept now."""
    name, kind = table_of_records([record]), type(record)
    key = key_of(kind)
    for field in fields:
        need_word(field, kinds(kind), say("field of {name}", name=name))
    new = dataclasses.replace(record, **fields)
    before, after = row_of(record), row_of(new)
    changed = [field for field in kinds(kind) if before[field] != after[field]]
    if key in changed:
        raise ValueError(say("{key}: a number stays with its row. Add a new row instead.", key=key))
    work.rights.need_change(name, changed)
    now = the_row(work, name, before[key])
    # a record has no blank text: it reads as nothing
    there = {field: None if is_nothing(now[field]) else now[field] for field in changed}
    # also where both write the same: who added one to what they read would add it for nothing
    other = [field for field in changed if there[field] != before[field]]
    if other:
        raise _changed_meanwhile(other, before[key])
    values = {field: after[field] for field in changed}
    _need_references(work, kind, [values])
    if name == "customers":
        values |= _changed_keys(work, after, changed)
        if "email" in changed:
            _warn_of_look_alikes(work, [{**after, **values}])
    if values:
        table = TABLES[name]
        # with another program somebody may write between our look and this
        as_seen = [table.c[field].is_not_distinct_from(now[field]) for field in changed]
        one = table.update().where(table.c[key] == before[key], *as_seen)
        if work.connection.execute(one.values(**values)).rowcount == 0:
            raise _changed_meanwhile(changed, before[key])
        work.note(AccessType.CHANGED, name, ids=[before[key]], fields=changed)
    return new


def _changed_meanwhile(fields: Iterable[str], number: str) -> ChangedMeanwhile:
    return ChangedMeanwhile(
        say(
            "Somebody else has changed {other} of {number} since you read it. "
            "Nothing was written. Read it again, and decide which is right.",
            other=listing(fields),
            number=number,
        )
    )


def table_of_records(records: Sequence[Record]) -> str:
    """The table that keeps these records.

    Raises ValueError where none does, or where they are of more than one kind.
    """
    found = {type(record) for record in records}
    unknown = [kind.__name__ for kind in found if kind not in NAMES]
    if unknown:
        names = [kind.__name__ for kind in NAMES]
        raise ValueError(
            say(
                "The database keeps no {unknown}. It keeps {names}.",
                unknown=listing(unknown),
                names=listing(names),
            )
        )
    if len(found) != 1:
        kinds_ = listing(sorted(kind.__name__ for kind in found))
        raise ValueError(
            say("Records are added one kind at a time, and these are {kinds}.", kinds=kinds_)
        )
    return NAMES[found.pop()]


def _numbered(work: Work, name: str, records: Sequence[AnyRecord]) -> Sequence[AnyRecord]:
    """The records, each with a number; those that came with one keep it."""
    key = key_of(RECORDS[name])
    numbers.taken(work.connection, name, [getattr(record, key) or "" for record in records])
    without = [place for place, record in enumerate(records) if getattr(record, key) is None]
    if not without:
        return records
    numbered = list(records)
    given = numbers.next_numbers(work.connection, name, len(without))
    for place, number in zip(without, given, strict=True):
        numbered[place] = dataclasses.replace(records[place], **{key: number})
    return numbered


def _need_new(work: Work, name: str, ids: Sequence[str]) -> None:
    column = TABLES[name].c[key_of(RECORDS[name])]
    there = {found[0] for found in _among(work, [column], column, ids)}
    twice = [number for number, times in Counter(ids).items() if times > 1 or number in there]
    if twice:
        raise ValueError(
            say(
                "{name} has {number!r} already. To alter it, read it and change it. "
                "Nothing was added.",
                name=name,
                number=twice[0],
            )
        )


def _need_references(work: Work, kind: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
    """Say which row is missing, if one is pointed to that is not there."""
    for field, other in foreign_keys(kind).items():
        wanted = {row[field] for row in rows if row.get(field) is not None}
        column = TABLES[other].c[key_of(RECORDS[other])]
        missing = wanted - {found[0] for found in _among(work, [column], column, wanted)}
        if missing:
            raise ValueError(
                say(
                    "{field}: {other} has no {number!r}. Add that first.",
                    field=field,
                    other=other,
                    number=min(missing),
                )
            )


def _among(
    work: Work, columns: Sequence[sa.Column[Any]], column: sa.Column[Any], values: Iterable[str]
) -> Iterator[Any]:
    """The rows whose column holds one of these values."""
    wanted = list(values)
    for start in range(0, len(wanted), AT_ONCE):
        piece = wanted[start : start + AT_ONCE]
        yield from work.connection.execute(sa.select(*columns).where(column.in_(piece)))


def _looked_up_by(row: Mapping[str, Any]) -> tuple[Any, Any, Any, Any]:
    given, family, email, phone = map(row.get, ("given_name", "family_name", "email", "phone"))
    return given, family, email, phone


def _changed_keys(
    work: Work, row: Mapping[str, Any], changed: Iterable[str]
) -> dict[str, str | None]:
    """The look-up keys that change with these fields."""
    keys = look_up_keys(*_looked_up_by(row))
    touched = [key for key, fields in LOOK_UP_KEYS.items() if set(fields) & set(changed)]
    for key in touched:
        work.rights.need("customers", LOOK_UP_KEYS[key], later("change it"))
    return {key: keys[key] for key in touched}


def _warn_of_look_alikes(work: Work, rows: Sequence[Mapping[str, Any]]) -> None:
    """Warn of customers with the address of another, before they are written."""
    customers = TABLES["customers"].c
    holders: dict[str, list[str]] = {}
    columns = [customers.email_key, customers.customer_id]
    new = {row["email_key"]: row["customer_id"] for row in rows if row["email_key"]}
    for found in _among(work, columns, customers.email_key, new):
        holders.setdefault(found[0], []).append(found[1])
    for row in rows:
        others = holders.get(row["email_key"], [])
        others = [number for number in others if number != row["customer_id"]]
        if others:
            warnings.warn(
                say(
                    "{customer} has the same e-mail address as {others}. "
                    "Is it the same person, or somebody of the same home?",
                    customer=row["customer_id"],
                    others=listing(others),
                ),
                LookAlike,
                stacklevel=4,
            )
        if row["email_key"]:
            holders.setdefault(row["email_key"], []).append(row["customer_id"])
