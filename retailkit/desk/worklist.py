"""The work of a desk on one day: every case ruled on, and what must be answered first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import say
from retailkit.claims import CaseStatus, Claim
from retailkit.desk.states import OVER
from retailkit.keep import CannotKeep, write_files
from retailkit.markets import answer_by
from retailkit.text import day, spoken
from retailkit.triage import Disposition, Level, triage
from retailkit.triage.from_records import evidence
from retailkit.triage.rulings import what_it_rests_on
from retailkit.words import count_of

if TYPE_CHECKING:
    from retailkit.shop import Shop

WRITTEN = ("rulings.csv", "report.md")

ANSWERED = (*OVER, CaseStatus.COMMUNICATED)
"""Where the customer has had an answer, or wants none."""


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """The rulings on a shop's whole claims book, and the cases still to be answered.

    `rulings` and `waiting` have one row per case, index `claim_id`; `waiting` stands in the
    order in which the desk answers.
    """

    shop: Shop
    facts: pd.DataFrame
    rulings: pd.DataFrame
    waiting: pd.DataFrame

    def counts(self) -> str:
        """How many cases there are of each level and disposition."""
        counts = pd.crosstab(self.rulings["level"], self.rulings["disposition"])
        return counts.reindex(
            index=list(Level), columns=list(Disposition), fill_value=0
        ).to_string()

    def most_urgent(self, cases: int = 10) -> list[str]:
        """The cases to answer first, a few lines each: the deadline, and why so urgent."""
        lines = []
        for number, claim_id in enumerate(self.waiting.index[:cases], 1):
            row = self.waiting.loc[claim_id]
            claim = self.shop.claim(claim_id)
            said = [f"{spoken(claim.reason)}, {spoken(claim.status)}; {self._due(claim)}"]
            said += what_it_rests_on(self.facts.loc[[claim_id]].iloc[0], self.shop)
            lines += [
                f"{number}. {claim_id} ({spoken(row.level)})",
                *(f"   {line}" for line in said),
            ]
        return lines

    def _due(self, claim: Claim) -> str:
        if not claim.received_at:
            return say("nobody wrote down when it came in")
        first = answer_by(claim.received_at, self.shop.market, self.shop.procedure)
        return say(
            "due {day}, which has gone by, by {basis}. {source}"
            if first.date < self.shop.today
            else "due {day}, by {basis}. {source}",
            day=day(first.date),
            basis=spoken(first.basis),
            source=first.source,
        )

    def report(self) -> str:
        """The day's work as a page of text."""
        waiting = count_of(len(self.waiting), "case")
        return "\n".join(
            [
                f"# {self.shop!r}",
                "",
                say("Not legal advice."),
                "",
                "```",
                self.counts(),
                "```",
                "",
                say("{cases} still to be answered. The most urgent first:", cases=waiting),
                "",
                *self.most_urgent(),
                "",
            ]
        )

    def write(self, folder: Path) -> list[Path]:
        """Write `rulings.csv` and `report.md` into a folder, and return where they are.

        Earlier ones are replaced. Raises ValueError where the folder holds anything else,
        and CannotKeep where it cannot be written.
        """
        _need_own_folder(folder)
        told = self.rulings.join(
            self.shop.claims.drop_duplicates("claim_id").set_index("claim_id")[
                ["answer_by", "status"]
            ]
        )
        return write_files(folder, dict(zip(WRITTEN, (told.to_csv(), self.report()), strict=True)))


def _need_own_folder(folder: Path) -> None:
    """Refuse a folder in which something of somebody else's might be written over."""
    try:
        held = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
        inside = (folder, *folder.resolve().parents)
        of_a_data_set = any((place / "datapackage.json").exists() for place in inside)
    except OSError as error:
        raise CannotKeep(folder, error) from error
    if of_a_data_set:
        raise ValueError(
            say(
                "'{folder}' is inside a data set, which holds its own files alone. "
                "Choose a folder beside it.",
                folder=folder,
            )
        )
    # a run that was killed may have come as far as the first of the two
    if held and held not in ({WRITTEN[0]}, set(WRITTEN)):
        raise ValueError(
            say(
                "'{folder}' holds other things than rulings, so it is left alone. "
                "Choose a folder that is new or empty.",
                folder=folder,
            )
        )


def worklist(shop: Shop) -> Worklist:
    """Every case of a shop ruled on from its records, and those to be answered in their order.

    Within a level the earlier answer date comes first, then whoever needs special care,
    then the larger amount, then the older case.

    >>> from retailkit.generate import make_shop
    >>> worklist(make_shop(seed=7, customers=60)).rulings.columns.to_list()
    ['level', 'level_rule', 'disposition', 'disposition_rule']
    """
    facts = evidence(shop)
    rulings = triage(facts)
    book = shop.claims.drop_duplicates("claim_id").set_index("claim_id")
    book = book[["answer_by", "received_at", "status"]]
    waiting = rulings[~rulings.index.duplicated()].join(book)
    waiting = waiting[~waiting["status"].isin(ANSWERED)]
    known = facts[~facts.index.duplicated()].loc[waiting.index]
    waiting = waiting.assign(
        turn=waiting["level"].map({level: place for place, level in enumerate(Level)}),
        at_ease=~known["vulnerable"].fillna(False),
        less=-known["amount"].fillna(0),
    )
    order = waiting.sort_values(["turn", "answer_by", "at_ease", "less", "received_at"])
    return Worklist(
        shop=shop,
        facts=facts,
        rulings=rulings,
        waiting=order.drop(columns=["turn", "at_ease", "less"]),
    )
