"""The desk's forms: what is saved on them goes into the shop's tables, and somebody new as well."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, ClassVar

import pandas as pd

from retailkit.catalogue import later, say
from retailkit.customers import CollectionChannel, Consent, ConsentState, Customer, Purpose
from retailkit.forms.form import Form, Options
from retailkit.orders import PreOrder
from retailkit.records import Question, Record, kinds, questions, table
from retailkit.shop import RECORDS, Shop
from retailkit.text import Sentences, day

Rows = Mapping[str, Record]
"""What the computer holds once a form is saved: one record for each table that grows."""

NUMBER_KNOWN = later(
    "{number} is known to us already: leave the number open, or else the name and the rest."
)
NEVER_OPENED_AGAIN = later(
    "What is saved, such as {answer}, is never opened again: nothing can be added."
)
NO_SUCH_NUMBER = later(
    "Our records hold no customer {number}. "
    "For somebody new, leave the number open and take down the name."
)
YOUR_NUMBER = later("What is your customer number, if you have one?")
ON_THE_BACK = later("On the back, if you like. What is your customer number, if you have one?")


class DeskForm(Form):
    """A form of a shop, through which it can come to know somebody.

    `way` says through which of the seven ways, `own` which table the form's own record goes
    to. Where `may_be_anonymous`, nobody has to say who they are; whoever says it, says it whole.
    """

    way: ClassVar[CollectionChannel]
    own: ClassVar[str]
    may_be_anonymous: ClassVar[bool] = False

    def __init__(
        self, title: str, asked: list[Question], shop: Shop, options: Options | None = None
    ) -> None:
        goods = zip(shop.products["product_id"], shop.products["name"], strict=True)
        products = [(f"{say(name)} ({number})", number) for number, name in goods]
        super().__init__(title, asked, {"product_id": products, **(options or {})})
        self.shop = shop
        self.taken: list[Rows] = []
        # a shop that has rows from the desk goes on counting where they end
        self._given_out = _last_number(shop)

    def rows(self, answers: dict[str, Any], number: str, who: str | None) -> Rows:
        """What the desk writes down, by table; each form in its own way."""
        raise NotImplementedError

    def told(self, rows: Rows, key: str) -> tuple[str, list[str]]:
        """What is said of it: the line with its number, `key`, and the lines below."""
        raise NotImplementedError

    @property
    def saved(self) -> list[Any]:
        """The form's own records, as saved so far."""
        return [rows[self.own] for rows in self.taken]

    @property
    def customers(self) -> list[Customer]:
        """Who became known through the forms saved so far."""
        found = [rows.get("customers") for rows in self.taken]
        return [customer for customer in found if isinstance(customer, Customer)]

    @property
    def now(self) -> datetime:
        """Noon of the shop's day: nobody can tell by the hour which forms came in together."""
        return datetime.combine(self.shop.today, time(12))

    def shop_now(self) -> Shop:
        """The shop with everything saved so far in its tables."""
        tables = dict(self.shop.tables)
        for name in {name for rows in self.taken for name in rows}:
            new = table([rows[name] for rows in self.taken if name in rows], RECORDS[name])
            tables[name] = pd.concat([tables[name], new], ignore_index=True)
        return replace(self.shop, tables=tables)

    def take(self, name: str, answer: Any) -> None:
        super().take(name, answer)
        if name == next(iter(kinds(RECORDS[self.own]))):
            self.problems[name] = self._not_taken[name] = say(NEVER_OPENED_AGAIN, answer=answer)

    def keep(self, answers: dict[str, Any]) -> Sentences:
        # a number is given out once and never again
        self._given_out += 1
        number = f"desk-{self._given_out}"
        customer = None if answers.get("customer_id") else self._somebody_new(answers, number)
        who = customer.customer_id if customer else answers.get("customer_id")
        new: Rows = {"customers": customer} if customer else {}
        rows = {**new, **self.rows(answers, number, who)}
        self.taken.append(rows)
        first, more = self.told(rows, _key(rows[self.own]))
        return Sentences([first, *_new_in_the_computer(customer), *more])

    def take_back(self) -> Sentences:
        if not self.taken:
            return Sentences([say("There is nothing to take back.")])
        number = _key(self.taken.pop()[self.own])
        return Sentences([say("{number} is taken back.", number=number)])

    def doubts(self) -> dict[str, str]:
        """What is the matter with who it is; each form adds its own doubts."""
        number, details = self.answers.get("customer_id"), self._details()
        if number is not None:
            if number not in set(self.shop_now().customers["customer_id"]):
                return {"customer_id": say(NO_SUCH_NUMBER, number=number)}
            return {"customer_id": say(NUMBER_KNOWN, number=number)} if details else {}
        return {} if self.may_be_anonymous and not details else self._about_somebody_new()

    def consent(self, number: str, who: str | None, says_yes: bool, wording: str) -> Consent:
        """The answer of whoever was asked on this form whether we may send them our news."""
        return Consent(
            consent_id=f"CO-{number}",
            customer_id=who,
            purpose=Purpose.MARKETING,
            state=ConsentState.GIVEN if says_yes else ConsentState.DECLINED,
            at=self.now,
            channel=self.way,
            wording=wording,
        )

    def email_of(self, answers: Mapping[str, Any]) -> str | None:
        """The e-mail address of whoever fills in the form, as far as we have it."""
        people = self.shop_now().customers
        known = people.loc[people["customer_id"] == answers.get("customer_id"), "email"].dropna()
        return answers.get("email") or (str(known.iloc[0]) if len(known) else None)

    def gone_by(self, name: str) -> dict[str, str]:
        """A day that we promise, where it has gone by."""
        on = self.answers.get(name)
        if not isinstance(on, date) or on >= self.shop.today:
            return {}
        said = say(
            "{day} has gone by: at the shop it is {today}.", day=day(on), today=day(self.shop.today)
        )
        return {name: said}

    def _details(self) -> dict[str, Any]:
        """What is answered about somebody new."""
        asked = {question.name for question in self.questions} & set(WHO_IS_NEW)
        return {
            name: self.answers[name] for name in WHO_IS_NEW if name in asked & set(self.answers)
        }

    def _somebody_new(self, answers: Mapping[str, Any], number: str) -> Customer | None:
        details = {name: answers[name] for name in WHO_IS_NEW if name in answers}
        if not details:
            return None
        return Customer(
            customer_id=f"C-{number}",
            **details,
            channel=self.way,
            joined_at=self.now,
            last_verified_at=self.now,
        )

    def _about_somebody_new(self) -> dict[str, str]:
        """What is still to be asked of somebody who has no number yet."""
        needed = NEEDED_ON_THE_BACK if self.may_be_anonymous else NEEDED
        found = {name: say(it) for name, it in needed.items() if self.answers.get(name) is None}
        asked = [question.name for question in self.questions]
        new = Customer(**self._details(), channel=self.way, joined_at=self.now)
        for problem in new.problems():
            field, _, says = problem.partition(": ")
            if field == "contact":
                field = "phone" if "phone" in asked else "email"
            if field in ("phone", "email", "birth_on"):
                found[field] = says[0].upper() + says[1:]
        return found


