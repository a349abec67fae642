"""Tables in a workbook: the sheet that is meant, and its cells as they were worked out."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

import python_calamine
from python_calamine import SheetTypeEnum, SheetVisibleEnum

from retailkit.catalogue import say, whole
from retailkit.imports.delimited import WRITE_IT, Cell, NoValue, Rows
from retailkit.imports.problems import ImportProblems, refused
from retailkit.records import need_word
from retailkit.words import listing

MOST_UNPACKED = 500_000_000
"""A workbook that unpacks to more bytes than this is a trap, or nothing that people keep."""

MOST_CELLS = 10_000_000
"""From the first to the last row and column that are used; a far-off cell makes it large."""

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

UNWORKED = re.compile(
    rb"<(?:\w+:)?c (?![^>]*\bt=.str)[^>]*?\br=.([A-Z]+)(\d+).[^>]*>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula without a result; the text of one that gave an empty text is a result."""

ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
ANY_ERROR = re.compile(rb" t=[\"']e[\"']")

FAILED = re.compile(
    rb"<(?:\w+:)?c (?=[^>]*\bt=.e[\"'])[^>]*?\br=.([A-Z]+)(\d+).[^>]*>.*?"
    rb"<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
"""A cell that shows an error; the reader makes nothing of it."""

FAR_RIGHT = re.compile(rb"r=[\"']([A-Z]{2,3})\d")
FAR_DOWN = re.compile(rb"r=[\"'][A-Z]{0,3}(\d{6,9})[\"']")

FULL = re.compile(rb"<(?:\w+:)?(?:v|is|f)[ >]")
"""A cell with something in it."""


def rows_of_workbook(path: str | Path, data: bytes, sheet: str | None) -> Rows:
    """The rows of the one sheet that holds something, or of the one that is named.

    Raises ImportProblems where the file is no sound XLSX, or the sheet is not clear.
    """
    parts = _parts(path, data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        name, said = _chosen(path, book, parts, sheet)
        content = _sheet_part(parts, name)
        _refuse_far_cells(path, content)
        page = book.get_sheet_by_name(name)
        rows = page.to_python(skip_empty_area=False)
        merged = page.merged_cell_ranges or []
    except (python_calamine.CalamineError, ET.ParseError, KeyError, StopIteration):
        raise _damaged(path) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the reader says that it gave up
            raise
        raise _damaged(path) from None
    rows = _stripped(_marked(rows, content))
    return Rows(file=path, rows=rows, said=said, merged=merged)


def _damaged(path: str | Path) -> ImportProblems:
    return refused(
        path, say("It is a damaged workbook"), say("Open it in its own program and save it again.")
    )


def _parts(path: str | Path, data: bytes) -> dict[str, bytes]:
    """The descriptions and sheets in the file, unpacked, once it is seen to be harmless."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = set(packed.namelist())
            _refuse_other_office(path, packed, names)
            _refuse_traps(path, packed)
            parts = {name: packed.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        raise _damaged(path) from None
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise _damaged(path) from None
    return parts


def _refuse_traps(path: str | Path, packed: zipfile.ZipFile) -> None:
    if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
        limit = MOST_UNPACKED // 1_000_000
        raise refused(
            path,
            say("It unpacks to more than {limit} megabytes", limit=limit),
            say("Bring the table alone, as CSV."),
        )
    if any(part.flag_bits & 1 for part in packed.infolist()):
        raise refused(path, say("It is locked with a password"), say("Save it without one."))


def _refuse_other_office(path: str | Path, packed: zipfile.ZipFile, names: set[str]) -> None:
    again = say("Open it in its own program and save it as XLSX or CSV.")
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise refused(path, say("It is a binary workbook (XLSB)"), again)
    if "mimetype" in names and b"opendocument" in packed.read("mimetype")[:200]:
        raise refused(path, say("It is an OpenDocument file, such as ODS"), again)
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise refused(path, say("It is a text document or a presentation"), again)
    raise refused(
        path,
        say("It is a packed file (ZIP) and no workbook"),
        say("Unpack it, and bring the table."),
    )


def _chosen(
    path: str | Path, book: Any, parts: dict[str, bytes], sheet: str | None
) -> tuple[str, list[str]]:
    """The name of the sheet to read, and what is to be said about it."""
    pages = [page for page in book.sheets_metadata if page.typ == SheetTypeEnum.WorkSheet]
    if sheet is not None:
        need_word(sheet, [page.name for page in pages], "sheet")
        return sheet, [say("Sheet {sheet!r}, as you said.", sheet=sheet)]
    full = [page for page in pages if FULL.search(_sheet_part(parts, page.name))]
    seen = [page.name for page in full if page.visible == SheetVisibleEnum.Visible]
    hidden = [page.name for page in full if page.name not in seen]
    if not seen and not hidden:
        raise refused(
            path,
            say("Its sheets are empty"),
            say("Bring a table with a row of names and rows below it."),
        )
    if len(seen) != 1:
        raise refused(
            path,
            _which_sheets(seen, hidden),
            say("Say which one, such as sheet={first!r}.", first=[*seen, *hidden][0]),
        )
    said = say("Sheet {sheet!r}.", sheet=seen[0])
    if hidden:
        said += say(" Not read, because hidden: {hidden}.", hidden=listing(map(repr, hidden)))
    return seen[0], [said]


def _which_sheets(seen: list[str], hidden: list[str]) -> str:
    """Between which sheets it is open which one is meant."""
    told = {"seen": listing(map(repr, seen)), "hidden": listing(map(repr, hidden))}
    if not seen:
        return say("Its sheets are hidden: {hidden}", **told)
    if not hidden:
        return say("Several of its sheets could be meant: {seen}", **told)
    return say("Several of its sheets could be meant: {seen}, and hidden ones: {hidden}", **told)


def _sheet_part(parts: dict[str, bytes], name: str) -> bytes:
    """The part of the file in which a sheet is written down."""
    book = ET.fromstring(parts["xl/workbook.xml"])  # noqa: S314 - without declarations it is safe
    rels = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314
    key = next(e for e in book.iter() if _tag(e) == "sheet" and e.get("name") == name)
    # the strict form of the format has another name for the same attribute
    wanted = key.get(RELATION) or next(v for k, v in key.items() if k.endswith("}id"))
    target = next(str(e.get("Target")) for e in rels if e.get("Id") == wanted)
    return parts[str(PurePosixPath("/xl", target)).removeprefix("/")]


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _refuse_far_cells(path: str | Path, content: bytes) -> None:
    """Refuse a sheet that is enormous, if only because one cell stands far off."""
    # of the many cells only those beyond column Z or row 99,999 are looked at
    columns = max(map(_column_number, set(FAR_RIGHT.findall(content))), default=26)
    rows = max(map(int, set(FAR_DOWN.findall(content))), default=99_999)
    if columns * rows > MOST_CELLS:
        raise refused(
            path,
            say(
                "It reaches to row {rows} and column {columns}, which is too far",
                rows=whole(rows),
                columns=whole(columns),
            ),
            say("Delete what stands far off to the right or below the table."),
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def column_letters(place: int) -> str:
    """What a spreadsheet calls a column, counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters


def _marked(rows: list[list[Cell]], content: bytes) -> list[list[Cell]]:
    """The rows, with a mark in each cell whose formula gave nothing."""
    if not ANY_FORMULA.search(content) and not ANY_ERROR.search(content):
        return rows
    marks = [
        (
            letters,
            row,
            NoValue(say("{error!r} is a formula that failed", error=error.decode()), say(WRITE_IT)),
        )
        for letters, row, error in FAILED.findall(content)
    ]
    unworked = NoValue(
        say("The formula in this cell has never been worked out"),
        say("Open the workbook in a spreadsheet program and save it there."),
    )
    marks += [(letters, row, unworked) for letters, row in UNWORKED.findall(content)]
    width = max((len(row) for row in rows), default=0)
    for letters, row, mark in marks:
        place = _column_number(letters) - 1
        width = max(width, place + 1)
        rows.extend([] for _ in range(int(row) - len(rows)))
        cells = rows[int(row) - 1]
        cells.extend([""] * (place + 1 - len(cells)))
        cells[place] = mark
    return [row + [""] * (width - len(row)) for row in rows]


def _stripped(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without the empty ones at the end."""
    last = len(rows)
    while last and all(cell == "" for cell in rows[last - 1]):
        last -= 1
    return rows[:last]
