"""Exercise 10.5: the report to the owner, with sentences that may stand and others that may not."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from retailkit.aftersales import benefits
from retailkit.catalogue import later, say
from retailkit.course.cases_10 import luck_of
from retailkit.course.sheets import Sheet
from retailkit.customers import SurveyAbout
from retailkit.insight import satisfaction
from retailkit.services import AfterSalesBenefit

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop

FAIR, COUNTED, OPEN = "fair", "counted", "open"
NAIVE, TOO_SURE, PROMISE = "naive", "too sure", "promise"
"""What may stand in a report, and what may not."""

MAY_STAND = (FAIR, COUNTED, OPEN)

IN_DOUBT = {
    AfterSalesBenefit.RECOMMENDATION: later("Training and recommending"),
    AfterSalesBenefit.IMPRESSION: later("Goods put right and a good impression"),
    AfterSalesBenefit.IMPROVEMENT_INFO: later("Advice and telling us what could be better"),
    AfterSalesBenefit.INFORM_OFFERS: later("Offers and purchases"),
}
"""Nothing, or too little to be seen, is behind these benefits in a shop of this size."""


@functools.lru_cache(maxsize=8)
def _report(shop: Shop) -> tuple[tuple[str, str], ...]:
    """Six sentences for the owner from the shop's own records, and what holds for each."""
    table = benefits(shop)
    lines = [
        _on_cards(table),
        _on_offers(table),
        *_on_doubt(table),
        _on_purchases(shop),
        _on_claims(shop),
    ]
    return tuple(luck_of(shop).sample(lines, len(lines)))


def _on_cards(table: pd.DataFrame) -> tuple[str, str]:
    shares = table.loc[AfterSalesBenefit.FURTHER_PURCHASE, ["with_service", "without"]]
    said = say(
        "Cards: of customers who had all said yes, a draw decided who got one. With a card "
        "{with_card:.0%} bought within 30 days, without {without:.0%}.",
        with_card=shares["with_service"],
        without=shares["without"],
    )
    return said, FAIR


def _on_offers(table: pd.DataFrame) -> tuple[str, str]:
    points = 100 * table["naive"][AfterSalesBenefit.INFORM_OFFERS]
    said = (
        "Offers: whoever got one bought more often than whoever got none, by {points:+.1f} points. "
        "The offers did that."
    )
    return say(said, points=points), NAIVE


def _on_doubt(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Two sentences on the benefit of which least is known: how much is open, and too much."""
    rows = table[table.index.isin(IN_DOUBT)].dropna(subset="fair")
    widest = AfterSalesBenefit(str((rows["high"] - rows["low"]).astype("float64").idxmax()))
    fair, low, high = (f"{100 * table[part][widest]:+.1f}" for part in ("fair", "low", "high"))
    name = say(IN_DOUBT[widest])
    open_ = "{name}: the fair difference may be anything from {low} to {high} points."
    too_sure = (
        "{name}: the fair difference is {fair} points. "
        "So service surely costs us that much or more."
        if fair.startswith("-")
        else "{name}: the fair difference is {fair} points. "
        "So service surely brings us that much or more."
    )
    return [
        (say(open_, name=name, low=low, high=high), OPEN),
        (say(too_sure, name=name, fair=fair), TOO_SURE),
    ]


def _on_purchases(shop: Shop) -> tuple[str, str]:
    said = "Surveys: {content:.0%} of those who answered after a purchase were content with it."
    return say(said, content=_content(shop, SurveyAbout.PURCHASE)), COUNTED


def _on_claims(shop: Shop) -> tuple[str, str]:
    said = (
        "{content:.0%} of those we asked were content with how we handled their claim. "
        "So they will buy more from now on."
    )
    return say(said, content=_content(shop, SurveyAbout.HANDLING)), PROMISE


def _content(shop: Shop, about: SurveyAbout) -> float:
    return satisfaction(shop.surveys[shop.surveys["about"] == about]).value or 0


def report(shop: Shop) -> Sheet:
    """The six sentences in their order."""
    return Sheet(line for line, _ in _report(shop))


def sentences(shop: Shop, *kinds: str) -> list[int]:
    """The numbers of the sentences of these kinds; by right, all that may stand."""
    wanted = kinds or MAY_STAND
    return [number for number, (_, kind) in enumerate(_report(shop), 1) if kind in wanted]
