"""One transaction of the database: whose it is, what they may do, and how it is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from retailkit.crm import log
from retailkit.crm.log import AccessType
from retailkit.crm.roles import Rights


@dataclass(frozen=True, kw_only=True)
class Work:
    """One transaction: whose it is, what they may do, and the clock that dates it."""

    connection: sa.Connection
    rights: Rights
    who: str
    now: Callable[[], datetime]

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
