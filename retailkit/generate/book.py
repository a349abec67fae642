"""The claims book and the steps of its cases, as tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from retailkit.claims import CaseStatus, Claim, ClaimStep, StepType
from retailkit.columns import Text, empty_where, joined, numerals, table_of, words_at
from retailkit.generate.cases import PROOFS, REMEDIES, VULNERABILITIES
from retailkit.generate.handling import FUNCTIONS, OUTCOMES, STEPS, planted
from retailkit.generate.life import moments
from retailkit.generate.lives import Lives
from retailkit.generate.purchases import product_ids
from retailkit.generate.rows import Whole, at_places, ids
from retailkit.generate.stories import CHANNELS, KINDS, REASONS
from retailkit.markets import answer_days

STATUS_AFTER = (
    CaseStatus.RECEIVED,
    CaseStatus.ACKNOWLEDGED,
    CaseStatus.ASSESSED,
    CaseStatus.AWAITING_INFORMATION,
    CaseStatus.INVESTIGATING,
    CaseStatus.WITHDRAWN,
    CaseStatus.INVESTIGATING,
    CaseStatus.DECIDED,
    CaseStatus.COMMUNICATED,
    CaseStatus.CLOSED,
)
"""Where a case stands after each of `STEPS`."""

WHY = {
    "accepted": "What the customer says fits our records.",
    "partly": "Part of it fits our records.",
    "refused": "Not within what the law or our conditions give.",
    "settled": "Agreed with the customer, or already put right.",
    "unfounded": "Our records show something else, or no such sale.",
    "thanked": "Nothing was asked for.",
    "withdrawn": "The customer called and took it back.",
}
"""The reason that is noted with each decision."""

CAUSES = {
    "defective": "a fault of the product",
    "hazard": "a fault of the product",
    "damaged": "poor packing",
    "wrong_item": "a slip in packing",
    "missing_part": "a slip in packing",
    "not_as_described": "our description",
    "overcharged": "a wrong price at the till",
    "exchange_refused": "our rules not known at the desk",
    "service": "work done badly",
    "late": "the carrier",
    "lost": "the carrier",
    "neighbour": "the carrier",
    "nobody": "the carrier",
    "refund_missing": "a refund forgotten",
    "staff": "manners at the counter",
    "display_price": "a wrong price on the shelf",
    "wrong_information": "our answer was wrong",
    "lost_property": "no list of lost things",
    "privacy": "data handled carelessly",
    "discrimination": "manners at the counter",
    "handling": "an answer that came too late",
}
"""The cause that is noted when a case is closed, where the shop reviews causes."""


def claim_core(lives: Lives) -> Text:
    """The part of each case's number that its steps and letters share with it."""
    return joined(numerals(lives.stories.customer, 6), "-", lives.stories.number)


def claims_table(lives: Lives, narratives: Text, languages: Text) -> pa.Table:
    """One row per complaint or claim."""
    stories, cases, handling = lives.stories, lives.cases, lives.handling
    customer_id = ids("C", stories.customer)
    order_id = ids("O", stories.customer, at_places(lives.orders.number, stories.order, 0))
    received = stories.received.astype("datetime64[D]")
    unheard = planted(lives.marks, "heard_by_missing", stories.row)
    columns = {
        "claim_id": joined("CL-", claim_core(lives)),
        "customer_id": empty_where(lives.by_guest, customer_id),
        "order_id": empty_where(~cases.names_order, order_id),
        "product_id": product_ids(lives.market, np.where(cases.names_product, stories.item, -1)),
        "channel": words_at(CHANNELS, stories.channel),
        "language": languages,
        "received_at": stories.received,
        "heard_by": staff_ids(lives, np.where(unheard, -1, handling.heard_by)),
        "event_on": moments(cases.event_on, cases.event_on * 0),
        "reason": words_at([REASONS[kind].value for kind in KINDS], stories.kind),
        "narrative": narratives,
        "wants": _words(REMEDIES, cases.wants),
        "amount": cases.amount,
        "proof": _words(PROOFS, cases.proof),
        "about_staff": staff_ids(lives, handling.about_staff),
        "vulnerable_because": _words(VULNERABILITIES, cases.vulnerable),
        "form_given": np.ones(len(stories), dtype=np.bool_),
        "answer_by": answer_days(received, lives.market).astype("datetime64[s]"),
        "status": words_at([status.value for status in STATUS_AFTER], last_step(lives)),
    }
    return table_of(Claim, columns)


