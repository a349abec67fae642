"""Customers: who they are, how we came to know them, and whether that can be right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from retailkit.records import Record, asked
from retailkit.text import Problems
from retailkit.words import Word


class CollectionChannel(Word):
    """The seven ways in which a shop comes to know its customers."""

    ORDER_FORM = (
        "order_form",
        "Orders something the shop cannot supply at once, and often pays ahead.",
    )
    ENQUIRY = "enquiry", "Asks something; the shop notes it down and comes back to them."
    COMPLAINT = "complaint", "Complains; noted with who, why, who heard it and what was done."
    WARRANTY_CARD = "warranty_card", "Sends in the card that came with the product."
    SURVEY = "survey", "Rates the service out of 5; may give details on the back."
    FEEDBACK = "feedback", "Says something, asked or unasked; may give details on the back."
    WEBSITE = "website", "Writes through the contact form or joins the mailing list."


@dataclass(frozen=True, kw_only=True, repr=False)
class Customer(Record):
    """One customer as the shop knows them.

    >>> ana = Customer(given_name="Ana", family_name="Ruiz", email="ana@example", channel="survey")
    >>> ana.problems()
    email: 'ana@example' cannot be an address. The part after the @-sign should have a period.
    """

    customer_id: str | None = None
    given_name: str | None = asked("What is your first name?")
    family_name: str | None = asked("What is your family name?")
    gender: str | None = None
    birth_on: date | None = asked("When is your birthday?", optional=True)
    email: str | None = asked("What is your e-mail address?", optional=True)
    phone: str | None = asked("What is your telephone number?", optional=True)
    street: str | None = asked("In which street do you live, and at what number?", optional=True)
    city: str | None = asked("In which town?", optional=True)
    region: str | None = None
    postcode: str | None = asked("What is the postcode?", optional=True)
    language: str | None = asked("Which language do you like best?", optional=True)
    household_id: str | None = None
    channel: CollectionChannel | None = asked("How did we come to know the customer?")
    joined_at: datetime | None = None
    last_verified_at: datetime | None = None

    def problems(self) -> Problems:
        """What is to be put right in this record, one sentence each."""
        found = super().problems()
        found += _email_problems(self.email) if self.email else []
        found += _phone_problems(self.phone) if self.phone else []
        if not self.email and not self.phone:
            found.append(
                "contact: neither e-mail nor telephone. Ask for one, to be able to answer."
            )
        if self.birth_on and self.joined_at and self.birth_on > self.joined_at.date():
            found.append(f"birth_on: {self.birth_on} is after the day we first met. Ask again.")
        return found


def _email_problems(email: str) -> list[str]:
    import email_validator

    try:
        email_validator.validate_email(email, check_deliverability=False)
    except email_validator.EmailNotValidError as problem:
        # the library's sentence is good but for one "It should have a period."
        reason = str(problem).replace(" is not valid. It should", " should")
        return [f"email: {email!r} cannot be an address. {reason}"]
    return []


def _phone_problems(phone: str) -> list[str]:
    import phonenumbers

    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return [f"phone: {phone!r} has no country in front. Write it like +34 600 000 000."]
    return [] if possible else [f"phone: {phone!r} is too short or too long for its country."]
