"""Measures: a number about customers, never without its count and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from retailkit.text import Sentences


@dataclass(frozen=True, kw_only=True, eq=False)
class Measure:
    """A number with its 95% interval, the count it comes from, and a sentence that says it.

    `value`, `low` and `high` are None where there is nothing to count. `counts` has the
    number of each answer.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    because: str
    counts: pd.Series
    notes: Sentences = field(default_factory=Sentences)

    def __repr__(self) -> str:
        return self.because


def notes(result: pd.DataFrame | Measure) -> Sentences:
    """What was counted and what was left out of a report: one sentence each.

    >>> from retailkit.insight import cohorts
    >>> orders = pd.DataFrame({"id": ["a", None], "date": "2026-03-01", "amount": [5, 9]})
    >>> notes(cohorts(orders, customer="id", date="date", amount="amount", on="2026-03-31"))
    Counted up to 31 March 2026.
    Left out: 1 order by guests; nobody knows whose they are.
    """
    said = result.notes if isinstance(result, Measure) else result.attrs.get("notes", ())
    return Sentences(said)
