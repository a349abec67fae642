"""What is said to PostgreSQL alone: how its server is reached, locked, and what it answers.

The rest of the database speaks the SQL that every store understands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from retailkit.catalogue import later, say
from retailkit.crm.roles import NotAllowed, Rights
from retailkit.crm.store import NOT_YOURS, REFUSED
from retailkit.crm.work import by_the_shops_clock
from retailkit.keep import CannotKeep, InUse

SCHEMA = "retailkit"
"""Where the tables lie; before it, each role has a schema of its own name with its views."""

CLOCK = "retailkit.now"
"""The setting in which the program tells the server what its clock says."""

LOCK = 7_245_003
"""The one lock of a database that every transaction takes, as the writers of a file do."""

WAIT = 30
"""So many seconds a transaction waits for another."""

REACH = 10
"""So many seconds a server may take to answer at all."""

IDLE = 300
"""So many seconds a transaction may stand still before the server ends it, for the others."""

ALIVE = {"keepalives_idle": WAIT, "keepalives_interval": 5, "keepalives_count": 3}
"""How either side notices that the network between them is cut off."""

TOO_LONG = later("A text is too long to be looked up by. Nothing was changed.")
STEP_FAILED = later("A step of this block failed, so nothing of the block was saved.")
NO_ROOM = later(
    "The server of {place} has no room, or may only be read. Nothing was changed. "
    "Tell whoever looks after it."
)
GONE = later(
    "The server of {place} does not answer any more. What was being saved is there as a "
    "whole or not at all: open the database again and look."
)

SILENT = later(
    "The server of {place} does not answer. Is its name right, does it run, and is "
    "this computer in its network?"
)
WRONG_PASSWORD = later(
    "The server of {place} does not know this login with this password. Type both "
    "again, or ask who gave them to you."
)
OPTIONS = later(
    "What stands behind the ? of the address is not understood. Is a word of it misspelt? "
    "Write it like ?sslmode=require."
)
REFUSES = later("The server of {place} does not let us in: {reason}. Ask who looks after it.")
"""What a server says by itself is in its own words and language."""


class Unreachable(CannotKeep):
    """The server does not answer, or does not let us in; the sentence says what to try."""

    def __init__(self, sentence: str) -> None:
        OSError.__init__(self, sentence)
        self.why = OSError(sentence)


def engine_of(
    url: sa.URL,
    groups: str = "",
    rights: Rights | None = None,
    now: Callable[[], datetime] = datetime.now,
) -> sa.Engine:
    """An engine on a server; with `rights`, as the role, whose group has a name from `groups`."""
    settings = {
        "search_path": SCHEMA,
        "lock_timeout": f"{WAIT * 1000:.0f}",
        "idle_in_transaction_session_timeout": f"{IDLE * 1000:.0f}",
        **{f"tcp_{name}": f"{value}" for name, value in ALIVE.items()},
    }
    if rights:
        settings["role"] = group_of(groups, rights.role)
        settings["search_path"] = f"{rights.role},{SCHEMA}"
    asked = {
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        "connect_timeout": url.query.get("connect_timeout", REACH),
        "client_encoding": "utf8",
        "tcp_user_timeout": WAIT * 1000,
        **ALIVE,
    }
    try:
        engine = sa.create_engine(url, connect_args=asked, pool_pre_ping=True, hide_parameters=True)
    except sa.exc.ArgumentError:
        raise ValueError(say(OPTIONS)) from None

    def begin(connection: sa.Connection) -> None:
        moment = by_the_shops_clock(now()).isoformat(sep=" ") if rights else ""
        query = "SELECT pg_advisory_xact_lock(%s), set_config(%s, %s, true)"
        connection.exec_driver_sql(query, (LOCK, CLOCK, moment))

    def end(connection: sa.Connection) -> None:
        # the server answers COMMIT with a silent ROLLBACK where a statement had failed
        connection.exec_driver_sql("SELECT 1")

    sa.event.listen(engine, "begin", begin)
    sa.event.listen(engine, "commit", end)
    return engine


def group_of(groups: str, role: str) -> str:
    """The server's own role that stands for one of ours; every login belongs to one of them."""
    return f"{groups}_{role}"


@contextmanager
def said(place: str) -> Iterator[None]:
    """What PostgreSQL and the network say, as the kit says it.

    Raises CannotKeep, InUse or ValueError, none of which repeats a value or a password.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        sentence = _sentence(place, error)
        if sentence is None:
            raise
        raise sentence from None


def _sentence(place: str, error: sa.exc.DBAPIError) -> Exception | None:
    """The sentence for an error by its code; None for a mistake in this program."""
    code = getattr(error.orig, "sqlstate", None) or ""
    if code in ("55P03", "40P01"):
        return InUse(place)
    if code in ("42501", "55000", "0A000"):  # not granted, or a closed column of a view
        return NotAllowed(say(NOT_YOURS))
    if refused := _refused(code, error):
        return ValueError(say(refused))
    if code in ("53100", "25006"):
        return Unreachable(say(NO_ROOM, place=place))
    if code.startswith(("08", "53", "57P", "25P03")) or isinstance(error, sa.exc.OperationalError):
        return _gone(place, error)
    return None


def _refused(code: str, error: sa.exc.DBAPIError) -> str | None:
    """What is wrong with what was asked for; None where nothing is."""
    for begins, said_of_it in (("23", REFUSED), ("54", TOO_LONG), ("25P02", STEP_FAILED)):
        if code.startswith(begins):
            return said_of_it
    # the driver does not know how to connect
    mistaken = isinstance(error, sa.exc.ProgrammingError) and error.statement is None
    return OPTIONS if mistaken and not code else None


class LoginRefused(Unreachable):
    """The server does not let this login in, with this password or without one."""

    def __init__(self, place: str, error: Any) -> None:
        talk = getattr(error, "pgconn", None)
        self.wants_password = talk is not None and bool(talk.needs_password)
        reason = re.search(r"FATAL: +(.*?)\.?$", str(error), re.MULTILINE)
        said = reason[1] if reason else ""
        refused = SILENT
        if self.wants_password or "password" in said:
            refused = WRONG_PASSWORD
        elif said:
            refused = REFUSES
        elif re.search(r"invalid \w+ value", str(error)):  # of sslmode, for one
            refused = OPTIONS
        super().__init__(say(refused, place=place, reason=said))


def _gone(place: str, error: sa.exc.DBAPIError) -> Unreachable:
    # COMMIT is no statement of ours
    if error.statement is not None or error.connection_invalidated:
        return Unreachable(say(GONE, place=place))
    return LoginRefused(place, error.orig)
