"""Tracking: what a customer who asks about a purchase is told, from the shop's own records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from retailkit.case_file import CaseFile
from retailkit.orders import Order, OrderEvent, OrderEventType, OrderStatus
from retailkit.records import is_nothing, records_in
from retailkit.text import day, spoken
from retailkit.words import Word, did_you_mean

if TYPE_CHECKING:
    from retailkit.shop import Shop


class TrackingStatus(Word):
    """Where an order stands, in the words for a customer who asks."""

    CANCELLED = "cancelled", "The order was called off."
    RETURNED = "returned", "The goods came back to the shop."
    HANDED_OVER = "handed_over", "The goods were handed over, to whoever signed for them."
    LATE = "late", "Not handed over, and the day that we promised has gone by."
    ON_ITS_WAY = "on_its_way", "The goods have left the shop and are not late."
    NOT_SENT = "not_sent", "The goods are still at the shop and are not late."
    NOT_PROMISED = "not_promised", "The order is taken, and no day is promised yet."


SIGNERS = ("neighbour", "family member")
"""Who may be named to the customer; a name or another customer's number may not."""


def status_on(order: Order, events: Iterable[OrderEvent], today: date) -> TrackingStatus:
    """Where an order stands on a day; what happened last counts before what was promised.

    >>> from datetime import date
    >>> order = Order(promised_on="2026-07-03")
    >>> status_on(order, [OrderEvent(event="shipped")], date(2026, 6, 30))
    <TrackingStatus.ON_ITS_WAY: 'on_its_way'>
    """
    happened = {event.event for event in events}
    if OrderEventType.CANCELLED in happened or order.status == OrderStatus.CANCELLED:
        return TrackingStatus.CANCELLED
    if OrderEventType.RETURNED in happened or order.status == OrderStatus.RETURNED:
        return TrackingStatus.RETURNED
    if OrderEventType.DELIVERED in happened or order.status == OrderStatus.DELIVERED:
        return TrackingStatus.HANDED_OVER
    if order.promised_on and order.promised_on < today:
        return TrackingStatus.LATE
    if OrderEventType.SHIPPED in happened:
        return TrackingStatus.ON_ITS_WAY
    return TrackingStatus.NOT_SENT if order.promised_on else TrackingStatus.NOT_PROMISED


def tracking_status(shop: Shop, order_id: str) -> TrackingStatus:
    """Where an order of the shop stands today.

    Raises ValueError where the shop has no such order.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=20)
    >>> tracking_status(shop, shop.orders["order_id"].iloc[0])
    <TrackingStatus.HANDED_OVER: 'handed_over'>
    """
    return status_on(shop.order(order_id), _events_of(shop, order_id), shop.today)


def where_is(shop: Shop, order_id: str, *, asked_by: str | None = None) -> str:
    """What we tell a customer who asks about an order: one sentence, with the day.

    `asked_by` is the number of the customer who asks; a guest has none. Nobody is told
    about an order that somebody else placed, not even that there is one.

    >>> from retailkit.generate import make_shop
    >>> where_is(make_shop(seed=7, customers=20), "O-000404-1", asked_by="C-000404")
    'We find no order O-000404-1 under the customer number C-000404. Is the number right?'
    """
    asked_by = None if is_nothing(asked_by) else asked_by
    of_customer = shop.orders["customer_id"].isna()
    if asked_by is not None:
        of_customer = shop.orders["customer_id"] == asked_by
    own = shop.orders[of_customer]
    found = records_in(own[own["order_id"] == order_id].head(1), Order)
    if not found:
        return _not_found(order_id, asked_by, own["order_id"])
    return _told(found[0], _events_of(shop, order_id), shop.today)


def order_file(shop: Shop, order_id: str) -> CaseFile:
    """One order as a card: when it was placed, what we promised, and what happened to it.

    Raises ValueError where the shop has no such order.
    """
    order = shop.order(order_id)
    placed = "" if order.ordered_at is None else f", placed on {day(order.ordered_at)}"
    happened = "; ".join(
        f"{spoken(event.event)}{_on(event)}" for event in _events_of(shop, order_id)
    )
    promised = f"promised by {day(order.promised_on)}" if order.promised_on else "no day promised"
    return CaseFile(
        order_id,
        [
            f"Order {order_id}{placed}.",
            "“Where is my order?”",
            f"In the table orders: status {spoken(order.status)}, {promised}.",
            f"In the table order_events: {happened or 'nothing yet'}.",
        ],
    )


def _events_of(shop: Shop, order_id: str) -> list[OrderEvent]:
    events = shop.order_events
    return records_in(events[events["order_id"] == order_id], OrderEvent)


def _not_found(order_id: str, asked_by: str | None, own: Iterable[str]) -> str:
    if asked_by is None:
        return f"We find no guest's order {order_id}. What is the customer number?"
    return (
        f"We find no order {order_id} under the customer number {asked_by}. "
        f"Is the number right?{did_you_mean(order_id, own)}"
    )


def _told(order: Order, events: list[OrderEvent], today: date) -> str:
    """The sentence for each status."""
    last = {event.event: event for event in events}
    by = f"by {day(order.promised_on)}" if order.promised_on else ""
    shipped = last.get(OrderEventType.SHIPPED)
    left = f"it left the shop{_on(shipped)}" if shipped else "it has not left the shop yet"
    ordered = "" if order.ordered_at is None else f" on {day(order.ordered_at)}"
    match status_on(order, events, today):
        case TrackingStatus.CANCELLED:
            news = f"was cancelled{_on(last.get(OrderEventType.CANCELLED))}"
        case TrackingStatus.RETURNED:
            news = f"came back to us{_on(last.get(OrderEventType.RETURNED))}"
        case TrackingStatus.HANDED_OVER:
            handed = last.get(OrderEventType.DELIVERED)
            news = f"was handed over{_on(handed)}{_to(handed, order)}"
        case TrackingStatus.LATE:
            news = f"is late: {left}, and it should have been with you {by}"
        case TrackingStatus.ON_ITS_WAY:
            news = f"is on its way: {left}{', and we promised it ' + by if by else ''}"
        case TrackingStatus.NOT_SENT:
            news = f"is not on its way yet, and we promised it {by}"
        case TrackingStatus.NOT_PROMISED:
            news = f"was taken{ordered}: no day is promised yet, and we tell you when we know it"
    return f"Order {order.order_id} {news}."


def _on(event: OrderEvent | None) -> str:
    return "" if event is None or event.at is None else f" on {day(event.at)}"


def _to(handed: OrderEvent | None, order: Order) -> str:
    """Who took the goods, as far as the customer may be told."""
    if handed is None or handed.signed_by is None:
        return ""
    if handed.signed_by == order.customer_id:
        return " to you"
    return f" to {'a ' + handed.signed_by if handed.signed_by in SIGNERS else 'somebody else'}"
