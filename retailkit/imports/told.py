"""What the caller says of a file, because the file does not say it itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retailkit.catalogue import say
from retailkit.imports.amounts import DECIMALS
from retailkit.imports.dates import DATE_ORDERS
from retailkit.imports.encodings import checked_encoding
from retailkit.records import kinds, need_word
from retailkit.shop import RECORDS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Told:
    """The caller's answers to what a file leaves open. Raises ValueError for one that is none."""

    table: str
    columns: Mapping[str, str | None] | None = None
    date_order: str | None = None
    encoding: str | None = None
    leave_out: Iterable[int] = ()
    sheet: str | None = None
    decimal: str | None = None
    known: Mapping[str, pd.DataFrame] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.date_order is not None:
            need_word(self.date_order, DATE_ORDERS, "date order")
        if self.decimal is not None:
            need_word(self.decimal, DECIMALS, "decimal sign")
        if self.encoding is not None:
            checked_encoding(self.encoding)
        for column in self.names.values():
            if column is not None:
                need_word(column, kinds(RECORDS[self.table]), "column")
        _ = self.rows

    @property
    def names(self) -> dict[str, str | None]:
        """Which column each name in the file is; None where it is not to be used."""
        columns = self.columns or {}
        if not isinstance(columns, Mapping):
            raise ValueError(  # noqa: TRY004 - whoever types a wrong value reads one kind of error
                say("columns says which name is which column, like {'E-Mail': 'email'}.")
            )
        return dict(columns)

    @property
    def rows(self) -> frozenset[int]:
        """The rows to leave out, as the file counts them from 1."""
        rows: object = self.leave_out
        if not isinstance(rows, Iterable) or not all(isinstance(row, int) for row in rows):
            raise ValueError(
                say("leave_out: {rows!r} is no list of rows. Write it like [7, 12].", rows=rows)
            )
        return frozenset(rows)
