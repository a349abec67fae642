"""Stages: what happens with a customer before, during and after a sale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from retailkit.case_file import CaseFile
from retailkit.catalogue import later, say
from retailkit.claims import Claim, ClaimStep, StepType
from retailkit.orders import (
    Enquiry,
    Order,
    OrderEvent,
    OrderEventType,
    OrderLine,
    Place,
    Product,
)
from retailkit.records import AnyRecord, records_in
from retailkit.services import Service
from retailkit.text import day, spoken
from retailkit.words import Word, listing

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop


class Stage(Word):
    """The three stages of customer service."""

    ORDERING = "ordering", "From the order until the goods are handed over, questions included."
    CLAIMS = "claims", "Something is wrong: a complaint or a claim, and our answer to it."
    AFTER_SALES = "after_sales", "What is done for somebody who has bought."


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happened with a customer; the stage is None where it could be either.

    `asked` is whether the customer asked us something.
    """

    at: datetime
    what: str
    stage: Stage | None
    asked: bool = False


def happenings(shop: Shop, customer_id: str) -> list[Happening]:
    """What happened with a customer so far, from first to last, as the records have it.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=20)
    >>> happenings(shop, shop.orders["customer_id"].iloc[0])[0].stage
    <Stage.ORDERING: 'ordering'>
    """
    orders = _of(shop.orders, Order, "customer_id", customer_id)
    found = [
        *(thing for order in orders for thing in _ordering(shop, order)),
        *_questions(shop, customer_id),
        *_claims(shop, customer_id),
        *_services(shop, customer_id),
    ]
    return sorted(found, key=lambda thing: thing.at)


def customer_file(shop: Shop, customer_id: str) -> CaseFile:
    """One customer as a card: since when we know them, and what happened, line by line.

    Raises ValueError where the shop has no such customer.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=20)
    >>> customer_file(shop, shop.orders["customer_id"].iloc[0])[2][:3]
    '1: '
    """
    customer = shop.customer(customer_id)
    joined = customer.joined_at
    since = "" if joined is None else say("Known since {day}.", day=day(joined))
    lines = [
        f"{number}: {day(thing.at)}, {thing.what}"
        for number, thing in enumerate(happenings(shop, customer_id), 1)
    ]
    title = say("Customer {customer}", customer=customer_id)
    return CaseFile(customer_id, [title, since, *lines])


def customers_by_stage(shop: Shop) -> pd.DataFrame:
    """How many customers were in each stage, month by month.

    One row per month from the first order to today, index `month`; a column for each
    stage. Who orders twice in a month counts once; a guest is nobody we know.
    """
    import pandas as pd

    first = shop.orders["ordered_at"].min()
    months = pd.period_range(
        shop.today if pd.isna(first) else first, shop.today, freq="M", name="month"
    )
    counts = {
        str(stage): table.groupby(table[at].dt.to_period("M"))["customer_id"].nunique()
        for stage, (table, at) in _tables(shop).items()
    }
    return pd.DataFrame(counts).reindex(months).fillna(0).astype("int64")


def customers_of(shop: Shop) -> dict[Stage, set[str]]:
    """Who has been in each stage so far, by customer number."""
    return {
        stage: set(table["customer_id"].dropna()) for stage, (table, _) in _tables(shop).items()
    }


def _tables(shop: Shop) -> dict[Stage, tuple[pd.DataFrame, str]]:
    """The table that shows who was in a stage, and its column with the moment."""
    return {
        Stage.ORDERING: (shop.orders, "ordered_at"),
        Stage.CLAIMS: (shop.claims, "received_at"),
        Stage.AFTER_SALES: (shop.services, "at"),
    }


def _of(table: pd.DataFrame, record: type[AnyRecord], key: str, value: str) -> list[AnyRecord]:
    return records_in(table[table[key] == value], record)


def _ordering(shop: Shop, order: Order) -> list[Happening]:
    """An order and how it went. What came back is a part of no single stage."""
    if order.order_id is None or order.ordered_at is None:
        return []
    lines = _of(shop.order_lines, OrderLine, "order_id", order.order_id)
    names = listing([_name(shop, line.product_id) for line in lines])
    placed = say(PLACED[order.place], goods=names)
    found = [Happening(at=order.ordered_at, what=placed, stage=Stage.ORDERING)]
    news = {
        OrderEventType.CANCELLED: (say("the order was called off"), Stage.ORDERING),
        OrderEventType.RETURNED: (say("the goods came back"), None),
    }
    if order.place != Place.STORE:
        handed_over = say("handed over: {goods}", goods=names)
        news[OrderEventType.DELIVERED] = (handed_over, Stage.ORDERING)
    for event in _of(shop.order_events, OrderEvent, "order_id", order.order_id):
        if event.event in news and event.at is not None:
            what, stage = news[event.event]
            found.append(Happening(at=event.at, what=what, stage=stage))
    return found


PLACED = {
    Place.STORE: later("bought in the store: {goods}"),
    Place.WEBSITE: later("ordered on the website: {goods}"),
    Place.PHONE: later("ordered by phone: {goods}"),
    None: later("ordered: {goods}"),
}


def _questions(shop: Shop, customer_id: str) -> list[Happening]:
    """Questions. Before the goods are handed over they belong to ordering; later, who knows."""
    return [
        Happening(
            at=question.at,
            what=say("asked us: “{question}”", question=question.question),
            stage=Stage.ORDERING if _still_waiting(shop, question) else None,
            asked=True,
        )
        for question in _of(shop.enquiries, Enquiry, "customer_id", customer_id)
        if question.at is not None
    ]


def _still_waiting(shop: Shop, question: Enquiry) -> bool:
    """Whether somebody asked about an order that was not with them yet."""
    if question.order_id is None or question.at is None:
        return False
    events = _of(shop.order_events, OrderEvent, "order_id", question.order_id)
    over = (OrderEventType.DELIVERED, OrderEventType.CANCELLED)
    ends = [event.at for event in events if event.event in over and event.at is not None]
    return all(question.at < end for end in ends)


def _claims(shop: Shop, customer_id: str) -> list[Happening]:
    found = []
    for claim in _of(shop.claims, Claim, "customer_id", customer_id):
        if claim.received_at is None or claim.claim_id is None:
            continue
        what = say("told us that something went wrong: {reason}", reason=spoken(claim.reason))
        found.append(Happening(at=claim.received_at, what=what, stage=Stage.CLAIMS))
        found += [
            Happening(at=step.at, what=say("we answered what had gone wrong"), stage=Stage.CLAIMS)
            for step in _of(shop.claim_steps, ClaimStep, "claim_id", claim.claim_id)
            if step.step == StepType.COMMUNICATED and step.at is not None
        ]
    return found


def _services(shop: Shop, customer_id: str) -> list[Happening]:
    found = []
    for service in _of(shop.services, Service, "customer_id", customer_id):
        if service.at is None or service.activity is None:
            continue
        done = service.activity.meaning.rstrip(".")
        what = say(
            "asked us: “{request}”: {done}" if service.request else "from us: {done}",
            request=service.request,
            done=f"{done[0].lower()}{done[1:]}",
        )
        found.append(
            Happening(
                at=service.at,
                what=what,
                stage=Stage.AFTER_SALES,
                asked=service.request is not None,
            )
        )
    return found


def _name(shop: Shop, product_id: str | None) -> str:
    names = _of(shop.products, Product, "product_id", str(product_id))
    return (names[0].name if names else None) or say("something that is not on our list")
