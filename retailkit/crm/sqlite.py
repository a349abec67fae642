"""What is said to SQLite alone: how its file is opened, locked, guarded and written safely.

The rest of the database speaks the SQL that every store understands.
"""

from __future__ import annotations

import errno
import importlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from retailkit.catalogue import later, say
from retailkit.crm import agreeing
from retailkit.crm.guard import guard
from retailkit.crm.keys import SALT, Key
from retailkit.crm.roles import NotAllowed, Rights, Role
from retailkit.crm.store import LOG_ALONE, NOT_YOURS, REFUSED
from retailkit.crm.work import by_the_shops_clock
from retailkit.keep import CannotKeep, InUse

PLAIN = b"SQLite format 3\0"
"""How an unencrypted file begins."""

PAGE = 4096
WAIT = 30
"""So many seconds a writer waits for another."""

READ_ONLY = later("The file or its folder may only be read")

SETTINGS = (
    # a rollback journal, synced with its folder: by what SQLite documents (no power was cut
    # here to try it) the last save outlives a power cut,
    # and no shared memory is needed, so that a network drive with sound locks will do
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
)


def cipher() -> Any:
    """The driver that encrypts, or None where it is not installed."""
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        return None


def salt_of(path: Path) -> bytes | None:
    """The salt of an encrypted file; None where the file is not encrypted."""
    with path.open("rb") as file:
        first = file.read(SALT)
    return None if first == PLAIN else first


def engine_of(
    path: Path,
    key: Key | None,
    salt: bytes | None,
    rights: Rights | None = None,
    now: Callable[[], datetime] = datetime.now,
) -> sa.Engine:
    """An engine on one file; with `rights`, on what a role may see and change in it `now`."""
    driver = cipher() if key else sqlite3
    purpose = rights.only_with if rights else None

    def connect() -> Any:
        # rw: a file that is gone is an error, not a new database
        connection = driver.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=WAIT,
            isolation_level=None,
            check_same_thread=False,
        )
        _set_up(connection, key, salt)
        if rights and purpose:
            agreeing.lay_views(connection, rights.sees)
        if rights and rights.role != Role.RESPONSIBLE_PERSON:
            connection.set_authorizer(guard(rights, driver))
        return connection

    engine = sa.create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=connect,
        poolclass=sa.pool.QueuePool,
        hide_parameters=True,
    )

    # a writer that begins as a reader would fail where it meets another; so all queue up front
    sa.event.listen(engine, "begin", _beginning(rights, driver, now))
    return engine


def _set_up(connection: Any, key: Key | None, salt: bytes | None) -> None:
    """Unlock a new connection, and make it safe."""
    if key and salt:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(key.setting(salt))
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def _beginning(
    rights: Rights | None, driver: Any, now: Callable[[], datetime]
) -> Callable[[sa.Connection], None]:
    """How a transaction begins; for a role that sees customers in part, with who agrees now."""

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        of_log_alone = connection.get_execution_options().get(LOG_ALONE)
        if rights and rights.only_with and not of_log_alone:
            with _unguarded(connection, guard(rights, driver)):
                agreeing.bring_up_to_date(connection, rights.only_with, by_the_shops_clock(now()))

    return begin


@contextmanager
def _unguarded(connection: sa.Connection, then: Callable[..., int]) -> Iterator[None]:
    """For our own questions alone the guard looks away."""
    raw: Any = connection.connection.dbapi_connection
    raw.set_authorizer(None)
    try:
        yield
    finally:
        raw.set_authorizer(then)


def opens(path: Path, key: Key | None, salt: bytes | None) -> bool:
    """Whether this key opens the file."""
    engine = engine_of(path, key, salt)
    try:
        with said(path), engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except Damaged:
        return False
    finally:
        engine.dispose()
    return True


class Damaged(ValueError):
    """The file is no database, is damaged, or has another key."""


@contextmanager
def said(path: Path) -> Iterator[None]:
    """What SQLite and the system say, as the kit says it.

    Raises CannotKeep, InUse or ValueError, none of which repeats a value.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        sentence = _sentence(path, getattr(error.orig, "sqlite_errorname", ""))
        if sentence is None:
            raise
        raise sentence from None


def _sentence(path: Path, name: str) -> Exception | None:
    """The sentence for an error by its name in SQLite; None for a mistake in this program."""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return InUse(path)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return Damaged(say("'{path}' is damaged, or its key is another one.", path=path))
    if name.startswith("SQLITE_CONSTRAINT"):
        return ValueError(say(REFUSED))
    if name.startswith("SQLITE_AUTH"):
        return NotAllowed(say(NOT_YOURS))
    if name.startswith(("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR")):
        return CannotKeep(path, _reason(path, name))
    return None


def _reason(path: Path, name: str) -> OSError:
    """Why the disk would not do it."""
    with suppress(OSError):
        if path.exists():
            if name.startswith("SQLITE_FULL"):
                return OSError(errno.ENOSPC, say("No space left on the disk"))
            if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
                return OSError(errno.EACCES, say(READ_ONLY))
            return OSError(errno.EIO, say("The disk does not answer as it should"))
    return OSError(errno.ENOENT, say("The file or its folder is no longer there"))
