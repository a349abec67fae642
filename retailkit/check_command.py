"""The command `retailkit lessons check`: the proof of a notebook of one's own, in sentences."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Notebooks, as saved.")]
Timeout = Annotated[
    float, typer.Option(metavar="SECONDS", help="How long one cell may run.", min=1)
]


def check_lessons(files: Files, timeout: Timeout = 120) -> None:
    """Run notebooks afresh, and say whether they show what is stored in them.

    Every output is compared, word for word; pictures by their words alone. Besides, each is
    looked through: run once from the top, no warnings, nothing of your computer in what it
    shows, no link that leads nowhere. A notebook is not changed, but its code is run as
    yours, in its folder: check only what you trust. It ends with 0 where all is well, with
    1 where something is to be mended, and with 2 where a file could not be checked.
    """
    from retailkit.proof import prove

    # each notebook has a process of its own, so that threads do to wait for them
    with ThreadPoolExecutor(os.cpu_count()) as crew:
        worst = 0
        for report in crew.map(lambda file: prove(file, timeout), dict.fromkeys(files)):
            for line in report.lines():
                typer.echo(line)
            worst = max(worst, report.exit_code)
    raise typer.Exit(worst)
