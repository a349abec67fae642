"""The three stages: how many customers pass each of them, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.ticker import MaxNLocator

from retailkit.catalogue import say, whole
from retailkit.figures.chart import CUSTOMERS_BLUE, INK, NEEDS_WORK, Chart, chart, names_below
from retailkit.stages import Stage, customers_by_stage, customers_of
from retailkit.text import short_month, spoken

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from retailkit.shop import Shop

LINES: dict[Stage, dict[str, Any]] = {
    Stage.ORDERING: {"color": CUSTOMERS_BLUE, "linestyle": "-", "linewidth": 2.2},
    Stage.CLAIMS: {"color": NEEDS_WORK, "linestyle": "-", "linewidth": 2.2, "marker": "."},
    Stage.AFTER_SALES: {"color": INK, "linestyle": (0, (4, 1.5)), "linewidth": 1.4},
}
"""Each stage with a stroke of its own, so that a grey printer tells them apart."""


def stages(shop: Shop) -> Chart:
    """Customers in each stage by month: who ordered, who raised a case, who had a service.

    Raises ValueError where no customer has ordered.

    >>> from retailkit.generate import make_shop
    >>> stages(make_shop(seed=7)).words[:15]
    'Line chart. Of '
    """
    months = customers_by_stage(shop)
    if not customers_of(shop)[Stage.ORDERING]:
        raise ValueError(say("No customer has ordered yet, so there are no stages to show."))
    title = _finding(shop)

    def draw(axes: Axes) -> str:
        places = range(len(months))
        for stage, style in LINES.items():
            axes.plot(places, months[str(stage)], label=spoken(stage), **style)
        names_below(axes, [_named(month) for month in months.index])
        axes.set_title(title)
        axes.set_ylabel(say("customers a month"))
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y")
        axes.legend(frameon=False, loc="upper left", ncols=3)
        axes.margins(y=0.2)
        return say("Line chart. {title}. {said}", title=title, said=_said(months))

    return chart(draw)


def _named(month: Any) -> str:
    return short_month(month.start_time)


def _finding(shop: Shop) -> str:
    """How many of those who ordered came into the other two stages as well."""
    who = customers_of(shop)
    ordered = who[Stage.ORDERING]
    claimed, served = (len(ordered & who[stage]) for stage in (Stage.CLAIMS, Stage.AFTER_SALES))
    return say(
        "Of {ordered} who ordered, {claimed} raised a case, {served} had a service",
        ordered=whole(len(ordered)),
        claimed=whole(claimed),
        served=whole(served),
    )


def _said(months: pd.DataFrame) -> str:
    said = [
        f"{_named(month)} " + ", ".join(f"{spoken(stage)} {row[str(stage)]}" for stage in Stage)
        for month, row in months.iterrows()
    ]
    return say("Customers a month: {said}.", said="; ".join(said))
