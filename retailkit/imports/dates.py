"""Dates: ISO always; day and month the other way round only in the order that was declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from retailkit.catalogue import later, say
from retailkit.imports.delimited import Cell
from retailkit.imports.problems import shown
from retailkit.imports.values import Judge, Wrong
from retailkit.text import day
from retailkit.words import listing

DATE_ORDERS = ["day first", "month first"]

ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]0+)?)?")

TWO_WAYS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2})?))?")
"""A date of which only the order of day and month is open."""

SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}")
ZONED = re.compile(r".*\d{2}:\d{2}.*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})", re.IGNORECASE)
PART_OF_SECOND = re.compile(r".*:\d{2}[.,]\d+")

A_HAIR = timedelta(milliseconds=5)
"""A spreadsheet keeps moments as parts of a day, which are off by so much at most."""

LIKE_THIS = later("Write year, month and day, like 2026-02-28.")


def needs_order(cells: Iterable[Cell]) -> list[int]:
    """The places of the cells that can only be read when the order of day and month is known."""
    two_ways = {
        cell for cell in set(cells) if isinstance(cell, str) and TWO_WAYS.fullmatch(cell.strip())
    }
    return [place for place, cell in enumerate(cells) if cell in two_ways] if two_ways else []


def question(texts: Sequence[str]) -> tuple[str, str]:
    """What was found and what would do, where nobody has said the order; both readings shown."""
    open_ = next((text for text in texts if len(_readings(text)) == 2), texts[0])
    readings = [f"{day(moment)} ({order})" for order, moment in _readings(open_).items()]
    found = say(
        "{text!r} is {readings}",
        text=open_,
        readings=listing(readings, "or") if readings else say("a date in neither order"),
    )
    certain = next((text for text in texts if len(_readings(text)) == 1 and text != open_), None)
    asked = say("Say which for the whole file: date_order='day first' or 'month first'.")
    if certain is None:
        return found, asked
    order = next(iter(_readings(certain)))
    return found, f"{asked} {say('{text!r} can only be {order}.', text=certain, order=order)}"


def _readings(text: str) -> dict[str, datetime]:
    """What a date is in each order in which it is one; two equal readings are one."""
    found = {}
    for order in DATE_ORDERS:
        try:
            found[order] = _in_order(text, order)
        except (Wrong, ValueError):
            continue
    if len(set(found.values())) == 1:
        return dict([next(iter(found.items()))])
    return found


def moment_judge(kind: type, order: str | None) -> Judge:
    """How the cells of a column of dates or of moments are judged."""

    def judge(cell: Cell) -> datetime:
        moment = _moment(cell, order)
        if kind is date and (moment.hour or moment.minute or moment.second):
            raise Wrong(
                say("{cell} has a time, and a day is asked for", cell=shown(cell)),
                say("Leave the time out."),
            )
        return moment

    return judge


def _moment(cell: Cell, order: str | None) -> datetime:
    if isinstance(cell, datetime):
        whole = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
        if abs(cell - whole) > A_HAIR:
            raise Wrong(
                say("{cell} has a part of a second", cell=cell), say("Round it to whole seconds.")
            )
        return whole
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - as the shop's clock says
    if not isinstance(cell, str):
        raise Wrong(
            say("{cell} is not a date", cell=shown(cell)), say("Format the cell as a date.")
        )
    text = cell.strip()
    try:
        if iso := ISO.fullmatch(text):
            return datetime.fromisoformat("T".join(part for part in iso.groups() if part))
        if order and TWO_WAYS.fullmatch(text):
            return _in_order(text, order)
    except ValueError:
        raise Wrong(
            say("{cell} is no day of the calendar", cell=shown(cell)), _advice(text, order)
        ) from None
    raise Wrong(say("{cell} is not a date", cell=shown(cell)), _advice(text, order))


def _in_order(text: str, order: str) -> datetime:
    """The moment of a date with day and month in this order.

    Raises ValueError where the calendar has no such day.
    """
    found = TWO_WAYS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    first, _, second, year, clock = found.groups()
    month, number = (second, first) if order == "day first" else (first, second)
    hours, minutes, seconds = (f"{clock or '0:00'}:00").split(":")[:3]
    moment = (year, month, number, hours, minutes, seconds)
    return datetime(*map(int, moment))  # type: ignore[arg-type]  # noqa: DTZ001


def _advice(text: str, order: str | None) -> str:
    if SHORT_YEAR.fullmatch(text):
        return f"{say('The year needs four digits.')} {say(LIKE_THIS)}"
    if ZONED.fullmatch(text):
        return say(
            "Write the time as the clock in the shop showed it, without a distance from UTC."
        )
    if PART_OF_SECOND.fullmatch(text):
        return say("Round it to whole seconds.")
    if re.fullmatch(r"[2-6]\d{4}([.,]\d+)?", text):
        return say("It looks like a spreadsheet's day number: format the column as a date there.")
    if order and TWO_WAYS.fullmatch(text):
        return f"{say('You said {order!r}.', order=order)} {say(LIKE_THIS)}"
    return say(LIKE_THIS)
