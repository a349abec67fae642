"""The access log: who did what to which rows, in a chain that breaks where somebody alters it.

Each entry's hash is worked out from the entry and from the hash before it. An entry that
is edited, taken out or moved breaks the chain; that entries are missing at the end shows
only against a hash kept elsewhere, the *head*, which lies in a file beside the database;
on a server, in a table that the next entry alone moves on.
The log names rows and fields and never repeats a value, so that a person can be erased.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from retailkit.catalogue import say
from retailkit.crm.schema import ACCESS_LOG
from retailkit.keep import write_file
from retailkit.text import Problems
from retailkit.words import Word, count_of

START = "0" * 64
"""What stands where the first entry looks for the hash before it."""

LISTED = 100
"""Up to so many rows are listed one by one; of more, only their number is noted."""

HEAD = re.compile(r"(\d+) ([0-9a-f]{64})\n?")


class AccessType(Word):
    """What somebody did in the customer database."""

    STORED = "stored", "A whole shop was put in."
    ADDED = "added", "Rows were added."
    CHANGED = "changed", "Fields of a row were changed."
    LOOKED_UP = "looked_up", "Rows were looked for by some of their fields."
    COUNTED = "counted", "Rows were counted."
    READ = "read", "A whole table was read."
    TAKEN_OUT = "taken_out", "The whole shop was read, to work with or to pass on."
    EXPORTED = "exported", "A table was written to a file."
    CHECKED = "checked", "The list of customers was checked for what is wrong, old or twice in it."
    DISCLOSED = "disclosed", "All that is held on a person was put together, to show it to them."
    MERGED = "merged", "Two records of one person were made one."
    PARTED = "parted", "A merge was undone."
    ERASED = "erased", "A person was erased. Their number stays in this log, and nowhere else."
    KEY_WRITTEN = "key_written", "The recovery key was written to a file."


def append(
    connection: sa.Connection,
    entry: Mapping[str, str],
    *,
    rows: int,
    ids: Iterable[str],
    fields: Iterable[str],
) -> None:
    """Add an entry at the end of the log. The caller holds the only write lock."""
    number, before = last(connection)
    listed = list(ids)
    row: dict[str, Any] = {
        "number": number + 1,
        **entry,
        "rows": rows,
        "ids": json.dumps(listed if len(listed) <= LISTED else [], ensure_ascii=False),
        "fields": json.dumps(sorted(fields)),
    }
    connection.execute(ACCESS_LOG.insert().values(**row, hash=_hash(before, row)))


def last(connection: sa.Connection) -> tuple[int, str]:
    """The number and the hash of the last entry."""
    columns = ACCESS_LOG.c
    newest = sa.select(columns.number, columns.hash).order_by(columns.number.desc()).limit(1)
    found = connection.execute(newest).first()
    return (found.number, found.hash) if found else (0, START)


def _hash(before: str, row: Mapping[str, Any]) -> str:
    facts = [row[column.name] for column in ACCESS_LOG.columns if column.name != "hash"]
    text = json.dumps([before, *facts], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def head_file(path: Path) -> Path:
    """Where the head of a database's log is kept: beside the database."""
    return path.with_name(f"{path.name}.head")


def start_head(path: Path) -> None:
    """Write down the head of a log that has no entry yet."""
    write_file(head_file(path), f"0 {START}\n")


def keep_head(connection: sa.Connection, path: Path) -> None:
    """Write down the head beside the database. The caller holds the only write lock."""
    number, hash_ = last(connection)
    write_file(head_file(path), f"{number} {hash_}\n")


def kept_head(path: Path) -> str | None:
    """The head that lies beside the database, if one does."""
    try:
        return head_file(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def problems(connection: sa.Connection, head: str | None) -> Problems:
    """What is wrong with the log, one sentence each.

    `head` is what was written down of it earlier.
    """
    found = Problems()
    hashes = {0: START}
    expected = 1
    for row in _entries(connection):
        number = row["number"]
        if number != expected:
            found.append(
                say(
                    "Entry {expected} is missing; {number} comes where it should stand.",
                    expected=expected,
                    number=number,
                )
            )
        elif row["hash"] != _hash(hashes[number - 1], row):
            found.append(
                say(
                    "Entry {number} is not what was written: it, or what stands before it, "
                    "was changed.",
                    number=number,
                )
            )
        if found:
            break  # past the first break nothing can be vouched for
        hashes[number] = row["hash"]
        expected = number + 1
    return found or _against_head(hashes, head)


def _entries(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    found = connection.execute(sa.select(ACCESS_LOG).order_by(ACCESS_LOG.c.number))
    return (dict(row) for row in found.mappings())


def _against_head(hashes: Mapping[int, str], head: str | None) -> Problems:
    parts = HEAD.fullmatch(head or "")
    if not parts:
        said = say(
            "The head of the log is missing or damaged, so nobody can tell whether entries at "
            "the end were taken away. What is there hangs together."
        )
        return Problems([said])
    number, hash_ = int(parts[1]), parts[2]
    length = max(hashes)
    if number > length:
        said = say(
            "{entries} at the end of the log were taken away: it had {number}, and has {length}.",
            entries=count_of(number - length, "entry"),
            number=number,
            length=length,
        )
        return Problems([said])
    if hashes[number] != hash_:
        said = say(
            "The log was written anew: its entry {number} is not the one it was.", number=number
        )
        return Problems([said])
    return Problems()
