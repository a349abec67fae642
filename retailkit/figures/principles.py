"""Principles: how a shop stands on each of the nine, over time, for like cases, and after a change.

Kept is a filled circle, broken a filled diamond, and not enough evidence an empty circle,
so that a grey printer tells them apart as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from retailkit.figures.chart import CUSTOMERS_BLUE, INK, NEEDS_WORK, QUIET_INK, Chart, chart
from retailkit.principles import Verdict, principle
from retailkit.records import need_columns
from retailkit.shares import per_cent
from retailkit.text import spoken
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from retailkit.generate import Comparison

MARKS: dict[str, dict[str, Any]] = {
    Verdict.KEPT.value: {"marker": "o", "markerfacecolor": CUSTOMERS_BLUE},
    Verdict.BROKEN.value: {"marker": "D", "markerfacecolor": NEEDS_WORK},
    Verdict.NOT_ENOUGH_EVIDENCE.value: {"marker": "o", "markerfacecolor": "white"},
}

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
    title = _finding(report["verdict"])

    def draw(axes: Axes) -> str:
        for row, (letter, one) in enumerate(report.iterrows()):
            _interval(axes, row, one)
            standard = principle(str(letter)).headline.tolerated
            axes.plot([standard, standard], [row - 0.34, row + 0.34], color=INK, lw=1.5)
            if one["verdict"] == Verdict.BROKEN and one["low"] <= standard:
                axes.annotate(
                    "broken by another indicator",
                    (one["high"], row),
                    xytext=(8, 0),
                    textcoords="offset points",
                    va="center",
                    color=QUIET_INK,
                )
        _name_rows(axes, report)
        _shares_below(axes, report["high"])
        _legend(axes, [*MARKS, "standard"])
        axes.set_title(title)
        said = "; ".join(_said(letter, one) for letter, one in report.iterrows())
        return f"Interval chart. {title}. Share that went wrong: {said}."

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
        raise ValueError("No quarter has a case to look at, so there is nothing to draw.")
    one = principle(str(quarters.attrs.get("letter", "A")))
    broken = seen.index[seen["verdict"] == Verdict.BROKEN]
    name = one.name[0].upper() + one.name[1:]
    title = f"{name} was broken in {len(broken)} of {count_of(len(seen), 'quarter')}"

    def draw(axes: Axes) -> str:
        axes.axhline(one.headline.tolerated, color=INK, lw=1.5, zorder=0)
        for place, (_, row) in enumerate(seen.iterrows()):
            axes.plot([place] * 2, [row["low"], row["high"]], color=QUIET_INK, lw=1.5)
            # a mark at nothing lies on the edge, and is seen whole
            axes.plot(place, row["value"], clip_on=False, zorder=3, **_mark(row["verdict"]))
        axes.set_xticks(range(len(seen)), [f"Q{q.quarter}\n{q.year}" for q in seen.index])
        axes.yaxis.set_major_formatter(lambda value, _: per_cent(value))
        axes.set_ylim(bottom=0)
        axes.grid(axis="y")
        _legend(axes, [*MARKS, "standard"])
        axes.set_title(title)
        axes.set_ylabel("went wrong")
        said = "; ".join(_in_quarter(quarter, row) for quarter, row in seen.iterrows())
        return f"Interval chart. {title}. {one.headline.counts}: {said}."

    return chart(draw)


def outcome_gap(gaps: pd.DataFrame) -> Chart:
    """How much more often like claims are refused for each group than for the others.

    `gaps` is what `rk.outcome_gaps` gives. Raises ValueError where it is empty.
    """
    need_columns(gaps, ["n", "gap", "low", "high"], "The table of gaps")
    seen = gaps[gaps["low"].notna()]
    if seen.empty:
        raise ValueError("No two groups have claims enough, so there is nothing to draw.")
    worse = seen[seen["low"] > 0]
    title = "No group is surely refused more often"
    if len(worse):
        most = worse.sort_values("low").iloc[-1]
        title = f"'{_group(most)[1]}' refused {100 * most['gap']:.0f} points more"

    def draw(axes: Axes) -> str:
        axes.axvline(0, color=INK, lw=1)
        for row, (_, one) in enumerate(seen.iterrows()):
            verdict = Verdict.BROKEN if one["low"] > 0 else Verdict.KEPT
            axes.plot([one["low"], one["high"]], [row] * 2, color=QUIET_INK, lw=1.5)
            axes.plot(one["gap"], row, **_mark(verdict))
        names = [f"{': '.join(_group(one))} ({one['n']:,.0f})" for _, one in seen.iterrows()]
        axes.set_yticks(range(len(seen)), names)
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:+.0f}")
        axes.grid(axis="x")
        axes.set_title(title)
        axes.set_xlabel("points more often refused than like claims of others")
        said = "; ".join(
            f"{' '.join(_group(one))} {100 * one['gap']:+.0f} ({100 * one['low']:+.0f} to "
            f"{100 * one['high']:+.0f}, {one['n']:,.0f} claims)"
            for _, one in seen.iterrows()
        )
        return f"Interval chart. {title}. Points more often refused: {said}."

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
    title = _turned(after.loc[other, "verdict"])

    def draw(axes: Axes) -> str:
        for row, letter in enumerate(table.index):
            _interval(axes, row - AFTER, before.loc[letter])
            _interval(axes, row + AFTER, after.loc[letter])
        _name_rows(axes, before)
        _shares_below(axes, pd.concat([before["high"], after["high"]]))
        axes.set_xlabel("share that went wrong; above before the change, below after it")
        _legend(axes, list(MARKS))
        axes.set_title(title)
        said = "; ".join(
            f"{_said(letter, before.loc[letter])}, then "
            f"{_said(letter, after.loc[letter]).partition(': ')[2]}"
            for letter in table.index
        )
        return f"Interval chart. {title}. Share that went wrong: {said}."

    return chart(draw, height=5.0)


def _group(row: pd.Series) -> tuple[str, str]:
    """The factor and the group of a row of gaps."""
    return cast("tuple[str, str]", row.name)


def _finding(verdicts: pd.Series) -> str:
    broken = list(verdicts.index[verdicts == Verdict.BROKEN])
    open_ = list(verdicts.index[verdicts == Verdict.NOT_ENOUGH_EVIDENCE])
    if broken:
        return f"{listing(broken)}: {len(broken)} of {len(verdicts)} principles broken"
    if len(open_) == len(verdicts):
        return "Not enough evidence yet on any principle"
    if open_:
        return f"None is broken; not enough evidence on {len(open_)} of {len(verdicts)}"
    return "All nine principles are kept"


def _turned(verdicts: pd.Series) -> str:
    """What a change turned, out of the new verdicts on the principles that it turned."""
    if verdicts.empty:
        return "The change turns no verdict"
    parts = [
        f"{spoken(str(verdict))} {listing(mine.index)}"
        for verdict, mine in verdicts.groupby(verdicts)
    ]
    return f"After the change: {'; '.join(parts)}"


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
    names = [f"{letter} {name}" for letter, name in report["principle"].items()]
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()


def _shares_below(axes: Axes, highs: pd.Series) -> None:
    most = float(np.nanmax([*highs.fillna(0).to_numpy(float), 0.12]))
    axes.set_xlim(-0.02 * most, min(1.0, most) * 1.05)
    axes.xaxis.set_major_formatter(lambda value, _: per_cent(value))
    axes.grid(axis="x")
    axes.set_xlabel("share that went wrong, with its 95% interval")


def _legend(axes: Axes, names: list[str]) -> None:
    handles = [
        Line2D([], [], label=spoken(name), **(_mark(name) if name in MARKS else {"color": INK}))
        for name in names
    ]
    axes.figure.legend(handles=handles, frameon=False, loc="outside lower center", ncols=len(names))


def _said(letter: Any, one: pd.Series) -> str:
    if pd.isna(one["value"]):
        return f"{letter} {one['principle']}: not enough evidence"
    return (
        f"{letter} {one['principle']}: {per_cent(one['value'])} ({per_cent(one['low'])} to "
        f"{per_cent(one['high'])}, n {one['n']:,}), {spoken(one['verdict'])}"
    )


def _in_quarter(quarter: Any, row: pd.Series) -> str:
    return (
        f"Q{quarter.quarter} {quarter.year} {per_cent(row['value'])} "
        f"({per_cent(row['low'])} to {per_cent(row['high'])}), {spoken(row['verdict'])}"
    )
