"""Customers, orders and claims from a CSV or XLSX file made elsewhere: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from retailkit.catalogue import say
from retailkit.imports import amounts, dates
from retailkit.imports.body import Body, body_of
from retailkit.imports.checks import (
    doubles,
    gaps,
    missing_columns,
    odd_birthdays,
    open_points,
    strangers,
    taken,
)
from retailkit.imports.delimited import Cell, Rows, rows_of_text
from retailkit.imports.encodings import decoded
from retailkit.imports.headers import Columns, columns_of, is_name, telling
from retailkit.imports.opening import kind_of_file, opened
from retailkit.imports.problems import Fault, ImportProblems
from retailkit.imports.told import Told
from retailkit.imports.values import (
    Judge,
    Wrong,
    answer_judge,
    judged,
    text_judge,
    word_judge,
    words_said,
)
from retailkit.imports.workbook import rows_of_workbook
from retailkit.records import dtype, kinds
from retailkit.shop import RECORDS
from retailkit.words import Word, count_of


def read_table(path: str | Path, told: Told) -> pd.DataFrame:
    """One of the shop's tables from a file made elsewhere; its notes say what was found out.

    Raises ImportProblems with everything that is wrong with the file.
    """
    source = _source(path, told)
    columns = columns_of(source, told.table, told.names)
    if not isinstance(columns, Columns):
        raise ImportProblems(path, [*source.faults, *columns])
    body = body_of(source, columns, told.rows)
    values = _values(body, told)
    missing = missing_columns(told.table, values)
    body.faults += [
        Fault(row=columns.row + 1, found=wrong.found, allowed=wrong.allowed)
        for wrong in missing_columns(told.table, {*values, *columns.asked})
    ]
    if not missing:
        _check(body, values, told)
    if not body.places and not body.faults:
        body.fault_in_row(
            columns.row, say("Below the names there is no row"), say("Bring one with rows.")
        )
    if body.faults:
        raise ImportProblems(path, body.faults)
    return _frame(path, body, values, told)


def _source(path: str | Path, told: Told) -> Rows:
    data = opened(path)
    if kind_of_file(path, data) == "xlsx":
        return rows_of_workbook(path, data, told.sheet)
    text, encoding = decoded(path, data, told.encoding, telling(told.table))
    source = rows_of_text(path, text, lambda cell: is_name(told.table, cell, told.names))
    source.said.insert(0, say("The encoding is {encoding}.", encoding=encoding))
    return source


def _values(body: Body, told: Told) -> dict[str, list[Any]]:
    """The values of every column that the file has; what is wrong with them goes to the body."""
    fields = {name: kinds(RECORDS[told.table])[name] for name in body.columns.places}
    cells = {name: body.cells(name) for name in fields}
    moments = {name: cells[name] for name, kind in fields.items() if kind in (date, datetime)}
    sums = {name: cells[name] for name, kind in fields.items() if kind is float}
    open_ = _asked_for_order(body, moments, told)
    decimal, unsaid = _decimal(body, sums, told)
    values = {}
    for name, kind in fields.items():
        left = open_.get(name, set()) | unsaid.get(name, set())
        seen = [None if place in left else cell for place, cell in enumerate(cells[name])]
        found = judged(seen, _judge(name, kind, seen, told.date_order, decimal))
        for place, wrong in found.wrong:
            body.fault(name, place, wrong)
        values[name] = found.kept
        body.said += _read_otherwise(name, kind, cells[name], found.kept)
    return values


def _judge(
    column: str, kind: type, cells: Sequence[Cell], order: str | None, decimal: str
) -> Judge:
    """How the cells of a column are judged, by the kind of value that it holds."""
    if issubclass(kind, Word):
        return word_judge(kind)
    if kind in (date, datetime):
        return dates.moment_judge(kind, order)
    if kind is float:
        return amounts.amount_judge(decimal)
    return answer_judge(column) if kind is bool else text_judge(column, cells)


def _asked_for_order(body: Body, columns: dict[str, list[Cell]], told: Told) -> dict[str, set[int]]:
    """The cells that wait for the order of day and month, which is asked once for the file."""
    if told.date_order:
        return {}
    waiting = {name: dates.needs_order(cells) for name, cells in columns.items()}
    waiting = {name: places for name, places in waiting.items() if places}
    if waiting:
        name, place = min(
            ((name, places[0]) for name, places in waiting.items()), key=lambda first: first[1]
        )
        texts = [
            columns[name][place].strip() for name, places in waiting.items() for place in places
        ]
        body.fault(name, place, Wrong(*dates.question(texts)))
    return {name: set(places) for name, places in waiting.items()}


def _decimal(
    body: Body, columns: dict[str, list[Cell]], told: Told
) -> tuple[str, dict[str, set[int]]]:
    """The sign before the cents in this file, and the cells for which it stays open."""
    seen = {name: amounts.seen_in(cells) for name, cells in columns.items()}
    every = [(name, one) for name, found in seen.items() for one in found]
    signs = {one.decimal for _, one in every if one.decimal}
    if told.decimal or not every or len(signs) == 1:
        decimal = told.decimal or next(iter(signs), "point")
        if every:
            body.said.append(say("Numbers have a decimal {decimal}.", decimal=say(decimal)))
        return decimal, {}
    asked = [(name, one) for name, one in every if bool(one.decimal) == bool(signs)]
    name, first = min(asked, key=lambda pair: pair[1].place)
    body.fault(name, first.place, Wrong(*amounts.question([one for _, one in asked])))
    return "point", {name: {one.place for one in found} for name, found in seen.items()}


def _read_otherwise(
    column: str, kind: type, cells: Sequence[Cell], values: Sequence[Any]
) -> list[str]:
    """What is to be said of values that look different from their cells."""
    blank = {cell for cell in set(cells) if isinstance(cell, str) and cell.isspace()}
    said = []
    if blank:
        blanks = sum(cell in blank for cell in cells)
        said.append(
            say(
                "In {column}, {cells} with blanks alone counted as empty.",
                column=column,
                cells=count_of(blanks, "cell"),
            )
        )
    if issubclass(kind, Word):
        said += words_said(column, cells, values)
    elif kind is str and {int, float} & set(map(type, cells)):
        said.append(say("In {column}, number cells were read as their digits.", column=column))
    return said


def _check(body: Body, values: dict[str, list[Any]], told: Told) -> None:
    """What the columns show together."""
    rows = [place + 1 for place in body.places]
    found = [
        *gaps(told.table, values.keys(), body.cells),
        *doubles(told.table, values, rows),
        *strangers(told.table, values, told.known or {}),
        *taken(told.table, values, told.known or {}),
        *odd_birthdays(told.table, values),
    ]
    for column, place, wrong in found:
        body.fault(column, place, wrong)


def _frame(path: str | Path, body: Body, values: dict[str, list[Any]], told: Told) -> pd.DataFrame:
    """The table with all the shop's columns, and its notes."""
    count = len(body.places)
    nothing = [None] * count
    table = pd.DataFrame(
        {
            name: pd.Series(values.get(name, nothing), dtype=dtype(kind))
            for name, kind in kinds(RECORDS[told.table]).items()
        }
    )
    order = []
    if told.date_order:
        order = [say("Dates are written {order}, as you said.", order=told.date_order)]
    first = say("Read from '{path}': {rows}.", path=path, rows=count_of(count, "row"))
    table.attrs["notes"] = (first, *body.said, *order, *open_points(told.table, values, count))
    return table
