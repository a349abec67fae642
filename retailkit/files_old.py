"""Data sets on disk: one CSV for each table, and a description with schema and hashes.

CSV is the form for machines: UTF-8, every text in quotation marks, a field that is
not known left empty. The description, `datapackage.json`, follows the Data Package
standard (Frictionless Data).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retailkit.keep import recover, whole_folder, write_file
from retailkit.markets import rules_of
from retailkit.procedure import Procedure
from retailkit.records import Record, kinds, need_columns, need_word
from retailkit.shop import RECORDS, Shop
from retailkit.words import listing

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

DESCRIPTION = "datapackage.json"
FORMATS = ["csv"]


def write_dataset(shop: Shop, folder: str | Path, formats: Iterable[str] = ("csv",)) -> Path:
    """Write a shop as a data set, the whole folder or nothing, and return the folder.

    An older data set of this kit in its place is replaced in one move. Raises ValueError
    where the folder holds something else, and CannotKeep where it cannot be written.

    >>> import tempfile
    >>> from retailkit.generate import make_shop
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = write_dataset(make_shop(seed=7, customers=20), Path(place, "shop"))
    ...     sorted(file.name for file in folder.iterdir())[:3]
    ['claim_steps.csv', 'claims.csv', 'customers.csv']
    """
    folder = Path(folder).resolve()
    for name in [formats] if isinstance(formats, str) else formats:
        need_word(name, FORMATS, "format")
    _refuse_foreign(folder)
    _need_tables(shop)
    with whole_folder(folder) as draft:
        for name, table in shop.tables.items():
            write_file(draft / f"{name}.csv", _csv(table, RECORDS[name]))
        description = _description(shop, draft)
        write_file(
            draft / DESCRIPTION, json.dumps(description, indent=1, ensure_ascii=False) + "\n"
        )
    return folder


def read_dataset(folder: str | Path) -> Shop:
    """The shop that a data set holds.

    Raises ValueError where the folder holds no data set of this kit, or where a file
    is missing or has been changed since it was written.

    >>> import tempfile
    >>> from retailkit.generate import make_shop
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = write_dataset(make_shop(seed=7, customers=20), Path(place, "shop"))
    ...     read_dataset(folder).seed
    7
    """
    folder = Path(folder).resolve()
    recover(folder)
    description = _read_description(folder)
    try:
        about = description["retailkit"]
        shop = Shop(
            name=about["name"],
            tables={},
            seed=about["seed"],
            market=rules_of(about["market"]).code,
            procedure=Procedure(**_tuples(about["procedure"])),
            today=date.fromisoformat(about["today"]),
        )
        files = [(part["name"], part["path"], part["hash"]) for part in description["resources"]]
    except (KeyError, TypeError, ValueError):
        raise _damaged(folder) from None
    tables = {name: _read_table(folder / path, hash_, name) for name, path, hash_ in files}
    return replace(shop, tables=tables)


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that is not ours to replace."""
    if folder == Path.cwd():
        raise ValueError("The data set gets a folder of its own. Name one, such as 'our-shop'.")
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    ours = {DESCRIPTION, *(f"{name}.csv" for name in RECORDS)}
    foreign = (
        [file.name for file in folder.iterdir() if file.name not in ours] if folder.is_dir() else []
    )
    if foreign or not _is_ours(folder):
        what = f"'{min(foreign)}'" if foreign else "something"
        raise ValueError(
            f"'{folder}' holds {what} that is no part of a data set of this kit, "
            "so it is left alone. Choose a folder that is new or empty."
        )


def _is_ours(folder: Path) -> bool:
    try:
        _read_description(folder)
    except ValueError:
        return False
    return True


def _need_tables(shop: Shop) -> None:
    """Refuse a shop whose tables are not those of the kit, rather than drop anything."""
    if list(shop.tables) != list(RECORDS):
        raise ValueError(
            f"The shop has the tables {listing(shop.tables)}. "
            f"A data set holds exactly {listing(RECORDS)}, in this order."
        )
    for name, table in shop.tables.items():
        need_columns(table, kinds(RECORDS[name]), f"The table {name}")
        added = [str(column) for column in table.columns if column not in kinds(RECORDS[name])]
        if added:
            raise ValueError(
                f"The table {name} has columns that a data set does not hold: {listing(added)}. "
                "Drop them before writing."
            )


