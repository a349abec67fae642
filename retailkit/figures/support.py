"""Requests for support: how many belong to each kind and provider, and which went elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.ticker import MaxNLocator

from retailkit.catalogue import say, whole
from retailkit.figures.chart import CUSTOMERS_BLUE, NEEDS_WORK, QUIET_INK, Chart, chart
from retailkit.records import need_columns
from retailkit.services import Provider, SupportType
from retailkit.shares import per_cent
from retailkit.text import spoken
from retailkit.words import count_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def support_requests(requests: pd.DataFrame) -> Chart:
    """Requests by the kind of support they belong to and who gives it; sent wrongly is marked.

    `requests` is what `rk.support_requests` gives. Raises ValueError where a column is missing.

    >>> support_requests(pd.DataFrame({
    ...     "sent_to": ["training", "training"],
    ...     "belongs_to": ["training", "online_technical"],
    ...     "provider": ["retailer", "manufacturer"],
    ... }))
    Bar chart. 1 of 2 requests (50%) sent wrongly. online technical by the manufacturer: 1, 1 sent \
wrongly; training by the retailer: 1, none sent wrongly.
    """
    need_columns(requests, ["sent_to", "belongs_to", "provider"], "The table of requests")
    counts, unknown = _counted(requests), int(requests["belongs_to"].isna().sum())
    title = _finding(counts)

    def draw(axes: Axes) -> str:
        _bars(axes, counts.iloc[::-1])
        axes.set_title(title)
        axes.set_xlabel(say("requests for support"))
        return say("Bar chart. {title}. {said}", title=title, said=_said(counts, unknown))

    return chart(draw, height=1.8 + 0.42 * len(counts))


def _counted(requests: pd.DataFrame) -> pd.DataFrame:
    """For each kind and provider: how many requests, and how many were sent elsewhere."""
    known = requests.dropna(subset="belongs_to")
    wrongly = known["sent_to"] != known["belongs_to"]
    groups = wrongly.groupby([known["belongs_to"], known["provider"]])
    found = groups.agg(["size", "sum"]).to_dict("index")
    every = [(kind.value, provider.value) for kind in SupportType for provider in Provider]
    rows = {pair: found[pair] for pair in every if pair in found}
    counts = pd.DataFrame.from_dict(rows, orient="index", columns=["size", "sum"]).astype("int64")
    return counts.set_axis(pd.Index(list(rows), tupleize_cols=False))


def _named(pair: tuple[str, str]) -> str:
    kind, provider = map(spoken, pair)
    return say("{kind} by the {provider}", kind=kind, provider=provider)


def _on_two_lines(pair: tuple[str, str]) -> str:
    kind, provider = map(spoken, pair)
    return say("{kind}\nby the {provider}", kind=kind, provider=provider)


def _finding(counts: pd.DataFrame) -> str:
    number, wrongly = int(counts["size"].sum()), int(counts["sum"].sum())
    if not number:
        return say("Nobody has asked for support")
    asked = count_of(number, "request")
    if not wrongly:
        return say("None of {requests} sent wrongly", requests=asked)
    return say(
        "{wrongly} of {requests} ({share}) sent wrongly",
        wrongly=whole(wrongly),
        requests=asked,
        share=per_cent(wrongly / number),
    )


def _bars(axes: Axes, counts: pd.DataFrame) -> None:
    names = [_on_two_lines(pair) for pair in counts.index]
    rightly = counts["size"] - counts["sum"]
    axes.barh(names, rightly, color=CUSTOMERS_BLUE, label=say("sent to the right kind"))
    # the hatching stays on a grey printer
    axes.barh(
        names,
        counts["sum"],
        left=rightly,
        color=NEEDS_WORK,
        hatch="////",
        label=say("sent wrongly"),
    )
    for place, (size, wrongly) in enumerate(zip(counts["size"], counts["sum"], strict=True)):
        axes.annotate(
            say("{all}, {wrongly} sent wrongly", all=whole(size), wrongly=whole(wrongly)),
            (size, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=QUIET_INK,
        )
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x")
    axes.margins(x=0.45)
    axes.figure.legend(frameon=False, loc="outside lower right", ncols=2)


def _said(counts: pd.DataFrame, unknown: int) -> str:
    rows = [
        say(
            "{requests}: {all}, {wrongly} sent wrongly"
            if wrongly
            else "{requests}: {all}, none sent wrongly",
            requests=_named(pair),
            all=whole(size),
            wrongly=wrongly,
        )
        for pair, size, wrongly in zip(counts.index, counts["size"], counts["sum"], strict=True)
    ]
    words = f"{'; '.join(rows)}." if rows else say("There is no bar.")
    if not unknown:
        return words
    more = say(
        "{requests} more, of which nobody knows where they belong.",
        requests=count_of(unknown, "request"),
    )
    return f"{words} {more}"
