"""Ages: how old what we know is, what later records say about it, and what may be out of date."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from retailkit.catalogue import later, say
from retailkit.customers import Customer
from retailkit.markets.rules import Sourced
from retailkit.orders import ContactChannel, OrderEventType, Place
from retailkit.records import questions
from retailkit.services import ServiceResult
from retailkit.text import day

if TYPE_CHECKING:
    from retailkit.shop import Shop

CONTACTS: Mapping[str, str] = {"email": "email", "phone": "phone", "address": "street"}
"""The three ways to reach somebody, and the column in which each stands."""

BANDS = {6: later("up to 6 months"), 12: later("6 to 12 months"), 24: later("1 to 2 years")}
OLDEST = later("over 2 years")
NEVER_CHECKED = later("never checked")
MONTH = 365.25 / 12

OLD_AFTER = 24
"""After so many months a contact is asked about again."""

COLUMNS = (
    "customer_id", "fact", "shown", "verified_at", "confirmed_at", "confirmed_by",
    "not_reached_at", "not_reached_by", "months", "band",
)  # fmt: skip


@functools.cache
def pace() -> dict[str, Sourced[float]]:
    """The share of each kind of contact that changes within a year, with its source.

    >>> pace()["address"].value
    0.12
    """
    text = resources.files(__package__).joinpath("pace.toml").read_text("utf-8")
    return {
        fact: Sourced(value=each.pop("share"), **each) for fact, each in tomllib.loads(text).items()
    }


def ages(shop: Shop) -> pd.DataFrame:
    """How old each contact is: when it was last seen to be right, and what speaks against it.

    One row per customer and contact that is known (`email`, `phone`, `address`): `shown`,
    `verified_at`; `confirmed_at` and `confirmed_by`, the latest record in which it worked (an
    e-mail or a call from the customer, a parcel that they or their family took);
    `not_reached_at` and `not_reached_by`, the latest service after all that which did not
    reach the customer, and none since that did: it does not say which contact is to blame.
    `months` since it was last seen to be right, `band` of that.

    >>> from retailkit.generate import make_shop
    >>> ages(make_shop(seed=7, customers=20))["fact"].unique().tolist()
    ['email', 'phone', 'address']
    """
    people = shop.customers
    parts = []
    for fact, column in CONTACTS.items():
        known = people[people[column].notna()]
        part = known[["customer_id", "last_verified_at"]].assign(fact=fact, shown=known[column])
        parts.append(part.rename(columns={"last_verified_at": "verified_at"}))
    table = pd.concat(parts, ignore_index=True)
    table = _joined(table, _confirmations(shop), ["customer_id", "fact"], "confirmed")
    table = _joined(table, _failures(shop), ["customer_id"], "not_reached")
    right = table[["verified_at", "confirmed_at"]].max(axis=1)
    # what came before the contact was last seen to be right says nothing about it now
    past = table["not_reached_at"] <= right
    table["not_reached_at"] = table["not_reached_at"].mask(past)
    table["not_reached_by"] = table["not_reached_by"].mask(past)
    days = (pd.Timestamp(shop.today) - right).dt.total_seconds() / 86_400
    table["months"] = (days / MONTH).clip(lower=0).round(1).astype("Float64")
    table["band"] = _bands(table["months"])
    order = table.sort_values("customer_id", kind="stable", ignore_index=True)
    return order[list(COLUMNS)]


def _joined(table: pd.DataFrame, said: pd.DataFrame, by: list[str], what: str) -> pd.DataFrame:
    """The latest of what was said for each row, in columns of its own."""
    last = said.sort_values("at", kind="stable").drop_duplicates(by, keep="last")
    last = last.rename(columns={"at": f"{what}_at", "record": f"{what}_by"})
    return table.merge(last[[*by, f"{what}_at", f"{what}_by"]], on=by, how="left")


def _bands(months: pd.Series) -> pd.Series:
    edges, names = [-1, *BANDS, np.inf], [*BANDS.values(), OLDEST]
    cut = pd.cut(months.astype("float64"), edges, labels=names)
    return cut.astype("str").where(months.notna(), NEVER_CHECKED)


def _confirmations(shop: Shop) -> pd.DataFrame:
    """Records in which a contact worked: one row each, with customer, fact, moment and number."""
    wrote = [
        _by_channel(shop.enquiries, "enquiry_id", "channel", "at"),
        _by_channel(shop.claims, "claim_id", "channel", "received_at"),
        _by_channel(
            shop.messages[shop.messages["direction"] == "in"], "message_id", "medium", "at"
        ),
    ]
    return pd.concat([*wrote, _parcels(shop)], ignore_index=True)


def _by_channel(table: pd.DataFrame, key: str, channel: str, at: str) -> pd.DataFrame:
    works = {
        ContactChannel.EMAIL.value: "email",
        ContactChannel.PHONE.value: "phone",
        ContactChannel.LETTER.value: "address",
    }
    return _said(table.assign(fact=table[channel].map(works)), key, at)


def _parcels(shop: Shop) -> pd.DataFrame:
    """Parcels that the customer or their family took at the door."""
    sent = shop.orders[shop.orders["place"] != Place.STORE][["order_id", "customer_id"]]
    events = shop.order_events
    came = events[events["event"] == OrderEventType.DELIVERED].merge(sent, on="order_id")
    own = came["signed_by"].notna() & (came["signed_by"] == came["customer_id"])
    at_home = own | (came["signed_by"] == "family member")
    return _said(came[at_home].assign(fact="address"), "event_id", "at")


def _failures(shop: Shop) -> pd.DataFrame:
    """Of each customer's services the last one, where it did not reach them."""
    tried = shop.services[shop.services["result"].notna()].assign(fact="any")
    last = tried.dropna(subset=["customer_id", "at"]).sort_values("at", kind="stable")
    last = last.drop_duplicates("customer_id", keep="last")
    return _said(last[last["result"] == ServiceResult.NOT_REACHED], "service_id", "at")


