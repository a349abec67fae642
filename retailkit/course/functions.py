"""How a function that a learner wrote is held against the right one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import say
from retailkit.course.judges import described, shown_as
from retailkit.course.shortfall import Shortfall
from retailkit.words import count_of, listing

if TYPE_CHECKING:
    from retailkit.course.exercises import Cases, Judge


def is_left_open(function: Callable[[Any], Any], cases: Cases) -> bool:
    """Whether a function still says `return ...` for some of the cases."""
    try:
        return any(function(case) is ... for case in cases.values())
    except (Exception, SystemExit):
        return False  # it does something, if only badly: the judge will say what


def rule(choices: Collection[str]) -> Judge:
    """A function that gives each case a word, held against the right function case by case."""

    def judge(answer: Any, right: Any, cases: Cases) -> str | None:
        if not callable(answer):
            said = "A function is asked for, made with def; this is {what}."
            return say(said, what=described(answer))
        off: list[str] = []
        for case_id, case in cases.items():
            try:
                given = answer(case)
            except (Exception, SystemExit) as error:
                return _stopped(case_id, error)
            given = given.strip().lower() if isinstance(given, str) else given
            if given is None or given not in list(choices):
                return _no_word(case_id, given, choices)
            if given != right(case):
                off.append(case_id)
        if not off:
            return None
        said = "Not as on the card: {cases}, for example the case {case}."
        said = say(said, cases=count_of(len(off), "case"), case=off[0])
        return Shortfall(said, 1 - len(off) / len(cases))

    return judge


def _no_word(case_id: str, given: Any, choices: Collection[str]) -> str:
    if given is None:
        said = "Your function gives the case {case} nothing. Is there a return on every path?"
        return say(said, case=case_id)
    said = "Your function gives the case {case} {given}. Choose {choices}."
    return say(said, case=case_id, given=shown_as(given), choices=listing(choices, "or"))


def _stopped(case_id: str, error: BaseException) -> str:
    if isinstance(error, TypeError) and "NoneType" in str(error):
        said = (
            "Your function stopped at the case {case}: something is not known there (None), "
            "and None cannot be compared or counted with."
        )
        return say(said, case=case_id)
    reason = f"{type(error).__name__}: {error}"
    return say("Your function stopped at the case {case}: {reason}.", case=case_id, reason=reason)
