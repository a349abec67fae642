"""The plan of a shop that is not made yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from retailkit.columns import schema_of
from retailkit.generate import _block, make_shop
from retailkit.generate.life import life, products_table
from retailkit.generate.staff import Desk, staff_table
from retailkit.markets import rules_of
from retailkit.procedure import Procedure
from retailkit.records import table
from retailkit.shop import RECORDS, Origin, Shop

BLOCK = 500
ANSWERS = ("fault", "table", "row", "field", "true_value", "shown_value", "cause")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A shop that is not made yet."""

    seed: int
    customers: int
    market: str
    procedure: Procedure
    faults: Mapping[str, float]
    secret: str | None = None

    @property
    def name(self) -> str:
        return str(life("shop_name"))

    @property
    def today(self) -> date:
        day: date = life("today")
        return day

    @property
    def blocks(self) -> int:
        return -(-self.customers // BLOCK)

    def block(self, number: int) -> dict[str, pa.Table]:
        """All tables about the customers of one block."""
        desk = Desk(procedure=self.procedure, market=self.market, seed=self.seed)
        first = 1 + number * BLOCK
        made = _block(desk, first, min(first + BLOCK, self.customers + 1))
        return {
            name: _arrow(name, made.get(name, table([], record)))
            for name, record in RECORDS.items()
            if name not in ("products", "staff")
        }

    def shared(self) -> dict[str, pa.Table]:
        """The tables that are the same for all blocks."""
        desk = Desk(procedure=self.procedure, market=self.market, seed=self.seed)
        products, staff = products_table(self.market), staff_table(desk)
        return {"products": _arrow("products", products), "staff": _arrow("staff", staff)}

    def planted(self, number: int) -> pa.Table:
        """The answer list of one block."""
        return pa.table({name: pa.array([], pa.string()) for name in ANSWERS})

    def shop(self) -> Shop:
        """Everything in memory."""
        shop = make_shop(
            seed=self.seed, customers=self.customers, market=self.market, procedure=self.procedure
        )
        origin = Origin(customers=self.customers, faults=self.faults, secret=self.secret)
        return replace(shop, origin=origin)


def _arrow(name: str, frame: object) -> pa.Table:
    schema = schema_of(RECORDS[name])
    return pa.table(
        [pa.array(frame[f.name], from_pandas=True).cast(f.type) for f in schema],  # type: ignore[index]
        schema=schema,
    )


def plan_of(
    seed: int = 0,
    customers: int = 500,
    market: str = "generic",
    procedure: Procedure | None = None,
    faults: Mapping[str, float] | None = None,
    secret: str | None = None,
) -> Plan:
    """The plan of a shop."""
    if customers < 1:
        raise ValueError(f"customers: {customers!r} is too few. Choose 1 or more.")
    rules_of(market)
    return Plan(
        seed=seed, customers=customers, market=market, procedure=procedure or Procedure(),
        faults=faults or {}, secret=secret,
    )  # fmt: skip
