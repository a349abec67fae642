"""XLSX, for people: one sheet for each table, every text a text cell.

Nothing in the data becomes a formula or a link, and a number with zeros in front
or a plus sign stays as it is. The bytes repeat for one version of the writer.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from retailkit.catalogue import say, whole
from retailkit.columns import schema_of
from retailkit.files.columns import as_kept, written_schema
from retailkit.files.formats import Kept, kept_file
from retailkit.shop import RECORDS
from retailkit.words import count_of

FILE = "shop.xlsx"

MOST_ROWS = 50_000
"""More rows than people read: a table beyond this is for machines."""

LONGEST_TEXT = 32_767
"""What a cell of a spreadsheet holds, says the format."""

MOST_DIGITS = 10**15 - 1
"""A spreadsheet keeps fifteen digits of a number."""

FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count a 29 February 1900 that never was; dates before it are written as text."""

AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""What makes every text a text cell."""

UNSAID = "[\ufffe\uffff]"
"""Characters that the format has no way to say."""


class Spreadsheet:
    """One sheet for each table of the shop."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._pieces: dict[str, list[pa.Table]] = {name: [] for name in RECORDS}

    @staticmethod
    def prepared(name: str, table: pa.Table) -> pa.Table:
        """The rows as they are.

        Raises ValueError where a cell could not hold a value as it is.
        """
        for field in table.schema:
            what = _unfit(table[field.name])
            if what:
                raise ValueError(
                    say(
                        "The column {column} of {name} holds {what}. "
                        "Choose csv or parquet instead.",
                        column=field.name,
                        name=name,
                        what=what,
                    )
                )
        return table

    def add(self, name: str, piece: Any) -> None:
        """Add the rows to their sheet.

        Raises ValueError where that are more rows than a sheet for people takes.
        """
        self._pieces[name].append(piece)
        need_few(name, sum(part.num_rows for part in self._pieces[name]))

    def close(self) -> Mapping[str, Kept]:
        """Write the sheets, and say in which file each table lies."""
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError

        options = {
            "constant_memory": True,  # texts stay in their cells
            "tmpdir": str(self._path.parent),
            **AS_TEXT,
        }
        book = xlsxwriter.Workbook(str(self._path), options)
        try:
            _fill_book(book, self._pieces)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from None  # the system's own error
        finally:
            for sheet in book.worksheets():
                with suppress(OSError):
                    sheet._opt_close()  # its own `close` does this only where all went well
        return dict.fromkeys(RECORDS, kept_file(self._path))

    def drop(self) -> None:
        """Let go of the rows."""
        self._pieces.clear()


def need_few(name: str, rows: int) -> None:
    """Refuse more rows than a sheet for people takes.

    Raises ValueError.
    """
    if rows > MOST_ROWS:
        raise ValueError(
            say(
                "The table {name} has more than {rows}, which is too many "
                "for a spreadsheet. Choose csv or parquet, or fewer customers.",
                name=name,
                rows=count_of(MOST_ROWS, "row"),
            )
        )


def book_of(name: str, table: pa.Table) -> bytes:
    """One table as a workbook with one sheet, put together in memory."""
    import xlsxwriter

    need_few(name, table.num_rows)
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, **AS_TEXT})
    forms = _forms(book)
    _fill(book.add_worksheet(name), Spreadsheet.prepared(name, table), forms)
    book.close()
    return data.getvalue()


def _unfit(column: Any) -> str | None:
    """What a column holds that no cell would keep; None where all is well."""
    found = None
    if pa.types.is_integer(column.type):
        if pc.any(pc.greater(pc.abs(column), MOST_DIGITS)).as_py():
            found = say("a number of more than 15 digits, which a cell rounds")
    elif pa.types.is_floating(column.type):
        if pc.all(pc.is_finite(column)).as_py() is False:
            found = say("a number without end, which no cell takes")
    elif pa.types.is_nested(column.type) or getattr(column.type, "tz", None):
        found = say("lists, or moments with a time zone, which no cell takes")
    elif pa.types.is_string(column.type):
        found = _unfit_text(column)
    return found


def _unfit_text(column: Any) -> str | None:
    lengths = pc.utf8_length(column)
    if pc.any(pc.equal(lengths, 0)).as_py():
        return say("an empty text, which a cell cannot tell from nothing")
    if pc.any(pc.greater(lengths, LONGEST_TEXT)).as_py():
        return say(
            "a text of more than {longest} letters, which no cell takes",
            longest=whole(LONGEST_TEXT),
        )
    if pc.any(pc.match_substring_regex(column, UNSAID)).as_py():
        return say("a character that no cell takes")
    return None


def _forms(book: Any) -> Mapping[str, Any]:
    """How the cells of a book look; it also gets the date that every book of ours has."""
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the same one always
    return {
        "head": book.add_format({"bold": True}),
        "money": book.add_format({"num_format": "0.00"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }


def _fill_book(book: Any, tables: Mapping[str, list[pa.Table]]) -> None:
    forms = _forms(book)
    for name, pieces in tables.items():
        nothing = written_schema(RECORDS[name]).empty_table()
        _fill(book.add_worksheet(name), pa.concat_tables([nothing, *pieces]), forms)


def _fill(sheet: Any, table: pa.Table, forms: Mapping[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(table.column_names):
        sheet.write_string(0, place, name, forms["head"])
    columns = [column.to_pylist() for column in table.columns]
    for row, values in enumerate(zip(*columns, strict=True), start=1):
        for place, value in enumerate(values):
            if value is not None:
                _write(sheet, row, place, value, forms)


def _write(sheet: Any, row: int, place: int, value: Any, forms: Mapping[str, Any]) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value)
    elif isinstance(value, date):  # a moment is a date as well
        day = value.date() if isinstance(value, datetime) else value
        form = forms["moment" if isinstance(value, datetime) else "day"]
        if day < FIRST_DAY:
            sheet.write_string(row, place, value.isoformat())
        else:
            sheet.write_datetime(row, place, value, form)
    else:
        sheet.write_number(row, place, float(value), forms["money"])


def read_spreadsheet(data: bytes) -> dict[str, pa.Table]:
    """All the tables of a spreadsheet that the kit wrote."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: _read(book.get_sheet_by_name(name), name) for name in RECORDS}


def _read(sheet: Any, name: str) -> pa.Table:
    schema = schema_of(RECORDS[name])
    rows = sheet.to_python(skip_empty_area=False)[1:]
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [
        pa.array([_value(cell, field.type) for cell in cells], field.type)
        for cells, field in zip(columns, schema, strict=True)
    ]
    return as_kept(pa.table(arrays, schema=schema), RECORDS[name])


def _value(cell: Any, kind: pa.DataType) -> Any:
    if cell == "" and isinstance(cell, str):
        return None
    if pa.types.is_temporal(kind):
        return _moment(cell)
    return int(cell) if pa.types.is_integer(kind) else cell


def _moment(cell: Any) -> datetime:
    if isinstance(cell, str):
        return datetime.fromisoformat(cell)
    if not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    # a spreadsheet keeps moments as parts of a day, which are off by a hair
    return (cell + timedelta(milliseconds=500)).replace(microsecond=0)
