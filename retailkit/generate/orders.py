"""What the customers buy: orders, their lines, and what happens to them on the way.

Every order that a customer might ever place is drawn here. Which of them are placed
depends on how satisfied the customer is by then (`moods.py`); an order keeps its number
either way, so numbers have gaps, as those of quotations that came to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from retailkit.generate.consent import CARD_YEARS, before_today, birthdays_in
from retailkit.generate.goods import goods, prices
from retailkit.generate.life import (
    FIRST_HOUR,
    LAST_HOUR,
    day_number,
    life,
    moments,
    not_on_sunday,
    so_far,
    weights,
)
from retailkit.generate.mixer import Dice
from retailkit.generate.rows import NEVER, Rows, Times, Whole, Yes, days_of, later, within
from retailkit.generate.seasons import day_of_purchase
from retailkit.generate.shelf import guarantee_months, has, monthly_choice

SLOTS = 64
"""Room for orders in a customer's life: order k of customer n is row n * SLOTS + k."""

BIRTHDAY_SLOTS = 32
"""From this slot on come the orders in the weeks after a birthday, one for each year."""

MOST_DAYS_AFTER = 21
"""As many days after a birthday such an order comes at the latest."""

WHEN = ("first", "later")
"""The first order of a customer, and those that follow."""

LINES = 4
"""Room for lines in an order."""

PLACES = tuple(life("place"))
STORE, WEBSITE = PLACES.index("store"), PLACES.index("website")
SIGNERS = tuple(life("signer"))
CUSTOMER, NOBODY = SIGNERS.index("customer"), SIGNERS.index("nobody")


@dataclass(frozen=True, kw_only=True)
class Orders(Rows):
    """Orders that some customers may place, and how each would go.

    `hard` are those with goods that one has to learn to use, `trained` those whose customers
    are taught. `waits_for` is the year without whose birthday card an order is not placed.
    """

    seed: int
    row: Whole
    customer: Whole
    person: Whole
    number: Whole
    guest: Yes
    place: Whole
    prepaid: Yes
    at: Times
    promised: Times
    paid: Times
    shipped: Times
    delivered: Times
    signer: Whole
    returned: Times
    cancelled: Times
    total: Any
    hard: Yes
    trained: Yes
    waits_for: Whole

    @property
    def late(self) -> Yes:
        """Whether the goods came after the promised day."""
        return ~np.isnat(self.delivered) & (self.delivered.astype("datetime64[D]") > self.promised)

    @property
    def first_day(self) -> Whole:
        """The first day with the customer, or the day on which the goods should have come."""
        sent = np.where(np.isnat(self.delivered), self.promised, self.delivered)
        return days_of(np.where(np.isnat(sent), self.at, sent))


@dataclass(frozen=True, kw_only=True)
class Lines(Rows):
    """The products on those orders; `order` is a place among the orders."""

    seed: int
    row: Whole
    order: Whole
    number: Whole
    product: Whole
    quantity: Whole
    unit_price: Any

    @property
    def total(self) -> Any:
        """What each line costs, to the cent."""
        return np.round(self.unit_price * self.quantity, 2)


def orders_of(
    seed: int, market: str, numbers: Whole, joined: Times, born: Times
) -> tuple[Orders, Lines]:
    """Every order that these customers may have placed so far, and what is on it."""
    placed = _placed(seed, market, numbers, joined, born)
    dice = Dice(seed, "orders", placed["row"])
    lines = _lines(dice, market, placed["at"])
    total = np.round(np.bincount(lines.order, weights=lines.total, minlength=len(placed["row"])), 2)
    taught = _taught(dice, market, placed["number"], lines)
    on_the_way = _on_the_way(dice, placed, taught)
    return Orders(seed=seed, **placed, **taught, **on_the_way, total=total), lines


