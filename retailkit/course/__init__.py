"""The course: every learner's own shop, checks that teach, and the lessons' exercises."""

from retailkit.course.checks import cases, check, given, hint, sheet, solution
from retailkit.course.folders import practice_folder
from retailkit.course.places import my_shop
from retailkit.course.practice import try_rule
from retailkit.course.quizzes import quiz
from retailkit.course.standing import progress

__all__ = [
    "cases",
    "check",
    "given",
    "hint",
    "my_shop",
    "practice_folder",
    "progress",
    "quiz",
    "sheet",
    "solution",
    "try_rule",
]
