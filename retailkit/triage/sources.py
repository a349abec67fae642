"""Where a fact of a case was seen: the record, by its number or its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import later, say
from retailkit.claims import Claim, StepType
from retailkit.narratives import Signal, phrase
from retailkit.text import Sentences, typed
from retailkit.triage.history import SAME_MATTER, SAME_TROUBLE
from retailkit.words import Word, listing

if TYPE_CHECKING:
    from retailkit.shop import Shop


def seen_in(shop: Shop, claim_id: str, fact: str) -> str:
    """Where a fact of a case is seen, or looked for in vain.

    Raises ValueError where the claims book has no such number, or no such fact is known.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=60)
    >>> seen_in(shop, shop.claims["claim_id"].iloc[0], "amount").startswith("the form, amount: ")
    True
    """
    if fact not in SEEN:
        raise ValueError(
            say(
                "{fact!r} is no fact of a case. The facts are {facts}.",
                fact=fact,
                facts=listing(SEEN),
            )
        )
    return SEEN[fact](shop, shop.claim(claim_id))


def sources(shop: Shop, claim_id: str, facts: tuple[str, ...]) -> Sentences:
    """One sentence for each of these facts: the record in which it was seen."""
    return Sentences(
        say("Seen for {fact}: {where}.", fact=fact, where=seen_in(shop, claim_id, fact))
        for fact in facts
    )


Finder = Callable[["Shop", Claim], str]


def _form(*names: str) -> Finder:
    """An entry of the claim form."""

    def found(shop: Shop, claim: Claim) -> str:
        said = [f"{name}: {_shown(getattr(claim, name))}" for name in names]
        return say("the form, {entries}", entries="; ".join(said))

    return found


def _words(signal: Signal) -> Finder:
    """The customer's own words, on the form or in a message."""

    def found(shop: Shop, claim: Claim) -> str:
        told = shop.messages[shop.messages["claim_id"] == claim.claim_id]
        told = told[told["direction"] == "in"].dropna(subset="text")
        texts = {say("the narrative"): claim.narrative}
        texts |= {
            say("message {number}", number=number): text
            for number, text in zip(told["message_id"], told["text"], strict=True)
        }
        heard = {where: phrase(signal, text) for where, text in texts.items()}
        said = [f"{where}, “{words}”" for where, words in heard.items() if words]
        form = _form("reason")(shop, claim)
        return listing(said) if said else say("{form}; nothing in the text", form=form)

    return found


def _step(*names: StepType) -> Finder:
    """Steps of the case itself."""

    def found(shop: Shop, claim: Claim) -> str:
        steps = shop.claim_steps[shop.claim_steps["claim_id"] == claim.claim_id]
        return _numbers("step", steps.loc[steps["step"].isin(names), "step_id"])

    return found


def _cases(columns: list[str]) -> Finder:
    """Earlier cases that have these entries alike."""

    def found(shop: Shop, claim: Claim) -> str:
        alike = shop.claims["claim_id"] != claim.claim_id
        for name in columns:
            alike &= (shop.claims[name] == _as_kept(getattr(claim, name))).fillna(False)
        if claim.received_at:
            alike &= shop.claims["received_at"] <= claim.received_at
        return _numbers("case", shop.claims.loc[alike, "claim_id"])

    return found


def _order(shop: Shop, claim: Claim) -> str:
    orders = shop.orders.loc[shop.orders["order_id"] == claim.order_id, "order_id"]
    return _numbers("order", orders)


def _card(shop: Shop, claim: Claim) -> str:
    cards = shop.warranty_cards
    owned = (cards["customer_id"] == claim.customer_id) & (cards["product_id"] == claim.product_id)
    return _numbers("warranty card", cards.loc[owned, "card_id"])


