"""After-sales service: what it brings with and without, and a plan by type and week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from retailkit.aftersales.benefit import level
from retailkit.catalogue import later, say, whole
from retailkit.figures.chart import CUSTOMERS_BLUE, INK, QUIET_INK, Chart, chart, number_parts
from retailkit.records import need_columns
from retailkit.services import ServiceType
from retailkit.text import day_of_year, spoken
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SERVICE_COLOURS = {
    ServiceType.SECURITY: "#173F5F",
    ServiceType.MAINTENANCE: "#3C8DAD",
    ServiceType.PSYCHOLOGICAL: "#E8A33D",
    ServiceType.PROMOTIONAL: "#BFC8A9",
}
"""Ordered from dark to light, so that they survive a grey printer. Used for services only."""

HATCHED = {ServiceType.PROMOTIONAL: "...."}
"""The two lightest are much alike in grey, so one of them has a pattern."""

WIDEST = 40
"""As many points to either side are shown; an interval that goes on ends in an arrow."""

LOW_PART = 0.06
"""A part of a bar lower than this share of the highest bar has no room for its number."""


def benefits(table: pd.DataFrame) -> Chart:
    """What service brings, benefit by benefit: the fair difference beside the naive one.

    `table` is what `rk.benefits` gives. Beside each benefit stand the shares with service and
    without. An interval that leaves the picture ends in an arrow.
    Raises ValueError where a column is missing.

    >>> from retailkit import aftersales, generate
    >>> benefits(aftersales.benefits(generate.make_shop(seed=7, customers=5)))
    Dot chart. Not known yet what service brings. enjoyment: not known yet; further \
purchase: not known yet; recommendation: not known yet; impression: not known yet; improvement \
info: not known yet; inform offers: not known yet.
    """
    columns = ["with_service", "without", "naive", "fair", "low", "high", "n"]
    need_columns(table, columns, "The table of benefits")
    points = table[columns].astype("float64").iloc[::-1]
    known = points["fair"].notna()
    title = _what_is_sure(points[known])

    def draw(axes: Axes) -> str:
        _differences(axes, points)
        axes.set_title(title)
        axes.set_xlabel(say("difference with service, in points"))
        said = "; ".join(_said(str(name), row) for name, row in points.iloc[::-1].iterrows())
        return say("Dot chart. {title}. {said}.", title=title, said=said)

    return chart(draw, height=1.4 + 0.45 * len(points))


def _what_is_sure(known: pd.DataFrame) -> str:
    if known.empty:
        return say("Not known yet what service brings")
    better, worse = int((known["low"] > 0).sum()), int((known["high"] < 0).sum())
    if not better and not worse:
        return say(
            "All {differences} may be chance", differences=count_of(len(known), "difference")
        )
    sure = later("Surely better with service: {better} of {all}")
    if worse:
        sure = later("Surely better with service: {better} of {all}, worse: {worse}")
    return say(sure, better=better, all=len(known), worse=worse)


def _differences(axes: Axes, points: pd.DataFrame) -> None:
    parts = 100 * points[["low", "high", "fair", "naive"]]
    widest = float(np.nanmax(parts.abs().to_numpy(), initial=0))
    edge = min(WIDEST, 1.15 * widest) if widest > 0 else WIDEST
    axes.axvline(0, color=INK, lw=1)
    for place, (_, row) in enumerate(parts.iterrows()):
        _interval(axes, place, row, edge)
    axes.set_xlim(-edge * 1.05, edge * 1.05)
    axes.set_ylim(-0.6, len(points) - 0.3)
    axes.set_yticks(range(len(points)), [_named(str(n), row) for n, row in points.iterrows()])
    axes.grid(axis="x")
    fair = Line2D([], [], color=CUSTOMERS_BLUE, marker="o", mec=INK, lw=2, label=say("fair, 95%"))
    naive = Line2D([], [], color=INK, marker="D", mfc="white", lw=0, label=say("naive"))
    axes.figure.legend(handles=[fair, naive], frameon=False, loc="outside lower right", ncols=2)


def _interval(axes: Axes, place: int, row: pd.Series, edge: float) -> None:
    if pd.notna(row["fair"]):
        low, high = max(row["low"], -edge), min(row["high"], edge)
        axes.hlines(place, low, high, CUSTOMERS_BLUE, lw=3)
        for bound, at, arrow in ((row["low"], -edge, "<"), (row["high"], edge, ">")):
            if abs(bound) > edge:
                axes.plot(at, place, arrow, color=CUSTOMERS_BLUE)
        if abs(row["fair"]) <= edge:
            axes.plot(row["fair"], place, "o", color=CUSTOMERS_BLUE, mec=INK)
    if pd.notna(row["naive"]) and abs(row["naive"]) <= edge:
        axes.plot(row["naive"], place + 0.22, "D", mfc="white", mec=INK, ms=5)


def _named(name: str, row: pd.Series) -> str:
    if pd.isna(row["fair"]):
        return f"{spoken(name)}\n{say('not known yet')}"
    return f"{spoken(name)}\n{_levels(name, row)}"


def _levels(name: str, row: pd.Series) -> str:
    return say(
        "{served} with, {others} without",
        served=level(name, row["with_service"]),
        others=level(name, row["without"]),
    )


def _said(name: str, row: pd.Series) -> str:
    if pd.isna(row["fair"]):
        return say("{benefit}: not known yet", benefit=spoken(name))
    low, high, fair, naive = (
        f"{100 * row[part]:+.1f}" for part in ("low", "high", "fair", "naive")
    )
    return say(
        "{benefit}: {levels}, fair {fair} ({low} to {high}), naive {naive}",
        benefit=spoken(name),
        levels=_levels(name, row),
        fair=fair,
        low=low,
        high=high,
        naive=naive,
    )


def plan_by_week(plan: pd.DataFrame) -> Chart:
    """How many contacts a plan has in each week, by the kind of service.

    `plan` is what `rk.plan_after_sales` gives. Weeks begin on Monday.
    Raises ValueError where a column is missing or the plan is empty.

    >>> days = pd.to_datetime(["2026-07-01", "2026-07-02", "2026-07-07"])
    >>> plan_by_week(pd.DataFrame({"when": days, "service_type": "security", "cost": [2, 2, 1]}))
    Bar chart. 3 contacts, most in the week of 29 June: 2. Week of 29 June: 2 security, cost 4; \
