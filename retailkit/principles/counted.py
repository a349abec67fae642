"""A standard tried out by hand: what so many slips in so many cases say."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from retailkit.catalogue import say, whole
from retailkit.principles.principle import Indicator, Source, Verdict
from retailkit.principles.standards import found
from retailkit.records import understood
from retailkit.shares import per_cent
from retailkit.text import spoken
from retailkit.words import count_of


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted: the share that went wrong, its 95% interval, and the verdict."""

    verdict: Verdict
    value: float
    low: float
    high: float
    because: str

    def __repr__(self) -> str:
        return self.because


def verdict(wrong: int, of: int, tolerated: float = 0) -> Counted:
    """What it says about a principle if so many of the cases went wrong, and a share is tolerated.

    The rule is the audit's own. Raises ValueError for counts or a share that cannot be.

    >>> verdict(wrong=3, of=40, tolerated=0.05)
    3 of 40 cases (8%, 95% interval 3% to 20%); up to 5% is tolerated: not enough evidence.
    """
    count, n = understood("wrong", wrong, int), understood("of", of, int)
    share = understood("tolerated", tolerated, float)
    if count is None or n is None or not 0 <= count <= n or n < 1:
        raise ValueError(
            say(
                "{wrong!r} of {of!r} cases cannot have gone wrong. Write whole numbers, "
                "the smaller one first, like rk.verdict(wrong=3, of=40, tolerated=0.05).",
                wrong=wrong,
                of=of,
            )
        )
    if share is None or not 0 <= share < 1:
        raise ValueError(
            say(
                "tolerated: {value!r} is not a share. Choose 0 or more, like 0.05.",
                value=tolerated,
            )
        )
    return _counted(count, n, share)


def _counted(count: int, n: int, share: float) -> Counted:
    indicator = Indicator(
        letter="", name="", source=Source.RECORDS, counts="", of="case", tolerated=share, why=""
    )
    slips = pd.Series([True] * count + [False] * (n - count), dtype="boolean")
    seen = found(indicator, slips)
    value, low, high = (float(number or 0) for number in (seen.value, seen.low, seen.high))
    said = say(
        "{count} of {cases} ({share}, 95% interval {low} to {high}); {standard}: {verdict}.",
        count=whole(count),
        cases=count_of(n, "case"),
        share=per_cent(value),
        low=per_cent(low),
        high=per_cent(high),
        standard=indicator.standard,
        verdict=spoken(seen.verdict),
    )
    return Counted(verdict=seen.verdict, value=value, low=low, high=high, because=said)
