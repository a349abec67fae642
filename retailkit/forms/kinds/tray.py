"""The in-tray: a day's mixed post, to be sorted by what it is and by what comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from retailkit.case_file import CaseFile
from retailkit.catalogue import later, say
from retailkit.desk.post import Paper, Turn, post
from retailkit.forms.deck import Deck, agreed_on, verdict
from retailkit.records import Record, asked, questions
from retailkit.shop import Shop
from retailkit.text import Sentences, typed
from retailkit.words import count_of, listing


@dataclass(frozen=True, kw_only=True, repr=False)
class Sorted(Record):
    """Where a learner puts one paper."""

    paper: Paper | None = asked("What is it?")
    turn: Turn | None = asked("When has it its turn?")


class InTray(Deck):
    """Papers to sort, one after the other; every sort of paper and every turn appears.

    `sorted` is the table of what has been sorted: one row per paper.
    """

    one_card = later("Paper")
    all_done = later("The tray is empty.")

    def __init__(self, shop: Shop, cards: int = 14) -> None:
        super().__init__(say("In-tray"), questions(Sorted), {})
        self.need_cards(cards)
        self.shop = shop
        self.post = post(shop)
        self.cards = mixed(self.post, cards)
        self.said = Sentences([say("No paper is sorted yet.")])

    @property
    def sorted(self) -> pd.DataFrame:
        """One row per paper sorted: what you say it is, when it has its turn, and the desk's."""
        columns = ["number", "paper", "turn", "desk_paper", "desk_turn"]
        return pd.DataFrame(self.ruled, columns=columns, dtype="object")

    def card(self, number: str) -> CaseFile:
        paper = dict(self.post.loc[number])
        # the number of a paper would tell what it is
        return CaseFile(number, [str(paper["came"]), f"“{paper['text']}”"])

    def keep(self, answers: dict[str, Any]) -> Sentences:
        if self.is_done():
            return Sentences([say(self.all_done), *self.score()])
        number = self.cards[len(self.ruled)]
        desk = dict(self.post.loc[number])
        paper, turn = Paper(desk["paper"]), Turn(desk["turn"])
        mine = {name: str(answer) for name, answer in answers.items()}
        self.ruled.append({"number": number, **mine, "desk_paper": paper, "desk_turn": turn})
        mine_said = f"{typed(mine['paper'])}, {typed(mine['turn'])}"
        meanings = [f"{typed(word).capitalize()}: {word.meaning}" for word in (paper, turn)]
        return Sentences(
            [
                verdict(number, mine_said, f"{typed(paper)}, {typed(turn)}"),
                " ".join(meanings),
                *self.score(),
            ]
        )

    def take_back(self) -> Sentences:
        if not self.ruled:
            return Sentences([say("There is nothing to take back.")])
        number = self.ruled.pop()["number"]
        return Sentences([say("{number} is in the tray again.", number=number)])

    def score(self) -> Sentences:
        """How many answers are the desk's, and how much that could not wait was left to lie."""
        mine = self.sorted
        paper = int((mine["paper"] == mine["desk_paper"]).sum())
        turn = int((mine["turn"] == mine["desk_turn"]).sum())
        left = int(((mine["desk_turn"] == Turn.NOW) & (mine["turn"] != Turn.NOW)).sum())
        agreed = listing([count_of(paper, "paper"), count_of(turn, "turn")])
        return Sentences(
            [
                agreed_on(count_of(len(mine), "paper"), agreed),
                say("Papers that could not wait and were left to lie: {papers}.", papers=left),
            ]
        )


def mixed(papers: pd.DataFrame, size: int) -> list[str]:
    """Numbers of papers, of each sort and turn in turn, the latest first; then by time of day."""
    latest = papers.sort_values("at", ascending=False, kind="stable")
    turn = latest.groupby(["turn", "paper"]).cumcount()
    chosen = latest.loc[turn.sort_values(kind="stable").index[:size]]
    # the hour at which something was written has nothing to do with what it is
    hour = chosen["at"] - chosen["at"].dt.normalize()
    return list(map(str, hour.sort_values(kind="stable").index))
