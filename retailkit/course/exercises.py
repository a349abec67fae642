"""What an exercise is: a question with a right answer and the wrong ones that learners give."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from retailkit.case_file import CaseFile, case_file
from retailkit.catalogue import say
from retailkit.course.questions import QuizQuestion
from retailkit.course.sheets import Sheet
from retailkit.words import did_you_mean, listing

if TYPE_CHECKING:
    from retailkit.procedure import Procedure
    from retailkit.shop import Shop

Cases = Mapping[str, Any]
"""The cases that an exercise is about, by number: what a learner's function is tried on."""

Judge = Callable[[Any, Any, Cases], str | None]
"""Holds an answer against the right one: nothing where it is right, else a sentence saying why."""


@dataclass(frozen=True, kw_only=True)
class WrongAnswer:
    """An answer that learners really give, and the sentence that helps those who do."""

    name: str
    answer: Callable[[Shop], Any]
    says: str


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise. Every expected value is computed from the learner's own shop.

    With `fresh_shops` an answer, which then is a function, is tried on further shops too.
    `cases` are shown as cards, a `sheet` as numbered lines.

    An exercise that `builds_on` an earlier one has in `follows` every answer that follows from
    a learner's own answer there: a slip made earlier is not held against it once more.
    """

    id: str
    asks: str
    right: Callable[[Shop], Any]
    judge: Judge
    yes: str
    hints: tuple[str, ...]
    how: str
    why: str
    wrong: tuple[WrongAnswer, ...]
    cases: Callable[[Shop], Cases] = lambda shop: {}
    card: Callable[[Shop, str], CaseFile] = case_file
    sheet: Callable[[Shop], Sheet] = lambda shop: Sheet()
    fresh_shops: bool = False
    builds_on: str = ""
    follows: Callable[[Shop, Any], Collection[Any]] = lambda shop, earlier: ()


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What the library knows of a lesson: the facts it teaches, its shop, its exercises, its quiz.

    `faults` are planted in its shop: the same for everybody, or drawn from the shop's seed.
    None plants what every shop meets. `procedure` is what its shop promises, drawn in the
    same way; None promises what is usual. `files` lie in its practice folder, by name.
    """

    number: int
    teaches: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    quiz: tuple[QuizQuestion, ...] = ()
    customers: int = 500
    market: str = "ES"
    faults: Mapping[str, float] | Callable[[int], Mapping[str, float]] | None = None
    procedure: Callable[[int], Procedure] | None = None
    files: Callable[[Shop], Mapping[str, bytes]] = lambda shop: {}


@functools.cache
def lessons() -> dict[int, Lesson]:
    """Every lesson there is, by number."""
    files = [file.name for file in resources.files("retailkit.course").iterdir()]
    names = sorted(file[:-3] for file in files if re.fullmatch(r"lesson_\d\d\.py", file))
    found = [importlib.import_module(f"retailkit.course.{name}").LESSON for name in names]
    return {lesson.number: lesson for lesson in found}


def find_lesson(number: int) -> Lesson:
    """The lesson with this number.

    Raises ValueError that names the lessons there are.
    """
    if number not in lessons():
        known = listing([str(known) for known in lessons()])
        said = "There is no lesson {number!r}. There are lessons {known}."
        raise ValueError(say(said, number=number, known=known))
    return lessons()[number]


def find_exercise(exercise_id: str) -> tuple[Exercise, Lesson]:
    """The exercise with this number, and its lesson.

    Raises ValueError that names the exercises there are.

    >>> find_exercise("7.1")[1].number
    7
    """
    known = {
        exercise.id: (exercise, lesson)
        for lesson in lessons().values()
        for exercise in lesson.exercises
    }
    if str(exercise_id) not in known:
        said = "There is no exercise {exercise!r}. There are {known}."
        said = say(said, exercise=exercise_id, known=listing(known))
        raise ValueError(f"{said}{did_you_mean(exercise_id, known)}")
    return known[str(exercise_id)]
