"""The commands of a learner: open the course, begin a lesson anew, ask what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from retailkit.catalogue import later, say
from retailkit.words import listing

Folder = Annotated[Path, typer.Option(help="Where your own copies of the lessons lie.")]
HOME = Path("~/retailkit-lessons")
Codename = Annotated[
    str | None,
    typer.Option(help="A name you made up; your shop is made from it. Not your real name."),
]
Port = Annotated[int | None, typer.Option(help="By default the next free one is taken.")]
Browser = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open the browser, or leave it to you.")
]
Teacher = Annotated[
    bool, typer.Option("--teacher", help="Lay the notebooks for teachers beside the lessons.")
]
Lesson = Annotated[str, typer.Argument(metavar="LESSON", help="Its number or name, such as 7.")]

STOPPED = later("Stopped. 'retailkit lab' opens your work again.")
TO_MEND = later("Mend what is WRONG, then ask the doctor again.")
CAN_START = later("The course can start: retailkit lab")
NO_JOURNAL = later("There is no journal in '{place}'. Nothing was deleted.")
NO_JOURNAL_OF = later("There is no journal of {name} in '{place}'. Nothing was deleted.")


def lab(
    codename: Codename = None,
    folder: Folder = HOME,
    port: Port = None,
    browser: Browser = True,
    teacher: Teacher = False,
) -> None:
    """Open the course in JupyterLab."""
    from retailkit.handout import open_folder
    from retailkit.lab import FIRST_LESSON, checked_codename, codename_for, running
    from retailkit.ports import checked_port

    # first what the learner typed: a slip there should leave nothing behind
    if codename is not None:
        checked_codename(codename)
    if port is not None:
        checked_port(port)
    folder = open_folder(folder)
    for line in _handed_out(folder, teacher=teacher):
        typer.echo(line)
    if name := codename_for(folder, codename):
        typer.echo(
            say("Your code name is {name}; the shop in the lessons is made from it.", name=name)
        )
    typer.echo(say("Opening JupyterLab, which takes a moment ..."))
    try:
        with running(folder, codename=codename, port=port, browser=browser) as started:
            if started.opens != FIRST_LESSON:
                typer.echo(say("You go on where you were: {lesson}", lesson=started.opens))
            typer.echo(say("If no page opens, copy this address into a browser:"))
            typer.echo(f"  {started.address}")
            typer.echo(say("Your work is saved as you go. To stop, press Ctrl-C here."))
            started.wait()
    except KeyboardInterrupt:
        typer.echo(f"\n{say(STOPPED)}")


def _handed_out(folder: Path, *, teacher: bool) -> list[str]:
    """Copy the lessons, and a teacher's notebooks beside them; what was done, in sentences."""
    from retailkit.handout import hand_out, lessons_to_hand_out, teachers_notebooks

    extra = teachers_notebooks() if teacher else []
    said = hand_out(folder, [*lessons_to_hand_out(), *extra])
    said.append(say("Your lessons and your work lie in {folder}", folder=folder))
    if extra:
        names = listing([notebook.name for notebook in extra])
        said.append(
            say("For you as a teacher: {names}, in the list of files on the left.", names=names)
        )
    return said


def restart(lesson: Lesson, folder: Folder = HOME) -> None:
    """Begin a lesson anew; your old copy is kept under another name."""
    from retailkit import handout

    for line in handout.restart(folder, lesson):
        typer.echo(line)


def doctor(folder: Folder = HOME) -> None:
    """See whether this computer has what the course needs, and what to do where not."""
    from retailkit.doctor import Verdict, examine

    found = []
    for finding in examine(folder):
        typer.echo(repr(finding))
        found.append(finding.verdict)
    if Verdict.WRONG in found:
        typer.echo(f"\n{say(TO_MEND)}")
        raise typer.Exit(1)
    typer.echo(f"\n{say(CAN_START)}")


def forget(
    codename: Annotated[
        str | None, typer.Option(help="Only the journal of this code name; else all of the folder.")
    ] = None,
    folder: Folder = HOME,
) -> None:
    """Delete the journal: what you answered and how it was judged. The lessons stay."""
    from retailkit import journal

    place = folder.expanduser()
    gone = journal.forget(place, codename)
    for name in gone:
        typer.echo(say("The journal of {name} is deleted.", name=name))
    if not gone:
        nothing = NO_JOURNAL_OF if codename else NO_JOURNAL
        typer.echo(say(nothing, name=codename, place=place))
