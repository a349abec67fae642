"""A store: where a customer database lies, and what is said to that store alone.

There are two: a file (`file.py`, SQLite) and a server (`server.py`, PostgreSQL). All the
rest speaks the SQL that both understand.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from retailkit.catalogue import later
from retailkit.crm.keys import Key
from retailkit.crm.roles import Rights, Role

LOG_ALONE = "log_alone"
"""The option of a connection that looks at no customer, and need not know who agrees."""

AT_ONCE = 500
"""So many values go into one question; a store may take no more than some thousands."""

REFUSED = later(
    "The database refused it: a number stands twice, "
    "or points to a row that is not there. Nothing was changed."
)
NOT_YOURS = later("This role may not do that. Ask the responsible person.")


class Store(Protocol):
    """What every store can do."""

    @property
    def name(self) -> str:
        """What it is called in a sentence."""

    @property
    def place(self) -> str:
        """Where it lies."""

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way, or who takes the file, can read it."""

    def engine(
        self, rights: Rights | None = None, now: Callable[[], datetime] = datetime.now
    ) -> sa.Engine:
        """An engine; with `rights`, on what a role may see and change `now`."""

    def said(self) -> AbstractContextManager[None]:
        """What the store says goes wrong in the block, as the kit says it."""

    def signed(self, who: str) -> str:
        """As whom somebody stands in the access log."""

    def keep_head(self, engine: sa.Engine) -> None:
        """Keep the head of the access log after a transaction."""

    def kept_head(self, connection: sa.Connection) -> str | None:
        """The head of the access log that was kept."""

    def begin_erasing(self, connection: sa.Connection) -> bool:
        """Get ready to erase somebody; whether the store is to be swept afterwards."""

    def is_to_be_swept(self, connection: sa.Connection) -> bool:
        """Whether a killed run left that to do. The caller holds the only write lock."""

    def sweep(self, engine: sa.Engine) -> None:
        """Remove what an erased person left in free places."""

    def key(self) -> Key:
        """The key that opens it; ValueError where there is none."""

    def state(self) -> str:
        """Whether others can read it, in a word or two."""

    def says(self, role: Role) -> list[str]:
        """What it protects against, and against what it does not."""
