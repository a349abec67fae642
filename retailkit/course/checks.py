"""Check, hint, solution: what a learner calls.

A check says the same words each time, changes nothing and never stops a notebook.
"""

from __future__ import annotations

import contextlib
import io
import random
import warnings
from collections.abc import Iterator
from typing import Any

from retailkit.case_file import CaseFiles
from retailkit.course.exercises import Exercise, Lesson, find_exercise
from retailkit.course.feedback import Feedback, Outcome
from retailkit.course.judges import is_blank, is_left_open
from retailkit.course.places import code_name, shop_of
from retailkit.course.sheets import Sheet
from retailkit.shop import Shop

FRESH_SHOPS = 2
"""On how many further shops a function is tried, so that it cannot just know the visible one."""


def check(exercise_id: str, answer: Any) -> Feedback:
    """Whether an answer is right, and if not, what is the matter with it.

    >>> check("0.1", ...)
    Not yet. How many customers does your shop have? Give a number.
    """
    try:
        exercise, lesson = find_exercise(exercise_id)
    except ValueError as error:
        return Feedback(Outcome.CANNOT_SAY, str(error))
    with leaving_no_trace():
        try:
            return _checked(exercise, lesson, answer)
        except (Exception, SystemExit) as error:  # whatever is handed in, the notebook goes on
            reason = f"{type(error).__name__}: {error}"
            return Feedback(Outcome.CANNOT_SAY, f"Your answer could not be read ({reason}).")


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
        return Feedback(Outcome.CANNOT_SAY, f"Exercise {exercise_id} has hints 1 to {count}.")
    more = count - number
    then = f'rk.hint("{exercise_id}", {number + 1})' if more else f'rk.solution("{exercise_id}")'
    left = (
        f"There {'is one' if more == 1 else f'are {more}'} more: {then}"
        if more
        else f"The last hint. Then: {then}"
    )
    return Feedback(Outcome.HINT, f"{exercise.hints[number - 1]} ({left})")


def solution(exercise_id: str) -> Feedback:
    """One way to solve an exercise, and why it is solved so.

    >>> print(solution("0.1").code)
    customers = len(shop.customers)
    """
    try:
        exercise, _ = find_exercise(exercise_id)
    except ValueError as error:
        return Feedback(Outcome.CANNOT_SAY, str(error))
    how = [line for line in exercise.how.splitlines() if " SOLUTION" not in line]
    return Feedback(Outcome.SOLUTION, exercise.why, "\n".join(how))


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
    with leaving_no_trace():
        unanswered = _unanswered(exercise, answer, shop)
    if not unanswered:
        return answer
    said = f"You have no answer to {exercise_id} yet, so the lesson goes on with the course's own."
    print(said)
    return exercise.right(shop)


@contextlib.contextmanager
def leaving_no_trace() -> Iterator[None]:
    """Whatever runs inside prints nothing, warns of nothing and draws no random numbers."""
    import numpy as np

    state, numpy_state = random.getstate(), np.random.get_state()
    silence = io.StringIO()
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            contextlib.redirect_stdout(silence),
            contextlib.redirect_stderr(silence),
        ):
            yield
    finally:
        random.setstate(state)
        np.random.set_state(numpy_state)


def _checked(exercise: Exercise, lesson: Lesson, answer: Any) -> Feedback:
    shop = shop_of(code_name(), lesson.number)
    if _unanswered(exercise, answer, shop):
        return Feedback(Outcome.NOT_YET, exercise.asks)
    if problem := _problem(exercise, answer, shop):
        return Feedback(Outcome.NOT_QUITE, problem)
    for number in range(1, FRESH_SHOPS + 1) if exercise.fresh_shops else ():
        problem = _problem(exercise, answer, shop_of(code_name(), lesson.number, fresh=number))
        if problem:
            slips = [wrong.says for wrong in exercise.wrong]
            # the numbers of another shop's cases would tell a learner nothing
            why = problem if problem in slips else "Does it know your own cases by heart?"
            said = f"Right for your shop, but not for another one. {why}"
            return Feedback(Outcome.NOT_QUITE, said)
    return Feedback(Outcome.YES, exercise.yes)


def _problem(exercise: Exercise, answer: Any, shop: Shop) -> str | None:
    """What is the matter with an answer: the sentence for a known slip before any other."""
    cases = exercise.cases(shop)
    problem = exercise.judge(answer, exercise.right(shop), cases)
    if problem is None:
        return None
    for wrong in exercise.wrong:
        if exercise.judge(answer, wrong.answer(shop), cases) is None:
            return wrong.says
    return problem


def _unanswered(exercise: Exercise, answer: Any, shop: Shop) -> bool:
    if callable(answer):
        return is_left_open(answer, exercise.cases(shop))
    return is_blank(answer)
