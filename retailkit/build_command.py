"""The command that makes the notebooks: the lessons from their sources, or a course of nbgrader."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from retailkit.catalogue import say
from retailkit.words import not_a

NBGRADER = "nbgrader"


def build_lessons(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="With --format: the folder of the course.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the lessons are up to date.")
    ] = False,
    made_for: Annotated[
        str, typer.Option("--format", help="nbgrader: copies of the lessons as its course, in DIR.")
    ] = "",
) -> None:
    """Make the notebooks from their sources; or copies of them in another format."""
    said = _copies(made_for, folder) if made_for or folder else _built(check)
    for line in said:
        typer.echo(line)


def _copies(made_for: str, folder: Path | None) -> list[str]:
    if not made_for:
        raise ValueError(
            say("'{folder}': a folder is named with --format nbgrader alone.", folder=folder)
        )
    if made_for != NBGRADER:
        raise ValueError(not_a("format", made_for, [NBGRADER]))
    if folder is None:
        raise ValueError(say("Name the folder of the course, after the format."))
    from retailkit.marking.nbgrader_course import write_course

    return write_course(folder)


def _built(check: bool) -> list[str]:
    try:
        from retailkit.course.builder import build

        return build(check=check)
    except ModuleNotFoundError as error:
        raise OSError(
            say(
                "{name} is missing; lessons are built in a checkout, with its test tools. "
                "Try: python3 -m uv run --group test retailkit lessons build",
                name=error.name,
            )
        ) from error
