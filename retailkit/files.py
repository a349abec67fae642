"""Data sets on disk: one CSV for each table, and a description with schema and hashes.

CSV is the form for machines: UTF-8, every text in quotation marks, a field that is
not known left empty. The description, `datapackage.json`, follows the Data Package
standard (Frictionless Data).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retailkit.keep import recover, whole_folder, write_file
from retailkit.procedure import Procedure
from retailkit.records import Record, kinds, need_columns, need_word
from retailkit.shop import RECORDS, Shop

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
    folder = Path(folder).absolute()
    for name in formats:
        need_word(name, FORMATS, "format")
    _refuse_foreign(folder)
    with whole_folder(folder) as draft:
        for name, table in shop.tables.items():
            need_columns(table, kinds(RECORDS[name]), f"The table {name}")
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
    folder = Path(folder).absolute()
    recover(folder)
    description = _read_description(folder)
    about = description["retailkit"]
    return Shop(
        name=about["name"],
        tables={
            resource["name"]: _read_table(folder, resource) for resource in description["resources"]
        },
        seed=about["seed"],
        market=about["market"],
        procedure=Procedure(**_tuples(about["procedure"])),
        today=date.fromisoformat(about["today"]),
    )


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        _read_description(folder)
    except ValueError:
        raise ValueError(
            f"'{folder}' holds something that is not a data set of this kit, so it is left alone. "
            "Choose a folder that is new or empty."
        ) from None


def _read_description(folder: Path) -> dict[str, Any]:
    try:
        text = (folder / DESCRIPTION).read_text(encoding="utf-8")
        description: dict[str, Any] = json.loads(text)
        names = [resource["name"] for resource in description["resources"]]
        ours = names == list(RECORDS) and "retailkit" in description
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise ValueError(
            f"'{folder}' holds no data set of this kit: its {DESCRIPTION} is missing or damaged. "
            "Make one with: retailkit generate FOLDER"
        )
    return description


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
    columns = [
        pa.array(table[field.name], from_pandas=True).cast(field.type, safe=False)
        for field in schema
    ]
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(pa.table(columns, schema=schema), sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _read_table(folder: Path, resource: dict[str, Any]) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.csv

    from retailkit.records import table

    path, record = folder / resource["path"], RECORDS[resource["name"]]
    try:
        data = path.read_bytes()
    except OSError:
        raise ValueError(f"'{path}' is missing. Write the data set again.") from None
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != resource["hash"]:
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
