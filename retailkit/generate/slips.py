"""Slips of the pen: what hurried or unpractised hands do to a text.

Numbers, dates, order numbers and words in capitals are never touched, and a word
keeps its first and its last letter, so that every text can still be read.
"""

from __future__ import annotations

import functools
import re

from retailkit.generate.languages import language

WORD = re.compile(r"(?<![^\W\d_])[a-zñáéíóúü]{5,}(?![^\W\d_])")
DOUBLE = re.compile(r"(?<=.)([bcdfglmnprst])\1(?=.)")
WITHOUT_ACCENTS = str.maketrans("áéíóúü", "aeiouu")
WITHOUT_DOTS = str.maketrans({"\u093c": None, "\u0901": "\u0902"})
"""No dot below a letter, and one dot above it instead of the moon with a dot."""
SHORT_FOR_LONG = str.maketrans({"\u0940": "\u093f", "\u0942": "\u0941"})


def with_slips(text: str, draws: bytes, code: str) -> str:
    """A text with one to three slips, as its language invites them.

    >>> with_slips("The kettle arrived on 3 February 2026.", bytes(16), "en")
    'The ktetle arrived on 3 February 2026.'
    """
    if code == "hi":
        return _hindi(text, draws)
    if code == "es" and draws[0] < 110:
        return text.translate(WITHOUT_ACCENTS)
    for slip in range(1 + (draws[1] * 3 >> 8)):
        near, how = draws[2 + slip * 2], draws[3 + slip * 2]
        if word := _word_after(text, near * len(text) >> 8, names_kept(code)):
            text = text[: word.start()] + _slipped(word[0], how) + text[word.end() :]
    return text


def _word_after(text: str, place: int, kept: frozenset[str]) -> re.Match[str] | None:
    """The first word after a place that may suffer a slip, if there is one."""
    while (word := WORD.search(text, place)) and word[0] in kept:
        place = word.end()
    return word


def _slipped(word: str, drawn: int) -> str:
    """A word with one letter of a pair left out, or with two neighbours swapped."""
    if drawn & 1 and DOUBLE.search(word):
        return DOUBLE.sub(r"\1", word, count=1)
    at = 1 + ((drawn >> 1) * (len(word) - 3) >> 7)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _hindi(text: str, draws: bytes) -> str:
    if draws[0] < 140:
        return text.translate(WITHOUT_DOTS)
    words = text.split(" ")
    at = draws[1] * len(words) >> 8
    # a short vowel sign where a long one belongs, in one stretch of three words
    kept = names_kept("hi")
    words[at : at + 3] = [
        word if word in kept else word.translate(SHORT_FOR_LONG) for word in words[at : at + 3]
    ]
    return " ".join(words)


@functools.cache
def names_kept(code: str) -> frozenset[str]:
    """Words of dates and of money, which nobody may misread."""
    spoken = language(code)
    shapes = " ".join([*spoken.money.values(), *spoken.calendar["months"]])
    return frozenset(shapes.replace("{}", " ").split())
