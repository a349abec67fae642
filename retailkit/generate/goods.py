"""What the shop sells in each market, for how much, and in which months."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retailkit.columns import table_of
from retailkit.markets import rules_of
from retailkit.orders import Product
from retailkit.records import kinds, need_word

FILES = ("ES", "GB", "IN", "generic")
"""The markets that have a file of their own; a region sells what its country sells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A product as the shop sells it. The price is in the market's currency."""

    product_id: str
    name: str
    category: str
    price: float
    weight: int
    guarantee_months: int
    season: str | None = None
    essential: bool = False
    needs_installation: bool = False
    needs_training: bool = False
    quantity_up_to: int = 1
    serial: str | None = None
    can_hurt: bool = False
    has_part: bool = False


@functools.cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


def _market(market: str) -> dict[str, Any]:
    country = market.split("-", maxsplit=1)[0] if isinstance(market, str) else market
    need_word(country, FILES, "market")
    return _file(f"products_{country}.toml")


@functools.cache
def goods(market: str) -> tuple[Goods, ...]:
    """Everything that the shop sells in a market: what it sells everywhere comes first.

    No guarantee is shorter than the market's. Raises ValueError for a market that
    sells nothing, with those that do.

    >>> goods("ES")[0].name, goods("IN")[29].name, len(goods("generic"))
    ('kettle', 'pressure cooker', 29)
    """
    here = _market(market)
    listed = [*_file("products.toml")["product"], *here.get("product", ())]
    least = rules_of(market).guarantee_months.value
    return tuple(
        Goods(
            **facts
            | {
                "product_id": f"P-{number:02d}",
                "price": float(here["prices"]["of"][facts["name"]]),
                "guarantee_months": max(facts["guarantee_months"], least),
            }
        )
        for number, facts in enumerate(listed, 1)
    )


def products_table(market: str) -> pa.Table:
    """One row per product, in the order of `goods`."""
    columns = {
        name: pa.array([getattr(item, name) for item in goods(market)]) for name in kinds(Product)
    }
    return table_of(Product, columns)


def prices(market: str) -> NDArray[np.float64]:
    """What each product costs, in the order of `goods`.

    >>> prices("IN")[:2].tolist()
    [899.0, 1499.0]
    """
    return np.array([item.price for item in goods(market)])


def weights(market: str) -> NDArray[np.int64]:
    """How often each product is sold beside the others: a row per month from January on.

    >>> weights("ES").shape
    (12, 37)
    """
    seasons = _market(market)["season"]
    usual = [100] * 12
    columns = [
        [item.weight * percent for percent in (seasons[item.season] if item.season else usual)]
        for item in goods(market)
    ]
    return np.array(columns, dtype=np.int64).T // 10
