"""What goes wrong: with goods, with orders, and with people who come in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from retailkit.generate.goods import goods
from retailkit.generate.life import day_number, life, not_on_sunday, weights
from retailkit.generate.mixer import Dice, Luck
from retailkit.generate.orders import NOBODY, SIGNERS, STORE, Lines, Orders
from retailkit.generate.rows import Times, Whole, Yes, days_of
from retailkit.generate.shelf import has
from retailkit.generate.stories import KINDS, Stories, story

SENT_ONLY = ("damaged", "wrong_item", "missing_part")
"""What cannot happen at the counter, where customers see what they take."""

NEEDS = {"hazard": "can_hurt", "missing_part": "has_part", "service": "needs_installation"}
"""What a product must have for this to happen to it."""

FROM_LINE, FROM_ORDER, FROM_VISIT = (n << 44 for n in (1, 2, 3))
"""Added to the row of a line, an order or a customer: each story has draws of its own."""


def stories_of(
    market: str, orders: Orders, lines: Lines, numbers: Whole, joined: Times, mended: bool
) -> Stories:
    """Everything that may go wrong for these customers and be told to the shop, as first told.

    `mended` says that the shop finds the cause of a bad batch and stops selling it.
    """
    parts = (
        _about_lines(market, orders, lines, mended),
        _about_orders(orders, lines),
        _about_visits(market, orders.seed, numbers, joined),
    )
    return parts[0].and_then(parts[1]).and_then(parts[2])


# ---- what happens to a product ----


def _about_lines(market: str, orders: Orders, lines: Lines, mended: bool) -> Stories:
    """Goods that turn out wrong after they have come and were kept."""
    dice = Dice(orders.seed, "line stories", lines.row)
    fates = list(life("line_fate"))
    fate = dice.place("fate", weights("line_fate"))
    batch = _from_bad_batch(market, orders, lines, mended)
    bad = batch & dice.happens("bad_batch", life("bad_batch_faults"))
    kept = ~np.isnat(orders.delivered) & np.isnat(orders.returned)
    happens = (bad | (fate != fates.index("fine"))) & kept[lines.order]
    fate[bad] = fates.index("defective")
    for name in SENT_ONLY:
        happens &= (fate != fates.index(name)) | (orders.place[lines.order] != STORE)
    for name, what in NEEDS.items():
        happens &= (fate != fates.index(name)) | has(market, what)[lines.product]
    line = np.flatnonzero(happens)
    kind = np.array([KINDS.index(name) if name in KINDS else -1 for name in fates])[fate[line]]
    order = lines.order[line]
    return story(
        orders.seed,
        orders.delivered[order],
        row=lines.row[line] + FROM_LINE,
        customer=orders.customer[order],
        person=orders.person[order],
        order=order,
        line=line,
        item=lines.product[line],
        kind=kind,
        event=_day_of_fault(market, orders, lines, line, kind, bad[line]),
    )


def _day_of_fault(
    market: str, orders: Orders, lines: Lines, line: Whole, kind: Whole, bad: Yes
) -> Whole:
    dice = Dice(orders.seed, "line stories", lines.row[line])
    day = orders.first_day[lines.order[line]]
    used = np.array(life("days_of_use"))[dice.below("days_of_use", len(life("days_of_use")))]
    in_use = np.isin(kind, [KINDS.index("defective"), KINDS.index("hazard")])
    soon = np.isin(kind, [KINDS.index("exchange_refused"), KINDS.index("service")])
    # whoever put it up came within a week
    put_up = np.where(kind == KINDS.index("service"), life("days_to_service")["installation"][1], 0)
    # the whole batch fails in the same weeks, whenever it was sold
    fails = bad_batch(market, orders.seed)[1] + life("bad_batch_days") + dice.below("fails", 20)
    later = np.where(in_use, used, np.where(soon, put_up + dice.between("days_after", 2, 12), 0))
    return np.where(bad, np.maximum(day, fails), day + later)


def bad_batch(market: str, seed: int) -> tuple[int, int]:
    """The product that was once badly made, and the day of the first bad sale."""
    luck = Luck(seed, "bad batch", 0)
    often = [place for place, item in enumerate(goods(market)) if item.weight >= 40]
    opened, today = day_number(life("opened_on")), day_number(life("today"))
    return luck.one_of("product", often), luck.between("day", opened + 200, today - 250)


def _from_bad_batch(market: str, orders: Orders, lines: Lines, mended: bool) -> Yes:
    product, first = bad_batch(market, orders.seed)
    days_in = days_of(orders.at)[lines.order] - first
    lasts = life("bad_batch_days") if mended else life("bad_batch_days_unmended")
    return (lines.product == product) & (days_in >= 0) & (days_in < lasts)


# ---- what happens to an order ----


def _about_orders(orders: Orders, lines: Lines) -> Stories:
    """Orders that came late, to somebody else, or not at all, or whose money is missing."""
    dice = Dice(orders.seed, "order stories", orders.row)
    # from the least to the most pressing: of two, the later one in this list is told
    kind = np.full(len(orders), -1)
    for name, happens in _cases(orders, dice):
        kind[happens] = KINDS.index(name)
    order = np.flatnonzero(kind >= 0)
    line = np.searchsorted(lines.order, order)
    drawn = Dice(orders.seed, "order stories", orders.row[order])
    returned = days_of(orders.returned[order]) + drawn.between("refund_after", 10, 20)
    waited = np.where(kind[order] == KINDS.index("lost"), drawn.between("waited", 1, 6), 0)
    missing = kind[order] == KINDS.index("refund_missing")
    return story(
        orders.seed,
        orders.delivered[order],
        row=orders.row[order] + FROM_ORDER,
        customer=orders.customer[order],
        person=orders.person[order],
        order=order,
        line=line,
        item=lines.product[line],
        kind=kind[order],
        event=np.where(missing, returned, orders.first_day[order] + waited),
    )


def _cases(orders: Orders, dice: Dice) -> Iterator[tuple[str, Yes]]:
    sent = ~np.isnat(orders.promised) & np.isnat(orders.cancelled)
    came, back = ~np.isnat(orders.delivered), ~np.isnat(orders.returned)
    overdue = sent & ~came & (days_of(orders.promised) + 21 < day_number(life("today")))
    by_neighbour = orders.signer == SIGNERS.index("neighbour")
    by_nobody = (orders.signer == NOBODY) & ~orders.guest
    yield "nobody", sent & came & ~back & by_nobody & dice.happens("lost", life("nobody_says_so"))
    yield (
        "neighbour",
        sent & came & ~back & by_neighbour & dice.happens("lost", life("neighbour_says_so")),
    )
    yield "lost", overdue & dice.happens("lost", life("lost_says_so"))
    yield "late", sent & orders.late & dice.happens("late", life("late_says_so"))
    yield "refund_missing", back & dice.happens("refund_missing", life("refund_missing"))


# ---- what happens to people who come in, buyers or not ----


def _about_visits(market: str, seed: int, numbers: Whole, joined: Times) -> Stories:
    """How people were treated or informed; nobody needs to have bought anything."""
    fates = list(life("visit"))
    fate = Dice(seed, "visits", numbers).place("fate", weights("visit"))
    person = np.flatnonzero(fate != fates.index("fine"))
    kind = np.array([KINDS.index(name) if name in KINDS else -1 for name in fates])[fate[person]]
    dice = Dice(seed, "visits", numbers[person])
    known_for = day_number(life("today")) - days_of(joined[person])
    about = np.isin(kind, [KINDS.index("display_price"), KINDS.index("wrong_information")])
    nothing = np.full(len(person), -1)
    return story(
        seed,
        joined[person],
        row=numbers[person] + FROM_VISIT,
        customer=numbers[person],
        person=person,
        order=nothing,
        line=nothing,
        # about a price or an answer, somebody asked for one product
        item=np.where(about, dice.below("product", len(goods(market))), -1),
        kind=kind,
        event=not_on_sunday(
            days_of(joined[person]) + (dice.below("on", 10_000) * known_for) // 10_000
        ),
    )
