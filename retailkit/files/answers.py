"""The answer list: what was planted where. It lies outside the data set, with the teacher."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv

from retailkit.catalogue import say
from retailkit.generate.answers import COLUMNS
from retailkit.keep import CannotKeep, alone, sweep, whole_file


class Answers:
    """The list as it grows. Without a place of its own it is hashed all the same."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        head = pa.table({name: pa.array([], pa.string()) for name in COLUMNS})
        self._write(_csv(head, header=True))

    def add(self, planted: pa.Table) -> None:
        """Add what was planted in one block."""
        self._write(_csv(planted.select(list(COLUMNS)), header=False))

    def _write(self, data: Any) -> None:
        self._hash.update(data)
        if self._file:
            self._file.write(data)

    @property
    def sha256(self) -> str:
        """The hash of the list so far."""
        return self._hash.hexdigest()


def _csv(table: pa.Table, *, header: bool) -> Any:
    sink = pa.BufferOutputStream()
    pa.csv.write_csv(table, sink, pa.csv.WriteOptions(include_header=header))
    return sink.getvalue()


@contextmanager
def answer_list(path: str | Path | None, folder: Path) -> Iterator[Answers]:
    """A list to add to; it takes its place at the end of the block, whole.

    Raises ValueError where the place is inside the data set, or taken by something else.
    """
    if path is None:
        yield Answers(None)
        return
    path = Path(path).resolve()
    try:
        _check(path, folder)
    except OSError as error:
        raise CannotKeep(path, error) from error
    with alone(path):
        sweep(path)
        with whole_file(path) as file:
            yield Answers(file)


def _check(path: Path, folder: Path) -> None:
    if path == folder or folder in path.parents:
        raise ValueError(
            say(
                "'{path}' is inside the data set, where the class would find the answers. "
                "Choose a place outside it.",
                path=path,
            )
        )
    if path.is_dir():
        raise ValueError(
            say(
                "'{path}' is a folder. Name a file for the answers, such as answers.csv.", path=path
            )
        )
    if path.exists() and not _is_ours(path):
        raise ValueError(
            say(
                "'{path}' exists and is no answer list of this kit, so it is left alone. "
                "Choose another name.",
                path=path,
            )
        )


def _is_ours(path: Path) -> bool:
    head = ",".join(f'"{name}"' for name in COLUMNS) + "\n"
    with path.open("rb") as file:
        return file.read(len(head)) == head.encode()
