"""Tables from elsewhere: customers, orders and claims from CSV and XLSX.

A file is read whole or refused whole, and no value is changed in silence. What is wrong
comes in one list, each with its row and column; what a file leaves open is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from retailkit.imports.problems import ImportProblems
from retailkit.imports.reading import read_table
from retailkit.imports.told import Told

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ImportProblems", "read_claims", "read_customers", "read_orders"]


def read_customers(
    path: str | Path,
    columns: Mapping[str, str | None] | None = None,
    date_order: str | None = None,
    encoding: str | None = None,
    leave_out: Iterable[int] = (),
    *,
    sheet: str | None = None,
    decimal: str | None = None,
    known: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    r"""The customers in a CSV or XLSX file of any shop, in the columns of `shop.customers`.

    One row per customer; what the file does not tell is empty. `rk.notes` says what was
    found out about the file. Raises ImportProblems, which lists everything that is wrong.
    What the file leaves open is asked there, and answered here:

    `columns` says which of the file's names is which column, {'E-Mail 2': 'email'}, or None
    for one that is not to be used; `date_order` is 'day first' or 'month first'; `encoding`
    such as 'cp1252'; `leave_out` lists rows to leave out, counted as a spreadsheet counts
    them; `sheet` names the sheet of a workbook; `decimal` is 'point' or 'comma'; `known`
    holds tables that are there already, such as {'customers': table}: a number that is
    referred to must be in them, and a new one must not.

    >>> import tempfile
    >>> from retailkit.keep import write_file
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "people.csv")
    ...     write_file(file, "Customer No;First name;Birthday\n007;Ana;01/02/2010\n")
    ...     people = read_customers(file, date_order="day first")
    >>> people[["customer_id", "given_name", "birth_on"]].values.tolist()
    [['007', 'Ana', Timestamp('2010-02-01 00:00:00')]]
    """
    told = Told("customers", columns, date_order, encoding, leave_out, sheet, decimal, known)
    return read_table(path, told)


def read_orders(
    path: str | Path,
    columns: Mapping[str, str | None] | None = None,
    date_order: str | None = None,
    encoding: str | None = None,
    leave_out: Iterable[int] = (),
    *,
    sheet: str | None = None,
    decimal: str | None = None,
    known: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    r"""The orders in a CSV or XLSX file of any shop, in the columns of `shop.orders`.

    One row per order, amounts in the currency of the file; read as `read_customers` reads.
    With `known={'customers': table}`, whoever ordered must be in that table. Raises
    ImportProblems.

    >>> import tempfile
    >>> from retailkit.keep import write_file
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "orders.csv")
    ...     write_file(file, "order_id;ordered_at;total\nO-1;2026-03-01;1.234,50\n")
    ...     read_orders(file)["total"].to_list()
    [1234.5]
    """
    told = Told("orders", columns, date_order, encoding, leave_out, sheet, decimal, known)
    return read_table(path, told)


def read_claims(
    path: str | Path,
    columns: Mapping[str, str | None] | None = None,
    date_order: str | None = None,
    encoding: str | None = None,
    leave_out: Iterable[int] = (),
    *,
    sheet: str | None = None,
    decimal: str | None = None,
    known: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    r"""The claims book of any shop from a CSV or XLSX file, in the columns of `shop.claims`.

    One row per complaint or claim; read as `read_customers` reads. With `known`, such as
    {'customers': table, 'orders': table}, the numbers referred to must be in those tables.
    Raises ImportProblems.

    >>> import tempfile
    >>> from retailkit.keep import write_file
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "claims.csv")
    ...     write_file(file, "Case;Received;Text;Reason\n7;2026-03-01;It leaks.;defectiv\n")
    ...     read_claims(file)
    Traceback (most recent call last):
    retailkit.imports.problems.ImportProblems: ...
    """
    told = Told("claims", columns, date_order, encoding, leave_out, sheet, decimal, known)
    return read_table(path, told)
