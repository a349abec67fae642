"""The facts of every case, read from the records that a real shop would have.

Nothing here knows how a shop was made: each fact is found in orders, deliveries,
signatures, dates, earlier cases and the words of the customer, or it is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.claims import Proof, Reason, StepType, Vulnerability, asks_for_something
from retailkit.markets import months_later, rules_of
from retailkit.narratives import Signal, tells
from retailkit.records import dtype, kinds
from retailkit.triage import history
from retailkit.triage.book import claims_book
from retailkit.triage.facts import Evidence

if TYPE_CHECKING:
    from retailkit.shop import Shop

NO_SALE_NEEDED = [
    Reason.STAFF_TREATMENT,
    Reason.SERVICE_QUALITY,
    Reason.INFORMATION,
    Reason.PRICE_OR_CHARGE,
    Reason.PRIVACY,
    Reason.SAFETY_OR_HYGIENE,
    Reason.LOST_PROPERTY,
    Reason.COMPLAINT_HANDLING,
]
"""What can happen to a visitor who buys nothing."""

FAULTS_OF_GOODS = [*history.FAULTS_OF_PRODUCTS, Reason.GUARANTEE_REFUSED]
"""What a legal guarantee covers."""

DELIVERY = [Reason.LATE, Reason.NOT_DELIVERED]

DAYS_TO_REPLY = 10
"""How long a customer has to answer a request for proof before we go on without it."""


def evidence(shop: Shop) -> pd.DataFrame:
    """What the shop's records show about each case.

    One row per claim, index `claim_id`, the fields of `Evidence` as columns: yes, no
    or not known (nullable booleans), or a number; amounts in the market's currency.
    Raises ValueError where the claims lack a column.

    >>> from retailkit.generate import make_shop
    >>> facts = evidence(make_shop(seed=7, customers=200))
    >>> facts["hazard"].isin([True, False]).all()
    np.True_
    """
    book = claims_book(shop)
    columns = {
        name: pd.Series(FACTS[name](book, shop), index=book.index, dtype=dtype(kind))
        for name, kind in kinds(Evidence).items()
    }
    return pd.DataFrame(columns).set_axis(pd.Index(book["claim_id"], name="claim_id"))


def yes_where(test: pd.Series, known: pd.Series) -> pd.Series:
    """A yes-no column from a test, not known where `known` is false."""
    return test.astype("boolean").where(known)


def names_one(column: pd.Series, none: str) -> pd.Series:
    """Whether a field names something: no where it names none, not known where it is empty."""
    return yes_where(column != none, column.notna())


def heard(signal: Signal) -> Callable[[pd.DataFrame, Shop], pd.Series]:
    """A fact that the customer's own words tell."""

    def fact(book: pd.DataFrame, shop: Shop) -> pd.Series:
        return book["told"].map(lambda text: tells(signal, text)).astype("boolean")

    return fact


