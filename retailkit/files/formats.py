"""The formats of a data set: one file for each table, or one file for all.

A format takes the tables in pieces, one block of customers after another, and says at
the end where each table lies, how many bytes that is, and their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet

from retailkit.columns import schema_of
from retailkit.files.columns import as_kept, plain, word_columns, written_schema
from retailkit.shop import RECORDS


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One file of a data set as it lies on the disk."""

    path: str
    bytes: int
    sha256: str


class Format(Protocol):
    """How tables get into files."""

    @staticmethod
    def prepared(name: str, table: pa.Table) -> Any:
        """A piece of a written table, ready to be added; any thread may do this."""

    def add(self, name: str, piece: Any) -> None:
        """Add a prepared piece at the end of its table."""

    def close(self) -> Mapping[str, Kept]:
        """Finish, and say in which file each table lies."""

    def drop(self) -> None:
        """Let go of the files; finished or not, nothing is written any more."""


class Hashed:
    """A new file that counts and hashes what is written to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("xb")
        self._hash = hashlib.sha256()
        self._bytes = 0
        self._dropped = False

    @property
    def closed(self) -> bool:
        return self._file.closed

    def write(self, data: Any) -> int:
        """Add bytes at the end."""
        if self._dropped:
            return len(data)  # some writers end with a last word, whatever went wrong before
        self._hash.update(data)
        written = self._file.write(data)
        self._bytes += written
        return written

    def flush(self) -> None:
        """Hand what was written to the system."""
        self._file.flush()

    def close(self) -> None:
        """Bring the bytes to the disk."""
        if not self.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def drop(self) -> None:
        """Let go of the file; what is still written goes nowhere."""
        self._dropped = True
        with suppress(OSError):  # on a full disk even this can fail; the draft goes all the same
            self._file.close()

    def kept(self) -> Kept:
        """What the file has become."""
        return Kept(path=self.path.name, bytes=self._bytes, sha256=self._hash.hexdigest())


class TableFiles:
    """One file for each table."""

    ending = ""

    def __init__(self, folder: Path) -> None:
        self._files = {name: Hashed(folder / f"{name}.{self.ending}") for name in RECORDS}

    def add(self, name: str, piece: Any) -> None:
        """Add a prepared piece at the end of its table."""
        self._files[name].write(piece)

    def close(self) -> Mapping[str, Kept]:
        """Finish, and say in which file each table lies."""
        for file in self._files.values():
            file.close()
        return {name: file.kept() for name, file in self._files.items()}

    def drop(self) -> None:
        """Let go of the files."""
        for file in self._files.values():
            file.drop()


class Csv(TableFiles):
    """CSV: UTF-8, LF, every text in quotation marks, a field that is not known left empty."""

    ending = "csv"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for name, record in RECORDS.items():
            self.add(name, _csv(written_schema(record).empty_table(), header=True))

    @staticmethod
    def prepared(name: str, table: pa.Table) -> Any:
        """The rows as bytes."""
        return _csv(table, header=False)


def _csv(table: pa.Table, *, header: bool) -> Any:
    sink = pa.BufferOutputStream()
    # of a batch without rows, Arrow writes whatever lay in memory
    batches = [batch for batch in table.to_batches() if batch.num_rows]
    table = pa.Table.from_batches(batches, table.schema)
    pa.csv.write_csv(table, sink, pa.csv.WriteOptions(include_header=header))
    return sink.getvalue()


def read_csv(data: bytes, name: str) -> pa.Table:
    """The table that the bytes of a CSV file hold."""
    convert = pa.csv.ConvertOptions(
        column_types=schema_of(RECORDS[name]),
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    parse = pa.csv.ParseOptions(newlines_in_values=True)
    return pa.csv.read_csv(pa.BufferReader(data), convert_options=convert, parse_options=parse)


class JsonLines(TableFiles):
    """JSON Lines: UTF-8, one object a row, null where a field is not known."""

    ending = "jsonl"

    @staticmethod
    def prepared(name: str, table: pa.Table) -> bytes:
        """The rows as bytes."""
        encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        rows = zip(*plain(table), strict=True)
        names = table.column_names
        return "".join(f"{encode(dict(zip(names, row, strict=True)))}\n" for row in rows).encode()


def read_jsonl(data: bytes, name: str) -> pa.Table:
    """The table that the bytes of a JSON Lines file hold."""
    schema = schema_of(RECORDS[name])
    if not data:
        return schema.empty_table()
    reading = pa.json.ReadOptions(block_size=max(len(data), 1 << 20))
    parsing = pa.json.ParseOptions(explicit_schema=schema)
    return pa.json.read_json(pa.BufferReader(data), reading, parsing).select(schema.names)


class Parquet(TableFiles):
    """Parquet: snappy, one row group for each block of customers."""

    ending = "parquet"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._tables = {
            name: pa.parquet.ParquetWriter(
                self._files[name],
                written_schema(record),
                compression="snappy",
                use_dictionary=list(word_columns(record)),
            )
            for name, record in RECORDS.items()
        }

    @staticmethod
    def prepared(name: str, table: pa.Table) -> pa.Table:
        """The rows as they are."""
        return table

    def add(self, name: str, piece: Any) -> None:
        """Add the rows as a row group of their own."""
        if piece.num_rows:
            self._tables[name].write_table(piece, row_group_size=piece.num_rows)

    def close(self) -> Mapping[str, Kept]:
        """Finish, and say in which file each table lies."""
        for table in self._tables.values():
            table.close()
        return super().close()

    def drop(self) -> None:
        """Let go of the files."""
        super().drop()
        for table in self._tables.values():
            with suppress(OSError):
                table.close()


def read_parquet(data: bytes, name: str) -> pa.Table:
    """The table that the bytes of a Parquet file hold."""
    return as_kept(pa.parquet.read_table(pa.BufferReader(data)), RECORDS[name])


def kept_file(path: Path) -> Kept:
    """A finished file, measured; it is on the disk afterwards."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        hashed = hashlib.file_digest(file, "sha256")
    return Kept(path=path.name, bytes=path.stat().st_size, sha256=hashed.hexdigest())
