"""The command `retailkit lessons site`: the course as a site that runs in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from retailkit.catalogue import say

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Where the site is written.")]
OwnPyodide = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Pyodide, unpacked: a site that asks nobody else."),
]


def make_site(folder: Folder, pyodide: OwnPyodide = None) -> None:
    """Make a site with the lessons, which runs in the browser: nothing need be installed.

    Put the folder on a web space, such as GitHub Pages. The lessons come in the language of
    this computer (RETAILKIT_LANG chooses another).
    """
    from retailkit.site import build_site

    typer.echo(say("Building the site, which takes a moment ..."))
    try:
        said = build_site(folder, pyodide)
    except KeyboardInterrupt:
        typer.echo(say("Stopped. What was there before is unchanged."), err=True)
        raise typer.Exit(130) from None
    for line in said:
        typer.echo(line)
