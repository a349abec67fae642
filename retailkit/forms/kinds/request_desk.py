"""The request desk: requests from the shop's records, each to be sent to the right support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from retailkit.aftersales import Advice, request_file, right_support, support_requests
from retailkit.case_file import CaseFile
from retailkit.catalogue import later, say
from retailkit.forms.deck import Deck, agreed_on
from retailkit.records import Record, asked, questions
from retailkit.services import Provider, SupportType
from retailkit.shop import Shop
from retailkit.text import Sentences, spoken
from retailkit.words import count_of, listing


@dataclass(frozen=True, kw_only=True, repr=False)
class Sent(Record):
    """Where a learner sends one request."""

    support_type: SupportType | None = asked("Which kind of support is it?")
    provider: Provider | None = asked("Who gives it?")


class RequestDesk(Deck):
    """Requests to send on, one after the other; every kind of support and provider appears.

    `sent` is the table of what has been sent: one row per request.
    """

    one_card = later("Request")
    all_done = later("All requests are sent.")

    def __init__(self, shop: Shop, cards: int = 20) -> None:
        super().__init__(say("Request desk"), questions(Sent), {})
        self.need_cards(cards)
        self.shop = shop
        self.requests = support_requests(shop).dropna(subset="belongs_to").set_index("service_id")
        self.cards = varied(self.requests, cards)
        self.said = Sentences([say("No request is sent yet.")])

    @property
    def sent(self) -> pd.DataFrame:
        """One row per request sent: your kind and provider, and the desk's."""
        columns = ["service_id", "support_type", "provider", "desk_support_type", "desk_provider"]
        return pd.DataFrame(self.ruled, columns=columns, dtype="object")

    def card(self, number: str) -> CaseFile:
        return request_file(self.shop, number)

    def keep(self, answers: dict[str, Any]) -> Sentences:
        if self.is_done():
            done = say("All {requests} requests are sent.", requests=len(self.cards))
            return Sentences([done, *self.score()])
        number = self.cards[len(self.ruled)]
        desk = self._desk(number)
        mine = {name: str(answer) for name, answer in answers.items()}
        desks = {"support_type": str(desk.support_type), "provider": str(desk.provider)}
        self.ruled.append(
            {"service_id": number, **mine} | {f"desk_{name}": word for name, word in desks.items()}
        )
        said = later("{number}: you say {mine}. The desk says something else.")
        if mine == desks:
            said = later("{number}: you say {mine}. The desk says the same.")
        said = say(said, number=number, mine=_pair(mine))
        return Sentences([said, desk.because, *self.score()])

    def _desk(self, number: str) -> Advice:
        row = dict(self.requests.loc[number])
        return right_support(row["request"], row["category"])

    def take_back(self) -> Sentences:
        if not self.ruled:
            return Sentences([say("There is nothing to take back.")])
        number = self.ruled.pop()["service_id"]
        return Sentences([say("Your answer to {number} is taken back.", number=number)])

    def score(self) -> Sentences:
        """How many answers are the desk's, and how many customers have to ask once more."""
        mine = self.sent
        kind = mine["support_type"] == mine["desk_support_type"]
        provider = mine["provider"] == mine["desk_provider"]
        agreed = [count_of(int(kind.sum()), "kind"), count_of(int(provider.sum()), "provider")]
        asked_twice = int((~(kind & provider)).sum())
        return Sentences(
            [
                agreed_on(count_of(len(mine), "request"), listing(agreed)),
                say(
                    "Customers who were sent to the wrong place and must ask again: {customers}.",
                    customers=asked_twice,
                ),
            ]
        )


def _pair(words: dict[str, str]) -> str:
    return say(
        "{kind} by the {provider}",
        kind=spoken(words["support_type"]),
        provider=spoken(words["provider"]),
    )


def varied(requests: pd.DataFrame, size: int) -> list[str]:
    """Numbers of requests, the latest first of each kind and provider in turn, then mixed.

    `requests` has one row per request, index `service_id`.
    """
    latest = requests.sort_values("at", ascending=False, kind="stable")
    turn = latest.groupby(["belongs_to", "provider"]).cumcount()
    # the numbers of services follow no order of customers or days, so they mix the kinds
    return sorted(turn.sort_values(kind="stable").index[:size])
