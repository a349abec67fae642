"""SQLite: all the tables in one file, with their keys; dates as ISO text."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from retailkit.catalogue import say
from retailkit.columns import schema_of
from retailkit.files.columns import as_kept, foreign_keys, key_of, plain
from retailkit.files.formats import Kept, kept_file
from retailkit.records import Record
from retailkit.shop import RECORDS

FILE = "shop.sqlite"

OLDEST = (3, 37)
"""The first SQLite that knows strict tables."""


class Database:
    """One strict table for each table of the shop. Keys are declared; the primary ones hold."""

    def __init__(self, folder: Path) -> None:
        if sqlite3.sqlite_version_info < OLDEST:
            raise ValueError(
                say(
                    "This computer's SQLite is {version}, and a database of the kit "
                    "needs {oldest} or newer. Choose csv or parquet instead.",
                    version=sqlite3.sqlite_version,
                    oldest=".".join(map(str, OLDEST)),
                )
            )
        self._path = folder / FILE
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        # the whole folder is a draft, so a draft of the draft would only cost time
        for setting in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute("BEGIN")
        with _said("any"):
            for name in RECORDS:
                self._connection.execute(_definition(name))

    @staticmethod
    def prepared(name: str, table: pa.Table) -> list[tuple[Any, ...]]:
        """The rows as plain values."""
        return list(zip(*plain(table), strict=True))

    def add(self, name: str, piece: Any) -> None:
        """Insert the rows."""
        marks = ", ".join("?" * len(schema_of(RECORDS[name])))
        with _said(name):
            self._connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', piece)  # noqa: S608 - our own names

    def close(self) -> Mapping[str, Kept]:
        """Finish, and say in which file each table lies."""
        with _said("any"):
            self._connection.execute("COMMIT")
        self._connection.close()
        return dict.fromkeys(RECORDS, kept_file(self._path))

    def drop(self) -> None:
        """Let go of the file."""
        self._connection.close()


@contextmanager
def _said(name: str) -> Iterator[None]:
    """What the database says, as the kit says it."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise ValueError(
            say(
                "The table {name} cannot go into a database, where every "
                "{key} stands once: {error}. Choose csv or parquet instead.",
                name=name,
                key=key_of(RECORDS[name]),
                error=error,
            )
        ) from error
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error)) from error


def _definition(name: str) -> str:
    record = RECORDS[name]
    key = key_of(record)
    parts = [
        f'"{field.name}" {_sql_type(field.type)}{" PRIMARY KEY" if field.name == key else ""}'
        for field in schema_of(record)
    ]
    parts += [
        f'FOREIGN KEY ("{column}") REFERENCES "{other}" ("{key_of(RECORDS[other])}")'
        for column, other in foreign_keys(record).items()
    ]
    return f'CREATE TABLE "{name}" ({", ".join(parts)}) STRICT'


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"


def read_database(path: Path) -> dict[str, pa.Table]:
    """All the tables of a database that the kit wrote."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return {name: _read(connection, name, record) for name, record in RECORDS.items()}
    finally:
        connection.close()


def _read(connection: sqlite3.Connection, name: str, record: type[Record]) -> pa.Table:
    schema = schema_of(record)
    rows = connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()  # noqa: S608 - our own names
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [
        pa.array(values, _sqlite_form(field.type))
        for values, field in zip(columns, schema, strict=True)
    ]
    return as_kept(pa.table(arrays, names=schema.names), record)


def _sqlite_form(kind: pa.DataType) -> pa.DataType:
    """How a value comes out of SQLite, which knows neither dates nor yes and no."""
    if pa.types.is_temporal(kind):
        return pa.string()
    return pa.int64() if pa.types.is_boolean(kind) else kind
