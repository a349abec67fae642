"""What goes wrong: with goods, with orders, and with people who come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from retailkit.generate.customers import Whole, joined_at
from retailkit.generate.goods import goods
from retailkit.generate.life import day_number, life
from retailkit.generate.mixer import Dice, Luck
from retailkit.generate.orders import Orders
from retailkit.generate.stories import Purchase, Story, and_after, told, working_day

SENT_ONLY = {"damaged", "wrong_item", "missing_part"}
"""What cannot happen at the counter, where customers see what they take."""


def stories_of(orders: Orders, numbers: Whole) -> list[Story]:
    """Everything these customers told the shop so far, each customer's from first to last."""
    first = [*_about_lines(orders), *_about_orders(orders), *_about_visits(orders.seed, numbers)]
    all_told = [one for story in first for one in and_after(story)]
    today = datetime.combine(life("today"), time())
    so_far = [story for story in all_told if story.received < today]
    so_far.sort(key=lambda story: (story.customer, story.received, story.luck.row))
    counts = Counter[int]()
    for place, story in enumerate(so_far):
        counts[story.customer] += 1
        so_far[place] = replace(story, number=counts[story.customer])
    return so_far


def purchase(orders: Orders, line: int) -> Purchase:
    """What a line of an order was about."""
    order = int(orders.line_order[line])
    item = goods("generic")[orders.line_product[line]]
    same_order = np.flatnonzero(orders.line_order == order)
    value = [
        goods("generic")[orders.line_product[place]].price * int(orders.line_quantity[place])
        for place in same_order
    ]
    return Purchase(
        order_id=orders.order_id[order],
        item=item,
        value=item.price * int(orders.line_quantity[line]),
        total=sum(value),
        place=orders.place[order],
        ordered_at=orders.at[order].item(),
        promised=orders.promised[order].item(),
        delivered=orders.delivered[order].item(),
        returned=orders.returned[order].item(),
        signed=orders.signed_by[order] == f"C-{orders.customer[order]:06d}",
        guest=bool(orders.guest[order]),
    )


# ---- what happens to a product ----


def _about_lines(orders: Orders) -> Iterator[Story]:
    """Goods that turn out wrong after they have come and were kept."""
    dice = Dice(orders.seed, "line stories", orders.line_row)
    fate = dice.pick("fate", life("line_fate"))
    bad = _from_bad_batch(orders) & dice.happens("bad_batch", life("bad_batch_faults"))
    fate[bad] = "batch"
    kept = ~np.isnat(orders.delivered) & np.isnat(orders.returned)
    for line in np.flatnonzero((fate != "fine") & kept[orders.line_order]).tolist():
        luck = Luck(orders.seed, "line stories", int(orders.line_row[line]))
        bought = purchase(orders, line)
        if _can_be(fate[line], bought):
            yield _line_story(
                luck, fate[line], bought, int(orders.customer[orders.line_order[line]])
            )


def batch_of(seed: int) -> tuple[int, int]:
    """The product that was once badly made, and the day of the first bad sale."""
    luck = Luck(seed, "bad batch", 0)
    often = [place for place, item in enumerate(goods("generic")) if item.weight >= 40]
    opened, today = day_number(life("opened_on")), day_number(life("today"))
    return luck.one_of("product", often), luck.between("day", opened + 200, today - 150)


def _from_bad_batch(orders: Orders) -> NDArray[np.bool_]:
    product, first = batch_of(orders.seed)
    ordered = orders.at.astype("datetime64[D]").astype(np.int64)[orders.line_order]
    days_in = ordered - first
    in_time: NDArray[np.bool_] = (days_in >= 0) & (days_in < life("bad_batch_days"))
    of_product: NDArray[np.bool_] = orders.line_product == product
    return in_time & of_product


