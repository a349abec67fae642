"""The seven ways: which of them brought which facts, for how many customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retailkit.catalogue import later, say, whole
from retailkit.customers import CollectionChannel
from retailkit.figures.chart import Chart, chart
from retailkit.figures.fields import draw_fields
from retailkit.text import spoken
from retailkit.ways import CustomerFact, facts_by_way, unsigned_cards
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from retailkit.shop import Shop

FACTS = [fact.value for fact in CustomerFact]
PAPER = {
    CollectionChannel.ORDER_FORM: later("order forms"),
    CollectionChannel.ENQUIRY: later("enquiries"),
    CollectionChannel.COMPLAINT: later("complaints"),
    CollectionChannel.WARRANTY_CARD: later("warranty cards"),
    CollectionChannel.SURVEY: later("survey cards"),
    CollectionChannel.FEEDBACK: later("feedback cards"),
    CollectionChannel.WEBSITE: later("website forms"),
}
"""What lies on the desk from each of the ways."""

A_CARD = {
    CollectionChannel.SURVEY: later("survey card"),
    CollectionChannel.FEEDBACK: later("feedback card"),
}
"""One of what may come without a name."""


def ways(shop: Shop) -> Chart:
    """Customers by way and fact: the darker the field, the more of them.

    Cards without a name tell of nobody; they are counted beside the customers.
    Raises ValueError where no form has told of a customer yet.

    >>> from retailkit.generate import make_shop
    >>> ways(make_shop(seed=7)).words[:26]
    'Grid. Order forms tell of '
    """
    facts, unsigned = facts_by_way(shop), unsigned_cards(shop)
    if not facts["customers"].any():
        raise ValueError(say("No form has told us of a customer yet, so there is nothing to show."))
    title, told = _finding(facts["customers"]), list(facts[FACTS].itertuples())

    def draw(axes: Axes) -> str:
        values = facts[FACTS].to_numpy().astype("float64")
        values[values == 0] = np.nan
        words = [[whole(value) if value else "" for value in row] for _, *row in told]
        draw_fields(axes, values, words, size=10)
        axes.set_xticks(range(len(FACTS)), [spoken(fact) for fact in FACTS])
        axes.set_yticks(range(len(facts)), [_label(way, unsigned) for way in CollectionChannel])
        # the title begins at the edge of the picture, above the names of the ways: it is a long one
        axes.figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
        axes.set_xlabel(say("in each field: how many different customers told us"))
        return say("Grid. {title}. {said}", title=title, said=_said(facts, unsigned))

    return chart(draw, height=4.4)


def _finding(customers: pd.Series) -> str:
    """The way that tells of most customers, and the one that tells of fewest."""
    most, least = str(customers.idxmax()), str(customers.idxmin())
    few = int(customers.min())
    told = later("{most} tell of {customers}, {least} of {few}")
    if not few:
        told = later("{most} tell of {customers}, {least} of none")
    return say(
        told,
        most=_begins(CollectionChannel(most)),
        customers=count_of(int(customers[most]), "customer"),
        least=say(PAPER[CollectionChannel(least)]),
        few=whole(few),
    )


def _begins(way: CollectionChannel) -> str:
    """The papers of a way, as a sentence begins with them."""
    papers = say(PAPER[way])
    return f"{papers[0].upper()}{papers[1:]}"


def _label(way: CollectionChannel, unsigned: dict[CollectionChannel, int]) -> str:
    papers, cards = say(PAPER[way]), unsigned.get(way)
    if not cards:
        return papers
    return say("{papers}\n(+ {cards} unsigned)", papers=papers, cards=whole(cards))


def _said(facts: pd.DataFrame, unsigned: dict[CollectionChannel, int]) -> str:
    rows = []
    for way in CollectionChannel:
        counts = dict(facts.loc[way.value, FACTS])
        told = [f"{spoken(fact)} {whole(number)}" for fact, number in counts.items() if number]
        rows.append(f"{_begins(way)}: {listing(told)}.")
    cards = [count_of(number, A_CARD[way]) for way, number in unsigned.items() if number]
    if cards:
        rows.append(say("Without a name: {cards}.", cards=listing(cards)))
    return " ".join(rows)
