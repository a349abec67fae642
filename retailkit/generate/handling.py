"""How the desk handles each case under the shop's procedure: who does what, when, and the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from retailkit.claims import Function, Outcome, StepType
from retailkit.generate.cases import PROOFS, Cases, remedy
from retailkit.generate.life import (
    life,
    moments,
    next_opening_hour,
    opening_hour,
    weights,
)
from retailkit.generate.rows import NEVER, Rows, Times, Whole, Yes, days_of, later
from retailkit.generate.shelf import has
from retailkit.generate.staff import Desk
from retailkit.generate.stories import CHANNELS, HARD, Stories
from retailkit.markets import answer_days

STEPS = (
    StepType.RECEIVED,
    StepType.ACKNOWLEDGED,
    StepType.ASSESSED,
    StepType.INFORMATION_ASKED,
    StepType.INFORMATION_RECEIVED,
    StepType.WITHDRAWN,
    StepType.ACTION,
    StepType.DECIDED,
    StepType.COMMUNICATED,
    StepType.CLOSED,
)
"""Every step a case can take here, in order; a step's number in a case is its place here."""

OUTCOMES = tuple(
    outcome.value for outcome in Outcome if outcome not in (Outcome.NO_REPLY, Outcome.EXTERNAL)
)
FUNCTIONS = tuple(function.value for function in Function)

Marks = Mapping[str, Whole]
"""The names of faults, each with the rows on which it is planted."""


def planted(marks: Marks, name: str, rows: Whole) -> Yes:
    """On which of these rows a fault is planted."""
    return np.isin(rows, marks[name]) if name in marks else np.zeros(len(rows), dtype=np.bool_)


def outcome(name: str) -> int:
    """The place of an outcome in the list of outcomes."""
    return OUTCOMES.index(name)


@dataclass(frozen=True, kw_only=True)
class Handling(Rows):
    """What is done in each case. `at` has one column for each of `STEPS`; staff are places.

    Some of it lies after the shop's today and has not happened yet.
    """

    at: Any
    heard_by: Whole
    about_staff: Whole
    decided_by: Whole
    acted_by: Whole
    function: Whole
    shown_later: Whole
    outcome: Whole
    remedy: Whole
    amount: Any
    fee: Any
    owned: Yes
    reasoned: Yes
    cause_noted: Yes

    def when(self, step: StepType) -> Times:
        """The moment of a step in each case."""
        times: Times = self.at[:, STEPS.index(step)]
        return times

    @property
    def taken(self) -> Any:
        """Which steps have been taken before today: one row per case, one column per step."""
        return self.at < np.datetime64(life("today"), "s")


def handled(desk: Desk, stories: Stories, cases: Cases, marks: Marks) -> Handling:
    """How each case is handled, from its receipt to its end."""
    heard_by = desk.heard_by(stories.dice)
    personal = stories.told("staff", "discrimination")
    about = np.where(personal, desk.somebody_else(stories.dice, heard_by), -1)
    ends = _outcomes(stories, cases, marks)
    gets, amount = _remedies(stories, cases, ends)
    decided_by = desk.decided_by(heard_by, about)
    judge_himself = planted(marks, "judge_in_own_case", stories.row)
    function = _function(desk.market, stories, gets)
    fee = np.where(
        planted(marks, "fee_charged", stories.row), life("planted_fee"), desk.procedure.fee
    )
    noted = desk.procedure.reviews_causes & ~planted(marks, "cause_not_noted", stories.row)
    return Handling(
        at=_times(desk, stories, cases, ends, marks),
        heard_by=heard_by,
        about_staff=about,
        decided_by=np.where(judge_himself, np.where(about >= 0, about, heard_by), decided_by),
        acted_by=_whoever(desk, function),
        function=function,
        shown_later=_shown_later(stories),
        outcome=ends,
        remedy=gets,
        amount=amount,
        fee=fee,
        owned=desk.procedure.named_owner & ~planted(marks, "nobody_in_charge", stories.row),
        reasoned=~planted(marks, "no_reasons_given", stories.row),
        cause_noted=noted & np.ones(len(stories), dtype=np.bool_),
    )


