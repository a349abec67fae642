"""The commands for a class: make its packs, hand in, mark. Parse, call, print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retailkit.catalogue import say
from retailkit.command_line import secret_in
from retailkit.marking.due import due_at
from retailkit.progress_bar import progress

if TYPE_CHECKING:
    from retailkit.marking.roster import Learner

Roster = Annotated[
    Path,
    typer.Argument(
        metavar="ROSTER", help="CSV or XLSX with names and, if you like, IDs and email."
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder for this class alone.")]
Secret = Annotated[
    Path | None,
    typer.Option(help="A file with one word: with the same one, code names come out the same."),
]
WithAnswers = Annotated[
    bool, typer.Option("--answers/--no-answers", help="Work out everybody's answers; takes time.")
]
Lessons = Annotated[
    list[int] | None,
    typer.Argument(metavar="LESSON", help="Numbers of lessons; else those you have worked in."),
]
Mine = Annotated[Path, typer.Option("--folder", help="Where your copies of the lessons lie.")]
Zip = Annotated[Path | None, typer.Option(help="The zip to write; else in your lessons' folder.")]
Submissions = Annotated[
    Path, typer.Argument(metavar="SUBMISSIONS", help="The folder with what was handed in.")
]
WithCodeNames = Annotated[
    Path, typer.Option("--roster", metavar="ROSTER", help="DIR/teacher/roster.csv of the class.")
]
Out = Annotated[Path, typer.Option(help="The table of marks; pages go into a folder beside it.")]
Gradebook = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="GRADEBOOK",
        help="Also write the file that this gradebook imports: moodle or canvas.",
    ),
]
Due = Annotated[
    str | None, typer.Option(metavar="DAY", help="2026-11-30, to its end, or 2026-11-30T12:00.")
]
Seconds = Annotated[
    int, typer.Option(help="How long one notebook may run; one cell, a quarter of it.", min=20)
]
Memory = Annotated[int, typer.Option(metavar="MB", help="How much memory it may take.", min=200)]


def classroom_command(
    roster: Roster, folder: Folder, secret: Secret = None, answers: WithAnswers = True
) -> None:
    """Make a pack for every student, and the teacher's with names, code names and answers."""
    from retailkit.marking.classroom import classroom

    word = secret_in(secret) if secret else None
    with progress(say("Making the packs")) as tell:
        said = classroom(
            roster, folder, secret=word, answers_to=None if answers else (), progress=tell
        )
    for line in said:
        typer.echo(line)


def handin_command(
    lessons: Lessons = None, folder: Mine = Path("~/retailkit-lessons"), out: Zip = None
) -> None:
    """Pack your work into one zip, under your code name.

    Before that your lessons are run afresh, in order, in a copy; what would come out
    otherwise than you see it is said, and handed in all the same.
    """
    from retailkit.marking.handin import handin

    with progress(say("Running your lessons afresh")) as tell:
        said = handin(folder, lessons or [], at=datetime.now(UTC), out=out, progress=tell)
    for line in said:
        typer.echo(line)


def grade_command(
    submissions: Submissions,
    roster: WithCodeNames,
    out: Out = Path("marks.csv"),
    gradebook: Gradebook = None,
    due: Due = None,
    seconds: Seconds = 240,
    memory: Memory = 2000,
) -> None:
    """Mark what was handed in: a table of marks, a page for each learner, one of the class.

    Every notebook runs in a process of its own with a folder of its own, for a limited
    time, with limited memory, output, files and processes. Its answers are read out as
    data and judged outside of it: nothing in a notebook can change its mark.

    On Linux the kernel also keeps a notebook from writing, or reading your files, outside
    its folder, from the network and from other processes, as far as it lets us; the page
    of the class says what was not limited. On macOS and Windows Python alone watches
    over files and network, which stops slips and plain mischief, and nobody who knows
    more. None of this is a lock against a break-in by an expert: mark what strangers
    send on a machine that holds nothing else. Many small files can still fill a disk,
    and when something was handed in is what the learner's own computer says.
    """
    from retailkit.marking.grade import grade
    from retailkit.marking.limits import Limits
    from retailkit.marking.pages import lines_of
    from retailkit.marking.written import write_marks

    learners = _learners(roster, gradebook)
    limits = Limits(seconds=seconds, seconds_for_a_cell=seconds / 4, memory=memory)
    until = due_at(due) if due else None
    with progress("Marking") as tell:
        marks = grade(submissions, learners, due=until, limits=limits, progress=tell)
    for line in lines_of(marks):
        typer.echo(line)
    for path in write_marks(marks, out, gradebook):
        typer.echo(say("Written: {path}", path=path))


def _learners(roster: Path, gradebook: str | None) -> list[Learner]:
    """Who is on the roster; what a gradebook lacks there is said before marking, which takes long.

    Raises ImportProblems, ValueError.
    """
    from retailkit.marking.gradebooks import ready_for
    from retailkit.marking.roster import read_roster

    learners = read_roster(roster, with_code_names=True)
    if gradebook:
        ready_for(gradebook, learners)
    return learners
