"""The claims book beside the records: each case with its order, delivery and product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import say
from retailkit.claims import Claim
from retailkit.orders import OrderEventType
from retailkit.records import need_columns, table

if TYPE_CHECKING:
    from retailkit.shop import Shop


def claims_book(shop: Shop) -> pd.DataFrame:
    """The claims book with what the records say about the order behind each case.

    One row per claim in the order of the book; adds `bought_by`, `ordered_on`,
    `promised_on`, `delivered_at`, `signed_by`, `returned_at`, `bought`, `essential`, `told`
    (all the customer wrote), `wrote_at` (the last message) and `carded_on` (the day of
    purchase on a warranty card of the customer for the product).
    Columns that somebody has added to the claims are left out.
    """
    book = claims_alone(shop)
    products = shop.products.drop_duplicates("product_id")[["product_id", "essential"]]
    book = book.reset_index(drop=True).merge(_orders(shop), on="order_id", how="left")
    book = book.merge(products, on="product_id", how="left")
    lines = pd.MultiIndex.from_frame(shop.order_lines[["order_id", "product_id"]])
    asked = pd.MultiIndex.from_frame(book[["order_id", "product_id"]])
    book = book.merge(_written(shop), on="claim_id", how="left")
    book = book.merge(_cards(shop), on=["customer_id", "product_id"], how="left")
    return book.assign(
        bought=asked.isin(lines) | book["product_id"].isna(),
        told=_together(book["narrative"], book["written"]),
    )


def claims_alone(shop: Shop) -> pd.DataFrame:
    """The claims as they stand, with the columns and types of a claim and no others."""
    template = table([], Claim)
    need_columns(shop.claims, template.columns, say("The table claims"))
    return shop.claims[list(template.columns)].astype(template.dtypes.to_dict())


def _written(shop: Shop) -> pd.DataFrame:
    """What the customer wrote to us about each case after the form, and when last."""
    told = shop.messages[(shop.messages["direction"] == "in") & shop.messages["claim_id"].notna()]
    of_case = told.dropna(subset="text").groupby("claim_id")["text"]
    texts = of_case.agg("\n".join).rename("written").astype("str")
    last = told.groupby("claim_id")["at"].max().rename("wrote_at")
    return last.to_frame().join(texts).reset_index()


def _together(first: pd.Series, second: pd.Series) -> pd.Series:
    """Two texts one below the other; the one there is, where there is only one."""
    return (first + "\n" + second).fillna(first).fillna(second)


def _cards(shop: Shop) -> pd.DataFrame:
    """The last warranty card of each customer for each product."""
    cards = shop.warranty_cards.dropna(subset=["customer_id", "product_id"])
    last = cards.drop_duplicates(["customer_id", "product_id"], keep="last")
    return last[["customer_id", "product_id", "purchased_on"]].rename(
        columns={"purchased_on": "carded_on"}
    )


def _orders(shop: Shop) -> pd.DataFrame:
    """Each order with the last delivery and the last return."""
    orders = shop.orders.drop_duplicates("order_id")
    orders = pd.DataFrame(
        {
            "order_id": orders["order_id"],
            "bought_by": orders["customer_id"],
            "ordered_on": orders["ordered_at"].dt.normalize(),
            "promised_on": orders["promised_on"],
        }
    )
    delivered = _last(shop.order_events, OrderEventType.DELIVERED)
    delivered = delivered.rename(columns={"at": "delivered_at"})
    returned = _last(shop.order_events, OrderEventType.RETURNED)
    returned = returned.rename(columns={"at": "returned_at"}).drop(columns="signed_by")
    return orders.merge(delivered, how="left").merge(returned, how="left")


def _last(events: pd.DataFrame, event: OrderEventType) -> pd.DataFrame:
    """The last event of this type for each order."""
    found = events[events["event"] == event].drop_duplicates("order_id", keep="last")
    return found[["order_id", "at", "signed_by"]]
