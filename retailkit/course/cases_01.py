"""The orders and the customer that lesson 01's exercises are about, from a shop's own records."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from retailkit.case_file import CaseFile
from retailkit.course.exercises import Cases
from retailkit.forms import order_form
from retailkit.orders import OrderStatus
from retailkit.services import SupportActivity
from retailkit.shop import Shop
from retailkit.stages import Happening, Stage, happenings
from retailkit.tracking import TrackingStatus, order_file, tracking_status

if TYPE_CHECKING:
    import pandas as pd

FEWEST_LINES, MOST_LINES = 5, 8


# 1.1 and 1.3: how many


def open_orders(shop: Shop) -> pd.DataFrame:
    """The orders that are not with the customer yet."""
    return shop.orders[shop.orders["status"] == OrderStatus.OPEN]


def promise_gone_by(orders: pd.DataFrame, shop: Shop) -> pd.DataFrame:
    """Those of the orders that we promised for a day before today."""
    return orders[orders["promised_on"] < str(shop.today)]


def promise_to_come(orders: pd.DataFrame, shop: Shop) -> pd.DataFrame:
    """Those of the orders that we promised for today or a later day."""
    return orders[orders["promised_on"] >= str(shop.today)]


def promised_for_later(shop: Shop) -> pd.DataFrame:
    """The open orders that we promised for a day after today."""
    waiting = open_orders(shop)
    return waiting[waiting["promised_on"] > str(shop.today)]


# 1.2: where is my order


@functools.lru_cache(maxsize=8)
def with_todays_order(shop: Shop) -> Shop:
    """The shop after an order at the desk, for which nobody could promise a day yet."""
    form = order_form(shop)
    form.fill(given_name="Noor", family_name="Haddad", phone="+34 600 000 000")
    form.fill(product_id=shop.products["product_id"].iloc[0], quantity=1)
    form.fill(in_stock="no", commits="yes", prepaid="yes").save()
    return form.shop_now()


@functools.lru_cache(maxsize=8)
def five_orders(shop: Shop) -> Cases:
    """The status of five orders, by number: four from the book, and today's from the desk."""
    shop = with_todays_order(shop)
    # who asks about an order has placed it lately
    orders = shop.orders.sort_values("ordered_at", ascending=False, kind="stable")
    waiting = orders[orders["status"] == OrderStatus.OPEN]
    sent = orders[orders["promised_on"].notna()]
    wanted = {
        TrackingStatus.HANDED_OVER: sent[sent["status"] == OrderStatus.DELIVERED],
        TrackingStatus.ON_ITS_WAY: promise_to_come(waiting, shop),
        TrackingStatus.LATE: promise_gone_by(waiting, shop),
        TrackingStatus.CANCELLED: sent[sent["status"] == OrderStatus.CANCELLED],
        TrackingStatus.NOT_PROMISED: waiting[waiting["promised_on"].isna()],
    }
    found = [_first_with(status, orders, shop) for status, orders in wanted.items()]
    return dict(sorted(pair for pair in found if pair))


def _first_with(
    status: TrackingStatus, orders: pd.DataFrame, shop: Shop
) -> tuple[str, TrackingStatus] | None:
    """The first of these orders that a customer of ours placed and that has this status."""
    for number in orders[orders["customer_id"].notna()]["order_id"]:
        if tracking_status(shop, number) == status:
            return str(number), status
    return None


def order_card(shop: Shop, number: str) -> CaseFile:
    """One of the five orders as a card."""
    return order_file(with_todays_order(shop), number)


def replies(shop: Shop, **instead: TrackingStatus) -> list[str]:
    """The status of the five orders; `instead` says which is taken for another one."""
    return [str(instead.get(status, status)) for status in five_orders(shop).values()]


# 1.4: one customer through all three stages


@functools.lru_cache(maxsize=8)
def one_customer(shop: Shop) -> Cases:
    """What happened with one customer who has been through all three stages, by number."""
    fitting: dict[str, list[Happening]] = {}
    for questions, numbers in _by_questions(shop).items():
        # who has asked so seldom cannot have asked more often about an order
        if any(_told_well(lines)[0] > questions for lines in fitting.values()):
            break
        for number in numbers:
            lines = happenings(shop, number)
            if all(thing.stage for thing in lines) and FEWEST_LINES <= len(lines) <= MOST_LINES:
                fitting[number] = lines
    best = max(sorted(fitting), key=lambda number: _told_well(fitting[number]))
    return {best: fitting[best]}


def _by_questions(shop: Shop) -> dict[int, list[str]]:
    """The candidates by how many questions they have asked, most first."""
    asked = shop.enquiries["customer_id"].value_counts()
    groups: dict[int, list[str]] = {}
    for number in _candidates(shop):
        groups.setdefault(int(asked.get(number, 0)), []).append(number)
    return dict(sorted(groups.items(), reverse=True))


def _candidates(shop: Shop) -> list[str]:
    """Customers with a few records of each kind, and none that belongs to two stages."""
    under_guarantee = shop.services["activity"] == SupportActivity.WARRANTY
    doubtful = set(shop.services[under_guarantee]["customer_id"].dropna())
    tables = (shop.orders, shop.claims, shop.services)
    counts = [table["customer_id"].value_counts() for table in tables]
    few = [set(count[count <= MOST_LINES // 2].index) for count in counts]
    return sorted(set.intersection(*few) - doubtful)


def _told_well(lines: list[Happening]) -> tuple[int, int]:
    """Customers who asked about their order come first, then those with more lines."""
    asked = sum(thing.stage == Stage.ORDERING and thing.asked for thing in lines)
    return asked, len(lines)


def stages_of(shop: Shop, **instead: Stage) -> list[str]:
    """The stage of each line of the customer; `instead` says which is taken for another one."""
    ((_, lines),) = one_customer(shop).items()
    return [str(instead.get(str(thing.stage), thing.stage)) for thing in lines]
