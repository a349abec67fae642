"""The improvement board: what is to change at the desk, what it costs, and what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retailkit.catalogue import later, say, whole
from retailkit.forms.form import Form
from retailkit.principles import CHANGES, cost_of, mended_by, procedure_with
from retailkit.records import Question, understood
from retailkit.text import Sentences
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from retailkit.generate import Comparison
    from retailkit.shop import Shop

TAKEN_ON = later("You take on {changes}, for {principles}: {letters}.")
TAKEN_ON_NOTHING = later("You take on {changes}.")


class ImprovementBoard(Form):
    """A yes or no for each change there is, within a budget; `taken` are those taken on.

    What is saved replaces what was saved before. A board that costs too much is not saved,
    and says so.
    """

    said_below = True
    stays_filled = True

    def __init__(self, shop: Shop, budget: float) -> None:
        money = understood("budget", budget, float)
        if money is None or money < 0:
            raise ValueError(
                say("budget: {budget!r} is no sum to spend. Choose 0 or more.", budget=budget)
            )
        asks = [
            Question(
                name=name,
                text=say(
                    "{change} ({cost} euros)", change=say(change.says), cost=whole(change.cost)
                ),
                answer=bool,
                optional=True,
                long=False,
            )
            for name, change in CHANGES.items()
        ]
        super().__init__(say("Improvement board"), asks, {})
        self.shop, self.budget = shop, money
        self._saved: list[list[str]] = []
        self.said = Sentences([say("Nothing is decided yet.")])

    @property
    def taken(self) -> list[str]:
        """The names of the changes that are taken on."""
        return self._saved[-1] if self._saved else []

    def intro(self) -> Sentences:
        money = whole(round(self.budget))
        return Sentences([say("Budget: {budget} euros. What stays open is a no.", budget=money)])

    def compared(self) -> Comparison:
        """The shop beside its twin, in which these changes were made on the first day."""
        from retailkit.generate import compare

        names = self.taken
        twins_procedure = procedure_with(self.shop.procedure, names)
        return compare(self.shop, procedure=twins_procedure, mended=mended_by(names))

    def keep(self, answers: dict[str, Any]) -> Sentences:
        self._saved.append(self._chosen())
        cost = cost_of(self.taken)
        letters = sorted({CHANGES[name].letter for name in self.taken})
        said = say(
            TAKEN_ON if letters else TAKEN_ON_NOTHING,
            changes=count_of(len(self.taken), "change"),
            principles=count_of(len(letters), "principle"),
            letters=listing(letters),
        )
        left = whole(round(self.budget - cost))
        return Sentences(
            [said, say("Cost: {cost} euros. Left: {left} euros.", cost=whole(cost), left=left)]
        )

    def take_back(self) -> Sentences:
        if not self._saved:
            return Sentences([say("There is nothing to take back.")])
        self._saved.pop()
        self.answers = dict.fromkeys(self.taken, True)
        changes = count_of(len(self.taken), "change")
        return Sentences([say("Taken back. You take on {changes} now.", changes=changes)])

    def doubts(self) -> dict[str, str]:
        chosen = self._chosen()
        cost = cost_of(chosen)
        if cost <= self.budget:
            return {}
        dearest = max(chosen, key=lambda name: CHANGES[name].cost)
        over = say(
            "Together that costs {cost} euros, and the budget is {budget}.",
            cost=whole(cost),
            budget=whole(round(self.budget)),
        )
        return {dearest: over}

    def _chosen(self) -> list[str]:
        return [name for name in CHANGES if self.answers.get(name)]
