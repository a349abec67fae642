"""Customers: who brings how much of the money, and who buys lately and often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.ticker import PercentFormatter

from retailkit import insight
from retailkit.catalogue import later, say, whole
from retailkit.figures.chart import CUSTOMERS_BLUE, INK, QUIET_INK, Chart, chart
from retailkit.figures.fields import draw_fields
from retailkit.insight.value import TOP_SCORE, top
from retailkit.records import need_columns
from retailkit.shares import per_cent
from retailkit.words import count_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SCORES = range(1, TOP_SCORE + 1)


def value_curve(customers: pd.DataFrame) -> Chart:
    """How much of all the money the best customers bring, from the best to the last.

    `customers` is what `rk.rfm` gives. Raises ValueError where there is no column `money`,
    or nobody in the table.

    >>> value_curve(pd.DataFrame({"money": [70, 20, 10]}))
    Line chart. The top tenth (1 of 3) brings 70% of the money. The top fifth (1 of 3): 70%. \
The top half (2 of 3): 90%. All 3: 100%.
    """
    _need_customers(customers, ["money"])
    curve = insight.value_curve(customers)
    title, words = _value_said(curve)

    def draw(axes: Axes) -> str:
        axes.plot([0, 1], [0, 1], color=QUIET_INK, lw=1, ls="--")
        axes.text(0.62, 0.58, say("if all brought the same"), color=QUIET_INK, va="top")
        if curve["money_so_far"].notna().all():
            _draw_curve(axes, curve)
        axes.set_title(title)
        axes.set_xlabel(say("customers, the best first"))
        axes.set_ylabel(say("of the money"))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(PercentFormatter(1))
        axes.grid(axis="both")
        return say("Line chart. {title}. {said}", title=title, said=words)

    return chart(draw)


def _draw_curve(axes: Axes, curve: pd.DataFrame) -> None:
    shares = [0, *curve["customers_so_far"]]
    money = [0, *curve["money_so_far"]]
    axes.plot(shares, money, color=CUSTOMERS_BLUE, lw=2.5)
    # in a small shop the top fifth is the top tenth
    spots = {
        top(len(curve), 0.2): later("top fifth: {share}"),
        top(len(curve), 0.1): later("top tenth: {share}"),
    }
    for number, said in spots.items():
        left = shares[number] > 0.6
        axes.plot(shares[number], money[number], "o", color=INK)
        axes.annotate(
            say(said, share=per_cent(money[number])),
            (shares[number], money[number]),
            xytext=(-8 if left else 8, -4),
            textcoords="offset points",
            ha="right" if left else "left",
            va="top",
        )


def _value_said(curve: pd.DataFrame) -> tuple[str, str]:
    """The finding and the numbers of a value curve."""
    number = len(curve)
    if curve["money_so_far"].isna().any():
        everybody = count_of(number, "customer")
        return say("All {customers} together brought no money", customers=everybody), say(
            "There is no curve."
        )
    title = say(
        "The top tenth ({some} of {all}) brings {share} of the money",
        some=whole(top(number, 0.1)),
        all=whole(number),
        share=per_cent(curve.attrs["top_tenth"]),
    )
    said = say(
        "The top fifth ({fifth} of {all}): {of_fifth}. The top half ({half} of {all}): {of_half}. "
        "All {all}: 100%.",
        fifth=whole(top(number, 0.2)),
        of_fifth=per_cent(curve["money_so_far"].iloc[top(number, 0.2) - 1]),
        half=whole(top(number, 0.5)),
        of_half=per_cent(curve["money_so_far"].iloc[top(number, 0.5) - 1]),
        all=whole(number),
    )
    return title, said


def rfm_grid(customers: pd.DataFrame) -> Chart:
    """How many customers have each score of recency and of frequency, and what they bring.

    `customers` is what `rk.rfm` gives. The darker the field, the more money; the title is
    about those with 4 or 5 for both. Raises ValueError where a column is missing, or nobody
    is in the table.

    >>> rfm_grid(pd.DataFrame({"recency_score": [5, 1], "frequency_score": 5, "money": [3, 1]}))
    Grid. 1 customer buys lately and often: 75% of the money. Recency 5: 1 customer (75%) at \
