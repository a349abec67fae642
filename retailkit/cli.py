"""The commands: parse, call, print."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from retailkit.build_command import build_lessons
from retailkit.catalogue import say
from retailkit.check_command import check_lessons
from retailkit.class_commands import classroom_command, grade_command, handin_command
from retailkit.command_line import secret_in
from retailkit.crm_command import prepare_command
from retailkit.import_command import import_table
from retailkit.lab_command import doctor, forget, lab, restart
from retailkit.progress_bar import progress
from retailkit.records import need_word
from retailkit.site_command import make_site

app = typer.Typer(
    help="A course you can run: specialist support to customers, on a shop made for you.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # a learner is shown a sentence, not our stack
)
lessons = typer.Typer(help="The lessons, for those who write them.", no_args_is_help=True)
crm = typer.Typer(help="The customer database that a class shares.", no_args_is_help=True)
for command in (lab, restart, doctor, forget):
    app.command()(command)
app.command("import")(import_table)
app.command("classroom")(classroom_command)
app.command("handin")(handin_command)
app.command("grade")(grade_command)
app.add_typer(lessons, name="lessons")
lessons.command("build")(build_lessons)
lessons.command("check")(check_lessons)
lessons.command("site")(make_site)
app.add_typer(crm, name="crm")
crm.command("prepare")(prepare_command)


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
    except ImportError as error:
        said = say(
            "{name} is missing or damaged. 'retailkit doctor' says what to do.",
            name=error.name or error,
        )
        typer.echo(said, err=True)
        sys.exit(1)


def sentence(error: ValueError | OSError) -> str:
    """What went wrong, in one sentence.

    >>> sentence(FileNotFoundError(2, "No such file or directory", "claims.csv"))
    "'claims.csv' could not be used: no such file or directory."
    """
    if isinstance(error, OSError) and error.strerror:
        return say(
            "'{file}' could not be used: {reason}."
            if error.filename
            else "A file could not be used: {reason}.",
            file=error.filename,
            reason=say(error.strerror.lower()),
        )
    return str(error)


Market = Annotated[str, typer.Option(help="Whose rules hold: ES is Spain.")]
Customers = Annotated[str, typer.Option(metavar="NUMBER", help="How many customers it has.")]
Seed = Annotated[str, typer.Option(metavar="NUMBER", help="The same seed makes the same shop.")]
Workers = Annotated[
    str | None,
    typer.Option(
        metavar="NUMBER", help="How many blocks to make at a time; how many processes, if local."
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Have the blocks made by a dask scheduler's workers; 'local' starts processes here.",
    ),
]
Formats = Annotated[
    str, typer.Option("--format", help="One or more of csv, parquet, xlsx, sqlite and jsonl.")
]
Faults = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=SHARE", help="What to plant, such as late_acknowledgement=0.1."),
]
Secret = Annotated[
    Path | None, typer.Option(help="A file with one word, from which the faults are drawn.")
]
Language = Annotated[
    str | None,
    typer.Option(help="Take every case down in this language: en, es or hi. Else each its own."),
]
Answers = Annotated[
    Path | None, typer.Option(help="Where the list of what was planted is written.")
]


@app.command()
def generate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the data set is written.")],
    customers: Customers = "500",
    seed: Seed = "1",
    market: Market = "generic",
    formats: Formats = "csv",
    fault: Faults = None,
    secret: Secret = None,
    answers: Answers = None,
    workers: Workers = None,
    cluster: Cluster = None,
    language: Language = None,
) -> None:
    """Make a shop and write it as a data set."""
    from retailkit.files import write_plan
    from retailkit.files.description import title_of
    from retailkit.generate.plan import plan_of

    plan = plan_of(
        seed=whole_number("seed", seed),
        customers=whole_number("customers", customers),
        market=market,
        faults=faults_in(fault) if fault else None,
        secret=secret_in(secret) if secret else None,
        language=language,
    )
    names = formats.replace(",", " ").split()
    crew = whole_number("workers", workers) if workers is not None else None
    try:
        with progress(say("Making the shop")) as bar:
            folder = write_plan(plan, folder, names, crew, bar, answers, cluster)
    except KeyboardInterrupt:
        typer.echo(say("Stopped. What was there before is unchanged."), err=True)
        raise typer.Exit(130) from None
    typer.echo(f"{title_of(folder)}\n{say('It lies in {folder}', folder=folder)}")


def whole_number(name: str, text: str) -> int:
    """The number that was typed.

    Raises ValueError.

    >>> whole_number("seed", "7")
    7
    """
    try:
        return int(text)
    except ValueError:
        raise ValueError(
            say(
                "{name}: {text!r} is not a whole number. Write it with digits alone, like 12.",
                name=name,
                text=text,
            )
        ) from None


def faults_in(words: list[str]) -> dict[str, float]:
    """The faults to plant and the share of each, from words like `name=0.1`.

    Raises ValueError.
    """
    from retailkit.generate.faults import FAULTS

    faults = {}
    for word in words:
        name, sign, share = word.partition("=")
        if not sign:
            raise ValueError(
                say(
                    "fault: {word!r} has no share. Write it like {name}=0.1.",
                    word=word,
                    name=name or "name",
                )
            )
        if name in faults:
            raise ValueError(say("fault: {name!r} is named twice. Give it one share.", name=name))
        faults[need_word(name, FAULTS, "fault")] = share_in(name, share)
    return faults


def share_in(name: str, text: str) -> float:
    """The share that was typed: a number from 0 to 1.

    Raises ValueError.

    >>> share_in("late_acknowledgement", "0.12")
    0.12
    """
    try:
        share = float(text)
    except ValueError:
        raise ValueError(
            say("{name}: {text!r} is not a number. Write it like 0.1.", name=name, text=text)
        ) from None
    if not 0 <= share <= 1:
        raise ValueError(
            say(
                "{name}: {text} is not a share. Choose a number from 0 to 1, like 0.1.",
                name=name,
                text=text,
            )
        )
    return share


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
    typer.echo()
    typer.echo(
        say(
            "Still to be answered: {count}. The most urgent first:"
            if len(work.waiting)
            else "Still to be answered: {count}.",
            count=len(work.waiting),
        )
    )
    for line in work.most_urgent():
        typer.echo(line)
    # a data set holds its own files alone, so what was made of it lies beside it
    beside = folder.resolve().with_name(f"{folder.resolve().name}-rulings")
    for path in work.write(out or beside):
        typer.echo(say("Written: {path}", path=path))


@app.command()
def audit(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A data set made by the kit.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Where the page is written; beside the data set, DIR-audit."),
    ] = None,
) -> None:
    """Hold a data set's complaint procedure against the nine principles."""
    import retailkit as rk
    from retailkit.audit_page import audit_lines, write_audit

    shop = rk.read_dataset(folder)
    report = rk.audit(shop)
    for line in audit_lines(report):
        typer.echo(line)
    # a data set holds its own files alone, so what was made of it lies beside it
    beside = folder.resolve().with_name(f"{folder.resolve().name}-audit")
    for path in write_audit(shop, report, out or beside):
        typer.echo(say("Written: {path}", path=path))
