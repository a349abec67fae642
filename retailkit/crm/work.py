"""One transaction of the database: whose it is, what they may do, and how it is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from retailkit.crm import log
from retailkit.crm.log import AccessType
from retailkit.crm.roles import Rights
from retailkit.crm.store import Store

LOOKS = frozenset(AccessType) - {
    AccessType.STORED,
    AccessType.ADDED,
    AccessType.CHANGED,
    AccessType.MERGED,
    AccessType.PARTED,
    AccessType.ERASED,
}
"""What changes no row of the shop, but shows something."""


def by_the_shops_clock(moment: datetime) -> datetime:
    """A moment as the shop's tables have it: local, and to the second."""
    local = moment.astimezone() if moment.tzinfo else moment
    return local.replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of the access log before it is one."""

    said: Mapping[str, str]
    rows: int
    ids: list[str]
    fields: list[str]

    def append_to(self, connection: sa.Connection) -> None:
        """Add it at the end of the log."""
        log.append(connection, self.said, rows=self.rows, ids=self.ids, fields=self.fields)


@dataclass(kw_only=True)
class Work:
    """One transaction: whose it is, what they may do, and the clock that dates it.

    `leaves_traces` says that the store is to be swept once it is done. Of its `looks` the first
    `handed_out` have shown something to somebody, which stays true where the rest fails.
    """

    store: Store
    connection: sa.Connection
    rights: Rights
    who: str
    now: Callable[[], datetime]
    leaves_traces: bool = False
    looks: list[Entry] = field(default_factory=list)
    handed_out: int = 0

    def moment(self) -> datetime:
        """Now by the shop's own clock, to the second."""
        return by_the_shops_clock(self.now())

    def note(
        self,
        what: AccessType,
        table: str,
        *,
        ids: Iterable[str] = (),
        fields: Iterable[str] = (),
        rows: int | None = None,
    ) -> None:
        """Note in the access log what is done. Numbers and field names, never a value."""
        ids = list(ids)
        entry = {
            "at": self.now().isoformat(sep=" ", timespec="seconds"),
            "who": self.who,
            "role": str(self.rights.role),
            "what": str(what),
            "table_name": table,
        }
        count = len(ids) if rows is None else rows
        noted = Entry(said=entry, rows=count, ids=ids, fields=list(fields))
        noted.append_to(self.connection)
        if what in LOOKS:
            self.looks.append(noted)