frequency 5. Recency 1: 1 customer (25%) at frequency 5. In brackets, their part of the money.
    """
    _need_customers(customers, ["recency_score", "frequency_score", "money"])
    by = ["recency_score", "frequency_score"]
    every = pd.MultiIndex.from_product([SCORES[::-1], SCORES], names=by)
    fields = customers.groupby(by)["money"].agg(["size", "sum"]).reindex(every, fill_value=0)
    numbers = fields["size"].to_numpy().reshape(TOP_SCORE, TOP_SCORE).tolist()
    total = round(float(customers["money"].sum()), 6)
    parts = (fields["sum"] / total if total > 0 else fields["sum"] * float("nan")).to_numpy()
    shares = parts.astype("float64").reshape(TOP_SCORE, TOP_SCORE).tolist()
    title = _lately_and_often(numbers, shares)

    def draw(axes: Axes) -> str:
        _draw_grid(axes, numbers, shares)
        axes.set_title(title)
        return say("Grid. {title}. {said}", title=title, said=_fields_said(numbers, shares))

    return chart(draw, height=4.4)


def _draw_grid(axes: Axes, numbers: list[list[int]], shares: list[list[float]]) -> None:
    words = [
        [_field_said(number, share, "\n") for number, share in zip(*row, strict=True)]
        for row in zip(numbers, shares, strict=True)
    ]
    draw_fields(axes, np.nan_to_num(np.array(shares)), words, size=10)
    names = [str(score) for score in SCORES]
    axes.set_xticks(range(TOP_SCORE), names)
    axes.set_yticks(range(TOP_SCORE), names[::-1])
    axes.set_ylabel(say("recency score: bought more lately →"))
    across = say("frequency score: buys more often →")
    legend = say("in each field: customers, and their part of the money")
    axes.set_xlabel(f"{across}\n{legend}")


def _field_said(number: int, share: float, between: str) -> str:
    """What stands on a field: the customers and, where it is known, their part of the money."""
    if not number:
        return ""
    return whole(number) if pd.isna(share) else f"{whole(number)}{between}{per_cent(share)}"


def _lately_and_often(numbers: list[list[int]], shares: list[list[float]]) -> str:
    number = sum(sum(row[3:]) for row in numbers[:2])
    if number == 0:
        return say("No customer buys lately and often")
    share = sum(sum(row[3:]) for row in shares[:2])
    buy = later("{customers} buys lately and often")
    if number > 1:
        buy = later("{customers} buy lately and often")
    who = say(buy, customers=count_of(number, "customer"))
    known = say("{who}: {share} of the money", who=who, share=per_cent(share))
    return who if pd.isna(share) else known


def _fields_said(numbers: list[list[int]], shares: list[list[float]]) -> str:
    rows = []
    for recency, counts, parts in zip(SCORES[::-1], numbers, shares, strict=True):
        said = [
            say(
                "{customers} at frequency {frequency}",
                customers=count_of(number, "customer")
                + ("" if pd.isna(share) else f" ({per_cent(share)})"),
                frequency=frequency,
            )
            for frequency, number, share in zip(SCORES, counts, parts, strict=True)
            if number
        ]
        if said:
            rows.append(
                say("Recency {recency}: {fields}.", recency=recency, fields=", ".join(said))
            )
    known = [] if pd.isna(shares[0][0]) else [say("In brackets, their part of the money.")]
    return " ".join([*rows, *known])


def _need_customers(customers: pd.DataFrame, columns: list[str]) -> None:
    need_columns(customers, columns, "The table of customers")
    if customers.empty:
        raise ValueError(say("The table of customers is empty, so there is nothing to draw."))
