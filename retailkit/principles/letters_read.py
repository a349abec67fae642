"""What a shop's letters carry and tell, found by reading: each different paragraph once."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from retailkit.claims import MessageKind
from retailkit.principles.book import CaseBook
from retailkit.reading import LANGUAGES, Directory, Required, missing

BASICS = (
    Required.WHERE,
    Required.MEANS,
    Required.DEADLINES,
    Required.OPTIONS,
    Required.TRACKING,
)
"""What an acknowledgement must tell of the six basics; who is in charge stands under H."""


def lacking(book: CaseBook, wanted: Iterable[Required]) -> tuple[np.ndarray, np.ndarray]:
    """Which cases have an acknowledgement that lacks one of these, and which have one at all."""
    letters = _acknowledgements(book)
    wanted = frozenset(wanted)
    wrong = [
        bool(wanted.intersection(*_lacks_by_paragraph(text, book.shop.market, language)))
        for text, language in zip(letters["text"], letters["language"], strict=True)
    ]
    return book.by_case(letters["place"], wrong)


def _acknowledgements(book: CaseBook) -> pd.DataFrame:
    letters = book.letters_read
    mine = (letters["kind"] == MessageKind.ACKNOWLEDGEMENT) & letters["text"].notna()
    return letters[mine & letters["language"].isin(LANGUAGES)]


def _lacks_by_paragraph(text: str, market: str, language: str) -> list[frozenset[Required]]:
    """What each paragraph lacks, with every figure alike, so that many are the same."""
    alike = re.sub(r"\d", "0", text)
    return [_lacks(part, market, language) for part in alike.split("\n\n")]


@functools.lru_cache(maxsize=65_536)
def _lacks(paragraph: str, market: str, language: str) -> frozenset[Required]:
    return frozenset(missing(paragraph, MessageKind.ACKNOWLEDGEMENT, market, language))


def telling_of_others(book: CaseBook) -> tuple[np.ndarray, np.ndarray]:
    """Which cases have a letter that tells of somebody else, and which have a letter at all."""
    letters = book.letters_read
    letters = letters[letters["text"].notna()]
    if letters.empty:
        return book.by_case(letters["place"], [])
    harmless = _harmless(Directory(book.shop))
    people = letters["customer_id"].where(letters["customer_id"].notna(), None)
    wrong = [harmless(text, who) for text, who in zip(letters["text"], people, strict=True)]
    return book.by_case(letters["place"], np.logical_not(wrong))


def _harmless(directory: Directory) -> Callable[[str, str | None], bool]:
    """A reader that knows which paragraphs are harmless to anybody."""

    @functools.cache
    def to_anybody(paragraph: str) -> bool:
        return not directory.leaks(paragraph, None)

    def reads(text: str, customer: str | None) -> bool:
        return all(
            to_anybody(part) or not directory.leaks(part, customer) for part in text.split("\n\n")
        )

    return reads