# ---- when ----


def _times(desk: Desk, stories: Stories, cases: Cases, ends: Whole, marks: Marks) -> Any:
    """The moments of all steps, one column per step; never is for steps not taken."""
    acknowledged = _acknowledged(desk, stories, marks)
    clock = _Clock(acknowledged, _answered(desk, stories, marks))
    dice, alone = stories.dice, stories.plays("only")
    withdrawn = alone & dice.happens("withdrawn", life("withdrawn"))
    goes_on = ~withdrawn
    asked, replied = _information(stories, cases)
    acts = np.isin(ends, [outcome("accepted"), outcome("partly")])
    columns = [
        stories.received,
        acknowledged,
        clock.at(12, withdrawn | goes_on),
        clock.at(20, asked & goes_on),
        clock.at(50, replied & goes_on),
        clock.at(40, withdrawn),
        clock.at(70, acts & goes_on),
        clock.at(90, goes_on),
        clock.at(100, goes_on),
        clock.after(dice.between("closed", 2, 7), goes_on),
    ]
    columns[1] = np.where(planted(marks, "no_acknowledgement", stories.row), NEVER, acknowledged)
    return np.stack(columns, axis=-1)


class _Clock:
    """The moments of cases: each in opening hours, and none before the one before."""

    def __init__(self, start: Times, end: Times) -> None:
        self.start, self.now = start, start
        self.minutes = np.maximum((end - start).astype(np.int64) // 60, 0)

    def at(self, percent: int, taken: Yes) -> Times:
        """The moment at this part of the way to the answer, where the step is taken."""
        return self._moved(later(self.start, minutes=self.minutes * percent // 100), taken)

    def after(self, days: Whole, taken: Yes) -> Times:
        """The moment some days after the last one."""
        return self._moved(later(self.now, days=days), taken)

    def _moved(self, moment: Times, taken: Yes) -> Times:
        moment = np.maximum(opening_hour(moment), later(self.now, minutes=np.array(2)))
        moment = next_opening_hour(moment)
        self.now = np.where(taken, moment, self.now)
        return np.where(taken, moment, NEVER)


def _acknowledged(desk: Desk, stories: Stories, marks: Marks) -> Times:
    """When each case is acknowledged: in opening hours, and never before it was received."""
    exact = later(stories.received, minutes=_until_acknowledged(desk, stories, marks))
    early = opening_hour(exact)
    # what would be due in the night is done before closing time on the day it came in
    same_day = later(stories.received, minutes=stories.dice.between("same day", 3, 110))
    in_time = np.where(early > stories.received, early, same_day)
    late = planted(marks, "late_acknowledgement", stories.row)
    return np.where(late, next_opening_hour(exact), in_time)


def _until_acknowledged(desk: Desk, stories: Stories, marks: Marks) -> Whole:
    """Minutes: at the desk and on the telephone at once, otherwise as fast as the desk can.

    That is within the time promised, unless it promises more than so few people can do.
    """
    dice, promised = stories.dice, desk.procedure.acknowledge_within_hours * 60
    takes = max(promised, life("hours_to_acknowledge") * 60 // desk.procedure.staff)
    there = np.isin(stories.channel, [CHANNELS.index("desk"), CHANNELS.index("phone")])
    at_once = dice.between("acknowledged", 3, max(10, takes // 12))
    in_time = dice.between("acknowledged", takes // 8, takes * 9 // 10)
    too_late = promised + dice.between("too_late", 1440, 4 * 1440)
    late = planted(marks, "late_acknowledgement", stories.row)
    return np.where(late, too_late, np.where(there, at_once, in_time))


def _answered(desk: Desk, stories: Stories, marks: Marks) -> Times:
    """When the answer is meant to go out: within the promise, but for a few slow cases.

    A promise that asks too much of so few people is not kept.
    """
    dice = stories.dice
    days = max(desk.procedure.answer_within_days, life("days_to_answer") // desk.procedure.staff)
    normal, urgent = life("part_of_promise"), life("part_of_promise_urgent")
    percent = np.where(
        stories.told(*HARD),
        dice.between("answered", urgent["least"], urgent["most"]),
        dice.between("answered", normal["least"], normal["most"]),
    )
    in_time = later(stories.received, minutes=days * 1440 * percent // 100)
    received = stories.received.astype("datetime64[D]")
    last = answer_days(received, desk.market).astype("datetime64[D]")
    minutes = (stories.received - received.astype("datetime64[s]")).astype(np.int64) // 60
    after = days_of(last) + dice.between("too_late_by", 2, 12)
    slow = stories.slow | planted(marks, "late_answer", stories.row)
    return np.where(slow, np.maximum(moments(after, minutes), in_time), in_time)


def _information(stories: Stories, cases: Cases) -> tuple[Yes, Yes]:
    """Where the desk asks for something to show, and where the customer replies."""
    unproven = np.isin(cases.proof, [-1, PROOFS.index("none")])
    asks = stories.plays("only") & (stories.order >= 0) & cases.asks & unproven
    asked = asks & stories.dice.happens("asked", life("information_asked"))
    imaginary = stories.plays("imaginary")
    return asked | imaginary, asked & ~imaginary


def _shown_later(stories: Stories) -> Whole:
    shown = [PROOFS.index(name) for name in ("bank_record", "receipt", "none")]
    return np.array(shown)[stories.dice.below("shown_later", len(shown))]


# ---- how it ends ----


def _outcomes(stories: Stories, cases: Cases, marks: Marks) -> Whole:
    dice = stories.dice
    endings = np.array([outcome(name) for name in life("ending")])
    ends = endings[dice.place("ending", weights("ending"))]
    # a fault of the goods is taken to have been there, and the shop could not show otherwise
    of_goods = stories.told("defective", "damaged", "missing_part", "not_as_described")
    ends[of_goods & (ends == outcome("refused"))] = outcome("settled")
    # whoever comes back with the same matter got something the first time
    ends[stories.plays("first") | stories.told(*HARD)] = outcome("accepted")
    ends[planted(marks, "favours_best_customers", stories.row)] = outcome("refused")
    ends[~cases.asks] = outcome("thanked")
    ends[stories.plays("duplicate", "remedied")] = outcome("settled")
    ends[stories.plays("false", "imaginary")] = outcome("unfounded")
    return ends


def _remedies(stories: Stories, cases: Cases, ends: Whole) -> tuple[Whole, Any]:
    """What the customer gets, and how much of it is money."""
    gets, amount = cases.remedy.copy(), np.full(len(stories), np.nan)
    refund = gets == remedy("refund")
    amount[refund] = cases.amount[refund]
    part = np.isin(gets, [remedy("price_reduction"), remedy("compensation")])
    quarter = np.round(cases.amount / 4, 2)
    amount[part] = np.where(np.isnan(quarter), life("least_compensation"), quarter)[part]
    half = (ends == outcome("partly")) & ~np.isnan(cases.amount)
    gets[half] = remedy("price_reduction")
    amount[half] = np.round(cases.amount / 2, 2)[half]
    nothing = ~np.isin(ends, [outcome("accepted"), outcome("partly")])
    gets[nothing], amount[nothing] = -1, np.nan
    return gets, amount


def _function(market: str, stories: Stories, gets: Whole) -> Whole:
    """Whose work the remedy is: a technician's, a trainer's, or the desk's own."""
    hands = np.isin(gets, [remedy("repair"), remedy("replacement"), remedy("technical_help")])
    teachable = (stories.item >= 0) & has(market, "needs_training")[stories.item]
    training = (gets == remedy("technical_help")) & teachable
    desk, technician = FUNCTIONS.index("customer_service"), FUNCTIONS.index("technician")
    return np.where(training, FUNCTIONS.index("trainer"), np.where(hands, technician, desk))


def _whoever(desk: Desk, function: Whole) -> Whole:
    """The first member of staff who has each function."""
    return np.array([desk.those_of(Function(name))[0] for name in FUNCTIONS])[function]
