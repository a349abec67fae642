"""Tracking: what a customer who asks about a purchase is told, from the shop's own records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from retailkit.case_file import CaseFile, dated
from retailkit.catalogue import later, say
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


SIGNERS = (later("neighbour"), later("family member"))
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
    happened = "; ".join(map(dated, _events_of(shop, order_id))) or say("nothing yet")
    return CaseFile(
        order_id,
        [
            say("Order {order}.", order=order_id)
            if order.ordered_at is None
            else say("Order {order}, placed on {day}.", order=order_id, day=day(order.ordered_at)),
            say("“Where is my order?”"),
            _promised(order),
            say("In the table order_events: {events}.", events=happened),
        ],
    )


def _promised(order: Order) -> str:
    status = spoken(order.status)
    if order.promised_on is None:
        return say("In the table orders: status {status}, no day promised.", status=status)
    return say(
        "In the table orders: status {status}, promised by {day}.",
        status=status,
        day=day(order.promised_on),
    )


def _events_of(shop: Shop, order_id: str) -> list[OrderEvent]:
    events = shop.order_events
    return records_in(events[events["order_id"] == order_id], OrderEvent)


def _not_found(order_id: str, asked_by: str | None, own: Iterable[str]) -> str:
    if asked_by is None:
        return say("We find no guest's order {order}. What is the customer number?", order=order_id)
    said = say(
        "We find no order {order} under the customer number {customer}. Is the number right?",
        order=order_id,
        customer=asked_by,
    )
    return f"{said}{did_you_mean(order_id, own)}"


def _told(order: Order, events: list[OrderEvent], today: date) -> str:
    """The sentence for each status."""
    status = status_on(order, events, today)
    last = {event.event: event for event in events}
    event = last.get(TOLD_BY[status]) if status in TOLD_BY else None
    known = {"order": order.order_id, "by": day(order.promised_on) if order.promised_on else None}
    if status == TrackingStatus.LATE and event is None:
        return say(
            "Order {order} is late: it has not left the shop yet, "
            "and it should have been with you by {by}.",
            **known,
        )
    with_day, without = NEWS[status]
    if status == TrackingStatus.HANDED_OVER:
        with_day, without = HANDED_OVER[_to(event, order)]
    if status == TrackingStatus.ON_ITS_WAY and order.promised_on is None:
        with_day, without = ON_ITS_WAY
    at = event.at if event else None
    if status == TrackingStatus.NOT_PROMISED:
        at = order.ordered_at
    return say(without, **known) if at is None else say(with_day, on=day(at), **known)


def _to(handed: OrderEvent | None, order: Order) -> str:
    """Who took the goods, as far as the customer may be told."""
    if handed is None or handed.signed_by is None:
        return ""
    if handed.signed_by == order.customer_id:
        return "you"
    return handed.signed_by if handed.signed_by in SIGNERS else "somebody else"


TOLD_BY = {
    TrackingStatus.CANCELLED: OrderEventType.CANCELLED,
    TrackingStatus.RETURNED: OrderEventType.RETURNED,
    TrackingStatus.HANDED_OVER: OrderEventType.DELIVERED,
    TrackingStatus.LATE: OrderEventType.SHIPPED,
    TrackingStatus.ON_ITS_WAY: OrderEventType.SHIPPED,
}
"""The event whose day the customer is told."""

NEWS = {
    TrackingStatus.CANCELLED: (
        later("Order {order} was cancelled on {on}."),
        later("Order {order} was cancelled."),
    ),
    TrackingStatus.RETURNED: (
        later("Order {order} came back to us on {on}."),
        later("Order {order} came back to us."),
    ),
    TrackingStatus.HANDED_OVER: (
        later("Order {order} was handed over on {on}."),
        later("Order {order} was handed over."),
    ),
    TrackingStatus.LATE: (
        later(
            "Order {order} is late: it left the shop on {on}, "
            "and it should have been with you by {by}."
        ),
        later("Order {order} is late: it left the shop, and it should have been with you by {by}."),
    ),
    TrackingStatus.ON_ITS_WAY: (
        later("Order {order} is on its way: it left the shop on {on}, and we promised it by {by}."),
        later("Order {order} is on its way: it left the shop, and we promised it by {by}."),
    ),
    TrackingStatus.NOT_SENT: (
        later("Order {order} is not on its way yet, and we promised it by {by}."),
        later("Order {order} is not on its way yet, and we promised it by {by}."),
    ),
    TrackingStatus.NOT_PROMISED: (
        later(
            "Order {order} was taken on {on}: no day is promised yet, "
            "and we tell you when we know it."
        ),
        later("Order {order} was taken: no day is promised yet, and we tell you when we know it."),
    ),
}
"""What is told for each status: where the day of it is known, and where it is not."""

ON_ITS_WAY = (
    later("Order {order} is on its way: it left the shop on {on}."),
    later("Order {order} is on its way: it left the shop."),
)
"""The same where no day is promised."""

HANDED_OVER = {
    "": NEWS[TrackingStatus.HANDED_OVER],
    "you": (
        later("Order {order} was handed over on {on} to you."),
        later("Order {order} was handed over to you."),
    ),
    "neighbour": (
        later("Order {order} was handed over on {on} to a neighbour."),
        later("Order {order} was handed over to a neighbour."),
    ),
    "family member": (
        later("Order {order} was handed over on {on} to a family member."),
        later("Order {order} was handed over to a family member."),
    ),
    "somebody else": (
        later("Order {order} was handed over on {on} to somebody else."),
        later("Order {order} was handed over to somebody else."),
    ),
}
"""The same with whoever took the goods."""
