"""The claim form: given to everybody who asks, and ruled on as soon as it is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pandas as pd

from retailkit.catalogue import language, later, say
from retailkit.claims import CaseStatus, Claim, Kind
from retailkit.forms.form import Form, still_to_come
from retailkit.markets import answer_by
from retailkit.records import questions, table
from retailkit.shop import Shop
from retailkit.text import Sentences, day, spoken, typed
from retailkit.triage import explain, triage
from retailkit.triage.facts import case_of
from retailkit.triage.from_records import evidence

SAVED_CLAIM = later("Saved as {number}, a claim: something is asked for. “{text}”")
SAVED_COMPLAINT = later("Saved as {number}, a complaint: nothing is asked for. “{text}”")


class ClaimForm(Form):
    """The claim form of a shop. `claims` holds what has been saved.

    >>> from retailkit.generate import make_shop
    >>> form = ClaimForm(make_shop(seed=7, customers=20))
    >>> form.fill(reason="staff_treatment", channel="desk", event_on="2026-06-29")
    ...     # doctest: +ELLIPSIS
    Claim form
    ...
    >>> form.save()
    Not saved yet.
    Please answer: What happened? In the customer's own words.
    """

    def __init__(self, shop: Shop) -> None:
        products = zip(shop.products["product_id"], shop.products["name"], strict=True)
        options = {"product_id": [(f"{say(name)} ({number})", number) for number, name in products]}
        super().__init__(say("Claim form"), questions(Claim), options)
        self.shop = shop
        self.claims: list[Claim] = []
        self._given_out = 0

    def keep(self, answers: dict[str, Any]) -> Sentences:
        claim = self._received(Claim(**answers))
        self.claims.append(claim)
        facts = case_of(evidence(self._shop_with_forms()), str(claim.claim_id))
        ruling, reasons = triage(facts), explain(facts)
        due = answer_by(self.shop.today, market=self.shop.market)
        return Sentences(
            [
                say(
                    SAVED_CLAIM if claim.kind == Kind.CLAIM else SAVED_COMPLAINT,
                    number=claim.claim_id,
                    text=claim.narrative,
                ),
                say("The customer gets a copy with this number as the acknowledgement."),
                say("We answer by {day}, by {basis}.", day=day(due.date), basis=spoken(due.basis)),
                say(
                    "The desk's ruling: {level}, {disposition}.",
                    level=typed(ruling.level),
                    disposition=typed(ruling.disposition),
                ),
                *reasons[:2],
                *(reason for reason in reasons if reason.startswith(_needed())),
                *self._not_on_record(claim),
            ]
        )

    def doubts(self) -> dict[str, str]:
        found = {}
        happened = self.answers.get("event_on")
        if happened and happened > self.shop.today:
            found["event_on"] = still_to_come(happened, self.shop.today)
        amount = self.answers.get("amount")
        if amount is not None and amount < 0:
            found["amount"] = say(
                "{amount:g} is below zero. Write the sum without a minus.", amount=amount
            )
        return found

    def take_back(self) -> Sentences:
        if not self.claims:
            return Sentences([say("There is nothing to take back.")])
        number = self.claims.pop().claim_id
        return Sentences([say("{number} is taken back.", number=number)])

    def _received(self, claim: Claim) -> Claim:
        """What the desk adds when a form comes in. A number is given out once and never again."""
        self._given_out += 1
        return replace(
            claim,
            claim_id=f"CL-desk-{self._given_out}",
            language=language(),
            received_at=datetime.combine(self.shop.today, time(12)),
            form_given=True,
            answer_by=answer_by(self.shop.today, market=self.shop.market).date,
            status=CaseStatus.RECEIVED,
        )

    def _shop_with_forms(self) -> Shop:
        """The shop with every form saved so far in its claims book."""
        book = pd.concat([self.shop.claims, table(self.claims, Claim)], ignore_index=True)
        return replace(self.shop, tables={**self.shop.tables, "claims": book})

    def _not_on_record(self, claim: Claim) -> list[str]:
        """Numbers on the form that our records do not have."""
        numbers = {
            later("Our records hold no customer {number}. Is the number right?"): (
                claim.customer_id,
                self.shop.customers["customer_id"],
            ),
            later("Our records hold no order {number}. Is the number right?"): (
                claim.order_id,
                self.shop.orders["order_id"],
            ),
        }
        return [
            say(said, number=number)
            for said, (number, known) in numbers.items()
            if number and number not in set(known)
        ]


def _needed() -> str:
    """How the sentence begins that says what has to be asked for."""
    return say("Not known, and needed to go on: {facts}.").partition("{")[0]
