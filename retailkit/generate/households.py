"""Who lives with whom: families, flatmates, and people who merely share a name.

Customers with numbers in a row may share a home. Eight at a time are looked at, so who
lives with whom is known from a customer's number alone.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retailkit.generate.life import life
from retailkit.generate.locales import pool_of
from retailkit.generate.mixer import Dice, wheel

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

TOGETHER = 8
"""How many customers in a row are shared out among homes at a time."""


@dataclass(frozen=True, eq=False)
class Kin:
    """Who each customer is at home.

    `home` is the number of the first customer who lives there. A customer who is neither
    partner, child nor flatmate is that first one.
    """

    numbers: Whole
    home: Whole
    partner: Flags
    child: Flags
    flatmate: Flags
    alone: Flags
    children_at_home: Flags


@functools.cache
def _patterns() -> tuple[NDArray[np.int16], Whole, Whole]:
    """A wheel of the ways in which eight customers may live.

    For each seat: how far it is from the first at home, and how many live there.
    """
    patterns = [[int(size) for size in pattern.split()] for pattern in life("homes")]
    behind = [seat for sizes in patterns for size in sizes for seat in range(size)]
    people = [size for sizes in patterns for size in sizes for _ in range(size)]
    return wheel(list(life("homes").values())), np.array(behind), np.array(people)


def kin_of(seed: int, numbers: Whole) -> Kin:
    """Who each of these customers is at home.

    >>> kin_of(7, np.arange(1, 9)).home.tolist()
    [1, 2, 3, 3, 3, 3, 7, 8]
    """
    wheel_of_patterns, behind, people = _patterns()
    group = (numbers - 1) // TOGETHER
    pattern = Dice(seed, "homes", group).spin("pattern", wheel_of_patterns).astype(np.int64)
    seat = (pattern - group) * TOGETHER + numbers - 1
    place, size = behind.take(seat), people.take(seat)
    home = numbers - place
    dice = Dice(seed, "homes", home)
    shared = pool_of("shared_home")
    way, together = dice.spin("shared_home", shared.wheels), size > 1
    flatmates = (way == shared.words.index("flatmates")) & together
    couple = (way == shared.words.index("couple")) & together
    partner = (place == 1) & couple
    return Kin(
        numbers=numbers,
        home=home,
        partner=partner,
        child=(place > 0) & ~flatmates & ~partner,
        flatmate=(place > 0) & flatmates,
        alone=size == 1,
        children_at_home=(size > 1 + couple) & ~flatmates,
    )


def as_named(seed: int, kin: Kin) -> Kin:
    """The same people, but with each namesake in the place of whose name it is.

    Some who live alone have the full name of the first of the eight customers in a row
    some way before them, who is the first at home.
    """
    dice = Dice(seed, "customers", kin.numbers)
    back = 1 + dice.below("namesake_of", TOGETHER)
    other = ((kin.numbers - 1) // TOGETHER - back) * TOGETHER + 1
    same = kin.alone & dice.happens("namesake", life("namesakes")) & (other > 0)
    return replace(
        kin,
        numbers=np.where(same, other, kin.numbers),
        home=np.where(same, other, kin.home),
    )
