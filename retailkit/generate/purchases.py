"""The tables of what was bought: orders, their lines and events, and warranty cards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retailkit.columns import Text, empty_where, joined, numerals, table_of, words_at
from retailkit.generate.goods import goods
from retailkit.generate.handling import Marks, planted
from retailkit.generate.life import life
from retailkit.generate.lives import Lives
from retailkit.generate.mixer import Dice
from retailkit.generate.orders import CUSTOMER, PLACES, SIGNERS, Lines, Orders, guaranteed_until
from retailkit.generate.rows import Whole, ids, within
from retailkit.generate.shelf import has
from retailkit.orders import Order, OrderEvent, OrderLine, OrderStatus, WarrantyCard

STATUS = tuple(status.value for status in OrderStatus)
EVENTS = ("paid", "shipped", "delivered", "returned", "cancelled")


@dataclass(frozen=True, kw_only=True)
class Purchases:
    """What was bought in a block: orders and lines with their numbers as written."""

    market: str
    orders: Orders
    lines: Lines
    core: Text
    serial: Text
    marks: Marks

    @property
    def order_id(self) -> Text:
        """The orders' numbers."""
        return joined("O-", self.core)

    @property
    def customer_id(self) -> Text:
        """Whose order each one is, as written on it; empty for guests."""
        return empty_where(self.orders.guest, ids("C", self.orders.customer))


def purchases_of(lives: Lives) -> Purchases:
    """What the customers of a block have bought."""
    orders, lines = lives.bought
    return Purchases(
        market=lives.market,
        orders=orders,
        lines=lines,
        core=joined(numerals(orders.customer, 6), "-", orders.number),
        serial=serial_numbers(lives.market, lines),
        marks=lives.marks,
    )


def serial_numbers(market: str, lines: Lines) -> Text:
    """The serial number of each piece that has one."""
    letters = words_at([item.serial for item in goods(market)], lines.product)
    return joined(
        letters, "-", numerals(Dice(lines.seed, "order_lines", lines.row).below("serial", 10**8), 8)
    )


def product_ids(market: str, product: Whole) -> Text:
    """Products as they are written; empty for place -1."""
    numbers = [item.product_id for item in goods(market)]
    return words_at([*numbers, None], product % (len(numbers) + 1))


def orders_table(bought: Purchases) -> pa.Table:
    """One row per order, each customer's from first to last."""
    orders = bought.orders
    status = np.where(np.isnat(orders.delivered), STATUS.index("open"), STATUS.index("delivered"))
    status[~np.isnat(orders.returned)] = STATUS.index("returned")
    status[~np.isnat(orders.cancelled)] = STATUS.index("cancelled")
    columns = {
        "order_id": bought.order_id,
        "customer_id": bought.customer_id,
        "ordered_at": orders.at,
        "place": words_at(PLACES, orders.place),
        "status": words_at(STATUS, status),
        "prepaid": orders.prepaid,
        "promised_on": orders.promised,
        "total": orders.total,
    }
    return table_of(Order, columns)


def lines_table(bought: Purchases) -> pa.Table:
    """One row per product on an order."""
    lines = bought.lines
    order = pa.array(lines.order)
    columns = {
        "line_id": joined("OL-", bought.core.take(order), "-", lines.number),
        "order_id": bought.order_id.take(order),
        "product_id": product_ids(bought.market, lines.product),
        "quantity": lines.quantity,
        "unit_price": lines.unit_price,
        "serial": bought.serial,
    }
    return table_of(OrderLine, columns)


def events_table(bought: Purchases) -> pa.Table:
    """One row per thing that happened to an order, from first to last."""
    orders = bought.orders
    times = np.stack([getattr(orders, name) for name in EVENTS], axis=-1)
    sequence = np.argsort(times, axis=1, kind="stable")
    in_time = np.take_along_axis(times, sequence, axis=1)
    happened = ~np.isnat(in_time)
    order, event = np.nonzero(happened)[0], sequence[happened]
    columns = {
        "event_id": joined(
            "OE-", bought.core.take(pa.array(order)), "-", within(happened.sum(axis=1)) + 1
        ),
        "order_id": bought.order_id.take(pa.array(order)),
        "event": words_at(EVENTS, event),
        "at": in_time[happened],
        "signed_by": empty_where(
            event != EVENTS.index("delivered"), signed_by(orders).take(pa.array(order))
        ),
    }
    return table_of(OrderEvent, columns)


def signed_by(orders: Orders) -> Text:
    """Who signed: the customer's own number, or the word for somebody else."""
    others = [None if name in ("customer", "nobody") else name for name in SIGNERS]
    own = pa.array(orders.signer == CUSTOMER)
    return pc.if_else(own, ids("C", orders.customer), words_at(others, orders.signer))


def cards_sent_in(bought: Purchases) -> Whole:
    """The places of the lines whose warranty card was sent in."""
    orders, lines = bought.orders, bought.lines
    dice = Dice(lines.seed, "warranty_cards", lines.row)
    own = ~orders.guest[lines.order] & ~np.isnat(orders.delivered[lines.order])
    numbered = has(bought.market, "serial")[lines.product]
    return np.flatnonzero(own & numbered & dice.happens("sent in", life("cards_sent_in")))


def cards_table(bought: Purchases) -> pa.Table:
    """One row per warranty card that was sent in."""
    orders, sent = bought.orders, cards_sent_in(bought)
    kept = bought.lines.only(sent)
    forgotten = planted(bought.marks, "card_without_serial", kept.row)
    columns = {
        "card_id": joined("WC-", bought.core.take(pa.array(kept.order)), "-", kept.number),
        "customer_id": ids("C", orders.customer[kept.order]),
        "product_id": product_ids(bought.market, kept.product),
        "serial": empty_where(forgotten, bought.serial.take(pa.array(sent))),
        "purchased_on": orders.at[kept.order].astype("datetime64[D]").astype("datetime64[s]"),
        "ends_on": guaranteed_until(bought.market, kept, orders),
    }
    return table_of(WarrantyCard, columns)
