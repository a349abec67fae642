"""The lives of a block of customers: what they buy, what goes wrong, and how that ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retailkit.customers import CollectionChannel
from retailkit.generate.aftermath import untrue_stories, with_aftermath
from retailkit.generate.cases import Cases, cases_of
from retailkit.generate.causes import stories_of
from retailkit.generate.goods import goods
from retailkit.generate.handling import Handling, Marks, handled
from retailkit.generate.languages import LANGUAGES
from retailkit.generate.moods import come_back, with_handling, with_purchase
from retailkit.generate.orders import Lines, Orders, orders_of
from retailkit.generate.rows import Rows, Times, Whole, Yes, at
from retailkit.generate.staff import Desk
from retailkit.generate.stories import Stories

NOTHING = np.array([], dtype=np.int64)

WAYS = tuple(channel.value for channel in CollectionChannel)
"""The ways in which a shop comes to know its customers."""


@dataclass(frozen=True, kw_only=True)
class People(Rows):
    """The customers of a block. `language` and `way` are places in their lists.

    The language is the one in which the desk takes them down, mostly their own.
    """

    seed: int
    number: Whole
    joined: Times
    born: Times
    language: Whole
    way: Whole
    has_phone: Yes


def people_in(seed: int, customers: pa.Table, numbers: Whole, told_in: str | None) -> People:
    """What lives are worked out from, of the customers with these numbers.

    All are taken down in the language `told_in`, or each in their own.
    """
    own = _places(customers["language"], LANGUAGES)
    return People(
        seed=seed,
        number=numbers,
        joined=customers["joined_at"].to_numpy(),
        born=customers["birth_on"].to_numpy(),
        language=own if told_in is None else np.full(len(own), LANGUAGES.index(told_in)),
        way=_places(customers["channel"], WAYS),
        has_phone=customers["phone"].is_valid().to_numpy(),
    )


def _places(column: Any, words: tuple[str, ...]) -> Whole:
    return pc.index_in(column, pa.array(words)).to_numpy().astype(np.int64)


@dataclass(frozen=True, kw_only=True)
class Lives:
    """Everything that happens to the customers of a block, as arrays.

    `orders` are all that might be placed, `placed` says which are, and `satisfied` how
    satisfied each leaves the customer. `stories`, `cases`, `handling` and `content` (how
    satisfied the handling leaves them) have a place for each case in the claims book.
    """

    desk: Desk
    people: People
    orders: Orders
    lines: Lines
    placed: Yes
    satisfied: Whole
    stories: Stories
    cases: Cases
    handling: Handling
    content: Whole
    marks: Marks

    @property
    def market(self) -> str:
        """The market of the shop."""
        return self.desk.market

    @property
    def by_guest(self) -> Yes:
        """Which cases are about the order of a guest."""
        return at(self.orders.guest, self.stories.order, False)

    @property
    def bought(self) -> tuple[Orders, Lines]:
        """The orders that were placed, and their lines."""
        place = np.cumsum(self.placed) - 1
        kept = self.lines.only(self.placed[self.lines.order])
        return self.orders.only(self.placed), replace(kept, order=place[kept.order])


def lives_of(desk: Desk, people: People, marks: Marks) -> Lives:
    """The lives of these customers, with these faults in how the shop handles their cases."""
    market, mended = desk.market, desk.procedure.reviews_causes
    orders, lines = orders_of(desk.seed, market, people.number, people.joined)
    first_told = stories_of(market, orders, lines, people.number, people.joined, mended)
    stories = with_aftermath(first_told, orders)
    cases = cases_of(market, stories, orders, lines.unit_price * lines.quantity)
    handling = handled(desk, stories, cases, marks)
    satisfied, content = with_purchase(orders, stories), with_handling(market, stories, handling)
    # an order whose case bears a fault is placed: what is planted is found
    marked = np.isin(stories.row, np.concatenate([NOTHING, *marks.values()]))
    held = np.isin(np.arange(len(orders)), stories.order[marked])
    placed = come_back(orders, stories, handling, (satisfied, content), held)
    there = at(placed, stories.order, True)
    return Lives(
        desk=desk,
        people=people,
        orders=orders,
        lines=lines,
        placed=placed,
        satisfied=satisfied,
        stories=stories.only(there),
        cases=cases.only(there),
        handling=handling.only(there),
        content=content[there],
        marks=marks,
    )


def untrue_of(lives: Lives) -> tuple[Stories, Stories]:
    """The untrue stories that customers without any other might tell: false, and imaginary."""
    quiet = np.setdiff1d(lives.people.number, lives.stories.customer)
    products = len(goods(lives.market))
    return untrue_stories(lives.orders, lives.lines, quiet, products, lives.placed)


def with_untrue(lives: Lives, might: tuple[Stories, Stories], marks: Marks) -> Lives:
    """The same lives, and the stories that are not so from the customers who are marked."""
    told = might[0].only(np.isin(might[0].customer, marks["false"]))
    told = told.and_then(might[1].only(np.isin(might[1].customer, marks["imaginary"])))
    cost = lives.lines.unit_price * lives.lines.quantity
    cases = cases_of(lives.market, told, lives.orders, cost)
    handling = handled(lives.desk, told, cases, {})
    stories = lives.stories.and_then(told)
    sequence = np.argsort(stories.customer, kind="stable")
    content = np.concatenate([lives.content, with_handling(lives.market, told, handling)])
    return replace(
        lives,
        stories=stories.only(sequence),
        cases=lives.cases.and_then(cases).only(sequence),
        handling=lives.handling.and_then(handling).only(sequence),
        content=content[sequence],
    )
