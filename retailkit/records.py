"""Records: what the shop writes down, one frozen dataclass for each kind of thing.

A field that a person fills in carries its question. The question feeds the form,
the printed sheet, the data dictionary and the sentence that says what is missing.
Every other field carries a note of what it holds.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, TypeVar

from retailkit.catalogue import later, say
from retailkit.text import Problems, sound_text
from retailkit.words import Word, did_you_mean, listing, not_a

if TYPE_CHECKING:
    import pandas as pd


NOT_TEXT = later("{name}: {value!r} is not text. Put it between quotation marks.")
NOT_AN_ANSWER = later("{name}: {value!r} is not an answer. Choose yes or no, or leave it open.")
NOT_WHOLE = later("{name}: {value!r} is not a whole number. Write it with digits alone, like 12.")
NOT_A_NUMBER = later(
    "{name}: {value!r} is not a number. Write it with digits and a point, like 12.50."
)
NOT_A_DATE = later("{name}: {value!r} is not a date. Write year, month and day, like 2026-02-28.")

AnyRecord = TypeVar("AnyRecord", bound="Record")


def asked(question: str, *, optional: bool = False, long: bool = False) -> Any:
    """A field that a person is asked for, with the question.

    `optional` questions may stay open; `long` answers get room for several lines.
    """
    metadata = {"question": question, "optional": optional, "long": long}
    return dataclasses.field(default=None, metadata=metadata)


def noted(note: str) -> Any:
    """A field that nobody is asked for, with a note of what it holds."""
    return dataclasses.field(default=None, metadata={"note": note})


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a form."""

    name: str
    text: str
    answer: type
    optional: bool
    long: bool

    @property
    def choices(self) -> list[Word]:
        """The words to choose from; an empty list where anything may be written."""
        return list(self.answer) if issubclass(self.answer, Word) else []


@dataclass(frozen=True, kw_only=True, repr=False)
class Record:
    """Something written down. Incomplete is allowed; a word outside its list is not.

    None means "not known". Dates may be given as text, `2026-02-28`.

    >>> from retailkit.orders import Product
    >>> Product(name="kettle", price=25)
    Product
      name: kettle
      price: 25.0
    """

    def __post_init__(self) -> None:
        for name, kind in kinds(type(self)).items():
            object.__setattr__(self, name, understood(name, getattr(self, name), kind))

    def __repr__(self) -> str:
        """The record's name, then one line for each field that is known."""
        known = [(name, getattr(self, name)) for name in kinds(type(self))]
        lines = [f"  {name}: {value}" for name, value in known if value is not None]
        return "\n".join([type(self).__name__, *lines])

    def problems(self) -> Problems:
        """What is to be put right in this record: one sentence each, read from itself alone."""
        return Problems(
            say(
                "{name}: not filled in yet. {question}",
                name=question.name,
                question=say(question.text),
            )
            for question in questions(type(self))
            if not question.optional and getattr(self, question.name) is None
        )

    @classmethod
    def from_row(cls, row: Mapping[Any, Any] | pd.Series) -> Self:
        """The record that a table's row holds."""
        return cls(**{name: row[name] for name in kinds(cls) if name in row})


def kinds(record: type[Record]) -> dict[str, type]:
    """The kind of value each field holds, by field name and in the record's order."""
    return _kinds(record)  # type: ignore[arg-type]  # mypy takes a dataclass for unhashable


@functools.cache
def _kinds(record: type[Record]) -> dict[str, type]:
    hints = typing.get_type_hints(record)
    return {field.name: _without_none(hints[field.name]) for field in dataclasses.fields(record)}


def _without_none(hint: Any) -> type:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in hint.__args__ if part is not type(None))
    return typing.cast(type, hint)


def questions(record: type[Record]) -> list[Question]:
    """The questions behind a record's fields, in the order in which they are asked.

    >>> from retailkit.claims import Claim
    >>> questions(Claim)[0].text
    'Who is complaining? The customer number, if there is one.'
    """
    return [
        Question(
            name=field.name,
            text=field.metadata["question"],
            answer=kinds(record)[field.name],
            optional=field.metadata["optional"],
            long=field.metadata["long"],
        )
        for field in dataclasses.fields(record)
        if "question" in field.metadata
    ]


