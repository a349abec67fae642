"""The rows below the names: which are read, which are passed over, which cannot be rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from retailkit.catalogue import say
from retailkit.imports.delimited import Cell, Rows
from retailkit.imports.headers import Columns
from retailkit.imports.problems import Fault, rows_listed, shown
from retailkit.imports.values import Wrong, is_blank
from retailkit.imports.workbook import column_letters
from retailkit.words import count_of


@dataclass(kw_only=True)
class Body:
    """The rows to read, by their place in the file, with what is wrong and what is to be said."""

    source: Rows
    columns: Columns
    places: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def cells(self, column: str) -> list[Cell]:
        """The cells of a column, row by row."""
        return list(map(itemgetter(self.columns.places[column]), self._rows))

    @cached_property
    def _rows(self) -> list[list[Cell]]:
        return [self.source.rows[place] for place in self.places]

    def fault(self, column: str, number: int, wrong: Wrong) -> None:
        """Note what is wrong in a column of one of the rows to read, counted from 0."""
        name = self.columns.name(column)
        self.fault_in_row(self.places[number], wrong.found, wrong.allowed, name)

    def fault_in_row(self, place: int, found: str, allowed: str, column: str | None = None) -> None:
        """Note what is wrong in a row of the file, by its place."""
        line = self.source.line(place + 1)
        fault = Fault(row=place + 1, line=line, column=column, found=found, allowed=allowed)
        self.faults.append(fault)


def body_of(source: Rows, columns: Columns, leave_out: Collection[int]) -> Body:
    """The rows below the names, but for the empty ones and those that are to be left out."""
    body = Body(
        source=source,
        columns=columns,
        faults=[*source.faults, *columns.faults, *_odd_to_leave_out(source, columns, leave_out)],
        said=[
            *source.said,
            say("The names stand in row {row}.", row=columns.row + 1),
            *columns.said,
        ],
    )
    empty, width, header = 0, len(columns.names), source.rows[columns.row]
    for place in range(columns.row + 1, len(source.rows)):
        if place + 1 in leave_out:
            continue
        if all(map(is_blank, source.rows[place])):
            empty += 1
        elif wrong := _no_row(source.rows[place], header, width):
            body.fault_in_row(place, wrong.found, wrong.allowed)
        else:
            body.places.append(place)
    for top, found in _merged(source, columns.row, leave_out):
        body.fault_in_row(top, found, say("Separate them, and give each row its own value."))
    if empty:
        body.said.append(say("Passed over: {rows}.", rows=count_of(empty, "empty row")))
    if leave_out:
        body.said.append(say("Left out, as you said: row {rows}.", rows=rows_listed(leave_out)))
    return body


def _no_row(cells: list[Cell], header: list[Cell], width: int) -> Wrong | None:
    """Why a row cannot be one of the table; None where it can."""
    if cells == header:
        return Wrong(say("The names stand here again"), say("Delete the row, or leave it out."))
    if len(cells) < width:
        return Wrong(
            say(
                "The row has {cells}, and the names are {width}",
                cells=count_of(len(cells), "cell"),
                width=width,
            ),
            say("Look for a missing sign between two cells, or leave the row out."),
        )
    if len(cells) > width and not all(map(is_blank, cells[width:])):
        return Wrong(
            say(
                "The row has {cells} cells, and the names are {width}; the last holds {last}",
                cells=len(cells),
                width=width,
                last=shown(str(cells[-1])),
            ),
            say("Put a cell that holds such a sign between quotation marks."),
        )
    return None


def _odd_to_leave_out(
    source: Rows, columns: Columns, leave_out: Collection[int]
) -> Iterator[Fault]:
    first, last = columns.row + 2, len(source.rows)
    for row in sorted(leave_out):
        if not first <= row <= last:
            yield Fault(
                found=say("Row {row} cannot be left out", row=row),
                allowed=say(
                    "The rows below the names are {first} to {last}.", first=first, last=last
                )
                if last >= first
                else say("There are no rows below the names."),
            )


def _merged(source: Rows, header: int, leave_out: Collection[int]) -> Iterator[tuple[int, str]]:
    """Merged cells from the names downwards; a title above them may be merged."""
    for (top, left), (bottom, right) in source.merged:
        rows = set(range(top + 1, bottom + 2))
        if bottom >= header and not rows <= set(leave_out):
            first, last = f"{column_letters(left)}{top + 1}", f"{column_letters(right)}{bottom + 1}"
            yield top, say("The cells {first} to {last} are merged", first=first, last=last)
