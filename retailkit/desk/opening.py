"""A case is opened at the desk, or taken up from the shop's tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import say
from retailkit.claims import CaseStatus, Claim, ClaimStep, Function, StepType
from retailkit.desk.case import Case, step_id
from retailkit.desk.guards import shops_clock
from retailkit.desk.states import after
from retailkit.markets import answer_by, rules_of
from retailkit.procedure import Procedure
from retailkit.records import records_in, understood

if TYPE_CHECKING:
    from retailkit.shop import Shop


def open_case(
    claim: Claim,
    *,
    market: str = "generic",
    procedure: Procedure | None = None,
    at: Any = None,
    heard_by: str | None = None,
    paid: float | None = None,
    presumed: bool | None = None,
) -> Case:
    """The case that begins with a claim: written down, form given, answer date set.

    `at` and `heard_by` are those of the claim where they are not given. What a customer
    says is taken as it is: a day that is still to come is written down and asked about
    later. Raises ValueError that names the rule where a case cannot begin like this.

    >>> claim = Claim(claim_id="CL-1", reason="defective", narrative="The kettle leaks.")
    >>> open_case(claim, market="ES", at="2026-03-06T10:00", heard_by="S-1")
    Case CL-1: received, with S-1.
    The answer is due by 16 March 2026.
      2026-03-06 10:00 received by S-1
    """
    opened = _opened(claim, at, heard_by)
    procedure = procedure or Procedure()
    due = answer_by(opened.received_at or "", rules_of(market).code, procedure)
    return Case(
        claim=replace(opened, answer_by=due.date),
        market=market,
        procedure=procedure,
        steps=(_first_step(opened, procedure.fee),),
        paid=paid,
        presumed=presumed,
    )


def _opened(claim: Claim, at: Any, heard_by: str | None) -> Claim:
    """The claim with what the desk adds when it comes in."""
    received = understood("at", at if at is not None else claim.received_at, datetime)
    owner = heard_by or claim.heard_by
    _can_begin(claim, received, owner)
    return replace(
        claim,
        received_at=received,
        heard_by=owner,
        form_given=True,
        status=CaseStatus.RECEIVED,
    )


def _first_step(opened: Claim, fee: float) -> ClaimStep:
    return ClaimStep(
        step_id=step_id(opened, 1),
        claim_id=opened.claim_id,
        step=StepType.RECEIVED,
        at=opened.received_at,
        staff_id=opened.heard_by,
        function=Function.CUSTOMER_SERVICE,
        fee=fee,
    )


def _can_begin(claim: Claim, received: datetime | None, owner: str | None) -> None:
    if not claim.claim_id:
        raise ValueError(
            say(
                "The claim has no number (rule 2: every case has one of its own). "
                "Give it one, like claim_id='CL-1'."
            )
        )
    if received is None:
        raise ValueError(
            say(
                "Nobody wrote down when {case} came in. Give at, like 2026-02-28T10:30.",
                case=claim.claim_id,
            )
        )
    shops_clock(received)
    if not owner:
        raise ValueError(
            say(
                "Nobody looks after {case} (rule 6: a case has one owner at every "
                "moment). Give heard_by, like 'S-1'.",
                case=claim.claim_id,
            )
        )
    if claim.amount is not None and claim.amount < 0:
        raise ValueError(
            say(
                "amount: {amount:g} is below zero. Write the sum without a minus, "
                "or leave it open and ask.",
                amount=claim.amount,
            )
        )


def case_of(shop: Shop, claim_id: str) -> Case:
    """A case as the shop's tables have it, with all its steps.

    Raises ValueError where the claims book has no such number.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=60)
    >>> case = case_of(shop, shop.claims["claim_id"].iloc[0])
    >>> case.steps[0].step
    <StepType.RECEIVED: 'received'>
    """
    claim = shop.claim(claim_id)
    steps = records_in(shop.claim_steps[shop.claim_steps["claim_id"] == claim_id], ClaimStep)
    status = CaseStatus.RECEIVED
    for step in steps:
        status = after(status, step.step) if step.step else status
    orders = shop.orders[shop.orders["order_id"] == claim.order_id]
    paid = understood("total", orders["total"].iloc[0], float) if len(orders) else None
    return Case(
        claim=replace(claim, status=status),
        market=shop.market,
        procedure=shop.procedure,
        steps=tuple(steps),
        status=status,
        paid=paid,
    )
