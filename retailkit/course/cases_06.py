"""The customers and sales that lesson 06's exercises are about, from a shop's own records."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from retailkit.catalogue import say
from retailkit.course.exercises import Cases
from retailkit.insight import best_customers, rfm, sales_lines, trend
from retailkit.insight.groups import HIGH
from retailkit.insight.purchases import CALLED_OFF
from retailkit.shop import Shop

if TYPE_CHECKING:
    import pandas as pd

LOOKED_ON = "2026-05-12"
"""The day on which the owner looked at a month that had hardly begun."""
GOODS = "electronics"
FEWEST, MOST = 4, 7


@functools.lru_cache(maxsize=8)
def customers(shop: Shop) -> pd.DataFrame:
    """Every customer who has bought, with recency, frequency and money."""
    return rfm(shop.orders, on=shop.today)


# 6.1: one customer by hand


@functools.lru_cache(maxsize=8)
def one_customer(shop: Shop) -> Cases:
    """The orders of a customer whose last order was called off, by number."""
    orders = shop.orders.dropna(subset="customer_id").sort_values("ordered_at", kind="stable")
    counts = orders["customer_id"].value_counts()
    known = customers(shop)
    last = orders.drop_duplicates("customer_id", keep="last")
    last = last[last["status"].isin(CALLED_OFF) & last["customer_id"].isin(known.index)]
    for number in sorted(last["customer_id"], key=lambda number: -known["frequency"][number]):
        own = orders[orders["customer_id"] == number]
        # two orders of a day are one purchase, which is a lesson of its own
        if FEWEST <= counts[number] <= MOST and own["ordered_at"].dt.date.is_unique:
            return {str(number): own}
    raise ValueError(say("No customer of this shop fits: the last of several orders called off."))


def _own(shop: Shop) -> pd.DataFrame:
    own: pd.DataFrame
    (own,) = one_customer(shop).values()
    return own


def last_times_money(shop: Shop) -> list[object]:
    """The day of the last purchase, on how many days there was one, and the money."""
    (number,) = one_customer(shop)
    known = customers(shop)
    times, money = int(known["frequency"][number]), float(known["money"][number])
    return [_day(known["last_on"][number]), times, money]


def _day(moment: pd.Timestamp) -> str:
    return moment.date().isoformat()


def with_what_came_back(shop: Shop) -> list[object]:
    """The same of somebody who takes every order for a purchase."""
    own = _own(shop)
    return [_day(own["ordered_at"].iloc[-1]), len(own), float(own["total"].sum())]


def from_the_first(shop: Shop) -> list[object]:
    """The same with the first day in the place of the last."""
    (number,) = one_customer(shop)
    _, times, money = last_times_money(shop)
    return [_day(customers(shop)["first_on"][number]), times, money]


def with_the_money_of_all(shop: Shop) -> list[object]:
    """The right day and count, with the money of every order."""
    last, times, _ = last_times_money(shop)
    return [last, times, with_what_came_back(shop)[2]]


# 6.2: the share of the best


@functools.lru_cache(maxsize=8)
def best(shop: Shop, share: float = 0.1) -> pd.DataFrame:
    """The customers who bring the most."""
    return best_customers(shop.orders, share=share)


def share_of_best(shop: Shop, share: float = 0.2) -> float:
    """What the best customers bring, as a share of what all customers bring."""
    return float(best(shop, share)["money"].sum() / customers(shop)["money"].sum())


def share_of_every_order(shop: Shop) -> float:
    """The money of the best, as a share of every order in the book."""
    return float(best(shop, 0.2)["money"].sum() / shop.orders["total"].sum())


def share_of_heads(shop: Shop) -> float:
    """How large a part of the customers the best are."""
    return len(best(shop, 0.2)) / len(customers(shop))


# 6.3: a month that is not over


def ratio(shop: Shop, column: str) -> float:
    """May through April, on the day on which the owner looked."""
    april, may = trend(shop.orders, on=LOOKED_ON)[column].astype("float64").tail(2)
    return float(may / april)


def change(shop: Shop) -> float:
    """How much more a day of May brought than a day of April; 0.1 is a tenth more."""
    return ratio(shop, "money_per_day") - 1


# 6.4: what they buy


@functools.lru_cache(maxsize=8)
def lines(shop: Shop, of_best: bool) -> pd.DataFrame:
    """What was sold, line by line: to the best customers, or to everybody."""
    every = sales_lines(shop)
    return every[every["customer_id"].isin(best(shop).index)] if of_best else every


def money_for_goods(shop: Shop, of_best: bool) -> float:
    """What was spent on the goods."""
    some = lines(shop, of_best)
    return float(some[some["category"] == GOODS]["money"].sum())


def part_of_goods(shop: Shop, of_best: bool = True) -> float:
    """Which part of their money customers spend on the goods: the best ones, or everybody."""
    return money_for_goods(shop, of_best) / float(lines(shop, of_best)["money"].sum())


def part_bought_by_the_best(shop: Shop) -> float:
    """Which part of all money for the goods comes from the best customers."""
    return money_for_goods(shop, of_best=True) / money_for_goods(shop, of_best=False)


def part_of_all_money(shop: Shop) -> float:
    """What the best customers spend on the goods, as a part of all money."""
    return money_for_goods(shop, of_best=True) / float(lines(shop, of_best=False)["money"].sum())


def part_of_lines(shop: Shop) -> float:
    """The part of the best customers' lines that is about the goods, whatever they cost."""
    return float((lines(shop, of_best=True)["category"] == GOODS).mean())


# 6.5: who is fading


def lately(shop: Shop) -> pd.Series:
    """Which customers have bought lately."""
    return customers(shop)["recency_score"] >= HIGH


def often(shop: Shop) -> pd.DataFrame:
    """The customers who buy often."""
    known = customers(shop)
    return known[known["frequency_score"] >= HIGH]


def fading(shop: Shop) -> int:
    """How many bought often, and not lately."""
    known = often(shop)
    return int((~lately(shop)[known.index]).sum())
