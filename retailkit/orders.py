"""Orders: what is sold, to whom, and what happened to it on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from retailkit.records import Record, asked, noted
from retailkit.words import Word


class Place(Word):
    """Where an order is placed."""

    STORE = "store", "At the counter; the customer takes along what is there."
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

    product_id: str | None = noted("The product's number.")
    name: str | None = noted("What it is called in the shop.")
    category: str | None = noted("The shelf it belongs to.")
    price: float | None = noted("What one piece costs.")
    essential: bool | None = noted("Whether a household cannot well do without it.")
    guarantee_months: int | None = noted("How many months the guarantee lasts.")
    needs_installation: bool | None = noted("Whether somebody has to put it up.")
    needs_training: bool | None = noted("Whether one must learn how to use it.")


@dataclass(frozen=True, kw_only=True, repr=False)
class Order(Record):
    """One order. A guest's order has no customer."""

    order_id: str | None = noted("The order's number.")
    customer_id: str | None = noted("Who ordered; empty for a guest.")
    ordered_at: datetime | None = noted("When it was ordered.")
    place: Place | None = noted("Where it was ordered.")
    status: OrderStatus | None = noted("How far it has come.")
    prepaid: bool | None = noted("Whether it was paid before it was sent.")
    promised_on: date | None = noted("The day by which we promised it.")
    total: float | None = noted("What the whole order costs.")


@dataclass(frozen=True, kw_only=True, repr=False)
class PreOrder(Record):
    """The order form: what somebody orders that the shop cannot hand over at once.

    It is one of the seven ways in which a shop comes to know its customers.
    """

    customer_id: str | None = asked(
        "Who is ordering? The customer number, if there is one.", optional=True
    )
    given_name: str | None = asked("Somebody new: what is the first name?", optional=True)
    family_name: str | None = asked("Somebody new: what is the family name?", optional=True)
    phone: str | None = asked("Somebody new: at which phone number?", optional=True)
    email: str | None = asked("Somebody new: at which e-mail address?", optional=True)
    product_id: str | None = asked("What is ordered?")
    quantity: int | None = asked("How many pieces?")
    in_stock: bool | None = asked("Is that in the shop right now?")
    commits: bool | None = asked("Does the customer promise to buy it when it comes?")
    prepaid: bool | None = asked("Does the customer pay ahead?")
    promised_on: date | None = asked(
        "By which day do we promise it, if we know that?", optional=True
    )


@dataclass(frozen=True, kw_only=True, repr=False)
class OrderLine(Record):
    """One product on an order."""

    line_id: str | None = noted("The line's number.")
    order_id: str | None = noted("The order it stands on.")
    product_id: str | None = noted("What was ordered.")
    quantity: int | None = noted("How many pieces.")
    unit_price: float | None = noted("What one piece cost.")
    serial: str | None = noted("The serial number of the piece, if it has one.")


@dataclass(frozen=True, kw_only=True, repr=False)
class OrderEvent(Record):
    """One thing that happened to an order. `signed_by` is who took the goods."""

    event_id: str | None = noted("The event's number.")
    order_id: str | None = noted("The order it happened to.")
    event: OrderEventType | None = noted("What happened.")
    at: datetime | None = noted("When it happened.")
    signed_by: str | None = noted(
        "Who took the goods: a customer's number, or a word such as neighbour."
    )


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

    enquiry_id: str | None = noted("The enquiry's number.")
    customer_id: str | None = asked(
        "Who is asking? The customer number, if there is one.", optional=True
    )
    order_id: str | None = asked("Which order is it about, if any?", optional=True)
    channel: ContactChannel | None = asked("How did they reach us?")
    at: datetime | None = noted("When it reached us.")
    question: str | None = asked("What would they like to know?", long=True)
    follow_up_on: date | None = asked("By which day do we come back to them?")
    answered_at: datetime | None = noted("When we answered; empty while it is open.")
    answer: str | None = asked("What did we tell them?", optional=True, long=True)


@dataclass(frozen=True, kw_only=True, repr=False)
class WarrantyCard(Record):
    """One warranty card sent in: who owns which piece, and until when it is covered."""

    card_id: str | None = noted("The card's number.")
    customer_id: str | None = asked("Who owns it?")
    product_id: str | None = asked("Which product is it?")
    serial: str | None = asked("What is its serial number?")
    purchased_on: date | None = asked("On which day was it bought?")
    ends_on: date | None = noted("The last day of the guarantee.")
