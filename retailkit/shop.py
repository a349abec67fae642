"""The shop: its tables, and the seed, market and procedure that they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from retailkit.claims import Claim, ClaimStep, StaffMember
from retailkit.customers import Customer
from retailkit.orders import Order, OrderEvent, OrderLine, Product
from retailkit.procedure import Procedure
from retailkit.records import Record
from retailkit.text import day, escaped
from retailkit.words import count_of, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

RECORDS: Mapping[str, type[Record]] = {
    "customers": Customer,
    "products": Product,
    "orders": Order,
    "order_lines": OrderLine,
    "order_events": OrderEvent,
    "claims": Claim,
    "claim_steps": ClaimStep,
    "staff": StaffMember,
}
"""The shop's tables by name, each with the record that one of its rows holds."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Shop:
    """A shop on one day: everything it has written down so far.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=40)
    >>> shop.orders is shop.tables["orders"]
    True
    """

    name: str
    tables: Mapping[str, pd.DataFrame]
    seed: int
    market: str
    procedure: Procedure
    today: date

    def __repr__(self) -> str:
        return (
            f"{self.name} (seed {self.seed}, market {self.market}) on {day(self.today)}: "
            f"{count_of(len(self.customers), 'customer')}, {count_of(len(self.orders), 'order')} "
            f"and {count_of(len(self.claims), 'case')} in the claims book"
        )

    def _repr_html_(self) -> str:
        return escaped(repr(self))

    @property
    def customers(self) -> pd.DataFrame:
        """One row per customer."""
        return self.tables["customers"]

    @property
    def products(self) -> pd.DataFrame:
        """One row per product; prices in the market's currency."""
        return self.tables["products"]

    @property
    def orders(self) -> pd.DataFrame:
        """One row per order."""
        return self.tables["orders"]

    @property
    def order_lines(self) -> pd.DataFrame:
        """One row per product on an order."""
        return self.tables["order_lines"]

    @property
    def order_events(self) -> pd.DataFrame:
        """One row per thing that happened to an order."""
        return self.tables["order_events"]

    @property
    def claims(self) -> pd.DataFrame:
        """The claims book: one row per complaint or claim."""
        return self.tables["claims"]

    @property
    def claim_steps(self) -> pd.DataFrame:
        """One row per step of a case, in the order in which the steps were taken."""
        return self.tables["claim_steps"]

    @property
    def staff(self) -> pd.DataFrame:
        """One row per member of staff."""
        return self.tables["staff"]

    def claim(self, claim_id: str) -> Claim:
        """One complaint or claim as a record.

        Raises ValueError where the claims book has no such number.
        """
        book = self.claims
        found = book[book["claim_id"] == claim_id]
        if found.empty:
            like = f"Its numbers look like '{book['claim_id'].iloc[0]}'." if len(book) else ""
            raise ValueError(
                f"The claims book has no case {claim_id!r}. {like or 'It is empty.'}"
                f"{did_you_mean(claim_id, book['claim_id'])}"
            )
        return Claim.from_row(found.iloc[0])
