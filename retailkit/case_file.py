"""The case file: what a customer says, beside what the shop's own records say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from retailkit.catalogue import later, say
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
            _title(claim),
            say("“{words}”", words=claim.narrative)
            if claim.narrative
            else say("Nothing was written down."),
            *_form(claim),
            *_sale(shop, claim),
            *_product(shop, claim),
            *_earlier(shop, claim),
            *_same_fault(shop, claim),
            *_answer_due(shop, claim),
        ],
    )


def _title(claim: Claim) -> str:
    known = {"case": claim.claim_id, "channel": spoken(claim.channel)}
    if claim.received_at is None:
        return say("Case {case} ({channel}).", **known)
    return say("Case {case}, received on {day} ({channel}).", day=day(claim.received_at), **known)


def _form(claim: Claim) -> list[str]:
    """What stands on the form besides the narrative, and what was left open."""
    amount = None if claim.amount is None else say("{amount:.2f}", amount=claim.amount)
    fields = {
        say("what it is about"): claim.reason and spoken(claim.reason),
        say("the day it happened"): claim.event_on and day(claim.event_on),
        say("what is wanted"): claim.wants and spoken(claim.wants),
        say("the amount"): amount,
        say("what can be shown"): claim.proof and spoken(claim.proof),
        say("why special care is needed"): claim.vulnerable_because
        and spoken(claim.vulnerable_because),
    }
    said = [f"{name}: {value}" for name, value in fields.items() if value]
    left_open = [name for name, value in fields.items() if not value]
    on_it = say("On the form: {entries}.", entries="; ".join(said))
    return [on_it, *_left_open(left_open)]


def _left_open(names: list[str]) -> list[str]:
    return [say("Left open on the form: {entries}.", entries=listing(names))] if names else []


def _sale(shop: Shop, claim: Claim) -> list[str]:
    """The order named, and what happened to it."""
    if claim.order_id is None:
        return [say("Our records: no order is named.")]
    orders = _records_with(shop.orders, Order, order_id=claim.order_id)
    if not orders:
        return [say("Our records: there is no order {order}.", order=claim.order_id)]
    order = orders[0]
    events = _records_with(shop.order_events, OrderEvent, order_id=claim.order_id)
    happened = "; ".join(_event(event, claim) for event in events) or say("nothing yet")
    became = say("What happened to it: {events}.", events=happened)
    if order.promised_on:
        became += say(" Promised for {day}.", day=day(order.promised_on))
    return [_placed(order), became]


def _placed(order: Order) -> str:
    known = {"order": order.order_id, "place": spoken(order.place)}
    if order.ordered_at is None:
        return say("Our records: order {order} ({place}).", **known)
    return say("Our records: order {order} of {day} ({place}).", day=day(order.ordered_at), **known)


OURS = later("the customer")


def _event(event: OrderEvent, claim: Claim) -> str:
    said = dated(event)
    if not event.signed_by:
        return said
    who = OURS if event.signed_by == claim.customer_id else event.signed_by
    return f"{said} {say('(signed for by: {who})', who=say(who))}"


def dated(event: OrderEvent) -> str:
    """What happened to an order, and when."""
    if event.at is None:
        return spoken(event.event)
    return say("{event} on {day}", event=spoken(event.event), day=day(event.at))


def _product(shop: Shop, claim: Claim) -> list[str]:
    guarantee = rules_of(shop.market).guarantee_months
    own = guarantee.confidence == Confidence.HOUSE
    covered = say(
        "guarantee {years}" if own else "legal guarantee {years}",
        years=count_of(guarantee.value // 12, "year"),
    )
    return [
        say(
            "The product: {name}, {price:.2f}, essential; {guarantee}."
            if product.essential
            else "The product: {name}, {price:.2f}, not essential; {guarantee}.",
            name=product.name and say(product.name),
            price=product.price,
            guarantee=covered,
        )
        for product in _records_with(shop.products, Product, product_id=claim.product_id)
    ]


def _earlier(shop: Shop, claim: Claim) -> list[str]:
    """Earlier cases of the same customer, with their answers."""
    if claim.received_at is None:
        return []
    before = shop.claims[shop.claims["received_at"] < claim.received_at]
    return [
        say(
            "Earlier case {case}: {reason}, {answer}.",
            case=case.claim_id,
            reason=spoken(case.reason),
            answer=_answer(shop, case),
        )
        for case in _records_with(before, Claim, customer_id=claim.customer_id)
    ]


def _answer(shop: Shop, case: Claim) -> str:
    answered = _answered_on(shop, case)
    if answered is None:
        return say("not answered")
    late = case.answer_by and answered > case.answer_by
    return say("answered on {day}, too late" if late else "answered on {day}", day=day(answered))


def _same_fault(shop: Shop, claim: Claim) -> list[str]:
    """How many customers report the same fault at the same time."""
    from retailkit.triage.book import claims_alone
    from retailkit.triage.history import same_cause_customers

    book = claims_alone(shop)
    alike = book[(book["product_id"] == claim.product_id) & (book["reason"] == claim.reason)]
    counts = same_cause_customers(alike)[alike["claim_id"] == claim.claim_id]
    customers = 0 if counts.isna().all() else int(counts.iloc[0])
    if customers < 2:
        return []
    return [
        say(
            "The same fault of this product was reported by {number} customers within 30 days.",
            number=customers,
        )
    ]


def _answer_due(shop: Shop, claim: Claim) -> list[str]:
    """What was asked of the customer or taken back, and whether the answer came in time."""
    telling = (StepType.INFORMATION_ASKED, StepType.INFORMATION_RECEIVED, StepType.WITHDRAWN)
    steps = [
        step
        for step in _records_with(shop.claim_steps, ClaimStep, claim_id=claim.claim_id)
        if step.step in telling and step.at
    ]
    since = [
        say("{step} on {day}", step=spoken(step.step), day=day(step.at))
        for step in steps
        if step.at
    ]
    silent = since and steps[-1].step == StepType.INFORMATION_ASKED
    told = say(
        "Since then: {steps}, and no reply." if silent else "Since then: {steps}.",
        steps=listing(since),
    )
    return [*([told] if since else []), *_due(claim, _answered_on(shop, claim), shop.today)]


def _due(claim: Claim, answered: date | None, today: date) -> list[str]:
    if claim.answer_by is None:
        return []
    due = day(claim.answer_by)
    if answered is None and today > claim.answer_by:
        return [say("Not answered yet. The answer is due by {day}, which has gone by.", day=due)]
    if answered is None:
        return [say("Not answered yet. The answer is due by {day}.", day=due)]
    if answered > claim.answer_by:
        return [say("The answer was due by {day} and went out too late.", day=due)]
    return []


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
