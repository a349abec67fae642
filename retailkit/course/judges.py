"""How an answer is held against the right one, for each kind of answer.

A judge says nothing where the answer is right; else it says in a sentence what is
the matter, and never what the right answer is.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from retailkit.course.exercises import Cases, Judge


def is_blank(answer: Any) -> bool:
    """Whether nothing has been answered yet.

    >>> is_blank(...), is_blank(["claim", ...]), is_blank(0)
    (True, True, False)
    """
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, (list, tuple, set)):
        return not answer or any(part is ... or part is None for part in answer)
    return False


def is_left_open(function: Callable[[Any], Any], cases: Cases) -> bool:
    """Whether a function still says `return ...` for some of the cases."""
    try:
        return any(function(case) is ... for case in cases.values())
    except Exception:
        return False  # it does something, if only badly: the judge will say what


def number(answer: Any, right: Any, cases: Cases) -> str | None:
    """A number, within a millionth."""
    if isinstance(answer, (bool, str)) or not isinstance(answer, numbers.Real):
        return f"A number is asked for; this is {_described(answer)}."
    if abs(answer - right) <= 1e-6 * max(1.0, abs(right)):
        return None
    return "That is too many." if answer > right else "That is too few."


def word(choices: Collection[str], thing: str) -> Judge:
    """One word out of a closed list."""

    def judge(answer: Any, right: Any, cases: Cases) -> str | None:
        if not isinstance(answer, str):
            return f"{thing} is asked for, between quotation marks; this is {_described(answer)}."
        if answer.strip().lower() not in choices:
            return f"{answer!r} is none of them. Choose {listing(choices, 'or')}."
        return None if answer.strip().lower() == right else f"It is not {answer!r}."

    return judge


def words_in_order(choices: Collection[str]) -> Judge:
    """A list of words out of a closed list, one for each case, in the order of the cases."""

    def judge(answer: Any, right: Any, cases: Cases) -> str | None:
        if not isinstance(answer, (list, tuple)):
            return f"A list of {len(right)} words is asked for; this is {_described(answer)}."
        if len(answer) != len(right):
            return f"{len(right)} words are asked for, one for each case; yours has {len(answer)}."
        strange = [given for given in answer if given not in choices]
        if strange:
            return f"{strange[0]!r} is none of the words. Choose {listing(choices, 'or')}."
        wrong = [
            str(n)
            for n, pair in enumerate(zip(answer, right, strict=True), 1)
            if pair[0] != pair[1]
        ]
        if not wrong:
            return None
        good = len(right) - len(wrong)
        return f"{good} of {len(right)} are right. Read again: number {listing(wrong)}."

    return judge


def case_number(answer: Any, right: Any, cases: Cases) -> str | None:
    """The number of one case out of those shown."""
    if problem := _not_shown([answer], cases):
        return problem
    return None if answer == right else f"{answer} is not the one: another is more pressing."


def case_numbers(answer: Any, right: Any, cases: Cases) -> str | None:
    """A list of numbers of cases out of those shown, in any order."""
    if not isinstance(answer, (list, tuple, set)):
        return f"A list of case numbers is asked for; this is {_described(answer)}."
    if problem := _not_shown(answer, cases):
        return problem
    too_many, missing = set(answer) - set(right), set(right) - set(answer)
    said = [f"{count_of(len(too_many), 'case')} too many"] if too_many else []
    said += [f"{count_of(len(missing), 'case')} missing"] if missing else []
    return f"Your list has {listing(said)}." if said else None


def _not_shown(answer: Collection[Any], cases: Cases) -> str | None:
    strange = [given for given in answer if str(given) not in cases]
    if strange:
        return f"{strange[0]!r} is none of the cases shown. They are {listing(cases)}."
    return None


def rule(choices: Collection[str]) -> Judge:
    """A function that gives each case a word, held against the right function case by case."""

    def judge(answer: Any, right: Any, cases: Cases) -> str | None:
        if not callable(answer):
            return f"A function is asked for, made with def; this is {_described(answer)}."
        off: list[str] = []
        for case_id, case in cases.items():
            try:
                given = answer(case)
            except Exception as error:
                return f"Your function stopped at case {case_id}: {_stopped(error)}"
            if given is None:
                return (
                    f"Your function gives case {case_id} nothing. Does every path end in a return?"
                )
            if given not in choices:
                words = listing(choices, "or")
                return f"Your function gives case {case_id} the word {given!r}. Choose {words}."
            if given != right(case):
                off.append(case_id)
        if not off:
            return None
        cases_off = count_of(len(off), "case")
        return f"Not as on the card: {cases_off}, the first of them {off[0]}."

    return judge


def _stopped(error: Exception) -> str:
    if isinstance(error, TypeError) and "NoneType" in str(error):
        return "something is not known there (None), and None cannot be compared or counted with."
    return f"{type(error).__name__}: {error}."


def _described(answer: Any) -> str:
    """What somebody gave, in a word or two."""
    names = {
        str: "text",
        bool: "True or False",
        list: "a list",
        tuple: "a list",
        dict: "a dictionary",
        int: "a number",
        float: "a number",
    }
    if callable(answer):
        return "a function; call it with round brackets"
    kind = names.get(type(answer), f"a {type(answer).__name__}")
    return f"{kind}, {answer!r}" if isinstance(answer, (str, bool, int, float)) else kind
