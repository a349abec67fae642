"""Answers as data: what may cross from a learner's program to ours, and nothing else.

What a learner's program sends is JSON. It can hold numbers, text, days, lists, sets,
columns, tables and filled-in forms; it can hold no object that does anything when read.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from retailkit.catalogue import say
from retailkit.markets import Deadline
from retailkit.records import Record, kinds
from retailkit.shop import RECORDS

MOST_BYTES = 2_000_000
"""An answer of more than these is none that a lesson asks for."""

COLUMN_TYPES = {"int64", "float64", "bool", "object", "str", "Int64", "Float64", "boolean"}
"""How a column may be typed on our side; any other kind of column arrives as plain values."""

ODD = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What data of another shape than ours leads to."""

Caller = Callable[..., Any]


class CannotBeRead(ValueError):
    """What a learner's program sent is no answer."""


def packed(value: Any) -> Any:
    """A value as JSON can hold it: plain values as they are, all others with their kind.

    >>> packed({"days": [date(2026, 3, 6), ...]})
    {'dict': [['days', {'list': [{'day': '2026-03-06'}, {'blank': 0}]}]]}
    >>> packed(print), packed(object())
    ({'function': 0}, {'other': 'object'})
    """
    plain = _plain(value)
    if plain is not None or value is None:
        return plain[0] if plain else None
    if isinstance(value, dict):
        return {"dict": [[packed(name), packed(part)] for name, part in value.items()]}
    for kind in (list, tuple, set, frozenset):
        if isinstance(value, kind):
            # a set has no order of its own; ours must be the same on every run
            parts = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else value
            return {kind.__name__: [packed(part) for part in parts]}
    return _packed_table(value) or _packed_form(value) or _packed_other(value)


def _plain(value: Any) -> tuple[Any] | None:
    """A value that is one thing, as JSON holds it; nothing where it has parts."""
    if hasattr(value, "dtype") and getattr(value, "ndim", 1) == 0 and hasattr(value, "item"):
        value = value.item()  # a number as NumPy keeps it
    if value is ...:
        return ({"blank": 0},)
    if isinstance(value, bool):
        return (bool(value),)
    for kind in (int, float, str):
        if isinstance(value, kind):
            return (kind.__str__(value) if kind is str else kind(value),)
    if isinstance(value, Deadline):
        value = value.date
    if isinstance(value, datetime):
        return ({"moment": value.isoformat()},)
    return ({"day": value.isoformat()},) if isinstance(value, date) else None


def _packed_table(value: Any) -> dict[str, Any] | None:
    import numpy as np
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        columns = [[str(name), packed(value[name])] for name in value.columns.unique()]
        return {"table": columns, "index": packed(value.index)}
    if isinstance(value, np.ndarray) and value.ndim == 1:
        value = pd.Series(value)
    if isinstance(value, (pd.Series, pd.Index)):
        value = pd.Series(value)
        # what is missing is None, whatever the column calls it
        parts = value.astype("object").where(value.notna(), None).tolist()
        return {"column": [packed(part) for part in parts], "type": str(value.dtype)}
    return None


def _packed_form(value: Any) -> dict[str, Any] | None:
    """A form of the desk: what was saved on it, record by record."""
    from retailkit.forms.desk_form import DeskForm

    if not isinstance(value, DeskForm):
        return None
    taken = [[[name, packed(row)] for name, row in rows.items()] for rows in value.taken]
    return {"form": type(value).__name__, "taken": taken}


def _packed_other(value: Any) -> dict[str, Any]:
    if isinstance(value, Record):
        fields = [[name, packed(getattr(value, name))] for name in kinds(type(value))]
        return {"record": type(value).__name__, "fields": fields}
    if isinstance(text := getattr(value, "text", None), str):
        return {"letter": text}
    if callable(value):
        return {"function": 0}
    return {"other": type(value).__name__}


def unpacked(data: Any, call: Caller | None = None) -> Any:
    """The value that was packed. A function becomes `call`, which asks for what it gives.

    Raises CannotBeRead.

    >>> unpacked({"list": [{"day": "2026-03-06"}, 3]})
    [datetime.date(2026, 3, 6), 3]
    """
    try:
        return _unpacked(data, call)
    except CannotBeRead:
        raise
    except ODD as error:
        raise CannotBeRead(
            say("Its data cannot be read ({error}).", error=type(error).__name__)
        ) from None


def _unpacked(data: Any, call: Caller | None) -> Any:
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    if not isinstance(data, dict) or not data:
        raise CannotBeRead(say("Its data cannot be read (no known kind)."))
    kind, content = next(iter(data.items()))
    parts = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
    if kind in parts:
        return parts[kind](_unpacked(part, call) for part in content)
    if kind == "dict":
        return {_unpacked(name, call): _unpacked(part, call) for name, part in content}
    if kind == "function" and call is not None:
        return call
    larger: dict[str, Callable[[], Any]] = {
        "table": lambda: _unpacked_table(data, call),
        "column": lambda: _unpacked_table(data, call),
        "form": lambda: _unpacked_form(data),
        "record": lambda: _unpacked_record(data),
    }
    return larger[kind]() if kind in larger else _unpacked_simple(kind, content)


def _unpacked_simple(kind: str, content: Any) -> Any:
    simple: dict[str, Callable[[Any], Any]] = {
        "blank": lambda _: ...,
        "day": date.fromisoformat,
        "moment": datetime.fromisoformat,
        "letter": str,
        "other": _stranger,
    }
    if kind not in simple:
        raise CannotBeRead(say("Its data cannot be read (no known kind)."))
    return simple[kind](content)


def _stranger(name: Any) -> Any:
    """Something of a kind of which only the name is told."""
    known = isinstance(name, str) and name.isidentifier() and len(name) <= 40
    return type(name if known else "unknown", (), {})()


def _unpacked_table(data: dict[str, Any], call: Caller | None) -> Any:
    import pandas as pd

    if "table" in data:
        columns = {str(name): _unpacked(column, call) for name, column in data["table"]}
        frame = pd.DataFrame({name: column.to_list() for name, column in columns.items()})
        for name, column in columns.items():
            frame[name] = column
        frame.index = pd.Index(_unpacked(data["index"], call))
        return frame
    values = [_unpacked(part, call) for part in data["column"]]
    kind = data.get("type") if data.get("type") in COLUMN_TYPES else None
    return pd.Series(values, dtype=kind)


def _unpacked_form(data: dict[str, Any]) -> Any:
    from retailkit.forms.desk_form import DeskForm

    importlib.import_module("retailkit.forms")  # with it the forms there are
    known = {kind.__name__: kind for kind in DeskForm.__subclasses__()}
    form = known[data["form"]].__new__(known[data["form"]])
    form.taken = [{name: _unpacked(row, None) for name, row in rows} for rows in data["taken"]]
    return form


def _unpacked_record(data: dict[str, Any]) -> Record:
    from retailkit.triage import Evidence

    known = {record.__name__: record for record in (*RECORDS.values(), Evidence)}
    fields = {str(name): _unpacked(part, None) for name, part in data["fields"]}
    record: Record = known[data["record"]](**fields)
    return record


def line_of(message: dict[str, Any]) -> bytes:
    """A message as one line."""
    return json.dumps(message).encode() + b"\n"


def message_in(line: bytes) -> dict[str, Any]:
    """The message that a line holds.

    Raises CannotBeRead.
    """
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise CannotBeRead(say("It sent something that is no message.")) from None
    if not isinstance(message, dict):
        raise CannotBeRead(say("It sent something that is no message."))
    return message