def notes(record: type[Record]) -> dict[str, str]:
    """What each field holds: the question behind it or, where nobody is asked, its note.

    >>> from retailkit.orders import OrderLine
    >>> notes(OrderLine)["quantity"]
    'How many pieces.'
    """
    return {
        field.name: field.metadata.get("question") or field.metadata["note"]
        for field in dataclasses.fields(record)
    }


def understood(name: str, value: Any, kind: type) -> Any:
    """A value as its field keeps it: nothing becomes None, text becomes a date or a word.

    Raises ValueError with a sentence where that cannot be.
    """
    if isinstance(value, str):
        value = value if kind is str else value.strip()
    if is_nothing(value):
        return None
    if issubclass(kind, Word):
        return kind(value)
    if kind is bool:
        return _yes_or_no(name, value)
    if kind in (date, datetime):
        return _moment(name, value, kind)
    if kind in (int, float):
        return _number(name, value, kind)
    if kind is str and not isinstance(value, str):
        raise ValueError(say(NOT_TEXT, name=name, value=value))
    return sound_text(name, value) if kind is str else value


def is_nothing(value: Any) -> bool:
    """Whether a value stands for "not known": None, blank text, or what pandas puts there.

    >>> is_nothing(None), is_nothing("  "), is_nothing(float("nan")), is_nothing(0)
    (True, True, True, False)
    """
    if isinstance(value, str):
        return not value.strip()
    # by their names, so that pandas need not be loaded to know them
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and math.isnan(value)


def _yes_or_no(name: str, value: Any) -> bool:
    answers = {"yes": True, "no": False, "true": True, "false": False}
    if isinstance(value, str) and value.lower() in answers:
        return answers[value.lower()]
    if not isinstance(value, str) and value in (True, False):
        return bool(value)
    raise ValueError(say(NOT_AN_ANSWER, name=name, value=value))


def _number(name: str, value: Any, kind: type) -> int | float:
    number: int | float = 0
    try:
        number = float(value)
        fits = math.isfinite(number)
        if fits and kind is int:
            # digit by digit: a float has room for fifteen
            written = Decimal(str(value))
            number = int(written)
            fits = number == written
    except (TypeError, ValueError, ArithmeticError):
        fits = False
    if not fits or isinstance(value, (bool, bytes)):
        said = NOT_WHOLE if kind is int else NOT_A_NUMBER
        raise ValueError(say(said, name=name, value=value))
    return number


def _moment(name: str, value: Any, kind: type) -> date | datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        if kind is datetime:
            return datetime.fromisoformat(moment.isoformat())
        return date(moment.year, moment.month, moment.day)
    except (ValueError, TypeError, AttributeError):
        raise ValueError(say(NOT_A_DATE, name=name, value=value)) from None


def dtype(kind: type) -> str:
    """How pandas keeps a column of this kind of value.

    >>> dtype(datetime), dtype(float), dtype(str)
    ('datetime64[s]', 'Float64', 'str')
    """
    if kind in (date, datetime):
        return "datetime64[s]"
    return {bool: "boolean", int: "Int64", float: "Float64"}.get(kind, "str")


def table(records: Iterable[Record], record: type[Record]) -> pd.DataFrame:
    """Records as a table: one row per record, one column per field, empty where not known."""
    import pandas as pd

    rows = list(records)
    return pd.DataFrame(
        {
            name: pd.Series([getattr(row, name) for row in rows], dtype=dtype(kind))
            for name, kind in kinds(record).items()
        }
    )


def records_in(table: pd.DataFrame, record: type[AnyRecord]) -> list[AnyRecord]:
    """The records that a table's rows hold, in their order."""
    return [record.from_row(row) for row in table.to_dict("records")]


def need_columns(table: pd.DataFrame, columns: Iterable[str], what: str) -> None:
    """Say in a sentence which columns a table lacks, if it lacks any.

    Raises ValueError.
    """
    missing = [column for column in columns if column not in table.columns]
    if missing:
        others = [str(column) for column in table.columns]
        said = say(
            "{table} has no column {missing}. It has {others}.",
            table=say(what),
            missing=listing([repr(name) for name in missing]),
            others=listing(others),
        )
        raise ValueError(f"{said}{did_you_mean(missing[0], others)}")


def need_word(value: str, choices: Iterable[str], kind: str) -> str:
    """The value itself, if it is one of the choices.

    Raises ValueError that names the choices and the likely one.
    """
    choices = list(choices)
    if value not in choices:
        raise ValueError(not_a(kind, value, choices))
    return value
