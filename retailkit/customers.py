"""Customers: who they are, how we came to know them, and whether that can be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from retailkit.catalogue import ENGLISH, language, later, say
from retailkit.records import Record, asked, noted
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


class RecordKeepingBenefit(Word):
    """The seven benefits of keeping records of customers."""

    EFFICIENCY = "efficiency", "Work goes faster: what is written down is found, not asked again."
    INTERESTS = "interests", "The state and the shop can prove what is owed, and by whom."
    RIGHTS = "rights", "Staff and customers get what is theirs, and are not blamed wrongly."
    COST = "cost", "It shows what service costs, and what that does to the business."
    RE_EXAMINATION = "re_examination", "What was decided, and how, can be looked at once more."
    RESEARCH = "research", "What is known helps to find out and make something new."
    STABILITY = "stability", "Service goes on steadily, whoever comes or goes."


PHONE_LIKE = "+34 600 000 000"
"""How a telephone number is written, where no list of them says more."""

SAMPLE = 200
"""So many numbers tell of which country a list is."""


ANY_REASON = later("Read it letter by letter.")
REASONS = (
    later("An email address must have an @-sign."),
    later("There must be something before the @-sign."),
    later("There must be something after the @-sign."),
    later("The part after the @-sign should have a period."),
    later("An email address cannot have two periods in a row."),
    later("An email address cannot start with a period."),
    later("An email address cannot have a period immediately before the @-sign."),
    later("An email address cannot have a period immediately after the @-sign."),
    later("The email address contains invalid characters before the @-sign: "),
    later("The part after the @-sign contains invalid characters: "),
)
"""What the library says most often of an e-mail address."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Customer(Record):
    """One customer as the shop knows them.

    >>> ana = Customer(given_name="Ana", family_name="Ruiz", email="ana@example", channel="survey")
    >>> ana.problems()
    email: 'ana@example' cannot be an address. The part after the @-sign should have a period.
    """

    customer_id: str | None = noted("The customer's number.")
    given_name: str | None = asked("What is your first name?")
    family_name: str | None = asked("What is your family name?")
    gender: str | None = noted("As the customer put it; empty where they did not say.")
    birth_on: date | None = asked("When is your birthday?", optional=True)
    email: str | None = asked("What is your e-mail address?", optional=True)
    phone: str | None = asked("What is your telephone number?", optional=True)
    street: str | None = asked("In which street do you live, and at what number?", optional=True)
    city: str | None = asked("In which town?", optional=True)
    region: str | None = noted("The province or state that the town lies in.")
    postcode: str | None = asked("What is the postcode?", optional=True)
    language: str | None = asked("Which language do you like best?", optional=True)
    household_id: str | None = noted("The number of the home; people who live together share it.")
    channel: CollectionChannel | None = asked("How did we come to know the customer?")
    joined_at: datetime | None = noted("When we first met the customer.")
    last_verified_at: datetime | None = noted(
        "When somebody last made sure that the details are right."
    )

    def problems(self, phone_like: str = PHONE_LIKE) -> Problems:
        """What is to be put right in this record, one sentence each.

        `phone_like` is a telephone number as most in the same list are written.
        """
        found = super().problems()
        found += email_problems(self.email) if self.email else []
        found += phone_problems(self.phone, phone_like) if self.phone else []
        if not self.email and not self.phone:
            found.append(
                say("contact: neither e-mail nor telephone. Ask for one, to be able to answer.")
            )
        if self.birth_on and self.joined_at:
            found += birth_problems(self.birth_on, self.joined_at)
        return found


class CustomerGroup(Word):
    """How lately and how often a customer buys."""

    REGULAR = "regular", "Buys often, and has bought lately."
    FADING = "fading", "Has bought often, and not lately."
    RECENT = "recent", "Has bought lately, and not often so far."
    OCCASIONAL = "occasional", "Buys seldom, and not lately."


class Purpose(Word):
    """What a customer's data may be used for, beyond what was bought or asked."""

    MARKETING = "marketing", "Offers, news, contests and greetings, such as a birthday card."
    SURVEYS = "surveys", "Being asked how satisfied one was."
    SHARING = "sharing", "Passing the data on, such as to the manufacturer."


class ConsentState(Word):
    """What a customer answered when asked for consent."""

    GIVEN = "given", "Asked, and said yes."
    DECLINED = "declined", "Asked, and said no."
    NOT_ASKED = "not_asked", "Never asked; that is not a yes."
    WITHDRAWN = "withdrawn", "Said yes once and took it back."


@dataclass(frozen=True, kw_only=True, repr=False)
class Consent(Record):
    """One answer about one purpose. The latest answer holds; earlier ones are kept."""

    consent_id: str | None = noted("The answer's number.")
    customer_id: str | None = noted("Who was asked.")
    purpose: Purpose | None = asked("What do you want to use the data for?")
    state: ConsentState | None = asked("What did the customer answer?")
    at: datetime | None = noted("When the answer was given.")
    channel: CollectionChannel | None = asked("On which form were they asked?")
    wording: str | None = asked("In which words were they asked?", long=True)


