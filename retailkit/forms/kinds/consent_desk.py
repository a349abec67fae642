"""The consent desk: customers' answers, and whether we may send them an offer today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from retailkit.aftersales import may_contact
from retailkit.aftersales.consent_file import answers_in_order, consent_file
from retailkit.case_file import CaseFile
from retailkit.catalogue import later, say
from retailkit.customers import CollectionChannel, ConsentState, Purpose
from retailkit.forms.deck import Deck, agreed_on, verdict
from retailkit.records import Record, asked, questions
from retailkit.shop import Shop
from retailkit.text import Sentences, spoken
from retailkit.upkeep.consent import last_answers
from retailkit.words import count_of


@dataclass(frozen=True, kw_only=True, repr=False)
class Read(Record):
    """How a learner reads one customer's answers."""

    may: bool | None = asked("May we send them an offer today?")
    state: ConsentState | None = asked("Which answer about offers counts today?")


class ConsentDesk(Deck):
    """Customers' answers to read, one customer after the other; every way to answer appears.

    `read` is the table of what has been decided: one row per customer.
    """

    one_card = later("Card")
    all_done = later("All answers are read.")

    def __init__(self, shop: Shop, cards: int = 12) -> None:
        super().__init__(say("Consent desk"), questions(Read), {})
        self.need_cards(cards)
        self.shop = shop
        self.cards = of_every_kind(shop, cards)
        today = pd.DataFrame({"customer_id": self.cards, "at": pd.Timestamp(shop.today)})
        found = last_answers(shop, today, Purpose.MARKETING).set_index("customer_id")
        self.state = found["state"].fillna(ConsentState.NOT_ASKED.value)
        self.said = Sentences([say("No answer is read yet.")])

    @property
    def read(self) -> pd.DataFrame:
        """One row per customer: whether we may, by which answer, and the desk's word for both."""
        columns = ["customer_id", "may", "state", "desk_may", "desk_state"]
        return pd.DataFrame(self.ruled, columns=columns, dtype="object")

    def card(self, number: str) -> CaseFile:
        return consent_file(self.shop, number)

    def keep(self, answers: dict[str, Any]) -> Sentences:
        if self.is_done():
            return Sentences([say(self.all_done), *self.score()])
        number = self.cards[len(self.ruled)]
        why = may_contact(self.shop, number)
        desk = {"may": bool(why), "state": str(self.state[number])}
        mine = {"may": answers["may"], "state": str(answers["state"])}
        row = {f"desk_{name}": answer for name, answer in desk.items()}
        self.ruled.append({"customer_id": number, **mine, **row})
        said = verdict(number, _in_words(mine), _in_words(desk))
        return Sentences([said, repr(why), *self.score()])

    def take_back(self) -> Sentences:
        if not self.ruled:
            return Sentences([say("There is nothing to take back.")])
        number = self.ruled.pop()["customer_id"]
        return Sentences([say("Your answer about {number} is taken back.", number=number)])

    def score(self) -> Sentences:
        """How many answers are the desk's, and who gets an offer that they did not say yes to."""
        mine = self.read
        agreed = int(
            ((mine["may"] == mine["desk_may"]) & (mine["state"] == mine["desk_state"])).sum()
        )
        unwanted = sum(
            may and not desk for may, desk in zip(mine["may"], mine["desk_may"], strict=True)
        )
        return Sentences(
            [
                agreed_on(count_of(len(mine), "customer"), agreed),
                say("Offers to somebody whose yes we do not have: {offers}.", offers=unwanted),
            ]
        )


def _in_words(answers: dict[str, Any]) -> str:
    return f"{say('yes') if answers['may'] else say('no')} ({spoken(answers['state'])})"


def of_every_kind(shop: Shop, size: int) -> list[str]:
    """Numbers of customers, of each kind of answers about offers in turn.

    A kind is what was answered, in which order, and whether on a complaint form. Who has
    answered about other things as well comes first: there the card is read best.
    """
    answers = answers_in_order(shop)
    answers = answers[answers["customer_id"].isin(shop.customers["customer_id"])]
    many = answers["customer_id"].value_counts()
    offers = answers[answers["purpose"] == Purpose.MARKETING]
    complaint = (offers["channel"] == CollectionChannel.COMPLAINT).astype("str")
    kinds = (offers["state"] + " " + complaint).groupby(offers["customer_id"]).agg(tuple)
    kinds = kinds.loc[many.loc[kinds.index].sort_values(ascending=False, kind="stable").index]
    turn = kinds.groupby(kinds).cumcount()
    # numbers follow the order in which people came, which has nothing to do with their answers
    return sorted(map(str, turn.sort_values(kind="stable").index[:size]))
