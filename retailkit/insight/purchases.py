"""Purchases: which rows of a table of orders count, and a sentence for each that does not.

An order without a date or an amount is left out, and so is one that was cancelled or came
back. An amount below zero is money that went back: it is taken off, and is no purchase. An
order at a price of zero is a purchase that brings no money.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  # `date` is the name of a column here
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retailkit.catalogue import later, say, whole
from retailkit.insight.reading import (
    LONGEST_HISTORY,
    amounts_in,
    customers_in,
    days_in,
    need_table,
    one_day,
)
from retailkit.text import Sentences, day
from retailkit.words import count_of

Rows = NDArray[np.bool_]

TABLE = later("The table of orders")
HOW = later("Name the columns of yours, like customer='id', date='date', amount='amount'.")

STATUS_COLUMNS = ("status", "order_status")
"""Where a table says how far an order has come, if nobody says otherwise."""

CALLED_OFF = ("cancelled", "canceled", "returned", "refunded", "void", "voided")
"""The statuses, in small letters, of an order that is no purchase in the end."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Purchases:
    """The orders that count, up to a day.

    `orders` has one row per order: `customer` (one category each; empty for a guest),
    `day` and `amount`. `notes` says what was left out and how the rest is counted.
    """

    orders: pd.DataFrame
    on: pd.Timestamp
    notes: Sentences


def purchases(
    table: pd.DataFrame,
    date: str,
    amount: str,
    on: Date | str | None,
    status: str | None,
    customer: str | None = None,
) -> Purchases:
    """The purchases in a table of orders, up to and with the day `on` (the last one, if None).

    Raises ValueError where a column is missing or cannot be read, or where nothing counts.
    """
    status = _status_column(table, status)
    named = [name for name in (customer, date, amount, status) if name is not None]
    need_table(table, named, say(TABLE), say(HOW))
    if table.empty:
        raise ValueError(say("The table of orders is empty: nothing has been sold yet."))
    days, amounts, until = days_in(table, date), amounts_in(table, amount), one_day(on)
    counts, left_out = _counted(table, days, amounts, until, status)
    if not counts.any():
        why = " ".join(left_out)
        raise ValueError(say("The table of orders holds no purchase. {why}", why=why))
    last = days[counts].max()
    _need_one_lifetime(days[counts].min(), last, date)
    whose = customers_in(table, customer) if customer else [None] * len(table)
    orders = pd.DataFrame(
        {"customer": whose, "day": days.astype("datetime64[s]"), "amount": amounts}
    )
    if left_out:
        orders = orders[counts].reset_index(drop=True)
    end = last if until is None else until
    said = [*left_out, *_how_counted(orders["amount"]), _until(end, on)]
    return Purchases(orders=orders, on=pd.Timestamp(end), notes=Sentences(said))


@dataclass(frozen=True, kw_only=True, eq=False)
class Histories:
    """What every known customer has bought, up to a day.

    `days` has one row per customer and day on which something was bought, `money` one
    number per customer who has bought. `customer` is one category each.
    """

    days: pd.DataFrame
    money: pd.Series
    on: pd.Timestamp
    notes: Sentences


def histories(
    table: pd.DataFrame,
    customer: str,
    date: str,
    amount: str,
    on: Date | str | None,
    status: str | None,
) -> Histories:
    """The customers' purchases in a table of orders; guests' are left out, and that is said.

    Raises ValueError as `purchases` does, and where no customer has bought anything.
    """
    all_bought = purchases(table, date, amount, on, status, customer)
    orders = all_bought.orders
    guest = orders["customer"].isna()
    guests = int(guest.sum())
    known = orders[~guest] if guests else orders
    bought = known[known["amount"] >= 0]
    if bought.empty:
        raise ValueError(_nobody(len(orders), guests))
    days = bought.loc[~bought.duplicated(["customer", "day"]), ["customer", "day"]]
    money = known.groupby("customer", observed=True)["amount"].sum()
    buyers = days["customer"].nunique()
    said = [
        _unless(guests, later("Left out: {count} by guests; nobody knows whose they are.")),
        _unless(
            len(bought) - len(days),
            later(
                "Counted once: a customer's orders of one day are one purchase; "
                "{count} came on top of another that day."
            ),
        ),
        _no_purchase(len(money) - buyers),
    ]
    return Histories(
        days=days,
        money=money,
        on=all_bought.on,
        notes=Sentences([*all_bought.notes, *filter(None, said)]),
    )