def _can_be(fate: str, bought: Purchase) -> bool:
    """Whether this can happen to this product on this order."""
    if fate in SENT_ONLY and bought.place == "store":
        return False
    needs = {"hazard": bought.item.can_hurt, "missing_part": bought.item.has_part}
    needs |= {"service": bought.item.needs_installation}
    return needs.get(fate, True)


def _line_story(luck: Luck, fate: str, bought: Purchase, customer: int) -> Story:
    day = bought.first_day
    if fate in {"defective", "hazard"}:
        day += timedelta(days=luck.one_of("days_of_use", life("days_of_use")))
    elif fate == "batch":
        # the whole batch fails in the same weeks, whenever it was sold
        fate, first = "defective", date(1970, 1, 1) + timedelta(days=batch_of(luck.seed)[1])
        day = max(day, first + timedelta(days=life("bad_batch_days") + luck.below("fails", 20)))
    elif fate in {"exchange_refused", "service"}:
        day += timedelta(days=luck.between("days_after", 2, 12))
    return told(luck, customer, fate, day, bought=bought, item=bought.item)


# ---- what happens to an order ----


def _about_orders(orders: Orders) -> Iterator[Story]:
    """Orders that came late, to somebody else, or not at all, or whose money is missing."""
    dice = Dice(orders.seed, "order stories", orders.row)
    sent = ~np.isnat(orders.promised) & np.isnat(orders.cancelled)
    came, back = ~np.isnat(orders.delivered), ~np.isnat(orders.returned)
    today = np.datetime64(life("today"), "s")
    late = sent & came & (orders.delivered.astype("datetime64[D]") > orders.promised)
    overdue = sent & ~came & (orders.promised + np.timedelta64(21, "D") < today)
    at_neighbour = ~back & (orders.signed_by == "neighbour")
    unsigned = ~back & np.array([name is None for name in orders.signed_by]) & ~orders.guest
    cases = {
        "refund_missing": back & dice.happens("refund_missing", life("refund_missing")),
        "late": late & dice.happens("late", life("late_says_so")),
        "lost": overdue & dice.happens("lost", life("lost_says_so")),
        "neighbour": sent & came & at_neighbour & dice.happens("lost", life("neighbour_says_so")),
        "nobody": sent & came & unsigned & dice.happens("lost", life("nobody_says_so")),
    }
    for order in np.flatnonzero(np.logical_or.reduce(list(cases.values()))).tolist():
        kind = next(name for name, those in cases.items() if those[order])
        line = int(np.searchsorted(orders.line_order, order))
        bought = purchase(orders, line)
        luck = Luck(orders.seed, "order stories", int(orders.row[order]))
        yield _order_story(luck, kind, bought, int(orders.customer[order]))


def _order_story(luck: Luck, kind: str, bought: Purchase, customer: int) -> Story:
    day = bought.first_day
    if kind == "refund_missing" and bought.returned:
        day = bought.returned.date() + timedelta(days=luck.between("waited", 10, 20))
    elif kind == "lost":
        day += timedelta(days=luck.between("waited", 1, 6))
    return told(luck, customer, kind, day, bought=bought, item=bought.item)


# ---- what happens to people who come in, buyers or not ----


def _about_visits(seed: int, numbers: Whole) -> Iterator[Story]:
    """How people were treated or informed; nobody needs to have bought anything."""
    fate = Dice(seed, "visits", numbers).pick("fate", life("visit"))
    joined = joined_at(seed, numbers)
    for place in np.flatnonzero(fate != "fine").tolist():
        number = int(numbers[place])
        luck = Luck(seed, "visits", number)
        known_for = (life("today") - joined[place].item().date()).days
        day = joined[place].item().date() + timedelta(days=luck.below("on", known_for))
        # about a price or an answer, somebody asked for one product
        asked = fate[place] in {"display_price", "wrong_information"}
        item = luck.one_of("product", goods("generic")) if asked else None
        yield told(luck, number, fate[place], working_day(day), item=item)
