"""Columns: whole columns of a table at once, as Arrow keeps them.

A column of text is put together from pieces, such as a letter, a number and a
word from a list, without touching one row at a time. pandas keeps its text in
Arrow as well, so nothing is copied on the way from here to a table or a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from retailkit.records import Record, kinds

Text: TypeAlias = Any
Column: TypeAlias = Any
"""Arrow has no types of its own to name; these names say what is meant."""

ARROW = {
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    date: pa.timestamp("s"),
    datetime: pa.timestamp("s"),
}
"""How a column of each kind is kept; every other kind is text. A date is its midnight."""

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
PANDAS = {
    pa.bool_(): pd.BooleanDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
}
"""The pandas kinds in which empty means not known; times have one of their own."""


def schema_of(record: type[Record]) -> pa.Schema:
    """The columns of a record's table and how each is kept."""
    return pa.schema([(name, ARROW.get(kind, pa.string())) for name, kind in kinds(record).items()])


def table_of(record: type[Record], columns: Mapping[str, Column]) -> pa.Table:
    """Columns as the table of a record, in the record's order.

    Not-a-number and not-a-time become empty. Raises KeyError where a column of the
    record is not given.
    """
    schema = schema_of(record)
    return pa.table([_kept(columns[field.name], field.type) for field in schema], schema=schema)


def _kept(values: Column, kind: pa.DataType) -> Column:
    if isinstance(values, np.ndarray):
        values = pa.array(values, from_pandas=True)
    return values if values.type == kind else values.cast(kind)


def frame_of(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as the kit's tables are: empty means not known, whatever the kind.

    >>> frame_of(pa.table({"amount": [24.5, None]}))["amount"].dtype
    Float64Dtype()
    """
    columns = zip(table.column_names, table.columns, strict=True)
    return pd.DataFrame({name: _in_pandas(column) for name, column in columns}, copy=False)


def _in_pandas(column: Column) -> Any:
    if pa.types.is_string(column.type):
        text: Any = pd.arrays.ArrowStringArray
        return text(column, dtype=TEXT)
    if pa.types.is_timestamp(column.type):
        return column.to_numpy()
    kind: Any = PANDAS[column.type]
    return kind.__from_arrow__(column)


def joined(*pieces: str | Column) -> Text:
    """Text put together from pieces: words that stay the same, columns of text or numbers.

    Empty where one of the pieces is empty.

    >>> joined("C-", numerals([7, 123], 4)).to_pylist()
    ['C-0007', 'C-0123']
    """
    return pc.binary_join_element_wise(*[_as_text(piece) for piece in pieces], "")


def _as_text(piece: str | Column) -> Text:
    if isinstance(piece, str):
        return piece
    column = piece if isinstance(piece, (pa.Array, pa.ChunkedArray)) else pa.array(piece)
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def numerals(numbers: Sequence[int] | NDArray[np.int64], width: int) -> Text:
    """Whole numbers as text, with zeros in front up to the width.

    A number that needs more room gets it.
    """
    return pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")


def numbered(before: str, numbers: NDArray[np.int64], width: int) -> Text:
    """Text that ends in a number, with zeros in front up to the width: `joined` in one go.

    A number that needs more room gets it.

    >>> numbered("C-", np.array([7, 12345]), 4).to_pylist()
    ['C-0007', 'C-12345']
    """
    longest = len(str(numbers.max(initial=0)))
    if longest > width and len(str(numbers.min())) < longest:
        return joined(before, numerals(numbers, width))
    start = before.encode()
    size = len(start) + max(width, longest)
    # all are equally long, so the letters can be laid out as a block
    letters = np.empty((len(numbers), size), dtype=np.uint8)
    letters[:, : len(start)] = np.frombuffer(start, dtype=np.uint8)
    left = numbers
    for place in range(size - 1, len(start) - 1, -1):
        tens = left // 10
        letters[:, place] = left - tens * 10 + ord("0")
        left = tens
    ends = np.arange(0, letters.size + 1, size, dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(letters)]
    return pa.Array.from_buffers(pa.string(), len(numbers), buffers)


def words_at(pool: Sequence[str | None], places: Sequence[int] | NDArray[np.int64]) -> Text:
    """The word at each place of a list.

    >>> words_at(["desk", "phone"], [1, 1, 0]).to_pylist()
    ['phone', 'phone', 'desk']
    """
    return pa.array(pool, pa.string()).take(pa.array(places))


def empty_where(missing: NDArray[np.bool_], column: Column) -> Column:
    """The column, with nothing where it is missing.

    >>> empty_where(np.array([True, False]), pa.array(["a", "b"])).to_pylist()
    [None, 'b']
    """
    kept = column if isinstance(column, pa.Array) else pa.array(column, from_pandas=True)
    return pc.if_else(pa.array(missing), None, kept)
