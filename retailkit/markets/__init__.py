"""Markets: what differs from one country or region to the next.

Each value stands in the market's TOML file with its source, the day it was
looked up and how sure we are of it. This is teaching material, not legal advice.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

from retailkit.records import need_word, understood
from retailkit.text import day
from retailkit.words import Word

if TYPE_CHECKING:
    import numpy as np


class Basis(Word):
    """What stands behind a deadline."""

    LAW = "law", "The law sets this date; nobody at the shop can move it."
    PROMISE = "promise", "The shop has promised this date."


class Confidence(Word):
    """How sure we are of a value."""

    A = "A", "Official text, or two independent sources read."
    B = "B", "One secondary source, or settled law."
    C = "C", "Unverified: from memory, to be checked before use."
    HOUSE = "house", "A standard of this course, not of any law."


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """A value together with where it comes from."""

    value: int
    source: str
    as_of: date
    confidence: Confidence
    unit: str | None = None
    basis: Basis | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "confidence", Confidence(self.confidence))
        if self.basis:
            object.__setattr__(self, "basis", Basis(self.basis))


@dataclass(frozen=True, kw_only=True)
class Market:
    """The rules and habits of one place."""

    code: str
    name: str
    currency: str
    languages: tuple[str, ...]
    answer: Sourced
    guarantee_months: Sourced
    presumption_months: Sourced
    amount_middle: Sourced
    amount_high: Sourced


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A day by which something must be done, and why then."""

    date: date
    basis: Basis
    source: str

    def __repr__(self) -> str:
        return f"{self.date:%A} {day(self.date)}, by {self.basis}. {self.source}"


@functools.cache
def codes() -> tuple[str, ...]:
    """The codes of all markets there are.

    >>> codes()
    ('ES', 'generic')
    """
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


@functools.cache
def rules_of(market: str) -> Market:
    """The rules of the market with this code.

    Raises ValueError for a code that is not there, with the codes that are.

    >>> rules_of("ES").guarantee_months.value
    36
    """
    need_word(market, codes(), "market")
    text = resources.files(__name__).joinpath(f"{market}.toml").read_text(encoding="utf-8")
    facts: dict[str, Any] = tomllib.loads(text)
    facts["languages"] = tuple(facts["languages"])
    for name, value in facts.items():
        if isinstance(value, dict):
            facts[name] = Sourced(**value)
    return Market(**facts)


def answer_by(received: date | str, market: str = "generic") -> Deadline:
    """The last day on which a claim received on this day may be answered.

    Working days are Monday to Friday and are counted from the day after; a month
    ends on the same day of the next month, or on its last day where that is shorter.
    Raises ValueError for what is no day and for an unknown market.

    >>> answer_by("2026-01-31", market="ES").date
    datetime.date(2026, 2, 28)
    >>> answer_by("2026-03-06").date
    datetime.date(2026, 3, 20)
    """
    import numpy as np

    rule = rules_of(market).answer
    on = understood("received", received, date)
    if on is None:
        raise ValueError("received: no day is given. Write year, month and day, like 2026-02-28.")
    day = np.array([on.isoformat()], dtype="datetime64[D]")
    (last,) = answer_days(day, market).tolist()
    return Deadline(date=last, basis=rule.basis or Basis.PROMISE, source=rule.source)


def answer_days(received: np.ndarray, market: str) -> np.ndarray:
    """`answer_by` for many days at once: an array of days in, an array of days out."""
    import numpy as np

    rule = rules_of(market).answer
    if rule.unit == "months":
        return months_later(received, rule.value)
    # a claim that comes in at the weekend counts as received on the Friday before:
    # the first working day after it is day one either way
    return np.busday_offset(received, rule.value, roll="backward")


def months_later(days: np.ndarray, months: int) -> np.ndarray:
    """The same day some months later, or the last day of a month that is too short."""
    import numpy as np

    month = days.astype("datetime64[M]")
    within = days - month.astype("datetime64[D]")
    then = month + np.timedelta64(months, "M")
    first = then.astype("datetime64[D]")
    last = (then + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    same_or_last: np.ndarray = np.minimum(first + within, last)
    return same_or_last
