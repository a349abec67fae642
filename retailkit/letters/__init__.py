"""Letters: the claim form, the acknowledgement, the answer and what else the desk writes.

What a letter must carry and must not tell is judged by reading it: see `missing` and `leaks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retailkit import reading
from retailkit.letters.compose import (
    compose,
    facts_needed,
    kinds_of_letters,
    options_in,
    paragraphs,
    subject,
)
from retailkit.letters.from_records import letter
from retailkit.letters.page import Letter
from retailkit.reading import LANGUAGES

if TYPE_CHECKING:
    from retailkit.shop import Shop
    from retailkit.text import Sentences

__all__ = [
    "LANGUAGES",
    "Letter",
    "compose",
    "facts_needed",
    "kinds_of_letters",
    "leaks",
    "letter",
    "missing",
    "options_in",
    "paragraphs",
    "subject",
]


def missing(
    about: Letter | str, kind: str = "", market: str = "generic", language: str = "en"
) -> list[reading.Required]:
    """What a letter, or a text of this kind, fails to carry in this place and language.

    A `Letter` knows its kind, market and language itself. Raises ValueError for a kind,
    a market or a language that is not known.

    >>> missing("Your case CL-1 is closed. We will not pay.", "answer")
    [<Required.REASONS: 'reasons'>, <Required.WHO: 'who'>, <Required.OPTIONS: 'options'>]
    """
    if isinstance(about, Letter):
        return reading.missing(about.text, about.kind, about.market, about.language)
    return reading.missing(about, kind, market, language)


def leaks(about: Letter | str, shop: Shop, customer_id: str | None = None) -> Sentences:
    """What a letter tells that this customer must not be told; one sentence for each thing.

    A `Letter` knows itself to whom it goes.

    >>> from retailkit.generate import make_shop
    >>> leaks("Eva is on sick leave.", make_shop(seed=7, customers=10))
    something private about staff: 'sick leave'
    """
    if isinstance(about, Letter):
        return reading.leaks(f"{about.subject}\n\n{about.text}", shop, about.to)
    return reading.leaks(about, shop, customer_id)
