"""Value: how lately, how often and for how much each customer buys, and who the best are."""

from __future__ import annotations

import math
from datetime import date as Date  # noqa: N812  # `date` is the name of a column here

import pandas as pd

from retailkit.catalogue import later, say, whole
from retailkit.insight.purchases import Histories, histories
from retailkit.records import need_columns
from retailkit.shares import per_cent
from retailkit.text import Sentences
from retailkit.words import count_of, listing

TOP_SCORE = 5


def rfm(
    table: pd.DataFrame,
    customer: str = "customer_id",
    date: str = "ordered_at",
    amount: str = "total",
    on: Date | str | None = None,
    status: str | None = None,
) -> pd.DataFrame:
    """Recency, frequency and money of every customer, from any shop's table of orders.

    One row per customer, indexed by the customer: `first_on` and `last_on`; recency in both
    meanings, `days_since_last` (the R of RFM) and `first_to_last` (what models of repeat
    buying call recency), in days; `days_since_first` (the customer's age); `frequency` (days
    with a purchase: several orders of a day are one); `money` in the table's unit; a score
    from 1 to 5 for each, and the three in a row as `rfm`. A score of 5 says that at least
    four fifths of the customers do worse; the same value has the same score.

    `on` is the day from which one looks back (the last in the table, if None). `status`
    names the column that says which orders were cancelled (`status` or `order_status`, if
    None). Guests belong to no customer and are left out; `notes` says so.
    Raises ValueError where a column is missing or cannot be read, or nobody has bought.

    >>> orders = pd.DataFrame({
    ...     "id": ["Ana", "Ana", "Ben"],
    ...     "date": ["2026-03-01", "2026-03-09", "2026-03-04"],
    ...     "amount": [20, 5, 40],
    ... })
    >>> lately = rfm(orders, customer="id", date="date", amount="amount", on="2026-03-10")
    >>> lately.loc["Ana", ["days_since_last", "first_to_last", "frequency"]].to_list()
    [1, 8, 2]
    """
    return _scored(histories(table, customer, date, amount, on, status), customer)


def _scored(known: Histories, customer: str) -> pd.DataFrame:
    days = known.days.groupby("customer", observed=True)["day"]
    first, last, times = days.min(), days.max(), days.size()
    customers = pd.DataFrame(
        {
            "first_on": first,
            "last_on": last,
            "days_since_last": (known.on - last).dt.days,
            "first_to_last": (last - first).dt.days,
            "days_since_first": (known.on - first).dt.days,
            "frequency": times,
            # the same sum in another order differs in the last bits, and is the same money
            "money": known.money.reindex(first.index).round(6),
        }
    )
    customers.index = _plain(first.index).rename(customer)
    recency = scores(-customers["days_since_last"])
    frequency = scores(customers["frequency"])
    money = scores(customers["money"])
    cell = 100 * recency + 10 * frequency + money
    scored = customers.assign(
        recency_score=recency,
        frequency_score=frequency,
        money_score=money,
        rfm=cell.astype("category").astype("str"),
    )
    scored.attrs["notes"] = Sentences([*known.notes, *_same_for_all(customers)])
    return scored


def _plain(index: pd.Index) -> pd.Index:
    """An index of categories as the customers' own numbers or names."""
    return index.astype(index.categories.dtype) if isinstance(index, pd.CategoricalIndex) else index


def _same_for_all(customers: pd.DataFrame) -> list[str]:
    told = {
        "days_since_last": later("recency"),
        "frequency": later("frequency"),
        "money": later("money"),
    }
    alike = [
        name for column, name in told.items() if customers[column].min() == customers[column].max()
    ]
    if not alike:
        return []
    same = listing(map(say, alike))
    return [
        say("The same for every customer: {alike}; a score of it tells nobody apart.", alike=same)
    ]


def scores(values: pd.Series) -> pd.Series:
    """A score from 1 to 5 for each value, the higher the better; equal values score alike.

    It counts how many are lower: none gives 1, four fifths of all or more gives 5.

    >>> scores(pd.Series([1, 1, 1, 1, 2, 9])).to_list()
    [1, 1, 1, 1, 4, 5]
    """
    lower = values.rank(method="min").astype("int64") - 1
    return 1 + TOP_SCORE * lower // len(values)


