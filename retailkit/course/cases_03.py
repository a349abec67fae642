"""What lesson 03's exercises are about: talks at the desk, and what came in by each way."""

from __future__ import annotations

import functools
import random
import re
from typing import TYPE_CHECKING, Any, cast

from retailkit.catalogue import later, say
from retailkit.claims import Claim, ClaimStep, Function, Reason, Remedy
from retailkit.course.goods import the_product
from retailkit.course.sheets import Sheet
from retailkit.customers import CollectionChannel
from retailkit.forms import complaint_form
from retailkit.forms.kinds.complaint_form import ComplaintForm
from retailkit.orders import ContactChannel
from retailkit.shop import Shop

if TYPE_CHECKING:
    import pandas as pd


def luck_of(shop: Shop) -> random.Random:
    """The shop's own luck: the same each time."""
    return random.Random(shop.seed)  # noqa: S311 - nothing here is secret


def planted(seed: int) -> dict[str, float]:
    """What goes wrong in a learner's shop; how many names were added differs most."""
    return {
        "heard_by_missing": 0.1,
        "card_without_serial": 0.1,
        "anonymous_survey_named": (10 + seed % 71) / 100,
        "unfounded_claim": 0.025,
    }


# 3.1: through which of the seven ways

HEARD = {
    CollectionChannel.ORDER_FORM: (
        "“The last {product} is gone? Then order one for me: I buy it, and I pay today.”",
        "“No {product} in the shop? I promise to take one as soon as it comes. Here is the money.”",
    ),
    CollectionChannel.ENQUIRY: (
        "By telephone: “Do you have the {product} in white?” We look it up and call back.",
        "At the counter: “Will the {product} be cheaper in autumn?” We find out and write to him.",
    ),
    CollectionChannel.COMPLAINT: (
        "“I waited at home all Friday for the {product}, and nobody came. I am not pleased.”",
        "“The {product} came with a scratch. You should know that this annoys me.”",
    ),
    CollectionChannel.WARRANTY_CARD: (
        "“This lay in the box of my new {product}. The serial number and my address are on it.”",
        "By post, out of the box of the {product}: serial number, day of purchase, a name.",
    ),
    CollectionChannel.SURVEY: (
        "A card: product 4, staff 5, speed 2, altogether 4. Nothing stands on its back.",
        "“Five for the {product}, but a two for your speed. Altogether I give you a three.”",
    ),
    CollectionChannel.FEEDBACK: (
        "A slip of paper from the box at the door: “A little music would be nice in here.”",
        "“You ask on this card about the opening hours: open late once a week, please!”",
    ),
    CollectionChannel.WEBSITE: (
        "Typed in at midnight, on our page: “Please add me to the list of those who get news.”",
        "Typed in at midnight, on our page: “Do you bring the {product} to my village?”",
    ),
}
"""What is said or comes in at the desk, by the way to which it belongs."""


@functools.lru_cache(maxsize=8)
def _heard(shop: Shop) -> tuple[tuple[str, str], ...]:
    """Seven things that came in today, one by each way: the words, and the way."""
    luck, products = luck_of(shop), shop.products["name"].to_list()
    drawn = [
        (say(luck.choice(words), product=the_product(luck.choice(products))), str(way))
        for way, words in HEARD.items()
    ]
    return tuple(luck.sample(drawn, len(drawn)))


def seven_talks(shop: Shop) -> Sheet:
    """The seven of them in their order."""
    return Sheet(words for words, _ in _heard(shop))


def through(shop: Shop, **instead: CollectionChannel) -> list[str]:
    """The way of each of the seven; `instead` says which is taken for another one."""
    return [str(instead.get(way, way)) for _, way in _heard(shop)]


# 3.2: a complaint on the telephone

TALK = (
    (
        "“{name}, customer number {number}. You promised me the {product} for Friday, "
        "and it came the Wednesday after!”"
    ),
    "“I am sorry to hear that. Who promised it to you?”",
    (
        "“Your colleague {colleague}. I stayed at home for nothing, with my daughter, "
        "who has broken her arm. I would like part of my money back.”"
    ),
    (
        "“I apologise for the delay. Whether there is money back is for somebody else to decide. "
        "I write it all down, and you will have our answer.”"
    ),
)
"""What is said, line by line."""

