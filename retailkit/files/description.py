"""The description of a data set, by the Data Package standard (Frictionless Data, version 1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import retailkit
from retailkit.catalogue import say
from retailkit.files.columns import foreign_keys, key_of, type_name, word_columns
from retailkit.files.formats import Kept
from retailkit.markets import rules_of
from retailkit.procedure import Procedure
from retailkit.records import Record, kinds, notes
from retailkit.shop import RECORDS, Origin, Shop, introduction

DESCRIPTION = "datapackage.json"

MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "jsonl": "application/jsonl",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The formats, from the one that is read first to the one that is read last."""

DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
    "caseSensitiveHeader": True,
}

LICENCE = {"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}


@dataclass(frozen=True, kw_only=True)
class About:
    """What a data set says about its shop, beside the tables."""

    name: str
    seed: int
    market: str
    procedure: Procedure
    today: date
    customers: int | None = None
    faults: Mapping[str, float] | None = None
    language: str | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    answers_sha256: str | None = None

    @property
    def title(self) -> str:
        """One sentence about the shop."""
        counts = {name: self.rows[name] for name in ("customers", "orders", "claims")}
        return introduction(self.name, self.seed, self.market, self.today, **counts)


def about_shop(shop: Shop) -> About:
    """What there is to say about a shop. Faults drawn from a secret stay unsaid."""
    origin = shop.origin
    return About(
        name=shop.name,
        seed=shop.seed,
        market=shop.market,
        procedure=shop.procedure,
        today=shop.today,
        customers=origin.customers if origin else None,
        faults=origin.faults if origin and origin.secret is None else None,
        language=origin.language if origin else None,
    )


def written(about: About, files: Mapping[str, Mapping[str, Kept]]) -> bytes:
    """The description, as it is written.

    `files` says for each format in which file each table lies.
    """
    formats = [name for name in MEDIA if name in files]
    resources = [
        _resource(table, name, files[name][table], about.rows[table], plain=name == formats[0])
        for name in formats
        for table in RECORDS
    ]
    description = {
        "profile": "tabular-data-package" if formats == ["csv"] else "data-package",
        "name": f"retailkit-{about.market.lower()}-{about.seed}",
        "title": about.title,
        "description": say("A shop for a class. Its people are made up; any likeness is chance."),
        "licenses": [LICENCE],
        "resources": resources,
        "retailkit": facts_of(about),
    }
    return (json.dumps(description, indent=1, ensure_ascii=False) + "\n").encode()


def facts_of(about: About) -> dict[str, Any]:
    """What there is to say about a shop, as plain values; what is not known is left out."""
    said = {
        "version": retailkit.__version__,
        "name": about.name,
        "seed": about.seed,
        "customers": about.customers,
        "market": about.market,
        "language": about.language,
        "today": about.today.isoformat(),
        "procedure": asdict(about.procedure),
        "faults": None if about.faults is None else dict(about.faults),
        "answers_sha256": about.answers_sha256,
    }
    return {name: value for name, value in said.items() if value is not None}


def _resource(table: str, format_: str, file: Kept, rows: int, *, plain: bool) -> dict[str, Any]:
    """One table in one format. The first format's tables go by their plain names."""
    text = {"encoding": "utf-8"} if format_ in ("csv", "jsonl") else {}
    tabular = {"profile": "tabular-data-resource", "dialect": DIALECT} if format_ == "csv" else {}
    place = {"sqlite": {"sql": {"table": table}}, "xlsx": {"excel": {"sheet": table}}}.get(format_)
    return {
        "name": table if plain else f"{table}.{format_}",
        "path": file.path,
        "format": format_,
        "mediatype": MEDIA[format_],
        **text,
        **tabular,
        **({"dialect": place} if place else {}),
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "rows": rows,
        "schema": schema(RECORDS[table]),
    }


def schema(record: type[Record]) -> dict[str, Any]:
    """A record's columns by the Table Schema standard."""
    references = [
        {"fields": column, "reference": {"resource": other, "fields": key_of(RECORDS[other])}}
        for column, other in foreign_keys(record).items()
    ]
    return {
        "fields": [_field(record, name) for name in kinds(record)],
        "missingValues": [""],
        "primaryKey": key_of(record),
        **({"foreignKeys": references} if references else {}),
    }


def _field(record: type[Record], name: str) -> dict[str, Any]:
    type_ = type_name(kinds(record)[name])
    constraints: dict[str, Any] = {}
    if name == key_of(record):
        constraints = {"required": True, "unique": True}
    elif name in word_columns(record):
        constraints = {"enum": [str(word) for word in word_columns(record)[name]]}
    return {
        "name": name,
        "type": type_,
        **({"format": "%Y-%m-%d %H:%M:%S"} if type_ == "datetime" else {}),
        "description": notes(record)[name],
        **({"constraints": constraints} if constraints else {}),
    }


def read_description(folder: Path) -> tuple[Shop, dict[str, dict[str, dict[str, Any]]]]:
    """The shop without its tables, and for each format the resource of each table.

    Raises ValueError where the folder holds no data set of this kit.
    """
    try:
        said = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        resources: dict[str, dict[str, dict[str, Any]]] = {}
        for part in said["resources"]:
            table = part["name"].removesuffix(f".{part['format']}")
            _ = part["path"], part["hash"].removeprefix("sha256:"), part["rows"]
            resources.setdefault(part["format"], {})[table] = part
        complete = resources and all(list(tables) == list(RECORDS) for tables in resources.values())
        if not complete or not set(resources) <= set(MEDIA):
            raise damaged(folder)
        return shop_of(said["retailkit"]), resources
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise damaged(folder) from None


def shop_of(about: Mapping[str, Any]) -> Shop:
    """The shop that these facts describe, without its tables."""
    origin = None
    if "customers" in about and "faults" in about:
        origin = Origin(
            customers=int(about["customers"]),
            faults=dict(about["faults"]),
            language=about.get("language"),
        )
    return Shop(
        name=about["name"],
        tables={},
        seed=about["seed"],
        market=rules_of(about["market"]).code,
        procedure=Procedure(**_tuples(about["procedure"])),
        today=date.fromisoformat(about["today"]),
        origin=origin,
    )


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }


def title_of(folder: Path) -> str:
    """What a data set says of its shop in one sentence."""
    title: str = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["title"]
    return title


def damaged(folder: Path) -> ValueError:
    """The error for a folder that holds no data set of this kit."""
    return ValueError(
        say(
            "'{folder}' holds no data set of this kit: its {description} is missing or damaged. "
            "Make one with: retailkit generate FOLDER",
            folder=folder,
            description=DESCRIPTION,
        )
    )
