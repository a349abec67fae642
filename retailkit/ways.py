"""Ways: what a shop has come to know about its customers, and through which form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retailkit.customers import CollectionChannel, ConsentState, Purpose, SurveyAbout, WebForm
from retailkit.words import Word

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop


class CustomerFact(Word):
    """What a form can tell about a customer."""

    PERSON = "person", "Who they are, and how to reach them."
    GOODS = "goods", "What they have ordered, bought or own."
    QUESTION = "question", "What they would like to know."
    TROUBLE = "trouble", "What went wrong for them."
    OPINION = "opinion", "How satisfied they are, and what they would change."
    NEWS = "news", "Whether they want our news."


People = set[str]
"""Customers, by number."""


def facts_by_way(shop: Shop) -> pd.DataFrame:
    """How many customers each of the seven ways told us something about, and what.

    One row per way, in the order of `CollectionChannel`; a column for each `CustomerFact`,
    and `customers`: how many different customers in all. Who they are counts for the way by
    which they first came to us; everything else for the form on which it stands. What is
    anonymous tells of no customer.

    >>> from retailkit.generate import make_shop
    >>> facts_by_way(make_shop(seed=7, customers=60)).loc["survey", ["goods", "trouble"]].to_list()
    [11, 0]
    """
    import pandas as pd

    known = people_by_way(shop)
    rows = {
        way.value: {
            **{fact.value: len(known[way].get(fact, set())) for fact in CustomerFact},
            "customers": len(set().union(*known[way].values())),
        }
        for way in CollectionChannel
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("way").astype("int64")


def unsigned_cards(shop: Shop) -> dict[CollectionChannel, int]:
    """How many survey cards and feedback cards tell nobody's number."""
    return {
        CollectionChannel.SURVEY: int(shop.surveys["customer_id"].isna().sum()),
        CollectionChannel.FEEDBACK: int(shop.feedback["customer_id"].isna().sum()),
    }


def people_by_way(shop: Shop) -> dict[CollectionChannel, dict[CustomerFact, People]]:
    """The customers whom each way told us something about, by what it told."""
    from_forms = {
        CollectionChannel.ORDER_FORM: _on_orders(shop),
        CollectionChannel.ENQUIRY: _on_enquiries(shop),
        CollectionChannel.COMPLAINT: _in_the_claims_book(shop),
        CollectionChannel.WARRANTY_CARD: {CustomerFact.GOODS: _whose(shop.warranty_cards)},
        CollectionChannel.SURVEY: _on_surveys(shop),
        CollectionChannel.FEEDBACK: {CustomerFact.OPINION: _whose(shop.feedback, "text")},
        CollectionChannel.WEBSITE: _on_the_website(shop),
    }
    people, news = shop.customers, _answers_about_news(shop)
    return {
        way: {
            CustomerFact.PERSON: _whose(people[people["channel"] == way], "given_name"),
            **facts,
            CustomerFact.NEWS: _whose(news[news["channel"] == way]),
        }
        for way, facts in from_forms.items()
    }


def _on_orders(shop: Shop) -> dict[CustomerFact, People]:
    """Orders for what could not be handed over at once: a day was promised, or paid ahead."""
    later = shop.orders["promised_on"].notna() | shop.orders["prepaid"].fillna(False)
    return {CustomerFact.GOODS: _whose(shop.orders[later.astype(bool)])}


def _on_enquiries(shop: Shop) -> dict[CustomerFact, People]:
    asked = shop.enquiries
    return {
        CustomerFact.GOODS: _whose(asked, "order_id"),
        CustomerFact.QUESTION: _whose(asked, "question"),
    }


def _in_the_claims_book(shop: Shop) -> dict[CustomerFact, People]:
    book = shop.claims
    return {
        CustomerFact.GOODS: _whose(book, "order_id") | _whose(book, "product_id"),
        CustomerFact.TROUBLE: _whose(book, "reason"),
    }


def _on_surveys(shop: Shop) -> dict[CustomerFact, People]:
    bought = shop.surveys[shop.surveys["about"] == SurveyAbout.PURCHASE]
    return {
        CustomerFact.GOODS: _whose(bought, "about_id"),
        CustomerFact.OPINION: _whose(shop.surveys, "overall"),
    }


def _on_the_website(shop: Shop) -> dict[CustomerFact, People]:
    messages = shop.signups[shop.signups["form"] == WebForm.CONTACT]
    return {CustomerFact.QUESTION: _whose(messages, "text")}


def _answers_about_news(shop: Shop) -> pd.DataFrame:
    """What customers answered when asked whether we may send them news; the unasked are out."""
    consents = shop.consents
    answered = consents["state"].notna() & (consents["state"] != ConsentState.NOT_ASKED)
    return consents[answered & (consents["purpose"] == Purpose.MARKETING)]


def _whose(table: pd.DataFrame, column: str = "customer_id") -> People:
    """The customers of those rows in which a column is filled in."""
    return set(table.loc[table[column].notna(), "customer_id"].dropna())
