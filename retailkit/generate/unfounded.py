"""Claims that are not so: an exact, small share, drawn after everybody has told the truth."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from retailkit.generate.goods import goods
from retailkit.generate.life import life
from retailkit.generate.mixer import Dice
from retailkit.generate.orders import Orders
from retailkit.generate.stories import Story


def with_unfounded(stories: list[Story], orders: Orders, first_customer: int) -> list[Story]:
    """The same stories, an exact share of which is not so: false ones and imaginary ones."""
    count = round(life("unfounded") * len(stories))
    if not count:
        return stories
    false = count // 2
    # where the number is odd, the block decides which kind has one more
    false += count % 2 and int(Dice(orders.seed, "unfounded", [first_customer]).below("odd", 2)[0])
    told = list(stories)
    for place in _drawn(told, [_could_be_false(story) for story in told], false, orders.seed):
        told[place] = _false(told[place])
    made = sum(story.part == "false" for story in told)
    free = [story.part == "only" and _asked_long_ago(story) for story in told]
    for place in _drawn(told, free, count - made, orders.seed):
        told[place] = _imaginary(told[place], orders)
    return told


def _drawn(stories: list[Story], fit: list[bool], count: int, seed: int) -> list[int]:
    """The places of the drawn stories: the first of a keyed shuffle of those that fit."""
    places = np.flatnonzero(fit)
    rows = [stories[place].customer * 64 + stories[place].number for place in places]
    return [int(place) for place in places[Dice(seed, "unfounded", rows).exactly("drawn", count)]]


def _asked_long_ago(story: Story) -> bool:
    """Whether a question to the customer would by now have been open for long."""
    today: date = life("today")
    return (today - story.received.date()).days > 25


def _could_be_false(story: Story) -> bool:
    bought = story.bought
    if story.part != "only" or not bought or bought.guest:
        return False
    if story.kind == "refund_missing":
        return True
    if bought.place == "store" or not bought.signed or not bought.delivered or bought.returned:
        return False
    return 2 <= (story.received - bought.delivered).days <= 60


def _false(story: Story) -> Story:
    """Told against our own records: it was signed for, or sent back before it "broke"."""
    if story.kind == "refund_missing" or not story.bought:
        return story.told_as("defective", part="false", event=story.event)
    return story.told_as("lost", part="false", event=story.bought.first_day + timedelta(days=1))


def _imaginary(story: Story, orders: Orders) -> Story:
    """About something the shop never sold to them."""
    own = np.isin(orders.line_order, np.flatnonzero(orders.customer == story.customer))
    bought = set(orders.line_product[own].tolist())
    others = [item for place, item in enumerate(goods("generic")) if place not in bought]
    item = story.luck.one_of("never bought", others)
    return story.told_as("defective", part="imaginary", event=story.event, item=item)
