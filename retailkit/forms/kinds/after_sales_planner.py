"""The after-sales planner: some occasions of a month, a budget, and whose consent allows what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from retailkit.aftersales.plan import PLAN, amount, to_serve
from retailkit.catalogue import later, say
from retailkit.forms.form import Form
from retailkit.records import Record, asked, questions, understood
from retailkit.services import TERMS, ServiceType
from retailkit.shop import Shop
from retailkit.text import Sentences, day, escaped, spoken
from retailkit.words import count_of

LITTLE = 1e-9
"""Sums of cents are not exact to the last digit."""

PLANNED = later("Planned for {day}: {activity} for {customer}, cost {cost:.2f}.")
PLANNED_BY_CONSENT = later(
    "Planned for {day}: {activity} for {customer}, cost {cost:.2f}, by the consent {consent}."
)


@dataclass(frozen=True, kw_only=True, repr=False)
class PlannedContact(Record):
    """What somebody at the desk plans for one customer."""

    customer_id: str | None = asked("Whom do you contact?")
    service_type: ServiceType | None = asked("Which type of service is it?")
    when: date | None = asked("On which day?")
    advertises: bool | None = asked("Does the message also advertise something?")


class AfterSalesPlanner(Form):
    """A month to be planned; `plan` is what is planned so far, `left` what is left to spend.

    `occasions` are the occasions on the table, one row per customer, as `to_serve` gives them.
    What may not be done is not saved, and the planner says why.
    """

    said_below = True

    def __init__(self, shop: Shop, on: date | str, budget: float, occasions: int) -> None:
        self.occasions = some_of_each(to_serve(shop, on), occasions)
        if self.occasions.empty:
            raise ValueError(
                say("Nobody is to be served in the 30 days from then: try another day.")
            )
        rows = zip(self.occasions["customer_id"], self.occasions["why"], strict=True)
        options = {"customer_id": [(f"{number}: {why}", number) for number, why in rows]}
        super().__init__(say("After-sales planner"), questions(PlannedContact), options)
        self.budget = amount(budget)
        self.planned: list[dict[str, Any]] = []
        self.said = Sentences([say("Nobody is in the plan yet.")])

    @property
    def left(self) -> float:
        """How much of the budget is not spent yet."""
        return float(self.budget - self.plan["cost"].sum())

    @property
    def plan(self) -> pd.DataFrame:
        """What is planned so far, as `plan_after_sales` writes a plan."""
        made = pd.DataFrame(self.planned, columns=list(PLAN)).astype(PLAN)
        return made.sort_values("when", kind="stable", ignore_index=True)

    def intro(self) -> Sentences:
        lines = [" | ".join(cells) for cells in self._cells()]
        return Sentences([self._left_to_spend(), *lines])

    def intro_page(self) -> str:
        rows = [
            "".join(
                f'<td style="text-align: left; vertical-align: top; {look}">{escaped(cell)}</td>'
                for cell, look in zip(cells, COLUMNS.values(), strict=True)
            )
            for cells in self._cells()
        ]
        head = "".join(
            f'<th scope="col" style="text-align: left">{say(name)}</th>' for name in COLUMNS
        )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f"<div>{escaped(self._left_to_spend())}</div>{table}"

    def keep(self, answers: dict[str, Any]) -> Sentences:
        row = self._occasion(answers["customer_id"])
        self.planned.append({**row[list(PLAN)], "when": pd.Timestamp(answers["when"])})
        said = say(
            PLANNED_BY_CONSENT if pd.notna(row.by_consent) else PLANNED,
            day=day(answers["when"]),
            activity=spoken(row.activity),
            customer=row.customer_id,
            cost=row.cost,
            consent=row.by_consent,
        )
        return Sentences([said, *self.score()])

    def take_back(self) -> Sentences:
        if not self.planned:
            return Sentences([say("There is nothing to take back.")])
        who = self.planned.pop()["customer_id"]
        return Sentences([say("{customer} is out of the plan again.", customer=who)])

    def score(self) -> Sentences:
        """How much is planned, what is left to spend, and who is owed something and still waits."""
        owed = self.occasions[[_is_owed(kind) for kind in self.occasions["service_type"]]]
        waiting = int((~owed["customer_id"].isin(self.plan["customer_id"])).sum())
        return Sentences(
            [
                say(
                    "In your plan: {contacts}. Left of the budget: {left:.2f}.",
                    contacts=count_of(len(self.planned), "contact"),
                    left=self.left,
                ),
                say(
                    "Owed a service and not in your plan: {waiting} of {owed}.",
                    waiting=waiting,
                    owed=len(owed),
                ),
            ]
        )

    def doubts(self) -> dict[str, str]:
        """Why a contact may not be made in this way; what is decided first is said first."""
        number = self.answers.get("customer_id")
        if number is None:
            return {}
        row, found = self._occasion(number), {}
        if who := self._whom_not(row):
            found["customer_id"] = who
        kind = self.answers.get("service_type")
        if kind and kind != row.service_type:
            found["service_type"] = say(
                "That is no {kind} service. {kind_again}: {meaning}",
                kind=spoken(kind),
                kind_again=spoken(kind).capitalize(),
                meaning=kind.meaning,
            )
        when = self.answers.get("when")
        if when and not row.when.date() <= when <= row.latest.date():
            found["when"] = say(
                "{day} does not suit: from {first} to {last} it does.",
                day=day(when),
                first=day(row.when),
                last=day(row.latest),
            )
        if self.answers.get("advertises") and _is_owed(row.service_type):
            found["advertises"] = say("What is owed to a customer carries no advertising.")
        return found

    def _whom_not(self, row: pd.Series) -> str | None:
        """Why this customer is not to be contacted, if so."""
        if row.customer_id in set(self.plan["customer_id"]):
            return say(
                "{customer} is in your plan already; once in 30 days is enough.",
                customer=row.customer_id,
            )
        if not row.may:
            needs = say("A card or an offer needs a yes that is alive on the day.")
            return f"{row.said} {needs}"
        if row.cost > self.left + LITTLE:
            return say(
                "That costs {cost:.2f}, and {left:.2f} is left of the budget.",
                cost=row.cost,
                left=self.left,
            )
        return None

    def _occasion(self, number: str) -> pd.Series:
        return self.occasions[self.occasions["customer_id"] == number].iloc[0]

    def _left_to_spend(self) -> str:
        return say(
            "Budget: {budget:.2f}. Left to spend: {left:.2f}.", budget=self.budget, left=self.left
        )

    def _cells(self) -> list[list[str]]:
        """The occasions with service, cost, and the answer about marketing or the planned day."""
        days = {
            row["customer_id"]: say("planned for {day}", day=day(row["when"]))
            for row in self.planned
        }
        return [
            [
                str(row.customer_id),
                str(row.why),
                spoken(str(row.activity)),
                f"{row.cost:.2f}",
                days.get(row.customer_id, str(row.said)),
            ]
            for row in self.occasions.itertuples()
        ]


WHOLE = "white-space: nowrap"
COLUMNS = {
    later("customer"): WHOLE,
    later("occasion"): "",
    later("service"): WHOLE,
    later("cost"): WHOLE,
    later("may we send marketing?"): WHOLE,
}
"""What stands above each column on a page, and how its cells look."""


def some_of_each(found: pd.DataFrame, size: int) -> pd.DataFrame:
    """Some occasions, so that every type of service is there in turn, allowed and not allowed.

    Raises ValueError where the size is no number of 1 or more.
    """
    if understood("occasions", size, int) is None or size < 1:
        raise ValueError(
            say("{name}: {number!r} is too few. Choose 1 or more.", name="occasions", number=size)
        )
    found = found.sort_values("customer_id", ignore_index=True)
    turn = found.groupby(["service_type", "may"]).cumcount()
    chosen = turn.sort_values(kind="stable").index[:size]
    return found.loc[sorted(chosen)].reset_index(drop=True)


def _is_owed(service_type: str) -> bool:
    """Whether customers have a right to it: then it needs no consent."""
    return TERMS[ServiceType(service_type)].consent is None
