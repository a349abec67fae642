"""Chance without memory: every draw is worked out from a seed, a name and a row number.

Nothing is drawn in turn, so no draw depends on another. Row 7 gets the same
value alone, in a table of ten and in a table of a million, on every computer.
The arithmetic is whole numbers only (the finaliser of SplitMix64).
"""

from __future__ import annotations

import functools
import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Bits = TypeVar("Bits", int, Numbers)

ALL = 0xFFFF_FFFF_FFFF_FFFF
STRIDE = 0x9E37_79B9_7F4A_7C15


@functools.lru_cache(maxsize=4096)
def key_of(seed: int, table: str, column: str) -> int:
    """The 64 bits that stand for one column of one shop."""
    name = f"{seed}|{table}|{column}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "little")


def bits(key: int, row: Bits) -> Bits:
    """64 well mixed bits for a row number, or for a whole array of row numbers.

    >>> bits(0, 0) == int(bits(0, np.array([0], dtype=np.uint64))[0]) == 0xE220A8397B1DCDAF
    True
    """
    # the same lines serve whole numbers and arrays; for arrays the mask changes nothing
    z: Any = (row + 1) * STRIDE + key & ALL
    z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9 & ALL
    z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB & ALL
    return cast("Bits", z ^ (z >> 31))


def _bits_of_all(key: int, rows: Numbers) -> Numbers:
    # what `bits` does, in place: most of the time of a shop goes by here
    z = rows + np.uint64(1)
    z *= np.uint64(STRIDE)
    z += np.uint64(key)
    z ^= z >> np.uint64(30)
    z *= np.uint64(0xBF58_476D_1CE4_E5B9)
    z ^= z >> np.uint64(27)
    z *= np.uint64(0x94D0_49BB_1331_11EB)
    z ^= z >> np.uint64(31)
    return z


def below(drawn: Bits, limit: int) -> Bits:
    """Drawn bits as whole numbers from 0 up to, and without, the limit.

    >>> below(0, 6), below(ALL, 6)
    (0, 5)
    """
    spread: Any = (drawn >> 32) * limit
    return cast("Bits", spread >> 32)


def threshold(share: Any) -> Any:
    """Shares of all draws, as the whole numbers that the upper half of the bits stays below."""
    return np.round(np.multiply(share, 2**32)).astype(np.uint64)


FIELDS = 2**16


