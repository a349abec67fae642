"""The case file: what a customer says, beside what the shop's own records say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from retailkit.claims import Claim, StepType
from retailkit.markets import rules_of
from retailkit.orders import OrderEvent
from retailkit.text import Sentences, day, escaped, spoken
from retailkit.words import listing

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop


class CaseFile(Sentences):
    """One case as a card, one line for each thing that is known."""

    def __init__(self, case_id: str, lines: Iterable[str]) -> None:
        super().__init__(lines)
        self.case_id = case_id

    def _repr_html_(self) -> str:
        title, words, *records = (escaped(line) for line in self)
        lines = "".join(f"<li>{line}</li>" for line in records)
        return (
            '<div style="border: 1px solid #8a939a; border-radius: 6px; padding: 0.5em 1em; '
            f'margin: 0.5em 0; max-width: 60em"><strong>{title}</strong><p>{words}</p>'
            f"<ul>{lines}</ul></div>"
        )


class CaseFiles(list[CaseFile]):
    """Several cases, one card after the other."""

    @property
    def numbers(self) -> list[str]:
        """The cases' numbers, in the order of the cards."""
        return [card.case_id for card in self]

    def __repr__(self) -> str:
        return "\n\n".join(repr(card) for card in self)

    def _repr_html_(self) -> str:
        return "".join(card._repr_html_() for card in self)


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
            f"Case {claim.claim_id}, received on {day(claim.received_at)} ({spoken(claim.channel)}).",
            f"“{claim.narrative}”",
            *_form(claim),
            *_sale(shop, claim),
            *_product(shop, claim),
            *_earlier(shop, claim),
            *_answer_due(shop, claim),
        ],
    )


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
    orders = shop.orders[shop.orders["order_id"] == claim.order_id]
    if orders.empty:
        return ["Our records: no order is named." if claim.order_id is None else
                f"Our records: there is no order {claim.order_id}."]
    order = orders.iloc[0]
    lines = [f"Our records: order {claim.order_id} of {day(order.ordered_at)} ({order.place})."]
    events = shop.order_events[shop.order_events["order_id"] == claim.order_id]
    happened = [_event(OrderEvent.from_row(row), claim) for _, row in events.iterrows()]
    promised = "" if _empty(order.promised_on) else f" Promised for {day(order.promised_on)}."
    return [*lines, f"What happened to it: {'; '.join(happened)}.{promised}"]


def _event(event: OrderEvent, claim: Claim) -> str:
    signed = ""
    if event.signed_by:
        who = "the customer" if event.signed_by == claim.customer_id else event.signed_by
        signed = f" (signed for by: {who})"
    return f"{event.event} on {day(event.at)}{signed}"


def _product(shop: Shop, claim: Claim) -> list[str]:
    products = shop.products[shop.products["product_id"] == claim.product_id]
    if products.empty:
        return []
    product = products.iloc[0]
    years = rules_of(shop.market).guarantee_months.value // 12
    kind = "essential" if product.essential else "not essential"
    return [f"The product: {product['name']}, {product.price:.2f}, {kind}; legal guarantee {years} years."]


def _earlier(shop: Shop, claim: Claim) -> list[str]:
    """Earlier cases of the same customer, with their answers."""
    book = shop.claims
    before = book[(book["customer_id"] == claim.customer_id) & (book["received_at"] < claim.received_at)]
    return [
        f"Earlier case {row.claim_id} of {day(row.received_at)}: {spoken(row.reason)}, "
        f"{_answer(shop, row)}."
        for row in before.itertuples()
    ]


def _answer(shop: Shop, row: pd.Series) -> str:
    steps = shop.claim_steps[shop.claim_steps["claim_id"] == row.claim_id]
    told = steps.loc[steps["step"] == StepType.COMMUNICATED, "at"]
    if told.empty:
        return f"to be answered by {day(row.answer_by)}, not answered"
    late = ", late" if told.iloc[-1].normalize() > row.answer_by else ""
    return f"answered on {day(told.iloc[-1])}{late}"


def _answer_due(shop: Shop, claim: Claim) -> list[str]:
    """What was asked of the customer or taken back, and whether the answer came in time."""
    steps = shop.claim_steps[shop.claim_steps["claim_id"] == claim.claim_id]
    telling = [StepType.INFORMATION_ASKED, StepType.INFORMATION_RECEIVED, StepType.WITHDRAWN]
    since = [
        f"{row.step.replace('_', ' ')} on {day(row.at)}"
        for row in steps[steps["step"].isin(telling)].itertuples()
    ]
    lines = [f"Since then: {listing(since)}."] if since else []
    if claim.answer_by is None:
        return lines
    answered = steps.loc[steps["step"].isin([StepType.COMMUNICATED, StepType.WITHDRAWN]), "at"]
    if answered.empty:
        late = ", which has gone by" if shop.today > claim.answer_by else ""
        return [*lines, f"Not answered yet. The answer is due by {day(claim.answer_by)}{late}."]
    if answered.iloc[-1].date() > claim.answer_by:
        return [*lines, f"The answer was due by {day(claim.answer_by)} and went out too late."]
    return lines


def _empty(value: object) -> bool:
    import pandas as pd

    return bool(pd.isna(value))