def _read_description(folder: Path) -> dict[str, Any]:
    try:
        text = (folder / DESCRIPTION).read_text(encoding="utf-8")
        description: dict[str, Any] = json.loads(text)
        names = [part["name"] for part in description["resources"]]
        ours = names == list(RECORDS) and "retailkit" in description
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise _damaged(folder)
    return description


def _damaged(folder: Path) -> ValueError:
    return ValueError(
        f"'{folder}' holds no data set of this kit: its {DESCRIPTION} is missing or damaged. "
        "Make one with: retailkit generate FOLDER"
    )


def _description(shop: Shop, folder: Path) -> dict[str, Any]:
    return {
        "name": f"retailkit-{shop.market.lower()}-{shop.seed}",
        "title": repr(shop),
        "resources": [_resource(name, shop.tables[name], folder) for name in shop.tables],
        "retailkit": {
            "name": shop.name,
            "seed": shop.seed,
            "market": shop.market,
            "today": shop.today.isoformat(),
            "procedure": asdict(shop.procedure),
        },
    }


def _resource(name: str, table: pd.DataFrame, folder: Path) -> dict[str, Any]:
    data = (folder / f"{name}.csv").read_bytes()
    return {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "rows": len(table),
        "schema": {
            "fields": [
                {"name": column, "type": _type_name(kind)}
                for column, kind in kinds(RECORDS[name]).items()
            ],
            "primaryKey": next(iter(kinds(RECORDS[name]))),
        },
    }


def _type_name(kind: type) -> str:
    names = {bool: "boolean", int: "integer", float: "number", date: "date", datetime: "datetime"}
    return names.get(kind, "string")


def _arrow_schema(record: type[Record]) -> pa.Schema:
    """How each column is written: money with two decimals, dates as days."""
    import pyarrow as pa

    types = {
        bool: pa.bool_(),
        int: pa.int64(),
        float: pa.decimal128(14, 2),
        date: pa.date32(),
        datetime: pa.timestamp("s"),
    }
    return pa.schema([(name, types.get(kind, pa.string())) for name, kind in kinds(record).items()])


def _csv(table: pd.DataFrame, record: type[Record]) -> bytes:
    import pyarrow as pa
    import pyarrow.csv

    schema = _arrow_schema(record)
    columns = [_column(table[field.name], field) for field in schema]
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(pa.table(columns, schema=schema), sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _column(values: pd.Series, field: pa.Field) -> pa.Array:
    """A column as it is written. Raises ValueError where that would change a value."""
    import pyarrow as pa
    import pyarrow.compute

    try:
        column = pa.array(values, from_pandas=True)
        if pa.types.is_decimal(field.type):
            column = pyarrow.compute.round(column, 2)
        return column.cast(field.type)
    except pa.ArrowException as error:
        raise ValueError(
            f"The column {field.name} cannot be written without changing it: {error}"
        ) from error


def _read_table(path: Path, hash_: str, name: str) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.csv

    from retailkit.records import table

    record = RECORDS[name]
    try:
        data = path.read_bytes()
    except OSError:
        raise ValueError(f"'{path}' is missing. Write the data set again.") from None
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != hash_:
        raise ValueError(
            f"'{path}' has been changed since it was written. "
            "Work on a copy elsewhere, and write the data set again."
        )
    options = pyarrow.csv.ConvertOptions(
        column_types=_arrow_schema(record),
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    parsing = pyarrow.csv.ParseOptions(newlines_in_values=True)
    read = pyarrow.csv.read_csv(
        pa.BufferReader(data), convert_options=options, parse_options=parsing
    )
    frame: pd.DataFrame = read.to_pandas(types_mapper={pa.bool_(): pd.BooleanDtype()}.get)
    return frame.astype(table([], record).dtypes.to_dict())


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
