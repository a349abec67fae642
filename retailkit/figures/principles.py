"""Principles: how a shop stands on each of the nine, over time, for like cases, and after a change.

Kept is a filled circle, broken a filled diamond, and not enough evidence an empty circle,
so that a grey printer tells them apart as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from retailkit.catalogue import later, say, whole
from retailkit.figures.chart import CUSTOMERS_BLUE, INK, NEEDS_WORK, QUIET_INK, Chart, chart
from retailkit.figures.verdicts import (
    broken_in,
    finding,
    gap_said,
    group_of,
    in_quarter,
    measured,
    named,
    quarter_named,
    said_of,
    turned,
)
from retailkit.principles import Verdict, principle
from retailkit.records import need_columns
from retailkit.shares import per_cent
from retailkit.text import spoken

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from retailkit.generate import Comparison

MARKS: dict[str, dict[str, Any]] = {
    Verdict.KEPT.value: {"marker": "o", "markerfacecolor": CUSTOMERS_BLUE},
    Verdict.BROKEN.value: {"marker": "D", "markerfacecolor": NEEDS_WORK},
    Verdict.NOT_ENOUGH_EVIDENCE.value: {"marker": "o", "markerfacecolor": "white"},
}

STANDARD = later("standard")
QUARTERS_SAID = later("Interval chart. {title}. {counts}: {said}.")
SHARES_SAID = later("Interval chart. {title}. Share that went wrong: {said}.")

AFTER = 0.16
"""How far below a shop's mark its twin's stands."""


def principles(report: pd.DataFrame) -> Chart:
    """The nine principles of an audit: what share went wrong, how sure that is, and the verdict.

    `report` is what `rk.audit` gives. Raises ValueError where a column is missing.

    >>> from retailkit.generate import make_shop
    >>> from retailkit.principles import audit
    >>> str(principles(audit(make_shop(seed=7, customers=60)))).split(". ")[1]
    'Not enough evidence yet on any principle'
    """
    need_columns(report, ["principle", "verdict", "value", "low", "high", "n"], "The audit")
    title = finding(report["verdict"])

    def draw(axes: Axes) -> str:
        for row, (letter, one) in enumerate(report.iterrows()):
            _interval(axes, row, one)
            standard = principle(str(letter)).headline.tolerated
            axes.plot([standard, standard], [row - 0.34, row + 0.34], color=INK, lw=1.5)
            if one["verdict"] == Verdict.BROKEN and one["low"] <= standard:
                axes.annotate(
                    say("broken by another indicator"),
                    (one["high"], row),
                    xytext=(8, 0),
                    textcoords="offset points",
                    va="center",
                    color=QUIET_INK,
                )
        _name_rows(axes, report)
        _shares_below(axes, report["high"])
        _legend(axes, [*MARKS, STANDARD])
        axes.set_title(title)
        said = "; ".join(said_of(letter, one) for letter, one in report.iterrows())
        return say(SHARES_SAID, title=title, said=said)

    return chart(draw, height=4.4)


def principle_over_time(quarters: pd.DataFrame) -> Chart:
    """One principle quarter by quarter, with intervals, beside its standard.

    `quarters` is what `rk.over_time` gives. Raises ValueError where it is empty.

    >>> from retailkit.generate import make_shop
    >>> from retailkit.principles import over_time
    >>> shop = make_shop(seed=7, customers=300)
    >>> str(principle_over_time(over_time(shop, "C"))).split(". ")[1][:40]
    'Diligent response was broken in 0 of 10 '
    """
    need_columns(quarters, ["value", "low", "high", "n", "verdict"], "The table of quarters")
    seen = quarters[quarters["n"] > 0]
    if seen.empty:
        raise ValueError(say("No quarter has a case to look at, so there is nothing to draw."))
    one = principle(str(quarters.attrs.get("letter", "A")))
    title = broken_in(say(one.name), seen["verdict"])

    def draw(axes: Axes) -> str:
        axes.axhline(one.headline.tolerated, color=INK, lw=1.5, zorder=0)
        for place, (_, row) in enumerate(seen.iterrows()):
            axes.plot([place] * 2, [row["low"], row["high"]], color=QUIET_INK, lw=1.5)
            # a mark at nothing lies on the edge, and is seen whole
            axes.plot(place, row["value"], clip_on=False, zorder=3, **_mark(row["verdict"]))
        axes.set_xticks(range(len(seen)), [quarter_named(q, "\n") for q in seen.index])
        axes.yaxis.set_major_formatter(lambda value, _: per_cent(value))
        axes.set_ylim(bottom=0)
        axes.grid(axis="y")
        _legend(axes, [*MARKS, STANDARD])
        axes.set_title(title)
        axes.set_ylabel(say("went wrong"))
        said = "; ".join(in_quarter(quarter, row) for quarter, row in seen.iterrows())
        counts = say(one.headline.counts)
        return say(QUARTERS_SAID, title=title, counts=counts, said=said)

    return chart(draw)


def outcome_gap(gaps: pd.DataFrame) -> Chart:
    """How much more often like claims are refused for each group than for the others.

    `gaps` is what `rk.outcome_gaps` gives. Raises ValueError where it is empty.
    """
    need_columns(gaps, ["n", "gap", "low", "high"], "The table of gaps")
    seen = gaps[gaps["low"].notna()]
    if seen.empty:
        raise ValueError(say("No two groups have claims enough, so there is nothing to draw."))
    worse = seen[seen["low"] > 0]
    title = say("No group is surely refused more often")
    if len(worse):
        most = worse.sort_values("low").iloc[-1]
        title = say(
            "'{group}' refused {points:.0f} points more",
            group=group_of(most)[1],
            points=100 * most["gap"],
        )

    def draw(axes: Axes) -> str:
        axes.axvline(0, color=INK, lw=1)
        for row, (_, one) in enumerate(seen.iterrows()):
            verdict = Verdict.BROKEN if one["low"] > 0 else Verdict.KEPT
            axes.plot([one["low"], one["high"]], [row] * 2, color=QUIET_INK, lw=1.5)
            axes.plot(one["gap"], row, **_mark(verdict))
        names = [
            f"{': '.join(group_of(one))} ({whole(round(one['n']))})" for _, one in seen.iterrows()
        ]
        axes.set_yticks(range(len(seen)), names)
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:+.0f}")
        axes.grid(axis="x")
        axes.set_title(title)
        axes.set_xlabel(say("points more often refused than like claims of others"))
        said = "; ".join(gap_said(one) for _, one in seen.iterrows())
        return say(
            "Interval chart. {title}. Points more often refused: {said}.", title=title, said=said
        )

    return chart(draw, height=1.6 + 0.26 * len(seen))


def before_and_after(comparison: Comparison) -> Chart:
    """The nine principles of a shop and, below each, of its twin.

    `comparison` is what `rk.compare` gives.
    """
    table = comparison.principles
    columns = ["principle", "verdict", "value", "low", "high", "n"]
    before, after = (
        table.rename(columns={f"{name}_{when}": name for name in columns[1:]})[columns]
        for when in ("before", "after")
    )
    other = table.index[table["verdict_before"] != table["verdict_after"]]
    title = turned(after.loc[other, "verdict"])

    def draw(axes: Axes) -> str:
        for row, letter in enumerate(table.index):
            _interval(axes, row - AFTER, before.loc[letter])
            _interval(axes, row + AFTER, after.loc[letter])
        _name_rows(axes, before)
        _shares_below(axes, pd.concat([before["high"], after["high"]]))
        axes.set_xlabel(say("share that went wrong; above before the change, below after it"))
        _legend(axes, list(MARKS))
        axes.set_title(title)
        said = "; ".join(
            say(
                "{principle}: {before}, then {after}",
                principle=named(letter, before.loc[letter]),
                before=measured(before.loc[letter]),
                after=measured(after.loc[letter]),
            )
            for letter in table.index
        )
        return say(SHARES_SAID, title=title, said=said)

    return chart(draw, height=5.0)


def _mark(verdict: str) -> dict[str, Any]:
    return {"markeredgecolor": INK, "markersize": 7, "ls": "", **MARKS[str(verdict)]}


def _interval(axes: Axes, row: float, one: pd.Series) -> None:
    """One principle: its interval and its mark; an empty mark at nothing where nothing is known."""
    if pd.isna(one["value"]):
        axes.plot(0, row, **_mark(Verdict.NOT_ENOUGH_EVIDENCE))
        return
    axes.plot([one["low"], one["high"]], [row, row], color=QUIET_INK, lw=1.5)
    axes.plot(one["value"], row, **_mark(one["verdict"]))


def _name_rows(axes: Axes, report: pd.DataFrame) -> None:
    names = [f"{letter} {say(name)}" for letter, name in report["principle"].items()]
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()


def _shares_below(axes: Axes, highs: pd.Series) -> None:
    most = float(np.nanmax([*highs.fillna(0).to_numpy(float), 0.12]))
    axes.set_xlim(-0.02 * most, min(1.0, most) * 1.05)
    axes.xaxis.set_major_formatter(lambda value, _: per_cent(value))
    axes.grid(axis="x")
    axes.set_xlabel(say("share that went wrong, with its 95% interval"))


def _legend(axes: Axes, names: list[str]) -> None:
    handles = [
        Line2D([], [], label=spoken(name), **(_mark(name) if name in MARKS else {"color": INK}))
        for name in names
    ]
    axes.figure.legend(handles=handles, frameon=False, loc="outside lower center", ncols=len(names))
