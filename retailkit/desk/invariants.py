"""The 22 rules that every case keeps, each with its sentence and a test on the shop's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retailkit.catalogue import later, say
from retailkit.desk import on_cases, on_records
from retailkit.desk.inspection import Inspection

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop


@dataclass(frozen=True, kw_only=True)
class Invariant:
    """One rule: its number and name, its sentence, and which rows of the shop break it."""

    number: int
    name: str
    sentence: str
    test: Callable[[Inspection], Iterable[str]]

    def broken_in(self, shop: Shop) -> list[str]:
        """The numbers of the rows of a shop that break the rule."""
        return [str(row) for row in self.test(Inspection(shop))]

    def __repr__(self) -> str:
        said = say(self.sentence)
        return say("Rule {number}, {rule}: {said}", number=self.number, rule=self.name, said=said)


def _rules(*rules: tuple[str, str, Callable[[Inspection], Iterable[str]]]) -> tuple[Invariant, ...]:
    return tuple(
        Invariant(number=number, name=name, sentence=sentence, test=test)
        for number, (name, sentence, test) in enumerate(rules, 1)
    )


INVARIANTS = _rules(
    ("form_given", later("The form is given to everybody who asks."), on_cases.form_not_given),
    ("own_number", later("Every case has a number of its own."), on_cases.number_not_its_own),
    (
        "acknowledged_in_full",
        later("The acknowledgement comes after the receipt and names case, owner and answer date."),
        on_cases.acknowledgement_not_full,
    ),
    (
        "dates_can_be",
        later("A purchase comes before what happened, and that before it was told."),
        on_cases.dates_cannot_be,
    ),
    (
        "steps_in_order",
        later("The steps of a case follow in their order."),
        on_cases.steps_out_of_order,
    ),
    ("one_owner", later("An open case has exactly one owner."), on_cases.no_owner),
    (
        "decided_by_another",
        later("Nobody decides about himself or herself, or reviews an own decision."),
        on_cases.not_impartial,
    ),
    (
        "reasons_given",
        later("No decision against a customer is without reasons."),
        on_cases.no_reasons,
    ),
    (
        "unfounded_is_shown",
        later("A case is unfounded only by a record of ours, or after a request left unanswered."),
        on_cases.unfounded_not_shown,
    ),
    (
        "claims_are_acted_on",
        later("A claim is only thanked for if it is withdrawn, a duplicate or put right already."),
        on_cases.claim_only_thanked,
    ),
    (
        "everybody_answered",
        later("Every case is answered in time, with the places outside the shop."),
        on_cases.not_answered,
    ),
    ("free_of_charge", later("Complaining costs the customer nothing."), on_cases.charged),
    (
        "not_more_than_paid",
        later("No more is given back than was paid, unless it is a compensation."),
        on_cases.more_than_paid,
    ),
    (
        "burden_on_the_shop",
        later(
            "While a fault is presumed to be from the start, the shop shows the opposite or pays."
        ),
        on_cases.burden_shifted,
    ),
    (
        "answer_date_by_rule",
        later("The answer date is the law's, or the shop's promise where that is earlier."),
        on_cases.wrong_answer_date,
    ),
    (
        "closed_when_told",
        later("A case is closed only once the customer is told."),
        on_cases.closed_untold,
    ),
    (
        "marketing_with_consent",
        later("Offers go only to whoever said yes, and each tells how to have no more."),
        on_records.unasked_offers,
    ),
    (
        "nothing_disclosed",
        later("A letter tells nothing about anybody else."),
        on_records.disclosing,
    ),
    (
        "erased_is_erased",
        later("Of whoever was erased nothing personal is kept."),
        on_records.half_erased,
    ),
    (
        "level_is_blind",
        later("How serious a case is never depends on who the customer is or spends."),
        on_records.level_sees_the_person,
    ),
    (
        "right_hands",
        later("Training is given by the trainer, a repair done by the technician."),
        on_records.wrong_hands,
    ),
    (
        "anonymous_stays_so",
        later("Whoever gave no name in a survey cannot be found by it."),
        on_records.anonymous_but_linked,
    ),
)
"""The 22 rules of the desk, in the order of their numbers."""


def broken_rules(shop: Shop, claim_id: str | None = None) -> pd.DataFrame:
    """Which row of the shop breaks which rule.

    One row per breach; columns `number`, `rule`, `row` (the case's number, or that of the
    message, the service or whatever else it is) and `sentence`. With a case's number only
    its own breaches.

    >>> from retailkit.generate import make_shop
    >>> broken_rules(make_shop(seed=7, customers=20)).columns.to_list()
    ['number', 'rule', 'row', 'sentence']
    """
    import pandas as pd

    seen = Inspection(shop)
    rows = [
        (rule.number, rule.name, str(row), say(rule.sentence))
        for rule in INVARIANTS
        for row in dict.fromkeys(rule.test(seen))
        if claim_id is None or row == claim_id
    ]
    return pd.DataFrame(rows, columns=["number", "rule", "row", "sentence"])
