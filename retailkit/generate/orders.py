"""What the customers buy: orders, their lines, and what happens to them on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retailkit.generate.customers import Whole, customer_ids, joined_at
from retailkit.generate.goods import goods
from retailkit.generate.life import (
    FIRST_HOUR,
    LAST_HOUR,
    Times,
    day_number,
    empty_where,
    frame,
    life,
    moments,
    not_on_sunday,
    so_far,
)
from retailkit.generate.mixer import Dice
from retailkit.orders import Order, OrderEvent, OrderLine

SLOTS = 64
"""Room for orders in a customer's life: order k of customer n is row n * SLOTS + k."""

LINES = 4
"""Room for lines in an order."""


@dataclass(frozen=True, kw_only=True)
class Orders:
    """The orders of some customers, and their lines: equally long arrays."""

    seed: int
    row: Whole
    customer: Whole
    number: Whole
    order_id: list[str]
    guest: NDArray[np.bool_]
    place: NDArray[Any]
    prepaid: NDArray[np.bool_]
    at: Times
    promised: Times
    paid: Times
    shipped: Times
    delivered: Times
    signed_by: NDArray[Any]
    returned: Times
    cancelled: Times
    line_order: Whole
    line_row: Whole
    line_number: Whole
    line_product: Whole
    line_quantity: Whole

    @property
    def customer_id(self) -> NDArray[Any]:
        """Whose order each one is, as written on it; empty for guests."""
        return empty_where(self.guest, customer_ids(self.customer))


def orders_of(seed: int, numbers: Whole) -> Orders:
    """Every order of these customers so far."""
    placed = _placed(seed, numbers)
    dice = Dice(seed, "orders", placed["row"])
    lines = _lines(seed, placed["row"])
    return Orders(
        seed=seed,
        **placed,
        order_id=[
            f"O-{customer:06d}-{number}"
            for customer, number in zip(
                placed["customer"].tolist(), placed["number"].tolist(), strict=True
            )
        ],
        **_on_the_way(dice, placed),
        **lines,
    )


def places_within(counts: Whole) -> Whole:
    """0, 1, 2 … inside each group of the given sizes.

    >>> places_within(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def _placed(seed: int, numbers: Whole) -> dict[str, Any]:
    """Who orders, when and where; each customer's orders from first to last."""
    counts = _how_many(seed, numbers)
    customer, slot = np.repeat(numbers, counts), places_within(counts)
    row = customer * SLOTS + slot
    dice = Dice(seed, "orders", row)
    place = dice.pick("place", life("place"))
    joined = np.repeat(joined_at(seed, numbers), counts)
    at = _when(dice, place, slot, joined)
    order = np.lexsort((slot, at, customer))
    return {
        "row": row[order],
        "customer": customer,
        "number": slot + 1,
        "place": place[order],
        "at": at[order],
        "guest": dice.happens("guest", life("guests"))[order],
    }


