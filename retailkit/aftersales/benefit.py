"""Benefits: what after-sales service brings, measured between customers who can be compared."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from retailkit.aftersales.served import (
    Records,
    birthdays_followed,
    campaigns_followed,
    content_with_handling,
    goods_kept,
    recommended,
    told_us,
)
from retailkit.catalogue import say, whole
from retailkit.services import AfterSalesBenefit
from retailkit.shares import SURE
from retailkit.text import Sentences, spoken

if TYPE_CHECKING:
    from retailkit.shop import Shop

LEAST = 10
"""So many served and so many not served are needed at least to say something."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """How a benefit is measured: between whom, and what makes them alike."""

    units: Callable[[Records], pd.DataFrame]
    measure: str
    alike: str


COMPARISONS: Mapping[AfterSalesBenefit, Comparison] = MappingProxyType(
    {
        AfterSalesBenefit.ENJOYMENT: Comparison(
            units=goods_kept,
            measure="goods kept, with training",
            alike="matched: the same goods that must be learnt, the same place, first order or not",
        ),
        AfterSalesBenefit.FURTHER_PURCHASE: Comparison(
            units=birthdays_followed,
            measure="bought within 30 days of the birthday, with a card",
            alike="by lot: of those who had said yes, chance decided who got a card",
        ),
        AfterSalesBenefit.RECOMMENDATION: Comparison(
            units=recommended,
            measure="promoters less detractors, with training",
            alike="matched: goods that must be learnt, first order or not",
        ),
        AfterSalesBenefit.IMPRESSION: Comparison(
            units=content_with_handling,
            measure="content with the handling, with the goods put right",
            alike="matched: accepted claims with the same reason",
        ),
        AfterSalesBenefit.IMPROVEMENT_INFO: Comparison(
            units=told_us,
            measure="told us something within 60 days, with advice",
            alike="matched: delivered orders from the same place, first order or not",
        ),
        AfterSalesBenefit.INFORM_OFFERS: Comparison(
            units=campaigns_followed,
            measure="bought within 30 days of a campaign, with its offer",
            alike="by lot: of those who had said yes, chance decided who got the offer",
        ),
    }
)
"""The six benefits and how each is measured."""


def benefits(shop: Shop) -> pd.DataFrame:
    """What after-sales service brings: six benefits, each for those served and others like them.

    One row per benefit, indexed by its word: `measure` (what is counted, and for which
    service), `with_service` and `without` (shares of those who can be compared; for
    recommendation promoters less detractors), `naive` (the difference of everybody served
    from everybody else), `fair` (the difference of those served from others like them) with
    its 95% interval `low` to `high`, `n` (how many were compared) and `because`, a sentence.
    Differences are parts of 1. What cannot be known is empty.

    Those served differ from those not: who buys often takes more training, and cards go to
    people who said yes and have been customers for long. Where a lot decided, those who could
    have been drawn are compared; elsewhere, those who are alike in what the records show.
    Matching cannot see what no record shows. The interval is that of a regression with a
    constant for each group of alike, robust to unequal spread (HC3; MacKinnon and White 1985).

    >>> from retailkit.generate import make_shop
    >>> benefits(make_shop(seed=7, customers=40)).loc["enjoyment", "because"]
    'Not known yet: 10 served and 10 not served, alike in the rest, are needed at least.'
    """
    records = Records(shop=shop)
    rows = [_row(benefit, records) for benefit in COMPARISONS]
    index = pd.Index([benefit.value for benefit in COMPARISONS], name="benefit", dtype="str")
    kinds = dict.fromkeys(("with_service", "without", "naive", "fair", "low", "high"), "Float64")
    table = pd.DataFrame(rows, index=index).astype(kinds | {"n": "int64"})
    table.attrs["notes"] = Sentences(
        say(
            "{benefit} is compared {alike}.",
            benefit=spoken(benefit).capitalize(),
            alike=say(comparison.alike),
        )
        for benefit, comparison in COMPARISONS.items()
    )
    return table


def with_and_without(shop: Shop, benefit: AfterSalesBenefit | str) -> pd.DataFrame:
    """What a benefit is measured on: everybody served and everybody else, and what came of it.

    One row for every time that somebody was served or not: `served`, `outcome` (1 for yes, 0
    for no; for recommendation 1, 0 or -1), `fair` (whether the two can be compared: who could
    not have been served is out) and `like` (those with the same word are compared).
    Raises ValueError where there is no such benefit.

    >>> from retailkit.generate import make_shop
    >>> with_and_without(make_shop(seed=7, customers=40), "further_purchase").columns.to_list()
    ['served', 'outcome', 'fair', 'like']
    """
    return COMPARISONS[AfterSalesBenefit(benefit)].units(Records(shop=shop))


def _row(benefit: AfterSalesBenefit, records: Records) -> dict[str, Any]:
    comparison = COMPARISONS[benefit]
    units = comparison.units(records)
    fair = _comparable(units[units["fair"]])
    naive = _difference_of_means(units)
    row: dict[str, Any] = {
        "measure": say(comparison.measure),
        "with_service": None,
        "without": None,
        "naive": naive,
        "fair": None,
        "low": None,
        "high": None,
        "n": len(fair),
    }
    if not _enough(fair):
        because = say(
            "Not known yet: {least} served and {least} not served, alike in the rest, "
            "are needed at least.",
            least=LEAST,
        )
        return row | {"because": because}
    if fair["outcome"].min() == fair["outcome"].max():
        because = say("Not known yet: it went the same way for everybody compared.")
        return row | {"because": because}
    estimate, low, high = difference(fair)
    with_service = float(fair.loc[fair["served"], "outcome"].mean())
    row |= {"with_service": with_service, "without": with_service - estimate}
    row |= {"fair": estimate, "low": low, "high": high}
    return row | {"because": _because(benefit, row)}


def _comparable(units: pd.DataFrame) -> pd.DataFrame:
    """Those who have somebody alike on the other side."""
    sides = units.groupby("like")["served"].transform("nunique")
    return units[sides == 2]


def _enough(units: pd.DataFrame) -> bool:
    served = int(units["served"].sum())
    return min(served, len(units) - served) >= LEAST


def _difference_of_means(units: pd.DataFrame) -> float | None:
    if not _enough(units):
        return None
    means = units.groupby("served")["outcome"].mean()
    return float(means[True] - means[False])


def difference(units: pd.DataFrame) -> tuple[float, float, float]:
    """How much those served differ from others of the same group `like`, and the 95% interval."""
    # not on top: statsmodels takes a second to load
    import statsmodels.api as sm

    groups = pd.get_dummies(units["like"], dtype="float64")
    design = np.column_stack([units["served"].to_numpy(dtype="float64"), groups.to_numpy()])
    model = sm.OLS(units["outcome"].to_numpy(), design)
    with warnings.catch_warnings():
        # a group of two in which each has a place of its own leaves nothing to spread
        warnings.simplefilter("ignore", RuntimeWarning)
        fit = model.fit(cov_type="HC3", use_t=True)
    low, high = fit.conf_int(alpha=1 - SURE)[0]
    return float(fit.params[0]), float(low), float(high)


def level(benefit: str, value: float) -> str:
    """A share as people say it; for recommendation, the score.

    >>> level("enjoyment", 0.944), level("recommendation", -0.18)
    ('94%', '-18')
    """
    score = benefit == AfterSalesBenefit.RECOMMENDATION
    return f"{100 * value:+.0f}" if score else f"{value:.0%}"


def _because(benefit: AfterSalesBenefit, row: dict[str, Any]) -> str:
    points = {name: f"{100 * row[name]:+.1f}" for name in ("fair", "low", "high", "naive")}
    sure = row["low"] > 0 or row["high"] < 0
    return say(
        "{served} with and {without} without, among {n} alike: {fair} points (95% interval "
        "{low} to {high}). Everybody served against everybody else would say {naive}."
        if sure
        else "{served} with and {without} without, among {n} alike: {fair} points (95% interval "
        "{low} to {high}). That may be chance. Everybody served against everybody else would "
        "say {naive}.",
        served=level(benefit, row["with_service"]),
        without=level(benefit, row["without"]),
        n=whole(row["n"]),
        **points,
    )
