"""When people buy: the days of the week, the months, the festivals, and the shop's growth."""

from __future__ import annotations

import functools
import tomllib
from datetime import date, timedelta
from importlib import resources
from typing import Any

import numpy as np

from retailkit.generate.life import day_number, life
from retailkit.generate.rows import Whole

FINE = 1 << 20
"""Into how many parts the weight of all days is cut; whole numbers keep every computer alike."""


@functools.cache
def seasons(market: str) -> dict[str, Any]:
    """How buying goes up and down in a market: `weekdays`, `months`, `festivals`, `growth`."""
    text = resources.files(__package__).joinpath("seasons.toml").read_text("utf-8")
    facts: dict[str, Any] = tomllib.loads(text)
    return facts[market if market in facts else market.partition("-")[0]]


@functools.cache
def _weight_before(market: str) -> Whole:
    """The weight of all days before each day since the shop opened, in parts of `FINE`."""
    opened, today = life("opened_on"), life("today")
    facts, days = seasons(market), (today - opened).days
    weight = [_weight(facts, opened + timedelta(days=day), day / 365) for day in range(days)]
    return np.round(np.concatenate([[0], np.cumsum(weight)]) / sum(weight) * FINE).astype(np.int64)


def _weight(facts: dict[str, Any], day: date, years: float) -> float:
    weight: float = facts["months"][day.month - 1] * facts["weekdays"][day.weekday()]
    for festival in facts["festivals"]:
        if festival["from"] <= [day.month, day.day] <= festival["to"]:
            weight *= festival["times"]
    return weight * (1 + facts["growth"] * years)


def day_of_purchase(market: str, joined: Whole, share: Whole) -> Whole:
    """The day that lies at this share (of 10,000) of all buying since the customer joined."""
    before = _weight_before(market)
    opened = day_number(life("opened_on"))
    start = before[joined - opened]
    target = start + (before[-1] - start) * share // 10_000
    return opened + np.searchsorted(before, target, side="right") - 1