def _status_column(table: Any, named: str | None) -> str | None:
    if named is not None or not isinstance(table, pd.DataFrame):
        return named
    return next((column for column in STATUS_COLUMNS if column in table.columns), None)


def _counted(
    table: pd.DataFrame,
    days: NDArray[np.datetime64],
    amounts: NDArray[np.float64],
    until: np.datetime64 | None,
    status: str | None,
) -> tuple[Rows, list[str]]:
    """Which rows count, and a sentence for each reason why others do not."""
    counts = np.ones(len(table), dtype=bool)
    said = []
    reasons: list[tuple[Rows, str, str]] = [
        (np.isnat(days), later("Left out: {count} without a date."), ""),
        (np.isnan(amounts), later("Left out: {count} without an amount."), ""),
    ]
    if status is not None:
        off = later("Left out: {count} {why}.")
        reasons += [(rows, off, word) for word, rows in _called_off(table[status])]
    if until is not None:
        reasons.append((days > until, later("Left out: {count} later than {why}."), _day(until)))
    for rows, sentence, why in reasons:
        said.append(_unless(int((counts & rows).sum()), sentence, why))
        counts &= ~rows
    return counts, [sentence for sentence in said if sentence]


def _called_off(status: pd.Series) -> list[tuple[str, Rows]]:
    words = pd.Categorical(status)
    return [
        (str(word).strip().lower(), np.asarray(words.codes == code))
        for code, word in enumerate(words.categories)
        if str(word).strip().lower() in CALLED_OFF
    ]


def _how_counted(amounts: pd.Series) -> list[str]:
    said = [
        _unless(
            int((amounts < 0).sum()),
            later("Taken off: {count} with an amount below 0, no purchases."),
        ),
        _unless(
            int((amounts == 0).sum()), later("Counted as purchases without money: {count} at 0.")
        ),
    ]
    return [sentence for sentence in said if sentence]


def _need_one_lifetime(first: np.datetime64, last: np.datetime64, column: str) -> None:
    years = int((last - first) / np.timedelta64(366, "D"))
    if years >= LONGEST_HISTORY:
        raise ValueError(
            say(
                "The column {column!r} runs from {first} to {last}, which is "
                "{years} years. Look for a mistyped year, or a date that stands for none.",
                column=column,
                first=_day(first),
                last=_day(last),
                years=whole(years),
            )
        )


def _until(end: np.datetime64, on: Date | str | None) -> str:
    if on is None:
        return say(
            "Counted up to {day}, the last day in the table; on= names another.", day=_day(end)
        )
    return say("Counted up to {day}.", day=_day(end))


def _nobody(orders: int, guests: int) -> str:
    if guests == orders:
        return say(
            "Every order is a guest's ({orders}), so nothing is known "
            "about any customer. Ask who buys, or look at the trend, which needs no names.",
            orders=count_of(orders, "order"),
        )
    return say(
        "No customer has bought anything: {orders} of known customers, all of them money back.",
        orders=count_of(orders - guests, "order"),
    )


def _unless(count: int, sentence: str, why: str = "") -> str:
    """The sentence about so many orders; nothing where there are none."""
    return say(sentence, count=count_of(count, "order"), why=why) if count else ""


def _no_purchase(count: int) -> str:
    customers = count_of(count, "customer")
    return (
        say("Left out: {count} with money back and no purchase.", count=customers) if count else ""
    )


def _day(moment: np.datetime64) -> str:
    return day(moment.astype("datetime64[D]").item())
