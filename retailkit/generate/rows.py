"""Rows: many lives side by side, each kind of fact in an array of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from retailkit.columns import Text, joined, numbered

Whole = NDArray[np.int64]
Yes = NDArray[np.bool_]
Times = NDArray[np.datetime64]

NEVER = np.datetime64("NaT", "s")


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Arrays of one length that belong together: place k of each is about the same thing."""

    def __len__(self) -> int:
        return len(getattr(self, self._arrays()[0]))

    @classmethod
    def _arrays(cls) -> list[str]:
        return [field.name for field in fields(cls) if field.type != "int"]

    def only(self, places: Any) -> Self:
        """The rows at these places, or where a yes stands."""
        return replace(self, **{name: getattr(self, name)[places] for name in self._arrays()})

    def and_then(self, others: Self) -> Self:
        """These rows and, below them, others of the same kind."""
        both = {
            name: np.concatenate([getattr(self, name), getattr(others, name)])
            for name in self._arrays()
        }
        return replace(self, **both)


def at_places(values: Any, places: Whole, otherwise: Any) -> Any:
    """The value at each place, or another one where the place is -1, which stands for none.

    >>> at_places(np.array([4, 5]), np.array([1, -1]), 0).tolist()
    [5, 0]
    """
    # one more at the end, where -1 looks for it
    return np.append(values, otherwise)[places]


def within(counts: Whole) -> Whole:
    """0, 1, 2 … inside each group of the given sizes.

    >>> within(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def ids(letters: str, customer: Whole, *numbers: Any) -> Text:
    """Numbers of things as they are written: letters, the customer's number, then their own.

    >>> ids("O", np.array([7]), np.array([2])).to_pylist()
    ['O-000007-2']
    """
    pieces: list[Any] = [numbered(f"{letters}-", customer, 6)]
    for number in numbers:
        pieces += ["-", number]
    return joined(*pieces)


def days_of(times: Times) -> Whole:
    """The days since 1970 on which moments lie; a moment that never comes is far in the past."""
    return times.astype("datetime64[D]").astype(np.int64)


def later(times: Times, **units: Whole) -> Times:
    """Moments moved by whole days or minutes.

    >>> later(np.array(["2026-06-01T10:00"], "datetime64[s]"), days=np.array([2])).tolist()
    [datetime.datetime(2026, 6, 3, 10, 0)]
    """
    seconds = {"days": 86_400, "minutes": 60}
    moved = sum(np.asarray(count) * seconds[unit] for unit, count in units.items())
    return times + np.asarray(moved).astype("timedelta64[s]")
