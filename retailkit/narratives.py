"""Reading what people wrote: whether a text asks for something, or names a danger.

The phrases stand in `narratives.toml`. Only facts are looked for; how angry a
text sounds says nothing about how serious the case is.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from importlib import resources

from retailkit.words import Word


class Signal(Word):
    """What a text can tell."""

    ASKS = "asks", "Asks for something to put the matter right."
    HAZARD = "hazard", "Names an injury, or something that could injure."
    PRIVACY = "privacy", "Says that somebody's data reached somebody else."
    DISCRIMINATION = "discrimination", "Says that somebody was treated worse for who they are."


def tells(signal: Signal | str, text: str | None) -> bool | None:
    """Whether a text tells this: True or False, and None where there is no text.

    >>> tells("asks", "It is broken and I want my money back!")
    True
    >>> tells("hazard", "There was no smoke, the lamp is simply dark.")
    False
    >>> tells("asks", None) is None
    True
    """
    if not isinstance(text, str) or not text.strip():
        return None
    return phrase(signal, text) is not None


def phrase(signal: Signal | str, text: str | None) -> str | None:
    """The words of a text that tell this, in small letters; None where it does not.

    >>> phrase("asks", "It is broken and I want my money back!")
    'i want'
    """
    says, says_not = _patterns(Signal(signal))
    found = says.search(says_not.sub(" ", plain(text))) if isinstance(text, str) else None
    return found.group() if found else None


def plain(text: str) -> str:
    """Small letters, no accents, single spaces: how texts and phrases are compared.

    >>> plain("¡Quiero  la DEVOLUCIÓN!")
    'quiero la devolucion!'
    """
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.replace("¡", "").replace("¿", "").split())


@functools.cache
def _patterns(signal: Signal) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The phrases that tell it, and those that only look as if they did."""
    file = resources.files("retailkit").joinpath("narratives.toml")
    phrases = tomllib.loads(file.read_text(encoding="utf-8"))[signal]
    return _any_of(phrases["says"]), _any_of(phrases["says_not"])


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    # a trailing star stands for any ending: "spark*" finds sparks and sparking
    # the longest first: "not want my money back" before "not want"
    longest_first = sorted(phrases, key=len, reverse=True)
    endings = (re.escape(plain(phrase)).replace(r"\*", r"\w*") for phrase in longest_first)
    # no phrases at all: a pattern that is never found
    return re.compile(rf"\b(?:{'|'.join(endings)})(?!\w)" if phrases else r"(?!)")
