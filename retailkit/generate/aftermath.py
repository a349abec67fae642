"""What customers tell the shop later about a matter, and what some tell that is not so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from retailkit.generate.life import day_number, life
from retailkit.generate.mixer import Dice
from retailkit.generate.orders import CUSTOMER, STORE, Lines, Orders
from retailkit.generate.rows import Whole, Yes, days_of, within
from retailkit.generate.stories import (
    CHANNELS,
    HARD,
    KINDS,
    PARTS,
    Stories,
    at_the_desk,
    story,
)

UNTRUE, AFTER = 4 << 44, 64 << 44
"""Added to the row of a customer or an earlier story: each story has draws of its own."""


def with_aftermath(first_told: Stories, orders: Orders) -> Stories:
    """The stories and what came after them, told before today; by customer, first to last."""
    part = _parts(first_told)
    tells_again = part == PARTS.index("again")
    told = replace(
        first_told,
        part=_part_of_first(part),
        slow=first_told.slow | tells_again & _first_was_slow(first_told),
    )
    everything = told
    for name, after in (
        ("again", _again),
        ("remedied", _crossed),
        ("duplicate", _repeated),
        ("handling", _about_handling),
    ):
        which = part == PARTS.index(name)
        everything = everything.and_then(after(told.only(which), orders))
    today = np.datetime64(life("today"), "s")
    return in_order(everything.only(everything.received < today))


def in_order(stories: Stories) -> Stories:
    """The stories by customer, each customer's from first to last and numbered so."""
    sequence = np.lexsort((stories.row, stories.received, stories.customer))
    sorted_ = stories.only(sequence)
    counts = np.unique(sorted_.customer, return_counts=True)[1]
    return replace(sorted_, number=within(counts) + 1)


def _parts(stories: Stories) -> Whole:
    """What comes after each story: again, remedied, duplicate, handling, or (only) nothing."""
    dice, parts = stories.dice, np.zeros(len(stories), dtype=np.int64)
    about_goods = stories.told("defective", "hazard", "service", "missing_part")
    again = about_goods & dice.happens("again", life("again"))
    crossed = about_goods & ~again & dice.happens("already_put_right", life("already_put_right"))
    twice = dice.happens("said_twice", life("said_twice")) & ~stories.told(*HARD)
    slow = stories.slow & dice.happens("handling", life("handling"))
    # from the weakest to the strongest: of two, the later one in this list holds
    for name, which in (
        ("handling", slow),
        ("duplicate", twice),
        ("remedied", crossed),
        ("again", again),
    ):
        parts[which] = PARTS.index(name)
    return parts


def _part_of_first(part: Whole) -> Whole:
    first = np.where(part == PARTS.index("duplicate"), PARTS.index("said"), PARTS.index("first"))
    return np.where(part == 0, 0, first)


def _first_was_slow(stories: Stories) -> Yes:
    return stories.dice.happens("again_after_slow", life("again_after_slow"))


def _again(first: Stories, orders: Orders) -> Stories:
    """The same fault once more, after the shop has dealt with it."""
    days = _dice_after(first).between("again_on", 50, 85)
    return _new_event(first, orders, "again", first.kind, days, first.matter)


def _about_handling(first: Stories, orders: Orders) -> Stories:
    """A complaint about how long the first answer took."""
    days = _dice_after(first).between("waited", 45, 60)
    kind = np.full(len(first), KINDS.index("handling"))
    return _new_event(first, orders, "handling", kind, days, first.row + AFTER)


def _dice_after(first: Stories) -> Dice:
    return Dice(first.seed, "stories", first.row + AFTER)


def _new_event(
    first: Stories, orders: Orders, part: str, kind: Whole, days: Whole, matter: Whole
) -> Stories:
    later = story(
        first.seed,
        first.received,
        row=first.row + AFTER,
        matter=matter,
        first=first.row,
        customer=first.customer,
        person=first.person,
        order=first.order,
        line=first.line,
        item=first.item,
        kind=kind,
        part=np.full(len(first), PARTS.index(part)),
        event=days_of(first.received) + days,
    )
    return replace(later, slow=np.zeros(len(first), dtype=np.bool_))


def _crossed(first: Stories, orders: Orders) -> Stories:
    """A letter that crossed with the remedy."""
    return _same_event(first, "remedied", _dice_after(first).between("crossed", 22, 35))


def _repeated(first: Stories, orders: Orders) -> Stories:
    """The same matter again within a week, in case it was not heard."""
    return _same_event(first, "duplicate", _dice_after(first).between("days_between", 1, 5))


def _same_event(first: Stories, part: str, days: Whole) -> Stories:
    """The same matter told again, by another channel, though nothing new has happened."""
    dice = _dice_after(first)
    another = dice.between("channel", 1, len(CHANNELS) - 1)
    return replace(
        first,
        row=first.row + AFTER,
        first=first.row,
        part=np.full(len(first), PARTS.index(part)),
        channel=(first.channel + another) % len(CHANNELS),
        received=at_the_desk(dice, days_of(first.received) + days),
        slow=np.zeros(len(first), dtype=np.bool_),
    )


def untrue_stories(
    orders: Orders, lines: Lines, quiet: Whole, products: int, kept: Yes
) -> tuple[Stories, Stories]:
    """What some of these quiet customers might tell that is not so: false, and imaginary.

    False is what a record of ours contradicts, imaginary what no record of ours knows.
    """
    signed = (orders.signer == CUSTOMER) & (orders.place != STORE) & ~orders.guest & kept
    signed &= ~np.isnat(orders.delivered) & np.isnat(orders.returned)
    signed &= np.isin(orders.customer, quiet)
    signed &= days_of(orders.delivered) + 40 < day_number(life("today"))
    # one order of each customer: the first that was signed for
    order = np.flatnonzero(signed)
    order = order[np.unique(orders.customer[order], return_index=True)[1]]
    line = np.searchsorted(lines.order, order)
    false = _untrue(orders, lines, order, line, lines.product[line], "lost", "false")
    drawn = Dice(orders.seed, "untrue", orders.customer[order])
    other = _never_bought(orders, lines, order, drawn, products)
    none = np.full(len(order), -1)
    imaginary = _untrue(orders, lines, order, none, other, "defective", "imaginary")
    return false, replace(imaginary, order=none)


def _untrue(
    orders: Orders, lines: Lines, order: Whole, line: Whole, item: Whole, kind: str, part: str
) -> Stories:
    return story(
        orders.seed,
        orders.delivered[order] + np.timedelta64(2, "D"),
        row=orders.customer[order] + UNTRUE,
        customer=orders.customer[order],
        person=orders.person[order],
        order=order,
        line=line,
        item=item,
        kind=np.full(len(order), KINDS.index(kind)),
        part=np.full(len(order), PARTS.index(part)),
        event=orders.first_day[order] + 1,
    )


def _never_bought(orders: Orders, lines: Lines, order: Whole, drawn: Dice, products: int) -> Whole:
    """A product for each order's customer that they have never bought."""
    bought = np.zeros((int(orders.person.max(initial=0)) + 1, products), dtype=np.bool_)
    bought[orders.person[lines.order], lines.product] = True
    # of the products never bought, the one with the highest draw
    rank = np.stack([drawn.bits(f"product {place}") >> 1 for place in range(products)], axis=-1)
    return np.argmax(np.where(bought[orders.person[order]], 0, rank), axis=-1)
