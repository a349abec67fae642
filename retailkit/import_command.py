"""The command that brings in a table from elsewhere: parse, call, print."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retailkit.catalogue import later, say
from retailkit.records import need_word
from retailkit.shop import RECORDS
from retailkit.words import count_of

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.crm import Crm
    from retailkit.imports.told import Told

ANSWERS = later(
    'On the command line, answer with --column "theirs=ours", --date-order, --decimal, '
    "--encoding, --sheet or --leave-out."
)

NOWHERE = later("Say where to store it, --into shop.crm, or only look with --dry-run.")

TABLES = ["customers", "orders", "claims"]

File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or XLSX file made elsewhere.")]
What = Annotated[str, typer.Option(help="What the file holds: customers, orders or claims.")]
DateOrder = Annotated[
    str | None, typer.Option(help='How 01/02/2026 is meant: "day first" or "month first".')
]
Column = Annotated[
    list[str] | None,
    typer.Option(metavar="THEIRS=OURS", help="Which column one of theirs is; THEIRS= for none."),
]
LeaveOut = Annotated[
    str, typer.Option(metavar="ROWS", help="Rows to leave out, such as 7,12-14; names are row 1.")
]
Encoding = Annotated[str | None, typer.Option(help="Such as cp1252, where the file is not UTF-8.")]
Sheet = Annotated[str | None, typer.Option(help="Which sheet of a workbook.")]
Decimal = Annotated[str | None, typer.Option(help="What stands before the cents: point or comma.")]
Into = Annotated[
    str | None,
    typer.Option(metavar="CRM", help="The customer database: a file, or an address."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be read.")]


def import_table(
    file: File,
    what: What = "customers",
    date_order: DateOrder = None,
    column: Column = None,
    leave_out: LeaveOut = "",
    encoding: Encoding = None,
    sheet: Sheet = None,
    decimal: Decimal = None,
    into: Into = None,
    dry_run: DryRun = False,
) -> None:
    """Bring customers, orders or claims from a table made elsewhere into the customer database."""
    from retailkit.crm import open_crm
    from retailkit.imports.told import Told

    if into is None and not dry_run:
        raise ValueError(say(NOWHERE))
    told = Told(
        need_word(what, TABLES, "table to import"),
        columns=columns_in(column or []),
        date_order=date_order,
        encoding=encoding,
        leave_out=rows_in(leave_out),
        sheet=sheet,
        decimal=decimal,
    )
    if into is None or (dry_run and not is_there(into)):
        said_table(file, told)  # a dry run makes no database
    else:
        with warnings_said(), open_crm(into) as crm:
            table = said_table(file, replace(told, known=there(crm, what)))
            if not dry_run:
                crm.add_table(what, table)
                rows = count_of(len(table), "row")
                into = into if crm.path else crm.name  # a password may stand in an address
                said = say("Stored in {into}: {rows} of {table}.", into=into, rows=rows, table=what)
                typer.echo(said)
    if dry_run:
        typer.echo(say("Nothing was stored: this was a dry run."))


def is_there(into: str) -> bool:
    """Whether there is a database already; at an address that is for its server to say."""
    from retailkit.crm.address import address_of

    return address_of(into) is not None or Path(into).exists()


@contextmanager
def warnings_said() -> Iterator[None]:
    """What the database warns of is printed, each once."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield
    for sentence in dict.fromkeys(str(warning.message) for warning in found):
        typer.echo(sentence)


def there(crm: Crm, what: str) -> dict[str, pd.DataFrame]:
    """The tables of the database to which a new row may point, and the one it goes into."""
    from retailkit.files.columns import foreign_keys

    return {name: crm.rows(name) for name in {what, *foreign_keys(RECORDS[what]).values()}}


def said_table(file: Path, told: Told) -> pd.DataFrame:
    """The table in a file, once what was found out about it has been printed.

    Raises ValueError with everything that is wrong, and how to answer here.
    """
    from retailkit.imports.problems import ImportProblems
    from retailkit.imports.reading import read_table
    from retailkit.insight import notes

    try:
        table = read_table(file, told)
    except ImportProblems as problems:
        raise ValueError(f"{problems}\n{say(ANSWERS)}") from None
    for line in notes(table):
        typer.echo(line)
    return table


def columns_in(words: list[str]) -> dict[str, str | None]:
    """Which column each of their names is, from words like `E-Mail=email`.

    Raises ValueError.

    >>> columns_in(["E-Mail=email", "Notes="])
    {'E-Mail': 'email', 'Notes': None}
    """
    columns = {}
    for word in words:
        theirs, sign, ours = word.rpartition("=")
        if not sign:
            raise ValueError(
                say("column: {word!r} names one column. Write it like {word}=email.", word=word)
            )
        columns[theirs] = ours or None
    return columns


def rows_in(text: str) -> list[int]:
    """The rows that were typed, such as 7,12-14.

    Raises ValueError.

    >>> rows_in("7, 12-14")
    [7, 12, 13, 14]
    """
    rows: list[int] = []
    for part in filter(None, text.replace(" ", "").split(",")):
        first, sign, last = part.partition("-")
        ends = [first, last if sign else first]
        numbers = all(end.isdecimal() and len(end) < 8 for end in ends)
        if not numbers or int(ends[0]) > int(ends[1]):
            raise ValueError(
                say("leave-out: {part!r} is no row. Write rows like 7,12-14.", part=part)
            )
        rows += range(int(ends[0]), int(ends[1]) + 1)
    return rows
