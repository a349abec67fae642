"""Reading a data set back: every file is held against its hash first."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retailkit.catalogue import say
from retailkit.columns import frame_of
from retailkit.files.database import FILE as DATABASE
from retailkit.files.database import read_database
from retailkit.files.description import DESCRIPTION, MEDIA, read_description
from retailkit.files.formats import read_csv, read_jsonl, read_parquet
from retailkit.files.spreadsheet import FILE as SPREADSHEET
from retailkit.files.spreadsheet import read_spreadsheet
from retailkit.keep import recover
from retailkit.shop import RECORDS, Shop

if TYPE_CHECKING:
    import pyarrow as pa

READERS = {"csv": read_csv, "parquet": read_parquet, "jsonl": read_jsonl}
"""How one table is read from a file of its own."""


def read_dataset(folder: str | Path) -> Shop:
    """The shop that a data set holds, from whichever of its formats reads best.

    Where the set says with which faults it was made, `origin` holds them. Raises
    ValueError where the folder holds no data set of this kit, or where a file is
    missing or has been changed since it was written.

    >>> import tempfile
    >>> from retailkit.files import write_dataset
    >>> from retailkit.generate import make_shop
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = write_dataset(make_shop(seed=7, customers=20), Path(place, "shop"))
    ...     read_dataset(folder).seed
    7
    """
    folder = Path(folder).resolve()
    recover(folder)
    while True:
        before = _described(folder)
        try:
            return _read(folder)
        except ValueError:
            # while we were reading, another run may have put a new data set in its place
            if _described(folder) == before:
                raise


def _described(folder: Path) -> bytes | None:
    """The description as it lies there; a folder that is just being swapped is waited for."""
    for wait in (0.0, 0.01, 0.1):
        time.sleep(wait)
        if folder.exists():
            break
    try:
        return (folder / DESCRIPTION).read_bytes()
    except OSError:
        return None


def _read(folder: Path) -> Shop:
    shop, resources = read_description(folder)
    format_ = next(name for name in MEDIA if name in resources)
    tables = _tables(folder, format_, resources[format_])
    return replace(shop, tables={name: frame_of(tables[name]) for name in RECORDS})


def _tables(
    folder: Path, format_: str, parts: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, pa.Table]:
    hashes = {name: part["hash"] for name, part in parts.items()}
    if format_ == "sqlite":
        _checked(folder / DATABASE, hashes["claims"])
        return read_database(folder / DATABASE)
    if format_ == "xlsx":
        return read_spreadsheet(_checked(folder / SPREADSHEET, hashes["claims"]))
    return {
        name: READERS[format_](_checked(folder / f"{name}.{format_}", hash_), name)
        for name, hash_ in hashes.items()
    }


def _checked(path: Path, hash_: str) -> bytes:
    """The bytes of a file, if they are those that were written.

    Raises ValueError.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise ValueError(say("'{path}' is missing. Write the data set again.", path=path)) from None
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != hash_:
        raise ValueError(
            say(
                "'{path}' has been changed since it was written. "
                "Work on a copy elsewhere, and write the data set again.",
                path=path,
            )
        )
    return data
