"""Seasons: what is sold in each month, week or year, and how the year before compares."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  # `date` is the name of a column here

import pandas as pd

from retailkit.catalogue import later, say, whole
from retailkit.insight.purchases import Purchases, purchases
from retailkit.records import need_word
from retailkit.text import Sentences, day

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q-DEC", "year": "Y-DEC"}
"""The periods to choose from, as pandas calls them; a week runs from Monday to Sunday."""

YEAR = {"day": 364, "week": 52, "month": 12, "quarter": 4, "year": 1}
"""How many periods before is the same one of the year before; for days, the same weekday."""


def trend(
    table: pd.DataFrame,
    date: str = "ordered_at",
    amount: str = "total",
    by: str = "month",
    on: Date | str | None = None,
    status: str | None = None,
) -> pd.DataFrame:
    """What was sold, period by period, beside the same period of the year before.

    One row per period from the first sale to `on` (the last day in the table, if None), also
    where nothing was sold; `by` is day, week, month, quarter or year. Columns: `days` (of the
    period that have passed), `orders`, `money`, `money_per_day` (which makes months of 28
    and 31 days equal), `complete` (False where the period is not over; empty for the first
    where the table starts after its first day, since sales before may be missing),
    `year_before` (its money) and `change` (0.1 is a tenth more; empty unless both periods
    are complete). Guests' orders count.
    Raises ValueError where a column is missing or cannot be read, or nothing was sold.

    >>> orders = pd.DataFrame({"date": ["2026-01-01", "2026-03-10"], "amount": [20, 5]})
    >>> trend(orders, date="date", amount="amount")[["days", "orders", "complete"]].reset_index()
         month  days  orders  complete
    0  2026-01    31       1      True
    1  2026-02    28       0      True
    2  2026-03    10       1     False
    """
    need_word(by, PERIODS, "period")
    return _by_period(purchases(table, date, amount, on, status), by)


def _by_period(sold: Purchases, by: str) -> pd.DataFrame:
    periods = sold.orders["day"].dt.to_period(PERIODS[by])
    every = pd.period_range(periods.min(), sold.on.to_period(PERIODS[by]), freq=PERIODS[by])
    bought = sold.orders["amount"] >= 0
    money = sold.orders["amount"].groupby(periods).sum().reindex(every, fill_value=0.0)
    result = pd.DataFrame(
        {
            "days": _days_passed(every, sold.on),
            "orders": bought.groupby(periods).sum().reindex(every, fill_value=0),
            "money": money.round(6),
            "complete": _complete(every, sold),
        },
        index=every.rename(by),
    )
    result.insert(3, "money_per_day", result["money"] / result["days"])
    result = _beside_the_year_before(result, YEAR[by])
    result.attrs["notes"] = Sentences([*sold.notes, *_said(result, sold, by)])
    return result


def _days_passed(every: pd.PeriodIndex, on: pd.Timestamp) -> pd.Series:
    ends = every.end_time.normalize().to_series(index=every)
    passed = ends.where(ends <= on, on) - every.start_time.to_series(index=every)
    return 1 + passed.dt.days


def _complete(every: pd.PeriodIndex, sold: Purchases) -> pd.Series:
    complete = pd.Series(every.end_time.normalize() <= sold.on, index=every, dtype="boolean")
    if complete.iloc[0] and sold.orders["day"].min() > every.start_time[0]:
        complete.iloc[0] = pd.NA
    return complete


def _beside_the_year_before(result: pd.DataFrame, periods: int) -> pd.DataFrame:
    before = result["money"].shift(periods)
    both = result["complete"].fillna(False) & result["complete"].shift(periods).fillna(False)
    change = result["money"] / before.where(before > 0) - 1
    return result.assign(year_before=before, change=change.where(both.astype(bool)))


def _said(result: pd.DataFrame, sold: Purchases, by: str) -> list[str]:
    said = []
    if not result["complete"].fillna(True).iloc[-1]:
        last = result.index[-1]
        said.append(say(NOT_OVER[by], day=day(sold.on), last=last))
    if pd.isna(result["complete"].iloc[0]):
        said.append(say(NOT_WHOLE[by], day=day(sold.orders["day"].min())))
    if by in ("day", "week"):
        said.append(say("The year before is 52 weeks before, so that weekdays meet weekdays."))
    empty = int((result["orders"] == 0).sum())
    if empty:
        said.append(say(WITHOUT_A_SALE[by], empty=whole(empty), all=whole(len(result))))
    return said


NOT_OVER = {
    "day": later("Not over on {day}: the last day, {last}."),
    "week": later("Not over on {day}: the last week, {last}."),
    "month": later("Not over on {day}: the last month, {last}."),
    "quarter": later("Not over on {day}: the last quarter, {last}."),
    "year": later("Not over on {day}: the last year, {last}."),
}
NOT_WHOLE = {
    "day": later("Perhaps not whole: the first day; the table starts on {day}."),
    "week": later("Perhaps not whole: the first week; the table starts on {day}."),
    "month": later("Perhaps not whole: the first month; the table starts on {day}."),
    "quarter": later("Perhaps not whole: the first quarter; the table starts on {day}."),
    "year": later("Perhaps not whole: the first year; the table starts on {day}."),
}
WITHOUT_A_SALE = {
    "day": later("Without a sale: {empty} of {all} days."),
    "week": later("Without a sale: {empty} of {all} weeks."),
    "month": later("Without a sale: {empty} of {all} months."),
    "quarter": later("Without a sale: {empty} of {all} quarters."),
    "year": later("Without a sale: {empty} of {all} years."),
}
"""What is said of periods that are not over, perhaps not whole, or without a sale."""
