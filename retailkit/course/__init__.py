"""The course: every learner's own shop, checks that teach, and the lessons' exercises."""

from retailkit.course.checks import cases, check, given, hint, sheet, solution
from retailkit.course.folders import practice_folder
from retailkit.course.places import my_shop
from retailkit.course.practice import try_rule

__all__ = [
    "cases",
    "check",
    "given",
    "hint",
    "my_shop",
    "practice_folder",
    "sheet",
    "solution",
    "try_rule",
]
