"""Orders: what is sold, to whom, and what happened to it on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from retailkit.records import Record, asked
from retailkit.words import Word


class Place(Word):
    """Where an order is placed."""

    STORE = "store", "At the counter; the customer takes the goods along."
    WEBSITE = "website", "In the web shop; the goods are sent."
    PHONE = "phone", "By telephone; the goods are sent."


class OrderStatus(Word):
    """How far an order has come."""

    OPEN = "open", "Not with the customer yet."
    DELIVERED = "delivered", "With the customer."
    RETURNED = "returned", "Came back to the shop."
    CANCELLED = "cancelled", "Called off before it was delivered."


class OrderEventType(Word):
    """What can happen to an order."""

    PAID = "paid", "The money has come in."
    SHIPPED = "shipped", "The goods have left the shop."
    DELIVERED = "delivered", "The goods were handed over, to whoever signed for them."
    RETURNED = "returned", "The goods came back."
    CANCELLED = "cancelled", "The order was called off."


@dataclass(frozen=True, kw_only=True, repr=False)
class Product(Record):
    """Something the shop sells. Prices are in the market's currency."""

    product_id: str | None = None
    name: str | None = None
    category: str | None = None
    price: float | None = None
    essential: bool | None = None
    guarantee_months: int | None = None
    needs_installation: bool | None = None
    needs_training: bool | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Order(Record):
    """One order. A guest's order has no customer."""

    order_id: str | None = None
    customer_id: str | None = None
    ordered_at: datetime | None = None
    place: Place | None = None
    status: OrderStatus | None = None
    prepaid: bool | None = None
    promised_on: date | None = None
    total: float | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class OrderLine(Record):
    """One product on an order."""

    line_id: str | None = None
    order_id: str | None = None
    product_id: str | None = None
    quantity: int | None = None
    unit_price: float | None = None
    serial: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class OrderEvent(Record):
    """One thing that happened to an order. `signed_by` is who took the goods."""

    event_id: str | None = None
    order_id: str | None = None
    event: OrderEventType | None = None
    at: datetime | None = None
    signed_by: str | None = None


class ContactChannel(Word):
    """How somebody reaches us, or we reach them."""

    DESK = "desk", "In person, at the service desk."
    PHONE = "phone", "By telephone."
    EMAIL = "email", "By e-mail."
    WEB_FORM = "web_form", "Through a form on the website."
    LETTER = "letter", "By letter."


@dataclass(frozen=True, kw_only=True, repr=False)
class Enquiry(Record):
    """One question from a customer, when we said we would come back, and what we answered."""

    enquiry_id: str | None = None
    customer_id: str | None = asked(
        "Who is asking? The customer number, if there is one.", optional=True
    )
    order_id: str | None = asked("Which order is it about, if any?", optional=True)
    channel: ContactChannel | None = asked("How did they reach us?")
    at: datetime | None = None
    question: str | None = asked("What would they like to know?", long=True)
    follow_up_on: date | None = asked("By which day do we come back to them?")
    answered_at: datetime | None = None
    answer: str | None = asked("What did we tell them?", optional=True, long=True)


@dataclass(frozen=True, kw_only=True, repr=False)
class WarrantyCard(Record):
    """One warranty card sent in: who owns which piece, and until when it is covered."""

    card_id: str | None = None
    customer_id: str | None = asked("Who owns it?")
    product_id: str | None = asked("Which product is it?")
    serial: str | None = asked("What is its serial number?")
    purchased_on: date | None = asked("On which day was it bought?")
    ends_on: date | None = None
