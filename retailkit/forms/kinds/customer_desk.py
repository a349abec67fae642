"""The customer desk: customers to be put into groups, each by their own orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from retailkit.case_file import CaseFile
from retailkit.catalogue import later, say
from retailkit.customers import CustomerGroup
from retailkit.forms.deck import Deck, agreed_on, verdict
from retailkit.insight import customer_groups, group_limits, purchase_file, rfm
from retailkit.records import Record, asked, questions
from retailkit.shop import Shop
from retailkit.text import Sentences, day, typed
from retailkit.words import count_of

MOST_ORDERS = 8
"""A card with more orders takes too long to read."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Grouped(Record):
    """The group into which a learner puts one customer."""

    group: CustomerGroup | None = asked("Which group does this customer belong to?")


class CustomerDesk(Deck):
    """Customers to put into groups, one after the other; every group of the shop appears.

    `grouped` is the table of what has been answered: one row per customer.
    """

    one_card = later("Card")
    all_done = later("All customers are in a group.")

    def __init__(self, shop: Shop, cards: int = 12) -> None:
        super().__init__(say("Customer desk"), questions(Grouped), {})
        self.need_cards(cards)
        self.shop = shop
        customers = rfm(shop.orders, on=shop.today)
        self.customers = customers.assign(group=customer_groups(customers))
        most_days, self.fewest = group_limits(customers)
        self.since = pd.Timestamp(shop.today) - pd.Timedelta(days=most_days)
        self.cards = of_every_group(self.customers, shop.orders, cards)
        self.said = Sentences([say("No customer is in a group yet.")])

    @property
    def grouped(self) -> pd.DataFrame:
        """One row per customer answered: your group and the desk's."""
        return pd.DataFrame(
            self.ruled, columns=["customer_id", "group", "desk_group"], dtype="object"
        )

    def card(self, number: str) -> CaseFile:
        card = purchase_file(self.shop, number)
        limits = say(
            "In this shop, lately is on {day} or later, and often is on {days} or more.",
            day=day(self.since),
            days=count_of(self.fewest, "day"),
        )
        return CaseFile(number, [*card, limits])

    def keep(self, answers: dict[str, Any]) -> Sentences:
        if self.is_done():
            return Sentences([say(self.all_done), *self.score()])
        number = self.cards[len(self.ruled)]
        mine, desk = str(answers["group"]), str(self.customers["group"][number])
        self.ruled.append({"customer_id": number, "group": mine, "desk_group": desk})
        said = verdict(number, typed(mine), typed(desk))
        return Sentences([said, self._because(number), *self.score()])

    def _because(self, number: str) -> str:
        last, times = self.customers["last_on"][number], int(self.customers["frequency"][number])
        return say(
            "The last purchase was on {day} ({lately}), and there were purchases on {days} "
            "({often}).",
            day=day(last),
            lately=say("lately") if last >= self.since else say("not lately"),
            days=count_of(times, "day"),
            often=say("often") if times >= self.fewest else say("not often"),
        )

    def take_back(self) -> Sentences:
        if not self.ruled:
            return Sentences([say("There is nothing to take back.")])
        number = self.ruled.pop()["customer_id"]
        return Sentences([say("Your answer to {number} is taken back.", number=number)])

    def score(self) -> Sentences:
        """How many answers are the desk's."""
        mine = self.grouped
        agreed = int((mine["group"] == mine["desk_group"]).sum())
        return Sentences([agreed_on(count_of(len(mine), "customer"), agreed)])


def of_every_group(customers: pd.DataFrame, orders: pd.DataFrame, size: int) -> list[str]:
    """Numbers of customers, of each group in turn and mixed; those with few orders to read.

    Who has an order that is no purchase comes first in a group: there the card is read best.
    """
    number = orders["customer_id"].value_counts().reindex(customers.index)
    few = customers[number <= MOST_ORDERS]
    trap = number[few.index] > few["frequency"]
    varied = few.assign(trap=trap).sort_values("trap", ascending=False, kind="stable")
    turn = varied.groupby("group").cumcount()
    # numbers follow the order in which people came, which has nothing to do with their group
    return sorted(map(str, turn.sort_values(kind="stable").index[:size]))
