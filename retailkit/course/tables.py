"""How a table is held against the right one: its columns, their types, and its rows by key.

What is said names columns, and rows by their key. It never says what stands in a
field of the right table, and of a row that is missing not even the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retailkit.course.judges import Shortfall, described
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
            return f"A table is asked for; this is {described(answer)}."
        return columns_off(answer, right) or _rows_off(answer, right, key)

    return judge


def columns_off(answer: pd.DataFrame, right: pd.DataFrame) -> str | None:
    """Which columns are missing, too many, there twice, or hold another kind of thing."""
    mine = list(map(str, answer.columns))
    missing = [name for name in right.columns if name not in mine]
    if missing:
        return f"{_columns(missing)} missing: {listing(missing)}."
    more = list(dict.fromkeys(name for name in mine if name not in set(right.columns)))
    if more:
        return f"{_columns(more)} too many: {listing(more)}."
    twice = list(dict.fromkeys(name for name in mine if mine.count(name) > 1))
    if twice:
        return f"{_columns(twice)} there twice: {listing(twice)}."
    for name in right.columns:
        if (kind := _kind(answer[name])) != _kind(right[name]) and len(answer):
            return f"The column {name} holds {kind}; it should hold {_kind(right[name])}."
    return None


def _columns(names: list[str]) -> str:
    return "A column is" if len(names) == 1 else f"{len(names)} columns are"


def _kind(column: pd.Series) -> str:
    from pandas.api import types

    tests = {
        "yes or no": types.is_bool_dtype,
        "numbers": types.is_numeric_dtype,
        "dates": types.is_datetime64_any_dtype,
    }
    return next((kind for kind, is_it in tests.items() if is_it(column)), "text")


def _rows_off(answer: pd.DataFrame, right: pd.DataFrame, key: str) -> str | None:
    keys = answer[key]
    if keys.isna().any():
        return f"In the column {key} a field is empty, so that nobody can tell which row that is."
    if keys.duplicated().any():
        again = list(keys[keys.duplicated()].unique())
        return f"{count_of(len(again), 'row')} there more than once, such as {_few(again)}."
    mine, wanted = answer.set_index(key), right.set_index(key)[[c for c in right if c != key]]
    too_many = mine.index.difference(wanted.index, sort=False)
    missing = wanted.index.difference(mine.index, sort=False)
    both = wanted.index.intersection(mine.index, sort=False)
    differing = _differing(mine.loc[both], wanted.loc[both])
    good = len(both) - len(set().union(*differing.values()))
    share = good / max(1, len(wanted.index.union(mine.index)))
    said = [f"{count_of(len(too_many), 'row')} too many, such as {_few(too_many)}"] * bool(
        len(too_many)
    )
    said += [f"{count_of(len(missing), 'row')} missing"] * bool(len(missing))
    if said:
        return Shortfall(f"Your table has {listing(said)}.", share)
    for name, rows in differing.items():
        what = f"In the column {name}, {count_of(len(rows), 'row')} not right: {_few(rows)}"
        return Shortfall(what + (" and others." if len(rows) > FEW else "."), share)
    return None


def _differing(mine: pd.DataFrame, wanted: pd.DataFrame) -> dict[str, list[Any]]:
    """For each column that differs, the keys of the rows in which it does."""
    found = {}
    for name in wanted.columns:
        one, other = mine[name], wanted[name]
        if _kind(other) == "numbers":
            same = (one.astype(float) - other.astype(float)).abs() <= 1e-6 * (1 + other.abs())
        else:
            same = one == other
        same = same.fillna(value=False).astype(bool) | (one.isna() & other.isna())
        if not same.all():
            found[str(name)] = list(same.index[~same])
    return found


def _few(keys: Any) -> str:
    return listing(list(map(str, keys))[:FEW])
