"""Waiting: how long open cases have been with the shop, against the day of their answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from retailkit.catalogue import later, say, whole
from retailkit.desk.worklist import ANSWERED
from retailkit.figures.chart import CUSTOMERS_BLUE, INK, NEEDS_WORK, QUIET_INK, Chart, chart
from retailkit.words import count_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from retailkit.shop import Shop

MOST_SHOWN = 15
"""So many bars can be read; the cases that are due first are shown."""

WAIT = (
    later("1 case waits for an answer, {late} past the last day"),
    later("{cases} cases wait for an answer, {late} past the last day"),
)
WAIT_IN_TIME = (
    later("1 case waits for an answer, none past the last day"),
    later("{cases} cases wait for an answer, none past the last day"),
)


def open_cases(shop: Shop) -> Chart:
    """The cases that wait for an answer: days since they came in, against their last day.

    The last day is the law's as the claims book has it, or the shop's promise where that is
    earlier. The title counts all cases; the bars show the 15 that are due first. Where nobody
    wrote down when a case came in, it has no bar, and the words say so.

    >>> from retailkit.generate import make_shop
    >>> open_cases(make_shop(seed=7, customers=20))
    Bar chart. No case waits for an answer.
    """
    waiting = shop.claims[~shop.claims["status"].isin(ANSWERED)]
    ages = _ages(waiting, shop)
    title = _title(waiting, ages)
    shown = ages.head(MOST_SHOWN).iloc[::-1]

    def draw(axes: Axes) -> str:
        _bars(axes, shown)
        axes.set_title(title)
        axes.set_xlabel(say("days since the case came in"))
        return _words(title, len(waiting), ages, shown)

    return chart(draw, height=1.7 + 0.28 * max(len(shown), 2))


def _ages(waiting: pd.DataFrame, shop: Shop) -> pd.DataFrame:
    """One row per case, due first on top: its age, the days it was given, the days left."""
    received = pd.to_datetime(waiting["received_at"]).dt.normalize()
    promised = received + pd.Timedelta(days=shop.procedure.answer_within_days)
    # law and promise both run: the earlier day holds
    by_law = pd.to_datetime(waiting["answer_by"])
    due = pd.concat([by_law, promised], axis="columns").min(axis="columns")
    today = pd.Timestamp(shop.today)
    ages = pd.DataFrame(
        {
            "claim_id": waiting["claim_id"],
            "age": (today - received).dt.days.clip(lower=0),
            "given": (due - received).dt.days,
            "left": (due - today).dt.days,
        }
    )
    return ages.dropna(subset=["age"]).sort_values(["left", "claim_id"], kind="stable")


def _title(waiting: pd.DataFrame, ages: pd.DataFrame) -> str:
    late = int((ages["left"] < 0).sum())
    if waiting.empty:
        return say("No case waits for an answer")
    one, many = WAIT_IN_TIME if not late else WAIT
    said = one if len(waiting) == 1 else many
    return say(said, cases=whole(len(waiting)), late=late)


def _bars(axes: Axes, shown: pd.DataFrame) -> None:
    late = shown["left"] < 0
    bars = axes.barh(
        shown["claim_id"].astype(str),
        shown["age"],
        color=[NEEDS_WORK if each else CUSTOMERS_BLUE for each in late],
    )
    for row, (bar, age, given, left) in enumerate(
        zip(bars, shown["age"], shown["given"], shown["left"], strict=True)
    ):
        bar.set_hatch("///" if left < 0 else "")
        axes.plot([given, given], [row - 0.42, row + 0.42], color=INK, linewidth=2.5)
        axes.annotate(
            _left(left),
            (max(age, given), row),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=QUIET_INK,
        )
    axes.grid(axis="x")
    axes.set_xlim(left=0)
    axes.margins(x=0.3)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    if len(shown):
        signs = [
            Patch(facecolor=CUSTOMERS_BLUE, label=say("waiting")),
            Patch(facecolor=NEEDS_WORK, hatch="///", label=say("past the last day")),
            Line2D([], [], color=INK, linewidth=2.5, label=say("last day")),
        ]
        axes.figure.legend(handles=signs, loc="outside lower right", ncols=3, frameon=False)
    else:
        axes.set(yticks=[], xlim=(0, 10))


def _left(days: float) -> str:
    if days == 0:
        return say("today is the last day")
    number = count_of(int(abs(days)), "day")
    return say("{days} left", days=number) if days > 0 else say("{days} late", days=number)


def _words(title: str, waiting: int, ages: pd.DataFrame, shown: pd.DataFrame) -> str:
    said = [
        say(
            "{number}: {age} old, {left}",
            number=claim_id,
            age=count_of(int(age), "day"),
            left=_left(left),
        )
        for claim_id, age, left in zip(
            shown["claim_id"][::-1], shown["age"][::-1], shown["left"][::-1], strict=True
        )
    ]
    lines = [say("Bar chart. {title}.", title=title)]
    lines += [f"{'; '.join(said)}."] if said else []
    more, unknown = len(ages) - len(shown), waiting - len(ages)
    if more:
        cases = count_of(more, "case")
        lines.append(say("{cases} more, due later, without a bar.", cases=cases))
    if unknown:
        cases = count_of(unknown, "case")
        lines.append(say("{cases} without a day of receipt.", cases=cases))
    return " ".join(lines)
