"""What differs from one place to the next: each value with its source, and how sure we are."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any, Generic, TypeVar

from retailkit.catalogue import language, later, say
from retailkit.records import need_word
from retailkit.text import day
from retailkit.words import Word

AnyValue = TypeVar("AnyValue")


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


class MarketingRule(Word):
    """When a customer may be sent offers."""

    OPT_IN = "opt_in", "Only after a yes."
    SOFT_OPT_IN = (
        "soft_opt_in",
        "After a yes; offers of similar products also to buyers who have not said no.",
    )
    OPT_OUT = "opt_out", "Until somebody says no."


UNITS = (
    later("hours"),
    later("days"),
    later("working days"),
    later("months"),
    later("years"),
)
"""In what the values of a market are counted."""


@dataclass(frozen=True, kw_only=True)
class Sourced(Generic[AnyValue]):
    """A value together with where it comes from.

    >>> rules_of("ES").guarantee_months
    36 months. RDL 7/2021: three years for goods sold since 1 January 2022.
    """

    value: AnyValue
    source: str
    as_of: date
    confidence: Confidence
    unit: str | None = None
    basis: Basis | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "confidence", Confidence(self.confidence))
        if self.basis:
            object.__setattr__(self, "basis", Basis(self.basis))
        if isinstance(self.value, list):
            object.__setattr__(self, "value", tuple(self.value))

    def __repr__(self) -> str:
        return f"{self._counted()}. {self.said}"

    def _counted(self) -> str:
        if (self.value, self.unit) == (1, "months"):
            return say("1 months")
        unit = f" {say(self.unit.replace('_', ' '))}" if self.unit else ""
        return f"{_said(self.value)}{unit}"

    @property
    def said(self) -> str:
        """The source as it is shown: what is unverified says so."""
        if self.confidence != Confidence.C:
            return say(self.source)
        return say(
            "{source} (Unverified, as of {day}.)", source=say(self.source), day=day(self.as_of)
        )


@dataclass(frozen=True, kw_only=True, repr=False)
class Rung(Sourced[str]):
    """One place outside the shop to turn to. `name` gives it in each language."""

    value: str = ""
    name: Mapping[str, str]
    known_by: tuple[str, ...]
    binding: bool
    cost: str
    limit: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "value", self.name["en"])
        object.__setattr__(self, "known_by", tuple(self.known_by))

    def __repr__(self) -> str:
        return f"{self.called}. {self.said}"

    @property
    def called(self) -> str:
        """Its name in the learner's language."""
        return self.name[language()]


@dataclass(frozen=True, kw_only=True)
class Market:
    """The rules and habits of one place. A value that does not exist there is None."""

    code: str
    name: str
    currency: str
    languages: tuple[str, ...]
    form_required: Sourced[bool]
    form_copies: Sourced[int]
    form_for: Sourced[tuple[str, ...]]
    form_without_purchase: Sourced[bool]
    form_keep_years: Sourced[int]
    sign: Sourced[bool]
    acknowledge: Sourced[int]
    answer: Sourced[int]
    must_give: Sourced[tuple[str, ...]]
    guarantee_months: Sourced[int]
    presumption_months: Sourced[int]
    withdrawal_days: Sourced[int]
    marketing_rule: Sourced[str]
    amount_middle: Sourced[int]
    amount_high: Sourced[int]
    ladder: tuple[Rung, ...]
    answer_large_firms: Sourced[int] | None = None
    language_duty: Sourced[str] | None = None
    used_months: Sourced[int] | None = None
    reject_days: Sourced[int] | None = None
    privacy_law: Sourced[str] | None = None
    privacy_request: Sourced[int] | None = None
    privacy_breach: Sourced[int] | None = None
    holidays: Sourced[str] | None = None

    def __repr__(self) -> str:
        """The market's name, then one line for each value with its source."""
        values = [(name, value) for name, value in vars(self).items() if isinstance(value, Sourced)]
        rungs = [("ladder", rung) for rung in self.ladder]
        lines = [f"  {name}: {value!r}" for name, value in (*values, *rungs)]
        title = say("{name} ({code}). Not legal advice.", name=say(self.name), code=self.code)
        return "\n".join([title, *lines])


def _said(value: object) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return ", ".join(map(say, value)) if isinstance(value, tuple) else say(str(value))


@functools.cache
def codes() -> tuple[str, ...]:
    """The codes of all markets there are.

    >>> codes()
    ('ES', 'ES-AN', 'GB', 'IN', 'generic')
    """
    files = resources.files(__package__).iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


@functools.cache
def rules_of(market: str) -> Market:
    """The rules of the market with this code.

    Raises ValueError for a code that is not there, with the codes that are.

    >>> rules_of("ES").guarantee_months.value
    36
    """
    facts = _facts(market)
    facts["languages"] = tuple(facts["languages"])
    facts["ladder"] = tuple(Rung(**rung) for rung in facts["ladder"])
    for name, value in facts.items():
        if isinstance(value, dict):
            facts[name] = Sourced(**value)
    return Market(**facts)


def _facts(market: str) -> dict[str, Any]:
    """The values of a market as its file has them, over those of the place it lies in."""
    need_word(market, codes(), "market")
    text = resources.files(__package__).joinpath(f"{market}.toml").read_text(encoding="utf-8")
    facts: dict[str, Any] = tomllib.loads(text)
    wider = facts.pop("like", None)
    return {**_facts(wider), **facts} if wider else facts
