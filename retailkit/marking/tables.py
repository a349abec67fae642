"""Tables for a school: CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would take for a formula."""


def as_csv(names: list[str], rows: Iterable[list[str]]) -> str:
    r"""Rows as CSV in which no text becomes a formula; a sign by itself is none.

    >>> as_csv(["name", "mark"], [["=1+1", "-"]])
    "name,mark\n'=1+1,-\n"
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([f"'{cell}" if _is_formula(cell) else cell for cell in row])
    return file.getvalue()


def _is_formula(text: str) -> bool:
    return len(text) > 1 and text.startswith(FORMULA)


def as_read(text: str) -> str:
    """A text from such a table as it was before it was made harmless.

    >>> as_read("'=1+1"), as_read("'t Hooft")
    ('=1+1', "'t Hooft")
    """
    return text[1:] if text.startswith("'") and _is_formula(text[1:]) else text
