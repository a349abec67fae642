"""One transaction of the database: whose it is, what they may do, and how it is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from retailkit.crm import log
from retailkit.crm.log import AccessType
from retailkit.crm.roles import Rights


def by_the_shops_clock(moment: datetime) -> datetime:
    """A moment as the shop's tables have it: local, and to the second."""
    local = moment.astimezone() if moment.tzinfo else moment
    return local.replace(tzinfo=None, microsecond=0)


@dataclass(kw_only=True)
class Work:
    """One transaction: whose it is, what they may do, and the clock that dates it.

    `leaves_traces` says that the file is to be swept once it is done.
    """

    connection: sa.Connection
    rights: Rights
    who: str
    now: Callable[[], datetime]
    leaves_traces: bool = False

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
        log.append(self.connection, entry, rows=count, ids=ids, fields=fields)
