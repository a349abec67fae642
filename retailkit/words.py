"""The closed vocabularies of the trade.

Every word carries its meaning, and whoever writes a wrong one is told what is
allowed and what was probably meant.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Never, Self

from retailkit.catalogue import later, say, whole


class Word(StrEnum):
    """A word from a closed list, with what it means.

    >>> from retailkit.triage import Level
    >>> Level("serious").meaning
    'Someone could be hurt or wronged, or the law may be broken: answer now.'
    >>> Level("seriuos")
    Traceback (most recent call last):
    ValueError: 'seriuos' is not a level. Choose serious, middle or lower. Did you mean 'serious'?
    """

    _meaning: str

    # without a meaning a word is looked up, not made: Level("serious")
    def __new__(cls, value: str, meaning: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word._meaning = meaning
        return word

    @property
    def meaning(self) -> str:
        """What the word means, in the learner's language."""
        return say(self._meaning)

    @classmethod
    def _missing_(cls, value: object) -> Never:
        raise ValueError(not_a(kind_of(cls), value, cls))


def kind_of(vocabulary: type[Word]) -> str:
    """What a word of this vocabulary is called, as in "is not a level"; in English.

    >>> class SupportType(Word): ...
    >>> kind_of(SupportType)
    'support type'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", vocabulary.__name__).lower()


def not_a(kind: str, value: object, choices: Iterable[str]) -> str:
    """The sentence for a word that is not on the list.

    >>> not_a("market", "es", ["ES", "generic"])
    "'es' is not a market. Choose ES or generic. Did you mean 'ES'?"
    """
    choices = [str(choice) for choice in choices]
    said = say(
        "{value!r} is not an {kind}. Choose {choices}."
        if kind[0] in "aeiou"
        else "{value!r} is not a {kind}. Choose {choices}.",
        value=value,
        kind=say(kind),
        choices=listing(choices, "or"),
    )
    return f"{said}{did_you_mean(value, choices)}"


def did_you_mean(value: object, choices: Iterable[str]) -> str:
    """The likely word as a question of its own, or nothing where no choice comes near.

    >>> did_you_mean("levle", ["level", "reason"])
    " Did you mean 'level'?"
    >>> did_you_mean("colour", ["level", "reason"])
    ''
    """
    by_small_letters = {choice.lower(): choice for choice in choices}
    near = difflib.get_close_matches(str(value).lower(), by_small_letters, n=1)
    return say(" Did you mean '{word}'?", word=by_small_letters[near[0]]) if near else ""


JOINTS = (later("and"), later("or"))
"""What stands before the last word of a list."""


def listing(words: Iterable[str], joint: str = "and") -> str:
    """Words as people list them.

    >>> listing(["serious", "middle", "lower"], "or")
    'serious, middle or lower'
    """
    *most, last = [str(word) for word in words] or [say("nothing")]
    return f"{', '.join(most)} {_joint_before(last, joint)} {last}" if most else last


_LIKE_THE_JOINT = {"y": ("e", r"[ií]|h[ií](?![ae])"), "o": ("u", r"h?[oó]|8|11\b")}
"""Spanish joints become others before words that begin with their own sound."""


def _joint_before(word: str, joint: str) -> str:
    said = say(joint)
    other, sound = _LIKE_THE_JOINT.get(said, (said, ""))
    return other if re.match(sound, word, re.IGNORECASE) else said


def count_of(number: int, thing: str) -> str:
    """A number with its thing, one or many.

    >>> count_of(1, "order"), count_of(2000, "order"), count_of(3, "enquiry"), count_of(2, "day")
    ('1 order', '2,000 orders', '3 enquiries', '2 days')
    """
    return f"{whole(number)} {say(thing if number == 1 else many_of(thing))}"


def many_of(thing: str) -> str:
    """The English word for more than one of a thing.

    >>> many_of("enquiry")
    'enquiries'
    """
    return re.sub(r"(?<![aeiou])y$", "ie", thing) + "s"
