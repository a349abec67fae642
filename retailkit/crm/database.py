"""`Crm`: the customer database as lessons and the desk use it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from retailkit.crm import changing, log, looking, shelf
from retailkit.crm.keys import Key, key_file
from retailkit.crm.log import AccessType
from retailkit.crm.recovery import write_sheet
from retailkit.crm.roles import NotAllowed, Role, rights_of
from retailkit.crm.schema import TABLES
from retailkit.crm.sqlite import engine_of, said
from retailkit.crm.work import Work
from retailkit.records import AnyRecord, Record, kinds, need_word
from retailkit.shop import RECORDS, Shop
from retailkit.text import Problems, Sentences, escaped, sound_text, spoken

if TYPE_CHECKING:
    import pandas as pd

NOT_ENCRYPTED = "NOT ENCRYPTED: whoever gets the file can read it"

LIMITS = (
    "It does not protect against whoever has opened it, nor against code in the same program.",
    "The role {role} is kept by this program; it is no lock for somebody who has the key.",
    "The access log shows what was altered or taken out.",
    "A missing end of the log shows against its head; keep that elsewhere (crm.log_head()).",
    "A lost passphrase closes the file for good, unless the recovery key was printed.",
    "It never closes the course: its data can be made again.",
)
"""Against what the database does not protect, in sentences."""


class Crm:
    """The customer database, open to one role. Use it in a `with` block, or close it.

    What a method has returned from is on the disk, and outlives a power cut. What fails
    has changed nothing.

    >>> import tempfile, retailkit as rk
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with rk.open_crm(f"{place}/shop.crm", "four words nobody guesses") as crm:
    ...         ana = crm.add(rk.Customer(given_name="Ana", family_name="Ruiz", channel="survey"))
    ...         ana = crm.change(ana, phone="+34 600 000 000")
    ...         print(crm.find("ruiz")["customer_id"].to_list(), crm.check_log())
    ['C-000001'] Nothing to put right.
    """

    def __init__(
        self,
        path: Path,
        key: Key | None,
        salt: bytes | None,
        *,
        role: Role,
        who: str,
        now: Callable[[], datetime],
    ) -> None:
        self.path = path
        self.role = role
        self.encrypted = key is not None
        self._key, self._salt = key, salt
        self._who, self._now = sound_text("who", who), now
        self._rights = rights_of(role)
        self._engine = engine_of(path, key, salt, self._rights)
        self._mine = threading.local()

    def __repr__(self) -> str:
        state = "encrypted" if self.encrypted else NOT_ENCRYPTED
        role = spoken(self.role)
        return f"The customer database {self.path.name}, open to the role {role} ({state})."

    def _repr_html_(self) -> str:
        return escaped(repr(self))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Everything in the block happens, or nothing of it; others wait until it is done."""
        with self._work():
            yield

    @contextmanager
    def _work(self) -> Iterator[Work]:
        """One transaction, or the one that this thread is in already."""
        running = getattr(self._mine, "work", None)
        with said(self.path):
            if running is not None:
                yield running
                return
            with self._engine.begin() as connection:
                self._mine.work = Work(
                    connection=connection, rights=self._rights, who=self._who, now=self._now
                )
                try:
                    yield self._mine.work
                finally:
                    self._mine.work = None
        self._keep_head()

    def _keep_head(self) -> None:
        # what was done is done; a head that lags for want of room is made good by the next
        with suppress(OSError), said(self.path), self._engine.connect() as connection:
            log.keep_head(connection, self.path)

    def store(self, shop: Shop, *, replace: bool = False) -> None:
        """Put a whole shop in. With `replace`, it takes the place of what is there.

        Raises ValueError where there are rows already and `replace` is not given, or
        where a value would not come back the same.
        """
        self._need_everything("store a shop")
        prepared = shelf.prepared(shop)
        with self._work() as now:
            shelf.store(now, shop, prepared, replace=replace)

    def shop(self) -> Shop:
        """The shop, with all its tables; what the role does not see is empty.

        Raises ValueError where no shop has been stored.
        """
        with self._work() as now:
            return shelf.shop(now)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables that the role sees, each read when it is asked for."""
        return shelf.Tables(self.rows, self._rights.sees)

    def rows(self, table: str, /, **equals: Any) -> pd.DataFrame:
        """The rows of a table, all or those whose fields equal these.

        Fields that the role does not see are empty, and nothing can be found by them.
        Raises NotAllowed, which is a ValueError.
        """
        with self._work() as now:
            return looking.rows(now, table, equals)

    def count(self, table: str, /, **equals: Any) -> int:
        """How many rows a table has, in all or with fields that equal these."""
        with self._work() as now:
            return looking.count(now, table, equals)

    def record(self, table: str, number: str) -> Record:
        """One row as a record, by its number.

        Raises ValueError where there is none.
        """
        with self._work() as now:
            return looking.record(now, table, number)

    def find(self, text: str) -> pd.DataFrame:
        """Customers by number, e-mail address, telephone number or part of the name.

        One row per customer found. Capitals and accents make no difference.
        """
        with self._work() as now:
            return looking.find(now, text)

    def add(self, record: AnyRecord) -> AnyRecord:
        """Add a record, and return it as it is kept; without a number it gets the next one.

        Warns (LookAlike) where another customer has the same e-mail address. Raises
        ValueError where the number is taken, or a row that it points to is missing.
        """
        with self._work() as now:
            return changing.add(now, [record])[0]

    def add_all(self, records: Iterable[AnyRecord]) -> list[AnyRecord]:
        """Add many records of one kind, all or none, and return them as they are kept.

        Raises ValueError as `add` does; then none was added.
        """
        many = list(records)
        with self._work() as now:
            return changing.add(now, many) if many else []

    def change(self, record: AnyRecord, **fields: Any) -> AnyRecord:
        """Change fields of a record that was read before, and return it as it is kept now.

        Raises ChangedMeanwhile, which is a ValueError, where somebody else changed the
        same fields since: nothing is ever overwritten unseen.
        """
        with self._work() as now:
            return changing.change(now, record, fields)

    def as_role(self, role: str, who: str = "") -> Crm:
        """The same database as a role sees it. Close it as well.

        `who` is noted in the access log, such as the number of the member of staff.
        """
        role = Role(role)
        if role != self.role:
            self._need_everything("hand out other roles")
        return Crm(self.path, self._key, self._salt, role=role, who=who or self._who, now=self._now)

    def sees(self, table: str) -> list[str]:
        """The fields of a table that the role sees, in the table's order."""
        need_word(table, TABLES, "table")
        allowed = self._rights.sees.get(table, frozenset())
        return [field for field in kinds(RECORDS[table]) if field in allowed]

    def log(self) -> pd.DataFrame:
        """The access log: one row per entry, from first to last.

        Raises NotAllowed where the role does not read it.
        """
        self._need_log()
        with self._work() as now:
            return shelf.access_log(now)

    def log_head(self) -> str:
        """The head of the access log, to keep outside: `check_log` takes it back."""
        self._need_log()
        with self._work() as now:
            number, hash_ = log.last(now.connection)
            return f"{number} {hash_}"

    def check_log(self, head: str | None = None) -> Problems:
        """What was done to the access log behind the database's back; nothing, if all is well.

        `head` is one that was kept elsewhere; else the one in the file beside the database
        is taken.
        """
        self._need_log()
        with self._work() as now:
            return log.problems(now.connection, head or log.kept_head(self.path))

    def write_recovery_key(self, path: str | Path) -> Path:
        """Write the recovery key to a file, to be printed, locked away and deleted.

        It opens the database in place of the passphrase. Raises ValueError where the
        database is not encrypted, and CannotKeep where the file cannot be written.
        """
        self._need_everything("write the recovery key")
        if self._key is None:
            raise ValueError(f"{self.path.name} is not encrypted, so there is no key to write.")
        with self._work() as now:
            now.note(AccessType.KEY_WRITTEN, "")
            return write_sheet(Path(path), self.path.name, self._key)

    def says(self) -> Sentences:
        """What this database protects against, and against what it does not."""
        if not self.encrypted:
            lock = f"{NOT_ENCRYPTED}. Put nobody's real data into it."
        elif key_file(self.path).exists():
            lock = (
                f"Encrypted, but the key lies beside it in {key_file(self.path).name}: whoever "
                "takes both can read it. Give a passphrase when you make the next one."
            )
        else:
            lock = "Encrypted: a lost laptop, a stick, a mail or a cloud copy shows nothing."
        return Sentences([lock, *(line.format(role=spoken(self.role)) for line in LIMITS)])

    def _need_everything(self, what: str) -> None:
        if self.role != Role.RESPONSIBLE_PERSON:
            raise NotAllowed(
                f"The role {self.role} cannot {what}. Only the responsible person can."
            )

    def _need_log(self) -> None:
        if not self._rights.reads_log:
            raise NotAllowed(
                f"The role {self.role} does not read the access log. Ask the responsible person."
            )
