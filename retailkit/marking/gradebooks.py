"""Marks as Moodle and Canvas import them into their gradebooks: CSV, one column for a lesson.

Read in November 2026. Moodle: <https://docs.moodle.org/405/en/Grade_import>, and what reads the
file, grade/import/csv/classes/load_data.php of moodle/moodle. Canvas: what reads the file,
lib/gradebook_importer.rb of instructure/canvas-lms. Neither was tried in a Moodle or a Canvas.

Who was not marked in a lesson gets no mark there, and an older mark of theirs may go with it:
import into a new column, or leave these rows out. A Moodle item that is there already must count
to 100, as those do that Moodle makes for a new column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from retailkit.catalogue import say
from retailkit.course.exercises import find_lesson
from retailkit.marking.grade import Marked, Marks
from retailkit.marking.pages import points
from retailkit.marking.roster import Learner
from retailkit.marking.tables import FORMULA, as_csv
from retailkit.words import listing, not_a

MOODLE, CANVAS = "moodle", "canvas"

FOUND_BY = {
    MOODLE: {"email": "Email address", "username": "Username", "learner_id": "ID number"},
    CANVAS: {"learner_id": "SIS User ID", "username": "SIS Login ID"},
}
"""How each gradebook finds a learner: by what the roster says, and the column it reads that from.

Canvas would also go by the name alone; two of one name are then one."""

FULL_IN_MOODLE = 100
"""A grade item that Moodle makes for a column counts up to this."""

NO_MARK_IN_MOODLE = "-"
"""What Moodle reads as none; a mark that is there goes."""


def ready_for(gradebook: str, learners: Iterable[Learner]) -> list[str]:
    """By what a gradebook will find these learners, in the roster's words.

    What stands twice in the roster, or would not come back as it is written, does not count.
    Raises ValueError where there is no such gradebook, or it could not find somebody.

    >>> ready_for("moodle", [Learner(name="Ana Ruiz", email="ana@school.example")])
    ['email']
    """
    if gradebook not in FOUND_BY:
        raise ValueError(not_a("gradebook", gradebook, FOUND_BY))
    learners = list(learners)
    lacks = {by: [one for one in learners if not getattr(one, by)] for by in FOUND_BY[gradebook]}
    told = [by for by in lacks if not lacks[by]]
    if not told:
        nearest = min(lacks, key=lambda by: len(lacks[by]))
        raise ValueError(
            say(
                "{gradebook} finds learners by {columns}. Fill one of these columns of the roster "
                "for everybody; {name} has no {column}.",
                gradebook=gradebook.title(),
                columns=listing(map(_column, lacks), "or"),
                name=lacks[nearest][0].name,
                column=_column(nearest),
            )
        )
    against = {by: _against(gradebook, by, learners) for by in told}
    if all(against.values()):
        raise ValueError(next(iter(against.values())))
    return [by for by in told if not against[by]]


def _column(by: str) -> str:
    """How the roster that the kit writes calls it."""
    return "id" if by == "learner_id" else by


def _against(gradebook: str, by: str, learners: list[Learner]) -> str:
    """Why a gradebook would not find everybody by this, if so."""
    values = [getattr(one, by) for one in learners]
    counted = Counter(value.lower() for value in values)
    for value in values:
        said = {"gradebook": gradebook.title(), "column": _column(by), "value": value}
        if counted[value.lower()] > 1:
            return say(
                "{gradebook} tells learners apart by {column}, and {value!r} stands there twice. "
                "Leave {column} out of the roster, or write another.",
                **said,
            )
        if value.startswith(FORMULA):
            return say(
                "{gradebook} would not find {value!r}: a spreadsheet takes it for a formula, so it "
                "is changed when it is written. Leave {column} out of the roster, or write "
                "another.",
                **said,
            )
    return ""


def for_gradebook(marks: Marks, gradebook: str) -> str:
    """The marks of a class as the CSV that a gradebook imports: a row for each learner.

    Canvas gets points, with how many there could be in a row of its own; Moodle, which makes
    items of 100, gets hundredths. Who was not marked in a lesson has no mark there.
    Raises ValueError as `ready_for`.
    """
    told = ready_for(gradebook, [one.learner for one in marks.learners])
    lessons = [f"Lesson {lesson}" for lesson in marks.lessons]
    if gradebook == MOODLE:
        names = [FOUND_BY[MOODLE][by] for by in told]
        rows = [
            [
                *(getattr(one.learner, by) for by in told),
                *(_in_moodle(one, lesson) for lesson in marks.lessons),
            ]
            for one in marks.learners
        ]
        return as_csv([*names, *lessons], rows)
    names = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    most = ["Points Possible", "", "", "", "", *map(_most, marks.lessons)]
    rows = [
        [*_in_canvas(one.learner, told), *_points(one, marks.lessons)] for one in marks.learners
    ]
    return as_csv([*names, *lessons], [most, *rows])


def _most(lesson: int) -> str:
    return str(len(find_lesson(lesson).exercises))


def _in_canvas(one: Learner, told: list[str]) -> list[str]:
    # the second is Canvas' own number of a learner, which no roster has; all have their place
    ids = [getattr(one, by) if by in told else "" for by in FOUND_BY[CANVAS]]
    return [one.name, "", *ids, one.section]


def _points(one: Marked, lessons: list[int]) -> list[str]:
    return [
        points(sum(mark.mark for mark in one.marks[lesson])) if lesson in one.marks else ""
        for lesson in lessons
    ]


def _in_moodle(one: Marked, lesson: int) -> str:
    if lesson not in one.marks:
        return NO_MARK_IN_MOODLE
    marks = one.marks[lesson]
    return points(FULL_IN_MOODLE * sum(mark.mark for mark in marks) / len(marks))
