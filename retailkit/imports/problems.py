"""What is wrong with a table from elsewhere: every fault, with its place, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from retailkit.catalogue import say
from retailkit.text import escaped
from retailkit.words import count_of

if TYPE_CHECKING:
    import pandas as pd

SHOWN_OF_A_KIND = 3
"""So many faults of one kind are written out; the rows of the others are listed."""

SHOWN_KINDS = 20
"""So many kinds of fault are written out; the table of the error holds the others."""

LONGEST_SHOWN = 60
"""So many letters of a value are shown in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong, where it stands in the file, and what would do.

    `row` counts as a spreadsheet does, from 1 and with the row of names; None means the
    file as a whole. `line` is the line of the text, where a cell further up has several.
    """

    found: str
    allowed: str
    row: int | None = None
    column: str | None = None
    line: int | None = None

    @property
    def place(self) -> str:
        """Where it stands, as a sentence begins; nothing for the file as a whole."""
        row = say("Row {row}", row=self.row) if self.row else ""
        if self.line not in (None, self.row):
            row += say(" (line {line} of the text)", line=self.line)
        column = say("column '{column}'", column=self.column) if self.column else ""
        place = ", ".join(part for part in (row, column) if part)
        return place[:1].upper() + place[1:] + ": " if place else ""

    def __str__(self) -> str:
        return f"{self.place}{self.found}. {self.allowed}"


class ImportProblems(ValueError):
    """A file that was not read in, with everything that is wrong with it.

    It prints as sentences. `table` has one row per fault: file, row, column, found, allowed.
    """

    def __init__(self, file: str | Path, faults: Iterable[Fault]) -> None:
        self.file = "".join(sign if sign.isprintable() else "?" for sign in str(file))
        self.faults = sorted(faults, key=lambda fault: (fault.row or 0, fault.column or ""))
        super().__init__(self.file, self.faults)

    @property
    def table(self) -> pd.DataFrame:
        """Every fault: one row each; `row` is empty where the whole file is meant."""
        import pandas as pd

        names = ["row", "column", "found", "allowed"]
        columns = {name: [getattr(fault, name) for fault in self.faults] for name in names}
        table = pd.DataFrame(columns, columns=names).astype(
            {"row": "Int64", "column": "str", "found": "str", "allowed": "str"}
        )
        table.insert(0, "file", pd.Series(self.file, index=table.index, dtype="str"))
        return table

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        # a page breaks printed text in the middle of a word, and this between words
        return "<br>".join(escaped(line) for line in str(self).split("\n"))

    def __str__(self) -> str:
        count = count_of(len(self.faults), "problem")
        lines = [
            say(
                "'{file}' was not read in, and nothing was taken from it: {count}.",
                file=self.file,
                count=count,
            )
        ]
        kinds = _by_kind(self.faults)
        for faults in kinds[:SHOWN_KINDS]:
            lines += _told(faults)
        left = sum(len(faults) for faults in kinds[SHOWN_KINDS:])
        if left:
            lines.append(
                say(
                    "And {problems}; the error's .table lists them all.",
                    problems=count_of(left, "more problem"),
                )
            )
        return "\n".join(lines)


def _by_kind(faults: list[Fault]) -> list[list[Fault]]:
    """The faults of one column that ask for the same, together, in the order of the first."""
    kinds: dict[tuple[str | None, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.column, fault.allowed), []).append(fault)
    return list(kinds.values())


def _told(faults: list[Fault]) -> Iterator[str]:
    shown, others = faults[:SHOWN_OF_A_KIND], faults[SHOWN_OF_A_KIND:]
    yield from map(str, shown)
    rows = [fault.row for fault in others if fault.row]
    if rows:
        more = count_of(len(rows), "more row")
        yield say("  The same in {more}: {rows}.", more=more, rows=rows_listed(rows))


def rows_listed(rows: Iterable[int], most: int = 12) -> str:
    """Rows as people list them, those that follow each other taken together.

    >>> rows_listed([4, 5, 6, 9])
    '4-6, 9'
    """
    steps = enumerate(sorted(set(rows)))
    runs = []
    for _, run in groupby(steps, key=lambda step: step[1] - step[0]):
        found = [row for _, row in run]
        runs.append(str(found[0]) if len(found) == 1 else f"{found[0]}-{found[-1]}")
    more = ["..."] if len(runs) > most else []
    return ", ".join(runs[:most] + more)


def shown(value: object) -> str:
    r"""A value as a sentence shows it: in quotation marks, shortened, nothing invisible.

    >>> shown("1\x002"), shown(4.5)
    ("'1\\x002'", '4.5')
    """
    text = value if isinstance(value, str) else str(value)
    if len(text) > LONGEST_SHOWN:
        text = text[: LONGEST_SHOWN - 3] + "..."
    return repr(text) if isinstance(value, str) else text


def refused(file: str | Path, found: str, allowed: str, row: int | None = None) -> ImportProblems:
    """The error to raise for one thing that keeps us from reading on."""
    return ImportProblems(file, [Fault(found=found, allowed=allowed, row=row)])
