"""The procedure: how a shop promises to handle complaints and claims."""

from __future__ import annotations

from dataclasses import dataclass

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
    2
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
        object.__setattr__(self, "published", tuple(Basic(basic) for basic in self.published))
        for name in ("acknowledge_within_hours", "answer_within_days", "staff"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name}: {getattr(self, name)!r} is too few. Choose 1 or more.")
        if self.fee < 0:
            raise ValueError(f"fee: {self.fee!r} is below nothing. Choose 0 or more.")
