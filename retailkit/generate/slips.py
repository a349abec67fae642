"""Slips of the pen: what hurried or unpractised hands do to a text.

Numbers, dates, order numbers and words in capitals are never touched, and a word
keeps its first and its last letter, so that every text can still be read.
"""

from __future__ import annotations

import functools
import re

from retailkit.generate.languages import language

FIRST_DRAW = 8
"""The draws before this one decide other things."""

WORD = re.compile(r"(?<![^\W\d_])[a-zñáéíóúü]{5,}(?![^\W\d_])")
DOUBLE = re.compile(r"(?<=.)([bcdfglmnprst])\1(?=.)")
WITHOUT_ACCENTS = str.maketrans("áéíóúü", "aeiouu")
WITHOUT_DOTS = str.maketrans({"\u093c": None, "\u0901": "\u0902"})
"""No dot below a letter, and one dot above it instead of the moon with a dot."""
SHORT_FOR_LONG = str.maketrans({"\u0940": "\u093f", "\u0942": "\u0941"})


def with_slips(text: str, draws: bytes, code: str) -> str:
    """A text with one to three slips, as its language invites them.

    >>> with_slips("The kettle arrived on 3 February 2026.", bytes(48), "en")
    'The kettle arirved on 3 February 2026.'
    """
    if code == "hi":
        return _hindi(text, draws)
    if code == "es" and draws[FIRST_DRAW] < 110:
        return text.translate(WITHOUT_ACCENTS)
    kept = names_kept(code)
    for slip in range(1 + (draws[FIRST_DRAW + 1] * 3 >> 8)):
        found = [word for word in WORD.finditer(text) if word[0] not in kept]
        if not found:
            break
        drawn = FIRST_DRAW + 2 + slip * 2
        word = found[draws[drawn] * len(found) >> 8]
        text = text[: word.start()] + _slipped(word[0], draws[drawn + 1]) + text[word.end() :]
    return text


def _slipped(word: str, drawn: int) -> str:
    """A word with one letter of a pair left out, or with two neighbours swapped."""
    if drawn & 1 and DOUBLE.search(word):
        return DOUBLE.sub(r"\1", word, count=1)
    at = 1 + ((drawn >> 1) * (len(word) - 3) >> 7)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _hindi(text: str, draws: bytes) -> str:
    if draws[FIRST_DRAW] < 140:
        return text.translate(WITHOUT_DOTS)
    words = text.split(" ")
    at = draws[FIRST_DRAW + 1] * len(words) >> 8
    # a short vowel sign where a long one belongs, in one stretch of three words
    words[at : at + 3] = [word.translate(SHORT_FOR_LONG) for word in words[at : at + 3]]
    return " ".join(words)


@functools.cache
def names_kept(code: str) -> frozenset[str]:
    """Words of dates and of money, which nobody may misread."""
    spoken = language(code)
    shapes = " ".join([*spoken.money.values(), *spoken.calendar["months"]])
    return frozenset(re.findall(r"[^\W\d_]+", shapes))
