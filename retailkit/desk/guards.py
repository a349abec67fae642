"""What a step must not do, whatever the state of the case: each a rule with its number."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from retailkit.catalogue import say
from retailkit.claims import CaseStatus, Function, Kind, Outcome, Remedy, StepType
from retailkit.markets import Rung, rules_of
from retailkit.text import spoken
from retailkit.words import listing

if TYPE_CHECKING:
    from retailkit.desk.case import Case

AGAINST = (Outcome.REFUSED, Outcome.UNFOUNDED)
"""Outcomes that tell the customer no."""

HANDS = {
    Remedy.REPAIR: (Function.TECHNICIAN,),
    Remedy.TECHNICAL_HELP: (Function.TECHNICIAN, Function.TRAINER),
}
"""Who carries out what needs a trained hand."""


def shops_clock(moment: datetime) -> None:
    """Refuse a moment of another clock than the shop's."""
    if moment.tzinfo:
        raise ValueError(
            say(
                "at: {moment} has a time zone, and a shop has one clock. "
                "Write it without, like 2026-02-28T10:30.",
                moment=moment.isoformat(),
            )
        )


def in_order(case: Case, moment: datetime) -> None:
    """Refuse a moment before the last step."""
    last = max((step.at for step in case.steps if step.at), default=None)
    if last and moment < last:
        raise ValueError(
            say(
                "{moment} lies before the last step, of {last} (rule 5: the steps of a case "
                "follow in their order). Give a moment that is not earlier.",
                moment=moment,
                last=last,
            )
        )


def impartial(case: Case, by: str, *, again: bool = False) -> None:
    """Refuse whom the case is about, and on review whoever decided before."""
    if by and by == case.claim.about_staff:
        raise ValueError(
            say(
                "{by} cannot decide: the case is about {by} (rule 7). Let a colleague decide.",
                by=by,
            )
        )
    reviewed = again or any(step.step == StepType.REVIEW_ASKED for step in case.steps)
    if reviewed and by in case.deciders():
        raise ValueError(
            say(
                "{by} has decided in this case before (rule 7: a review is done by somebody "
                "who was not involved). Let a colleague decide.",
                by=by,
            )
        )


def founded(case: Case, outcome: Outcome, reasons: str, record: str | None) -> None:
    """Refuse a decision without what it must rest on."""
    if not reasons.strip():
        raise ValueError(
            say("A decision needs its reasons (rule 8). Say on what it rests, or what is lacking.")
        )
    if outcome == Outcome.THANKED and case.kind == Kind.CLAIM:
        raise ValueError(
            say(
                "Something is asked for, so thanks alone are no answer (rule 10). "
                "Choose accepted, partly, refused or settled."
            )
        )
    if outcome == Outcome.UNFOUNDED and not (record or asked_in_vain(case)):
        raise ValueError(
            say(
                "No record of ours is named that says the opposite, and no request for proof went "
                "unanswered (rule 9), so the case is not unfounded. Ask the customer first, "
                "or name the record."
            )
        )
    looked = any(step.step == StepType.INVESTIGATED for step in case.steps)
    if outcome in AGAINST and case.presumed and not (record or looked):
        raise ValueError(
            say(
                "So soon after the sale a fault is presumed to be from the start, so the shop has "
                "to show the opposite (rule 14). Let the technician look at it first, or accept."
            )
        )


def asked_in_vain(case: Case) -> bool:
    """Whether the customer was asked for something and has not replied."""
    asked = [step.step for step in case.steps if step.step in ASKING]
    return case.status == CaseStatus.AWAITING_INFORMATION or asked[-1:] == [ASKING[0]]


ASKING = (StepType.INFORMATION_ASKED, StepType.INFORMATION_RECEIVED)


def within_paid(case: Case, remedy: Remedy | None, amount: float | None, given: float = 0) -> None:
    """Refuse to give back more than was paid, with what was given before, or less than nothing."""
    if amount is not None and amount < 0:
        raise ValueError(
            say("amount: {amount} is below zero. Write the sum that is given.", amount=amount)
        )
    if amount is None or case.paid is None or remedy == Remedy.COMPENSATION:
        return
    # a cent of rounding is no gift
    if given + amount > case.paid + 0.01:
        raise ValueError(
            say(
                "{amount:.2f} and {given:.2f} given back before is more than the {paid:.2f} that "
                "were paid (rule 13). Give back at most that, or call the remedy a compensation."
                if given
                else "{amount:.2f} is more than the {paid:.2f} that were paid (rule 13). "
                "Give back at most that, or call the remedy a compensation.",
                amount=amount,
                given=given,
                paid=case.paid,
            )
        )


def given_back(case: Case) -> float:
    """What the customer has had back so far; a compensation is no part of it."""
    acted = [step for step in case.steps if step.step == StepType.ACTION]
    return sum(step.amount or 0 for step in acted if step.remedy != Remedy.COMPENSATION)


def right_hands(remedy: Remedy, function: Function) -> None:
    """Refuse a repair by anybody but the technician, and training by anybody untrained."""
    hands = HANDS.get(remedy)
    if hands and function not in hands:
        raise ValueError(
            say(
                "'{remedy}' is not for {function} (rule 21: a repair is done by the "
                "technician, training given by the trainer). Choose function {functions}.",
                remedy=spoken(remedy),
                function=spoken(function),
                functions=listing(hands, "or"),
            )
        )


def place(case: Case, to: str | None) -> Rung:
    """The place outside the shop that is meant: the one named, or the next on the ladder."""
    ladder = rules_of(case.market).ladder
    if to is None:
        above = ladder.index(case.rung) + 1 if case.rung else 0
        return ladder[min(above, len(ladder) - 1)]
    found = [rung for rung in ladder if to in (*rung.name.values(), *rung.known_by)]
    if not found:
        raise ValueError(
            say(
                "{to!r} is no place to turn to in {market}. Choose {places}.",
                to=to,
                market=say(rules_of(case.market).name),
                places=listing([repr(rung.called) for rung in ladder], "or"),
            )
        )
    return found[0]
