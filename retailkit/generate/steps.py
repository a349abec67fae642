"""How the desk handles each case under the shop's procedure, up to today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pandas as pd

from retailkit.claims import CaseStatus, ClaimStep, Function, Outcome, StepType
from retailkit.generate.claims import Case
from retailkit.generate.life import FIRST_HOUR, LAST_HOUR, frame, life
from retailkit.generate.staff import Desk
from retailkit.generate.stories import HARD
from retailkit.markets import answer_days
from retailkit.procedure import Procedure

STATUS_AFTER = {
    StepType.RECEIVED: CaseStatus.RECEIVED,
    StepType.ACKNOWLEDGED: CaseStatus.ACKNOWLEDGED,
    StepType.ASSESSED: CaseStatus.ASSESSED,
    StepType.INFORMATION_ASKED: CaseStatus.AWAITING_INFORMATION,
    StepType.INFORMATION_RECEIVED: CaseStatus.INVESTIGATING,
    StepType.ACTION: CaseStatus.INVESTIGATING,
    StepType.DECIDED: CaseStatus.DECIDED,
    StepType.COMMUNICATED: CaseStatus.COMMUNICATED,
    StepType.CLOSED: CaseStatus.CLOSED,
    StepType.WITHDRAWN: CaseStatus.WITHDRAWN,
}
"""Where a case stands after each step."""

HANDS = {"repair", "replacement", "technical_help"}
"""Remedies that a technician carries out."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a case before it has its number."""

    step: StepType
    at: datetime
    staff_id: str
    function: Function = Function.CUSTOMER_SERVICE
    outcome: str | None = None
    remedy: str | None = None
    amount: float | None = None
    fee: float | None = None
    proof: str | None = None
    note: str | None = None


def steps_of(case: Case, desk: Desk) -> list[Step]:
    """Everything that has been done in a case before today."""
    today = datetime.combine(life("today"), time())
    return [step for step in _all_steps(case, desk) if step.at < today]


def _all_steps(case: Case, desk: Desk) -> Iterator[Step]:
    story, heard_by = case.story, desk.heard_by(case)
    yield Step(step=StepType.RECEIVED, at=story.received, staff_id=heard_by, fee=desk.procedure.fee)
    clock = Clock(story.received)
    acknowledged = clock.moved_to(story.received + _until_acknowledged(case, desk.procedure))
    yield Step(step=StepType.ACKNOWLEDGED, at=acknowledged, staff_id=heard_by)
    answered = _answered_at(case, desk)
    clock.plan(answered)
    yield Step(step=StepType.ASSESSED, at=clock.at(0.12), staff_id=heard_by)
    if story.part == "only" and story.luck.happens("withdrawn", life("withdrawn")):
        yield Step(
            step=StepType.WITHDRAWN,
            at=clock.at(0.4),
            staff_id=heard_by,
            outcome=Outcome.WITHDRAWN,
            note="The customer called and took it back.",
        )
        return
    yield from _information(case, clock, heard_by)
    yield from _ending(case, desk, clock)


