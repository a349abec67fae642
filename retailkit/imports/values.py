"""From cells to values: each different cell is judged once, and kept exactly or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from retailkit.catalogue import later, say
from retailkit.customers import email_problems, phone_like, phone_problems
from retailkit.imports.delimited import WRITE_IT, Cell, NoValue
from retailkit.imports.problems import shown
from retailkit.records import understood
from retailkit.words import Word, kind_of, not_a

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that nobody writes on purpose; a tab or a new line may stand in a text."""

ERRORS = {
    "#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!",
    "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA",
}  # fmt: skip
"""What a spreadsheet writes into a text file where a formula failed."""

SHORTENED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
"""What a spreadsheet makes of a long number when it is saved as text."""

MOST_DIGITS = 10**15
"""A spreadsheet keeps fifteen digits of a number."""

ZEROS_MATTER = {"phone", "postcode"}
"""Columns in which a number cell has lost the zeros or the plus sign in front."""


class Wrong(Exception):
    """A cell that cannot be kept: what was found, and what would do."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(found, allowed)
        self.found, self.allowed = found, allowed


Judge = Callable[[Cell], Any]


@dataclass(kw_only=True)
class Judged:
    """A column of values, None where not known, and what is wrong at which place."""

    kept: list[Any]
    wrong: list[tuple[int, Wrong]]


def judged(cells: Sequence[Cell], judge: Judge) -> Judged:
    """Every cell of a column as the value that it holds; a blank one holds none."""
    # 1, 1.0 and True are the same to Python and not to whoever filled in the sheet
    mixed = len(set(map(type, cells))) > 1
    keys = [(type(cell), cell) for cell in cells] if mixed else cells
    verdicts = {
        key: _verdict(cell, judge) for key, cell in dict(zip(keys, cells, strict=True)).items()
    }
    found = list(map(verdicts.__getitem__, keys))
    if not any(isinstance(verdict, Wrong) for verdict in verdicts.values()):
        return Judged(kept=found, wrong=[])
    wrong = [(place, one) for place, one in enumerate(found) if isinstance(one, Wrong)]
    kept = [None if isinstance(one, Wrong) else one for one in found]
    return Judged(kept=kept, wrong=wrong)


def _verdict(cell: Cell, judge: Judge) -> Any:
    if isinstance(cell, str):
        if not cell or cell.isspace():
            return None
        if cell in ERRORS:
            return Wrong(say("{cell!r} is a formula that failed", cell=cell), say(WRITE_IT))
    elif cell is None:
        return None
    elif isinstance(cell, NoValue):
        return Wrong(cell.found, cell.allowed)
    try:
        return judge(cell)
    except Wrong as wrong:
        return wrong


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell, or blanks alone."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def text_judge(column: str, cells: Sequence[Cell] = ()) -> Judge:
    """How the cells of a text column are judged: kept letter by letter, or refused."""
    rules: list[Callable[[str], None]] = [_no_control]
    if column.endswith("_id") or column in ZEROS_MATTER:
        rules.append(_not_shortened)
    if column.endswith("_id"):
        rules.append(_no_blanks_around)
    if column == "email":
        rules.append(_an_address)
    if column == "phone":
        rules.append(_a_number_to_call(phone_like(c for c in cells if isinstance(c, str))))

    def judge(cell: Cell) -> str:
        text = cell if isinstance(cell, str) else _digits(cell, column)
        for rule in rules:
            rule(text)
        return text

    return judge


def _digits(cell: Cell, column: str) -> str:
    """A number cell as its digits, where nothing can have been lost."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        found = say(_no_text(cell), cell=shown(str(cell)))
        raise Wrong(found, say("Format the cell as text and write it once more."))
    if column in ZEROS_MATTER:
        raise Wrong(
            say(
                "{cell:.15g} is kept as a number, which loses zeros and a plus sign in front",
                cell=cell,
            ),
            say("Format the cell as text and write it once more."),
        )
    if cell != int(cell) or abs(cell) >= MOST_DIGITS:
        raise Wrong(
            say("{cell!r} is a number that its cell may have rounded", cell=cell),
            say("Format the cell as text and write it once more."),
        )
    return str(int(cell))


def _no_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return later("{cell} is a yes or no and not text")
    if isinstance(cell, date):
        return later("{cell} is a date and not text")
    return later("{cell} is a time and not text")


def _no_control(text: str) -> None:
    if found := CONTROL.search(text):
        raise Wrong(
            say(
                "{text} holds a character that cannot be seen ({sign!r})",
                text=shown(text),
                sign=found.group(),
            ),
            say("Take it out; a database keeps none."),
        )


def _not_shortened(text: str) -> None:
    if SHORTENED.fullmatch(text.strip()):
        raise Wrong(
            say(
                "{text!r} is a long number that a spreadsheet has shortened; its digits are lost",
                text=text,
            ),
            say("Take it from where it came from, and format the column as text first."),
        )


def _no_blanks_around(text: str) -> None:
    if text != text.strip():
        raise Wrong(say("{text} has blanks around it", text=shown(text)), say("Take them away."))


def _an_address(text: str) -> None:
    _by_the_rule(text, email_problems(text))


def _a_number_to_call(like: str) -> Callable[[str], None]:
    """The rule for telephone numbers; `like` is one of the country of this file."""
    return lambda text: _by_the_rule(text, phone_problems(text, like))


def _by_the_rule(text: str, problems: list[str]) -> None:
    """What the customer's own record says, split where the advice begins."""
    for problem in problems:
        raise _wrong(text, problem)


def _wrong(text: str, problem: str) -> Wrong:
    """What is said of a text, split where the advice begins; the text stands first in it."""
    what, _, advice = problem.partition(repr(text))[2].partition(". ")
    found = f"{shown(text)}{what.removesuffix('.')}"
    return Wrong(found, advice or say("Ask the customer again."))


def word_judge(vocabulary: type[Word]) -> Judge:
    """How the cells of a column are judged that holds a word from a closed list.

    Capitals, and blanks for underscores, make no difference.
    """
    words = {_plain(word): word for word in vocabulary}

    def judge(cell: Cell) -> str:
        word = words.get(_plain(str(cell)))
        if word is None:
            raise _wrong(str(cell), not_a(kind_of(vocabulary), str(cell), vocabulary))
        return word.value

    return judge


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word.strip()).casefold()


def words_said(column: str, cells: Sequence[Cell], values: Sequence[Any]) -> list[str]:
    """Which words were written in another way than the shop writes them."""
    pairs = dict.fromkeys(zip(cells, values, strict=True))
    return [
        say(
            "In {column}, {cell} was read as {value!r}.",
            column=column,
            cell=shown(cell),
            value=value,
        )
        for cell, value in pairs
        if value is not None and cell != value
    ]


def answer_judge(column: str) -> Judge:
    """How the cells of a column are judged that says yes or no."""

    def judge(cell: Cell) -> Any:
        try:
            return understood(column, cell, bool)
        except ValueError:
            found = say("{cell} is not an answer", cell=shown(cell))
            raise Wrong(found, say("Choose yes or no, or leave it open.")) from None

    return judge
