"""The order form: for goods that are not in the shop, and for customers not known yet."""

from __future__ import annotations

from typing import Any, cast

from retailkit.catalogue import later, say
from retailkit.customers import CollectionChannel
from retailkit.forms.desk_form import DeskForm, Rows
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
from retailkit.records import questions, records_in
from retailkit.shop import Shop
from retailkit.tracking import where_is

SAVED_PAID = later("Saved as {key}: {quantity} × {product}, {total:.2f} altogether, paid ahead.")
SAVED_UNPAID = later(
    "Saved as {key}: {quantity} × {product}, {total:.2f} altogether, to be paid when it comes."
)


class OrderForm(DeskForm):
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

    way = CollectionChannel.ORDER_FORM
    own = "orders"

    def __init__(self, shop: Shop) -> None:
        super().__init__(say("Order form"), questions(PreOrder), shop)

    @property
    def orders(self) -> list[Order]:
        """The orders saved so far."""
        return self.saved

    def told(self, rows: Rows, key: str) -> tuple[str, list[str]]:
        order, line = cast(Order, rows["orders"]), cast(OrderLine, rows["order_lines"])
        saved = say(
            SAVED_PAID if order.prepaid else SAVED_UNPAID,
            key=key,
            quantity=line.quantity,
            product=self._product(line.product_id).name,
            total=order.total,
        )
        told = where_is(self.shop_now(), str(order.order_id), asked_by=order.customer_id)
        return saved, [say("We tell the customer: “{text}”", text=told)]

    def doubts(self) -> dict[str, str]:
        wish, found = PreOrder(**self.answers), super().doubts()
        if wish.quantity is not None and wish.quantity < 1:
            found["quantity"] = say("An order is for one piece or more.")
        if wish.in_stock:
            found["in_stock"] = say(
                "What is in the shop can be taken along at once. This form is for what is not."
            )
        if wish.commits is False:
            found["commits"] = say(
                "Without that promise it is a question and no order. Note it down as an enquiry."
            )
        return {**found, **self.gone_by("promised_on")}

    def _product(self, product_id: str | None) -> Product:
        goods = self.shop.products
        return records_in(goods[goods["product_id"] == product_id], Product)[0]

    def rows(self, answers: dict[str, Any], number: str, who: str | None) -> Rows:
        wish = PreOrder(**answers)
        price = self._product(wish.product_id).price
        order = Order(
            order_id=f"O-{number}",
            customer_id=who,
            ordered_at=self.now,
            place=Place.STORE,
            status=OrderStatus.OPEN,
            prepaid=wish.prepaid,
            promised_on=wish.promised_on,
            total=(price or 0) * (wish.quantity or 0),
        )
        paid = OrderEvent(
            event_id=f"OE-{number}",
            order_id=f"O-{number}",
            event=OrderEventType.PAID,
            at=self.now,
        )
        line = OrderLine(
            line_id=f"OL-{number}",
            order_id=f"O-{number}",
            product_id=wish.product_id,
            quantity=wish.quantity,
            unit_price=price,
        )
        rows: Rows = {"orders": order, "order_lines": line}
        return {**rows, "order_events": paid} if wish.prepaid else rows
