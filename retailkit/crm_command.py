"""The command for a class's shared database: parse, call, print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Url = Annotated[str, typer.Argument(metavar="URL", help="postgresql+psycopg://owner@host/database")]
Roster = Annotated[
    Path | None,
    typer.Option(metavar="ROSTER", help="DIR/teacher/roster.csv of the class, with code names."),
]
Role = Annotated[str, typer.Option(help="The role in which they work.")]
Logins = Annotated[Path, typer.Option(help="Where the new passwords are written, for you alone.")]


def prepare_command(
    url: Url,
    roster: Roster = None,
    role: Role = "sales_associate",
    logins: Logins = Path("logins.csv"),
) -> None:
    """Make a PostgreSQL database ready for a class, with a login for each code name.

    Leave the password out of the address: it is asked for. Who has a login already keeps
    the password, and changes to the role.
    """
    from retailkit.crm import prepare
    from retailkit.marking.roster import read_roster

    learners = read_roster(roster, with_code_names=True) if roster else []
    for line in prepare(url, [one.code_name for one in learners], role, logins=logins):
        typer.echo(line)
