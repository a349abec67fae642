"""A customer database in a file of its own: SQLite, encrypted where the driver is installed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from retailkit.catalogue import later, say
from retailkit.crm import log, sqlite, sweeping
from retailkit.crm.keys import Key, key_file
from retailkit.crm.roles import Rights, Role
from retailkit.crm.store import LOG_ALONE
from retailkit.keep import sweep
from retailkit.text import spoken

NOT_ENCRYPTED = later("NOT ENCRYPTED: whoever gets the file can read it")

LIMITS = (
    later(
        "It does not protect against whoever has opened it, nor against code in the same program."
    ),
    later("The role {role} is kept by this program; it is no lock for somebody who has the key."),
    later("The access log shows what was altered or taken out."),
    later("A missing end of the log shows against its head; keep that elsewhere (crm.log_head())."),
    later(
        "An erased person is gone from this file; not from exports, backups, or what was printed."
    ),
    later(
        "It cannot tell whether a customer was really asked; it keeps when, how and in which words."
    ),
    later("A lost passphrase closes the file for good, unless the recovery key was printed."),
    later("It never closes the course: its data can be made again."),
)
"""Against what a file does not protect, in sentences."""


class File:
    """A file, opened with its key."""

    def __init__(self, path: Path, key: Key | None, salt: bytes | None) -> None:
        self.path = path
        self._key, self._salt = key, salt

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def place(self) -> str:
        return str(self.path)

    @property
    def encrypted(self) -> bool:
        return self._key is not None

    def engine(
        self, rights: Rights | None = None, now: Callable[[], datetime] = datetime.now
    ) -> sa.Engine:
        return sqlite.engine_of(self.path, self._key, self._salt, rights, now)

    def said(self) -> AbstractContextManager[None]:
        return sqlite.said(self.path)

    def signed(self, who: str) -> str:
        return who

    def keep_head(self, engine: sa.Engine) -> None:
        # what was done is done; a head that lags for want of room is made good by the next
        engine = engine.execution_options(**{LOG_ALONE: True})
        with suppress(OSError), self.said(), engine.connect() as connection:
            log.keep_head(connection, self.path)

    def kept_head(self, connection: sa.Connection) -> str | None:
        return log.kept_head(self.path)

    def begin_erasing(self, connection: sa.Connection) -> bool:
        # a number is changed in two tables one after the other
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        sweeping.mark(connection)
        return True

    def is_to_be_swept(self, connection: sa.Connection) -> bool:
        sweep(log.head_file(self.path))  # nobody else writes it while we hold the lock
        return sweeping.is_due(connection)

    def sweep(self, engine: sa.Engine) -> None:
        sweeping.sweep(engine, self.path)

    def key(self) -> Key:
        if self._key is None:
            raise ValueError(
                say("{file} is not encrypted, so there is no key to write.", file=self.name)
            )
        return self._key

    def state(self) -> str:
        return say("encrypted" if self.encrypted else NOT_ENCRYPTED)

    def says(self, role: Role) -> list[str]:
        return [self._lock(), *(say(line, role=spoken(role)) for line in LIMITS)]

    def _lock(self) -> str:
        if not self.encrypted:
            return say("{state}. Put nobody's real data into it.", state=self.state())
        if key_file(self.path).exists():
            return say(
                "Encrypted, but the key lies beside it in {key_file}: whoever "
                "takes both can read it. Give a passphrase when you make the next one.",
                key_file=key_file(self.path).name,
            )
        return say("Encrypted: a lost laptop, a stick, a mail or a cloud copy shows nothing.")