def _placed(seed: int, market: str, numbers: Whole, joined: Times, born: Times) -> dict[str, Any]:
    """Who orders, when and where; each customer's orders from first to last."""
    counts = _how_many(seed, numbers, joined)
    usual = np.repeat(np.arange(len(numbers)), counts), within(counts)
    person, slot, waits_for = _around_birthdays(seed, numbers, joined, born, counts)
    person, slot = np.concatenate([usual[0], person]), np.concatenate([usual[1], slot])
    waits_for = np.concatenate([np.zeros(len(usual[0]), dtype=np.int64), waits_for])
    dice = Dice(seed, "orders", numbers[person] * SLOTS + slot)
    place = dice.place("place", weights("place"))
    at = _when(dice, market, place, slot, joined[person], born[person])
    in_time = np.lexsort((slot, at, person))
    # the weeks after the last birthdays are not over yet
    in_time = in_time[before_today(at[in_time])]
    of_person = np.bincount(person[in_time], minlength=len(numbers))
    return {
        "row": np.asarray(dice.rows)[in_time],
        "customer": numbers[person[in_time]],
        "person": person[in_time],
        "number": within(of_person) + 1,
        "place": place[in_time],
        "at": at[in_time],
        "guest": dice.happens("guest", life("guests"))[in_time],
        "waits_for": waits_for[in_time],
    }


def _around_birthdays(
    seed: int, numbers: Whole, joined: Times, born: Times, counts: Whole
) -> tuple[Whole, Whole, Whole]:
    """Orders in the weeks after a birthday: whose, their slot, and the card they wait for.

    The same draw decides whether somebody orders anyway, and whether a card would bring
    them to it; the latter waits for the year whose card it is. Year 0 waits for none.
    """
    found = []
    for year in CARD_YEARS:
        slot = BIRTHDAY_SLOTS + year - CARD_YEARS[0]
        dice = Dice(seed, "birthday orders", numbers * SLOTS + slot)
        anyway = dice.happens("orders", life("birthday_order"))
        perhaps = dice.happens("orders", life("birthday_order") + life("birthday_card_brings"))
        day = birthdays_in(year, born)
        here = (counts > 0) & (joined < day) & before_today(day)
        person = np.flatnonzero(perhaps & here)
        waits_for = np.where(anyway[person], 0, year)
        found.append((person, np.full(len(person), slot), waits_for))
    whose, slots, waits = (np.concatenate(column) for column in zip(*found, strict=True))
    return whose, slots, waits


def _taught(dice: Dice, market: str, number: Whole, lines: Lines) -> dict[str, Any]:
    """Which orders hold goods that one has to learn to use, and which customers are taught."""
    to_learn = has(market, "needs_training")[lines.product]
    hard = np.bincount(lines.order[to_learn], minlength=len(number)) > 0
    taken = np.where(number == 1, *(life("training_taken")[when] for when in WHEN))
    return {"hard": hard, "trained": hard & dice.happens("training", taken)}


