"""The nine principles of handling complaints, and the indicators by which each is seen."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources

from retailkit.catalogue import say
from retailkit.records import need_word
from retailkit.text import escaped
from retailkit.words import Word


class Verdict(Word):
    """What the evidence says about a principle."""

    KEPT = "kept", "The evidence is enough, and it is within the standard."
    BROKEN = "broken", "The evidence is enough, and it is beyond the standard."
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence", "Nobody can tell yet; more evidence is needed."


class Source(Word):
    """Where the evidence for an indicator comes from."""

    PUBLISHED = "published", "What the shop promises to everybody."
    RECORDS = "records", "What the shop's records show about its cases."
    VISIT = "visit", "What a mystery shopper wrote down."


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One way to see whether a principle is kept: what went wrong, and how much of it may.

    `tolerated` is the share that the standard allows, 0 for nothing, and `why` its reason.
    `field` and `right` name a mystery shopper's question and its good answer.
    """

    letter: str
    name: str
    source: Source
    counts: str
    of: str
    tolerated: float
    why: str
    field: str = ""
    right: bool = True

    @property
    def standard(self) -> str:
        """The standard in words."""
        if not self.tolerated:
            return say("nothing is tolerated")
        return say("up to {share:.0%} is tolerated", share=self.tolerated)


@dataclass(frozen=True, kw_only=True)
class Principle:
    """One of the nine principles: its letter and names, what it means, and how it is seen.

    The first indicator from records is the headline.
    """

    letter: str
    name: str
    spanish: str
    hindi: str
    definition: str
    iso_10002: str
    indicators: tuple[Indicator, ...]

    @property
    def headline(self) -> Indicator:
        """The indicator that an audit shows first."""
        return next(one for one in self.indicators if one.source == Source.RECORDS)

    def __repr__(self) -> str:
        return f"{self.letter} {say(self.name)}: {say(self.definition)}"


class Principles(tuple[Principle, ...]):
    """Principles in their order; they show themselves one to a line."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(repr(one) for one in self)

    def _repr_html_(self) -> str:
        return "<br>".join(escaped(one) for one in self)


@functools.cache
def _listed() -> Principles:
    text = resources.files(__package__).joinpath("principles.toml").read_text("utf-8")
    return Principles(_principle(letter, facts) for letter, facts in tomllib.loads(text).items())


def _principle(letter: str, facts: dict[str, object]) -> Principle:
    words = {name: value for name, value in facts.items() if isinstance(value, str)}
    indicators = [
        Indicator(letter=letter, name=name, **{**value, "source": Source(value["source"])})
        for name, value in facts.items()
        if isinstance(value, dict)
    ]
    return Principle(letter=letter, indicators=tuple(indicators), **words)


PRINCIPLES: Principles = _listed()
"""The nine principles, A to I; what is said about them stands in `principles.toml`."""


def principle(letter: str) -> Principle:
    """The principle with this letter, or this name.

    Raises ValueError for another word.

    >>> principle("C")
    C diligent response: The shop says at once that it has the complaint, and answers in time.
    """
    by_name = {say(one.name): one for one in PRINCIPLES} | {one.letter: one for one in PRINCIPLES}
    by_name |= {one.name: one for one in PRINCIPLES if one.name == letter}
    return by_name[need_word(letter, by_name, "principle")]
