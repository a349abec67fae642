"""Reaching a server: with which login, in which role, and whether its database is ours."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

import sqlalchemy as sa

from retailkit.catalogue import say
from retailkit.crm import granting, keys, postgres
from retailkit.crm.address import name_of
from retailkit.crm.edition import not_ours
from retailkit.crm.keys import Passphrase
from retailkit.crm.postgres import LoginRefused
from retailkit.crm.roles import NotAllowed, Role
from retailkit.crm.server import Server


def reached(url: sa.URL, given: Passphrase | None) -> tuple[Server, Role]:
    """The database at an address and the role of the login, made there where there is none.

    Raises ValueError for a database that is another program's and for a login without a
    role, Unreachable where the server does not answer or does not know the login.
    """
    need_driver()
    url = with_password(url, given)
    with as_login(url) as connection:
        groups = need_tables(connection, name_of(url))
        role = granting.role_of(connection, groups)
        login = str(connection.exec_driver_sql("SELECT session_user").scalar())
        raw: Any = connection.connection.driver_connection
        here, tls = stays_here(raw), is_encrypted(raw)
        server = Server(
            url=url,
            groups=groups,
            login=login,
            signs_for_others=login == granting.owner_of(connection),
            private=here or tls,
            proven=here or (tls and _is_checked(raw)),
        )
    if role is None:
        raise NotAllowed(
            say(
                "The login {login} has no role in the database {name}. "
                "Ask whoever set it up to give it one.",
                login=login,
                name=server.name,
            )
        )
    return server, role


def stays_here(raw: Any) -> bool:
    """Whether the way ends on this computer, as our end sees it: behind a relay, theirs cannot."""
    reached = raw.info.hostaddr
    return raw.info.host.startswith("/") or bool(reached and ip_address(reached).is_loopback)


def is_encrypted(raw: Any) -> bool:
    """Whether our end of the way is encrypted."""
    return bool(raw.pgconn.ssl_in_use)


def _is_checked(raw: Any) -> bool:
    """Whether the server's certificate and name are compared with the address."""
    return any(
        option.keyword == b"sslmode" and option.val == b"verify-full" for option in raw.pgconn.info
    )


def need_driver() -> None:
    """See that the driver is installed.

    Raises ValueError.
    """
    try:
        importlib.import_module("psycopg")
    except ImportError:
        raise ValueError(
            say(
                "A database on a server needs psycopg, which is not installed. Install it "
                "(python -m pip install 'psycopg[binary]'), or open a file."
            )
        ) from None


def with_password(url: sa.URL, given: Passphrase | None) -> sa.URL:
    """The address with a password, which is asked for where the server wants one."""
    if given:
        return url.set(password=given.typed())
    if url.password is None:
        try:
            with as_login(url):
                return url
        except LoginRefused as error:
            typed = keys.asked_for(name_of(url)) if error.wants_password else None
            if typed is None:
                raise
            return url.set(password=typed.typed())
    return url


@contextmanager
def as_login(url: sa.URL) -> Iterator[sa.Connection]:
    """One transaction as the login itself, in no role."""
    engine = postgres.engine_of(url)
    try:
        with postgres.said(name_of(url)), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def need_tables(connection: sa.Connection, name: str) -> str:
    """See that our tables are there, or make them; how the names of the server's roles begin.

    Raises ValueError for a database with something else in it, NotAllowed for a login that
    may not make tables and roles.
    """
    groups = granting.groups_of(connection)
    if groups:
        return groups
    if not granting.is_empty(connection):
        raise not_ours(name)
    if (encoding := granting.encoding_of(connection)) != "UTF8":
        raise ValueError(
            say(
                "{name} keeps text as {encoding}, which cannot hold every name. Make a database "
                "with ENCODING 'UTF8'.",
                name=name,
                encoding=encoding,
            )
        )
    try:
        return granting.lay_out(connection)
    except sa.exc.ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != "42501":
            raise
        raise NotAllowed(
            say(
                "There is no customer database in {name} yet, and this login may not make one. "
                "Ask its owner to open it first; they need the right CREATEROLE.",
                name=name,
            )
        ) from None