def _how_many(seed: int, numbers: Whole, joined: Times) -> Whole:
    """How often each customer may buy: heavy buyers and light ones, newcomers less."""
    dice = Dice(seed, "customers", numbers)
    kind = dice.place("buyer", weights("buyer"))
    least, most = np.array([life("orders_of_buyer")[name] for name in life("buyer")]).T
    counts = least[kind] + dice.bits("orders").astype(np.int64) % (most - least + 1)[kind]
    whole = day_number(life("today")) - day_number(life("opened_on"))
    here = day_number(life("today")) - days_of(joined)
    return np.where(counts > 0, np.maximum(counts * here // whole, 1), 0)


def _when(dice: Dice, market: str, place: Whole, slot: Whole, joined: Times, born: Times) -> Times:
    """The moment of each order; the first comes soon after the customer joined."""
    share = dice.below("on", 10_000)
    days = day_of_purchase(market, days_of(joined), np.where(slot == 0, share // 20, share))
    for year in CARD_YEARS:
        here = np.flatnonzero(slot == BIRTHDAY_SLOTS + year - CARD_YEARS[0])
        birthday = days_of(birthdays_in(year, born[here]))
        days[here] = birthday + 1 + share[here] % MOST_DAYS_AFTER
    open_minutes = FIRST_HOUR * 60 + dice.below("at", (LAST_HOUR - FIRST_HOUR) * 60)
    any_minutes = 7 * 60 + dice.below("at", 16 * 60)
    online = place == WEBSITE
    at = moments(
        np.where(online, days, not_on_sunday(days)), np.where(online, any_minutes, open_minutes)
    )
    return np.maximum(at, joined + np.timedelta64(20, "m"))


def _lines(dice: Dice, market: str, at: Times) -> Lines:
    """What is on each order; no product stands there twice."""
    counts = 1 + dice.place("lines", weights("lines_of_order"))
    order = np.repeat(np.arange(len(at)), counts)
    row = np.asarray(dice.rows)[order] * LINES + within(counts)
    drawn = Dice(dice.seed, "order_lines", row)
    month = at.astype("datetime64[M]").astype(np.int64)[order] % 12
    product = monthly_choice(market, month, drawn.bits("product"))
    first = np.sort(np.unique(order * 64 + product, return_index=True)[1])
    most = np.array([item.quantity_up_to for item in goods(market)])[product]
    quantity = np.minimum(1 + drawn.place("quantity", life("pieces")), most)
    on_order = np.bincount(order[first], minlength=len(at))
    return Lines(
        seed=dice.seed,
        row=row[first],
        order=order[first],
        number=within(on_order) + 1,
        product=product[first],
        quantity=quantity[first],
        unit_price=prices(market)[product[first]],
    )


def _on_the_way(dice: Dice, placed: dict[str, Any], taught: dict[str, Any]) -> dict[str, Any]:
    """What happens to each order after it was placed; what lies ahead is empty."""
    at, store = placed["at"], placed["place"] == STORE
    day = days_of(at)
    promised = day + life("promised_days")
    cancelled = ~store & dice.happens("cancelled", life("cancelled"))
    shipped = _at(dice, "shipped", not_on_sunday(day + 1 + dice.below("packed", 2)), 14, 18)
    late = dice.happens("late", life("late"))
    extra = np.array([int(days) for days in life("days_late")])[
        dice.place("days_late", weights("days_late"))
    ]
    arrival = np.where(late, promised + extra, days_of(shipped) + 1 + dice.below("travel", 3))
    arrived = _at(dice, "delivered", not_on_sunday(arrival), 9, 19)
    lost = cancelled | dice.happens("lost", life("lost"))
    delivered = so_far(np.where(store, at, np.where(lost, NEVER, arrived)))
    ahead = np.array([life("paid_ahead").get(name, 0) for name in PLACES])[placed["place"]]
    prepaid = (dice.bits("prepaid") >> 32) < (ahead * 2**32).astype(np.uint64)
    called_off = later(at, minutes=60 + dice.below("cancelled_after", 600))
    return {
        "prepaid": prepaid,
        "promised": np.where(store, NEVER, moments(promised, promised * 0)),
        "paid": np.where(store | prepaid, at, delivered),
        "shipped": so_far(np.where(store | cancelled, NEVER, shipped)),
        "delivered": delivered,
        "signer": _signers(dice, placed, store),
        "returned": _returned(dice, delivered, _sent_back(placed["number"], **taught)),
        "cancelled": so_far(np.where(cancelled, called_off, NEVER)),
    }


def _at(dice: Dice, column: str, days: Whole, first_hour: int, last_hour: int) -> Times:
    return moments(days, first_hour * 60 + dice.below(column, (last_hour - first_hour) * 60))


def _signers(dice: Dice, placed: dict[str, Any], store: Yes) -> Whole:
    """Who takes the goods; at the counter the customers themselves. Guests leave no name."""
    signer = np.where(store, CUSTOMER, dice.place("signer", weights("signer")))
    return np.where(placed["guest"] & (signer == CUSTOMER), NOBODY, signer)


def _sent_back(number: Whole, hard: Yes, trained: Yes) -> Any:
    """How likely each order comes back: less where one was taught what one has to learn."""
    untrained = np.where(number == 1, *(life("returned_untrained")[when] for when in WHEN))
    return np.where(hard, untrained - life("training_keeps") * trained, life("returned"))


def _returned(dice: Dice, delivered: Times, chance: Any) -> Times:
    back = dice.happens("returned", chance) & ~np.isnat(delivered)
    came = days_of(np.where(back, delivered, np.datetime64(life("opened_on"), "s")))
    # training comes within three days, so nobody sends back before it what it would have kept
    days = not_on_sunday(came + 5 + dice.below("returned_after", 10))
    return so_far(np.where(back, _at(dice, "returned_at", days, 10, 19), NEVER))


def guaranteed_until(market: str, lines: Lines, orders: Orders) -> Times:
    """The last day of each line's guarantee."""
    from retailkit.markets import months_later

    first = orders.first_day[lines.order].astype("datetime64[D]")
    months = guarantee_months(market)[lines.product]
    last = np.empty(len(lines), dtype="datetime64[D]")
    for length in np.unique(months).tolist():
        last[months == length] = months_later(first[months == length], length)
    return last.astype("datetime64[s]")
