"""For teachers: hand a course out to a class, mark what comes back, and read the marks.

The same is done by the commands `retailkit classroom` and `retailkit grade`.
"""

from __future__ import annotations

from retailkit.marking.classroom import classroom
from retailkit.marking.grade import grade
from retailkit.marking.pages import marks_table
from retailkit.marking.practice import practice_work
from retailkit.marking.roster import read_roster
from retailkit.marking.written import write_marks

__all__ = [
    "classroom",
    "grade",
    "marks_table",
    "practice_work",
    "read_roster",
    "write_marks",
]
