"""The customers of a block, as far as their lives depend on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retailkit.customers import CollectionChannel
from retailkit.generate.life import (
    FIRST_HOUR,
    LAST_HOUR,
    day_number,
    life,
    moments,
    not_on_sunday,
)
from retailkit.generate.mixer import Dice
from retailkit.generate.rows import NEVER, Rows, Times, Whole, Yes
from retailkit.reading import LANGUAGES

WAYS = tuple(channel.value for channel in CollectionChannel)
"""The ways in which a shop comes to know its customers."""


@dataclass(frozen=True, kw_only=True)
class People(Rows):
    """The customers of a block. `language` and `way` are places in their lists.

    The language is the one in which the desk takes them down, mostly their own.
    """

    seed: int
    number: Whole
    joined: Times
    born: Times
    language: Whole
    way: Whole
    has_phone: Yes


def people_in(seed: int, customers: pa.Table, numbers: Whole, told_in: str | None) -> People:
    """What lives are worked out from, of the customers with these numbers.

    All are taken down in the language `told_in`, or each in their own.
    """
    own = _places(customers["language"], LANGUAGES)
    return People(
        seed=seed,
        number=numbers,
        joined=customers["joined_at"].to_numpy(),
        born=customers["birth_on"].to_numpy(),
        language=own if told_in is None else np.full(len(own), LANGUAGES.index(told_in)),
        way=_places(customers["channel"], WAYS),
        has_phone=customers["phone"].is_valid().to_numpy(),
    )


def _places(column: Any, words: tuple[str, ...]) -> Whole:
    return pc.index_in(column, pa.array(words)).to_numpy().astype(np.int64)


def some_day(people: People, dice: Dice) -> Times:
    """A moment at which each may come to the desk; empty where that was before they joined."""
    opened, today = day_number(life("opened_on")), day_number(life("today"))
    days = not_on_sunday(opened + dice.below("on", today - opened))
    at = moments(days, FIRST_HOUR * 60 + dice.below("at", (LAST_HOUR - FIRST_HOUR) * 60))
    return np.where(at > people.joined, at, NEVER)
