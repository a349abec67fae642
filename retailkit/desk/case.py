"""The case: a claim on its way from the desk to an answer, step by step.

A case never changes. Every step gives a new one, whose history is one step longer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from retailkit.catalogue import say
from retailkit.claims import (
    CaseStatus,
    Claim,
    ClaimStep,
    Function,
    Kind,
    Outcome,
    Remedy,
    StepType,
)
from retailkit.desk import guards
from retailkit.desk.states import OVER, after, may_follow, may_not
from retailkit.markets import (
    Deadline,
    Rung,
    acknowledge_by,
    answer_by,
    rules_of,
    shop_clock,
)
from retailkit.procedure import Procedure
from retailkit.records import understood
from retailkit.text import day, spoken

OWNS = (StepType.RECEIVED, StepType.HANDED_OVER, StepType.REVIEW_ASKED)
"""Steps after which whoever took them looks after the case."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case: the claim, whose rules hold for it, and everything done in it so far.

    `paid` is what the customer paid, `presumed` whether a fault is still presumed to be
    from the start; None means not known.
    """

    claim: Claim
    market: str = "generic"
    procedure: Procedure = Procedure()
    steps: tuple[ClaimStep, ...] = ()
    status: CaseStatus = CaseStatus.RECEIVED
    paid: float | None = None
    presumed: bool | None = None

    def __repr__(self) -> str:
        stands = {"case": self.claim.claim_id, "status": spoken(self.status), "owner": self.owner}
        lines = [say("Case {case}: {status}, with {owner}.", **stands)]
        if self.open:
            lines += [say("The answer is due by {day}.", day=day(self.due.date))]
        return "\n".join([*lines, *(_told(step) for step in self.steps)])

    @property
    def open(self) -> bool:
        """Whether anything is left to do."""
        return self.status not in OVER

    @property
    def kind(self) -> Kind | None:
        """Complaint or claim."""
        return self.claim.kind

    @property
    def owner(self) -> str | None:
        """The one person who looks after the case."""
        took = [step.staff_id for step in self.steps if step.step in OWNS]
        return took[-1] if took else self.claim.heard_by

    @property
    def due(self) -> Deadline:
        """By when it is answered: the earlier of law and promise, with the other one beside it."""
        return answer_by(self._received_at, self.market, self.procedure)

    @property
    def acknowledgement_due(self) -> Deadline:
        """By when it is acknowledged."""
        return acknowledge_by(self._received_at, self.market, self.procedure)

    @property
    def _received_at(self) -> datetime:
        at = self.claim.received_at
        if at is None:
            case = self.claim.claim_id
            raise ValueError(say("Case {case}: nobody wrote down when it came in.", case=case))
        return at

    def with_the_shop(self, until: datetime) -> timedelta:
        """How long the case has been with the shop; waiting for the customer is left out."""
        return shop_clock(self.steps, until)

    @property
    def rung(self) -> Rung | None:
        """The place outside the shop where the case is, or was last."""
        turned = [step.note or "" for step in self.steps if step.step == StepType.ESCALATED]
        ladder = rules_of(self.market).ladder
        return next((rung for rung in ladder if turned and rung.value in turned[-1]), None)

    def deciders(self) -> list[str | None]:
        """Who has decided in this case, from first to last."""
        return [step.staff_id for step in self.steps if step.step == StepType.DECIDED]

    def may(self) -> tuple[StepType, ...]:
        """The steps that may come next."""
        return may_follow(self.status)

    def acknowledge(self, *, at: Any, by: str) -> Case:
        """The customer is told that we have it, and by when we answer."""
        return self._step(StepType.ACKNOWLEDGED, at, by)

    def assess(self, *, at: Any, by: str, note: str | None = None) -> Case:
        """Level and disposition are set; the note says which and why."""
        return self._step(StepType.ASSESSED, at, by, note=note)

    def ask(self, *, at: Any, by: str, note: str | None = None) -> Case:
        """The customer is asked for what is missing. The clock of the law goes on."""
        return self._step(StepType.INFORMATION_ASKED, at, by, note=note)

    def receive_information(
        self, *, at: Any, by: str, proof: str | None = None, note: str | None = None
    ) -> Case:
        """The customer's reply came in, with what it shows."""
        return self._step(StepType.INFORMATION_RECEIVED, at, by, proof=proof, note=note)

    def investigate(
        self,
        *,
        at: Any,
        by: str,
        function: str = "technician",
        proof: str | None = None,
        note: str | None = None,
    ) -> Case:
        """Somebody found out more, such as the technician by looking at the thing."""
        return self._step(
            StepType.INVESTIGATED,
            at,
            by,
            function=function,
            proof=proof,
            note=note,
        )

    def act(
        self,
        *,
        at: Any,
        by: str,
        remedy: str,
        function: str = "customer_service",
        amount: float | None = None,
    ) -> Case:
        """The remedy is carried out, by whoever has the function for it."""
        remedy, function = Remedy(remedy), Function(function)
        amount = understood("amount", amount, float)
        guards.right_hands(remedy, function)
        amount = understood("amount", amount, float)
        guards.within_paid(self, remedy, amount, guards.given_back(self))
        return self._step(StepType.ACTION, at, by, function=function, remedy=remedy, amount=amount)

    def decide(
        self,
        *,
        at: Any,
        by: str,
        outcome: str,
        reasons: str,
        remedy: str | None = None,
        amount: float | None = None,
        record: str | None = None,
    ) -> Case:
        """It is settled what the shop does, with the reasons.

        `record` names the record of ours that says the opposite of what the customer says.
        """
        outcome, amount = Outcome(outcome), understood("amount", amount, float)
        reasons = understood("reasons", reasons, str) or ""
        self._allowed(StepType.DECIDED)
        guards.impartial(self, by)
        guards.founded(self, outcome, reasons, record)
        amount = understood("amount", amount, float)
        guards.within_paid(self, Remedy(remedy) if remedy else None, amount)
        return self._step(
            StepType.DECIDED,
            at,
            by,
            outcome=outcome,
            remedy=remedy,
            amount=amount,
            note=f"{reasons} On record: {record}" if record else reasons,
        )

    def tell(self, *, at: Any, by: str) -> Case:
        """The decision, its reasons and where else to turn are sent to the customer."""
        return self._step(StepType.COMMUNICATED, at, by)

    def close(self, *, at: Any, by: str, outcome: str | None = None) -> Case:
        """The case is over: the customer accepts, or the answer was final."""
        return self._step(StepType.CLOSED, at, by, outcome=outcome)

    def withdraw(self, *, at: Any, by: str, note: str | None = None) -> Case:
        """The customer took it back."""
        return self._step(StepType.WITHDRAWN, at, by, outcome=Outcome.WITHDRAWN, note=note)

    def hand_over(self, *, at: Any, to: str) -> Case:
        """Somebody else looks after the case from here on."""
        return self._step(StepType.HANDED_OVER, at, to)

    def ask_review(self, *, at: Any, by: str) -> Case:
        """The customer asks us to look again; `by` is the colleague who will."""
        self._allowed(StepType.REVIEW_ASKED)
        guards.impartial(self, by, again=True)
        return self._step(StepType.REVIEW_ASKED, at, by)

    def escalate(self, *, at: Any, by: str, to: str | None = None) -> Case:
        """The customer turns to a place outside the shop: the next one on the ladder, or `to`."""
        self._allowed(StepType.ESCALATED)
        return self._step(
            StepType.ESCALATED, at, by, note=f"Turned to {guards.place(self, to).value}."
        )

    def reopen(self, *, at: Any, by: str, note: str) -> Case:
        """The case is taken up again; the note says what is new."""
        return self._step(StepType.REOPENED, at, by, note=note)

    def _allowed(self, step: StepType) -> None:
        if step not in may_follow(self.status):
            raise ValueError(may_not(self.status, step))

    def _step(self, step: StepType, at: Any, by: str, **fields: Any) -> Case:
        """The case with one more step."""
        self._allowed(step)
        moment = self._in_order(at)
        if not by:
            raise ValueError(
                say(
                    "'{step}' needs somebody who does it (rule 6: a case has one owner "
                    "at every moment). Say who, like by='S-1'.",
                    step=spoken(step),
                )
            )
        taken = ClaimStep(
            step_id=step_id(self.claim, len(self.steps) + 1),
            claim_id=self.claim.claim_id,
            step=step,
            at=moment,
            staff_id=by,
            **{"function": Function.CUSTOMER_SERVICE, **fields},
        )
        status = after(self.status, step)
        return replace(
            self,
            steps=(*self.steps, taken),
            status=status,
            claim=replace(self.claim, status=status),
        )

    def _in_order(self, at: Any) -> datetime:
        moment: datetime | None = understood("at", at, datetime)
        if moment is None:
            raise ValueError(say("at: no moment is given. Write it like 2026-02-28T10:30."))
        guards.shops_clock(moment)
        guards.in_order(self, moment)
        return moment


def _told(step: ClaimStep) -> str:
    when = f"{step.at:%Y-%m-%d %H:%M}" if step.at else say("at an unknown time")
    said = say("{when} {step} by {whom}", when=when, step=spoken(step.step), whom=step.staff_id)
    what = [spoken(word) for word in (step.outcome, step.remedy) if word]
    return f"  {', '.join([said, *what])}"


def step_id(claim: Claim, number: int) -> str:
    """The number of a case's first, second or later step."""
    return f"CS-{str(claim.claim_id).removeprefix('CL-')}-{number}"
