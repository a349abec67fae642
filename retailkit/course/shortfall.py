"""What is right of an answer that is not wholly right: the share that marks are given for."""

from __future__ import annotations

from typing import Any, Self


class Shortfall(str):
    """What is the matter with an answer that is right in part; `share` says how large a part.

    >>> Shortfall("3 of 4 are right.", 3 / 4).share
    0.75
    """

    __slots__ = ("share",)
    share: float

    def __new__(cls, sentence: str, share: float) -> Self:
        """A sentence with its share."""
        said = super().__new__(cls, sentence)
        said.share = share
        return said


def share_right(problem: str) -> float:
    """Which share of an answer is right, by what a judge said of it."""
    return getattr(problem, "share", 0.0)


def share_of_a_set(given: set[Any], right: set[Any], choices: int) -> float:
    """Which share of a set is right, out of so many things to choose from.

    What is right of all that either names (Jaccard); and no more than the hits are ahead of the
    false alarms (Youden), so that a list of everything earns nothing.

    >>> share_of_a_set({1, 2, 3}, {1, 2}, 5), share_of_a_set({1, 2, 3, 4, 5}, {1, 2}, 5)
    (0.6666666666666666, 0.0)
    """
    hits, others = len(given & right), max(1, choices - len(right))
    ahead = hits / max(1, len(right)) - len(given - right) / others
    return max(0.0, min(hits / len(given | right), ahead))
