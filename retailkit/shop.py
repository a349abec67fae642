"""The shop: its tables, and the seed, market and procedure that they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import later, say
from retailkit.claims import Claim, ClaimStep, Message, StaffMember
from retailkit.customers import Consent, Customer, Feedback, Signup, Survey
from retailkit.orders import Enquiry, Order, OrderEvent, OrderLine, Product, WarrantyCard
from retailkit.procedure import Procedure
from retailkit.records import Record
from retailkit.services import Service
from retailkit.text import day, escaped
from retailkit.words import count_of, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

RECORDS: Mapping[str, type[Record]] = {
    "customers": Customer,
    "consents": Consent,
    "products": Product,
    "orders": Order,
    "order_lines": OrderLine,
    "order_events": OrderEvent,
    "enquiries": Enquiry,
    "warranty_cards": WarrantyCard,
    "surveys": Survey,
    "feedback": Feedback,
    "signups": Signup,
    "claims": Claim,
    "claim_steps": ClaimStep,
    "messages": Message,
    "services": Service,
    "staff": StaffMember,
}
"""The shop's tables by name, each with the record that one of its rows holds."""


CASE = (
    later("The claims book has no case {number!r}. Its numbers look like '{example}'."),
    later("The claims book has no case {number!r}. It is empty."),
)
ORDER = (
    later("The shop has no order {number!r}. Its numbers look like '{example}'."),
    later("The shop has no order {number!r}. It is empty."),
)
CUSTOMER = (
    later("The shop has no customer {number!r}. Its numbers look like '{example}'."),
    later("The shop has no customer {number!r}. It is empty."),
)
"""What is said where a number is not there, and where there is none at all."""


def introduction(
    name: str, seed: int, market: str, today: date, *, customers: int, orders: int, claims: int
) -> str:
    """What a shop says of itself in one sentence."""
    return say(
        "{name} (seed {seed}, market {market}) on {day}: {customers}, {orders} and {cases} "
        "in the claims book",
        name=name,
        seed=seed,
        market=market,
        day=day(today),
        customers=count_of(customers, "customer"),
        orders=count_of(orders, "order"),
        cases=count_of(claims, "case"),
    )


@dataclass(frozen=True, kw_only=True)
class Origin:
    """How a shop was made, so that it and its twin can be made again.

    Nothing that judges a shop reads this; only what plants and marks does. `language` is
    the one in which all cases were taken down, if it was one. `secret` draws the faults
    where a teacher keeps them from the class.
    """

    customers: int
    faults: Mapping[str, float]
    language: str | None = None
    secret: str | None = field(default=None, repr=False)


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
    origin: Origin | None = None

    def __repr__(self) -> str:
        counts = {name: len(self.tables[name]) for name in ("customers", "orders", "claims")}
        return introduction(self.name, self.seed, self.market, self.today, **counts)

    def _repr_html_(self) -> str:
        return escaped(repr(self))

    @property
    def customers(self) -> pd.DataFrame:
        """One row per customer."""
        return self.tables["customers"]

    @property
    def consents(self) -> pd.DataFrame:
        """One row per answer about the use of a customer's data, from first to last."""
        return self.tables["consents"]

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
    def enquiries(self) -> pd.DataFrame:
        """One row per question that a customer asked."""
        return self.tables["enquiries"]

    @property
    def warranty_cards(self) -> pd.DataFrame:
        """One row per warranty card that was sent in."""
        return self.tables["warranty_cards"]

    @property
    def surveys(self) -> pd.DataFrame:
        """One row per satisfaction survey; marks out of 5."""
        return self.tables["surveys"]

    @property
    def feedback(self) -> pd.DataFrame:
        """One row per piece of feedback, asked or unasked."""
        return self.tables["feedback"]

    @property
    def signups(self) -> pd.DataFrame:
        """One row per form filled in on the website."""
        return self.tables["signups"]

    @property
    def claims(self) -> pd.DataFrame:
        """The claims book: one row per complaint or claim."""
        return self.tables["claims"]

    @property
    def claim_steps(self) -> pd.DataFrame:
        """One row per step of a case, in the order in which the steps were taken."""
        return self.tables["claim_steps"]

    @property
    def messages(self) -> pd.DataFrame:
        """One row per message between the shop and a customer about a case, or sent as an offer."""
        return self.tables["messages"]

    @property
    def services(self) -> pd.DataFrame:
        """One row per piece of after-sales service."""
        return self.tables["services"]

    @property
    def staff(self) -> pd.DataFrame:
        """One row per member of staff."""
        return self.tables["staff"]

    def claim(self, claim_id: str) -> Claim:
        """One complaint or claim as a record.

        Raises ValueError where the claims book has no such number.
        """
        book = self.claims
        return Claim.from_row(_row(book, "claim_id", claim_id, CASE))

    def order(self, order_id: str) -> Order:
        """One order as a record.

        Raises ValueError where the shop has no order with this number.
        """
        return Order.from_row(_row(self.orders, "order_id", order_id, ORDER))

    def customer(self, customer_id: str) -> Customer:
        """One customer as a record.

        Raises ValueError where the shop has no customer with this number.
        """
        people = self.customers
        return Customer.from_row(_row(people, "customer_id", customer_id, CUSTOMER))


def _row(table: pd.DataFrame, key: str, number: str, missing: tuple[str, str]) -> Mapping[str, Any]:
    """The row with this number; where there is none, `missing` is said."""
    found = table[table[key] == number]
    if found.empty:
        example = table[key].iloc[0] if len(table) else None
        said = say(missing[example is None], number=number, example=example)
        raise ValueError(f"{said}{did_you_mean(number, table[key])}")
    return {str(column): value for column, value in found.iloc[0].items()}
