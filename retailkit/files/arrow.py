"""Any pandas table as Arrow columns, in which every value is of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from retailkit.catalogue import say

if TYPE_CHECKING:
    import pandas as pd


def arrow_of(table: pd.DataFrame) -> pa.Table:
    """The columns of a table as the kit writes them; an index with a name is one of them.

    Text is one kind, and pandas leaves no note. Raises ValueError where a column holds
    values of several kinds, or half of a character.
    """
    named = table.reset_index() if any(table.index.names) else table
    try:
        columns = pa.Table.from_pandas(named, preserve_index=False)
    except (pa.ArrowException, UnicodeEncodeError):
        raise ValueError(
            say(
                "The table holds a column of several kinds of value, or half of a character. "
                "Make each column text, numbers or dates: table.astype(str)."
            )
        ) from None
    fields = [
        field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field
        for field in columns.schema
    ]
    return columns.cast(pa.schema(fields))
