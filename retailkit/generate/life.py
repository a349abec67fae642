"""The strengths of a shop's life, the goods it sells, and the days it is open."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retailkit.markets import rules_of
from retailkit.orders import Product
from retailkit.records import Record, dtype, kinds

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


@dataclass(frozen=True, kw_only=True)
class Goods:
    """A product as the shop sells it, and what can go wrong with it."""

    product_id: str
    name: str
    category: str
    a: str
    the: str
    price: float
    weight: int
    guarantee_months: int
    faults: tuple[str, ...]
    hazards: tuple[str, ...]
    said: str
    many: bool = False
    essential: bool = False
    needs_installation: bool = False
    needs_training: bool = False
    quantity_up_to: int = 1
    serial: str | None = None
    part: str | None = None
    service: str | None = None


@functools.cache
def goods() -> tuple[Goods, ...]:
    """Everything the shop sells, in the order of `products.toml`.

    >>> goods()[0].product_id, goods()[0].the
    ('P-01', 'the kettle')
    """
    text = resources.files(__package__).joinpath("products.toml").read_text("utf-8")
    listed = tomllib.loads(text)["product"]
    return tuple(Goods(product_id=f"P-{n:02d}", **facts) for n, facts in enumerate(listed, 1))


def products_table(market: str) -> pd.DataFrame:
    """One row per product; no guarantee is shorter than the market's."""
    least = rules_of(market).guarantee_months.value
    columns = {name: [getattr(item, name) for item in goods()] for name in kinds(Product)}
    columns["guarantee_months"] = [max(item.guarantee_months, least) for item in goods()]
    return frame(Product, columns)


def frame(record: type[Record], columns: dict[str, Any]) -> pd.DataFrame:
    """Columns as the table of a record, in the record's order and kinds.

    Raises KeyError where a column of the record is not given.
    """
    return pd.DataFrame(
        {name: pd.Series(columns[name], dtype=dtype(kind)) for name, kind in kinds(record).items()}
    )


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


def empty_where(missing: NDArray[np.bool_], values: Any) -> NDArray[Any]:
    """The values, with nothing where they are missing.

    >>> empty_where(np.array([True, False]), ["a", "b"]).tolist()
    [None, 'b']
    """
    kept = np.array(values, dtype=object)
    kept[missing] = None
    return kept


def so_far(times: Times) -> Times:
    """Moments that have come before the shop's today; the others become empty."""
    return np.where(times < np.datetime64(life("today"), "s"), times, np.datetime64("NaT", "s"))
