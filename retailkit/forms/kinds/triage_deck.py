"""The triage deck: cards from the claims book, each to be ruled on with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from retailkit.case_file import CaseFile, case_file
from retailkit.catalogue import say
from retailkit.forms.deck import Deck, agreed_on, verdict
from retailkit.records import Record, asked, questions
from retailkit.shop import Shop
from retailkit.text import Sentences, typed
from retailkit.triage import RULES, Disposition, Evidence, Level, explain, triage
from retailkit.triage.facts import case_of
from retailkit.triage.from_records import evidence
from retailkit.triage.rulings import deciding_facts
from retailkit.words import count_of, listing

NOTHING_SPECIAL = "nothing"


@dataclass(frozen=True, kw_only=True, repr=False)
class CardRuling(Record):
    """A learner's ruling on one card."""

    level: Level | None = asked("How serious is it?")
    disposition: Disposition | None = asked("What does it need?")
    because: str | None = asked("Which fact decides how serious it is, or what it needs?")


class TriageDeck(Deck):
    """Cards to rule on, one after the other; every level and disposition of the book appears.

    `rulings` is the table of what has been ruled: one row per card.
    """

    def __init__(self, shop: Shop, cards: int = 24) -> None:
        facts = [(f"{q.name}: {say(q.text)}", q.name) for q in questions(Evidence)]
        nothing = (say("nothing: No fact stands out."), NOTHING_SPECIAL)
        super().__init__(say("Triage deck"), questions(CardRuling), {"because": [nothing, *facts]})
        self.need_cards(cards)
        self.shop = shop
        self.facts = evidence(shop)
        self.desk = triage(self.facts)
        self.cards = stratified(self.desk, cards)
        self.said = Sentences([say("No card is ruled on yet.")])

    @property
    def rulings(self) -> pd.DataFrame:
        """One row per card ruled on: your level, disposition and fact, and the desk's."""
        columns = ["claim_id", "level", "disposition", "because", "desk_level", "desk_disposition"]
        return pd.DataFrame(self.ruled, columns=[*columns, "fact_fits"], dtype="object")

    def card(self, number: str) -> CaseFile:
        return case_file(self.shop, number)

    def keep(self, answers: dict[str, Any]) -> Sentences:
        if self.is_done():
            done = say("All {cards} cards are ruled on.", cards=len(self.cards))
            return Sentences([done, *self.score()])
        claim_id = self.cards[len(self.ruled)]
        desk = self.desk.loc[[claim_id]].iloc[0]
        deciding = self._deciding(claim_id)
        self.ruled.append(
            {
                "claim_id": claim_id,
                **{name: str(answer) for name, answer in answers.items()},
                "desk_level": desk.level,
                "desk_disposition": desk.disposition,
                "fact_fits": answers["because"] in deciding,
            }
        )
        mine, desks = (answers["level"], answers["disposition"]), (desk.level, desk.disposition)
        return Sentences(
            [
                verdict(claim_id, ", ".join(map(typed, mine)), ", ".join(map(typed, desks))),
                *_other_fact(answers["because"], deciding),
                *explain(case_of(self.facts, claim_id))[:2],
                *self.score(),
            ]
        )

    def _deciding(self, claim_id: str) -> tuple[str, ...]:
        """The facts on which the desk's ruling on a card rests."""
        case, desk = case_of(self.facts, claim_id), self.desk.loc[[claim_id]].iloc[0]
        rules = [rule for rule in RULES if rule.name in (desk.level_rule, desk.disposition_rule)]
        facts = [fact for rule in rules for fact in deciding_facts(rule, case)]
        facts += self._as_good(case, Level(desk.level))
        return tuple(dict.fromkeys(facts)) or (NOTHING_SPECIAL,)

    def _as_good(self, case: Evidence, level: Level) -> list[str]:
        """Other facts of the case that lead to its level, each alone."""
        if level == Level.LOWER:
            return []
        facts = [rule.looks_at for rule in RULES if rule.follows == level]
        nothing_known = Evidence(market=case.market)
        return [
            fact
            for (fact, *others) in facts
            if triage(replace(nothing_known, **{fact: getattr(case, fact)})).level == level
        ]

    def take_back(self) -> Sentences:
        if not self.ruled:
            return Sentences([say("There is nothing to take back.")])
        number = self.ruled.pop()["claim_id"]
        return Sentences([say("Your ruling on {number} is taken back.", number=number)])

    def score(self) -> Sentences:
        """How far the rulings agree with the desk's, and which mistake weighs most."""
        mine = self.rulings
        level = int((mine["level"] == mine["desk_level"]).sum())
        disposition = int((mine["disposition"] == mine["desk_disposition"]).sum())
        serious = mine["desk_level"] == Level.SERIOUS
        light = int((serious & (mine["level"] != Level.SERIOUS)).sum())
        fact = int(mine["fact_fits"].sum())
        agreed = [
            count_of(level, "level"),
            count_of(disposition, "disposition"),
            count_of(fact, "fact"),
        ]
        return Sentences(
            [
                agreed_on(count_of(len(mine), "card"), listing(agreed)),
                say("Serious cases taken too lightly: {cases}.", cases=light),
            ]
        )


def stratified(desk: pd.DataFrame, size: int) -> list[str]:
    """Case numbers from the book, so that every pair of level and disposition is there in turn.

    Within a pair, each rule that set the level comes before any comes twice; the most pressing
    first, so that no deck lacks a danger that its shop has met. `desk` has the rulings, one row
    per case, index `claim_id`.
    """
    pressing = desk["level_rule"].map([rule.name for rule in RULES].index)
    times = desk.groupby(["disposition", "level", "level_rule"]).cumcount()
    varied = desk.iloc[np.lexsort((pressing, times))]
    turn = varied.groupby(["disposition", "level"]).cumcount()
    return sorted(turn.sort_values(kind="stable").index[:size])


def _other_fact(because: str, deciding: tuple[str, ...]) -> list[str]:
    if because in deciding:
        return []
    return [say("The fact that decides: {facts}.", facts=listing(deciding, "or"))]