def last_step(lives: Lives) -> Whole:
    """The last step taken in each case, as a place in `STEPS`."""
    taken = lives.handling.taken
    return len(STEPS) - 1 - np.argmax(taken[:, ::-1], axis=1)


def staff_ids(lives: Lives, places: Whole) -> Text:
    """Members of staff as they are written; empty for place -1."""
    return _words(lives.desk.staff_ids, places)


def _words(words: Any, places: Whole) -> Text:
    return words_at([*words, None], places % (len(words) + 1))


def steps_table(lives: Lives) -> pa.Table:
    """One row per step, each case's from first to last."""
    handling, taken = lives.handling, lives.handling.taken
    case, step = np.nonzero(taken)
    core = claim_core(lives).take(pa.array(case))
    deciding = _is(step, StepType.DECIDED, StepType.WITHDRAWN)
    giving = _is(step, StepType.DECIDED, StepType.ACTION)
    ends = _ends(lives, case, step)
    columns = {
        "step_id": joined("CS-", core, "-", step + 1),
        "claim_id": joined("CL-", core),
        "step": words_at([one.value for one in STEPS], step),
        "at": handling.at[taken],
        "staff_id": staff_ids(lives, _who(lives, case, step)),
        "function": words_at(
            FUNCTIONS, np.where(_is(step, StepType.ACTION), handling.function[case], 0)
        ),
        "outcome": _words(OUTCOMES, np.where(deciding, ends, -1)),
        "remedy": _words(REMEDIES, np.where(giving, handling.remedy[case], -1)),
        "amount": np.where(giving, handling.amount[case], np.nan),
        "fee": np.where(_is(step, StepType.RECEIVED), handling.fee[case], np.nan),
        "proof": _words(
            PROOFS,
            np.where(_is(step, StepType.INFORMATION_RECEIVED), handling.shown_later[case], -1),
        ),
        "note": _notes(lives, case, step),
    }
    return table_of(ClaimStep, columns)


def _is(step: Whole, *types: StepType) -> Any:
    return np.isin(step, [STEPS.index(one) for one in types])


def _ends(lives: Lives, case: Whole, step: Whole) -> Whole:
    """How each step's case ends: as decided, or taken back."""
    taken_back = _is(step, StepType.WITHDRAWN)
    return np.where(taken_back, OUTCOMES.index("withdrawn"), lives.handling.outcome[case])


def _who(lives: Lives, case: Whole, step: Whole) -> Whole:
    """Who takes each step; nobody has signed those of a case without an owner in between."""
    handling = lives.handling
    who = np.where(_is(step, StepType.ACTION), handling.acted_by[case], handling.heard_by[case])
    who = np.where(_is(step, StepType.DECIDED), handling.decided_by[case], who)
    in_between = _is(step, StepType.ASSESSED, StepType.INFORMATION_ASKED, StepType.COMMUNICATED)
    return np.where(in_between & ~handling.owned[case], -1, who)


def _notes(lives: Lives, case: Whole, step: Whole) -> Text:
    """What is noted with a step: what was asked, why it ended so, what caused it."""
    handling = lives.handling
    notes = [
        None,
        "Asked for the receipt or anything else that shows the purchase.",
        *[WHY[name] for name in OUTCOMES],
        *[f"Cause: {CAUSES[kind]}." for kind in KINDS],
    ]
    why = _ends(lives, case, step)
    reason = _is(step, StepType.WITHDRAWN) | _is(step, StepType.DECIDED) & handling.reasoned[case]
    cause = _is(step, StepType.CLOSED) & handling.cause_noted[case]
    place = np.where(_is(step, StepType.INFORMATION_ASKED), 1, 0)
    place = np.where(reason, 2 + why, place)
    return words_at(notes, np.where(cause, 2 + len(OUTCOMES) + lives.stories.kind[case], place))