def wheel(weights: Sequence[int]) -> NDArray[np.int16]:
    """A wheel of 65,536 fields: each place in the list has as many as its weight asks for.

    It is made once and spun for millions of rows: a draw is one look at one field.

    >>> np.bincount(wheel([3, 1])).tolist()
    [49152, 16384]
    """
    ends = np.cumsum(np.asarray(weights, dtype=np.int64))
    fields = np.diff(ends * FIELDS // ends[-1], prepend=0)
    return np.repeat(np.arange(len(fields), dtype=np.int16), fields)


def spun(wheels: NDArray[np.int16], drawn: Numbers, which: Any = 0) -> NDArray[np.int16]:
    """The field that each draw stops at, on one wheel or on the one of several that is meant."""
    fields = (drawn >> np.uint64(48)).astype(np.int64) + np.multiply(which, FIELDS, dtype=np.int64)
    places: NDArray[np.int16] = wheels.ravel().take(fields)
    return places


@dataclass(frozen=True)
class Shuffle:
    """A keyed shuffle of the numbers below `wide` times `deep`: each place is taken once.

    A short Feistel network: the number is laid out as a row and a column. The row is moved
    by an amount that the column decides, then the column by one that the new row decides,
    so both moves can be undone: nothing is remembered, and no two numbers can meet.

    >>> sorted(Shuffle(7, "phone", 4, 3).places(np.arange(12)).tolist()) == list(range(12))
    True
    """

    seed: int
    name: str
    wide: int
    deep: int

    def places(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The place of each number; numbers beyond the last place begin again at the first."""
        row = numbers // self.deep
        column = numbers - row * self.deep
        row = self._moved(row, "row", column, self.wide)
        column = self._moved(column, "column", row, self.deep)
        return row * self.deep + column

    def _moved(
        self, place: NDArray[np.int64], turn: str, other: NDArray[np.int64], limit: int
    ) -> NDArray[np.int64]:
        moved = place + Dice(self.seed, self.name, other).below(turn, limit)
        return moved - moved // limit * limit


@dataclass(frozen=True)
class Dice:
    """The draws for many rows of one table: one array in, one array out.

    >>> Dice(7, "customers", [1, 2, 3]).below("birth_on", 365).tolist()
    [128, 150, 131]
    """

    seed: int
    table: str
    rows: Any

    def bits(self, column: str) -> Numbers:
        """The bits of a column, one number per row."""
        return _bits_of_all(
            key_of(self.seed, self.table, column), np.asarray(self.rows, dtype=np.uint64)
        )

    def below(self, column: str, limit: int) -> NDArray[np.int64]:
        """A whole number from 0 up to, and without, the limit for each row."""
        return below(self.bits(column), limit).astype(np.int64)

    def between(self, column: str, least: int, most: int) -> NDArray[np.int64]:
        """A whole number from the least to the most, both included, for each row."""
        return least + self.below(column, most - least + 1)

    def happens(self, column: str, share: float | NDArray[np.float64]) -> NDArray[np.bool_]:
        """True for about this share of the rows, which may differ from row to row."""
        return (self.bits(column) >> 32) < threshold(share)

    def pick(self, column: str, weights: Mapping[str, int]) -> NDArray[Any]:
        """One of the words for each row, as often as its weight says."""
        words = np.array(list(weights), dtype=object)
        return words[self.place(column, list(weights.values()))]

    def place(self, column: str, weights: list[int]) -> NDArray[np.int64]:
        """The place in a list of weights for each row, as often as the weight there says."""
        # a list with each place as often as its weight: one look-up per row
        places = np.repeat(np.arange(len(weights)), weights)
        return places[self.below(column, len(places))]

    def spin(self, column: str, wheels: NDArray[np.int16], which: Any = 0) -> NDArray[np.int16]:
        """A place in a list for each row, by one wheel or by the one of several that is meant.

        >>> Dice(7, "customers", [1, 2, 3]).spin("gender", wheel([50, 46, 4])).tolist()
        [0, 1, 1]
        """
        return spun(wheels, self.bits(column), which)

    def below_each(self, column: str, limits: NDArray[np.int64]) -> NDArray[np.int64]:
        """A whole number from 0 up to, and without, the row's own limit."""
        spread = (self.bits(column) >> np.uint64(32)) * limits.astype(np.uint64)
        return (spread >> np.uint64(32)).astype(np.int64)

    def exactly(self, column: str, count: int) -> NDArray[np.bool_]:
        """True for exactly this many of the rows: the first ones of a keyed shuffle.

        >>> int(Dice(7, "claims", range(80)).exactly("unfounded", 2).sum())
        2
        """
        chosen = np.zeros(len(self.rows), dtype=np.bool_)
        chosen[np.argsort(self.bits(column), kind="stable")[:count]] = True
        return chosen


@dataclass(frozen=True)
class Luck:
    """The draws for one row of a table: the same numbers that `Dice` draws for it.

    >>> Luck(7, "customers", 2).below("birth_on", 365)
    150
    """

    seed: int
    table: str
    row: int

    def bits(self, column: str) -> int:
        """The bits of a column in this row."""
        return bits(key_of(self.seed, self.table, column), self.row)

    def below(self, column: str, limit: int) -> int:
        """A whole number from 0 up to, and without, the limit."""
        return below(self.bits(column), limit)

    def between(self, column: str, least: int, most: int) -> int:
        """A whole number from the least to the most, both included."""
        return least + self.below(column, most - least + 1)

    def happens(self, column: str, share: float) -> bool:
        """True for about this share of all rows."""
        return self.bits(column) >> 32 < threshold(share)

    def pick(self, column: str, weights: Mapping[str, int]) -> str:
        """One of the words, as often as its weight says."""
        ends = list(accumulate(weights.values()))
        return list(weights)[bisect_right(ends, self.below(column, ends[-1]))]

    def one_of(self, column: str, choices: Any) -> Any:
        """One of the choices, each as likely as the others."""
        return choices[self.below(column, len(choices))]
