"""The lives of a block of customers: what they buy, what goes wrong, and how that ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from retailkit.generate.aftermath import untrue_stories, with_aftermath
from retailkit.generate.cases import Cases, cases_of
from retailkit.generate.causes import stories_of
from retailkit.generate.consent import CARD_YEARS, gets_card
from retailkit.generate.goods import goods
from retailkit.generate.handling import Handling, Marks, handled
from retailkit.generate.moods import come_back, with_handling, with_purchase
from retailkit.generate.orders import Lines, Orders, orders_of
from retailkit.generate.people import People
from retailkit.generate.rows import Whole, Yes, at_places
from retailkit.generate.staff import Desk
from retailkit.generate.stories import Stories

NOTHING = np.array([], dtype=np.int64)


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
        return at_places(self.orders.guest, self.stories.order, False)

    @property
    def bought(self) -> tuple[Orders, Lines]:
        """The orders that were placed, and their lines."""
        place = np.cumsum(self.placed) - 1
        kept = self.lines.only(self.placed[self.lines.order])
        return self.orders.only(self.placed), replace(kept, order=place[kept.order])


def lives_of(desk: Desk, people: People, marks: Marks) -> Lives:
    """The lives of these customers, with these faults in how the shop handles their cases."""
    market, mended = desk.market, desk.procedure.reviews_causes
    orders, lines = orders_of(desk.seed, market, people.number, people.joined, people.born)
    first_told = stories_of(market, orders, lines, people.number, people.joined, mended)
    stories = with_aftermath(first_told, orders)
    cases = cases_of(market, stories, orders, lines.total)
    handling = handled(desk, stories, cases, marks)
    satisfied, content = with_purchase(orders, stories), with_handling(market, stories, handling)
    # an order whose case bears a fault is placed: what is planted is found
    marked = np.isin(stories.row, np.concatenate([NOTHING, *marks.values()]))
    held = np.isin(np.arange(len(orders)), stories.order[marked])
    called = _called(people, orders)
    placed = come_back(orders, stories, handling, (satisfied, content), held, called)
    there = at_places(placed, stories.order, True)
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


def _called(people: People, orders: Orders) -> Yes:
    """Which orders nothing is lacking for: no card that they wait for, or the card came."""
    waiting = np.flatnonzero(orders.waits_for)
    called = orders.waits_for == 0
    year = orders.waits_for[waiting] - CARD_YEARS[0]
    called[waiting] = gets_card(people)[year, orders.person[waiting]]
    return called


def untrue_of(lives: Lives) -> tuple[Stories, Stories]:
    """The untrue stories that customers without any other might tell: false, and imaginary."""
    quiet = np.setdiff1d(lives.people.number, lives.stories.customer)
    products = len(goods(lives.market))
    return untrue_stories(lives.orders, lives.lines, quiet, products, lives.placed)


def with_untrue(lives: Lives, might: tuple[Stories, Stories], marks: Marks) -> Lives:
    """The same lives, and the stories that are not so from the customers who are marked."""
    told = might[0].only(np.isin(might[0].customer, marks["false"]))
    told = told.and_then(might[1].only(np.isin(might[1].customer, marks["imaginary"])))
    cases = cases_of(lives.market, told, lives.orders, lives.lines.total)
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
