"""Values at the door of the database: kept exactly, or refused with the reason.

Money becomes hundredths, days and moments ISO text. What could not come back the
same is not let in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from retailkit.catalogue import say
from retailkit.columns import frame_of, schema_of
from retailkit.files.columns import A_HAIR, frame_as_written
from retailkit.records import AnyRecord, Record, kinds, need_columns
from retailkit.text import sound_text
from retailkit.words import listing

if TYPE_CHECKING:
    import pandas as pd

MOST = 10**14
"""A sum of so many hundredths is a slip of the pen, and would no longer be exact as a number."""

LARGEST = 2**63
"""The first whole number that a database cannot hold."""

PHONE = re.compile(r"[+\d\s()./-]{5,}")
"""How a telephone number is written."""


def kept(name: str, value: Any, kind: type) -> Any:
    """One value of a record in the form in which the database keeps it.

    Raises ValueError where it would not come back the same. The sentence does not
    repeat the value: it may be somebody's.

    >>> kept("amount", 24.5, float), kept("event_on", date(2026, 2, 28), date)
    (2450, '2026-02-28')
    """
    if value is None:
        return None
    if kind is float:
        return _hundredths(name, value)
    if kind is datetime:
        return _moment(name, value)
    if kind is date:
        return value.isoformat()
    if kind in (int, bool):
        return _whole(name, value)
    return sound_text(name, str(value))


def _hundredths(name: str, value: float) -> int:
    hundredths = round(value * 100)
    if abs(value - hundredths / 100) > A_HAIR or abs(hundredths) >= MOST:
        raise ValueError(
            say(
                "{name}: money is kept with two decimals, and below a million million. "
                "Round it first: round(amount, 2).",
                name=name,
            )
        )
    return hundredths


def _moment(name: str, value: datetime) -> str:
    if value.microsecond or value.tzinfo:
        raise ValueError(
            say(
                "{name}: a moment is kept to the second, by the shop's own clock, like "
                "2026-02-28T10:30:00. Leave out parts of a second and the time zone.",
                name=name,
            )
        )
    return value.isoformat(sep=" ")


def _whole(name: str, value: int) -> int:
    if not -LARGEST <= value < LARGEST:
        raise ValueError(
            say("{name}: the number is too long for a database. Check the digits.", name=name)
        )
    return int(value)


def folded(text: str) -> str:
    """A text as it is looked up: small letters, without accents, in one spelling.

    >>> folded("MUÑOZ"), folded("Straße")
    ('munoz', 'strasse')
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    # the accents of the Latin letters alone: in Hindi a mark is a vowel
    plain = re.sub(r"[\u0300-\u036f]", "", parts)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def email_key(email: str) -> str:
    """An e-mail address as it is looked up: one spelling, small letters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", email.strip()).casefold())


def phone_key(phone: str) -> str:
    """A telephone number as it is looked up: its digits, whatever stands between them."""
    return re.sub(r"\D", "", phone)


def look_up_keys(
    given_name: str | None, family_name: str | None, email: str | None, phone: str | None
) -> dict[str, str | None]:
    """The keys by which a customer is looked up."""
    name = folded(f"{given_name or ''} {family_name or ''}")
    return {
        "email_key": email_key(email) if email else None,
        "phone_key": phone_key(phone) or None if phone else None,
        "name_key": name or None,
    }


def row_of(record: Record) -> dict[str, Any]:
    """A record as a row of its table.

    Raises ValueError where a value would not come back the same.
    """
    return {
        name: kept(name, getattr(record, name), kind) for name, kind in kinds(type(record)).items()
    }


def record_of(row: Mapping[str, Any], record: type[AnyRecord]) -> AnyRecord:
    """The record that a row of its table holds."""
    values = {
        name: row[name] / 100 if kind is float and row[name] is not None else row[name]
        for name, kind in kinds(record).items()
    }
    return record(**values)


def rows_of(table: pd.DataFrame, name: str, record: type[Record]) -> list[dict[str, Any]]:
    """The rows of one of the shop's tables, as the database keeps them.

    Raises ValueError where a column is missing or unknown, or a value would not come
    back the same.
    """
    need_columns(table, kinds(record), say("The table {name}", name=name))
    unknown = [str(column) for column in table.columns if column not in kinds(record)]
    if unknown:
        raise ValueError(
            say(
                "The table {name} has {unknown}, for which the database has no place. "
                "Take it out first.",
                name=name,
                unknown=listing(unknown),
            )
        )
    written = frame_as_written(table, record)
    columns = [_as_kept(written[column], f"{name}.{column}") for column in written.column_names]
    return [dict(zip(written.column_names, row, strict=True)) for row in zip(*columns, strict=True)]


def _as_kept(column: Any, name: str) -> list[Any]:
    if pa.types.is_decimal(column.type):
        column = pc.round(pc.multiply(column.cast(pa.float64()), 100.0)).cast(pa.int64())
    elif pa.types.is_boolean(column.type):
        column = column.cast(pa.int64())
    elif pa.types.is_temporal(column.type):
        column = column.cast(pa.string())
    elif pa.types.is_string(column.type) and pc.any(pc.match_substring(column, "\0")).as_py():
        sound_text(name, "\0")
    values: list[Any] = column.to_pylist()
    return values


def table_of(rows: Iterable[Sequence[Any]], record: type[Record]) -> pd.DataFrame:
    """Rows of the database as one of the shop's tables: empty means not known."""
    schema = schema_of(record)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [
        _as_in_shop(values, field.type) for values, field in zip(columns, schema, strict=True)
    ]
    return frame_of(pa.table(arrays, schema=schema))


def _as_in_shop(values: Sequence[Any], kind: pa.DataType) -> Any:
    if pa.types.is_temporal(kind):
        return pa.array(values, pa.string()).cast(kind)
    if pa.types.is_string(kind):
        return pa.array(values, kind)
    numbers = pa.array(values, pa.int64())
    # a whole number divided by a hundred is the nearest there is to the sum on paper
    return (
        pc.divide(numbers.cast(kind), 100.0) if pa.types.is_floating(kind) else numbers.cast(kind)
    )
