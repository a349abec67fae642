"""The tables of the customer database: those of the shop, the log, merges, and facts of its own.

Text is kept as it is, money in hundredths, days and moments as ISO text, yes and no as
1 and 0. Every table has a `row_number`, which keeps its rows in their order.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from retailkit.files.columns import foreign_keys, key_of
from retailkit.records import Record, kinds
from retailkit.shop import RECORDS

VERSION = 2
"""The edition of these tables. A file of a later edition is left alone."""

# SQLite's strict tables know whole numbers by one name only
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# letters are put in order by their numbers in every store, whatever the server's language
TEXT = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")

METADATA = sa.MetaData()

LOOK_UP_KEYS: Mapping[str, tuple[str, ...]] = {
    "email_key": ("email",),
    "phone_key": ("phone",),
    "name_key": ("given_name", "family_name"),
}
"""The columns by which a customer is looked up, and the fields that each is made from."""

INDEXED = ("email_key",)
"""The keys that are looked up whole; the others are looked up by a part."""


def _column(record: type[Record], name: str) -> sa.Column[object]:
    kind = kinds(record)[name]
    type_ = WHOLE if kind in (bool, int, float) else TEXT
    other = foreign_keys(record).get(name)
    # whoever was erased is in no list, and their orders and cases stay under a token
    bound = [other] if other and other != "customers" else []
    references = [
        sa.ForeignKey(f"{table}.{key_of(RECORDS[table])}", deferrable=True) for table in bound
    ]
    is_key = name == key_of(record)
    return sa.Column(
        name, type_, *references, nullable=not is_key, unique=is_key or None, index=bool(other)
    )


def _table(name: str, record: type[Record]) -> sa.Table:
    keys = LOOK_UP_KEYS if name == "customers" else {}
    return sa.Table(
        name,
        METADATA,
        sa.Column("row_number", WHOLE, sa.Identity(), primary_key=True),
        *[_column(record, column) for column in kinds(record)],
        *[sa.Column(key, TEXT, index=key in INDEXED) for key in keys],
        sqlite_strict=True,
    )


TABLES: Mapping[str, sa.Table] = {name: _table(name, record) for name, record in RECORDS.items()}
"""The shop's tables by name."""

NAMES: Mapping[type[Record], str] = {record: name for name, record in RECORDS.items()}
"""The table that keeps each kind of record."""

ABOUT = sa.Table(
    "about",
    METADATA,
    sa.Column("fact", TEXT, primary_key=True),
    sa.Column("value", TEXT, nullable=False),
    sqlite_strict=True,
)
"""What the file says of itself: its edition, its shop, whether it is encrypted."""

NUMBERS = sa.Table(
    "numbers",
    METADATA,
    sa.Column("name", TEXT, primary_key=True),
    sa.Column("last", WHOLE, nullable=False),
    sqlite_strict=True,
)
"""The last number given out for each table; a number that was erased is never given again."""

MERGES = sa.Table(
    "merges",
    METADATA,
    sa.Column("merge_id", TEXT, primary_key=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("keep", TEXT, nullable=False),
    sa.Column("other", TEXT, nullable=False),
    sa.Column("before", TEXT, nullable=False),
    sa.Column("after", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Records that were made one: all their rows before it, and a print of those after it.

They hold a person's values, and go when the person is erased.
"""

ACCESS_LOG = sa.Table(
    "access_log",
    METADATA,
    sa.Column("number", WHOLE, primary_key=True, autoincrement=False),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("who", TEXT, nullable=False),
    sa.Column("role", TEXT, nullable=False),
    sa.Column("what", TEXT, nullable=False),
    sa.Column("table_name", TEXT, nullable=False),
    sa.Column("rows", WHOLE, nullable=False),
    sa.Column("ids", TEXT, nullable=False),
    sa.Column("fields", TEXT, nullable=False),
    sa.Column("hash", TEXT, nullable=False),
    sqlite_strict=True,
)
"""Who did what to which rows, each entry bound to the one before it. Never a value."""
