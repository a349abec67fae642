"""The seven ways: which of them brought which facts, for how many customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retailkit.customers import CollectionChannel
from retailkit.figures.chart import Chart, chart
from retailkit.figures.fields import draw_fields
from retailkit.ways import CustomerFact, facts_by_way, unsigned_cards
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from retailkit.shop import Shop

FACTS = [fact.value for fact in CustomerFact]
PAPER = {
    CollectionChannel.ORDER_FORM: "order forms",
    CollectionChannel.ENQUIRY: "enquiries",
    CollectionChannel.COMPLAINT: "complaints",
    CollectionChannel.WARRANTY_CARD: "warranty cards",
    CollectionChannel.SURVEY: "survey cards",
    CollectionChannel.FEEDBACK: "feedback cards",
    CollectionChannel.WEBSITE: "website forms",
}
"""What lies on the desk from each of the ways."""


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
        raise ValueError("No form has told us of a customer yet, so there is nothing to show.")
    title, told = _finding(facts["customers"]), list(facts[FACTS].itertuples())

    def draw(axes: Axes) -> str:
        values = facts[FACTS].to_numpy().astype("float64")
        values[values == 0] = np.nan
        words = [[f"{value:,}" if value else "" for value in row] for _, *row in told]
        draw_fields(axes, values, words, size=10)
        axes.set_xticks(range(len(FACTS)), FACTS)
        axes.set_yticks(range(len(facts)), [_label(way, unsigned) for way in CollectionChannel])
        # the title begins where the names of the ways do: it is a long one
        axes.set_title(title, x=-0.26)
        axes.set_xlabel("in each field: how many different customers told us")
        return f"Grid. {title}. {_said(facts, unsigned)}"

    return chart(draw, height=4.4)


def _finding(customers: pd.Series) -> str:
    """The way that tells of most customers, and the one that tells of fewest."""
    most, least = str(customers.idxmax()), str(customers.idxmin())
    first = PAPER[CollectionChannel(most)]
    number = f"{customers[least]:,}" if customers[least] else "none"
    return (
        f"{first[0].upper()}{first[1:]} tell of {count_of(int(customers[most]), 'customer')}, "
        f"{PAPER[CollectionChannel(least)]} of {number}"
    )


def _label(way: CollectionChannel, unsigned: dict[CollectionChannel, int]) -> str:
    cards = unsigned.get(way)
    return f"{PAPER[way]}\n(+ {cards:,} unsigned)" if cards else PAPER[way]


def _said(facts: pd.DataFrame, unsigned: dict[CollectionChannel, int]) -> str:
    rows = []
    for way in CollectionChannel:
        row = facts.loc[way.value]
        told = [f"{fact} {row[fact]:,}" for fact in FACTS if row[fact]]
        rows.append(f"{PAPER[way][0].upper()}{PAPER[way][1:]}: {listing(told)}.")
    cards = [
        f"{count_of(number, way.value + ' card')}" for way, number in unsigned.items() if number
    ]
    return " ".join([*rows, *([f"Without a name: {listing(cards)}."] if cards else [])])
