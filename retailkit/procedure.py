"""The procedure: how a shop promises to handle complaints and claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from retailkit.catalogue import say
from retailkit.records import understood
from retailkit.words import Word


class Basic(Word):
    """The six things every customer must be told about complaining."""

    WHERE = "where", "Where to hand in the complaint."
    MEANS = "means", "By which means: at the desk, by letter, e-mail, telephone or web form."
    WHO = "who", "Who will deal with it."
    DEADLINES = "deadlines", "By when it will be solved."
    OPTIONS = "options", "Where to turn if the answer does not help, such as the OMIC in Spain."
    TRACKING = "tracking", "How to find out how the case stands."


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """How a shop promises to handle complaints. The default keeps all nine principles.

    >>> Procedure(fee=2).fee
    2.0
    """

    acknowledge_within_hours: int = 2
    answer_within_days: int = 10
    languages: tuple[str, ...] = ("es", "en")
    fee: float = 0
    published: tuple[Basic, ...] = tuple(Basic)
    named_owner: bool = True
    separate_reviewer: bool = True
    reviews_causes: bool = True
    staff: int = 4

    def __post_init__(self) -> None:
        published = tuple(Basic(basic) for basic in _one_or_more(self.published))
        object.__setattr__(self, "published", published)
        object.__setattr__(self, "languages", _one_or_more(self.languages))
        for name in ("acknowledge_within_hours", "answer_within_days", "staff"):
            number = understood(name, getattr(self, name), int)
            if number is None or number < 1:
                raise ValueError(
                    say(
                        "{name}: {number!r} is too few. Choose 1 or more.", name=name, number=number
                    )
                )
            object.__setattr__(self, name, number)
        fee = understood("fee", self.fee, float)
        if fee is None or fee < 0:
            raise ValueError(say("fee: {fee!r} cannot be a fee. Choose 0 or more.", fee=self.fee))
        object.__setattr__(self, "fee", fee)


def _one_or_more(words: object) -> tuple[str, ...]:
    """A single word counts as a list of one."""
    return (words,) if isinstance(words, str) else tuple(cast("Iterable[str]", words))
