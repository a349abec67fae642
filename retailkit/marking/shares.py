"""What part of an answer is right, where an answer has parts."""

from __future__ import annotations

from typing import Any

from retailkit.course.exercises import Cases, Judge
from retailkit.course.judges import listed


def share_right(judge: Judge, answer: Any, right: Any, cases: Cases) -> float:
    """The share of a list that is right, from 0 to 1; what is no list is right or not.

    In a list in order each place counts. In one without an order, each right entry counts,
    and each entry that does not belong takes one of them away again.

    >>> from retailkit.course.judges import line_numbers, words_in_order
    >>> words = words_in_order(["a", "b"])
    >>> share_right(words, ["a", "b", "b", "b"], ["a", "b", "b", "a"], {})
    0.75
    >>> share_right(line_numbers, [1, 2, 3], [2, 3], dict.fromkeys("abc"))
    0.5
    """
    if judge(answer, right, cases) is None:
        return 1.0
    wanted, given = listed(right), listed(answer)
    if wanted is None or not given or not wanted:
        return 0.0
    if _has_no_order(judge, wanted, cases):
        return _share_of_a_set(judge, given, wanted, cases)
    if len(given) != len(wanted):
        return 0.0
    places = range(len(wanted))
    tried = [[*wanted[:place], given[place], *wanted[place + 1 :]] for place in places]
    return sum(judge(one, right, cases) is None for one in tried) / len(wanted)


def _has_no_order(judge: Judge, wanted: list[Any], cases: Cases) -> bool:
    """Whether it does not matter to a judge that an entry comes once more at the end."""
    return judge([*wanted, wanted[0]], wanted, cases) is None


def _share_of_a_set(judge: Judge, given: list[Any], wanted: list[Any], cases: Cases) -> float:
    """Right entries less those that do not belong, by what the judge itself says of each."""
    fits = [judge([*wanted, one], wanted, cases) is None for one in given]
    here = sum(
        judge([*others, *given_of(given, fits)], wanted, cases) is None
        for others in ([two for two in wanted if two != one] for one in wanted)
    )
    return max(0.0, (here - fits.count(False)) / len(wanted))


def given_of(given: list[Any], fits: list[bool]) -> list[Any]:
    """The entries of an answer that belong."""
    return [one for one, fit in zip(given, fits, strict=True) if fit]
