"""Reading: the days, amounts and customers in a table that any shop has made.

What cannot be read is refused in a sentence that says how to put it right; nothing is
guessed, and the table itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retailkit.catalogue import say
from retailkit.records import need_columns

Days = NDArray[np.datetime64]
Amounts = NDArray[np.float64]

ISO_MOMENT = (
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
"""A day as ISO 8601 writes it, with or without a time and the time's distance from UTC."""

DAY_FIRST = r"\d{1,2}([/. -])\d{1,2}\1(\d{2}|\d{4})( \d{1,2}:\d{2}(:\d{2})?)?"
"""A day as people write it, such as 28/02/2026 10:00; day and month may stand the other way."""

LONGEST_HISTORY = 100
"""Years from the first to the last order; more than that is a slip of the pen, such as 9999."""


def need_table(table: Any, columns: Iterable[str], what: str, how: str) -> None:
    """Say in a sentence if this is no table, or which columns it lacks.

    `what` is the table's name; `how` says how the caller names other columns. Raises ValueError.
    """
    if not isinstance(table, pd.DataFrame):
        raise ValueError(  # noqa: TRY004 - whoever gives something wrong reads one kind of error
            say(
                "{what} is to be a table (a pandas DataFrame), like shop.orders; this is a {kind}.",
                what=what,
                kind=type(table).__name__,
            )
        )
    columns = list(columns)
    try:
        need_columns(table, columns, what)
    except ValueError as error:
        raise ValueError(f"{error} {how}") from None
    twice = [column for column in columns if (table.columns == column).sum() > 1]
    if twice:
        raise ValueError(
            say(
                "{what} has two columns named {name!r}. Give one another name.",
                what=what,
                name=twice[0],
            )
        )


def days_in(table: pd.DataFrame, column: str) -> Days:
    """The day in each row of a column; not-a-time where it is empty.

    Dates, moments and ISO text ("2026-02-28", with or without a time) are understood. A
    moment with a time zone keeps the day that it was there. Raises ValueError for
    anything else, with the way to convert it.

    >>> days_in(pd.DataFrame({"date": ["2026-02-28", "2026-03-01T09:30"]}), "date").tolist()
    [datetime.date(2026, 2, 28), datetime.date(2026, 3, 1)]
    """
    values = table[column]
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.cat.categories.dtype)
    if isinstance(values.dtype, pd.ArrowDtype) and "date" in str(values.dtype):
        values = values.astype("datetime64[s]")
    if isinstance(values.dtype, pd.PeriodDtype):
        values = values.dt.start_time
    if values.dtype.kind == "M":
        zoned = getattr(values.dt, "tz", None) is not None
        moments = values.dt.tz_localize(None) if zoned else values
        return moments.to_numpy(dtype="datetime64[s]", na_value=np.datetime64("NaT", "s")).astype(
            "datetime64[D]"
        )
    if values.isna().all():
        return np.full(len(values), "NaT", dtype="datetime64[D]")
    if values.dtype.kind in "iufb":
        raise ValueError(_not_dates(column, values.dropna().iloc[0]))
    return _days_in_text(values.astype("string"), column)


def _days_in_text(text: pd.Series, column: str) -> Days:
    text = text.str.strip()
    text = text.mask(text == "")
    readable = text.where(text.str.fullmatch(ISO_MOMENT).fillna(True).astype(bool))
    days = pd.to_datetime(readable.str[:10], format="%Y-%m-%d", errors="coerce")
    wrong = text.notna() & days.isna()
    if wrong.any():
        raise ValueError(_not_dates(column, text[wrong].iloc[0]))
    return days.to_numpy(dtype="datetime64[s]").astype("datetime64[D]")


