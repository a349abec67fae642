"""Tables for a school: CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would take for a formula."""


def as_csv(names: list[str], rows: Iterable[list[str]]) -> str:
    r"""Rows as CSV in which no text becomes a formula.

    >>> as_csv(["name"], [["=1+1"]])
    "name\n'=1+1\n"
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return file.getvalue()


def as_read(text: str) -> str:
    """A text from such a table as it was before it was made harmless.

    >>> as_read("'=1+1"), as_read("'t Hooft")
    ('=1+1', "'t Hooft")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
