"""The indicators that are read from what a shop promises to everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from retailkit.catalogue import say
from retailkit.markets import Basis, acknowledge_by, answer_by, rules_of
from retailkit.principles.principle import Indicator, Verdict
from retailkit.principles.standards import Finding
from retailkit.procedure import Basic
from retailkit.text import spoken
from retailkit.words import listing

if TYPE_CHECKING:
    from retailkit.procedure import Procedure
    from retailkit.shop import Shop

Test = Callable[["Procedure", "Shop"], str]


def _basics_not_published(procedure: Procedure, shop: Shop) -> str:
    lacking = [basic for basic in Basic if basic not in procedure.published]
    basics = listing(spoken(basic) for basic in lacking)
    return say("It leaves out {basics}.", basics=basics) if lacking else ""


def _language_of_market(procedure: Procedure, shop: Shop) -> str:
    languages = rules_of(shop.market).languages
    if set(languages) & set(procedure.languages):
        return ""
    return say(
        "It writes {ours}; the market speaks {theirs}.",
        ours=listing(procedure.languages),
        theirs=listing(languages),
    )


def _promise_beyond_law(procedure: Procedure, shop: Shop) -> str:
    """Looked at as of today: a month has not always the same number of days."""
    on = shop.today
    rule = answer_by(on, shop.market)
    promised = on + timedelta(days=procedure.answer_within_days)
    if rule.basis == Basis.LAW and promised > rule.date:
        days = procedure.answer_within_days
        return say("It promises {days} days. {source}", days=days, source=rule.source)
    rule = acknowledge_by(on, shop.market)
    hours = procedure.acknowledge_within_hours
    # where the copy of the form is the proof, the law leaves no time to promise
    handed_over = rule.at is not None and rule.at.hour == 0 and rule.date == on
    if rule.basis == Basis.LAW and not handed_over and on + timedelta(hours=hours) > rule.date:
        return say("It promises {hours} hours. {source}", hours=hours, source=rule.source)
    return ""


def _no_second_person(procedure: Procedure, shop: Shop) -> str:
    alone = procedure.staff < 2 or procedure.separate_reviewer
    return "" if alone else say("It has a staff of {staff}.", staff=procedure.staff)


def _fee_published(procedure: Procedure, shop: Shop) -> str:
    return say("The fee is {fee:g}.", fee=procedure.fee) if procedure.fee else ""


def _no_owner_promised(procedure: Procedure, shop: Shop) -> str:
    return "" if procedure.named_owner else say("No owner is named.")


def _no_review(procedure: Procedure, shop: Shop) -> str:
    return "" if procedure.reviews_causes else say("Causes are not reviewed.")


BROKEN_PROMISES: Mapping[str, Test] = {
    "basics_not_published": _basics_not_published,
    "language_of_market": _language_of_market,
    "promise_beyond_law": _promise_beyond_law,
    "no_second_person": _no_second_person,
    "fee_published": _fee_published,
    "no_owner_promised": _no_owner_promised,
    "no_review": _no_review,
}
"""What is wrong with a promise, in a sentence, or nothing; by indicator."""


def published(indicator: Indicator, procedure: Procedure, shop: Shop) -> Finding:
    """What a promise shows: it is there to read, so there is nothing to be unsure of."""
    wrong = BROKEN_PROMISES[indicator.name](procedure, shop)
    share = 1.0 if wrong else 0.0
    said = f"{say(indicator.counts)} {wrong}" if wrong else say("The promise is as it should be.")
    return Finding(
        indicator=indicator,
        verdict=Verdict.BROKEN if wrong else Verdict.KEPT,
        value=share,
        low=share,
        high=share,
        n=1,
        because=said,
    )
