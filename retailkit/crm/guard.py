"""The guard: what SQLite asks about every column and table before it runs anything for a role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from retailkit.crm.agreeing import AGREEING, VIEWS
from retailkit.crm.roles import Rights
from retailkit.crm.schema import ABOUT, ACCESS_LOG, LOOK_UP_KEYS, METADATA, NUMBERS

FUNCTIONS = frozenset({"count", "like"})
"""What our own questions work out; a role's connection knows no other function."""


def guard(rights: Rights, driver: Any) -> Callable[..., int]:
    """The answers for one role.

    A closed column reads as nothing wherever it stands, behind WHERE and ORDER BY as well,
    so that nothing can be inferred from how many rows are found. One door stays open in
    SQLite itself: RETURNING hands out closed columns, so roles are given no SQL to write.
    """
    open_columns, writable = readable(rights), _writable(rights)
    in_part = set(VIEWS) & set(rights.sees) if rights.only_with else set()

    def ask(
        action: int, first: str | None, second: str | None, base: str | None, view: str | None
    ) -> int:
        if action == driver.SQLITE_READ:
            if view in in_part and first == AGREEING:
                return int(driver.SQLITE_OK)
            # what is seen in part is seen through its view alone
            around = first in in_part and base == "main" and view not in in_part
            if first not in METADATA.tables or around:
                return int(driver.SQLITE_DENY)
            is_open = second in open_columns.get(str(first), ())
            return int(driver.SQLITE_OK if is_open else driver.SQLITE_IGNORE)
        allowed = action in (driver.SQLITE_SELECT, driver.SQLITE_TRANSACTION)
        if action == driver.SQLITE_INSERT:
            allowed = first in {*rights.changes, ACCESS_LOG.name}
        elif action == driver.SQLITE_UPDATE:
            allowed = second in writable.get(str(first), ())
        elif action == driver.SQLITE_FUNCTION:
            allowed = second in FUNCTIONS
        elif action == driver.SQLITE_PRAGMA:
            allowed = (first, second) == ("read_uncommitted", None)  # SQLAlchemy asks for it
        return int(driver.SQLITE_OK if allowed else driver.SQLITE_DENY)

    return ask


def readable(rights: Rights) -> Mapping[str, set[str]]:
    """The columns that may be read; the one without a name stands for the table's rows."""
    found = {table: {*fields, "", "row_number"} for table, fields in rights.sees.items()}
    for key, fields in LOOK_UP_KEYS.items():
        if rights.sees.get("customers", frozenset()) >= set(fields):
            found["customers"].add(key)
    for own in (ABOUT, NUMBERS, ACCESS_LOG):
        found[own.name] = {"", *own.columns.keys()}
    if not rights.reads_log:
        found[ACCESS_LOG.name] = {"", "number", "hash"}  # to add the next entry
    return found


def _writable(rights: Rights) -> Mapping[str, set[str]]:
    """The columns that may be changed where they stand."""
    open_columns = readable(rights)
    return {NUMBERS.name: {"last"}, **{table: open_columns[table] for table in rights.changes}}
