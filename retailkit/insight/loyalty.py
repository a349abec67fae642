"""Loyalty: who comes back after a first purchase, and how soon."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  # `date` is the name of a column here

import numpy as np
import pandas as pd

from retailkit.catalogue import say, whole
from retailkit.insight.measures import Measure
from retailkit.insight.purchases import Histories, histories
from retailkit.shares import per_cent, share_interval
from retailkit.text import Sentences, month
from retailkit.words import count_of


def cohorts(
    table: pd.DataFrame,
    customer: str = "customer_id",
    date: str = "ordered_at",
    amount: str = "total",
    on: Date | str | None = None,
    status: str | None = None,
) -> pd.DataFrame:
    """How many of each month's new customers buy again in the months that follow.

    One row per month, from the first purchase of all to `on` (the last day in the table, if
    None). `customers` counts those who bought for the first time in that month; the columns
    0, 1, 2 ... are the share of them who bought in the month itself and so many months later.
    What is not yet known is empty: a month to come, or not over; so is a month that won
    nobody. A month's new customers are all from the table: earlier purchases are not known.
    Raises ValueError as `rfm` does.

    >>> orders = pd.DataFrame({
    ...     "id": ["Ana", "Ana", "Ben", "Eva"],
    ...     "date": ["2026-01-05", "2026-02-03", "2026-01-08", "2026-02-28"],
    ...     "amount": 10,
    ... })
    >>> cohorts(orders, customer="id", date="date", amount="amount").reset_index()
         month  customers    0     1
    0  2026-01          2  1.0   0.5
    1  2026-02          1  1.0  <NA>
    """
    known = histories(table, customer, date, amount, on, status)
    counts = _buyers(known)
    shares = _shares(counts, known.on)
    shares.attrs["notes"] = Sentences([*known.notes, *_not_yet(counts.index[-1], known.on)])
    return shares


def _buyers(known: Histories) -> pd.DataFrame:
    """How many of each month's new customers bought in each month from then on."""
    days = known.days
    month = days["day"].dt.to_period("M")
    first = month.groupby(days["customer"], observed=True).transform("min")
    every = pd.period_range(first.min(), known.on.to_period("M"), freq="M", name="month")
    # a customer who bought on several days of a month is one customer of that month
    once = pd.DataFrame({"whose": days["customer"], "month": month, "first": first})
    once = once.drop_duplicates(["whose", "month"])
    later = (once["month"].dt.year - once["first"].dt.year) * 12
    later = later + once["month"].dt.month - once["first"].dt.month
    counts = pd.crosstab(once["first"], later)
    return counts.reindex(index=every, columns=range(len(every)), fill_value=0)


def _shares(counts: pd.DataFrame, on: pd.Timestamp) -> pd.DataFrame:
    """Counts as shares of the month's new customers, empty where not known."""
    new = counts[0]
    over = len(counts) if counts.index[-1].end_time.normalize() <= on else len(counts) - 1
    shares = counts.div(new.where(new > 0), axis=0).astype("Float64")
    row, later = np.ogrid[: len(counts), : len(counts)]
    # in the month itself all have bought, over or not
    shares = shares.where((row + later < over) | (later == 0))
    shares.insert(0, "customers", new)
    shares.columns.name = None
    return shares


def _not_yet(last: pd.Period, on: pd.Timestamp) -> list[str]:
    if last.end_time.normalize() <= on:
        return []
    name = month(last.start_time.date())
    return [say("Not over yet: {month}; what it will be is left empty.", month=name)]


def repeat_purchase(
    table: pd.DataFrame,
    customer: str = "customer_id",
    date: str = "ordered_at",
    amount: str = "total",
    on: Date | str | None = None,
    status: str | None = None,
    within_days: int | None = None,
) -> Measure:
    """The share of customers who bought on a second day, with its count and 95% interval.

    With `within_days`, the share who did so within so many days of the first purchase,
    among the customers whose first purchase is at least that long ago: only they have had
    the time. The interval is Wilson's.
    Raises ValueError as `rfm` does, and where `within_days` is not above 0.

    >>> orders = pd.DataFrame({
    ...     "id": ["Ana", "Ana", "Ben"],
    ...     "date": ["2026-01-05", "2026-02-03", "2026-01-08"],
    ...     "amount": 10,
    ... })
    >>> repeat_purchase(orders, customer="id", date="date", amount="amount")
    1 of 2 customers bought on a second day: 50% (95% interval 9% to 91%).
    """
    if within_days is not None and within_days < 1:
        raise ValueError(
            say("within_days is {days}. Give a number of days above 0.", days=within_days)
        )
    return _who_came_back(histories(table, customer, date, amount, on, status), within_days)


def _who_came_back(known: Histories, within_days: int | None) -> Measure:
    days = known.days
    first = days["day"].groupby(days["customer"], observed=True).transform("min")
    since = (days["day"] - first).dt.days
    age = (known.on - first).dt.days
    asked = days[since == 0] if within_days is None else days[(since == 0) & (age >= within_days)]
    soon = since > 0 if within_days is None else (since > 0) & (since <= within_days)
    again = days.loc[soon & days["customer"].isin(asked["customer"]), "customer"].nunique()
    return _came_back(again, len(asked), within_days, known.notes)


def _came_back(again: int, n: int, within: int | None, said: Sentences) -> Measure:
    counts = pd.Series({"bought again": again, "did not": n - again})
    days = count_of(within or 0, "day")
    if n == 0:
        because = say("Not known yet: no customer's first purchase is {days} ago.", days=days)
        return Measure(
            value=None, low=None, high=None, n=0, because=because, counts=counts, notes=said
        )
    low, high = share_interval(again, n)
    because = say(
        "{again} of {customers} bought on a second day: {share} (95% interval {low} to {high})."
        if within is None
        else "{again} of {customers} bought on a second day within {days} of the first: "
        "{share} (95% interval {low} to {high}).",
        again=whole(again),
        customers=count_of(n, "customer"),
        days=days,
        share=per_cent(again / n),
        low=per_cent(low),
        high=per_cent(high),
    )
    return Measure(
        value=again / n, low=low, high=high, n=n, because=because, counts=counts, notes=said
    )
