"""Loyalty: how many of each month's new customers come back, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from retailkit.catalogue import later, say, whole
from retailkit.figures.chart import Chart, chart
from retailkit.figures.fields import draw_fields
from retailkit.records import need_columns
from retailkit.shares import per_cent
from retailkit.text import short_month

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MONTHS_SHOWN = 12
COHORTS_SHOWN = 24

TABLE_SAID = later("Table. {title}. By month after the first purchase: {said}.")


def cohort_table(cohorts: pd.DataFrame) -> Chart:
    """How many of each month's new customers bought again, month by month.

    `cohorts` is what `rk.cohorts` gives. What is not yet known is left blank. The last 24
    months are shown, and the first 12 months of each.
    Raises ValueError where there is no column `customers`, or no month in the table.

    >>> from retailkit import insight
    >>> orders = pd.DataFrame({"id": "a", "date": ["2026-01-05", "2026-02-28"], "total": 9})
    >>> cohort_table(insight.cohorts(orders, customer="id", date="date"))
    Table. A month later, 100% of 1 bought again. By month after the first purchase: \
Jan 2026 (1 new): 1 100%; Feb 2026 (0 new): not known.
    """
    need_columns(cohorts, ["customers"], "The table of cohorts")
    if cohorts.empty:
        raise ValueError(say("The table of cohorts has no month, so there is nothing to draw."))
    months = [month for month in cohorts.columns if month not in ("customers", 0)]
    title = _after_one_month(cohorts, months)
    shown = cohorts.tail(COHORTS_SHOWN)
    # a shop in its first month has one blank column
    shares = shown.reindex(columns=months[:MONTHS_SHOWN] or [1]).astype("float64")
    new = [_new_in(month, count) for month, count in shown["customers"].items()]

    def draw(axes: Axes) -> str:
        words = [
            ["" if pd.isna(share) else f"{share:.0%}" for share in row] for row in shares.to_numpy()
        ]
        draw_fields(axes, shares.to_numpy(), words, size=8)
        axes.set_title(title)
        axes.set_xlabel(say("months after the first purchase; blank: not yet known"))
        axes.set_xticks(range(shares.shape[1]), [str(month) for month in shares.columns])
        axes.set_yticks(range(len(new)), new)
        return say(TABLE_SAID, title=title, said=_said(new, shares))

    return chart(draw, height=1.4 + 0.24 * len(shown))


def _new_in(month: Any, count: int) -> str:
    """A month, and how many came for the first time in it."""
    return say("{month} ({count} new)", month=short_month(month.start_time), count=whole(count))


def _after_one_month(cohorts: pd.DataFrame, months: list[Any]) -> str:
    """Of all who have had a whole month after their first, the share who bought in it."""
    known = cohorts[cohorts[1].notna()] if 1 in months else cohorts.iloc[:0]
    new = int(known["customers"].sum())
    if new == 0:
        return say("It is too early to know who comes back")
    share = float((known[1] * known["customers"]).sum()) / new
    return say(
        "A month later, {share} of {customers} bought again",
        share=per_cent(share),
        customers=whole(new),
    )


def _said(new: list[str], shares: pd.DataFrame) -> str:
    rows = []
    for name, (_, row) in zip(new, shares.iterrows(), strict=True):
        known = [f"{month} {share:.0%}" for month, share in row.dropna().items()]
        rows.append(f"{name}: {', '.join(known) or say('not known')}")
    return "; ".join(rows)
