"""The catalogue of messages: what the kit says, in the learner's language.

The code says everything in English; `es.po` holds the same in Spanish, message by message.
What it lacks is said in English. Names, letters and customers' own words are no messages:
they are as they were written.
"""

from __future__ import annotations

import functools
import os
import string
from importlib import resources

ENGLISH = "en"
LANGUAGES = (ENGLISH, "es")
"""The languages that the kit speaks, by their codes (ISO 639-1)."""

ASKED_FOR = ("RETAILKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where the learner's language stands: the first of these that is set decides."""


def language() -> str:
    """The code of the learner's language, among those that the kit speaks; else English.

    >>> language()
    'en'
    """
    set_ = (os.environ.get(name) for name in ASKED_FOR)
    code = next((value for value in set_ if value), ENGLISH)[:2].lower()
    return code if code in LANGUAGES else ENGLISH


def say(message: str, /, **values: object) -> str:
    """A message in the learner's language, with its values filled in.

    >>> say("{name} is not filled in yet.", name="e-mail")
    'e-mail is not filled in yet.'
    """
    said = _messages(language()).get(message, message)
    return _SPEAKER.vformat(said, (), values) if values else said


class _Speaker(string.Formatter):
    """Fills in values; decimals as people of the learner's language write them."""

    def format_field(self, value: object, format_spec: str) -> str:
        said = str(super().format_field(value, format_spec))
        decimal = format_spec[-1:] in ("f", "g", "%") and language() != ENGLISH
        return said.translate(_POINT_AND_COMMA) if decimal else said


_SPEAKER = _Speaker()
_POINT_AND_COMMA = str.maketrans(".,", ",.")


def later(message: str) -> str:
    """The message itself: it is said later on, and stands in the catalogue from here.

    >>> later("Nothing to say.")
    'Nothing to say.'
    """
    return message


def whole(number: int) -> str:
    """A whole number as people of the learner's language write it.

    >>> whole(12000)
    '12,000'
    """
    if language() == ENGLISH:
        return f"{number:,}"
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=language()))


@functools.cache
def _messages(code: str) -> dict[str, str]:
    """Every message of a language, by what it is in English."""
    if code == ENGLISH:
        return {}
    from babel.messages.pofile import read_po

    with resources.files(__package__).joinpath(f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    return {str(one.id): str(one.string) for one in catalogue if one.id and one.string}
