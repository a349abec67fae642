"""Where the learner stands, by the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retailkit.catalogue import later, say
from retailkit.course.exercises import Lesson, lessons
from retailkit.course.feedback import Outcome
from retailkit.course.memory import CHECK
from retailkit.course.quizzes import QUIZ
from retailkit.journal import Line, journal, lines
from retailkit.text import Sentences

if TYPE_CHECKING:
    import pandas as pd

    from retailkit.figures import Chart

NO_JOURNAL = (
    later("Here no journal is kept, so nobody can say where you stand."),
    later("Opened with 'retailkit lab', the course notes your answers in your own folder."),
)


def progress() -> Chart | Sentences:
    """Where you stand: every exercise and every quiz, by your last answer to it.

    It is a picture with its words; without a journal it is a sentence that says why.

    >>> progress()
    Here no journal is kept, so nobody can say where you stand.
    Opened with 'retailkit lab', the course notes your answers in your own folder.
    """
    from retailkit import figures

    return figures.progress(tasks()) if journal() else Sentences(map(say, NO_JOURNAL))


def tasks() -> pd.DataFrame:
    """Every exercise and quiz and how it stands: columns `lesson`, `task`, `stands`, `answers`.

    `answers` counts the answers that were given and differed from the one before.
    """
    import pandas as pd

    noted = lines()
    rows = [row for lesson in lessons().values() for row in _tasks_of(lesson, noted)]
    return pd.DataFrame(rows, columns=["lesson", "task", "stands", "answers"])


def _tasks_of(lesson: Lesson, noted: list[Line]) -> list[tuple[int, str, str, int]]:
    rows = []
    for exercise in lesson.exercises:
        mine = [line for line in noted if (line["kind"], line["about"]) == (CHECK, exercise.id)]
        stands = str(mine[-1].get("outcome")) if mine else str(Outcome.NOT_YET)
        rows.append((lesson.number, exercise.id, _known(stands), len(mine)))
    mine = [line for line in noted if (line["kind"], line["about"]) == (QUIZ, str(lesson.number))]
    stands = str(Outcome.NOT_YET)
    if mine:
        whole = mine[-1].get("right") == mine[-1].get("of")
        stands = str(Outcome.YES if whole else Outcome.NOT_QUITE)
    return [*rows, (lesson.number, "quiz", stands, len(mine))]


def _known(stands: str) -> str:
    """An outcome; a line that somebody changed by hand counts as no answer."""
    return stands if stands in {Outcome.YES, Outcome.NOT_QUITE} else str(Outcome.NOT_YET)
