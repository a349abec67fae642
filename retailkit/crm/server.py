"""A customer database on a server of its own, which a class shares: PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from retailkit.catalogue import later, say
from retailkit.crm import granting, postgres
from retailkit.crm.address import name_of
from retailkit.crm.keys import Key
from retailkit.crm.roles import Rights, Role
from retailkit.text import spoken

UNPROVEN = later("encrypted on its way, but nobody checked that it is the right server")
IN_THE_OPEN = later("NOT ENCRYPTED on its way: whoever is in the network can read it")

LIMITS = (
    later(
        "The role {role} is kept by the server: a login of that role is shown no more, "
        "whatever program it uses."
    ),
    later("It does not protect against whoever runs the server: they can read and change all."),
    later(
        "A look or a change with another program is not in the access log; a change of the log is "
        "refused."
    ),
    later("The log shows what its owner altered or took out; keep its head too (crm.log_head())."),
    later(
        "An erased person is gone from every table; not from the server's own journal and "
        "backups, until it writes over them, nor from exports or what was printed."
    ),
    later(
        "It cannot tell whether a customer was really asked; it keeps when, how and in which words."
    ),
)
"""Against what a server does not protect, in sentences."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server, reached with one login.

    `groups` is how the names of its roles begin, `signs_for_others` whether the login is the
    owner's, `private` whether the way stays on this computer or is encrypted, and `proven`
    whether it is known besides that the server is the right one.
    """

    url: sa.URL
    groups: str
    login: str
    signs_for_others: bool
    private: bool
    proven: bool

    @property
    def name(self) -> str:
        return name_of(self.url)

    @property
    def place(self) -> str:
        return self.name

    @property
    def encrypted(self) -> bool:
        return self.private

    def engine(
        self, rights: Rights | None = None, now: Callable[[], datetime] = datetime.now
    ) -> sa.Engine:
        return postgres.engine_of(self.url, self.groups, rights, now)

    def said(self) -> AbstractContextManager[None]:
        return postgres.said(self.name)

    def signed(self, who: str) -> str:
        if self.signs_for_others or who == self.login or who.startswith(f"{self.login} "):
            return who or self.login
        return f"{self.login} ({who})" if who else self.login

    def keep_head(self, engine: sa.Engine) -> None:
        """The server does that by itself, with every entry."""

    def kept_head(self, connection: sa.Connection) -> str | None:
        return granting.kept_head(connection)

    def begin_erasing(self, connection: sa.Connection) -> bool:
        # a number is changed in two tables one after the other
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
        return False

    def is_to_be_swept(self, connection: sa.Connection) -> bool:
        return False

    def sweep(self, engine: sa.Engine) -> None:
        """The server clears free places by itself, in its own time."""

    def key(self) -> Key:
        raise ValueError(
            say("{file} is on a server and no file, so there is no key to write.", file=self.name)
        )

    def state(self) -> str:
        if not self.private:
            return say(IN_THE_OPEN)
        return say("nobody on the way can read it" if self.proven else UNPROVEN)

    def says(self, role: Role) -> list[str]:
        return [self._way(), *(say(line, role=spoken(role)) for line in LIMITS)]

    def _way(self) -> str:
        if not self.private:
            return say(
                "{state}. Put nobody's real data into it, or ask for a connection with TLS.",
                state=self.state(),
            )
        if not self.proven:
            return say(
                "The way to the server is encrypted, but whoever stands in for the server can "
                "read it. Write ?sslmode=verify-full behind the address, which checks that."
            )
        return say("Nobody on the way to the server can read it.")
