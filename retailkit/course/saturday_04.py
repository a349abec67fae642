"""Saturday's list of new customers: as it was written, as the spreadsheet saved it, and mended."""

from __future__ import annotations

import csv
import functools
import random
import re
from collections.abc import Mapping
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from retailkit.generate import make_shop
from retailkit.shop import Shop

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = {
    "First name": "given_name",
    "Family name": "family_name",
    "Telephone": "phone",
    "E-mail": "email",
    "Postcode": "postcode",
}
"""What stands on top of the list, and which of the shop's columns each is."""

LIST, MENDED = "saturday.csv", "saturday_mended.xlsx"
SHORTENED, WITHOUT_ZERO, AS_TEXT = "shortened", "without zero", "as text"
TYPED = [SHORTENED] * 5 + [WITHOUT_ZERO] * 3 + [AS_TEXT] * 4
"""What has become of the twelve telephone numbers; the order is each shop's own."""

NUMBER = re.compile(r"\+44(\d{3})(\d{3})(\d{4})")


@functools.lru_cache(maxsize=8)
def newcomers(shop: Shop) -> pd.DataFrame:
    """Twelve people whom the shop does not know yet, each with a way to be reached."""
    people = make_shop(seed=shop.seed + 1, customers=150, market="GB", language="en").customers
    people = people.dropna(subset=list(HEADINGS.values()))
    new = ~people["email"].isin(shop.customers["email"])
    reached = people["phone"].str.fullmatch(NUMBER.pattern)
    single = ~people["email"].duplicated(keep=False)
    return people[new & reached & single].head(len(TYPED))


def _typed(shop: Shop) -> list[str]:
    """What has become of each of the twelve numbers, in the order of the list."""
    return random.Random(shop.seed).sample(TYPED, len(TYPED))  # noqa: S311 - nothing is secret


def spread(phone: str) -> str:
    """A telephone number in groups, as it is written by hand; a spreadsheet takes it for text.

    >>> spread("+441614960952")
    '+44 161 496 0952'
    """
    return NUMBER.sub(r"+44 \1 \2 \3", phone)


def saved(phone: str, how: str) -> str:
    """What a spreadsheet saves where a telephone number was typed so.

    >>> saved("+441614960952", SHORTENED), saved("+441614960952", WITHOUT_ZERO)
    ('4.41615E+11', '1614960952')
    """
    if how == SHORTENED:
        return f"{int(phone):.5E}"
    return phone.removeprefix("+44") if how == WITHOUT_ZERO else spread(phone)


@functools.lru_cache(maxsize=8)
def files(shop: Shop) -> Mapping[str, bytes]:
    """Saturday's list as the spreadsheet saved it, and the same list mended."""
    people = newcomers(shop)
    whole = [list(map(str, row)) for row in people[list(HEADINGS.values())].to_numpy()]
    place = list(HEADINGS).index("Telephone")
    harmed = [
        [*row[:place], saved(row[place], how), *row[place + 1 :]]
        for row, how in zip(whole, _typed(shop), strict=True)
    ]
    mended = [[*row[:place], spread(row[place]), *row[place + 1 :]] for row in whole]
    return {LIST: _as_csv(harmed), MENDED: _as_workbook(mended)}


def _as_csv(rows: list[list[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([list(HEADINGS), *rows])
    return text.getvalue().encode()


def _as_workbook(rows: list[list[str]]) -> bytes:
    """A workbook in which every cell is formatted as text."""
    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, text = book.add_worksheet("customers"), book.add_format({"num_format": "@"})
        for down, row in enumerate([list(HEADINGS), *rows]):
            for right, cell in enumerate(row):
                sheet.write_string(down, right, cell, text)
    return file.getvalue()


def rows_with(shop: Shop, *how: str) -> list[int]:
    """In which rows of the list the telephone number was saved so; the names are row 1."""
    return [row for row, typed in enumerate(_typed(shop), 2) if typed in how]


def lines_of_list(shop: Shop) -> Mapping[str, Any]:
    """The lines of the list, by the number of their row."""
    lines = files(shop)[LIST].decode().splitlines()
    return {str(row): line for row, line in enumerate(lines, 1)}
