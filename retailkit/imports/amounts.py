"""Amounts of money: one decimal sign for the whole file, proven by the file or asked for."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from retailkit.catalogue import later, say
from retailkit.files.columns import A_HAIR
from retailkit.imports.delimited import Cell
from retailkit.imports.problems import shown
from retailkit.imports.values import Judge, Wrong

DECIMALS = {later("point"): ".", later("comma"): ","}

NUMBER = re.compile(r"[+-]?\d[\d.,\s]*")
THREE = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
"""A number whose sign may stand before thousandths or after thousands."""

SPACES = " \u00a0\u202f"
"""What stands between thousands in some countries."""

LIKE_THIS = later("Write digits with a point or a comma before the cents, like 12.50.")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A number that shows which sign stands before the decimals, if any does."""

    place: int
    text: str
    decimal: str | None


def seen_in(cells: Iterable[Cell]) -> list[Seen]:
    """The written numbers of a column that have a point or a comma, each with what it shows."""
    return [
        Seen(place=place, text=cell.strip(), decimal=_shows(cell.strip()))
        for place, cell in enumerate(cells)
        if isinstance(cell, str) and NUMBER.fullmatch(cell.strip()) and re.search("[.,]", cell)
    ]


def _shows(text: str) -> str | None:
    """The word for the sign before the decimals; None where it could be either."""
    signs = re.findall("[.,]", text)
    last = "point" if signs[-1] == "." else "comma"
    other = "comma" if last == "point" else "point"
    if len(set(signs)) == 2:
        return last
    if len(signs) > 1:
        return other
    return None if THREE.fullmatch(text) else last


def question(seen: list[Seen]) -> tuple[str, str]:
    """What was found and what would do, where it stays open what the sign means."""
    first = seen[0]
    other = next((one for one in seen if one.decimal != first.decimal), None)
    if other:
        found = say(
            "{one!r} has a decimal {sign}, and {other!r} a decimal {other_sign}",
            one=first.text,
            sign=say(str(first.decimal)),
            other=other.text,
            other_sign=say(str(other.decimal)),
        )
        return found, say("Write all numbers of the file in one way.")
    sign = re.sub(r"[^.,]", "", first.text)
    thousands = first.text.replace(sign, "")
    return (
        say(
            "{text!r} is {thousands} or {cents}, "
            "as {sign!r} stands after the thousands or before the cents",
            text=first.text,
            thousands=thousands,
            cents=first.text.replace(sign, "."),
            sign=sign,
        ),
        say("Say which sign stands before the cents in this file: decimal='point' or 'comma'."),
    )


def amount_judge(decimal: str) -> Judge:
    """How the cells of a column of amounts are judged, with this sign before the cents."""
    point = DECIMALS[decimal]
    thousands = "," if point == "." else "."
    # thousands stand in threes, with one sign between them all the way
    gap = rf"(?P<gap>[{re.escape(thousands)}{SPACES}])"
    shape = re.compile(
        rf"[+-]?(\d+|\d{{1,3}}{gap}\d{{3}}((?P=gap)\d{{3}})*)({re.escape(point)}\d+)?"
    )

    def judge(cell: Cell) -> float:
        if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
            raise Wrong(say("{cell} is not a number", cell=shown(cell)), say(LIKE_THIS))
        if isinstance(cell, str):
            text = cell.strip()
            if not shape.fullmatch(text):
                raise Wrong(say("{cell} is not a number", cell=shown(cell)), _advice(text, decimal))
            digits = re.sub(rf"[{re.escape(thousands)}{SPACES}]", "", text)
            return _money(float(digits.replace(point, ".")), cell)
        return _money(float(cell), cell)

    return judge


def _money(number: float, cell: Cell) -> float:
    if not math.isfinite(number) or abs(number) >= 1e12:
        raise Wrong(
            say("{cell} is too large to be money", cell=shown(cell)), say("Look at it once more.")
        )
    if abs(number - round(number, 2)) > A_HAIR:
        raise Wrong(
            say("{cell} has more than two decimals", cell=shown(cell)),
            say("Round it to whole cents."),
        )
    return number


def _advice(text: str, decimal: str) -> str:
    if NUMBER.fullmatch(text):
        return say(
            "The other numbers are written with a decimal {decimal}; write this one like them.",
            decimal=say(decimal),
        )
    return f"{say(LIKE_THIS)} {say('Signs of money and letters are left out.')}"
