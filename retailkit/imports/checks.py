"""What only a whole table shows: numbers that stand twice, gaps, references into nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import say
from retailkit.customers import birth_problems
from retailkit.files.columns import foreign_keys, key_of
from retailkit.imports.delimited import Cell
from retailkit.imports.problems import shown
from retailkit.imports.values import Wrong, is_blank
from retailkit.records import kinds, need_columns, notes
from retailkit.shop import RECORDS
from retailkit.words import count_of, did_you_mean, listing

if TYPE_CHECKING:
    import pandas as pd

NEEDED: Mapping[str, list[str]] = {
    "customers": [],
    "orders": ["ordered_at"],
    "claims": ["received_at", "narrative"],
}
"""Without these a row is of no use. Numbers of their own the rows need only if others have them:
where a file has none, the database that takes it in gives them."""

NAMES = ["given_name", "family_name"]
"""A customer has one of these; in some places people have one name only."""

Columns = Mapping[str, list[Any]]
Found = Iterator[tuple[str, int, Wrong]]
"""A column, a place in it, and what is wrong there."""


def missing_columns(table: str, columns: Collection[str]) -> list[Wrong]:
    """The columns without which a file cannot be read, and which it lacks."""
    asked = [
        f"{column} ({_meaning(table, column)})" for column in NEEDED[table] if column not in columns
    ]
    if table == "customers" and not any(name in columns for name in NAMES):
        asked.append(say("a name, given_name or family_name"))
    return [
        Wrong(
            say("No column holds {what}", what=what),
            say("Add one, or say which it is: columns={'their name': 'our name'}."),
        )
        for what in asked
    ]


def _meaning(table: str, column: str) -> str:
    note = re.split(r"[?;,]", say(notes(RECORDS[table])[column]))[0].strip("¿.")
    return note[:1].lower() + note[1:]


def gaps(table: str, columns: Collection[str], cells: Callable[[str], list[Cell]]) -> Found:
    """Needed cells that are empty, as the file has them."""
    key = key_of(RECORDS[table])
    for column in [*NEEDED[table], *([key] if key in columns else [])]:
        for place, cell in enumerate(cells(column)):
            if is_blank(cell):
                yield column, place, Wrong(say("The cell is empty"), say("Every row needs one."))
    if table == "customers":
        names = [name for name in NAMES if name in columns]
        for place, row in enumerate(zip(*map(cells, names), strict=True)):
            if all(map(is_blank, row)):
                yield (
                    names[0],
                    place,
                    Wrong(say("Nobody is named"), say("Every customer needs a name.")),
                )


def doubles(table: str, columns: Columns, rows: list[int]) -> Found:
    """Numbers that stand once more."""
    key = key_of(RECORDS[table])
    first: dict[str, int] = {}
    for place, number in enumerate(columns.get(key, [])):
        if number is not None and first.setdefault(number, place) != place:
            found = say(
                "{number} stands in row {row} already",
                number=shown(number),
                row=rows[first[number]],
            )
            yield (
                key,
                place,
                Wrong(found, say("Give every row a number of its own, or leave one out.")),
            )


def strangers(table: str, columns: Columns, known: Mapping[str, pd.DataFrame]) -> Found:
    """References to rows that the other table does not have; only tables that are given count."""
    for column, other in foreign_keys(RECORDS[table]).items():
        if other not in known or column not in columns:
            continue
        key = key_of(RECORDS[other])
        need_columns(known[other], [key], say("The table {table} in known", table=other))
        numbers = set(known[other][key].dropna())
        for place, number in enumerate(columns[column]):
            if number is not None and number not in numbers:
                near = did_you_mean(number, numbers) if len(numbers) < 1000 else ""
                found = say("{number} is not among the {other}", number=shown(number), other=other)
                allowed = say("Bring the {other} in first, or mend it.", other=other)
                yield column, place, Wrong(found, f"{allowed}{near}")


def taken(table: str, columns: Columns, known: Mapping[str, pd.DataFrame]) -> Found:
    """Numbers that a row of the table that is there already has."""
    key = key_of(RECORDS[table])
    if table not in known or key not in columns:
        return
    need_columns(known[table], [key], say("The table {table} in known", table=table))
    numbers = set(known[table][key].dropna())
    for place, number in enumerate(columns[key]):
        if number in numbers:
            found = say("{number} is among the {table} already", number=shown(number), table=table)
            yield (
                key,
                place,
                Wrong(found, say("Leave the row out; to alter what is there, change it.")),
            )


def odd_birthdays(table: str, columns: Columns) -> Found:
    """Birthdays after the day on which we first met."""
    if table != "customers" or not {"birth_on", "joined_at"} <= columns.keys():
        return
    pairs = zip(columns["birth_on"], columns["joined_at"], strict=True)
    for place, (birth, joined) in enumerate(pairs):
        if birth and joined:
            for problem in birth_problems(birth.date(), joined):
                what, _, advice = problem.partition(": ")[2].partition(". ")
                yield "birth_on", place, Wrong(what, advice)


def open_points(table: str, columns: Columns, count: int) -> list[str]:
    """What is missing without being wrong: one sentence each."""
    said = []
    left = [column for column in kinds(RECORDS[table]) if column not in columns]
    if left:
        said.append(say("Not in the file, and so empty: {left}.", left=listing(left)))
    if table == "customers":
        contacts = [columns[column] for column in ("email", "phone") if column in columns]
        reached = sum(any(row) for row in zip(*contacts, strict=True)) if contacts else 0
        if reached < count:
            said.append(
                say(
                    "{customers} without e-mail and telephone: nobody can answer them.",
                    customers=count_of(count - reached, "customer"),
                )
            )
    return said
