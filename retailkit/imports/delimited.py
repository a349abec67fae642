"""Tables as text: which sign stands between the cells, and the cells of each row."""

from __future__ import annotations

import csv
import io
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from retailkit.catalogue import later, say
from retailkit.imports.problems import Fault, refused

Cell = Any
"""Text; in a workbook also a number, a yes or no, a date, a moment."""

WRITE_IT = later("Write the value itself.")


@dataclass(frozen=True)
class NoValue:
    """A cell whose formula gave nothing: what was found, and what would do."""

    found: str
    allowed: str


DELIMITERS = {
    ",": later("commas"),
    ";": later("semicolons"),
    "\t": later("tabs"),
    "|": later("upright strokes"),
}

FIRST_ROWS = 20
"""The names of the columns stand in one of these."""

QUOTES = later(
    "Put a quotation mark at both ends of the cell, and write one that belongs to the "
    'text twice, as in "5"" pipe".'
)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """All the cells of a file, row by row from its first, and what was found out on the way.

    `lines` says in which line of the text each row begins, where it is text; `merged` holds
    the corners of the merged cells of a sheet, counted from 0.
    """

    file: str | Path
    rows: list[list[Cell]]
    said: list[str]
    faults: list[Fault] = field(default_factory=list)
    lines: list[int] | None = None
    merged: list[Any] = field(default_factory=list)

    def line(self, row: int) -> int | None:
        """The line of the text in which a row begins, where the text has lines."""
        return self.lines[row - 1] if self.lines and row <= len(self.lines) else None


def rows_of_text(path: str | Path, text: str, recognised: Callable[[str], bool]) -> Rows:
    """The rows of a table that is written as text.

    `recognised` says whether a cell is the name of a column; it tells the sign between the
    cells. Raises ImportProblems where that stays open.
    """
    with _cells_of_any_length(len(text)):
        declared = text[:6].rstrip("\r\n")
        if declared.startswith("sep=") and declared[4:] in DELIMITERS:
            return _read(path, text, declared[4:])
        return _read(path, text, _delimiter(path, text, recognised))


_one_at_a_time = threading.Lock()


@contextmanager
def _cells_of_any_length(most: int) -> Iterator[None]:
    """The csv module's own limit is one for all; it is put back afterwards."""
    with _one_at_a_time:
        before = csv.field_size_limit(most + 1)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _delimiter(path: str | Path, text: str, recognised: Callable[[str], bool]) -> str:
    starts = {sign: _first_rows(text, sign) for sign in DELIMITERS}
    known = {
        sign: max((sum(map(recognised, row)) for row in rows), default=0)
        for sign, rows in starts.items()
    }
    best = [sign for sign in DELIMITERS if known[sign] == max(known.values())]
    if max(known.values()) == 0:
        return max(DELIMITERS, key=lambda sign: _evenness(starts[sign]))
    if len({tuple(map(tuple, starts[sign][:1])) for sign in best}) > 1:
        raise refused(
            path,
            say(
                "It is not clear whether {signs} stand between its cells",
                signs=f" {say('or')} ".join(say(DELIMITERS[sign]) for sign in best),
            ),
            say("Save it once more with commas."),
        )
    return best[0]


def _first_rows(text: str, sign: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), FIRST_ROWS))
    except csv.Error:
        return rows
    return rows


def _evenness(rows: list[list[str]]) -> tuple[int, int]:
    """How many rows have the same number of cells, if that is more than one; and that number."""
    wide = Counter(len(row) for row in rows if len(row) > 1)
    if not wide:
        return (0, 0)
    cells, count = wide.most_common(1)[0]
    return (count, cells)


def _read(path: str | Path, text: str, sign: str) -> Rows:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=sign, strict=True)
    rows: list[list[str]] = []
    starts, ends, faults = [], [], []
    while True:
        start = reader.line_num + 1
        try:
            rows.append(next(reader))
        except StopIteration:
            break
        except csv.Error:
            found = say(
                "A quotation mark is opened and not closed, or closed in the middle of a cell"
            )
            row = len(rows) + 1
            faults.append(Fault(row=row, line=start, found=found, allowed=say(QUOTES)))
            break
        starts.append(start)
        ends.append(lines.end)
    between = say("{signs} stand between the cells.", signs=say(DELIMITERS[sign]))
    said = [between[0].upper() + between[1:]]
    faults += _odd_ends(ends, starts)
    return Rows(file=path, rows=rows, said=said, faults=faults, lines=starts)


class _Lines:
    """The lines of a text with their ends, the last of which is remembered."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.end = ""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.end = "\r" if line.endswith("\r") else "\n"
        return line


def _odd_ends(ends: list[str], starts: list[int]) -> list[Fault]:
    """Rows that end in another way than most: there a cell was torn in two."""
    count = Counter(ends[:-1])
    if len(count) < 2:
        return []
    odd = min(count, key=lambda end: count[end])
    name = say("carriage return") if odd == "\r" else say("line feed")
    return [
        Fault(
            row=row,
            line=starts[row - 1],
            found=say(
                "The row breaks off at a {name}, and other rows do not end like that", name=name
            ),
            allowed=say("Put the cell that holds it between quotation marks."),
        )
        for row, end in enumerate(ends[:-1], start=1)
        if end == odd
    ]
