"""`Crm`: the customer database as lessons and the desk use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import later
from retailkit.crm import changing, exporting, log, looking, shelf
from retailkit.crm.log import AccessType
from retailkit.crm.people import People
from retailkit.crm.recovery import write_sheet
from retailkit.crm.roles import Role
from retailkit.crm.schema import TABLES
from retailkit.files.single import checked_format
from retailkit.keep import whole_file
from retailkit.records import AnyRecord, Record, kinds, need_word, records_in
from retailkit.shop import RECORDS, Shop
from retailkit.text import Problems, Sentences

if TYPE_CHECKING:
    import pandas as pd


class Crm(People):
    """The customer database, open to one role. Use it in a `with` block, or close it.

    What a method has returned from is on the disk, and outlives a kill (tried) and a power
    cut (by what SQLite documents of its settings, not tried). What fails has changed nothing.

    >>> import tempfile, retailkit as rk
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with rk.open_crm(f"{place}/shop.crm", "four words nobody guesses") as crm:
    ...         ana = crm.add(rk.Customer(given_name="Ana", family_name="Ruiz", channel="survey"))
    ...         ana = crm.change(ana, phone="+34 600 000 000")
    ...         print(crm.find("ruiz")["customer_id"].to_list(), crm.check_log())
    ['C-000001'] Nothing to put right.
    """

    def store(self, shop: Shop, *, replace: bool = False) -> None:
        """Put a whole shop in. With `replace`, it takes the place of what is there.

        Raises ValueError where there are rows already and `replace` is not given, or
        where a value would not come back the same.
        """
        self._need_everything(later("store a shop"))
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

    def add_table(self, name: str, table: pd.DataFrame) -> None:
        """Add every row of a table, such as one that was read from a file, or none of them.

        Raises ValueError as `add` does, and where there is no such table.
        """
        self.add_all(records_in(table, RECORDS[need_word(name, TABLES, "table")]))

    def change(self, record: AnyRecord, **fields: Any) -> AnyRecord:
        """Change fields of a record that was read before, and return it as it is kept now.

        Raises ChangedMeanwhile, which is a ValueError, where somebody else changed the
        same fields since: nothing is ever overwritten unseen.
        """
        with self._work() as now:
            return changing.change(now, record, fields)

    def export(self, table: str, path: str | Path, format: str | None = None) -> Path:  # noqa: A002 - as in write_dataset
        """Write the rows and fields of a table that the role sees to a file: `rk.write_table`.

        The format is xlsx, csv or parquet, or what the name ends in. The file is open to
        whoever gets it: neither roles nor encryption protect it. It is noted in the log.
        """
        path, fields = Path(path), self.sees(table)
        format_ = checked_format(path, format)
        # the file takes its place once the log has it, so that none is without its entry
        with whole_file(path) as file, self._work() as now:
            file.write(exporting.export(now, table, format_, fields))
        return path

    def print_list(
        self,
        table: str,
        path: str | Path,
        /,
        columns: Sequence[str] | None = None,
        *,
        title: str | None = None,
        **equals: Any,
    ) -> Path:
        """Write a list to print (PDF), of all rows or those whose fields equal these.

        `columns` are those wanted on paper, in their order; without them, all that the role
        sees. It is noted in the log, and neither roles nor encryption protect the paper.
        Raises NotAllowed for a field that the role does not see, ValueError and CannotKeep
        as `rk.print_table` does.
        """
        fields = self.sees(table) if columns is None else list(columns)
        with whole_file(path) as file, self._work() as now:
            file.write(exporting.print_list(now, table, fields, title, equals))
        return Path(path)

    def as_role(self, role: str, who: str = "") -> Crm:
        """The same database as a role sees it. Close it as well.

        `who` is noted in the access log, such as the number of the member of staff.
        """
        role = Role(role)
        if role != self.role:
            self._need_everything(later("hand out other roles"))
        return Crm(self._store, role=role, who=who or self._who, now=self._now)

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
        is taken, or the one that the server keeps.
        """
        self._need_log()
        with self._work() as now:
            return log.problems(now.connection, head or self._store.kept_head(now.connection))

    def write_recovery_key(self, path: str | Path) -> Path:
        """Write the recovery key to a file, to be printed, locked away and deleted.

        It opens the database in place of the passphrase. Raises ValueError where the
        database is not encrypted, and CannotKeep where the file cannot be written.
        """
        self._need_everything(later("write the recovery key"))
        key = self._store.key()
        with self._work() as now:
            now.note(AccessType.KEY_WRITTEN, "")
            return write_sheet(Path(path), self._store.name, key)

    def says(self) -> Sentences:
        """What this database protects against, and against what it does not."""
        return Sentences(self._store.says(self.role))
