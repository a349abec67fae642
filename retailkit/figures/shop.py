"""The shop at a glance: its orders, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.ticker import MaxNLocator

from retailkit.catalogue import say
from retailkit.figures.chart import CUSTOMERS_BLUE, NEEDS_WORK, Chart, chart, names_below
from retailkit.text import month, short_month
from retailkit.words import count_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from retailkit.shop import Shop


def shop_at_a_glance(shop: Shop) -> Chart:
    """Orders by month, and the busiest month in the title.

    Raises ValueError where the shop has no orders.

    >>> from retailkit.generate import make_shop
    >>> shop_at_a_glance(make_shop(seed=7)).words[:32]
    'Bar chart. The busiest month was'
    """
    month_of = shop.orders["ordered_at"].dt.to_period("M")
    if month_of.empty:
        raise ValueError(say("The shop has no orders yet, so there is no busiest month to show."))
    every_month = pd.period_range(month_of.min(), month_of.max(), freq="M")
    orders = month_of.value_counts().reindex(every_month, fill_value=0)
    months = [short_month(period.start_time) for period in orders.index]
    title = say(
        "The busiest month was {month}, with {orders}",
        month=month(orders.idxmax().start_time),
        orders=count_of(int(orders.max()), "order"),
    )

    def draw(axes: Axes) -> str:
        colours = [
            NEEDS_WORK if period == orders.idxmax() else CUSTOMERS_BLUE for period in orders.index
        ]
        axes.bar(months, orders.to_numpy(), color=colours)
        axes.set_title(title)
        axes.set_ylabel(say("orders a month"))
        names_below(axes, months)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y")
        numbers = ", ".join(f"{name} {count}" for name, count in zip(months, orders, strict=True))
        return say("Bar chart. {title}. Orders a month: {numbers}.", title=title, numbers=numbers)

    return chart(draw)