def _said(table: pd.DataFrame, key: str, at: str) -> pd.DataFrame:
    said = table.dropna(subset=["customer_id", "fact", at])
    columns = {"customer_id": said["customer_id"], "fact": said["fact"], "at": said[at]}
    return pd.DataFrame(columns | {"record": said[key]}).astype(
        {"customer_id": "str", "fact": "str", "at": "datetime64[s]", "record": "str"}
    )


def age_bands(table: pd.DataFrame) -> pd.DataFrame:
    """How many contacts are how old, of the table that `ages` gives.

    One row per fact and band, the freshest band first: `contacts`, their `share` of that
    fact, and `likely_wrong`, about how many of them have changed since if they go out of
    date at the `pace` of its sources.

    >>> from retailkit.generate import make_shop
    >>> bands = age_bands(ages(make_shop(seed=7, customers=200)))
    >>> bands.loc["email", "share"].sum().round(6)
    np.float64(1.0)
    """
    years = table["months"].astype("float64") / 12
    yearly = table["fact"].map({fact: each.value for fact, each in pace().items()})
    wrong = (1 - (1 - yearly.astype("float64")) ** years).rename("likely_wrong")
    grouped = table[["fact", "band"]].assign(likely_wrong=wrong).groupby(["fact", "band"])
    found = grouped["likely_wrong"].agg(contacts="size", likely_wrong="sum")
    every = pd.MultiIndex.from_product(
        [list(CONTACTS), [*BANDS.values(), OLDEST, NEVER_CHECKED]], names=["fact", "band"]
    )
    found = found.reindex(every).fillna(0)
    total = found.groupby(level="fact")["contacts"].transform("sum")
    # of what was never checked nobody knows how old it is, so nothing is reckoned
    return pd.DataFrame(
        {
            "contacts": found["contacts"].astype("int64"),
            "share": (found["contacts"] / total.where(total > 0, 1)).astype("float64"),
            "likely_wrong": found["likely_wrong"].astype("float64").round(1),
        }
    )


def stale(shop: Shop, after_months: float = OLD_AFTER) -> pd.DataFrame:
    """Contacts to ask about again: too old, never checked, or with a service that found nobody.

    One row per contact, those that did not work first, then the oldest: `customer_id`,
    `fact`, `shown`, `months`, `because` and `ask`, the question for the customer. Asking is
    all: old does not mean wrong.
    Raises ValueError where `after_months` is no number of months.

    >>> from retailkit.generate import make_shop
    >>> stale(make_shop(seed=7, customers=20), after_months=30)["because"].iloc[0]
    'last seen to be right on 2 October 2023'
    """
    if isinstance(after_months, bool) or not 0 <= after_months < np.inf:
        raise ValueError(
            say(
                "after_months: {after_months!r} is not a number of months. Choose one like 24.",
                after_months=after_months,
            )
        )
    table = ages(shop)
    missed = table["not_reached_at"].notna()
    old = (table["months"] > after_months).fillna(True).astype(bool)
    found = table.assign(missed=missed)[missed | old]
    found = found.sort_values(
        ["missed", "months"], ascending=[False, False], kind="stable", na_position="first"
    )
    found["because"] = [_because(row) for row in found.itertuples()]
    found["ask"] = found["fact"].map(asking())
    return found[["customer_id", "fact", "shown", "months", "because", "ask"]].reset_index(
        drop=True
    )


def _because(row: Any) -> str:
    if not pd.isna(row.not_reached_at):
        return say(
            "not reached on {day} ({record}), and not checked since",
            day=day(row.not_reached_at),
            record=row.not_reached_by,
        )
    if pd.isna(row.months):
        return say(NEVER_CHECKED)
    checked = pd.Series([row.verified_at, row.confirmed_at]).max()
    return say("last seen to be right on {day}", day=day(checked))


def asking() -> dict[str, str]:
    """The question for each way to reach somebody, as the customer's record asks it."""
    by_name = {question.name: say(question.text) for question in questions(Customer)}
    return {fact: by_name[column] for fact, column in CONTACTS.items()}
