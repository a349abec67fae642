"""The support directory, and the requests that a shop has sent by it."""

from __future__ import annotations

import pandas as pd

from retailkit.aftersales.requests import right_support
from retailkit.case_file import CaseFile
from retailkit.catalogue import later, say
from retailkit.records import records_in
from retailkit.services import SUPPORT, Provider, Service
from retailkit.shop import Shop
from retailkit.text import Sentences, day, spoken
from retailkit.words import count_of, listing

COLUMNS = [
    "service_id",
    "at",
    "product",
    "category",
    "request",
    "sent_to",
    "belongs_to",
    "provider",
]


def support_directory() -> pd.DataFrame:
    """Who gives which support for which goods: one row per kind of support and provider.

    Columns `support_type`, `goods` (categories, as in `shop.products`) and `provider`. It is
    the arrangement of the course's own shops.

    >>> support_directory().iloc[0].to_list()
    ['online_technical', 'electronics and toys', 'manufacturer']
    """
    rows = []
    for kind, support in SUPPORT.items():
        goods: dict[Provider, list[str]] = {}
        for category, provider in support.agreed.items():
            goods.setdefault(provider, []).append(category)
        rows += [(kind, listing(some), provider) for provider, some in goods.items()]
        rest = say("all other goods") if goods else say("all goods")
        rows.append((kind, rest, support.providers[0]))
    words = [tuple(map(str, row)) for row in rows]
    return pd.DataFrame(words, columns=["support_type", "goods", "provider"])


def support_requests(shop: Shop) -> pd.DataFrame:
    """Every request for support, with the kind it was sent to and the kind it belongs to.

    One row per request that was sent to a kind of support, in the order of the services.
    Columns `service_id`, `at`, `product`, `category`, `request`, `sent_to`, `belongs_to` (as
    `right_support` reads the customer's words; empty where they tell nothing) and `provider`
    (who gives what it belongs to, by the directory).

    >>> from retailkit.generate import make_shop
    >>> support_requests(make_shop(seed=7, customers=40)).columns[-3:].to_list()
    ['sent_to', 'belongs_to', 'provider']
    """
    asked = shop.services.dropna(subset=["request", "support_type"])
    goods = shop.products.set_index("product_id")
    table = asked[["service_id", "at", "request"]].assign(
        product=asked["product_id"].map(goods["name"]),
        category=asked["product_id"].map(goods["category"]),
        sent_to=asked["support_type"],
    )
    advice = [
        right_support(words, category)
        for words, category in zip(table["request"], table["category"], strict=True)
    ]
    table["belongs_to"] = pd.Series([one.support_type for one in advice], table.index, dtype="str")
    table["provider"] = pd.Series([one.provider for one in advice], table.index, dtype="str")
    return table[COLUMNS].reset_index(drop=True)


def request_file(shop: Shop, service_id: str) -> CaseFile:
    """One request as a card: the customer's words, and what our records hold about the goods.

    It does not say where the request was sent. Raises ValueError where the shop has no such
    service.

    >>> from retailkit.generate import make_shop
    >>> shop = make_shop(seed=7, customers=40)
    >>> request_file(shop, support_requests(shop)["service_id"].iloc[0])[0].startswith("Request SE")
    True
    """
    services = shop.services
    found = records_in(services[services["service_id"] == service_id].head(1), Service)
    if not found:
        raise ValueError(
            say(
                "The shop has no service {service!r}. Its table is shop.services.",
                service=service_id,
            )
        )
    service = found[0]
    title = (
        say("Request {service}.", service=service_id)
        if service.at is None
        else say("Request {service}, {day}.", service=service_id, day=day(service.at))
    )
    words = (
        say("“{words}”", words=service.request)
        if service.request
        else say("Nothing was written down.")
    )
    return CaseFile(service_id, [title, words, *_known(shop, service)])


def _known(shop: Shop, service: Service) -> Sentences:
    """What the goods are, and when and where they were sold."""
    products = shop.products[shop.products["product_id"] == service.product_id]
    goods = [
        say(
            "It is about: {name} ({category}).",
            name=say(row["name"]),
            category=say(row["category"]),
        )
        for _, row in products.iterrows()
    ]
    orders = shop.orders[shop.orders["order_id"] == service.order_id]
    sold = [
        say(
            "In our records: sold {place} {when}.",
            place=_place(row["place"]),
            when=_before(row["ordered_at"], service),
        )
        for _, row in orders.iterrows()
    ]
    return Sentences([*goods, *sold])


SOLD = {
    "store": later("in the store"),
    "website": later("on the website"),
    "phone": later("by telephone"),
}


def _place(place: str | None) -> str:
    return say(SOLD[place]) if place in SOLD else f"({spoken(place)})"


def _before(sold: pd.Timestamp, service: Service) -> str:
    if pd.isna(sold) or service.at is None:
        return say("on a day not known")
    days = (pd.Timestamp(service.at).normalize() - sold.normalize()).days
    return say("on the same day") if days == 0 else say("{days} before", days=count_of(days, "day"))
