"""Which column is which: by the shop's own name, by a synonym, or by what the caller said."""

from __future__ import annotations

import functools
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from retailkit.catalogue import say, whole
from retailkit.imports.delimited import Cell, Rows
from retailkit.imports.problems import Fault, shown
from retailkit.imports.workbook import column_letters
from retailkit.records import kinds
from retailkit.shop import RECORDS
from retailkit.words import count_of, did_you_mean, listing

FIRST_ROWS = 20
"""The names of the columns stand in one of these; above them may stand a title."""

MOST_COLUMNS = 1_000

Told = Mapping[str, str | None]
"""What the caller said: the name in the file, and the column that it is, or None for none."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where the names stand (counted from 0), and the place of each column that was found.

    `asked` are columns that a name may mean, which the caller is to say.
    """

    row: int
    names: list[str]
    places: dict[str, int]
    asked: set[str]
    faults: list[Fault]
    said: list[str]

    def name(self, column: str) -> str:
        """What the file calls a column."""
        return self.names[self.places[column]]


def folded(name: object) -> str:
    """A name without what does not count: capitals, accents, blanks and signs.

    >>> folded("Correo electrónico"), folded("E-Mail"), folded("N.º de cliente")
    ('correoelectronico', 'email', 'nodecliente')
    """
    parts = unicodedata.normalize("NFKD", str(name)).casefold()
    return "".join(letter for letter in parts if letter.isalnum())


@functools.cache
def synonyms(table: str) -> dict[str, str]:
    """The column of a table that each name means, by the folded name."""
    means = _written()[table]["means"]
    own = {folded(column): column for column in kinds(RECORDS[table])}
    return {folded(name): column for column, names in means.items() for name in names} | own


@functools.cache
def unclear(table: str) -> dict[str, Any]:
    """The names that may mean one column or another, by the folded name."""
    return {folded(name): meant for name, meant in _written()[table]["unclear"].items()}


@functools.cache
def telling(table: str) -> frozenset[str]:
    """The names with letters beyond ASCII, as they are written: they prove an encoding."""
    part = _written()[table]
    names = [*part["unclear"], *(name for names in part["means"].values() for name in names)]
    return frozenset(name.casefold() for name in names if not name.isascii())


@functools.cache
def _written() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("synonyms.toml").read_text("utf-8"))


def is_name(table: str, cell: Cell, told: Told) -> bool:
    """Whether a cell is the name of a column."""
    if not isinstance(cell, str):
        return False
    return cell in told or folded(cell) in synonyms(table) or folded(cell) in unclear(table)


def columns_of(source: Rows, table: str, told: Told) -> Columns | list[Fault]:
    """Which column is which; or, where no row has names, why the file cannot be read."""
    row = _row_of_names(source.rows, table, told)
    if row is None:
        return [_no_names(source, table)]
    cells = source.rows[row]
    if len(cells) > MOST_COLUMNS:
        return [
            Fault(
                row=row + 1,
                found=say("It has {cells} columns", cells=whole(len(cells))),
                allowed=say(
                    "Bring those that are needed, at most {most}.", most=whole(MOST_COLUMNS)
                ),
            )
        ]
    names = [_name(cell) for cell in cells]
    places, faults = _placed(names, row, table, told)
    open_ = _open_names(names, table, told, places)
    faults += [_either(name, meant, row) for name, meant in open_]
    used = set(places.values())
    unused = [name for place, name in enumerate(names) if name and place not in used]
    return Columns(
        row=row,
        names=[name or _lettered(place) for place, name in enumerate(names)],
        places={column: places[column] for column in kinds(RECORDS[table]) if column in places},
        asked={column for _, meant in open_ for column in meant},
        faults=[*_not_there(names, row, told), *faults, *_nameless(source.rows, row, names)],
        said=[*_titles(source.rows, row), *_became(names, places), *_not_used(unused)],
    )


def _lettered(place: int) -> str:
    return say("column {letters}", letters=column_letters(place))


def _name(cell: Cell) -> str:
    return " ".join(str(cell).split())


def _row_of_names(rows: list[list[Cell]], table: str, told: Told) -> int | None:
    """The first row with the most names; one name alone must stand on top, or by itself."""
    found = [sum(is_name(table, cell, told) for cell in row) for row in rows[:FIRST_ROWS]]
    most = max(found, default=0)
    if most == 0:
        return None
    row = found.index(most)
    alone = sum(bool(_name(cell)) for cell in rows[row]) == 1
    on_top = row == _first_filled(rows)
    return row if most > 1 or alone or on_top or told else None


def _first_filled(rows: list[list[Cell]]) -> int:
    return next((place for place, row in enumerate(rows) if any(map(_name, row))), 0)


