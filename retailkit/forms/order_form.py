"""The order form: for goods that are not in the shop, and for customers not known yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

import pandas as pd

from retailkit.customers import CollectionChannel, Customer
from retailkit.forms.form import Form
from retailkit.orders import (
    Order,
    OrderEvent,
    OrderEventType,
    OrderLine,
    OrderStatus,
    Place,
    PreOrder,
    Product,
)
from retailkit.records import questions, records_in, table
from retailkit.shop import RECORDS, Shop
from retailkit.text import Sentences, day
from retailkit.tracking import where_is

WHO_IS_NEW = ("given_name", "family_name", "phone", "email")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What the computer holds once a form is saved, by table."""

    orders: Order
    order_lines: OrderLine
    order_events: OrderEvent | None
    customers: Customer | None


class OrderForm(Form):
    """The order form of a shop. `orders` and `customers` hold what has been saved.

    >>> from retailkit.generate import make_shop
    >>> form = OrderForm(make_shop(seed=7, customers=20))
    >>> form.fill(product_id="P-13", quantity=1, in_stock="no", commits="no")
    ...     # doctest: +ELLIPSIS
    Order form
    ...
    >>> form.save()[-1]
    'Without that promise it is a question and no order. Note it down as an enquiry.'
    """

    def __init__(self, shop: Shop) -> None:
        products = zip(shop.products["product_id"], shop.products["name"], strict=True)
        options = {"product_id": [(f"{name} ({number})", number) for number, name in products]}
        super().__init__("Order form", questions(PreOrder), options)
        self.shop = shop
        self.taken: list[Taken] = []
        # a shop that has orders from the desk goes on counting where they end
        desk = shop.orders["order_id"].str.extract(r"^O-desk-(\d+)$")[0].dropna().astype("int64")
        self._given_out = int(desk.max()) if len(desk) else 0

    @property
    def orders(self) -> list[Order]:
        """The orders saved so far."""
        return [taken.orders for taken in self.taken]

    @property
    def customers(self) -> list[Customer]:
        """Who became known through the forms saved so far."""
        return [taken.customers for taken in self.taken if taken.customers]

    def shop_now(self) -> Shop:
        """The shop with every order saved so far in its tables."""
        tables = dict(self.shop.tables)
        for name in Taken.__dataclass_fields__:
            rows = [row for taken in self.taken if (row := getattr(taken, name))]
            new = table(rows, RECORDS[name])
            tables[name] = (
                pd.concat([tables[name], new], ignore_index=True) if rows else tables[name]
            )
        return replace(self.shop, tables=tables)

    def keep(self, answers: dict[str, Any]) -> Sentences:
        self._given_out += 1
        wish = PreOrder(**answers)
        taken = self._taken(wish)
        self.taken.append(taken)
        order = taken.orders
        what = f"{wish.quantity} × {self._product(wish).name}, {order.total:.2f} altogether"
        paid = "paid ahead" if order.prepaid else "to be paid when it comes"
        told = where_is(self.shop_now(), str(order.order_id), asked_by=order.customer_id)
        return Sentences(
            [
                f"Saved as {order.order_id}: {what}, {paid}.",
                *_new_in_the_computer(taken.customers),
                f"We tell the customer: “{told}”",
            ]
        )

    def take_back(self) -> Sentences:
        if not self.taken:
            return Sentences(["There is nothing to take back."])
        return Sentences([f"{self.taken.pop().orders.order_id} is taken back."])

    def doubts(self) -> dict[str, str]:
        wish, today = PreOrder(**self.answers), self.shop.today
        found = self._who() if wish.customer_id else _new_customer(wish)
        if wish.quantity is not None and wish.quantity < 1:
            found["quantity"] = "An order is for one piece or more."
        if wish.in_stock:
            found["in_stock"] = (
                "What is in the shop can be taken along at once. This form is for what is not."
            )
        if wish.promised_on and wish.promised_on < today:
            found["promised_on"] = (
                f"{day(wish.promised_on)} has gone by: at the shop it is {day(today)}."
            )
        if wish.commits is False:
            found["commits"] = (
                "Without that promise it is a question and no order. Note it down as an enquiry."
            )
        return found

    def _who(self) -> dict[str, str]:
        """What is the matter with the number of somebody who is said to be known."""
        number = self.answers["customer_id"]
        if number not in set(self.shop_now().customers["customer_id"]):
            return {
                "customer_id": f"Our records hold no customer {number}. "
                "For somebody new, leave the number open and take down the name."
            }
        return {}

    def _product(self, wish: PreOrder) -> Product:
        goods = self.shop.products
        return records_in(goods[goods["product_id"] == wish.product_id], Product)[0]

    def _taken(self, wish: PreOrder) -> Taken:
        """What the desk writes down. A number is given out once and never again."""
        number, now = f"desk-{self._given_out}", datetime.combine(self.shop.today, time(12))
        customer = None if wish.customer_id else _customer(wish, f"C-{number}", now)
        price = self._product(wish).price
        order = Order(
            order_id=f"O-{number}",
            customer_id=customer.customer_id if customer else wish.customer_id,
            ordered_at=now,
            place=Place.STORE,
            status=OrderStatus.OPEN,
            prepaid=wish.prepaid,
            promised_on=wish.promised_on,
            total=(price or 0) * (wish.quantity or 0),
        )
        paid = OrderEvent(
            event_id=f"OE-{number}", order_id=f"O-{number}", event=OrderEventType.PAID, at=now
        )
        line = OrderLine(
            line_id=f"OL-{number}",
            order_id=f"O-{number}",
            product_id=wish.product_id,
            quantity=wish.quantity,
            unit_price=price,
        )
        return Taken(
            orders=order,
            order_lines=line,
            order_events=paid if wish.prepaid else None,
            customers=customer,
        )


def _customer(wish: PreOrder, number: str, now: datetime | None) -> Customer:
    """Who is ordering, as a customer whom the order form makes known."""
    return Customer(
        customer_id=number,
        **{name: getattr(wish, name) for name in WHO_IS_NEW},
        channel=CollectionChannel.ORDER_FORM,
        joined_at=now,
        last_verified_at=now,
    )


def _new_in_the_computer(customer: Customer | None) -> list[str]:
    if customer is None:
        return []
    name = f"{customer.given_name} {customer.family_name}"
    return [f"New in the computer: {name}, customer number {customer.customer_id}."]


def _new_customer(wish: PreOrder) -> dict[str, str]:
    """What is still to be asked of somebody who has no number yet."""
    missing = {
        "given_name": "No customer number? Then the computer needs a first name.",
        "family_name": "No customer number? Then the computer needs a family name.",
    }
    found = {name: says for name, says in missing.items() if getattr(wish, name) is None}
    for problem in _customer(wish, "new", None).problems():
        field, _, says = problem.partition(": ")
        if field in ("phone", "email", "contact"):
            found["phone" if field == "contact" else field] = says[0].upper() + says[1:]
    return found
