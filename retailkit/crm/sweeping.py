"""Sweeping: after somebody was erased the file is written anew, without its free places.

SQLite overwrites what is deleted (`secure_delete`). But where it moves rows from page to
page, a copy may stay behind in the room between them (of 500 deleted rows in a worked-on table of
20,000, 3 were still to be found). Only writing all anew is certain.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import sqlalchemy as sa

from retailkit.catalogue import say
from retailkit.crm.schema import ABOUT
from retailkit.crm.sqlite import said

DUE = "to be swept"


class NotSwept(UserWarning):
    """Somebody is erased, but the file could not be written anew. It is when next opened."""


def mark(connection: sa.Connection) -> None:
    """Note in the file that it is to be swept, so that it is even if we are killed before."""
    connection.execute(ABOUT.delete().where(ABOUT.c.fact == DUE))
    connection.execute(ABOUT.insert().values(fact=DUE, value="yes"))


def is_due(connection: sa.Connection) -> bool:
    """Whether the file is still to be swept."""
    due = sa.select(ABOUT.c.value).where(ABOUT.c.fact == DUE)
    return connection.execute(due).first() is not None


def sweep(engine: sa.Engine, path: Path) -> None:
    """Write the file anew; warn (NotSwept) where that cannot be done now."""
    try:
        with said(path), engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # it runs outside every transaction
            connection.exec_driver_sql("VACUUM")
            connection.execute(ABOUT.delete().where(ABOUT.c.fact == DUE))
    except OSError as error:
        warnings.warn(
            say(
                "The person is erased, but traces may be left in {file} until it can be "
                "written anew, which is tried when it is next opened. {error}",
                file=path.name,
                error=error,
            ),
            NotSwept,
            stacklevel=4,
        )