class SurveyAbout(Word):
    """What a satisfaction survey asks about."""

    PURCHASE = "purchase", "The product and how it was bought."
    HANDLING = "handling", "How a complaint or claim was handled."


@dataclass(frozen=True, kw_only=True, repr=False)
class Survey(Record):
    """One satisfaction survey: marks out of 5. Without a customer it is anonymous."""

    survey_id: str | None = noted("The survey's number.")
    customer_id: str | None = asked(
        "Details on the back: who are you? You need not say.", optional=True
    )
    at: datetime | None = noted("When it was filled in.")
    about: SurveyAbout | None = asked("What is it about?")
    about_id: str | None = noted("The number of the order or of the case that it is about.")
    product: int | None = asked("How satisfied are you with the product, out of 5?", optional=True)
    staff: int | None = asked("How satisfied are you with our staff, out of 5?", optional=True)
    speed: int | None = asked("How satisfied are you with our speed, out of 5?", optional=True)
    overall: int | None = asked("How satisfied are you altogether, out of 5?")
    recommend: int | None = asked(
        "How likely are you to recommend us to a friend, from 0 to 10?", optional=True
    )


class FeedbackTopic(Word):
    """What feedback is about: something specific, or whatever comes to mind."""

    PRODUCTS = "products", "What the shop sells."
    PRICES = "prices", "What it costs."
    STAFF = "staff", "The people at the shop."
    DELIVERY = "delivery", "How goods are sent."
    WEBSITE = "website", "The website."
    OPENING_HOURS = "opening_hours", "When the shop is open."
    OPEN = "open", "Anything at all; nothing specific was asked."


@dataclass(frozen=True, kw_only=True, repr=False)
class Feedback(Record):
    """Something a customer says, asked or unasked. Without a customer it is anonymous."""

    feedback_id: str | None = noted("The number under which it is kept.")
    customer_id: str | None = asked("Who are you? You need not say.", optional=True)
    at: datetime | None = noted("When it was said.")
    topic: FeedbackTopic | None = asked("What is it about?")
    text: str | None = asked("What would you like to tell us?", long=True)


class WebForm(Word):
    """The forms on the website."""

    CONTACT = "contact", "A question or a message to the shop."
    MAILING_LIST = "mailing_list", "A request to be sent news."


@dataclass(frozen=True, kw_only=True, repr=False)
class Signup(Record):
    """One form filled in on the website."""

    signup_id: str | None = noted("The number of the form.")
    customer_id: str | None = asked("Who is writing?", optional=True)
    at: datetime | None = noted("When it was sent.")
    form: WebForm | None = asked("Which form is it?")
    text: str | None = asked("What does it say?", optional=True, long=True)


def birth_problems(birth_on: date, joined_at: datetime) -> list[str]:
    """What cannot be right about a birthday, given when we first met the customer."""
    if birth_on <= joined_at.date():
        return []
    return [
        say("birth_on: {birth_on} is after the day we first met. Ask again.", birth_on=birth_on)
    ]


def email_problems(email: str) -> list[str]:
    """What cannot be right about an e-mail address; nobody is asked whether it exists."""
    import email_validator

    try:
        email_validator.validate_email(email, check_deliverability=False)
    except email_validator.EmailNotValidError as problem:
        # the library's sentence is good but for one "It should have a period."
        reason = str(problem).replace(" is not valid. It should", " should")
        said = say("email: {email!r} cannot be an address.", email=email)
        return [f"{said} {_said(reason)}"]
    return []


def _said(reason: str) -> str:
    """A reason of the library's in the learner's language; a rare one is left out there."""
    what, colon, letters = reason.partition(": ")
    said = say(f"{what}{colon}")
    if language() != ENGLISH and said not in map(say, REASONS):
        return say(ANY_REASON)
    return f"{said}{letters.replace('SPACE', say('SPACE'))}"


def phone_problems(phone: str, like: str = PHONE_LIKE) -> list[str]:
    """What cannot be right about a telephone number; it is to begin with + and its country.

    `like` is one as it should be written, to be shown.
    """
    import phonenumbers

    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return [
            say(
                "phone: {phone!r} has no country in front. Write it like {like}.",
                phone=phone,
                like=like,
            )
        ]
    if possible:
        return []
    return [say("phone: {phone!r} is too short or too long for its country.", phone=phone)]


def phone_like(phones: Iterable[str]) -> str:
    """An example of a telephone number, of the country from which most of these are.

    >>> phone_like(["+44 20 7946 0412", "2079460411"])
    '+44 7400 123456'
    """
    import phonenumbers

    countries: Counter[int] = Counter()
    for phone in islice((phone for phone in phones if phone.lstrip().startswith("+")), SAMPLE):
        with suppress(phonenumbers.NumberParseException):
            countries[phonenumbers.parse(phone).country_code or 0] += 1
    for code, _ in countries.most_common(1):
        if PHONE_LIKE.startswith(f"+{code} "):
            break
        region = phonenumbers.region_code_for_country_code(code)
        mobile = phonenumbers.PhoneNumberType.MOBILE
        if example := phonenumbers.example_number_for_type(region, mobile):
            international = phonenumbers.PhoneNumberFormat.INTERNATIONAL
            return phonenumbers.format_number(example, international)
    return PHONE_LIKE
