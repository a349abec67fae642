"""Columns as they are written: money with two decimals, dates as days; keys between tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retailkit.catalogue import say
from retailkit.columns import schema_of
from retailkit.records import Record, kinds
from retailkit.shop import RECORDS
from retailkit.words import Word

if TYPE_CHECKING:
    import pandas as pd

A_HAIR = 1e-6
"""By so much a sum in a computer may be off, and is the same money."""

WRITTEN = {float: pa.decimal128(14, 2), date: pa.date32()}
"""The kinds of value that are written in another form than they are kept in."""

PEOPLE = {"heard_by": "staff_id", "about_staff": "staff_id"}
"""Columns that hold the key of another table under a name of their own."""


def written_schema(record: type[Record]) -> pa.Schema:
    """The columns of a record's table and the form in which each is written."""
    kept = schema_of(record)
    return pa.schema(
        [(name, WRITTEN.get(kind, kept.field(name).type)) for name, kind in kinds(record).items()]
    )


def as_written(table: pa.Table, record: type[Record]) -> pa.Table:
    """A table in the form in which it is written.

    Raises ValueError where that would change a value.
    """
    schema = written_schema(record)
    return pa.table([_written(table[field.name], field) for field in schema], schema=schema)


def frame_as_written(table: pd.DataFrame, record: type[Record]) -> pa.Table:
    """A pandas table in the form in which it is written.

    Raises ValueError where that would change a value.
    """
    for name, kind in kinds(record).items():
        if kind is float and table[name].dtype.kind == "f":
            parts = (table[name] - table[name].round(2)).abs() > A_HAIR
            if parts.any():
                raise ValueError(
                    say(
                        "The column {name} holds {value}, and money is written "
                        "with two decimals. Round it first: table[{name!r}].round(2).",
                        name=name,
                        value=table[name][parts].iloc[0],
                    )
                )
    schema = written_schema(record)
    return pa.table([_written(table[field.name], field) for field in schema], schema=schema)


def _written(values: Any, field: pa.Field) -> Any:
    try:
        column = values
        if not isinstance(values, (pa.Array, pa.ChunkedArray)):
            column = pa.array(values, from_pandas=True)
        if pa.types.is_decimal(field.type):
            column = pc.round(column, 2)
        return column if column.type == field.type else column.cast(field.type)
    except UnicodeEncodeError:
        raise ValueError(
            say(
                "The column {column}: a text holds half of a character (a lone surrogate). "
                "Take it from the source again, read as UTF-8.",
                column=field.name,
            )
        ) from None
    except pa.ArrowException as error:
        raise ValueError(
            say(
                "The column {column} cannot be written without changing it: {error}",
                column=field.name,
                error=error,
            )
        ) from error


def as_kept(table: pa.Table, record: type[Record]) -> pa.Table:
    """A table that was read, in the form in which the kit keeps it."""
    columns = [_kept(table[field.name], field.type) for field in schema_of(record)]
    return pa.table(columns, schema=schema_of(record))


def _kept(column: Any, kind: pa.DataType) -> Any:
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.string())  # straight to a float would be a bit off now and then
    return column if column.type == kind else column.cast(kind)


def plain(table: pa.Table) -> list[list[Any]]:
    """The columns of a written table as plain values: moments as text, money as numbers."""
    columns = []
    for column in table.columns:
        if pa.types.is_decimal(column.type):
            column = _kept(column, pa.float64())  # noqa: PLW2901 - the same column, plainer
        elif pa.types.is_temporal(column.type):
            column = column.cast(pa.string())  # noqa: PLW2901
        columns.append(column.to_pylist())
    return columns


def word_columns(record: type[Record]) -> dict[str, type[Word]]:
    """The columns that hold a word from a closed list, each with its list."""
    return {name: kind for name, kind in kinds(record).items() if issubclass(kind, Word)}


def key_of(record: type[Record]) -> str:
    """The column that tells the rows of a record's table apart."""
    return next(iter(kinds(record)))


def foreign_keys(record: type[Record]) -> dict[str, str]:
    """The columns that hold the key of another table, each with that table.

    >>> foreign_keys(RECORDS["order_lines"])
    {'order_id': 'orders', 'product_id': 'products'}
    """
    tables = {key_of(other): name for name, other in RECORDS.items() if other is not record}
    found = {column: tables.get(PEOPLE.get(column, column)) for column in kinds(record)}
    return {column: name for column, name in found.items() if name}


def type_name(kind: type) -> str:
    """The Table Schema's name for a kind of value.

    >>> type_name(datetime), type_name(str)
    ('datetime', 'string')
    """
    names = {bool: "boolean", int: "integer", float: "number", date: "date", datetime: "datetime"}
    return names.get(kind, "string")
