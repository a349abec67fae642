"""The course's pictures: each takes a table and returns a figure together with its words.

The words, the finding and the numbers, are the picture's text for those who do not
see it, and what a notebook's proof compares.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable
from importlib import resources
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from retailkit.records import need_columns
from retailkit.text import spoken
from retailkit.triage import Level
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from retailkit.shop import Shop

QUIET_INK = "#5B6770"
CUSTOMERS_BLUE = "#3C8DAD"
NEEDS_WORK = "#E8A33D"
LEVEL_COLOURS = {Level.LOWER: "#F0B45B", Level.MIDDLE: "#C9562E", Level.SERIOUS: "#641220"}
"""Ordered from light to dark, so that they survive a grey printer. Used for levels only."""


class Chart(Figure):
    """A figure that knows what it shows, in words."""

    words: str = ""

    def __repr__(self) -> str:
        return self.words

    __str__ = __repr__

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.png()).decode()
        words = html.escape(self.words, quote=True)
        return f'<img alt="{words}" width="{self._width()}" src="data:image/png;base64,{picture}">'

    def png(self) -> bytes:
        """The picture as a PNG file's bytes."""
        file = io.BytesIO()
        with house_style():
            FigureCanvasAgg(self).print_png(file)
        return file.getvalue()

    def _width(self) -> int:
        return round(self.get_figwidth() * self.get_dpi())


def house_style() -> Any:
    """The house style for the length of a `with` block; the learner's own charts stay theirs."""
    return mpl.rc_context(fname=str(resources.files("retailkit").joinpath("house.mplstyle")))


def chart(draw: Callable[[Axes], str], height: float = 3.6) -> Chart:
    """A chart in the house style. `draw` fills the axes and returns the words."""
    with house_style():
        figure = Chart(figsize=(6.4, height))
        figure.words = draw(figure.add_subplot())
    return figure


def shop_at_a_glance(shop: Shop) -> Chart:
    """Orders by month, and the busiest month in the title.

    Raises ValueError where the shop has no orders.

    >>> from retailkit.generate import make_shop
    >>> shop_at_a_glance(make_shop(seed=7)).words[:32]
    'Bar chart. The busiest month was'
    """
    month_of = shop.orders["ordered_at"].dt.to_period("M")
    if month_of.empty:
        raise ValueError("The shop has no orders yet, so there is no busiest month to show.")
    every_month = pd.period_range(month_of.min(), month_of.max(), freq="M")
    orders = month_of.value_counts().reindex(every_month, fill_value=0)
    months = [f"{month:%b %Y}" for month in orders.index]
    busiest = f"{orders.idxmax():%B %Y}"
    title = f"The busiest month was {busiest}, with {count_of(int(orders.max()), 'order')}"

    def draw(axes: Axes) -> str:
        colours = [
            NEEDS_WORK if month == orders.idxmax() else CUSTOMERS_BLUE for month in orders.index
        ]
        axes.bar(months, orders.to_numpy(), color=colours)
        axes.set_title(title)
        axes.set_ylabel("orders a month")
        axes.set_xticks(range(0, len(months), 3), months[::3])
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y")
        numbers = ", ".join(f"{month} {count}" for month, count in zip(months, orders, strict=True))
        return f"Bar chart. {title}. Orders a month: {numbers}."

    return chart(draw)


def level_by_reason(book: pd.DataFrame) -> Chart:
    """How serious the cases are, reason by reason, and where a learner rules otherwise.

    `book` has one row per case with the columns `reason` and `level`; with a further
    column `mine` (a learner's levels), the bars say how many cases differ.
    Raises ValueError where a column is missing.

    >>> import pandas as pd
    >>> level_by_reason(pd.DataFrame({"reason": ["late"], "level": ["middle"]}))
    Bar chart. No case is serious. late: 1 middle.
    """
    need_columns(book, ["reason", "level"], "The table of cases")
    counts = pd.crosstab(book["reason"], book["level"])
    counts = counts.reindex(columns=[str(level) for level in Level], fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(kind="stable").index]
    differ = _differences(book)
    title = _most_serious(counts)

    def draw(axes: Axes) -> str:
        _stack(axes, counts)
        _say_at_bar_ends(axes, counts, differ)
        axes.set_title(title)
        axes.set_xlabel("complaints and claims")
        return f"Bar chart. {title}. {_said_by_reason(counts, differ)}"

    return chart(draw, height=1.6 + 0.28 * len(counts))


def _differences(book: pd.DataFrame) -> dict[str, int] | None:
    """How many cases the learner rules otherwise, by reason; None without the learner's levels."""
    if "mine" not in book:
        return None
    counts = (book["mine"] != book["level"]).groupby(book["reason"]).sum()
    return {str(reason): int(count) for reason, count in counts.items()}


def _most_serious(counts: pd.DataFrame) -> str:
    """What must be answered first: how many cases, and what they are mostly about."""
    serious = counts[Level.SERIOUS.value]
    if counts.empty:
        return "The claims book is empty"
    if not serious.any():
        return "No case is serious"
    reason = spoken(str(serious.idxmax()))
    return f"{serious.sum()} of {counts.to_numpy().sum()} are serious, most often {reason}"


def _stack(axes: Axes, counts: pd.DataFrame) -> None:
    start = counts.sum(axis=1) * 0
    names = [spoken(str(reason)) for reason in counts.index]
    for level in reversed(Level):
        width = counts[level.value]
        axes.barh(names, width, left=start, color=LEVEL_COLOURS[level], label=level.value)
        start = start + width
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x")
    axes.legend(title="level", frameon=False, loc="lower right", reverse=True)


def _say_at_bar_ends(axes: Axes, counts: pd.DataFrame, differ: dict[str, int] | None) -> None:
    for row, (reason, total) in enumerate(counts.sum(axis=1).items()):
        mine = f"   you differ: {differ[str(reason)]}" if differ and differ[str(reason)] else ""
        axes.annotate(
            f"{total}{mine}",
            (total, row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=QUIET_INK,
        )
    axes.margins(x=0.4 if differ else 0.1)


def _said_by_reason(counts: pd.DataFrame, differ: dict[str, int] | None) -> str:
    lines = []
    for reason, row in counts.iloc[::-1].iterrows():
        levels = listing([f"{row[level.value]} {level}" for level in Level if row[level.value]])
        mine = (
            f" ({differ[str(reason)]} ruled otherwise by you)"
            if differ and differ[str(reason)]
            else ""
        )
        lines.append(f"{spoken(str(reason))}: {levels}{mine}")
    return "; ".join(lines) + "."
