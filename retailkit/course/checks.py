"""Check, hint, solution: what a learner calls.

A check says the same words each time, changes nothing and never stops a notebook. Where a
journal is kept, it notes there what it said, and reminds whoever starts afresh.
"""

from __future__ import annotations

import contextlib
import functools
import os
from dataclasses import replace
from typing import Any

from retailkit.case_file import CaseFiles
from retailkit.catalogue import later, say
from retailkit.course.exercises import Cases, Exercise, Lesson, find_exercise
from retailkit.course.feedback import Feedback, Outcome
from retailkit.course.functions import is_left_open
from retailkit.course.judges import is_blank
from retailkit.course.memory import remembered
from retailkit.course.places import shop_of
from retailkit.course.sheets import Sheet
from retailkit.course.shortfall import Shortfall, share_right
from retailkit.course.stale import stale
from retailkit.course.traces import leaving_no_trace
from retailkit.journal import code_name, lessons_folder
from retailkit.shop import Shop

SOLUTIONS_ARE = "RETAILKIT_SOLUTIONS"

FRESH_SHOPS = 2
"""On how many further shops a function is tried, so that it cannot just know the visible one."""


def check(exercise_id: str, answer: Any, *, given: Any = ...) -> Feedback:
    """Whether an answer is right, and if not, what is the matter with it.

    Where an exercise builds on an earlier one, `given` is the learner's own answer there: then
    a right step from a wrong answer counts. `.share` is the part of the answer that is right.

    >>> check("0.1", ...)
    Not yet. How many customers does your shop have? Give a number.
    """
    try:
        exercise, lesson = find_exercise(exercise_id)
    except ValueError as error:
        return Feedback(Outcome.CANNOT_SAY, str(error))
    with leaving_no_trace(answer):
        try:
            feedback = _checked(exercise, lesson, answer, given)
        except (Exception, SystemExit) as error:  # whatever is handed in, the notebook goes on
            reason = f"{type(error).__name__}: {error}"
            said = say("Your answer could not be read ({reason}).", reason=reason)
            return Feedback(Outcome.CANNOT_SAY, said)
        feedback = remembered(feedback, exercise.id, answer)
    if feedback.outcome != Outcome.NOT_YET and (mind := stale(exercise.id)):
        return replace(feedback, sentence=f"{feedback.sentence} {mind}")
    return feedback


def hint(exercise_id: str, number: int = 1) -> Feedback:
    """A hint for an exercise. The first asks a question; each further one says more.

    >>> hint("0.1")
    Hint. What did your shop say when it introduced itself? (There is one more: rk.hint("0.1", 2))
    """
    try:
        exercise, _ = find_exercise(exercise_id)
    except ValueError as error:
        return Feedback(Outcome.CANNOT_SAY, str(error))
    count = len(exercise.hints)
    if number not in range(1, count + 1):
        said = say("Exercise {exercise} has hints 1 to {count}.", exercise=exercise_id, count=count)
        return Feedback(Outcome.CANNOT_SAY, said)
    more = count - number
    then = f'rk.hint("{exercise_id}", {number + 1})' if more else f'rk.solution("{exercise_id}")'
    left = say(HINTS_LEFT[min(more, 2)], more=more, then=then)
    return Feedback(Outcome.HINT, f"{say(exercise.hints[number - 1])} ({left})")


HINTS_LEFT = (
    later("The last hint. Then: {then}"),
    later("There is one more: {then}"),
    later("There are {more} more: {then}"),
)
"""What is said where no hint is left, one, or several."""


def solution(exercise_id: str) -> Feedback:
    """One way to solve an exercise, and why it is solved so; nothing where the teacher says so.

    >>> print(solution("0.1").code)
    customers = len(shop.customers)
    """
    try:
        exercise, _ = find_exercise(exercise_id)
    except ValueError as error:
        return Feedback(Outcome.CANNOT_SAY, str(error))
    if solutions_are_kept_back():
        said = say(
            'Your teacher keeps the solutions back. rk.hint("{exercise}") helps you on.',
            exercise=exercise_id,
        )
        return Feedback(Outcome.SOLUTION, said)
    # where a solution looks for words in a text, these are words of the learner's language
    how = [line for line in say(exercise.how).splitlines() if " SOLUTION" not in line]
    return Feedback(Outcome.SOLUTION, say(exercise.why), "\n".join(how))


def solutions_are_kept_back() -> bool:
    """Whether a teacher wants it so: RETAILKIT_SOLUTIONS says off, or a file of the lessons folder.

    The file is `.retailkit/solutions`. It is a wish and no lock: whoever opens
    the library finds how an exercise is solved.
    """
    wish = os.environ.get(SOLUTIONS_ARE, "")
    if folder := lessons_folder():
        with contextlib.suppress(OSError, UnicodeError):
            wish = wish or (folder / ".retailkit" / "solutions").read_text(encoding="utf-8")
    return wish.strip().lower() == "off"