def best_customers(
    table: pd.DataFrame,
    customer: str = "customer_id",
    date: str = "ordered_at",
    amount: str = "total",
    on: Date | str | None = None,
    status: str | None = None,
    share: float = 0.1,
) -> pd.DataFrame:
    """The customers who bring the most money: the top tenth, or another share of all.

    One row per best customer, best first, as `value_curve` has them. Whoever brings as much
    as the last of them is among them too; a guest never is. `attrs["top_tenth"]` and
    `attrs["top_fifth"]` are the parts of all customers' money that those bring.
    Raises ValueError as `rfm` does, and where the share is not above 0 and up to 1.

    >>> orders = pd.DataFrame({"id": list("abc"), "date": "2026-03-01", "total": [6, 2, 2]})
    >>> best_customers(orders, customer="id", date="date", share=0.2)["share_of_money"].to_dict()
    {'a': 0.6}
    """
    if not 0 < share <= 1:
        raise ValueError(
            say(
                "share is {share}. Give a part of all customers, like 0.1 for a tenth.", share=share
            )
        )
    curve = value_curve(rfm(table, customer, date, amount, on, status))
    last = curve["money"].iloc[top(len(curve), share) - 1]
    best: pd.DataFrame = curve[curve["money"] >= last]
    best.attrs["notes"] = Sentences(
        [
            *curve.attrs["notes"],
            say(
                "The best customers are {count} of {all}.",
                count=whole(len(best)),
                all=whole(len(curve)),
            ),
        ]
    )
    return best


def top(customers: int, share: float) -> int:
    """How many customers a share of them is: part of a customer is a whole one.

    >>> top(500, 0.1), top(3, 0.1)
    (50, 1)
    """
    return math.ceil(round(customers * share, 9))


def value_curve(customers: pd.DataFrame) -> pd.DataFrame:
    """Who brings how much of all the money, from the best customer to the last.

    `customers` is what `rfm` gives. One row per customer: `rank` (equal money, equal rank),
    `money`, `share_of_money`, and summed up from the best customer on `customers_so_far` and
    `money_so_far` (both shares). The shares of money are empty where all the money is not
    above 0. `attrs` holds the `top_tenth` and the `top_fifth`.
    Raises ValueError where there is no column `money`.
    """
    need_columns(customers, ["money"], say("The table of customers"))
    curve = customers[["money"]].sort_values("money", ascending=False, kind="stable")
    total = round(float(curve["money"].sum()), 6)
    part = curve["money"] / total if total > 0 else curve["money"].mul(float("nan"))
    numbers = pd.Series(range(1, len(curve) + 1), index=curve.index)
    curve = curve.assign(
        rank=curve["money"].rank(method="min", ascending=False).astype("int64"),
        share_of_money=part,
        customers_so_far=numbers / len(curve),
        money_so_far=part.cumsum(),
    )
    tops = {"top_tenth": 0.1, "top_fifth": 0.2}
    numbers_of = {name: top(len(curve), share) for name, share in tops.items()}
    parts = {name: float(part.iloc[:n].sum(skipna=False)) for name, n in numbers_of.items()}
    said = [_top_said(name, parts[name], n) for name, n in numbers_of.items()]
    curve.attrs.update(parts)
    curve.attrs["notes"] = Sentences([*customers.attrs.get("notes", ()), *said])
    return curve


def _top_said(name: str, part: float, number: int) -> str:
    customers = count_of(number, "customer")
    if math.isnan(part):
        return say(
            "The top tenth ({customers}): no share, for all customers together brought no money."
            if name == "top_tenth"
            else "The top fifth ({customers}): no share, "
            "for all customers together brought no money.",
            customers=customers,
        )
    return say(
        "The top tenth ({customers}): {share} of what all customers bring."
        if name == "top_tenth"
        else "The top fifth ({customers}): {share} of what all customers bring.",
        customers=customers,
        share=per_cent(part),
    )
