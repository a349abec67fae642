"""Upkeep: how old what we know of customers is, and who may be contacted for what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from retailkit.catalogue import later, say, whole
from retailkit.customers import ConsentState
from retailkit.figures.chart import CUSTOMERS_BLUE, NEEDS_WORK, Chart, chart, number_parts
from retailkit.records import need_columns
from retailkit.text import spoken
from retailkit.upkeep.ages import BANDS, NEVER_CHECKED, OLDEST
from retailkit.upkeep.ages import age_bands as in_bands
from retailkit.words import listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DARK_BLUE, PALE_BLUE, GREY = "#173F5F", "#CFE3EB", "#F4F6F7"

BAND_COLOURS = {
    **dict(zip(BANDS.values(), (PALE_BLUE, CUSTOMERS_BLUE, DARK_BLUE), strict=True)),
    OLDEST: NEEDS_WORK,
    NEVER_CHECKED: GREY,
}
"""The older, the darker; then what is to be looked at."""

HATCHED = {NEEDS_WORK: "////"}
"""Out of its turn in lightness, so it has a pattern as well."""

STATE_COLOURS = {
    ConsentState.GIVEN.value: CUSTOMERS_BLUE,
    ConsentState.DECLINED.value: DARK_BLUE,
    ConsentState.WITHDRAWN.value: PALE_BLUE,
    ConsentState.NOT_ASKED.value: GREY,
}
"""Neighbours differ in lightness, so that a grey printer tells them apart."""

STATES_SAID = {
    ConsentState.GIVEN.value: later("said yes"),
    ConsentState.DECLINED.value: later("said no"),
    ConsentState.WITHDRAWN.value: later("took it back"),
    ConsentState.NOT_ASKED.value: later("not asked"),
}

NARROW = 0.045
"""A part narrower than this share of the whole bar has no room for its number."""


def age_bands(table: pd.DataFrame) -> Chart:
    """How old the contacts of each kind are: since when nothing has shown that they are right.

    `table` is what `rk.ages` gives, or `rk.age_bands`. The title counts those older than two
    years and those never checked. Raises ValueError where it is another table, or no contact.

    >>> from retailkit import generate, upkeep
    >>> shop = generate.make_shop(seed=7, customers=20)
    >>> age_bands(upkeep.ages(shop)).words[:74]
    'Bar chart. 3 of 58 contacts: not seen to be right for 2 years. Seen to be '
    """
    table = in_bands(table) if "months" in table else table
    need_columns(table, ["contacts"], "The table of ages")
    counts = table.pivot_table(
        index="fact", columns="band", values="contacts", aggfunc="sum", sort=False
    )
    counts = counts.reindex(columns=list(BAND_COLOURS), fill_value=0).fillna(0).astype(int)
    total = int(counts.to_numpy().sum())
    if not total:
        raise ValueError(say("No contact is known, so there are no ages to show."))
    old = int(counts[[OLDEST, NEVER_CHECKED]].to_numpy().sum())
    finding = later("{old} of {all} contacts: not seen to be right for 2 years")
    if not old:
        finding = later("All {all} contacts were seen to be right within 2 years")
    title = say(finding, old=whole(old), all=whole(total))
    below = say("contacts, by how long ago they were seen to be right")
    said = say("Seen to be right so long ago: {said}", said=_said(counts))
    return _stacked(counts, BAND_COLOURS, title, below, said)


def permissions(table: pd.DataFrame) -> Chart:
    """Who may be contacted, for what: the customers by what they have answered.

    `table` is what `rk.permissions` gives; only a yes is a yes.
    Raises ValueError where a column is missing or there are no customers.

    >>> from retailkit import aftersales, generate
    >>> permissions(aftersales.permissions(generate.make_shop(seed=7, customers=40)))
    Bar chart. 24 of 40 customers may be sent offers and greetings. Customers: marketing: 24 \
said yes, 4 said no and 12 not asked; surveys: 4 said yes, 6 said no and 30 not asked; sharing: \
2 said yes, 3 said no and 35 not asked.
    """
    need_columns(table, list(STATE_COLOURS), "The table of permissions")
    everybody = int(table.sum(axis=1).max()) if len(table) else 0
    if not everybody:
        raise ValueError(say("There are no customers, so there is nobody to contact."))
    yes = int(table[ConsentState.GIVEN.value].get("marketing", 0))
    title = say(
        "{some} of {all} customers may be sent offers and greetings",
        some=whole(yes),
        all=whole(everybody),
    )
    counts = table[list(STATE_COLOURS)].rename(columns=STATES_SAID)
    colours = {STATES_SAID[state]: colour for state, colour in STATE_COLOURS.items()}
    said = say("Customers: {said}", said=_said(counts))
    return _stacked(counts, colours, title, say("customers"), said)


def _stacked(
    counts: pd.DataFrame, colours: Mapping[str, str], title: str, below: str, said: str
) -> Chart:
    """One bar per row, the first on top, cut into the columns."""
    rows = counts.iloc[::-1]
    names = [spoken(str(name)) for name in rows.index]

    def draw(axes: Axes) -> str:
        start = rows.sum(axis=1) * 0
        room = NARROW * rows.sum(axis=1).max()
        for part, colour in colours.items():
            if not rows[part].any():
                continue
            hatch = HATCHED.get(colour)
            name = say(part)
            bars = axes.barh(
                names, rows[part], left=start, color=colour, hatch=hatch, label=name, height=0.6
            )
            number_parts(axes, bars, [whole(n) if n > room else "" for n in rows[part]])
            start = start + rows[part]
        axes.set_title(title)
        axes.set_xlabel(below)
        axes.margins(x=0.02)
        axes.figure.legend(frameon=False, loc="outside lower center", ncols=5, fontsize=9)
        return say("Bar chart. {title}. {said}.", title=title, said=said)

    return chart(draw, height=1.7 + 0.45 * len(counts))


def _said(counts: pd.DataFrame) -> str:
    lines = []
    for name, row in counts.iterrows():
        parts = [f"{whole(count)} {say(str(part))}" for part, count in row.items() if count]
        lines.append(f"{spoken(str(name))}: {listing(parts)}")
    return "; ".join(lines)
