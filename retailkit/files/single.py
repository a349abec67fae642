"""A single table in a file of its own: a list to look at or to print, or columns to reckon with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from retailkit.catalogue import later, say
from retailkit.files.arrow import arrow_of
from retailkit.files.spreadsheet import book_of
from retailkit.keep import write_file
from retailkit.records import need_word
from retailkit.words import listing

if TYPE_CHECKING:
    import pandas as pd


def write_table(table: pd.DataFrame, path: str | Path, format: str | None = None) -> Path:  # noqa: A002 - as in write_dataset
    """Write any table to a file, whole or not at all, and return the path.

    The format is xlsx, csv or parquet; if None, what the file's name ends in. In XLSX, for
    people, every text is a text: no formula, no link, and a number with a plus or zeros in
    front stays as it is. CSV and Parquet are exact, for machines: a spreadsheet that opens
    a CSV may take a text like `=1+1` for a formula. An index with a name becomes a column.
    Raises ValueError for another format or a table that it cannot hold, CannotKeep where
    the file cannot be written.

    >>> import tempfile
    >>> import pandas as pd
    >>> with tempfile.TemporaryDirectory() as place:
    ...     path = write_table(pd.DataFrame({"phone": ["+34600"]}), f"{place}/calls.csv")
    ...     print(path.read_text())
    "phone"
    "+34600"
    <BLANKLINE>
    """
    path = Path(path)
    format_ = checked_format(path, format)
    write_file(path, WRITERS[format_](arrow_of(table), "table"))
    return path


def print_table(
    table: pd.DataFrame,
    path: str | Path,
    title: str = later("List"),
    *,
    on: date | None = None,
    note: str = "",
) -> Path:
    """Write any table as a PDF to print, and return the path.

    A4, upright where the columns fit and else across; the names of the columns stand on
    every sheet, long texts are wrapped, nothing is cut. Nothing in it is a link. Letters
    that the font does not have print as � (it has those of Europe and India). `on` is the
    day that stands at the foot, beside the `note` and the number of the page. An index with
    a name becomes a column. Raises ValueError for a table of more than 2,000 rows or more
    columns than a sheet holds, CannotKeep where the file cannot be written.

    >>> import tempfile
    >>> import pandas as pd
    >>> with tempfile.TemporaryDirectory() as place:
    ...     calls = pd.DataFrame({"name": ["Ana"], "phone": ["+34 600 000 000"]})
    ...     print_table(calls, f"{place}/calls.pdf", "Call back").read_bytes()[:4]
    b'%PDF'
    """
    from retailkit.files.printed_list import list_of  # what prints takes long to load

    path = Path(path)
    write_file(path, list_of(arrow_of(table), say(title), on=on, note=note))
    return path


def checked_format(path: Path, format_: str | None) -> str:
    """The format, from the file's name if it is not said.

    Raises ValueError.
    """
    ending = path.suffix.removeprefix(".").lower()
    if format_ is None and ending not in WRITERS:
        raise ValueError(
            say(
                "'{file}' does not say in which format. End its name in {endings}.",
                file=path.name,
                endings=listing([f".{name}" for name in WRITERS], "or"),
            )
        )
    return need_word(format_ or ending, WRITERS, "format")


def _csv(table: pa.Table, name: str) -> bytes:
    sink = pa.BufferOutputStream()
    # of a batch without rows, Arrow writes whatever lay in memory
    batches = [batch for batch in table.to_batches() if batch.num_rows]
    pa.csv.write_csv(pa.Table.from_batches(batches, table.schema), sink)
    return bytes(sink.getvalue())


def _parquet(table: pa.Table, name: str) -> bytes:
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(table, sink)
    return bytes(sink.getvalue())


WRITERS: Mapping[str, Callable[[pa.Table, str], bytes]] = {
    "xlsx": lambda table, name: book_of(name, table),
    "csv": _csv,
    "parquet": _parquet,
}
"""For each format, the bytes of a table in it; a sheet gets the name."""
