"""The case file: what a customer says, beside what the shop's own records say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from retailkit.claims import Claim, ClaimStep, StepType
from retailkit.markets import Confidence, rules_of
from retailkit.orders import Order, OrderEvent, Product
from retailkit.records import AnyRecord, records_in
from retailkit.text import Sentences, day, escaped, spoken
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop


class CaseFile(Sentences):
    """One case as a card, one line for each thing that is known."""

    def __init__(self, case_id: str, lines: Iterable[str]) -> None:
        super().__init__(lines)
        self.case_id = case_id

    def _repr_html_(self) -> str:
        return self.page()

    def page(self, before: str = "") -> str:
        """The card as HTML, with a word or a number before its title."""
        title, words, *records = (escaped(line) for line in self)
        lines = "".join(f"<li>{line}</li>" for line in records)
        return (
            '<div style="border: 1px solid #8a939a; border-radius: 6px; padding: 0.5em 1em; '
            f'margin: 0.5em 0; max-width: 60em"><strong>{before}{title}</strong><p>{words}</p>'
            f"{f'<ul>{lines}</ul>' if lines else ''}</div>"
        )


class CaseFiles(list[CaseFile]):
    """Several cases, one card after the other."""

    @property
    def numbers(self) -> list[str]:
        """The cases' numbers, in the order of the cards."""
        return [card.case_id for card in self]

    def __repr__(self) -> str:
        return "\n\n".join(f"{number}{card!r}" for number, card in self._numbered())

    def _repr_html_(self) -> str:
        return "".join(card.page(number) for number, card in self._numbered())

    def _numbered(self) -> list[tuple[str, CaseFile]]:
        """Each card with its number; a single card needs none."""
        return [(f"{n}. " if len(self) > 1 else "", card) for n, card in enumerate(self, 1)]


def case_file(shop: Shop, claim_id: str) -> CaseFile:
    """One case as a card: the customer's words, and what our records hold about it.

    Raises ValueError where the claims book has no such number.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=60)
    >>> case_file(shop, shop.claims["claim_id"].iloc[0])[0].startswith("Case CL-")
    True
    """
    claim = shop.claim(claim_id)
    return CaseFile(
        claim_id,
        [
            f"Case {claim_id}{_received(claim)} ({spoken(claim.channel)}).",
            f"“{claim.narrative}”" if claim.narrative else "Nothing was written down.",
            *_form(claim),
            *_sale(shop, claim),
            *_product(shop, claim),
            *_earlier(shop, claim),
            *_same_fault(shop, claim),
            *_answer_due(shop, claim),
        ],
    )


def _received(claim: Claim) -> str:
    return "" if claim.received_at is None else f", received on {day(claim.received_at)}"


def _form(claim: Claim) -> list[str]:
    """What stands on the form besides the narrative, and what was left open."""
    amount = None if claim.amount is None else f"{claim.amount:.2f}"
    fields = {
        "what it is about": claim.reason and spoken(claim.reason),
        "the day it happened": claim.event_on and day(claim.event_on),
        "what is wanted": claim.wants and spoken(claim.wants),
        "the amount": amount,
        "what can be shown": claim.proof and spoken(claim.proof),
        "why special care is needed": claim.vulnerable_because and spoken(claim.vulnerable_because),
    }
    said = [f"{name}: {value}" for name, value in fields.items() if value]
    left_open = [name for name, value in fields.items() if not value]
    return [f"On the form: {'; '.join(said)}.", *_left_open(left_open)]


def _left_open(names: list[str]) -> list[str]:
    return [f"Left open on the form: {listing(names)}."] if names else []


def _sale(shop: Shop, claim: Claim) -> list[str]:
    """The order named, and what happened to it."""
    if claim.order_id is None:
        return ["Our records: no order is named."]
    orders = _records_with(shop.orders, Order, order_id=claim.order_id)
    if not orders:
        return [f"Our records: there is no order {claim.order_id}."]
    order = orders[0]
    events = _records_with(shop.order_events, OrderEvent, order_id=claim.order_id)
    happened = "; ".join(_event(event, claim) for event in events)
    promised = f" Promised for {day(order.promised_on)}." if order.promised_on else ""
    placed = "" if order.ordered_at is None else f" of {day(order.ordered_at)}"
    return [
        f"Our records: order {claim.order_id}{placed} ({spoken(order.place)}).",
        f"What happened to it: {happened or 'nothing yet'}.{promised}",
    ]