NEEDED = {
    "given_name": later("No customer number? Then the computer needs a first name."),
    "family_name": later("No customer number? Then the computer needs a family name."),
}
NEEDED_ON_THE_BACK = {
    "given_name": later("Leave the whole back empty, or it needs a first name."),
    "family_name": later("Leave the whole back empty, or it needs a family name."),
}

WHO_IS_NEW = [question.name for question in questions(Customer) if question.name != "channel"]
"""What can be asked of somebody new."""


def asked_of(
    record: type[Record], names: Collection[str] = (), *, optional: bool = False
) -> list[Question]:
    """A record's questions, or those with these names; `optional` lets all of them stay open."""
    return [
        replace(question, optional=optional or question.optional)
        for question in questions(record)
        if not names or question.name in names
    ]


def somebody_new() -> list[Question]:
    """What the desk asks somebody who has no customer number yet."""
    return asked_of(PreOrder, ("given_name", "family_name", "phone", "email"))


def your_number(text: str = YOUR_NUMBER) -> Question:
    """Who it is, asked of customers who fill in a form themselves."""
    (number,) = asked_of(PreOrder, ("customer_id",))
    return replace(number, text=text)


def fields_of(record: type[Record], answers: Mapping[str, Any], who: str | None) -> dict[str, Any]:
    """The answers that are fields of a record, and whose it is."""
    known = {name: answer for name, answer in answers.items() if name in kinds(record)}
    return {**known, "customer_id": who}


def _key(record: Record) -> str:
    """The number of a record: its first field."""
    return str(getattr(record, next(iter(kinds(type(record))))))


def _last_number(shop: Shop) -> int:
    """The highest number that the desk has given out in any table."""
    keys = [shop.tables[name].iloc[:, 0].astype("str") for name in RECORDS]
    numbers = pd.concat(keys).str.extract(r"-desk-(\d+)")[0].dropna().astype("int64")
    return int(numbers.max()) if len(numbers) else 0


def _new_in_the_computer(customer: Customer | None) -> list[str]:
    if customer is None:
        return []
    name = f"{customer.given_name} {customer.family_name}"
    return [
        say(
            "New in the computer: {name}, customer number {number}.",
            name=name,
            number=customer.customer_id,
        )
    ]
