"""The case board: one case, taken on step by step by the three functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from retailkit.catalogue import later, say
from retailkit.claims import Outcome, Remedy, StepType
from retailkit.desk import Case, case_of
from retailkit.desk.states import OVER
from retailkit.forms.form import Form
from retailkit.records import Record, asked, questions
from retailkit.shop import Shop
from retailkit.text import Sentences, spoken
from retailkit.words import listing

BETWEEN_STEPS = timedelta(hours=1)
"""How much later the next step is where nobody says when."""


@dataclass(frozen=True, kw_only=True, repr=False)
class NextStep(Record):
    """What somebody at the desk does next in a case."""

    step: StepType | None = asked("What happens next?")
    by: str | None = asked("Who does it?")
    remedy: Remedy | None = asked("Which remedy is it about, if any?", optional=True)
    outcome: Outcome | None = asked("For a decision: how does it end?", optional=True)
    note: str | None = asked(
        "What do you write down? A decision needs its reasons.", optional=True, long=True
    )
    at: datetime | None = asked(
        "When? If you leave it open, it is an hour after the last step.", optional=True
    )


class CaseBoard(Form):
    """One case on the board; `case` is how it stands now.

    A step that may not happen is not saved, and the board says which rule forbids it.
    """

    def __init__(self, shop: Shop, case: Case) -> None:
        staff = zip(shop.staff["name"], shop.staff["function"], shop.staff["staff_id"], strict=True)
        options = {
            "by": [(f"{name}, {spoken(function)} ({who})", who) for name, function, who in staff],
            "step": [(f"{spoken(step)}: {step.meaning}", step) for step in TAKE],
        }
        super().__init__(say("Case board"), questions(NextStep), options)
        self.functions = dict(zip(shop.staff["staff_id"], shop.staff["function"], strict=True))
        self.history = [case]
        self.said = Sentences([say("No step is taken yet.")])

    @property
    def case(self) -> Case:
        """The case as it stands now."""
        return self.history[-1]

    def intro(self) -> Sentences:
        may = listing([spoken(step) for step in self.case.may()], "or")
        return Sentences(
            [*repr(self.case).splitlines(), say("What may come next: {steps}.", steps=may)]
        )

    def take(self, name: str, answer: Any) -> None:
        # whatever is changed may make the step possible: it is tried again when it is saved
        self.problems.pop("step", None)
        super().take(name, answer)

    def doubts(self) -> dict[str, str]:
        if not {"step", "by"} <= set(self.answers):
            return {}
        try:
            self._after(self.answers)
        except ValueError as error:
            return {"step": str(error)}
        return {}

    def keep(self, answers: dict[str, Any]) -> Sentences:
        self.history.append(self._after(answers))
        step = answers["step"]
        return Sentences([say("Done: {step}. {meaning}", step=spoken(step), meaning=step.meaning)])

    def take_back(self) -> Sentences:
        if len(self.history) == 1:
            return Sentences([say("There is nothing to take back.")])
        last = self.history.pop().steps[-1]
        return Sentences([say("'{step}' is taken back.", step=spoken(last.step))])

    def _after(self, answers: dict[str, Any]) -> Case:
        """The case after this step; ValueError where it may not happen."""
        step, case = answers["step"], self.case
        lasts = [taken.at for taken in case.steps if taken.at]
        at = answers.get("at") or (max(lasts) + BETWEEN_STEPS if lasts else None)
        if step in case.may():
            _complete(step, answers)
        verb, wanted = TAKE[step]
        fields = {name: answers.get(name) for name in wanted if name not in ("by", "function")}
        if "function" in wanted:
            fields["function"] = self.functions[answers["by"]]
        if step == StepType.DECIDED:
            fields["reasons"] = fields.pop("note") or ""
        who = "to" if step == StepType.HANDED_OVER else "by"
        after: Case = verb(case, at=at, **{who: answers["by"]}, **fields)
        return after


TAKE: dict[StepType, tuple[Any, tuple[str, ...]]] = {
    StepType.ACKNOWLEDGED: (Case.acknowledge, ()),
    StepType.ASSESSED: (Case.assess, ("note",)),
    StepType.INFORMATION_ASKED: (Case.ask, ("note",)),
    StepType.INFORMATION_RECEIVED: (Case.receive_information, ("note",)),
    StepType.INVESTIGATED: (Case.investigate, ("note", "function")),
    StepType.ACTION: (Case.act, ("remedy", "function")),
    StepType.DECIDED: (Case.decide, ("outcome", "remedy", "note")),
    StepType.COMMUNICATED: (Case.tell, ()),
    StepType.CLOSED: (Case.close, ()),
    StepType.WITHDRAWN: (Case.withdraw, ("note",)),
    StepType.HANDED_OVER: (Case.hand_over, ()),
    StepType.REVIEW_ASKED: (Case.ask_review, ()),
    StepType.ESCALATED: (Case.escalate, ()),
    StepType.REOPENED: (Case.reopen, ("note",)),
}
"""For each step how a case takes it, and which answers of the board it uses."""

NEEDS = {
    StepType.ACTION: ("remedy", later("An action needs its remedy: say what is done.")),
    StepType.DECIDED: ("outcome", later("A decision needs its outcome: say how it ends.")),
    StepType.REOPENED: ("note", later("Whoever takes a case up again writes down what is new.")),
}


def _complete(step: StepType, answers: dict[str, Any]) -> None:
    name, sentence = NEEDS.get(step, ("step", ""))
    if not answers.get(name):
        raise ValueError(say(sentence))


def case_to_take(shop: Shop, about: Case | str | None = None) -> Case:
    """The case named, or else the open one of the shop that is due first.

    Raises ValueError where the book has no such number, or where no case is open and none is named.
    """
    if about is None:
        waiting = shop.claims[~shop.claims["status"].isin(OVER)].sort_values("answer_by")
        if waiting.empty:
            raise ValueError(
                say("No case of this shop is open. Give the number of one, or a case of your own.")
            )
        about = str(waiting["claim_id"].iloc[0])
    return case_of(shop, about) if isinstance(about, str) else about
