"""Marks of a class: for each exercise how many solved it, tried it and left it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.ticker import MaxNLocator

from retailkit.catalogue import later, say
from retailkit.figures.chart import CUSTOMERS_BLUE, NEEDS_WORK, QUIET_INK, Chart, chart
from retailkit.records import need_columns
from retailkit.words import listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SOLVED, TRIED, OPEN = later("solved"), later("not right yet"), later("open")
STATES = {SOLVED: CUSTOMERS_BLUE, TRIED: NEEDS_WORK, OPEN: "white"}


def class_marks(marks: pd.DataFrame) -> Chart:
    """Each exercise with the number of learners who solved it, tried it, or left it open.

    `marks` has one row per learner and exercise: exercise, mark (0 to 1), answered (yes or
    no). Raises ValueError where a column is missing or nothing was marked.

    >>> class_marks(pd.DataFrame({
    ...     "exercise": ["7.1", "7.1", "7.2", "7.2"],
    ...     "mark": [1.0, 1.0, 0.5, 0.0],
    ...     "answered": [True, True, True, False],
    ... }))
    Bar chart. Exercise 7.2 went worst: 0 of 2 solved it. 7.1: 2 solved; 7.2: 1 not right yet, \
1 open.
    """
    need_columns(marks, ["exercise", "mark", "answered"], "The table of marks")
    if marks.empty:
        raise ValueError(say("Nothing was marked yet, so there is nothing to draw."))
    counts = _counted(marks)
    title = _finding(counts)

    def draw(axes: Axes) -> str:
        _bars(axes, counts.iloc[::-1])
        axes.set_title(title)
        axes.set_xlabel(say("learners"))
        said = "; ".join(f"{name}: {_said(row)}" for name, row in counts.iterrows())
        return say("Bar chart. {title}. {said}.", title=title, said=said)

    return chart(draw, height=1.8 + 0.36 * len(counts))


def _counted(marks: pd.DataFrame) -> pd.DataFrame:
    """How many learners stand where with each exercise, in the order of the exercises."""
    state = pd.Series(TRIED, index=marks.index)
    state = state.mask(marks["mark"] >= 1, SOLVED).mask(~marks["answered"].astype(bool), OPEN)
    order = marks["exercise"].unique()
    counts = pd.crosstab(marks["exercise"], state)
    return counts.reindex(index=order, columns=list(STATES), fill_value=0)


def _finding(counts: pd.DataFrame) -> str:
    all_of = counts.sum(axis="columns")
    share = counts[SOLVED] / all_of
    if (share == 1).all():
        return say("Everybody solved every exercise")
    if len(share) > 1 and (share == share.iloc[0]).all():
        return say("All exercises went alike")
    worst = [str(name) for name in share.index[share == share.min()]]
    if len(worst) > 3:
        return say("{number} exercises went worst", number=len(worst))
    if len(worst) > 1:
        return say("{exercises} went worst", exercises=listing(worst))
    return say(
        "Exercise {exercise} went worst: {solved} of {all} solved it",
        exercise=worst[0],
        solved=int(counts[SOLVED][worst[0]]),
        all=all_of[worst[0]],
    )


def _said(row: pd.Series) -> str:
    return ", ".join(f"{number} {say(str(state))}" for state, number in row.items() if number)


def _bars(axes: Axes, counts: pd.DataFrame) -> None:
    names = [str(name) for name in counts.index]
    left = pd.Series(0, index=counts.index)
    for state, colour in STATES.items():
        axes.barh(
            names, counts[state], left=left, color=colour, edgecolor=QUIET_INK, label=say(state)
        )
        left += counts[state]
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(0, float(left.max()) * 1.02)
    axes.figure.legend(frameon=False, loc="outside lower right", ncols=3)
