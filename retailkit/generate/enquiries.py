"""Questions that customers ask, and what they are told from the records."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from retailkit.columns import empty_where, table_of, words_at
from retailkit.generate.consent import before_today
from retailkit.generate.goods import goods
from retailkit.generate.handling import planted
from retailkit.generate.life import (
    FIRST_HOUR,
    LAST_HOUR,
    life,
    moments,
    not_on_sunday,
    opening_hour,
    weights,
)
from retailkit.generate.lives import Lives
from retailkit.generate.mixer import Dice
from retailkit.generate.orders import guaranteed_until
from retailkit.generate.people import some_day
from retailkit.generate.purchases import Purchases
from retailkit.generate.rows import NEVER, Rows, Times, Whole, at_places, days_of, ids, later
from retailkit.generate.sayings import Products, days_as_written, said_by
from retailkit.generate.stories import CHANNELS, Stories, at_the_desk
from retailkit.orders import Enquiry

KINDS = ("where", "guarantee", "use", "stock", "hours", "complain")
WHERE, GUARANTEE = KINDS.index("where"), KINDS.index("guarantee")
ANSWERS = (
    "enquiry.where.answer_open",
    "enquiry.where.answer_came",
    "enquiry.where.answer_cancelled",
    *[f"enquiry.{kind}.answer" for kind in KINDS[1:]],
)
TO_COME, CAME, CALLED_OFF = 0, 1, 2


@dataclass(frozen=True, kw_only=True)
class Questions(Rows):
    """Questions by the person who asks.

    `about` is the order's number, or -1; `answer` is a place among `ANSWERS`, and `day` the
    day that it names.
    """

    seed: int
    row: Whole
    person: Whole
    number: Whole
    about: Whole
    product: Whole
    kind: Whole
    at: Times
    answer: Whole
    day: Times


def enquiries_table(lives: Lives, bought: Purchases) -> pa.Table:
    """One row per question that a customer asked; by customer, first to last."""
    questions = _about_orders(lives, bought).and_then(_of_visitors(lives))
    questions = questions.and_then(_how_to_complain(lives))
    questions = questions.only(before_today(questions.at))
    questions = questions.only(np.lexsort((questions.number, questions.at, questions.person)))
    people = lives.people
    who, language = people.number[questions.person], people.language[questions.person]
    dice = Dice(questions.seed, "enquiries", questions.row)
    order_id = ids("O", who, np.maximum(questions.about, 0))
    words = {"order": order_id, "day": days_as_written(questions.day, language)}
    follow_up = at_the_desk(dice, days_of(questions.at) + 1)
    answered = _while_open(dice, later(questions.at, minutes=dice.between("answered", 20, 2000)))
    answered = np.where(dice.happens("unanswered", life("enquiry_unanswered")), NEVER, answered)
    answered = np.where(before_today(answered), answered, NEVER)
    asked = [f"enquiry.{kind}.question" for kind in KINDS]
    products = Products(market=lives.market, place=questions.product)
    told = said_by(list(ANSWERS), questions.answer, language, dice, words, products)
    columns = {
        "enquiry_id": ids("EN", who, questions.number),
        "customer_id": ids("C", who),
        "order_id": empty_where(questions.about < 0, order_id),
        "channel": words_at(CHANNELS, dice.place("channel", weights("channel"))),
        "at": questions.at,
        "question": said_by(asked, questions.kind, language, dice, words, products),
        "follow_up_on": follow_up.astype("datetime64[D]").astype("datetime64[s]"),
        "answered_at": answered,
        "answer": empty_where(np.isnat(answered), told),
    }
    return table_of(Enquiry, columns)


def _while_open(dice: Dice, times: Times) -> Times:
    """Each moment if the shop is open then, or else one on the next day on which it opens."""
    days = days_of(times)
    minutes = times.astype("datetime64[m]").astype(np.int64) - days * 1440
    late = minutes >= LAST_HOUR * 60
    shut = late | (minutes < FIRST_HOUR * 60) | (not_on_sunday(days) != days)
    return np.where(shut, at_the_desk(dice, days + late), times)


def _about_orders(lives: Lives, bought: Purchases) -> Questions:
    """Where an order is, how long its guarantee lasts, how to use what was on it."""
    orders = bought.orders
    dice = Dice(orders.seed, "order enquiries", orders.row)
    kind = dice.place("kind", weights("enquiry_about_order"))
    waits = kind == WHERE
    kept_goods = ~np.isnat(orders.delivered) & np.isnat(orders.returned)
    known = np.where(waits, ~np.isnat(orders.promised), kept_goods)
    rows = np.flatnonzero(dice.happens("asks", life("enquiries")) & ~orders.guest & known)
    kept, kind = orders.only(rows), kind[rows]
    mine = Dice(orders.seed, "order enquiries", kept.row)
    waited, used = mine.between("waited", 2, 9), mine.between("used", 3, 120)
    start = np.where(kind == WHERE, kept.at, kept.delivered)
    at = at_the_desk(mine, days_of(start) + np.where(kind == WHERE, waited, used))
    line = np.searchsorted(bought.lines.order, rows)
    came = ~np.isnat(kept.delivered) & (kept.delivered <= at)
    gone = ~np.isnat(kept.cancelled) & (kept.cancelled <= at)
    where = np.where(gone, CALLED_OFF, np.where(came, CAME, TO_COME))
    named = np.select([gone, came], [kept.cancelled, kept.delivered], kept.promised)
    until = guaranteed_until(lives.market, bought.lines.only(line), orders)
    return Questions(
        seed=orders.seed,
        row=kept.row,
        person=kept.person,
        number=kept.number,
        about=kept.number,
        product=bought.lines.product[line],
        kind=kind,
        at=at,
        answer=np.where(kind == WHERE, where, kind + CALLED_OFF),
        day=np.where(kind == GUARANTEE, until, named),
    )


def _of_visitors(lives: Lives) -> Questions:
    """Questions without an order: what there is, when the shop is open, how to complain."""
    people = lives.people
    dice = Dice(people.seed, "visitor enquiries", people.number)
    rows = np.flatnonzero(dice.happens("asks", life("visitors_asking")))
    mine = Dice(people.seed, "visitor enquiries", people.number[rows])
    names = list(life("enquiry_of_visitor"))
    kinds = np.array([KINDS.index(name) for name in names])
    kind = kinds[mine.place("kind", weights("enquiry_of_visitor"))]
    at = some_day(people.only(rows), mine)
    return _without_order(lives, mine, rows, np.zeros_like(rows), kind, at)


def _how_to_complain(lives: Lives) -> Questions:
    """Whoever cannot see how to complain asks first."""
    stories, published = lives.stories, lives.desk.procedure.published
    hidden = {"where", "means"} - set(published)
    asks = planted(lives.marks, "ways_not_shown", stories.row)
    asks |= bool(hidden) & stories.dice.happens("asks how", life("asks_how_to_complain"))
    rows = np.flatnonzero(asks & ~lives.by_guest)
    kept = stories.only(rows)
    at = _before_complaining(lives, kept)
    kind = np.full(len(rows), KINDS.index("complain"))
    return _without_order(lives, kept.dice, kept.person, kept.number + 100, kind, at)


def _before_complaining(lives: Lives, stories: Stories) -> Times:
    """Some moment in the three days before each complaint, and not before its cause."""
    start = np.maximum(
        moments(stories.event, np.full(len(stories), FIRST_HOUR * 60)),
        later(stories.received, days=np.full(len(stories), -3)),
    )
    start = np.maximum(start, lives.people.joined[stories.person])
    came = at_places(lives.orders.delivered, stories.order, NEVER)
    start = np.where(came > start, came, start)
    minutes = (stories.received - start).astype(np.int64) // 60
    asked = later(start, minutes=minutes * stories.dice.below("asked before", 1000) // 1000)
    return np.maximum(opening_hour(asked), start)


def _without_order(
    lives: Lives, dice: Dice, person: Whole, number: Whole, kind: Whole, at: Times
) -> Questions:
    return Questions(
        seed=dice.seed,
        row=np.asarray(dice.rows) + (1 << 52),
        person=person,
        number=number,
        about=np.full(len(person), -1),
        product=dice.below("product", len(goods(lives.market))),
        kind=kind,
        at=at,
        answer=kind + CALLED_OFF,
        day=at,
    )
