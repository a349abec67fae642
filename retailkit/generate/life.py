"""The strengths of a shop's life, and the days it is open."""

from __future__ import annotations

import functools
import tomllib
from datetime import date
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.datetime64]

FIRST_HOUR, LAST_HOUR = 9, 20
"""When the shop opens and closes, Monday to Saturday."""


@functools.cache
def _strengths() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath("life.toml").read_text("utf-8"))


def life(name: str) -> Any:
    """One strength from `life.toml`, by its name.

    >>> life("unfounded")
    0.025
    """
    return _strengths()[name]["value"]


def weights(name: str) -> list[int]:
    """The weights of a strength that is a choice, in the order of its words.

    >>> weights("place")
    [55, 33, 12]
    """
    return list(life(name).values())


def day_number(day: date) -> int:
    """A day as the number of days since 1970-01-01.

    >>> day_number(date(1970, 1, 3))
    2
    """
    return (day - date(1970, 1, 1)).days


def moments(days: NDArray[np.int64], minutes: NDArray[np.int64]) -> Times:
    """Days since 1970 and minutes after midnight as moments."""
    return ((days * 1440 + minutes) * 60).astype("datetime64[s]")


def not_on_sunday(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days since 1970, with Sundays moved to the Monday after."""
    # 1970-01-01 was a Thursday, so day 3 was a Sunday
    sunday: NDArray[np.bool_] = (days - 3) % 7 == 0
    return days + sunday


def opening_hour(times: Times) -> Times:
    """The moments themselves, or earlier ones while the shop is open.

    >>> opening_hour(np.array(["2026-06-28T11:40", "2026-06-29T02:15"], "datetime64[s]")).tolist()
    [datetime.datetime(2026, 6, 27, 11, 40), datetime.datetime(2026, 6, 27, 11, 15)]
    """
    day, minute = _day_and_minute(times)
    before = day - (minute < FIRST_HOUR * 60)
    before = before - _is_sunday(before)
    return np.where(_is_open(day, minute), times, _by_day(before, minute))


def next_opening_hour(times: Times) -> Times:
    """The moments themselves, or later ones while the shop is open.

    >>> next_opening_hour(np.array(["2026-06-27T21:15"], "datetime64[s]")).tolist()
    [datetime.datetime(2026, 6, 29, 12, 15)]
    """
    day, minute = _day_and_minute(times)
    after = not_on_sunday(day + (minute >= LAST_HOUR * 60))
    return np.where(_is_open(day, minute), times, _by_day(after, minute))


def _day_and_minute(times: Times) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    day = times.astype("datetime64[D]").astype(np.int64)
    return day, times.astype("datetime64[m]").astype(np.int64) - day * 1440


def _is_sunday(day: NDArray[np.int64]) -> NDArray[np.bool_]:
    return not_on_sunday(day) > day


def _is_open(day: NDArray[np.int64], minute: NDArray[np.int64]) -> NDArray[np.bool_]:
    in_hours = (minute >= FIRST_HOUR * 60) & (minute < LAST_HOUR * 60)
    return in_hours & ~_is_sunday(day)


def _by_day(day: NDArray[np.int64], minute: NDArray[np.int64]) -> Times:
    """The same minute of some opening hour: spread, so that not all come at closing time."""
    return moments(day, (FIRST_HOUR + minute // 60 % 9) * 60 + minute % 60)


def so_far(times: Times) -> Times:
    """Moments that have come before the shop's today; the others become empty."""
    return np.where(times < np.datetime64(life("today"), "s"), times, np.datetime64("NaT", "s"))