def hazard(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The case is about safety or hygiene, or the text names a danger.

    A danger that nobody heard weighs more than a false alarm, so the form's own word counts.
    """
    return heard(Signal.HAZARD)(book, shop) | (book["reason"] == Reason.SAFETY_OR_HYGIENE)


def privacy_breach(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The case is about somebody's data, or the text says that they went astray."""
    return heard(Signal.PRIVACY)(book, shop) | (book["reason"] == Reason.PRIVACY)


def asks(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """Whether anything is asked for: on the form, or in passing in what the customer wrote."""
    answers = [
        asks_for_something(wants, told)
        for wants, told in zip(book["wants"], book["told"], strict=True)
    ]
    return pd.Series(answers, index=book.index, dtype="boolean")


def withdrawn(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The customer took it back."""
    return history.step_at(book, shop, StepType.WITHDRAWN).notna()


def sale_needed(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The matter can only happen to somebody who bought something."""
    known = book["reason"].notna() & (book["reason"] != Reason.OTHER)
    return yes_where(~book["reason"].isin(NO_SALE_NEEDED), known)


def sale_found(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The order named is on record, or the customer bought the product in another one.

    A wrong order number is a slip, so the customer's purchases are searched as well;
    and whoever does not give a name may still hold the order.
    """
    nobody_else = (book["bought_by"] == book["customer_id"]) | book["bought_by"].isna()
    nobody_else |= book["customer_id"].isna()
    by_order = book["ordered_on"].notna() & book["bought"] & nobody_else
    lines = shop.order_lines.merge(shop.orders[["order_id", "customer_id"]], on="order_id")
    sold = pd.MultiIndex.from_frame(lines[["customer_id", "product_id"]].dropna())
    asked = pd.MultiIndex.from_frame(book[["customer_id", "product_id"]])
    by_customer = pd.Series(asked.isin(sold), index=book.index)
    searchable = book["customer_id"].notna() & book["product_id"].notna()
    return yes_where(by_order | by_customer, book["order_id"].notna() | searchable)


def proof_offered(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """Something was shown, with the form, later or as a warranty card; no, if asked in vain."""
    steps = shop.claim_steps
    came = steps.loc[steps["proof"].notna() & (steps["proof"] != Proof.NONE), "claim_id"]
    shown = names_one(book["proof"], Proof.NONE) | book["claim_id"].isin(came)
    shown = shown.mask(book["carded_on"].notna(), True)
    in_vain = proof_request_unanswered(book, shop).fillna(False)
    return shown.mask(shown.isna() & in_vain, False)


def proof_request_unanswered(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """We asked, the time to reply is over, and nothing came; not known while it still runs."""
    asked = history.step_at(book, shop, StepType.INFORMATION_ASKED)
    replied = history.step_at(book, shop, StepType.INFORMATION_RECEIVED)
    # a letter that nobody entered as a step is a reply all the same
    replied = pd.concat([replied, book["wrote_at"]], axis="columns").max(axis="columns")
    waited = pd.Timestamp(shop.today) - asked > pd.Timedelta(days=DAYS_TO_REPLY)
    open_request = asked.notna() & (replied.isna() | (replied < asked))
    return yes_where(open_request, ~open_request | waited)


def contradicted(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """A record of ours says the opposite: signed for by the customer, or returned before.

    A parcel that came after the customer had told us contradicts nobody.
    """
    never_came = book["reason"] == Reason.NOT_DELIVERED
    there = book["delivered_at"] <= book["received_at"]
    signed = there & (book["signed_by"] == book["customer_id"])
    unsigned = there & book["signed_by"].isna()
    of_goods = book["reason"].isin(FAULTS_OF_GOODS)
    returned = of_goods & (book["returned_at"].dt.normalize() < book["event_on"])
    known = book["ordered_on"].notna() & book["reason"].notna() & ~(never_came & unsigned)
    return yes_where((never_came & signed) | returned, known)


def dates_impossible(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """It happened before the order was placed, or after the day on which it was told."""
    event, ordered, told = book["event_on"], book["ordered_on"], book["received_at"]
    before = yes_where(event < ordered, event.notna() & ordered.notna())
    after = yes_where(event > told.dt.normalize(), event.notna() & told.notna())
    return before | after


def within(rule: str) -> Callable[[pd.DataFrame, Shop], pd.Series]:
    """Whether a fault showed within so many months of the handing over, by a rule of the market."""

    def fact(book: pd.DataFrame, shop: Shop) -> pd.Series:
        months = getattr(rules_of(shop.market), rule).value
        # where no delivery is on record, the day of the order is the best we know
        start = book["delivered_at"].dt.normalize().fillna(book["ordered_on"])
        start = start.fillna(book["carded_on"])
        last = months_later(start.to_numpy().astype("datetime64[D]"), months)
        covered = yes_where(book["reason"].isin(FAULTS_OF_GOODS), book["reason"].notna())
        dated = start.notna() & book["event_on"].notna()
        # where the law gives no time at all, not even the first day is inside it
        return covered & yes_where((book["event_on"] <= last) & (months > 0), dated)

    return fact


def promise_broken(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The case is about a delivery that came after the promised day, or has not come."""
    came = book["delivered_at"].dt.normalize().fillna(pd.Timestamp(shop.today))
    about_delivery = yes_where(book["reason"].isin(DELIVERY), book["reason"].notna())
    return about_delivery & yes_where(came > book["promised_on"], book["promised_on"].notna())


def amount(book: pd.DataFrame, shop: Shop) -> pd.Series:
    """The sum on the form. A sum below zero is a slip, so what was meant is not known."""
    return book["amount"].where(book["amount"] >= 0)


FACTS: dict[str, Callable[[pd.DataFrame, Shop], pd.Series]] = {
    "hazard": hazard,
    "privacy_breach": privacy_breach,
    "discrimination": heard(Signal.DISCRIMINATION),
    "withdrawn": withdrawn,
    "duplicate": history.duplicates,
    "already_remedied": history.already_remedied,
    "sale_needed": sale_needed,
    "sale_found": sale_found,
    "proof_offered": proof_offered,
    "proof_request_unanswered": proof_request_unanswered,
    "contradicted": contradicted,
    "dates_impossible": dates_impossible,
    "asks_for_something": asks,
    "repeated": history.repeated,
    "earlier_late": history.earlier_late,
    "clock_breached": history.answered_late,
    "amount": amount,
    "vulnerable": lambda book, shop: names_one(book["vulnerable_because"], Vulnerability.NONE),
    "essential": lambda book, shop: book["essential"],
    "in_guarantee": within("guarantee_months"),
    "in_presumption": within("presumption_months"),
    "promise_broken": promise_broken,
    "same_cause_customers": lambda book, shop: history.same_cause_customers(book),
    "market": lambda book, shop: pd.Series(shop.market, index=book.index, dtype="str"),
}
"""Each fact and how it is read from the records."""
