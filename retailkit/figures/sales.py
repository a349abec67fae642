"""Sales: what each month, week or year brought, beside the same one of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from retailkit.catalogue import later, say, whole
from retailkit.figures.chart import CUSTOMERS_BLUE, INK, Chart, chart, names_below
from retailkit.records import need_columns
from retailkit.shares import per_cent
from retailkit.text import short_day, short_month

if TYPE_CHECKING:
    from matplotlib.axes import Axes

OF_A_WEEK = {
    1: later("Week of {period}: {change} more than the year before"),
    0: later("Week of {period}: as much as the year before"),
    -1: later("Week of {period}: {change} less than the year before"),
}
OF_ANOTHER = {
    1: later("{period} brought {change} more than the year before"),
    0: later("{period} brought as much as the year before"),
    -1: later("{period} brought {change} less than the year before"),
}
"""What is said of the last whole period, by the sign of its change."""

BY = (later("month"), later("week"), later("quarter"), later("year"), later("day"))
"""The periods by which money is added up."""

MOST_EDGES = 60
"""More bars than these are drawn without an edge, which would hide them."""


def trend(periods: pd.DataFrame) -> Chart:
    """Money by period, beside the year before; a period that is not whole is hatched.

    `periods` is what `rk.trend` gives. The title compares whole periods only.
    Raises ValueError where a column is missing or the table is empty.

    >>> from retailkit import insight
    >>> orders = pd.DataFrame({"date": ["2026-01-01", "2026-02-28"], "amount": [20, 50]})
    >>> trend(insight.trend(orders, date="date", amount="amount"))
    Bar chart. The best whole month was Feb 2026, with 50. Money by month: Jan 2026 20; Feb 2026 50.
    """
    need_columns(periods, ["money", "complete", "year_before", "change"], "The trend")
    if periods.empty:
        raise ValueError(say("The trend has no period, so there is nothing to draw."))
    by = str(periods.index.name)
    title = _finding(periods, by)

    def draw(axes: Axes) -> str:
        _bars(axes, periods)
        _year_before(axes, periods)
        axes.set_title(title)
        axes.set_ylabel(say("money by {period}", period=say(by)))
        axes.yaxis.set_major_formatter(lambda value, _: whole(round(value)))
        axes.grid(axis="y")
        axes.margins(y=0.15)
        said = "; ".join(_said(period, row) for period, row in periods.iterrows())
        return say(
            "Bar chart. {title}. Money by {period}: {said}.", title=title, period=say(by), said=said
        )

    return chart(draw)


def _finding(periods: pd.DataFrame, by: str) -> str:
    """The last whole period against its year before, or else the best whole one."""
    whole_ones = periods[periods["complete"].fillna(False).astype(bool)]
    if whole_ones.empty:
        return say("No {period} is whole yet", period=say(by))
    last = whole_ones.iloc[-1]
    if pd.isna(last["change"]):
        best = whole_ones["money"].idxmax()
        return say(
            "The best whole {period} was {best}, with {money}",
            period=say(by),
            best=_named(best),
            money=_amount(whole_ones["money"].max()),
        )
    sign = int(np.sign(last["change"]))
    return say(
        (OF_A_WEEK if by == "week" else OF_ANOTHER)[sign],
        period=_named(whole_ones.index[-1]),
        change=per_cent(abs(last["change"])),
    )


def _bars(axes: Axes, periods: pd.DataFrame) -> None:
    places = range(len(periods))
    complete = periods["complete"].fillna(False).astype(bool)
    bars = axes.bar(places, periods["money"].to_numpy(), color=CUSTOMERS_BLUE)
    for bar, is_whole in zip(bars, complete, strict=True):
        if not is_whole:
            bar.set(facecolor="white", hatch="////")
        elif len(periods) > MOST_EDGES:
            bar.set(linewidth=0)
    names_below(axes, [_named(period) for period in periods.index])


def _year_before(axes: Axes, periods: pd.DataFrame) -> None:
    """A dark line across each bar where the year before stood, and what the marks mean."""
    known = periods["year_before"].notna().to_numpy()
    places = [place for place, has_one in enumerate(known) if has_one]
    marks: list[Any] = []
    if places:
        before = periods["year_before"].to_numpy()[known]
        axes.hlines(before, [p - 0.4 for p in places], [p + 0.4 for p in places], INK, lw=2)
        marks.append(Line2D([], [], color=INK, lw=2, label=say("the year before")))
    if not periods["complete"].fillna(False).all():
        marks.append(Patch(facecolor="white", hatch="////", label=say("not a whole one")))
    if marks:
        axes.legend(handles=marks, frameon=False, loc="upper left", ncols=2)


def _said(period: Any, row: pd.Series) -> str:
    aside = []
    if pd.isna(row["complete"]):
        aside.append(say("perhaps not whole"))
    elif not row["complete"]:
        aside.append(say("not over"))
    if pd.notna(row["year_before"]):
        aside.append(say("the year before {money}", money=_amount(row["year_before"])))
    words = f" ({', '.join(aside)})" if aside else ""
    return f"{_named(period)} {_amount(row['money'])}{words}"


def _named(period: Any) -> str:
    """A period as people write it."""
    kind = period.freqstr[0]
    if kind == "M":
        return short_month(period.start_time)
    if kind == "Q":
        return say("Q{quarter} {year}", quarter=period.quarter, year=period.year)
    if kind in "YA":
        return str(period.year)
    return short_day(period.start_time)


def _amount(money: float) -> str:
    """Money as short as can be: cents only where they matter."""
    if abs(money) >= 100 or money == round(money):
        return whole(round(money))
    return f"{money:.2f}"