PRIVATE = re.compile(
    r"\b(daughter|girl|child|kid|arm|plaster|hija|niñ[ao]|brazo|escayola|yeso)\b", re.IGNORECASE
)
"""Words that tell of what is nobody's business at the desk."""


@functools.lru_cache(maxsize=8)
def _who(shop: Shop) -> tuple[pd.Series, pd.Series, pd.Series, str]:
    """Who complains, who hears it, whom it is about, and the product."""
    luck, staff = luck_of(shop), shop.staff.dropna(subset=["staff_id", "name"])
    people = shop.customers.dropna(subset=["given_name", "family_name"])
    at_the_desk = staff[staff["function"] == Function.CUSTOMER_SERVICE]
    hears = at_the_desk.iloc[luck.randrange(len(at_the_desk))]
    others = staff[staff["staff_id"] != hears["staff_id"]]
    about = others.iloc[luck.randrange(len(others))]
    return (
        people.iloc[luck.randrange(len(people))],
        hears,
        about,
        luck.choice(shop.products["name"].to_list()),
    )


@functools.lru_cache(maxsize=8)
def telephone(shop: Shop) -> Sheet:
    """The talk; its numbers are the customer's and that of who hears the complaint."""
    caller, hears, about, product = _who(shop)
    name, number = f"{caller['given_name']} {caller['family_name']}", str(caller["customer_id"])
    lines = [
        say(
            line,
            name=name,
            number=number,
            product=the_product(product),
            colleague=f"{about['name']} ({about['staff_id']})",
        )
        for line in TALK
    ]
    you = "You are {name} ({number}), of customer service. The telephone rings."
    known = say(you, name=hears["name"], number=hears["staff_id"])
    return Sheet(lines, [known], [number, str(hears["staff_id"])])


def noted(form: ComplaintForm) -> dict[str, Any]:
    """What the last complaint on a form tells, by what it is."""
    rows = form.taken[-1]
    claim, step = cast(Claim, rows["claims"]), cast(ClaimStep, rows["claim_steps"])
    return {
        later("who complains"): claim.customer_id,
        later("how it reached us"): claim.channel,
        later("what it is about"): claim.reason,
        later("who heard it"): claim.heard_by,
        later("what has been done"): step.remedy,
        "private": bool(PRIVATE.search(claim.narrative or "")),
    }


def right_note(shop: Shop, **instead: str) -> ComplaintForm:
    """The complaint as it should be noted; `instead` says what is noted otherwise."""
    caller, heard_by = telephone(shop).numbers
    answers = {
        "customer_id": caller,
        "channel": ContactChannel.PHONE,
        "reason": Reason.LATE,
        "narrative": "Promised for Friday, it came the Wednesday after. I want some money back.",
        "heard_by": heard_by,
        "done": Remedy.APOLOGY,
    }
    form = complaint_form(shop)
    form.fill(**{**answers, **instead}).save()
    return form


def note_about(shop: Shop) -> ComplaintForm:
    """The same, with the colleague who is complained about as the one who heard it."""
    return right_note(shop, heard_by=str(_who(shop)[2]["staff_id"]))


# 3.3: of whom do we know the birthday


def came_through(shop: Shop, way: CollectionChannel) -> pd.DataFrame:
    """The customers who first came to us by this way."""
    return shop.customers[shop.customers["channel"] == way]


def birthdays(people: pd.DataFrame) -> int:
    """Of how many of these people the birthday is known."""
    return int(people["birth_on"].notna().sum())


# 3.5: cards that were signed by somebody else


def signed(shop: Shop, *, on_the_card: bool | None = None) -> int:
    """How many surveys name a customer; with or without the number of what they are about."""
    named = shop.surveys[shop.surveys["customer_id"].notna()]
    if on_the_card is not None:
        named = named[named["about_id"].notna() == on_the_card]
    return len(named)