def _sale(shop: Shop, claim: Claim) -> str:
    lines = shop.order_lines[shop.order_lines["product_id"] == claim.product_id]
    of_customer = shop.orders[shop.orders["customer_id"] == claim.customer_id]
    others = of_customer.loc[of_customer["order_id"].isin(lines["order_id"]), "order_id"]
    named = shop.orders.loc[shop.orders["order_id"] == claim.order_id, "order_id"]
    return _numbers("order", pd.Series([*named, *others], dtype="str").drop_duplicates())


def _events(shop: Shop, claim: Claim) -> str:
    events = shop.order_events[shop.order_events["order_id"] == claim.order_id]
    return _numbers("order event", events["event_id"])


def _remedied(shop: Shop, claim: Claim) -> str:
    alike = shop.claims["claim_id"] != claim.claim_id
    for name in ("order_id", "product_id", "reason"):
        alike &= (shop.claims[name] == getattr(claim, name)).fillna(False)
    steps = shop.claim_steps[shop.claim_steps["claim_id"].isin(shop.claims.loc[alike, "claim_id"])]
    return _numbers("step", steps.loc[steps["step"] == StepType.ACTION, "step_id"])


def _both(first: Finder, second: Finder) -> Finder:
    return lambda shop, claim: f"{first(shop, claim)}; {second(shop, claim)}"


def _product(shop: Shop, claim: Claim) -> str:
    found = shop.products.loc[shop.products["product_id"] == claim.product_id, "product_id"]
    return _numbers("product", found)


def _numbers(thing: str, numbers: pd.Series) -> str:
    known = [str(number) for number in numbers.dropna()]
    some, none = NUMBERED[thing]
    return say(some, numbers=listing(known)) if known else say(none)


def _shown(value: object) -> str:
    if value is None:
        return say("left open")
    return typed(value) if isinstance(value, Word) else str(value)


def _as_kept(value: object) -> object:
    return value if value is None or isinstance(value, str) else pd.Timestamp(str(value))


NUMBERED = {
    "step": (later("step {numbers}"), later("no step")),
    "case": (later("case {numbers}"), later("no case")),
    "order": (later("order {numbers}"), later("no order")),
    "warranty card": (later("warranty card {numbers}"), later("no warranty card")),
    "order event": (later("order event {numbers}"), later("no order event")),
    "product": (later("product {numbers}"), later("no product")),
}
"""What is said of a thing with its numbers, and where there is none."""

ASKED = (StepType.INFORMATION_ASKED, StepType.INFORMATION_RECEIVED)

SEEN: dict[str, Finder] = {
    "hazard": _words(Signal.HAZARD),
    "privacy_breach": _words(Signal.PRIVACY),
    "discrimination": _words(Signal.DISCRIMINATION),
    "withdrawn": _step(StepType.WITHDRAWN),
    "duplicate": _cases(SAME_MATTER),
    "already_remedied": _remedied,
    "sale_needed": _form("reason"),
    "sale_found": _sale,
    "proof_offered": _both(_form("proof"), _both(_step(StepType.INFORMATION_RECEIVED), _card)),
    "proof_request_unanswered": _step(*ASKED),
    "contradicted": _events,
    "dates_impossible": _both(_form("event_on", "received_at"), _order),
    "asks_for_something": _both(_form("wants"), _words(Signal.ASKS)),
    "repeated": _cases(SAME_TROUBLE),
    "earlier_late": _cases(SAME_TROUBLE),
    "clock_breached": _both(_form("answer_by"), _step(StepType.COMMUNICATED)),
    "amount": _form("amount"),
    "vulnerable": _form("vulnerable_because"),
    "essential": _product,
    "in_guarantee": _both(_form("event_on"), _events),
    "in_presumption": _both(_form("event_on"), _events),
    "promise_broken": _both(_order, _events),
    "same_cause_customers": _cases(["product_id", "reason"]),
    "market": lambda shop, claim: say("the shop's market, {market}", market=shop.market),
}
"""Each fact and the records in which it is looked for."""