@dataclass
class Clock:
    """The moments of a case: each in opening hours, and none before the one before."""

    now: datetime
    start: datetime = field(init=False)
    end: datetime = field(init=False)

    def plan(self, end: datetime) -> None:
        """From here, the case has until this moment for the answer."""
        self.start, self.end = self.now, end

    def at(self, share: float) -> datetime:
        """The moment at this share of the way to the answer."""
        seconds = int((self.end - self.start).total_seconds() * share)
        return self.moved_to(self.start + timedelta(seconds=seconds // 60 * 60))

    def moved_to(self, moment: datetime) -> datetime:
        """Go on to this moment, or to an earlier one while the shop is open."""
        self.now = max(opening_hour(moment), self.now + timedelta(minutes=2))
        return self.now


def opening_hour(moment: datetime) -> datetime:
    """The moment itself, or an earlier one while the shop is open.

    >>> opening_hour(datetime(2026, 6, 28, 11, 40)), opening_hour(datetime(2026, 6, 29, 2, 15))
    (datetime.datetime(2026, 6, 27, 11, 40), datetime.datetime(2026, 6, 27, 11, 15))
    """
    day, open_now = moment, FIRST_HOUR <= moment.hour < LAST_HOUR
    if moment.hour < FIRST_HOUR:
        day -= timedelta(days=1)
    sunday = day.weekday() == 6
    if open_now and not sunday:
        return moment
    # spread over the day by the hour of the night, so that not all come at closing time
    return (day - timedelta(days=sunday)).replace(hour=FIRST_HOUR + moment.hour % 9)


def _until_acknowledged(case: Case, procedure: Procedure) -> timedelta:
    """At the desk and on the telephone at once, otherwise within the time promised."""
    luck, promised = case.story.luck, procedure.acknowledge_within_hours * 60
    if case.story.channel in {"desk", "phone"}:
        return timedelta(minutes=luck.between("acknowledged", 3, max(10, promised // 12)))
    return timedelta(minutes=luck.between("acknowledged", promised // 8, promised * 9 // 10))


def _answered_at(case: Case, desk: Desk) -> datetime:
    """When the answer goes out: within the promise, but for a few slow cases."""
    story = case.story
    urgent = "part_of_promise_urgent" if story.kind in HARD else "part_of_promise"
    percent = story.luck.between("answered", life(urgent)["least"], life(urgent)["most"])
    promised = timedelta(minutes=desk.procedure.answer_within_days * 1440 * percent // 100)
    if not story.slow:
        return story.received + promised
    received = np.array([story.received], dtype="datetime64[D]")
    last: date = answer_days(received, desk.market)[0].item()
    late = datetime.combine(last, story.received.time()) + timedelta(
        days=story.luck.between("too_late", 2, 12)
    )
    return max(late, story.received + promised)


def _information(case: Case, clock: Clock, heard_by: str) -> Iterator[Step]:
    """A question to the customer where nothing to show was written down, and the reply."""
    imaginary = case.story.part == "imaginary"
    luck = case.story.luck
    about_goods = case.story.bought is not None and case.asks
    asked = about_goods and case.proof in {None, "none"} and case.story.part == "only"
    if not imaginary and not (asked and luck.happens("asked", life("information_asked"))):
        return
    yield Step(
        step=StepType.INFORMATION_ASKED,
        at=clock.at(0.2),
        staff_id=heard_by,
        note="Asked for the receipt or anything else that shows the purchase.",
    )
    if not imaginary:
        yield Step(
            step=StepType.INFORMATION_RECEIVED,
            at=clock.at(0.5),
            staff_id=heard_by,
            proof=luck.one_of("shown_later", ("bank_record", "receipt", "none")),
        )


def _ending(case: Case, desk: Desk, clock: Clock) -> Iterator[Step]:
    """What is done, decided and told to the customer."""
    outcome = _outcome(case)
    gets: dict[str, Any] = {}
    if outcome in {Outcome.ACCEPTED, Outcome.PARTLY}:
        gets = _remedy(case, outcome)
        yield _action(case, desk, clock.at(0.7), gets)
    decided_by, heard_by = desk.decided_by(case), desk.heard_by(case)
    yield Step(
        step=StepType.DECIDED, at=clock.at(0.9), staff_id=decided_by, outcome=outcome, **gets,
        note=_why(case, outcome),
    )  # fmt: skip
    yield Step(step=StepType.COMMUNICATED, at=clock.at(1), staff_id=heard_by)
    after = timedelta(days=case.story.luck.between("closed", 2, 7))
    yield Step(step=StepType.CLOSED, at=clock.moved_to(clock.now + after), staff_id=heard_by)


def _outcome(case: Case) -> str:
    part = case.story.part
    if part in {"false", "imaginary"}:
        return Outcome.UNFOUNDED
    if part in {"duplicate", "remedied"}:
        return Outcome.SETTLED
    if not case.asks:
        return Outcome.THANKED
    # whoever comes back with the same matter got something the first time
    if part == "first" or case.story.kind in HARD:
        return Outcome.ACCEPTED
    return case.story.luck.pick("ending", life("ending"))


def _remedy(case: Case, outcome: str) -> dict[str, Any]:
    """What the customer gets, and how much of it is money."""
    remedy, amount = case.remedy, case.amount
    if outcome == Outcome.PARTLY and amount:
        return {"remedy": "price_reduction", "amount": round(amount / 2, 2)}
    if remedy == "refund":
        return {"remedy": remedy, "amount": amount}
    if remedy in {"price_reduction", "compensation"}:
        return {"remedy": remedy, "amount": round(amount / 4, 2) if amount else 10.0}
    return {"remedy": remedy}


def _action(case: Case, desk: Desk, at: datetime, gets: dict[str, Any]) -> Step:
    """The remedy carried out, by whoever has the function for it."""
    item = case.story.item
    function = Function.CUSTOMER_SERVICE
    if gets["remedy"] in HANDS:
        function = Function.TECHNICIAN
    if gets["remedy"] == "technical_help" and item and item.needs_training:
        function = Function.TRAINER
    staff_id = desk.staff_ids(function)[0]
    return Step(step=StepType.ACTION, at=at, staff_id=staff_id, function=function, **gets)


def _why(case: Case, outcome: str) -> str | None:
    """The reason that is noted with a decision against the customer, or without action."""
    if outcome == Outcome.UNFOUNDED:
        imaginary = case.story.part == "imaginary"
        return "No sale found." if imaginary else "Our records show something else."
    notes = {
        "duplicate": "The same matter is already in the book.",
        "remedied": "Already put right.",
    }
    if outcome == Outcome.REFUSED:
        return "Not within what the law or our conditions give."
    return notes.get(case.story.part)


def steps_table(cases: list[Case], steps: list[list[Step]]) -> pd.DataFrame:
    """One row per step, each case's from first to last."""
    numbered = [
        (case, number, step)
        for case, taken in zip(cases, steps, strict=True)
        for number, step in enumerate(taken, 1)
    ]
    names = (
        "step",
        "at",
        "staff_id",
        "function",
        "outcome",
        "remedy",
        "amount",
        "fee",
        "proof",
        "note",
    )
    columns: dict[str, Any] = {
        name: [getattr(step, name) for *_, step in numbered] for name in names
    }
    columns["step_id"] = [f"CS-{case.claim_id[3:]}-{number}" for case, number, _ in numbered]
    columns["claim_id"] = [case.claim_id for case, *_ in numbered]
    columns["at"] = np.array(columns["at"], dtype="datetime64[s]")
    return frame(ClaimStep, columns)


def status_after(steps: list[Step]) -> str:
    """Where a case stands after the last step taken."""
    return STATUS_AFTER[steps[-1].step].value
