"""Occasions: why a customer could be served in the month to come, as the records show it."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from retailkit.catalogue import say
from retailkit.orders import OrderEventType
from retailkit.services import SupportActivity
from retailkit.text import day, day_of_year, spoken
from retailkit.words import count_of

if TYPE_CHECKING:
    from retailkit.shop import Shop

COLUMNS = ["customer_id", "earliest", "latest", "activity", "why"]
WEEKS = 4
"""Offers are spread over so many weeks, so that no week has them all."""


@functools.cache
def _settings() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("plan.toml").read_text("utf-8"))


def setting(name: str) -> Any:
    """One value from `plan.toml`, by its name.

    >>> setting("days_planned")
    30
    """
    return _settings()[name]["value"]


@dataclass(frozen=True, kw_only=True)
class Month:
    """The records as they stood at the beginning of a day, and the month that begins with it."""

    shop: Shop
    on: pd.Timestamp

    @property
    def last(self) -> pd.Timestamp:
        """The last day of the month."""
        return self.on + pd.Timedelta(days=setting("days_planned") - 1)

    def before(self, table: str, column: str = "at") -> pd.DataFrame:
        """The rows of a table from before the day."""
        rows = self.shop.tables[table]
        return rows[rows[column] < self.on]

    @functools.cached_property
    def customers(self) -> pd.DataFrame:
        """The customers who were known, and can be reached in some way."""
        known = self.shop.customers
        reach = known[["email", "phone", "street"]].notna().any(axis=1)
        return known[reach & ~(known["joined_at"] >= self.on)].drop_duplicates("customer_id")

    @functools.cached_property
    def kept(self) -> pd.DataFrame:
        """One row per product that a customer has and has kept, with the day on which it came."""
        events = self.before("order_events")
        arrived = events[events["event"] == OrderEventType.DELIVERED]
        came = arrived.groupby("order_id")["at"].max().rename("came_at").reset_index()
        lines = self.shop.order_lines[["order_id", "product_id"]]
        kept = self.purchases.merge(came, on="order_id").merge(lines, on="order_id")
        return kept.merge(self.shop.products, on="product_id")

    @functools.cached_property
    def purchases(self) -> pd.DataFrame:
        """The orders of known customers that were neither called off nor sent back."""
        events = self.before("order_events")
        gone = events["event"].isin([OrderEventType.RETURNED, OrderEventType.CANCELLED])
        orders = self.before("orders", "ordered_at").dropna(subset="customer_id")
        orders = orders[~orders["order_id"].isin(events.loc[gone, "order_id"])]
        return orders[["order_id", "customer_id", "ordered_at"]]


def occasions(month: Month) -> pd.DataFrame:
    """Every reason to serve a customer in the month, whether they may be contacted or not.

    One row per reason: `customer_id`, from the day `earliest` to the day `latest`, `activity`
    and `why`, a sentence.
    """
    found = [
        guarantees(month),
        not_yet(month, "needs_installation", SupportActivity.INSTALLATION),
        not_yet(month, "needs_training", SupportActivity.TRAINING),
        birthdays(month),
        quiet(month),
    ]
    together = pd.concat([part for part in found if len(part)] or [found[0]], ignore_index=True)
    return together[together["customer_id"].isin(month.customers["customer_id"])]


def _occasions(
    rows: pd.DataFrame, activity: SupportActivity, earliest: Any, latest: Any, why: Iterable[str]
) -> pd.DataFrame:
    made = rows[["customer_id"]].assign(
        earliest=earliest, latest=latest, activity=activity.value, why=list(why)
    )
    times = {"earliest": "datetime64[s]", "latest": "datetime64[s]"}
    return made[COLUMNS].astype(times | dict.fromkeys(("activity", "why"), "str"))


def guarantees(month: Month) -> pd.DataFrame:
    """Customers whose guarantee, by the warranty card they sent in, is about to end."""
    notice = pd.Timedelta(days=setting("days_before_end"))
    cards = month.before("warranty_cards", "purchased_on").dropna(subset="customer_id")
    ends = cards["ends_on"]
    cards = cards[(ends >= month.on) & (ends - notice <= month.last)]
    # goods that went back are covered no longer
    has = month.kept[["customer_id", "product_id", "name"]].drop_duplicates()
    cards = cards.merge(has, on=["customer_id", "product_id"])
    told = cards["ends_on"] - notice
    return _occasions(
        cards,
        SupportActivity.WARRANTY,
        told.where(told > month.on, month.on),
        cards["ends_on"].where(cards["ends_on"] < month.last, month.last),
        [
            say("The guarantee of the {product} ends on {day}.", product=name, day=day(end))
            for name, end in zip(cards["name"], cards["ends_on"], strict=True)
        ],
    )


def not_yet(month: Month, need: str, activity: SupportActivity) -> pd.DataFrame:
    """Customers with goods that came lately, need something, and have not had it."""
    since = month.on - pd.Timedelta(days=setting("days_since_delivery"))
    goods = month.kept[month.kept[need].fillna(False).astype(bool)]
    goods = goods[goods["came_at"] >= since]
    done = month.before("services")
    done = done.loc[done["activity"] == activity, ["order_id", "product_id"]].drop_duplicates()
    had = goods[["order_id", "product_id"]].merge(
        done.assign(had=True), on=["order_id", "product_id"], how="left"
    )["had"]
    goods = goods[had.isna().to_numpy()]
    return _occasions(
        goods,
        activity,
        month.on,
        month.last,
        [
            say(
                "The {product} came on {day} and needs {activity}; there has been none yet.",
                product=name,
                day=day(came),
                activity=spoken(activity),
            )
            for name, came in zip(goods["name"], goods["came_at"], strict=True)
        ],
    )


def birthdays(month: Month) -> pd.DataFrame:
    """Customers whose birthday is in the month."""
    people = month.customers.dropna(subset="birth_on")
    next_one = next_birthdays(people["birth_on"], month.on)
    people, next_one = people[next_one <= month.last], next_one[next_one <= month.last]
    why = [say("The birthday is on {day}.", day=day_of_year(when)) for when in next_one]
    return _occasions(people, SupportActivity.GREETING, next_one, next_one, why)


def birthdays_in(year: Any, born: pd.Series) -> pd.Series:
    """The day of each birthday in a year (or in a year each): a 29 February may be a 1 March.

    >>> born = pd.Series(pd.to_datetime(["2008-02-29"]))
    >>> [f"{birthdays_in(year, born)[0]:%d %B}" for year in (2026, 2028)]
    ['01 March', '29 February']
    """
    first = pd.to_datetime(
        pd.DataFrame({"year": year, "month": born.dt.month, "day": 1}, index=born.index)
    )
    days: pd.Series = first + pd.to_timedelta(born.dt.day - 1, unit="D")
    return days


def next_birthdays(born: pd.Series, on: pd.Timestamp) -> pd.Series:
    """The first birthday on the day or after it."""
    this_year = birthdays_in(on.year, born)
    return this_year.where(this_year >= on, birthdays_in(on.year + 1, born))


def quiet(month: Month) -> pd.DataFrame:
    """Customers who have bought on two days or more, and then not for half a year."""
    orders = month.purchases
    days = orders.assign(day=orders["ordered_at"].dt.normalize()).groupby("customer_id")["day"]
    bought = pd.DataFrame({"times": days.nunique(), "last": days.max()}).reset_index()
    since = (month.on - bought["last"]).dt.days
    limits = setting("quiet_days")
    lately = since.between(limits["least"], limits["most"])
    bought = bought[lately & (bought["times"] > 1)]
    weeks = np.arange(len(bought)) % WEEKS
    return _occasions(
        bought,
        SupportActivity.OFFER,
        month.on + pd.to_timedelta(7 * weeks, unit="D"),
        month.last,
        [
            say(
                "Bought on {days}, and not since {last}.",
                days=count_of(row.times, "day"),
                last=day(row.last),
            )
            for row in bought.itertuples()
        ],
    )
