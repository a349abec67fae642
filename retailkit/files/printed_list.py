"""A table on paper: A4, the names of its columns on every sheet, page so much of so many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

import pyarrow as pa

from retailkit.catalogue import language, later, say, whole
from retailkit.letters.printed import MARGIN, Paper, paper
from retailkit.text import sound_text, spoken
from retailkit.words import count_of

MOST_ROWS = 2_000
"""Some forty sheets; nobody goes through a longer list with a pen."""

SIZE, HEIGHT = 8.5, 4.4
"""How large the letters are, in points, and how high a line is, in millimetres."""

TITLE = 10
"""Millimetres that the title takes on each sheet."""

BETWEEN = 3
"""Millimetres between two columns."""

WIDEST, NARROWEST = 75, 17
"""Millimetres from which on a text may be wrapped, and that a wrapped one gets at least."""

MEASURED = 25
"""So many of a column's longest texts say how wide it is; what is wider still is wrapped."""

UNDATED = date(2000, 1, 1)
"""A list without a day is dated like this inside the file, so that its bytes repeat."""

NOT_IN_THE_FONT = later("� stands for a letter that this print does not have.")

Strip = tuple[str, ...]
"""One line of a row: for each column what stands there."""


Orientation = Literal["portrait", "landscape"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line on a sheet, and whether its row ends with it."""

    strip: Strip
    ends: bool


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """A list laid out: how the sheets lie, how wide each column is, and what stands on each."""

    orientation: Orientation
    widths: Sequence[float]
    head: Sequence[Line]
    pages: Sequence[Sequence[Line]]

    @property
    def unprinted(self) -> str:
        """What is to be said where the font lacks a letter."""
        texts = (text for page in self.pages for line in page for text in line.strip)
        return say(NOT_IN_THE_FONT) if any("�" in text for text in texts) else ""


def list_of(table: pa.Table, title: str, *, on: date | None, note: str) -> bytes:
    """A table as a PDF; the same table gives the same bytes."""
    _need_printable(table)
    title, note = sound_text("title", title), sound_text("note", note)
    columns = [[_said(value) for value in _days(each).to_pylist()] for each in table.columns]
    names = [spoken(str(name)) for name in table.column_names]
    numbers = [_is_number(kind) for kind in table.schema.types]
    pdf = paper(title, language(), on or UNDATED, "")
    try:
        sheets = _laid_out(pdf, names, columns)
        note = " ".join(filter(None, [on.isoformat() if on else "", note, sheets.unprinted]))
        for number, page in enumerate(sheets.pages, 1):
            if number > 1:
                pdf.add_page(orientation=sheets.orientation)
            _title(pdf, f"{title} ({count_of(table.num_rows, 'row')})")
            _draw(pdf, sheets.head, sheets.widths, numbers, style="B")
            _draw(pdf, page, sheets.widths, numbers)
            page_of = say("Page {number} of {count}", number=number, count=len(sheets.pages))
            pdf.foot = f"{note} {page_of}".strip()
        return bytes(pdf.output())
    finally:
        pdf.put_away()


def _laid_out(pdf: Paper, names: Sequence[str], columns: Sequence[Sequence[str]]) -> Sheets:
    """What stands on which sheet; the first one is opened, since its width says what fits."""
    wide = [_widest(pdf, name, texts) for name, texts in zip(names, columns, strict=True)]
    # a long text is wrapped on any sheet, so it alone is no reason to turn it
    upright = sum(min(wish, WIDEST) for wish in wide) <= pdf.epw
    orientation: Orientation = "portrait" if upright else "landscape"
    pdf.add_page(orientation=orientation)
    widths = shared_out(wide, pdf.epw)
    (head,) = pages_of([_strips(pdf, names, widths, style="B")], MOST_ROWS)
    rows = [_strips(pdf, row, widths) for row in zip(*columns, strict=True)]
    room = int((pdf.eph - TITLE) / HEIGHT) - len(head)
    return Sheets(orientation=orientation, widths=widths, head=head, pages=pages_of(rows, room))


def _need_printable(table: pa.Table) -> None:
    if table.num_rows > MOST_ROWS:
        raise ValueError(
            say(
                "The table has {rows}, and a list to print at most "
                "{most}. Choose the rows that are needed, or write it as xlsx.",
                rows=count_of(table.num_rows, "row"),
                most=whole(MOST_ROWS),
            )
        )
    if not table.num_columns:
        raise ValueError(say("The table has no columns, so there is nothing to print."))


def _days(column: Any) -> Any:
    """The column, as days where none of its moments has a time."""
    if pa.types.is_timestamp(column.type):
        days = column.cast(pa.date32(), safe=False)
        if days.cast(column.type).equals(column):
            return days
    return column


def _said(value: Any) -> str:
    """A value as people write it; nothing where it is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return str(value)


def _is_number(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    )


def _pen(pdf: Paper, text: str, style: str = "") -> None:
    pdf.pen(text, size=SIZE, style=style)


def _widest(pdf: Paper, name: str, texts: Sequence[str]) -> float:
    """How many millimetres a column would like to have, with what keeps it from the next."""
    longest = sorted({line for text in texts for line in text.split("\n")}, key=len)[-MEASURED:]
    widest = max((_width(pdf, line) for line in longest), default=0.0)
    return max(widest, _width(pdf, name, "B")) + BETWEEN


def _width(pdf: Paper, text: str, style: str = "") -> float:
    _pen(pdf, text, style)
    # beyond this it is wrapped in any case
    return float(pdf.get_string_width(pdf.printable(text[:200]))) + 0.5


def shared_out(wide: Sequence[float], room: float) -> list[float]:
    """The width of each column: what it would like, or an even share of what the others leave.

    Raises ValueError where a share is too narrow to read.

    >>> shared_out([20, 90, 70], 120)
    [20, 50.0, 50.0]
    """
    left, columns = room, len(wide)
    widths = list(wide)
    for place in sorted(range(columns), key=wide.__getitem__):
        widths[place] = min(wide[place], left / columns)
        left, columns = left - widths[place], columns - 1
    narrow = min((w for w, wish in zip(widths, wide, strict=True) if w < wish), default=room)
    if narrow < NARROWEST:
        raise ValueError(
            say(
                "{columns} do not fit beside each other on a sheet. "
                "Choose those that are needed on paper, such as table[['name', 'phone']].",
                columns=count_of(len(wide), "column"),
            )
        )
    return widths


def _strips(
    pdf: Paper, row: Sequence[str], widths: Sequence[float], style: str = ""
) -> list[Strip]:
    """The lines of a row: each text wrapped in its column, the shorter ones filled up."""
    cells = [list(_lines(pdf, text, w, style)) for text, w in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    return list(zip(*[cell + [""] * (height - len(cell)) for cell in cells], strict=True))


def _lines(pdf: Paper, text: str, width: float, style: str) -> Iterator[str]:
    _pen(pdf, text, style)
    for line in pdf.printable(text).split("\n"):
        if pdf.get_string_width(line) <= width - BETWEEN:
            yield line
        else:
            yield from _wrapped(pdf, line, width - BETWEEN)


def _wrapped(pdf: Paper, text: str, width: float) -> list[str]:
    """A text in lines of this width, by the pen that is taken up."""
    lines = pdf.multi_cell(width, HEIGHT, text, align="L", dry_run=True, output="LINES")
    return cast("list[str]", lines)


def pages_of(rows: Sequence[Sequence[Strip]], room: int) -> list[list[Line]]:
    """The rows on sheets that have room for so many lines; only a row taller than that is cut.

    >>> [len(page) for page in pages_of([[("a",)] * 3, [("b",)] * 2, [("c",)] * 9], 4)]
    [3, 2, 4, 4, 1]
    """
    pages: list[list[Line]] = [[]]
    for strips in rows:
        if pages[-1] and len(pages[-1]) + len(strips) > room:
            pages.append([])
        for number, strip in enumerate(strips, 1):
            if len(pages[-1]) == room:
                pages.append([])
            pages[-1].append(Line(strip=strip, ends=number == len(strips)))
    return pages


def _title(pdf: Paper, title: str) -> None:
    """The title, in one line.

    Raises ValueError where it takes more.
    """
    pdf.pen(title, size=13, style="B")
    lines = _wrapped(pdf, pdf.printable(title), pdf.epw)
    if len(lines) > 1:
        raise ValueError(say("title: it does not fit on one line of the sheet. Take fewer words."))
    pdf.cell(0, 7, lines[0], new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)


def _draw(
    pdf: Paper,
    lines: Sequence[Line],
    widths: Sequence[float],
    right: Sequence[bool],
    style: str = "",
) -> None:
    for line in lines:
        for text, width, is_number in zip(line.strip, widths, right, strict=True):
            _pen(pdf, text, style)
            pdf.cell(width - BETWEEN, HEIGHT, text, align="R" if is_number else "L")
            pdf.set_x(pdf.get_x() + BETWEEN)
        pdf.set_xy(MARGIN, pdf.get_y() + HEIGHT)
        if line.ends:
            _rule(pdf)


def _rule(pdf: Paper) -> None:
    pdf.set_draw_color(200, 205, 209)
    pdf.line(MARGIN, pdf.get_y(), MARGIN + pdf.epw, pdf.get_y())
