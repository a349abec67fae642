"""The merge desk: two records side by side, to be made one, fact by fact, or left two."""

from __future__ import annotations

from typing import Any

import pandas as pd

from retailkit.aftersales import may_contact
from retailkit.catalogue import say
from retailkit.customers import Purpose
from retailkit.forms.form import Form
from retailkit.records import Question
from retailkit.shop import Shop
from retailkit.text import Sentences, escaped
from retailkit.upkeep.choosing import FACTS, called, knows, record, same_fact, shown, side_by_side
from retailkit.upkeep.consent import FAR_AHEAD, is_no, last_answers
from retailkit.upkeep.duplicates import duplicates
from retailkit.upkeep.merging import Merge, doubt_about, merge

MARKETING = Purpose.MARKETING

SAME = Question(
    name="same",
    text="Are both records of one person?",
    answer=bool,
    optional=False,
    long=False,
)


class MergeDesk(Form):
    """Two records that may be of one person; `done` is the merge, once there is one.

    A fact that is left open comes from the record that was checked last.
    """

    def __init__(self, shop: Shop, keep: str, other: str) -> None:
        self.shop, self.pair = shop, (keep, other)
        self.done: Merge | None = None
        differ = facts_to_choose(shop, keep, other)
        questions = [_which(fact) for fact in differ]
        super().__init__(say("Merge desk"), [SAME, *questions], self._choices(differ))
        self.said = Sentences([say("Nothing is decided yet.")])

    def _choices(self, facts: list[str]) -> dict[str, list[tuple[str, Any]]]:
        rows = {number: record(self.shop.customers, number) for number in self.pair}
        return {
            fact: [(f"{shown(row, fact)} ({number})", number) for number, row in rows.items()]
            for fact in facts
        }

    def shop_now(self) -> Shop:
        """The shop with the two records as they were left at the desk."""
        return self.done.shop if self.done else self.shop

    def intro(self) -> Sentences:
        lines = [f"{fact}: {one} | {other}" for fact, one, other in self._lines()]
        return Sentences([" | ".join(self.pair), *lines])

    def intro_page(self) -> str:
        head = "".join(
            f'<th scope="col">{escaped(name)}</th>' for name in (say("fact"), *self.pair)
        )
        rows = "".join(
            f'<tr><th scope="row">{escaped(fact)}</th><td>{escaped(one)}</td>'
            f"<td>{escaped(other)}</td></tr>"
            for fact, one, other in self._lines()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _lines(self) -> list[tuple[str, str, str]]:
        """The facts of both, and below them what each answered about offers."""
        one, other = (record(self.shop.customers, number) for number in self.pair)
        may = [repr(may_contact(self.shop, number)) for number in self.pair]
        return [*side_by_side(one, other), (say("offers and greetings"), may[0], may[1])]

    def doubts(self) -> dict[str, str]:
        if not self.answers.get("same"):
            return {}
        if self.done:
            return {"same": say("They are one record already. Undo that first.")}
        doubt = doubt_about(self.shop, *self.pair)
        return {"same": doubt} if doubt else {}

    def keep(self, answers: dict[str, Any]) -> Sentences:
        if not answers.pop("same"):
            self.done = None
            return Sentences([say("They stay two records. Nothing is changed.")])
        self.done = merge(self.shop, *self.pair, take=answers)
        now = may_contact(self.done.shop, self.pair[0])
        said = say("May we send them offers now? {answer}", answer=now)
        return Sentences([*self.done.sentences(), said])

    def take_back(self) -> Sentences:
        if not self.done:
            return Sentences([say("There is nothing to take back.")])
        self.done = None
        return Sentences([say("They are two records again, each with its own rows and answers.")])


def _which(fact: str) -> Question:
    return Question(
        name=fact,
        text=say("Which {fact} is right?", fact=say(called(fact))),
        answer=str,
        optional=True,
        long=False,
    )


def facts_to_choose(shop: Shop, keep: str, other: str) -> list[str]:
    """The facts that both records know, and not alike."""
    one, two = (record(shop.customers, number) for number in (keep, other))
    return [
        fact
        for fact in FACTS
        if knows(one, fact) and knows(two, fact) and not same_fact(one, two, fact)
    ]


def pair_to_decide(
    shop: Shop, keep: str | None = None, other: str | None = None
) -> tuple[str, str]:
    """The pair named, or else the one that needs most thought.

    That is one in which one record said no to offers and the other said yes later, with the
    most facts to choose.
    Raises ValueError where there is no such customer, or no pair to decide on.
    """
    if keep is not None or other is not None:
        if keep is None or other is None or keep == other:
            raise ValueError(say("Name two different customers for the merge desk, or none."))
        return str(shop.customer(keep).customer_id), str(shop.customer(other).customer_id)
    found = duplicates(shop)
    pairs = [(str(row.customer_id), str(row.other_id)) for row in found.itertuples()]
    if not pairs:
        raise ValueError(
            say("No two records of this shop look like one person. Name two customers yourself.")
        )
    answers = last_answers(shop, shop.customers[["customer_id"]].assign(at=FAR_AHEAD), MARKETING)
    answers = answers.set_index("customer_id")
    lost = {pair: _a_no_before_a_yes(answers.loc[list(pair)]) for pair in pairs}
    return max(pairs, key=lambda pair: (lost[pair], len(facts_to_choose(shop, *pair))))


def _a_no_before_a_yes(answers: pd.DataFrame) -> bool:
    """Whether one of two has said no, and the other yes later on."""
    in_time = answers.dropna(subset=["state"]).sort_values("answered_at")
    said = [is_no(str(state)) for state in in_time["state"]]
    return said == [True, False]