week of 6 July: 1 security, cost 1.
    """
    need_columns(plan, ["when", "service_type", "cost"], "The plan")
    if plan.empty:
        raise ValueError(say("The plan has no contact, so there is nothing to draw."))
    week = plan["when"].dt.to_period("W-SUN").rename("week")
    counts = pd.crosstab(week, plan["service_type"])
    every = pd.period_range(week.min(), week.max(), freq="W-SUN")
    counts = counts.reindex(index=every, columns=[*map(str, SERVICE_COLOURS)], fill_value=0)
    costs = plan["cost"].astype("float64").groupby(week).sum().reindex(every, fill_value=0)
    total = counts.sum(axis=1)
    title = say(
        "{contacts}, most in the week of {week}: {most}",
        contacts=count_of(len(plan), "contact"),
        week=_week(total.idxmax()),
        most=whole(total.max()),
    )

    def draw(axes: Axes) -> str:
        _stack(axes, counts)
        axes.set_title(title)
        axes.set_xlabel(say("week that begins on"))
        axes.set_ylabel(say("contacts"))
        rows = zip(counts.iterrows(), costs, strict=True)
        said = "; ".join(_week_said(at, row, cost) for (at, row), cost in rows)
        return say("Bar chart. {title}. {said}.", title=title, said=f"{said[0].upper()}{said[1:]}")

    return chart(draw)


def _stack(axes: Axes, counts: pd.DataFrame) -> None:
    names, start = [_week(week) for week in counts.index], counts.sum(axis=1) * 0
    room = LOW_PART * counts.sum(axis=1).max()
    for kind, colour in SERVICE_COLOURS.items():
        part = counts[kind.value]
        hatch = HATCHED.get(kind)
        bars = axes.bar(names, part, bottom=start, color=colour, hatch=hatch, label=spoken(kind))
        number_parts(axes, bars, [f"{count}" if count > room else "" for count in part])
        start = start + part
    for place, top in enumerate(start):
        axes.annotate(
            whole(top),
            (place, top),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            color=QUIET_INK,
        )
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y")
    # a margin would be lost where the last kind of service has no contact
    axes.set_ylim(0, 1.12 * start.max())
    axes.figure.legend(frameon=False, loc="outside right upper", reverse=True)


def _week(week: Any) -> str:
    return day_of_year(week.start_time)


def _week_said(week: Any, row: pd.Series, cost: float) -> str:
    kinds = [f"{whole(row[kind])} {spoken(kind)}" for kind in SERVICE_COLOURS if row[kind]]
    return say(
        "week of {week}: {kinds}, cost {cost:,.10g}",
        week=_week(week),
        kinds=listing(kinds),
        cost=cost,
    )
