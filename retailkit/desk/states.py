"""Where a case can go from where it stands."""

from __future__ import annotations

from retailkit.catalogue import say
from retailkit.claims import CaseStatus, StepType
from retailkit.text import spoken
from retailkit.words import listing

LEADS_TO: dict[StepType, CaseStatus] = {
    StepType.RECEIVED: CaseStatus.RECEIVED,
    StepType.ACKNOWLEDGED: CaseStatus.ACKNOWLEDGED,
    StepType.ASSESSED: CaseStatus.ASSESSED,
    StepType.INFORMATION_ASKED: CaseStatus.AWAITING_INFORMATION,
    StepType.INFORMATION_RECEIVED: CaseStatus.INVESTIGATING,
    StepType.INVESTIGATED: CaseStatus.INVESTIGATING,
    StepType.ACTION: CaseStatus.INVESTIGATING,
    StepType.DECIDED: CaseStatus.DECIDED,
    StepType.COMMUNICATED: CaseStatus.COMMUNICATED,
    StepType.CLOSED: CaseStatus.CLOSED,
    StepType.WITHDRAWN: CaseStatus.WITHDRAWN,
    StepType.REVIEW_ASKED: CaseStatus.INTERNAL_REVIEW,
    StepType.ESCALATED: CaseStatus.EXTERNAL,
    StepType.REOPENED: CaseStatus.REOPENED,
}
"""Where a case stands after a step; handing over leaves it where it is."""

WORKING = (StepType.INFORMATION_ASKED, StepType.INVESTIGATED, StepType.ACTION, StepType.DECIDED)

FORWARD: dict[CaseStatus, tuple[StepType, ...]] = {
    CaseStatus.RECEIVED: (StepType.ACKNOWLEDGED,),
    CaseStatus.ACKNOWLEDGED: (StepType.ASSESSED,),
    CaseStatus.ASSESSED: WORKING,
    CaseStatus.AWAITING_INFORMATION: (StepType.INFORMATION_RECEIVED, StepType.DECIDED),
    CaseStatus.INVESTIGATING: WORKING,
    CaseStatus.DECIDED: (StepType.ACTION, StepType.COMMUNICATED),
    CaseStatus.COMMUNICATED: (StepType.ACTION, StepType.CLOSED, StepType.REVIEW_ASKED),
    CaseStatus.INTERNAL_REVIEW: (StepType.INVESTIGATED, StepType.DECIDED),
    CaseStatus.EXTERNAL: (StepType.DECIDED, StepType.CLOSED),
    CaseStatus.REOPENED: WORKING,
    CaseStatus.CLOSED: (StepType.REOPENED,),
    CaseStatus.WITHDRAWN: (StepType.REOPENED,),
}
"""The steps that take a case on, by where it stands."""

STAYS = {
    (CaseStatus.DECIDED, StepType.ACTION),
    (CaseStatus.COMMUNICATED, StepType.ACTION),
    (CaseStatus.INTERNAL_REVIEW, StepType.INVESTIGATED),
}
"""Steps that here leave a case where it stands."""

OVER = (CaseStatus.CLOSED, CaseStatus.WITHDRAWN)
"""Where nobody has to do anything any more."""


def may_follow(status: CaseStatus) -> tuple[StepType, ...]:
    """The steps that may be taken in a case that stands here.

    >>> [str(step) for step in may_follow(CaseStatus.CLOSED)]
    ['reopened', 'escalated']
    """
    if status == CaseStatus.WITHDRAWN:
        return FORWARD[status]
    outside = (StepType.ESCALATED,)  # a customer may turn elsewhere at any time
    if status == CaseStatus.CLOSED:
        return (*FORWARD[status], *outside)
    return (*FORWARD[status], StepType.WITHDRAWN, *outside, StepType.HANDED_OVER)


def after(status: CaseStatus, step: StepType) -> CaseStatus:
    """Where a case stands after this step."""
    if step == StepType.HANDED_OVER or (status, step) in STAYS:
        return status
    return LEADS_TO[step]


def may_not(status: CaseStatus, step: StepType) -> str:
    """Why a step may not be taken here, and what may happen instead."""
    rule = say("rule 5: the steps of a case follow in their order")
    if step == StepType.CLOSED:
        rule = say("rule 16: a case is closed only once the customer has been told")
    if status in OVER:
        rule = say("rule 5: what is over stays as it is, unless it is opened again")
    return say(
        "The case is {status}, so '{step}' cannot be its next step ({rule}). "
        "What may come next: {steps}.",
        status=spoken(status),
        step=spoken(step),
        rule=rule,
        steps=listing([spoken(name) for name in may_follow(status)], "or"),
    )
