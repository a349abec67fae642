"""The desk's rules: what a case needs, and how urgent it is.

Each rule is written once, on columns of yes, no and not known, with `&`, `|`
and `~`. It judges a single case (a table of one row) and a whole claims book
alike. A rule applies only where its test is surely true; what is not known never
counts as yes and never as no.

The gates come from ISO 10002's initial assessment and from the two source
documents of the course: what needs no action, what is false or imaginary, and
three levels of response.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retailkit.markets import rules_of
from retailkit.words import Word

if TYPE_CHECKING:
    import pandas as pd


class Level(Word):
    """How serious a matter is, and so how fast and by whom it is answered."""

    SERIOUS = "serious", "Someone could be hurt or wronged, or the law may be broken: answer now."
    MIDDLE = "middle", "Money, the use of a product or a promise is at stake: answer soon."
    LOWER = "lower", "An annoyance that a kind word or a small fix puts right."


class Disposition(Word):
    """What a case needs, whatever its level."""

    ACT = "act", "Do something about it."
    ASK_INFORMATION = "ask_information", "Ask the customer, once, for what is missing."
    NO_ACTION = "no_action", "Answer kindly; there is nothing left to do."
    UNFOUNDED_FALSE = (
        "unfounded_false",
        "A record of ours says the opposite. That is not yet a lie.",
    )
    UNFOUNDED_IMAGINARY = (
        "unfounded_imaginary",
        "No sale or product of ours fits, and no proof came.",
    )


class Burden(Word):
    """Who has to show what about a fault inside the guarantee."""

    SHOP = "shop", "The shop would have to show that the fault was not there from the start."
    CUSTOMER = "customer", "The customer would have to show that it was there from the start."


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: what it looks at, when it applies, what follows and why."""

    name: str
    looks_at: tuple[str, ...]
    test: Callable[[pd.DataFrame], pd.Series]
    follows: Level | Disposition | Burden
    because: str


MANY_CUSTOMERS = 3
"""From this number of customers on, the same fault is a matter of the product, not of the piece."""


def someone_at_risk(facts: pd.DataFrame) -> pd.Series:
    """Somebody hurt, exposed or treated worse for who they are."""
    return facts.hazard | facts.privacy_breach | facts.discrimination


def no_sale(facts: pd.DataFrame) -> pd.Series:
    """A sale is needed, none is on record, and nothing is offered to show one."""
    return facts.sale_needed & ~facts.sale_found & ~facts.proof_offered


def unknown(test: pd.Series) -> pd.Series:
    """Where a test has no answer."""
    return test.isna().astype("boolean")


def always(facts: pd.DataFrame) -> pd.Series:
    """Every case."""
    return facts.market.notna().astype("boolean")


def limit(facts: pd.DataFrame, name: str) -> pd.Series:
    """The amount that each case's market sets, in its currency."""
    import numpy as np
    import pandas as pd

    # few markets and many cases: each market is looked up once
    places, found = pd.factorize(facts.market)
    limits = np.array([getattr(rules_of(code), name).value for code in found], dtype=float)
    return pd.Series(limits[places], index=facts.index, dtype="Float64")


AT_RISK = ("hazard", "privacy_breach", "discrimination")
SALE = ("sale_needed", "sale_found", "proof_offered")

DISPOSITION_RULES = (
    Rule(
        name="people_first",
        looks_at=AT_RISK,
        test=someone_at_risk,
        follows=Disposition.ACT,
        because="somebody was or could be harmed, so we act before any doubt about what happened",
    ),
    Rule(
        name="nothing_left_to_do",
        looks_at=("withdrawn", "duplicate", "already_remedied"),
        test=lambda facts: facts.withdrawn | facts.duplicate | facts.already_remedied,
        follows=Disposition.NO_ACTION,
        because="it was taken back, is in hand already, or has been put right",
    ),
    Rule(
        name="sale_not_clear",
        looks_at=SALE,
        test=lambda facts: unknown(no_sale(facts)),
        follows=Disposition.ASK_INFORMATION,
        because="it is not known yet whether there was a sale or whether there is any proof of it",
    ),
    Rule(
        name="no_sale_and_no_reply",
        looks_at=(*SALE, "proof_request_unanswered"),
        test=lambda facts: no_sale(facts) & facts.proof_request_unanswered,
        follows=Disposition.UNFOUNDED_IMAGINARY,
        because="no sale of ours fits, no proof was offered, and our request for it had no reply",
    ),
    Rule(
        name="no_sale_on_record",
        looks_at=SALE,
        test=no_sale,
        follows=Disposition.ASK_INFORMATION,
        because="no sale of ours fits and no proof was offered, so we ask once before we judge",
    ),
    Rule(
        name="record_says_the_opposite",
        looks_at=("contradicted",),
        test=lambda facts: facts.contradicted,
        follows=Disposition.UNFOUNDED_FALSE,
        because="a record of ours says the opposite of what the case rests on",
    ),
    Rule(
        name="dates_cannot_be",
        looks_at=("dates_impossible",),
        test=lambda facts: facts.dates_impossible,
        follows=Disposition.ASK_INFORMATION,
        because="the dates cannot be as written; a slip of the pen is not a lie, so we ask",
    ),
    Rule(
        name="request_not_clear",
        looks_at=("asks_for_something",),
        test=lambda facts: unknown(facts.asks_for_something),
        follows=Disposition.ASK_INFORMATION,
        because="it is not known yet whether the customer asks for anything",
    ),
    Rule(
        name="only_said",
        looks_at=("asks_for_something", "repeated"),
        # whoever gives no name cannot be known to have come before; they are thanked all the same
        test=lambda facts: ~facts.asks_for_something & ~facts.repeated.fillna(False),
        follows=Disposition.NO_ACTION,
        because="it is a complaint that asks for nothing, the first we know of: thank and note it",
    ),
    Rule(
        name="otherwise_act",
        looks_at=(),
        test=always,
        follows=Disposition.ACT,
        because="something is asked for, or it has happened before, and nothing is against it",
    ),
)

