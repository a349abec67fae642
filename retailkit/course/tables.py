"""How a table is held against the right one: its columns, their types, and its rows by key.

What is said names columns, and rows by their key. It never says what stands in a
field of the right table, and of a row that is missing not even the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retailkit.catalogue import later, say
from retailkit.course.judges import described
from retailkit.course.shortfall import Shortfall
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.course.exercises import Cases, Judge

FEW = 3
"""So many keys are named; more would be a list and no hint."""


def table(key: str) -> Judge:
    """A table with a column `key` that tells its rows apart; the rows may come in any order."""

    def judge(answer: Any, right: pd.DataFrame, cases: Cases) -> str | None:
        import pandas as pd

        if not isinstance(answer, pd.DataFrame):
            return say("A table is asked for; this is {what}.", what=described(answer))
        return columns_off(answer, right) or _rows_off(answer, right, key)

    return judge


def columns_off(answer: pd.DataFrame, right: pd.DataFrame) -> str | None:
    """Which columns are missing, too many, there twice, or hold another kind of thing."""
    mine = list(map(str, answer.columns))
    missing = [name for name in right.columns if name not in mine]
    if missing:
        return _of_columns(missing, *MISSING)
    more = list(dict.fromkeys(name for name in mine if name not in set(right.columns)))
    if more:
        return _of_columns(more, *TOO_MANY)
    twice = list(dict.fromkeys(name for name in mine if mine.count(name) > 1))
    if twice:
        return _of_columns(twice, *TWICE)
    for name in right.columns:
        kind, wanted = _kind(answer[name]), _kind(right[name])
        if kind != wanted and len(answer):
            said = "The column {column} holds {kind}; it should hold {wanted}."
            return say(said, column=name, kind=say(kind), wanted=say(wanted))
    return None


MISSING = later("A column is missing: {names}."), later("{number} columns are missing: {names}.")
TOO_MANY = later("A column is too many: {names}."), later("{number} columns are too many: {names}.")
TWICE = (
    later("A column is there twice: {names}."),
    later("{number} columns are there twice: {names}."),
)
"""What is said of one column, and of several."""


def _of_columns(names: list[str], one: str, several: str) -> str:
    said = one if len(names) == 1 else several
    return say(said, number=len(names), names=listing(names))


def _kind(column: pd.Series) -> str:
    from pandas.api import types

    tests = {
        later("yes or no"): types.is_bool_dtype,
        NUMBERS: types.is_numeric_dtype,
        later("dates"): types.is_datetime64_any_dtype,
    }
    return next((kind for kind, is_it in tests.items() if is_it(column)), later("text"))


NUMBERS = later("numbers")


def _rows_off(answer: pd.DataFrame, right: pd.DataFrame, key: str) -> str | None:
    keys = answer[key]
    if keys.isna().any():
        said = "In the column {key} a field is empty, so that nobody can tell which row that is."
        return say(said, key=key)
    if keys.duplicated().any():
        again = list(keys[keys.duplicated()].unique())
        said = "{rows} there more than once, such as {few}."
        return say(said, rows=count_of(len(again), "row"), few=_few(again))
    mine, wanted = answer.set_index(key), right.set_index(key)[[c for c in right if c != key]]
    too_many = mine.index.difference(wanted.index, sort=False)
    missing = wanted.index.difference(mine.index, sort=False)
    both = wanted.index.intersection(mine.index, sort=False)
    differing = _differing(mine.loc[both], wanted.loc[both])
    good = len(both) - len(set().union(*differing.values()))
    share = good / max(1, len(wanted.index.union(mine.index)))
    if sets_differ := _rows_too_many_or_missing(too_many, missing):
        return Shortfall(sets_differ, share)
    for name, rows in differing.items():
        return Shortfall(_rows_not_right(name, rows), share)
    return None


def _rows_too_many_or_missing(too_many: pd.Index, missing: pd.Index) -> str | None:
    said = []
    if len(too_many):
        rows = count_of(len(too_many), "row")
        said.append(say("{rows} too many, such as {few}", rows=rows, few=_few(too_many)))
    if len(missing):
        said.append(say("{things} missing", things=count_of(len(missing), "row")))
    return say("Your table has {things}.", things=listing(said)) if said else None


def _rows_not_right(name: str, rows: list[Any]) -> str:
    said = (
        "In the column {column}, {rows} not right: {few} and others."
        if len(rows) > FEW
        else "In the column {column}, {rows} not right: {few}."
    )
    return say(said, column=name, rows=count_of(len(rows), "row"), few=_few(rows))


def _differing(mine: pd.DataFrame, wanted: pd.DataFrame) -> dict[str, list[Any]]:
    """For each column that differs, the keys of the rows in which it does."""
    found = {}
    for name in wanted.columns:
        one, other = mine[name], wanted[name]
        if _kind(other) == NUMBERS:
            same = (one.astype(float) - other.astype(float)).abs() <= 1e-6 * (1 + other.abs())
        else:
            same = one == other
        same = same.fillna(value=False).astype(bool) | (one.isna() & other.isna())
        if not same.all():
            found[str(name)] = list(same.index[~same])
    return found


def _few(keys: Any) -> str:
    return listing(list(map(str, keys))[:FEW])