def _no_names(source: Rows, table: str) -> Fault:
    first = _first_filled(source.rows)
    cells = [shown(str(cell)) for cell in (source.rows[first:] or [[]])[0][:5] if _name(cell)]
    return Fault(
        row=first + 1,
        line=source.line(first + 1),
        found=say(
            "No row names the columns; the first that is not empty holds {cells}",
            cells=listing(cells),
        ),
        allowed=say(
            "Put a row of names on top, such as {names}, "
            "or say which column is which: columns={{'their name': 'our name'}}.",
            names=listing(list(kinds(RECORDS[table]))[:4]),
        ),
    )


def _placed(
    names: list[str], row: int, table: str, told: Told
) -> tuple[dict[str, int], list[Fault]]:
    """The place of each column; what is asked for twice or may be either is a fault."""
    taken: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if name in told and told[name] is not None:
            taken[str(told[name])].append(place)
    said = set(taken)
    for place, name in enumerate(names):
        column = synonyms(table).get(folded(name))
        if column and name not in told and column not in said:
            taken[column].append(place)
    faults = [
        _twice(column, [names[place] for place in places], row)
        for column, places in taken.items()
        if len(places) > 1
    ]
    for place, name in enumerate(names):
        beside = {} if name in told else unclear(table).get(folded(name), {}).get("beside", {})
        column = next((column for other, column in beside.items() if other in taken), None)
        if column and column not in taken:
            taken[column].append(place)
    return {column: places[0] for column, places in taken.items()}, faults


def _open_names(
    names: list[str], table: str, told: Told, places: Mapping[str, int]
) -> list[tuple[str, list[str]]]:
    """The names that may still be one column or another, and which."""
    left = [name for i, name in enumerate(names) if i not in places.values() and name not in told]
    meant = [(name, unclear(table).get(folded(name), {}).get("may_be", [])) for name in left]
    return [(name, columns) for name, columns in meant if not places.keys() >= set(columns)]


def _twice(column: str, names: list[str], row: int) -> Fault:
    if len(set(names)) == 1:
        return Fault(
            row=row + 1,
            column=names[0],
            found=say("{columns} have this name", columns=count_of(len(names), "column")),
            allowed=say("Give each its own, or delete what is not needed."),
        )
    return Fault(
        row=row + 1,
        column=names[1],
        found=say("{names} could each be {column}", names=listing(map(repr, names)), column=column),
        allowed=say(
            "Say which one is, such as columns={{{first!r}: {column!r}}}.",
            first=names[0],
            column=column,
        ),
    )


def _either(name: str, columns: list[str], row: int) -> Fault:
    return Fault(
        row=row + 1,
        column=name,
        found=say("This may be {columns}, or something else", columns=listing(columns, "or")),
        allowed=say(
            "Say what it is: columns={{{name!r}: {first!r}}}, or {{{name!r}: None}} "
            "to leave it out. A column that holds two things is to be split in two.",
            name=name,
            first=columns[0],
        ),
    )


def _not_there(names: list[str], row: int, told: Told) -> Iterator[Fault]:
    for name in told:
        if name not in names:
            yield Fault(
                row=row + 1,
                found=say("There is no column {name!r}, of which you said what it is", name=name),
                allowed=_there_are(names) + did_you_mean(name, names),
            )


def _there_are(names: list[str]) -> str:
    return say("The columns are {names}.", names=listing(map(repr, filter(None, names))))


def _nameless(rows: list[list[Cell]], row: int, names: list[str]) -> Iterator[Fault]:
    """Columns without a name in which something stands."""
    for place, name in enumerate(names):
        if not name:
            full = next((i for i, r in enumerate(rows) if i > row and _filled(r, place)), None)
            if full is not None:
                yield Fault(
                    row=full + 1,
                    column=column_letters(place),
                    found=say(
                        "The column has no name, and holds {value}",
                        value=shown(str(rows[full][place])),
                    ),
                    allowed=say("Give the column a name, or empty it."),
                )


def _filled(row: list[Cell], place: int) -> bool:
    return place < len(row) and bool(_name(row[place]))


def _titles(rows: list[list[Cell]], row: int) -> Iterator[str]:
    above = [_name(cell) for cells in rows[:row] for cell in cells if _name(cell)]
    if above:
        yield say("Above the names, and not read: {above}.", above=listing(map(shown, above[:5])))


def _became(names: list[str], places: dict[str, int]) -> Iterator[str]:
    other = [(names[place], column) for column, place in places.items() if names[place] != column]
    if other:
        became = [say("{name!r} is {column}", name=name, column=column) for name, column in other]
        yield f"{listing(became)}."


def _not_used(names: list[str]) -> Iterator[str]:
    if names:
        counted = Counter(names)
        yield say("Not used: {names}.", names=listing(map(repr, counted)))