LEVEL_RULES = (
    Rule(
        name="someone_at_risk",
        looks_at=AT_RISK,
        test=someone_at_risk,
        follows=Level.SERIOUS,
        because="somebody was or could be harmed",
    ),
    Rule(
        name="large_amount",
        looks_at=("amount", "market"),
        test=lambda facts: facts.amount >= limit(facts, "amount_high"),
        follows=Level.SERIOUS,
        because="the amount reaches the market's high limit",
    ),
    Rule(
        name="vulnerable_and_essential",
        looks_at=("vulnerable", "essential"),
        test=lambda facts: facts.vulnerable & facts.essential,
        follows=Level.SERIOUS,
        because="a customer who needs special care has trouble with something essential",
    ),
    Rule(
        name="again_after_a_late_answer",
        looks_at=("repeated", "earlier_late"),
        test=lambda facts: facts.repeated & facts.earlier_late,
        follows=Level.SERIOUS,
        because="it has happened before, and that time we answered late",
    ),
    Rule(
        name="answer_overdue",
        looks_at=("clock_breached",),
        test=lambda facts: facts.clock_breached,
        follows=Level.SERIOUS,
        because="the day by which we had to answer has gone by",
    ),
    Rule(
        name="many_customers",
        looks_at=("same_cause_customers",),
        test=lambda facts: facts.same_cause_customers >= MANY_CUSTOMERS,
        follows=Level.SERIOUS,
        because="several customers report the same fault of the same product",
    ),
    Rule(
        name="in_guarantee",
        looks_at=("in_guarantee",),
        test=lambda facts: facts.in_guarantee,
        follows=Level.MIDDLE,
        because="it is a fault inside the legal guarantee",
    ),
    Rule(
        name="middle_amount",
        looks_at=("amount", "market"),
        test=lambda facts: facts.amount >= limit(facts, "amount_middle"),
        follows=Level.MIDDLE,
        because="the amount reaches the market's middle limit",
    ),
    Rule(
        name="happened_before",
        looks_at=("repeated",),
        test=lambda facts: facts.repeated,
        follows=Level.MIDDLE,
        because="it has happened to this customer before",
    ),
    Rule(
        name="vulnerable_or_essential",
        looks_at=("vulnerable", "essential"),
        test=lambda facts: facts.vulnerable | facts.essential,
        follows=Level.MIDDLE,
        because="the customer needs special care, or the product is essential",
    ),
    Rule(
        name="promise_broken",
        looks_at=("promise_broken",),
        test=lambda facts: facts.promise_broken,
        follows=Level.MIDDLE,
        because="the delivery broke a promise",
    ),
    Rule(
        name="otherwise_lower",
        looks_at=(),
        test=always,
        follows=Level.LOWER,
        because="nothing on record makes it more than an annoyance",
    ),
)

BURDEN_RULES = (
    Rule(
        name="fault_presumed",
        looks_at=("in_guarantee", "in_presumption"),
        test=lambda facts: facts.in_guarantee & facts.in_presumption,
        follows=Burden.SHOP,
        because="the burden of proof is on the shop: so soon after the sale, "
        "a fault is presumed to have been there from the start",
    ),
    Rule(
        name="fault_no_longer_presumed",
        looks_at=("in_guarantee", "in_presumption"),
        test=lambda facts: facts.in_guarantee & ~facts.in_presumption,
        follows=Burden.CUSTOMER,
        because="the burden of proof is on the customer: so long after the sale, "
        "a fault is no longer presumed to have been there from the start",
    ),
)

RULES = (*DISPOSITION_RULES, *LEVEL_RULES)
"""All rules of triage in their order; of each kind, the first that applies decides."""
