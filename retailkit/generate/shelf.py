"""The goods of a market as arrays: place k of each is product P-k+1."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from retailkit.generate.goods import goods, weights
from retailkit.generate.mixer import Numbers
from retailkit.generate.rows import Whole

CHOICES = 4096
"""Into how many equal parts a month's sales are cut."""


@functools.cache
def guarantee_months(market: str) -> Whole:
    """How long each product is covered; never shorter than the market's rule."""
    return np.array([item.guarantee_months for item in goods(market)])


@functools.cache
def has(market: str, what: str) -> Any:
    """Whether each product has something, such as a serial number or a part that can be lost."""
    return np.array([bool(getattr(item, what)) for item in goods(market)])


@functools.cache
def _sold_in(market: str) -> Whole:
    """For each month, `CHOICES` products: each as often as it is sold in that month."""
    often = weights(market)
    shares = np.cumsum(often, axis=1) / often.sum(axis=1, keepdims=True)
    middles = (np.arange(CHOICES) + 0.5) / CHOICES
    return np.array([np.searchsorted(month, middles) for month in shares])


def monthly_choice(market: str, month: Whole, bits: Numbers) -> Whole:
    """A product for each draw, as often as it is sold in that month (January is 0)."""
    return _sold_in(market)[month, (bits >> 52).astype(np.int64)]
