"""A shop while its cases are held against the rules: the facts are read from the records once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.shop import Shop


class Inspection:
    """One shop under inspection."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    @functools.cached_property
    def facts(self) -> pd.DataFrame:
        """What the records show about each case; see `evidence`."""
        from retailkit.triage.from_records import evidence

        return evidence(self.shop)


def of_each(numbers: pd.Series, values: pd.Series) -> pd.Series:
    """For each number its value, out of values by number; the first where a number stands twice."""
    once = values[~values.index.duplicated()]
    found: pd.Series = once.reindex(numbers).set_axis(numbers.index)
    return found