def _not_dates(column: str, value: Any) -> str:
    """Why a column holds no dates, and how to make dates of it."""
    shown, series = (
        f"{value:.15g}" if isinstance(value, float) else str(value),
        f"table[{column!r}]",
    )
    how = say("Write year, month and day, like 2026-02-28.")
    if (written := re.fullmatch(DAY_FIRST, shown)) is not None:
        mark, year, time, seconds = written.groups()
        year = "%Y" if len(year) == 4 else "%y"
        time = "" if time is None else " %H:%M" + (":%S" if seconds else "")
        made = f"{series}, format='%d{mark}%m{mark}{year}{time}'"
        how = say(
            "Convert the column first: {series} = pd.to_datetime({made}). "
            "Change %d and %m round where the month comes first.",
            series=series,
            made=made,
        )
    elif re.fullmatch(r"(19|20)\d{6}", shown):
        made = f"{series}.astype('Int64').astype(str), format='%Y%m%d'"
        how = say(
            "Convert the column first: {series} = pd.to_datetime({made}).", series=series, made=made
        )
    elif re.fullmatch(r"[2-6]\d{4}(\.\d+)?", shown):
        made = f"{series}, unit='D', origin='1899-12-30'"
        how = say(
            "If they are a spreadsheet's day numbers: {series} = pd.to_datetime({made}).",
            series=series,
            made=made,
        )
    return say(
        "The column {column!r} holds {value!r}, which is not a date. {how}",
        column=column,
        value=shown,
        how=how,
    )


def one_day(on: date | str | None) -> np.datetime64 | None:
    """The day that a caller names; None where none is named.

    Raises ValueError where it is not a date.
    """
    if on is None:
        return None
    try:
        day: np.datetime64 = days_in(pd.DataFrame({"on": [on]}), "on")[0]
    except ValueError:
        day = np.datetime64("NaT", "D")
    if np.isnat(day):
        raise ValueError(say("on is {on!r}, which is no date. Write one like '2026-02-28'.", on=on))
    return day


def amounts_in(table: pd.DataFrame, column: str) -> Amounts:
    """The amount in each row of a column; not-a-number where it is empty.

    Raises ValueError where the column holds text, answers or endless numbers.

    >>> amounts_in(pd.DataFrame({"total": ["12,50"]}), "total")
    Traceback (most recent call last):
    ValueError: The column 'total' holds '12,50', which is text and not a number. \
Convert the column first: table['total'] = pd.to_numeric(table['total'].str.replace(',', '.')).
    """
    values = table[column]
    if values.isna().all():
        return np.full(len(values), np.nan)
    if values.dtype.kind not in "iuf":
        values = _numbers_in(values, column)
    amounts: Amounts = values.to_numpy(dtype="float64", na_value=np.nan)
    if np.isinf(amounts).any():
        raise ValueError(
            say(
                "The column {column!r} holds {value}, which is not an amount.",
                column=column,
                value=np.inf,
            )
        )
    return amounts


def _numbers_in(values: pd.Series, column: str) -> pd.Series:
    """A column that is not kept as numbers, as numbers if that is what it holds."""
    given = values.dropna()
    other = [value for value in given if isinstance(value, (str, bool, np.bool_))]
    if not other:
        try:
            return values.astype("Float64")
        except (TypeError, ValueError):
            other = [given.iloc[0]]
    value, series = other[0], f"table[{column!r}]"
    if not isinstance(value, str):
        raise ValueError(  # noqa: TRY004 - whoever gives something wrong reads one kind of error
            say(
                "The column {column!r} holds {value!r}, which is not a number. "
                "Choose the column that holds the amounts.",
                column=column,
                value=value,
            )
        )
    how = say("Leave only digits and a point, like 12.50.")
    if re.fullmatch(r"\s*[+-]?\d[\d.,]*\s*", value):
        how = say(
            "Convert the column first: {series} = pd.to_numeric({made}).",
            series=series,
            made=_plain(value, series),
        )
    raise ValueError(
        say(
            "The column {column!r} holds {value!r}, which is text and not a number. {how}",
            column=column,
            value=value,
            how=how,
        )
    )


def _plain(value: str, series: str) -> str:
    """What makes numbers written like this one plain, so that pandas can read them."""
    point, comma = value.rfind("."), value.rfind(",")
    if comma == -1:
        return series
    if comma < point:
        return f"{series}.str.replace(',', '')"
    thousands = ".str.replace('.', '')" if point != -1 else ""
    return f"{series}{thousands}.str.replace(',', '.')"


def customers_in(table: pd.DataFrame, column: str) -> pd.Categorical:
    """Whose each row is, as one category per customer; empty for a guest."""
    whose = pd.Categorical(table[column])
    names = whose.categories
    if pd.api.types.is_numeric_dtype(names.dtype):
        return whose
    blank = names[names.astype("str").str.strip() == ""]
    return whose.remove_categories(blank) if len(blank) else whose