def _how_many(seed: int, numbers: Whole) -> Whole:
    """How often each customer has bought: heavy buyers and light ones, newcomers less."""
    dice = Dice(seed, "customers", numbers)
    kind = dice.pick("buyer", life("buyer"))
    counts = np.zeros(len(numbers), dtype=np.int64)
    for name, (least, most) in life("orders_of_buyer").items():
        counts = np.where(kind == name, least + dice.below("orders", most - least + 1), counts)
    whole = day_number(life("today")) - day_number(life("opened_on"))
    here = day_number(life("today")) - _days(joined_at(seed, numbers))
    return np.where(counts > 0, np.maximum(counts * here // whole, 1), 0)


def _when(dice: Dice, place: NDArray[Any], slot: Whole, joined: Times) -> Times:
    """The moment of each order; the first comes soon after the customer joined."""
    start = _days(joined)
    span = day_number(life("today")) - 2 - start
    share = dice.below("on", 1000)
    days = start + span * np.where(slot == 0, share // 20, share) // 1000
    open_minutes = FIRST_HOUR * 60 + dice.below("at", (LAST_HOUR - FIRST_HOUR) * 60)
    any_minutes = 7 * 60 + dice.below("at", 16 * 60)
    at = np.where(
        place == "website", moments(days, any_minutes), moments(not_on_sunday(days), open_minutes)
    )
    return np.maximum(at, joined + np.timedelta64(20, "m"))


def _lines(seed: int, order_rows: Whole) -> dict[str, Any]:
    """What is on each order; no product stands there twice."""
    dice = Dice(seed, "orders", order_rows)
    counts = 1 + dice.place("lines", list(life("lines_of_order").values()))
    order = np.repeat(np.arange(len(order_rows)), counts)
    row = order_rows[order] * LINES + places_within(counts)
    drawn = Dice(seed, "order_lines", row)
    product = drawn.place("product", [item.weight for item in goods("generic")])
    first = np.sort(np.unique(order * len(goods("generic")) + product, return_index=True)[1])
    most = np.array([item.quantity_up_to for item in goods("generic")])[product]
    wanted = 1 + drawn.place("quantity", life("pieces"))
    quantity = np.minimum(wanted, most)
    kept = np.bincount(order[first], minlength=len(order_rows))
    return {
        "line_order": order[first],
        "line_row": row[first],
        "line_number": places_within(kept) + 1,
        "line_product": product[first],
        "line_quantity": quantity[first],
    }


def _on_the_way(dice: Dice, placed: dict[str, Any]) -> dict[str, Any]:
    """What happens to each order after it was placed; what lies ahead is empty."""
    place, at = placed["place"], placed["at"]
    store, never = place == "store", np.datetime64("NaT", "s")
    day = _days(at)
    promised = day + life("promised_days")
    cancelled = ~store & dice.happens("cancelled", life("cancelled"))
    called_off = at + (60 + dice.below("cancelled_after", 600)).astype("timedelta64[m]")
    shipped = _at(dice, "shipped", not_on_sunday(day + 1 + dice.below("packed", 2)), 14, 18)
    late = dice.happens("late", life("late"))
    extra = dice.pick("days_late", life("days_late")).astype(np.int64)
    arrival = np.where(late, promised + extra, _days(shipped) + 1 + dice.below("travel", 3))
    arrived = _at(dice, "delivered", not_on_sunday(arrival), 9, 19)
    lost = dice.happens("lost", life("lost"))
    delivered = np.where(store, at, np.where(cancelled | lost, never, arrived))
    prepaid = (dice.bits("prepaid") >> 32) < _prepaid_thresholds(place)
    delivered = so_far(delivered)
    return {
        "prepaid": prepaid,
        "promised": np.where(store, never, moments(promised, promised * 0)),
        "paid": np.where(store | prepaid, at, delivered),
        "shipped": so_far(np.where(store | cancelled, never, shipped)),
        "delivered": delivered,
        "signed_by": _signed_by(dice, placed),
        "returned": _returned_at(dice, delivered),
        "cancelled": so_far(np.where(cancelled, called_off, never)),
    }


def _days(times: Times) -> Whole:
    return times.astype("datetime64[D]").astype(np.int64)


def _at(dice: Dice, column: str, days: Whole, first_hour: int, last_hour: int) -> Times:
    minutes = first_hour * 60 + dice.below(column, (last_hour - first_hour) * 60)
    return moments(days, minutes)


def _prepaid_thresholds(place: NDArray[Any]) -> Whole:
    shares = life("paid_ahead")
    return np.array([round(shares.get(where, 0) * 2**32) for where in place], dtype=np.int64)


def _signed_by(dice: Dice, placed: dict[str, Any]) -> NDArray[Any]:
    """Who takes the goods; at the counter the customers themselves."""
    signer = dice.pick("signer", life("signer"))
    signer[placed["place"] == "store"] = "customer"
    # guests sign without a customer number
    nobody = (signer == "nobody") | (placed["guest"] & (signer == "customer"))
    own = np.array(customer_ids(placed["customer"]), dtype=object)
    signed: NDArray[Any] = np.where(signer == "customer", own, signer)
    return empty_where(nobody, signed)


def _returned_at(dice: Dice, delivered: Times) -> Times:
    back = dice.happens("returned", life("returned"))
    days = not_on_sunday(_days(delivered) + 3 + dice.below("returned_after", 12))
    at = _at(dice, "returned_at", np.where(np.isnat(delivered), 0, days), 10, 19)
    return so_far(np.where(back & ~np.isnat(delivered), at, np.datetime64("NaT", "s")))


def orders_table(orders: Orders) -> pd.DataFrame:
    """One row per order, each customer's from first to last."""
    value = prices()[orders.line_product] * orders.line_quantity
    status = np.where(np.isnat(orders.delivered), "open", "delivered").astype(object)
    status[~np.isnat(orders.returned)] = "returned"
    status[~np.isnat(orders.cancelled)] = "cancelled"
    columns = {
        "order_id": orders.order_id,
        "customer_id": orders.customer_id,
        "ordered_at": orders.at,
        "place": orders.place,
        "status": status,
        "prepaid": orders.prepaid,
        "promised_on": orders.promised,
        "total": np.bincount(orders.line_order, weights=value, minlength=len(orders.row)),
    }
    return frame(Order, columns)


def prices() -> NDArray[np.float64]:
    """What each product costs."""
    return np.array([item.price for item in goods("generic")])


def lines_table(orders: Orders) -> pd.DataFrame:
    """One row per product on an order."""
    owner = [orders.order_id[place] for place in orders.line_order.tolist()]
    listed = [goods("generic")[place] for place in orders.line_product.tolist()]
    digits = Dice(orders.seed, "order_lines", orders.line_row).below("serial", 10**8).tolist()
    columns = {
        "line_id": [
            f"OL-{order_id[2:]}-{number}"
            for order_id, number in zip(owner, orders.line_number.tolist(), strict=True)
        ],
        "order_id": owner,
        "product_id": [item.product_id for item in listed],
        "quantity": orders.line_quantity,
        "unit_price": [item.price for item in listed],
        "serial": [
            f"{item.serial}-{number:08d}" if item.serial else None
            for item, number in zip(listed, digits, strict=True)
        ],
    }
    return frame(OrderLine, columns)


def events_table(orders: Orders) -> pd.DataFrame:
    """One row per thing that happened to an order, from first to last."""
    names = ("paid", "shipped", "delivered", "returned", "cancelled")
    times = np.concatenate([getattr(orders, name) for name in names])
    order = np.tile(np.arange(len(orders.row)), len(names))
    event = np.repeat(np.arange(len(names)), len(orders.row))
    happened = np.flatnonzero(~np.isnat(times))
    sequence = happened[np.lexsort((event[happened], times[happened], order[happened]))]
    order, event = order[sequence], event[sequence]
    owner = [orders.order_id[place] for place in order.tolist()]
    number = places_within(np.bincount(order, minlength=len(orders.row))) + 1
    columns = {
        "event_id": [
            f"OE-{order_id[2:]}-{n}" for order_id, n in zip(owner, number.tolist(), strict=True)
        ],
        "order_id": owner,
        "event": np.array(names, dtype=object)[event],
        "at": times[sequence],
        "signed_by": empty_where(event != names.index("delivered"), orders.signed_by[order]),
    }
    return frame(OrderEvent, columns)
