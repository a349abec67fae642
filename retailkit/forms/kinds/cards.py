"""Cards that customers fill in: the warranty card, the survey card, the feedback card."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import numpy as np
import pandas as pd

from retailkit.catalogue import say
from retailkit.customers import CollectionChannel, Customer, Feedback, Survey, SurveyAbout
from retailkit.forms.desk_form import (
    ON_THE_BACK,
    DeskForm,
    Rows,
    asked_of,
    fields_of,
    your_number,
)
from retailkit.forms.form import still_to_come
from retailkit.markets import months_later, rules_of
from retailkit.orders import WarrantyCard
from retailkit.records import Record
from retailkit.shop import Shop
from retailkit.text import day, spoken

NAME_AND_CONTACT = ("given_name", "family_name", "phone", "email")
OUT_OF_5, OUT_OF_10 = range(1, 6), range(11)


class WarrantyCardForm(DeskForm):
    """The card that lies in the box: who owns which piece, and since when.

    >>> from retailkit.generate import make_shop
    >>> form = WarrantyCardForm(make_shop(seed=7, customers=20, market="ES"))
    >>> form.fill(customer_id="C-000007", product_id="P-01", serial="K-1")  # doctest: +ELLIPSIS
    Warranty card
    ...
    >>> form.fill(purchased_on="2026-06-20").save()
    Saved as WC-desk-1: kettle, serial number K-1.
    The guarantee lasts until 20 June 2029.
    """

    way = CollectionChannel.WARRANTY_CARD
    own = "warranty_cards"

    def __init__(self, shop: Shop) -> None:
        piece = asked_of(WarrantyCard, ("product_id", "serial", "purchased_on"))
        address = (*NAME_AND_CONTACT, "street", "postcode", "city")
        asked = [*piece, your_number(), *asked_of(Customer, address, optional=True)]
        super().__init__(say("Warranty card"), asked, shop)

    def doubts(self) -> dict[str, str]:
        found, today = super().doubts(), self.shop.today
        bought, serial = self.answers.get("purchased_on"), self.answers.get("serial")
        if bought and bought > today:
            found["purchased_on"] = still_to_come(bought, today)
        if serial in set(self.shop_now().warranty_cards["serial"].dropna()):
            found["serial"] = say(
                "There is a card with {serial} already. Read the number again.", serial=serial
            )
        return found

    def rows(self, answers: dict[str, Any], number: str, who: str | None) -> Rows:
        card = WarrantyCard(
            **fields_of(WarrantyCard, answers, who),
            card_id=f"WC-{number}",
            ends_on=self._last_day(answers["product_id"], answers["purchased_on"]),
        )
        return {self.own: card}

    def told(self, rows: Rows, key: str) -> tuple[str, list[str]]:
        card = cast(WarrantyCard, rows[self.own])
        name = self.shop.products.set_index("product_id")["name"][str(card.product_id)]
        saved = say(
            "Saved as {key}: {product}, serial number {serial}.",
            key=key,
            product=name,
            serial=card.serial,
        )
        ends = day(card.ends_on or self.shop.today)
        return saved, [say("The guarantee lasts until {day}.", day=ends)]

    def _last_day(self, product_id: str, bought: date) -> date:
        """The last day of the guarantee: the shop's own, and never less than the law gives."""
        own = self.shop.products.set_index("product_id")["guarantee_months"][product_id]
        by_law = rules_of(self.shop.market).guarantee_months.value
        months = by_law if pd.isna(own) else max(int(own), by_law)
        last: date = months_later(np.array([bought], dtype="datetime64[D]"), months)[0].item()
        return last


class _CardWithABack(DeskForm):
    """A card whose front says what somebody thinks; the details on the back may stay empty.

    What is saved without them is anonymous for good: a saved card is never opened again.
    """

    may_be_anonymous = True

    def __init__(self, title: str, record: type[Record], shop: Shop, options: Any = None) -> None:
        front = [question for question in asked_of(record) if question.name != "customer_id"]
        details = asked_of(Customer, (*NAME_AND_CONTACT, "birth_on"), optional=True)
        asked = [*front, your_number(ON_THE_BACK), *details]
        super().__init__(title, asked, shop, options)

    def signed(self, who: str | None) -> list[str]:
        """Whether the card tells who filled it in."""
        if who:
            return [say("Signed on the back by customer {customer}.", customer=who)]
        return [say("Anonymous: nobody can tell who filled it in, and no name can be added later.")]


class SurveyCard(_CardWithABack):
    """The satisfaction survey: marks out of 5 on the front, details on the back.

    >>> from retailkit.generate import make_shop
    >>> form = SurveyCard(make_shop(seed=7, customers=20))
    >>> form.fill(about="purchase", staff=5, overall=4).save()
    Saved as SV-desk-1: 4 out of 5 altogether, about: purchase.
    Anonymous: nobody can tell who filled it in, and no name can be added later.
    """

    way = CollectionChannel.SURVEY
    own = "surveys"

    def __init__(self, shop: Shop) -> None:
        marks = [(say("{mark} out of 5", mark=mark), mark) for mark in OUT_OF_5]
        likely = [(say("{mark} out of 10", mark=mark), mark) for mark in OUT_OF_10]
        aspects = dict.fromkeys(("product", "staff", "speed", "overall"), marks)
        super().__init__(say("Survey card"), Survey, shop, {**aspects, "recommend": likely})

    def rows(self, answers: dict[str, Any], number: str, who: str | None) -> Rows:
        survey = Survey(
            **fields_of(Survey, answers, who),
            survey_id=f"SV-{number}",
            at=self.now,
            # the number of an order or a case would tell who it was
            about_id=self._last_of(who, answers["about"]) if who else None,
        )
        return {self.own: survey}

    def told(self, rows: Rows, key: str) -> tuple[str, list[str]]:
        survey = cast(Survey, rows[self.own])
        saved = say(
            "Saved as {key}: {mark} out of 5 altogether, about: {about}.",
            key=key,
            mark=survey.overall,
            about=spoken(survey.about),
        )
        return saved, self.signed(survey.customer_id)

    def _last_of(self, who: str, about: SurveyAbout) -> str | None:
        """What a signed survey is about: the customer's last order, or last case."""
        table, at = (
            (self.shop.orders, "ordered_at")
            if about == SurveyAbout.PURCHASE
            else (self.shop.claims, "received_at")
        )
        theirs = table[table["customer_id"] == who].sort_values(at, kind="stable")
        return str(theirs.iloc[-1, 0]) if len(theirs) else None


class FeedbackCard(_CardWithABack):
    """The feedback card: about something specific or anything at all, details on the back.

    >>> from retailkit.generate import make_shop
    >>> form = FeedbackCard(make_shop(seed=7, customers=20))
    >>> form.fill(topic="open", text="A bench, please.", given_name="Lin").save()[1]
    'Leave the whole back empty, or it needs a family name.'
    """

    way = CollectionChannel.FEEDBACK
    own = "feedback"

    def __init__(self, shop: Shop) -> None:
        super().__init__(say("Feedback card"), Feedback, shop)

    def rows(self, answers: dict[str, Any], number: str, who: str | None) -> Rows:
        fields = fields_of(Feedback, answers, who)
        return {self.own: Feedback(**fields, feedback_id=f"F-{number}", at=self.now)}

    def told(self, rows: Rows, key: str) -> tuple[str, list[str]]:
        feedback = cast(Feedback, rows[self.own])
        saved = say(
            "Saved as {key}, about: {topic}. “{text}”",
            key=key,
            topic=spoken(feedback.topic),
            text=feedback.text,
        )
        return saved, self.signed(feedback.customer_id)
