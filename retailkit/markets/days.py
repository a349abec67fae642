"""Counting days: working days with public holidays, and months that are too short."""

from __future__ import annotations

import functools
import warnings
from datetime import date
from typing import TYPE_CHECKING

from retailkit.markets.rules import Sourced, rules_of

if TYPE_CHECKING:
    import numpy as np

ESTIMATED = "(estimated)"
"""So the package marks a holiday whose day nobody has announced yet."""


def days_later(days: np.ndarray, rule: Sourced[int], market: str) -> np.ndarray:
    """The last day that a rule leaves from each day on: an array of days in, one out."""
    import numpy as np

    if rule.unit == "months":
        return months_later(days, rule.value)
    if rule.unit == "working_days":
        return working_days_later(days, rule.value, market)
    return days + np.timedelta64(-(-rule.value // 24), "D")


def answer_days(received: np.ndarray, market: str) -> np.ndarray:
    """`answer_by` for many days at once, by the market's rule: days in, days out."""
    return days_later(received, rules_of(market).answer, market)


def working_days_later(days: np.ndarray, count: int, market: str) -> np.ndarray:
    """Each day so many working days later, counted from the day after.

    A working day is Monday to Friday and no public holiday of the market.

    >>> import numpy as np
    >>> working_days_later(np.array(["2026-02-27"], "M8[D]"), 1, "ES-AN")
    array(['2026-03-02'], dtype='datetime64[D]')
    """
    import numpy as np

    days = days.astype("datetime64[D]")
    if not days.size:
        return days
    years = days.astype("datetime64[Y]").astype(int) + 1970
    # far enough ahead for any count: a year holds more than 200 working days
    last = int(years.max()) + 1 + count // 200
    off = _holidays(market, int(years.min()) - 1, last)
    # what comes in on a day off counts as received on the working day before:
    # the first working day after it is day one either way
    return np.busday_offset(days, count, roll="backward", holidays=off)


def is_working_day(on: date, market: str) -> bool:
    """Whether a day is a working day there."""
    import numpy as np

    off = _holidays(market, on.year, on.year)
    return bool(np.is_busday(np.datetime64(on, "D"), holidays=off))


def _holidays(market: str, first: int, last: int) -> np.ndarray:
    """The public holidays of these years and of those around them, as an array of days."""
    import numpy as np

    place = rules_of(market).holidays
    decades = range(first // 10, last // 10 + 1)
    days = [day for decade in decades if place for day in _decade(place.value, decade)]
    return np.array(days, dtype="datetime64[D]")


@functools.cache
def _decade(place: str, decade: int) -> tuple[date, ...]:
    """The public holidays of ten years; a holiday that is only estimated is no holiday yet."""
    from holidays import country_holidays

    country, _, region = place.partition("-")
    with warnings.catch_warnings():
        # it tells that feasts which follow the moon are known for some years only; our source does
        warnings.simplefilter("ignore")
        found = country_holidays(
            country,
            subdiv=region or None,
            years=range(decade * 10, decade * 10 + 10),
            language="en_US",
        )
    # the estimate of one feast may fall on another's day, which stays a holiday
    return tuple(day for day in sorted(found) if _is_sure(found[day]))


def _is_sure(names: str) -> bool:
    return any(ESTIMATED not in name for name in names.split("; "))


def months_later(days: np.ndarray, months: int) -> np.ndarray:
    """The same day some months later, or the last day of a month that is too short."""
    import numpy as np

    month = days.astype("datetime64[M]")
    within = days - month.astype("datetime64[D]")
    then = month + np.timedelta64(months, "M")
    first = then.astype("datetime64[D]")
    last = (then + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    same_or_last: np.ndarray = np.minimum(first + within, last)
    return same_or_last