def cases(exercise_id: str) -> CaseFiles:
    """The case files that an exercise is about, from the learner's own shop.

    Raises ValueError that names the exercises there are.

    >>> len(cases("7.1"))
    6
    """
    exercise, lesson = find_exercise(exercise_id)
    shop = shop_of(code_name(), lesson.number)
    return CaseFiles(exercise.card(shop, case_id) for case_id in exercise.cases(shop))


def sheet(exercise_id: str) -> Sheet:
    """The numbered lines that an exercise is about, from the learner's own shop.

    Raises ValueError that names the exercises there are.

    >>> len(sheet("8.1"))
    6
    """
    exercise, lesson = find_exercise(exercise_id)
    return exercise.sheet(shop_of(code_name(), lesson.number))


def given(exercise_id: str, answer: Any) -> Any:
    """The learner's own answer, or the course's where there is none yet; then it says so.

    Raises ValueError that names the exercises there are.

    >>> given("0.1", 312)
    312
    """
    exercise, lesson = find_exercise(exercise_id)
    shop = shop_of(code_name(), lesson.number)
    with leaving_no_trace(answer):
        unanswered = _unanswered(exercise, answer, shop)
    if not unanswered:
        return answer
    said = "You have no answer to {exercise} yet, so the lesson goes on with the course's own."
    print(say(said, exercise=exercise_id))
    return exercise.right(shop)


def _checked(exercise: Exercise, lesson: Lesson, answer: Any, given: Any) -> Feedback:
    shop = shop_of(code_name(), lesson.number)
    if _unanswered(exercise, answer, shop):
        return Feedback(Outcome.NOT_YET, say(exercise.asks))
    if problem := _problem(exercise, answer, shop):
        if _follows(exercise, answer, given, shop):
            said = say(
                "It follows from your answer to {earlier}. That one is not right yet: "
                "when you mend it, this one changes with it.",
                earlier=exercise.builds_on,
            )
            return Feedback(Outcome.YES, said, share=1.0)
        return Feedback(Outcome.NOT_QUITE, str(problem), share=share_right(problem))
    for number in range(1, FRESH_SHOPS + 1) if exercise.fresh_shops else ():
        problem = _problem(exercise, answer, shop_of(code_name(), lesson.number, fresh=number))
        if problem:
            known = str(problem) in [say(wrong.says) for wrong in exercise.wrong]
            # the numbers of another shop's cases would tell a learner nothing
            why = problem if known else say("Does it know your own cases by heart?")
            said = say("Right for your shop, but not for another one. {why}", why=why)
            return Feedback(Outcome.NOT_QUITE, said, share=share_right(problem) if known else 0.0)
    return Feedback(Outcome.YES, say(exercise.yes), share=1.0)


def _problem(exercise: Exercise, answer: Any, shop: Shop) -> str | None:
    """What is the matter with an answer: the sentence for a known slip before any other."""
    cases, right = _cases(exercise, shop), _right(exercise, shop)
    problem = exercise.judge(answer, right, cases)
    if problem is None:
        return None
    for wrong, slip in zip(exercise.wrong, _slips(exercise, shop), strict=True):
        if not _of_another_size(answer, slip) and exercise.judge(answer, slip, cases) is None:
            return Shortfall(say(wrong.says), share_right(problem))
    return problem


def _of_another_size(answer: Any, slip: Any) -> bool:
    """Whether both are tables and cannot be the same; to say in what they differ takes long."""
    shape = getattr(slip, "shape", ())
    return len(shape) == 2 and getattr(answer, "shape", shape) != shape


def _follows(exercise: Exercise, answer: Any, given: Any, shop: Shop) -> bool:
    """Whether an answer follows from the learner's own wrong answer to the earlier exercise."""
    if not exercise.builds_on or is_blank(given):
        return False
    earlier, _ = find_exercise(exercise.builds_on)
    if not _problem(earlier, given, shop):
        return False
    possible = exercise.follows(shop, given)
    cases = _cases(exercise, shop)
    return any(exercise.judge(answer, right, cases) is None for right in possible)


def _unanswered(exercise: Exercise, answer: Any, shop: Shop) -> bool:
    return is_left_open(answer, _cases(exercise, shop)) if callable(answer) else is_blank(answer)


# what is right does not change while a shop stands, and a check is asked for again and again;
# a few are kept, for each holds on to its shop


@functools.lru_cache(maxsize=24)
def _cases(exercise: Exercise, shop: Shop) -> Cases:
    return exercise.cases(shop)


@functools.lru_cache(maxsize=24)
def _right(exercise: Exercise, shop: Shop) -> Any:
    return exercise.right(shop)


@functools.lru_cache(maxsize=24)
def _slips(exercise: Exercise, shop: Shop) -> tuple[Any, ...]:
    return tuple(wrong.answer(shop) for wrong in exercise.wrong)