def _event(event: OrderEvent, claim: Claim) -> str:
    signed = ""
    if event.signed_by:
        who = "the customer" if event.signed_by == claim.customer_id else event.signed_by
        signed = f" (signed for by: {who})"
    when = "" if event.at is None else f" on {day(event.at)}"
    return f"{spoken(event.event)}{when}{signed}"


def _product(shop: Shop, claim: Claim) -> list[str]:
    guarantee = rules_of(shop.market).guarantee_months
    by_law = "" if guarantee.confidence == Confidence.HOUSE else "legal "
    years = count_of(guarantee.value // 12, "year")
    return [
        f"The product: {product.name}, {product.price:.2f}, "
        f"{'essential' if product.essential else 'not essential'}; {by_law}guarantee {years}."
        for product in _records_with(shop.products, Product, product_id=claim.product_id)
    ]


def _earlier(shop: Shop, claim: Claim) -> list[str]:
    """Earlier cases of the same customer, with their answers."""
    if claim.received_at is None:
        return []
    before = shop.claims[shop.claims["received_at"] < claim.received_at]
    return [
        f"Earlier case {case.claim_id}: {spoken(case.reason)}, {_answer(shop, case)}."
        for case in _records_with(before, Claim, customer_id=claim.customer_id)
    ]


def _answer(shop: Shop, case: Claim) -> str:
    answered = _answered_on(shop, case)
    if answered is None:
        return "not answered"
    late = ", too late" if case.answer_by and answered > case.answer_by else ""
    return f"answered on {day(answered)}{late}"


def _same_fault(shop: Shop, claim: Claim) -> list[str]:
    """How many customers report the same fault at the same time."""
    from retailkit.triage.book import claims_book
    from retailkit.triage.history import same_cause_customers

    book = claims_book(shop)
    counts = same_cause_customers(book)[book["claim_id"] == claim.claim_id]
    customers = 0 if counts.isna().all() else int(counts.iloc[0])
    if customers < 2:
        return []
    return [f"The same fault of this product was reported by {customers} customers within 30 days."]


def _answer_due(shop: Shop, claim: Claim) -> list[str]:
    """What was asked of the customer or taken back, and whether the answer came in time."""
    telling = (StepType.INFORMATION_ASKED, StepType.INFORMATION_RECEIVED, StepType.WITHDRAWN)
    steps = [
        step
        for step in _records_with(shop.claim_steps, ClaimStep, claim_id=claim.claim_id)
        if step.step in telling and step.at
    ]
    since = [f"{spoken(step.step)} on {day(step.at)}" for step in steps if step.at]
    silent = since and steps[-1].step == StepType.INFORMATION_ASKED
    lines = [f"Since then: {listing(since)}{', and no reply' if silent else ''}."] if since else []
    answered = _answered_on(shop, claim)
    if claim.answer_by is None:
        return lines
    if answered is None:
        late = ", which has gone by" if shop.today > claim.answer_by else ""
        return [*lines, f"Not answered yet. The answer is due by {day(claim.answer_by)}{late}."]
    if answered > claim.answer_by:
        return [*lines, f"The answer was due by {day(claim.answer_by)} and went out too late."]
    return lines


def _answered_on(shop: Shop, case: Claim) -> date | None:
    """The day on which a case was answered or taken back."""
    ends = (StepType.COMMUNICATED, StepType.WITHDRAWN)
    steps = _records_with(shop.claim_steps, ClaimStep, claim_id=case.claim_id)
    days = [step.at.date() for step in steps if step.step in ends and step.at]
    return max(days, default=None)


def _records_with(
    table: pd.DataFrame, record: type[AnyRecord], **key: str | None
) -> list[AnyRecord]:
    """The records of a table that have this key."""
    ((column, value),) = key.items()
    return records_in(table[table[column] == value], record)
