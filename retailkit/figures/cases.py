"""Cases: how serious the complaints and claims are, by what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.ticker import MaxNLocator

from retailkit.catalogue import later, say
from retailkit.figures.chart import QUIET_INK, Chart, chart, in_short
from retailkit.records import need_columns
from retailkit.text import spoken
from retailkit.triage import Level
from retailkit.words import listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEVEL_COLOURS = {Level.LOWER: "#F0B45B", Level.MIDDLE: "#C9562E", Level.SERIOUS: "#641220"}
"""Ordered from light to dark, so that they survive a grey printer. Used for levels only."""

MANY = {
    Level.SERIOUS: later("{number} serious"),
    Level.MIDDLE: later("{number} middle"),
    Level.LOWER: later("{number} lower"),
}
"""So many cases of a level; other languages have a form for more than one."""


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
        # the names of reasons stand left of the axes, and the title above them as well
        axes.figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
        axes.set_xlabel(say("complaints and claims"))
        said = _said_by_reason(counts, differ)
        return say("Bar chart. {title}. {said}.", title=title, said=said)

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
        return say("The claims book is empty")
    if not serious.any():
        return say("No case is serious")
    return say(
        "{serious} of {cases} are serious, most often {reason}",
        serious=serious.sum(),
        cases=counts.to_numpy().sum(),
        reason=in_short(spoken(str(serious.idxmax()))),
    )


def _stack(axes: Axes, counts: pd.DataFrame) -> None:
    start = counts.sum(axis=1) * 0
    # by their places: of names that look like numbers or days, the axis would make some
    places = range(len(counts))
    for level in reversed(Level):
        width = counts[level.value]
        axes.barh(places, width, left=start, color=LEVEL_COLOURS[level], label=spoken(level))
        start = start + width
    axes.set_yticks(places, [in_short(spoken(str(reason))) for reason in counts.index])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x")
    axes.legend(title=say("level"), frameon=False, loc="lower right", reverse=True)


def _say_at_bar_ends(axes: Axes, counts: pd.DataFrame, differ: dict[str, int] | None) -> None:
    for row, (reason, total) in enumerate(counts.sum(axis=1).items()):
        mine = differ[str(reason)] if differ else 0
        axes.annotate(
            say("{cases}   you differ: {mine}", cases=total, mine=mine) if mine else f"{total}",
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
        levels = listing([_so_many(row[level], level) for level in Level if row[level]])
        mine = differ[str(reason)] if differ else 0
        if mine:
            levels = say("{levels} ({mine} ruled otherwise by you)", levels=levels, mine=mine)
        lines.append(f"{spoken(str(reason))}: {levels}")
    return "; ".join(lines)


def _so_many(number: int, level: Level) -> str:
    """How many cases have a level."""
    return f"{number} {spoken(level)}" if number == 1 else say(MANY[level], number=number)
