"""The commands: parse, call, print."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="A course you can run: specialist support to customers, on a shop made for you.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # a learner is shown a sentence, not our stack
)
lessons = typer.Typer(help="The lessons, for those who write them.", no_args_is_help=True)
app.add_typer(lessons, name="lessons")


def main() -> None:
    """Run one command; what goes wrong is said in one sentence, with exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks a letter still prints
    # a closed window or a stopped service ends us as Ctrl-C does: with the server, not before it
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        app()
    except (ValueError, OSError) as error:
        typer.echo(sentence(error), err=True)
        sys.exit(1)


def sentence(error: ValueError | OSError) -> str:
    """What went wrong, in one sentence.

    >>> sentence(FileNotFoundError(2, "No such file or directory", "claims.csv"))
    "'claims.csv' could not be used: no such file or directory."
    """
    if isinstance(error, OSError) and error.strerror:
        name = f"'{error.filename}'" if error.filename else "A file"
        return f"{name} could not be used: {error.strerror.lower()}."
    return str(error)


@app.command()
def lab(
    codename: Annotated[
        str | None,
        typer.Option(help="A name you made up; your shop is made from it. Not your real name."),
    ] = None,
    folder: Annotated[Path, typer.Option(help="Where your own copies of the lessons lie.")] = Path(
        "~/retailkit-lessons"
    ),
    port: Annotated[int | None, typer.Option(help="By default the next free one is taken.")] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the browser, or leave it to you.")
    ] = True,
) -> None:
    """Open the course in JupyterLab."""
    from retailkit.handout import hand_out, open_folder
    from retailkit.lab import checked_codename, checked_port, codename_for, running

    # first what the learner typed: a slip there should leave nothing behind
    if codename is not None:
        checked_codename(codename)
    if port is not None:
        checked_port(port)
    folder = open_folder(folder)
    for line in hand_out(folder):
        typer.echo(line)
    typer.echo(f"Your lessons and your work lie in {folder}")
    if name := codename_for(folder, codename):
        typer.echo(f"Your code name is {name}; the shop in the lessons is made from it.")
    typer.echo("Opening JupyterLab, which takes a moment ...")
    try:
        with running(folder, codename=codename, port=port, browser=browser) as started:
            typer.echo(f"If no page opens, copy this address into a browser:\n  {started.address}")
            typer.echo("Your work is saved as you go. To stop, press Ctrl-C here.")
            started.wait()
    except KeyboardInterrupt:
        typer.echo("\nStopped. 'retailkit lab' opens your work again.")


@lessons.command("build")
def build_lessons(
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the lessons are up to date.")
    ] = False,
) -> None:
    """Make the notebooks from their sources."""
    try:
        from retailkit.course.builder import build

        said = build(check=check)
    except ModuleNotFoundError as error:
        raise OSError(
            f"{error.name} is missing; lessons are built in a checkout, with its test tools. "
            "Try: python3 -m uv run --group test retailkit lessons build"
        ) from error
    for line in said:
        typer.echo(line)


@app.command()
def generate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the data set is written.")],
    customers: Annotated[int, typer.Option(help="How many customers the shop has.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed makes the same shop.")] = 1,
    market: Annotated[str, typer.Option(help="Whose rules hold: ES is Spain.")] = "generic",
) -> None:
    """Make a shop and write it as a data set."""
    import retailkit as rk

    shop = rk.make_shop(seed=seed, customers=customers, market=market)
    rk.write_dataset(shop, folder)
    typer.echo(f"{shop}\nIt lies in {folder.absolute()}")


@app.command()
def triage(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A data set made by the kit.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Where the rulings are written; beside the data set, DIR-rulings."),
    ] = None,
) -> None:
    """Judge every claim of a data set, and say which to answer first."""
    import retailkit as rk
    from retailkit.desk import worklist

    work = worklist(rk.read_dataset(folder))
    typer.echo(work.counts())
    typer.echo(f"\nStill to be answered: {len(work.waiting)}. The most urgent first:")
    for line in work.most_urgent():
        typer.echo(line)
    # a data set holds its own files alone, so what was made of it lies beside it
    beside = folder.resolve().with_name(f"{folder.resolve().name}-rulings")
    for path in work.write(out or beside):
        typer.echo(f"Written: {path}")
